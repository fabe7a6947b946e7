import type { FindPinned } from './definition-index.js';
import type { PinnedElement, PinnedStructureDefinition } from './snapshot.js';

/** Where FHIR defines its own types (FHIR R4, StructureDefinition.type). */
const CORE = 'http://hl7.org/fhir/StructureDefinition/';

/**
 * Gives each element the words that say most about it. Where a guide says nothing, tools fill `short` in differently:
 * one repeats what FHIR says of the element, another what FHIR says of its datatype, or the word "Extension". None of
 * these is the guide's, and they must not make two snapshots of one profile different. What counts, in this order: the
 * guide's words on the element, its words on the profile that the element has to conform to, FHIR's on the element.
 *
 * @param definitions all that are pinned
 * @param find finds among them
 */
export function withOwnShorts(
  definitions: readonly PinnedStructureDefinition[],
  find: FindPinned,
): readonly PinnedStructureDefinition[] {
  const fhir = new FhirWords(find);
  return definitions.map((definition) => {
    if (definition.derivation !== 'constraint') return definition;
    return { ...definition, elements: definition.elements.map((element) => withOwnShort(element, fhir, find)) };
  });
}

function withOwnShort(element: PinnedElement, fhir: FhirWords, find: FindPinned): PinnedElement {
  if (element.short !== undefined && !fhir.isGeneric(element, element.short)) return element;
  const short = profileShort(element, fhir, find) ?? fhir.shortOf(element) ?? element.short;
  return short === undefined || short === element.short ? element : { ...element, short };
}

/** What the one profile that an element has to conform to says of itself. */
function profileShort(element: PinnedElement, fhir: FhirWords, find: FindPinned): string | undefined {
  const [type, ...others] = element.types ?? [];
  const [canonical, ...more] = type?.profiles ?? [];
  if (canonical === undefined || others.length + more.length > 0) return undefined;
  const root = find(canonical)?.elements[0];
  return root?.short === undefined || fhir.isGeneric(root, root.short) ? undefined : root.short;
}

/** What FHIR itself says of elements and types. */
class FhirWords {
  private readonly shorts = new Map<string, ReadonlyMap<string, string | undefined>>();

  constructor(private readonly find: FindPinned) {}

  /** Of the element in the FHIR type that it comes from (FHIR R4, ElementDefinition.base). */
  shortOf({ base, path }: PinnedElement): string | undefined {
    return this.at(base?.path ?? path);
  }

  /** Whether a text says nothing of the element that FHIR does not say of any like it. */
  isGeneric(element: PinnedElement, short: string): boolean {
    if (short === this.shortOf(element) || short === this.at(element.path)) return true;
    const codes = element.types?.map(({ code }) => code) ?? [element.path];
    return codes.some((code) => short === this.at(code) || (code === 'Extension' && short === code));
  }

  private at(path: string): string | undefined {
    const type = path.split('.', 1)[0] ?? path;
    let shorts = this.shorts.get(type);
    if (shorts === undefined) {
      const elements = this.find(CORE + type)?.elements ?? [];
      shorts = new Map(elements.map(({ path: at, short }) => [at, short]));
      this.shorts.set(type, shorts);
    }
    return shorts.get(path);
  }
}
