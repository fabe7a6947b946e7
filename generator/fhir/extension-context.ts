/** StructureDefinition.context: where an extension may be used. */
export interface ExtensionContext {
  readonly type: 'element' | 'extension' | 'fhirpath';
  readonly expression: string;
}

/** Where an extension may be used, by kind (FHIR R4, Defining Extensions, "Context"). */
export interface ExtensionContexts {
  /** Types and paths of elements: `Patient`, `Patient.contact`, `HumanName`, `Element`. */
  readonly elements: readonly string[];
  /** Canonicals of extensions. */
  readonly extensions: readonly string[];
  /** FHIRPath that selects elements, evaluated on the resource. */
  readonly fhirpath: readonly string[];
  /** FHIRPath that the element has to satisfy. */
  readonly invariants: readonly string[];
}

/**
 * The contexts of an extension by kind.
 *
 * @param contexts as a StructureDefinition lists them
 * @param invariants StructureDefinition.contextInvariant
 * @returns `undefined` when the extension may be used anywhere
 */
export function extensionContexts(
  contexts: readonly ExtensionContext[],
  invariants: readonly string[],
): ExtensionContexts | undefined {
  if (contexts.length === 0 && invariants.length === 0) return undefined;
  const of = (type: ExtensionContext['type']) =>
    contexts.filter((context) => kindOf(context) === type).map(({ expression }) => expression.trim());
  const elements = of('element').map((expression) => expression.replace('[x]', ''));
  // `profile#element` means the element of a profile, which only an instance of the profile has.
  const isAny = elements.some((expression) => expression === 'Element' || expression.includes('#'));
  if (isAny && invariants.length === 0) return undefined;
  return {
    elements: isAny ? ['Element'] : elements,
    extensions: of('extension'),
    fhirpath: of('fhirpath'),
    invariants,
  };
}

/** FHIRPath that is a plain path of elements counts as a context of type `element`. */
function kindOf({ type, expression }: ExtensionContext): ExtensionContext['type'] {
  return type === 'fhirpath' && /^\s*[A-Z]\w*(?:\.[a-z]\w*)*\s*$/.test(expression) ? 'element' : type;
}
