import type { FindDefinition } from '../fhir/definition-index.js';
import type { PinnedElement, PinnedStructureDefinition } from './snapshot.js';
import { fhirTypeCanonical } from '../fhir/canonical.js';

/**
 * Gives each element its most specific description. Where a guide has none, tools fill in `short` differently: one
 * repeats FHIR's description of the element, another that of its datatype, or the word "Extension". None of these is
 * the guide's, and two snapshots of one profile must not differ because of them. The order of precedence is: the
 * guide's description of the element, its description of the profile that the element has to conform to, its
 * description of all items if the element belongs to a slice, and FHIR's description of the element.
 *
 * @param definitions all that are pinned
 * @param find finds among them
 */
export function withOwnShorts(
  definitions: readonly PinnedStructureDefinition[],
  find: FindDefinition<PinnedStructureDefinition>,
): readonly PinnedStructureDefinition[] {
  const fhir = new FhirWords(find);
  return definitions.map((definition) => {
    if (definition.derivation !== 'constraint') return definition;
    const own = ownShorts(definition.elements, fhir, find);
    const shortOf = (element: PinnedElement) =>
      unsliced(element.id).reduce<string | undefined>((found, id) => found ?? own.get(id), undefined) ??
      fhir.shortOf(element) ??
      element.short;
    const elements = definition.elements.map((element) => {
      const { id, path, short: stated, ...rest } = element;
      const short = shortOf(element);
      return short === undefined || short === stated ? element : { id, path, short, ...rest };
    });
    return { ...definition, elements };
  });
}

/** By id, where it differs from FHIR's description. */
function ownShorts(
  elements: readonly PinnedElement[],
  fhir: FhirWords,
  find: FindDefinition<PinnedStructureDefinition>,
): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const element of elements) {
    const isOwn = element.short !== undefined && !fhir.isGeneric(element, element.short);
    const short = isOwn ? element.short : profileShort(element, fhir, find);
    if (short !== undefined) own.set(element.id, short);
  }
  return own;
}

/** An id, then those of the same element of more and more items: `a.b:c.d:e.f`, `a.b:c.d.f`, `a.b.d.f`. */
function unsliced(id: string): readonly string[] {
  const ids = [id];
  const names = id.split('.');
  for (let index = names.length - 1; index >= 0; index--) {
    const name = names[index] ?? '';
    if (!name.includes(':')) continue;
    names[index] = name.slice(0, name.indexOf(':'));
    ids.push(names.join('.'));
  }
  return ids;
}

/** The description of the only profile that an element has to conform to. */
function profileShort(
  element: PinnedElement,
  fhir: FhirWords,
  find: FindDefinition<PinnedStructureDefinition>,
): string | undefined {
  const [type, ...others] = element.types ?? [];
  const [canonical, ...more] = type?.profiles ?? [];
  if (canonical === undefined || others.length + more.length > 0) return undefined;
  const root = find(canonical)?.elements[0];
  return root?.short === undefined || fhir.isGeneric(root, root.short) ? undefined : root.short;
}

/** FHIR's own descriptions of elements and types. */
class FhirWords {
  private readonly shorts = new Map<string, ReadonlyMap<string, string | undefined>>();

  constructor(private readonly find: FindDefinition<PinnedStructureDefinition>) {}

  /** Of the element in the FHIR type that it comes from (FHIR R4, ElementDefinition.base). */
  shortOf({ base, path }: PinnedElement): string | undefined {
    return this.at(base?.path ?? path);
  }

  /** Whether a text only repeats FHIR's description of such elements. */
  isGeneric(element: PinnedElement, short: string): boolean {
    if (short === this.shortOf(element) || short === this.at(element.path)) return true;
    const codes = element.types?.map(({ code }) => code) ?? [element.path];
    return codes.some((code) => short === this.at(code) || (code === 'Extension' && short === code));
  }

  private at(path: string): string | undefined {
    const type = path.split('.', 1)[0] ?? path;
    let shorts = this.shorts.get(type);
    if (shorts === undefined) {
      const elements = this.find(fhirTypeCanonical(type))?.elements ?? [];
      shorts = new Map(elements.map(({ path: at, short }) => [at, short]));
      this.shorts.set(type, shorts);
    }
    return shorts.get(path);
  }
}
