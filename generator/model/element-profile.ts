import type { Warning } from '../errors.js';
import type { FactRegistry } from '../facts/registry.js';
import { withoutVersion } from '../fhir/canonical.js';
import type { PinnedElement, PinnedStructureDefinition } from '../pin/snapshot.js';
import { merge } from './merge.js';
import type { ElementModel, ElementProfile, ProfileModel, TypeModel } from './model.js';

/** More uses in one profile are a mistake or an attack: elements may use each other many times over. */
const LIMIT = 500;

/** Profiles with the elements of other profiles that they use. */
export interface WithElementProfiles {
  readonly profiles: readonly ProfileModel[];
  readonly warnings: readonly Warning[];
}

/**
 * Elements that conform to an element of another profile (FHIR R4, the extension elementdefinition-profile-element of
 * ElementDefinition.type.profile): its constraints apply to them. Gives a warning for each use that it omits.
 *
 * @param profiles all of them
 * @param definitions their StructureDefinitions
 * @param facts the registry
 */
export function withElementProfiles(
  profiles: readonly ProfileModel[],
  definitions: readonly PinnedStructureDefinition[],
  facts: FactRegistry,
): WithElementProfiles {
  const users = new Map(definitions.map((one): [string, PinnedStructureDefinition] => [one.url, one]));
  if (![...users.values()].some(({ elements }) => elements.some(usesElement))) return { profiles, warnings: [] };
  const roots = new Map(profiles.map(({ url, root }): [string, ElementModel] => [url, root]));
  const warnings: Warning[] = [];
  const done = profiles.map((profile) => {
    const definition = users.get(profile.url);
    const uses = new Expander(roots, facts);
    const root = uses.expand(profile.root, []);
    const where = { package: profile.package, profile: profile.url };
    for (const element of uses.unknown) {
      if (definition?.elements.some(({ id }) => id === element) !== true) continue;
      const message =
        'the element of another profile that it refers to does not exist, or has another type: its rules are left out';
      warnings.push({ message, where: { ...where, element } });
    }
    return { ...profile, root };
  });
  return { profiles: done, warnings };
}

function usesElement({ types = [] }: PinnedElement): boolean {
  return types.some(({ elementProfiles = [] }) => elementProfiles.length > 0);
}

class Expander {
  /** Ids of elements that could not be used. */
  readonly unknown = new Set<string>();
  private used = 0;

  constructor(
    private readonly roots: ReadonlyMap<string, ElementModel>,
    private readonly facts: FactRegistry,
  ) {}

  /** @param within current uses, outermost first: an element that uses itself below adds nothing there */
  expand(element: ElementModel, within: readonly string[]): ElementModel {
    const own = this.below(element, within);
    const [type, ...others] = element.types;
    const [use, ...more] = type?.elementProfiles ?? [];
    if (type === undefined || use === undefined) return own;
    const plain = { ...own, types: element.types.map(withoutUses) };
    const target = others.length > 0 || more.length > 0 ? undefined : this.find(use);
    if (target === undefined || placeOf(target) !== placeOf(element)) {
      this.unknown.add(element.id);
      return plain;
    }
    const key = `${use.profile} ${use.element}`;
    if (within.includes(key) || ++this.used > LIMIT) return plain;
    const { slicing: _slicing, ...general } = this.below(target, [...within, key]);
    const relocated = moved(general, target.id, element.id);
    return merge({ ...relocated, min: 0, max: Infinity, types: plain.types }, plain, this.facts);
  }

  private below(element: ElementModel, within: readonly string[]): ElementModel {
    const { slicing } = element;
    return {
      ...element,
      children: element.children.map((child) => this.expand(child, within)),
      ...(slicing !== undefined && {
        slicing: {
          ...slicing,
          slices: slicing.slices.map((slice) => ({ ...slice, element: this.expand(slice.element, within) })),
        },
      }),
    };
  }

  private find({ profile, element }: ElementProfile): ElementModel | undefined {
    const root = this.roots.get(withoutVersion(profile));
    const open = root === undefined ? [] : [root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next.id === element) return next;
      open.push(...next.children, ...(next.slicing?.slices.map((slice) => slice.element) ?? []));
    }
    return undefined;
  }
}

/** Elements with the same place have the same children. */
function placeOf({ base }: ElementModel): string {
  return base.contentReference ?? base.path;
}

function withoutUses({ elementProfiles: _uses, ...type }: TypeModel): TypeModel {
  return type;
}

/** The element moved to the place of its user: its ids begin with that of the user. */
function moved(element: ElementModel, from: string, to: string): ElementModel {
  const { id, children, slicing } = element;
  return {
    ...element,
    id: id.startsWith(from) ? to + id.slice(from.length) : id,
    children: children.map((child) => moved(child, from, to)),
    ...(slicing !== undefined && {
      slicing: {
        ...slicing,
        slices: slicing.slices.map((slice) => ({ ...slice, element: moved(slice.element, from, to) })),
      },
    }),
  };
}
