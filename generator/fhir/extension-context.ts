/** StructureDefinition.context: where an extension may stand. */
export interface ExtensionContext {
  readonly type: 'element' | 'extension' | 'fhirpath';
  readonly expression: string;
}

/** Where an extension may stand, by kind (FHIR R4, Defining Extensions, "Context"). */
export interface ExtensionContexts {
  /** Types and paths of elements: `Patient`, `Patient.contact`, `HumanName`, `Element`. */
  readonly elements: readonly string[];
  /** Canonicals of extensions. */
  readonly extensions: readonly string[];
  /** FHIRPath of elements, from the resource. */
  readonly fhirpath: readonly string[];
  /** FHIRPath that the element has to satisfy. */
  readonly invariants: readonly string[];
}

/**
 * The contexts of an extension by kind.
 *
 * @param contexts as a StructureDefinition lists them
 * @param invariants StructureDefinition.contextInvariant
 * @returns `undefined` when the extension may stand anywhere
 */
export function extensionContexts(
  contexts: readonly ExtensionContext[],
  invariants: readonly string[],
): ExtensionContexts | undefined {
  if (contexts.length === 0 && invariants.length === 0) return undefined;
  const of = (type: ExtensionContext['type']) =>
    contexts.filter((context) => kindOf(context) === type).map(({ expression }) => expression.trim());
  const elements = of('element').map((expression) => expression.replace('[x]', ''));
  // In `profile#element` the element of a profile is meant, which only an instance of the profile has.
  const isAny = elements.some((expression) => expression === 'Element' || expression.includes('#'));
  if (isAny && invariants.length === 0) return undefined;
  return {
    elements: isAny ? ['Element'] : elements,
    extensions: of('extension'),
    fhirpath: of('fhirpath'),
    invariants,
  };
}

/** FHIRPath that is a path of elements is what the element type would have. */
function kindOf({ type, expression }: ExtensionContext): ExtensionContext['type'] {
  return type === 'fhirpath' && /^\s*[A-Z]\w*(?:\.[a-z]\w*)*\s*$/.test(expression) ? 'element' : type;
}
