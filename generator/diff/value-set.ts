import { pascalCase } from '../names/identifier.js';
import type { PinnedConcept, PinnedValueSet } from '../pin/snapshot.js';
import type { Change, ChangeFact } from './change.js';
import { listed, without } from '../facts/list.js';
import type { Pair } from './match.js';

/** Where a value set is bound. */
export interface ValueSetUse {
  /** Bound as required somewhere: its codes close a type. */
  readonly isRequired: boolean;
  /** Names of the profiles that bind it. */
  readonly profiles: readonly string[];
}

/**
 * All that changed of one value set.
 *
 * @param pair the value set in both snapshots, or in one
 * @param use where it is bound
 */
export function valueSetChanges({ before, after }: Pair<PinnedValueSet>, use: ValueSetUse): readonly Change[] {
  const current = after ?? before;
  if (current === undefined) return [];
  const about = { valueSet: current.url, name: current.name };
  return facts(before, after, use).map((fact) => ({ ...about, ...fact }));
}

function facts(
  before: PinnedValueSet | undefined,
  after: PinnedValueSet | undefined,
  use: ValueSetUse,
): readonly ChangeFact[] {
  const where = use.profiles.length === 0 ? '' : ` (bound in ${listed(use.profiles)})`;
  if (before === undefined) {
    const sentence = `the value set ${after?.name ?? ''} is new${where}`;
    return [{ kind: 'value-set-added', impact: 'compatible', sentence }];
  }
  if (after === undefined) {
    const sentence = `the value set ${before.name} is gone, and with it its types and constants`;
    return [{ kind: 'value-set-removed', impact: use.isRequired ? 'breaking' : 'compatible', sentence }];
  }
  const found: ChangeFact[] = [];
  const grave = use.isRequired ? 'breaking' : 'documentation';
  if (before.name !== after.name) {
    const sentence = `the value set ${before.name} is called ${after.name}: its types and constants have other names`;
    found.push({ kind: 'value-set-renamed', impact: 'breaking', before: before.name, after: after.name, sentence });
  }
  if (isOpen(before) !== isOpen(after)) {
    const both = { before: isOpen(before) ? 'open' : 'closed', after: isOpen(after) ? 'open' : 'closed' };
    found.push(
      isOpen(after)
        ? {
            kind: 'value-set-opened',
            impact: grave,
            ...both,
            sentence: `the value set ${after.name} may have codes that are not listed: whoever reads one must expect any${where}`,
          }
        : {
            kind: 'value-set-closed',
            impact: grave,
            ...both,
            sentence: `all codes of the value set ${after.name} are known, and no others are accepted${where}`,
          },
    );
  }
  const [old, next] = [codesOf(before), codesOf(after)];
  const removed = without(old, next);
  const added = without(next, old);
  const counts = { before: `${old.length} codes`, after: `${next.length} codes` };
  if (removed.length > 0) {
    const sentence = `the value set ${after.name} no longer has ${codes(removed)}${where}`;
    found.push({ kind: 'codes-removed', impact: grave, ...counts, sentence });
  }
  if (added.length > 0) {
    const sentence = `the value set ${after.name} also has ${codes(added)}${where}`;
    found.push({ kind: 'codes-added', impact: use.isRequired ? 'compatible' : 'documentation', ...counts, sentence });
  }
  return [...found, ...constantChanges(before, after)];
}

/** Constants are named after displays: another display is another name in programs. */
function constantChanges(before: PinnedValueSet, after: PinnedValueSet): readonly ChangeFact[] {
  const old = constantsOf(before);
  const renamed = [...constantsOf(after)].flatMap(([code, name]) => {
    const former = old.get(code);
    return former === undefined || former === name ? [] : [`${former} → ${name}`];
  });
  if (renamed.length === 0) return [];
  const sentence = `constants of the value set ${after.name} have other names: ${listed(renamed)}`;
  return [{ kind: 'constants-renamed', impact: 'breaking', sentence }];
}

function constantsOf(valueSet: PinnedValueSet): ReadonlyMap<string, string> {
  return new Map(
    valueSet.systems.flatMap(({ system, concepts }) =>
      concepts.map((concept): [string, string] => [`${system}|${concept.code}`, constantOf(concept)]),
    ),
  );
}

function constantOf(concept: PinnedConcept): string {
  return pascalCase(concept.display ?? concept.code);
}

function codes(items: readonly string[]): string {
  return `${items.length === 1 ? 'the code' : `${items.length} codes:`} ${listed(items)}`;
}

/**
 * The codes of a value set as `system|code`.
 *
 * @param valueSet as pinned
 */
export function codesOf(valueSet: PinnedValueSet): readonly string[] {
  return valueSet.systems.flatMap(({ system, concepts }) => concepts.map(({ code }) => `${system}|${code}`));
}

/**
 * Whether a value set may have codes that are not listed.
 *
 * @param valueSet as pinned
 */
export function isOpen(valueSet: PinnedValueSet): boolean {
  return valueSet.open === true || valueSet.systems.some((system) => system.open === true);
}
