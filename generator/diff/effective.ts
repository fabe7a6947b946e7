import { definitionIndex, type FindDefinition } from '../fhir/definition-index.js';
import type { PinnedElement, PinnedSnapshot, PinnedStructureDefinition } from '../pin/snapshot.js';
import { maxOf } from './cardinality.js';
import { capital } from '../fhir/choice.js';
import { parseCanonical, fhirTypeCanonical } from '../fhir/canonical.js';

/**
 * What holds for an element of a profile. A snapshot spells out the elements of a datatype only where the profile says
 * something of them: when one side of a comparison does and the other does not, the other means what the type says.
 */
export class EffectiveElements {
  private readonly find: FindDefinition<PinnedStructureDefinition>;
  private readonly byId = new WeakMap<PinnedStructureDefinition, ReadonlyMap<string, PinnedElement>>();

  /** @param snapshot the profiles and the types that they stand on */
  constructor(snapshot: PinnedSnapshot) {
    this.find = definitionIndex(snapshot.structureDefinitions);
  }

  /**
   * The element as the profile has it, or as it follows from a more general one: that of all slices, of the profile
   * on the type, of the type itself.
   *
   * @param definition the profile
   * @param id ElementDefinition.id
   * @returns nothing when there is no such element, or no such slice
   */
  of(definition: PinnedStructureDefinition, id: string): PinnedElement | undefined {
    const own = this.elements(definition).get(id) ?? this.sliceOfChoice(definition, id);
    const known = this.inProfiles(definition, id).reduce(
      (found: PinnedElement | undefined, more) => (found === undefined ? more : tightened(found, more)),
      own,
    );
    if (known !== undefined) return known;
    const cut = id.lastIndexOf('.');
    if (cut < 0) return undefined;
    const name = id.slice(cut + 1);
    const parentId = id.slice(0, cut);
    const parent = this.of(definition, parentId);
    if (parent === undefined) return undefined;
    return this.ofAllSlices(definition, parentId, name) ?? this.inTypes(definition, parent, name);
  }

  /**
   * The keys of the invariants that an element meets by its type, whether a profile repeats them or not.
   *
   * @param element with types
   */
  constraintsOfTypes(element: PinnedElement): ReadonlySet<string> {
    const keys = new Set<string>();
    for (const { code, profiles } of element.types ?? []) {
      for (const canonical of [...(profiles ?? []), fhirTypeCanonical(code)]) {
        for (const { key } of this.find(canonical)?.elements[0]?.constraints ?? []) keys.add(key);
      }
    }
    return keys;
  }

  /**
   * A profile and all that it stands on, canonicals without versions, nearest first.
   *
   * @param canonical of a profile or type
   */
  lineage(canonical: string): readonly string[] {
    const urls: string[] = [];
    for (
      let next: string | undefined = canonical;
      next !== undefined && !urls.includes(parseCanonical(next).url);
      next = this.find(next)?.baseDefinition
    ) {
      urls.push(parseCanonical(next).url);
    }
    return urls;
  }

  /** `value[x]:valueQuantity` without anything said of it: `value[x]`, when it may be a Quantity. */
  private sliceOfChoice(definition: PinnedStructureDefinition, id: string): PinnedElement | undefined {
    const match = /^(.*?([^.]+)\[x\]):([^.:/]+)$/.exec(id);
    const [, choiceId, name, slice] = match ?? [];
    if (choiceId === undefined || name === undefined || slice === undefined) return undefined;
    const choice = this.of(definition, choiceId);
    const type = choice?.types?.find(({ code }) => `${name}${capital(code)}` === slice);
    return choice === undefined || type === undefined ? undefined : { ...choice, min: 0, types: [type] };
  }

  /** What profiles on the types of the elements above say; a guide may or may not repeat it (FHIR R4, Profiling). */
  private inProfiles(definition: PinnedStructureDefinition, id: string): readonly PinnedElement[] {
    const elements = this.elements(definition);
    const found: PinnedElement[] = [];
    for (let cut = id.lastIndexOf('.'); cut > 0; cut = id.lastIndexOf('.', cut - 1)) {
      for (const { code, profiles } of elements.get(id.slice(0, cut))?.types ?? []) {
        for (const canonical of profiles ?? []) {
          const profile = this.find(canonical);
          const element = profile === undefined ? undefined : this.elements(profile).get(`${code}${id.slice(cut)}`);
          if (element !== undefined) found.push(element);
        }
      }
    }
    return found;
  }

  /** FHIR R4, Profiling FHIR, "Slicing": what is said of the sliced element holds for all its slices. */
  private ofAllSlices(
    definition: PinnedStructureDefinition,
    parentId: string,
    name: string,
  ): PinnedElement | undefined {
    const slice = /^(.*):[^.:]*$/.exec(parentId)?.[1];
    return slice === undefined ? undefined : this.elements(definition).get(`${slice}.${name}`);
  }

  private inTypes(
    definition: PinnedStructureDefinition,
    parent: PinnedElement,
    name: string,
  ): PinnedElement | undefined {
    const reference = parent.contentReference?.split('#')[1];
    if (reference !== undefined) {
      const own = this.elements(definition).get(`${reference}.${name}`);
      return own ?? this.in(fhirTypeCanonical(reference.split('.')[0] ?? ''), `${reference}.${name}`);
    }
    for (const type of parent.types ?? []) {
      for (const canonical of [...(type.profiles ?? []), fhirTypeCanonical(type.code)]) {
        const found = this.in(canonical, `${type.code}.${name}`);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  private in(canonical: string, id: string): PinnedElement | undefined {
    const definition = this.find(canonical);
    return definition === undefined ? undefined : this.elements(definition).get(id);
  }

  private elements(definition: PinnedStructureDefinition): ReadonlyMap<string, PinnedElement> {
    const known = this.byId.get(definition);
    if (known !== undefined) return known;
    const elements = new Map(definition.elements.map((element) => [element.id, element]));
    this.byId.set(definition, elements);
    return elements;
  }
}

/** Both hold: what the profile says of the element, and what the profile on the type says. */
function tightened(own: PinnedElement, more: PinnedElement): PinnedElement {
  const codes = new Set(more.types?.map(({ code }) => code));
  const common = own.types?.filter(({ code }) => codes.has(code)) ?? [];
  const types = own.types === undefined ? more.types : common.length > 0 ? common : own.types;
  const isTighter = more.binding !== undefined && (own.binding === undefined || more.binding.strength === 'required');
  const binding = isTighter && own.binding?.strength !== 'required' ? more.binding : own.binding;
  const fixed = own.fixed ?? more.fixed;
  const pattern = own.pattern ?? more.pattern;
  const slicing = own.slicing ?? more.slicing;
  const constraints = new Map(
    [...(more.constraints ?? []), ...(own.constraints ?? [])].map((item) => [item.key, item]),
  );
  return {
    ...own,
    min: Math.max(own.min, more.min),
    max: maxOf(more) < maxOf(own) ? more.max : own.max,
    ...(types === undefined ? {} : { types }),
    ...(binding === undefined ? {} : { binding }),
    ...(fixed === undefined ? {} : { fixed }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(slicing === undefined ? {} : { slicing }),
    ...(constraints.size === 0 ? {} : { constraints: [...constraints.values()] }),
  };
}
