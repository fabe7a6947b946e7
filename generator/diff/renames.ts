import type { ResolvedElement, ResolvedSlice } from '../model/resolved.js';

/** The similarity from which two descriptions count as two versions of one. */
const ALIKE = 0.75;

/** The least number of statements of a description that can be compared. */
const ENOUGH = 3;

/**
 * How similar two profiles of one type are, to find those that were renamed.
 *
 * @param before root of a profile
 * @param after root of another
 * @returns from 0 to 1; 0 below the similarity that counts
 */
export function similarity(before: ResolvedElement, after: ResolvedElement): number {
  const [old, next] = [new Set(statements(before, '')), new Set(statements(after, ''))];
  if (old.size < ENOUGH || next.size < ENOUGH) return 0;
  const common = [...old].filter((one) => next.has(one)).length;
  const share = common / (old.size + next.size - common);
  return share >= ALIKE ? share : 0;
}

/**
 * The renamed slices of a profile: those whose items are identified and constrained in the same way. Only unambiguous
 * matches count: one on either side.
 *
 * @param before root of the profile on the old side
 * @param after root on the new side
 * @param translate gives the canonical on the new side for one on the old side
 * @param forced slices that the user maps, by `ResolvedSlice.id` on either side
 * @returns `ResolvedSlice.id` on the old side, and on the new one
 */
export function sliceRenames(
  before: ResolvedElement,
  after: ResolvedElement,
  translate: (canonical: string) => string,
  forced: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const element = (old: ResolvedElement, next: ResolvedElement): void => {
    slices(named(old.slicing?.slices), named(next.slicing?.slices));
    const members = new Map(next.members.map((member) => [member.base.path, member]));
    for (const member of old.members) {
      const other = members.get(member.base.path);
      if (other !== undefined) element(member, other);
    }
  };
  const slices = (old: readonly ResolvedSlice[], next: readonly ResolvedSlice[]): void => {
    const names = new Map(next.map((slice) => [slice.name, slice]));
    const known = new Set(old.map(({ name }) => name));
    const lost = old.filter(({ name }) => !names.has(name));
    const fresh = next.filter(({ name }) => !known.has(name));
    for (const slice of old) {
      const mapped = forced.get(slice.id);
      const other =
        next.find(({ id }) => id === mapped) ?? names.get(slice.name) ?? partner(slice, lost, fresh, translate);
      if (other === undefined) continue;
      if (other.name !== slice.name) found.set(slice.id, other.id);
      element(slice.item, other.item);
      slices(named(slice.slices), named(other.slices));
    }
  };
  element(before, after);
  return found;
}

function named(slices: readonly ResolvedSlice[] = []): readonly ResolvedSlice[] {
  return slices.filter(({ isNamed }) => isNamed);
}

function partner(
  slice: ResolvedSlice,
  lost: readonly ResolvedSlice[],
  fresh: readonly ResolvedSlice[],
  translate: (canonical: string) => string,
): ResolvedSlice | undefined {
  if (!slice.isDecidable || slice.tests.length === 0) return undefined;
  const key = sliceKey(slice, translate);
  const rivals = lost.filter((other) => sliceKey(other, translate) === key);
  const partners = fresh.filter((other) => sliceKey(other, (canonical) => canonical) === key);
  return rivals.length === 1 && partners.length === 1 ? partners[0] : undefined;
}

/** The tests that identify the items and the constraints on them, without the cardinality of the slice. */
function sliceKey({ tests, item }: ResolvedSlice, translate: (canonical: string) => string): string {
  return JSON.stringify([tests, statements(item, '').sort()], (_, value: unknown) =>
    typeof value === 'string' ? translate(value) : value,
  );
}

/** The constraints of a description: one statement for each element that it states. */
function statements(element: ResolvedElement, path: string): string[] {
  return element.members.flatMap((member) => {
    if (!member.isStated || (!member.isConstrained && member.slicing === undefined)) return [];
    const own = `${path}.${member.base.name}`;
    const { min, max, types, binding, fixed, pattern } = member;
    const constraints = JSON.stringify([min, max, types.map(({ code }) => code), binding, fixed, pattern]);
    const slices = (member.slicing?.slices ?? []).flatMap(({ name, item }) => [
      `${own}:${name} ${item.min}..${item.max}`,
      ...statements(item, `${own}:${name}`),
    ]);
    return [`${own} ${constraints}`, ...slices, ...statements(member, own)];
  });
}
