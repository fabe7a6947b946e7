import { listed, without } from '../facts/list.js';
import type { Verdicts } from '../facts/fact.js';
import { NARROWER_TYPE, OTHER_TYPE, SAFE, STRICTER_RULE, UNKNOWN, WIDER_TYPE } from '../facts/verdict.js';
import type { ValueSetModel } from '../model/model.js';
import { byCodeUnit } from '../order.js';
import { type Change, type ChangeFact, changeOf } from './change.js';
import { lostExports, valueSetExports } from './exports.js';
import type { Pair } from './match.js';
import type { Side } from './side.js';
import { listedCodes, type Sides } from './sides.js';
import type { ValueSetUse } from './use.js';

/** A change that affects neither types nor guards. */
const REMARK = { ...SAFE, documentation: true } as const;

/**
 * All changes to one value set.
 *
 * @param pair the value set on both sides, or on one
 * @param use where it is bound
 * @param sides of the comparison
 */
export function valueSetChanges(
  { before, after }: Pair<ValueSetModel>,
  use: ValueSetUse,
  sides: Sides,
): readonly Change[] {
  const current = after ?? before;
  if (current === undefined) return [];
  const usedBy = [...use.canonicals].sort(byCodeUnit);
  const about = { valueSet: current.url, name: current.name, ...(usedBy.length === 0 ? {} : { usedBy }) };
  const where = use.profiles.length === 0 ? '' : ` (bound in ${listed(use.profiles)})`;
  const found =
    before === undefined || after === undefined
      ? [oneSided(before, after, where, sides)]
      : bothSided(before, after, use.isRequired, where, sides);
  return [...found, ...exportChanges({ before, after }, found, sides)].map((fact) => changeOf(about, fact));
}

/**
 * Changes to the exports of its module: types, and constants for its codes. For a removed value set, one change is
 * enough.
 */
function exportChanges(pair: Pair<ValueSetModel>, found: readonly ChangeFact[], sides: Sides): readonly ChangeFact[] {
  const unit = valueSetExports(pair, sides.before.own, sides.after.own);
  if (unit === undefined || found.some(({ kind }) => kind === 'value-set-removed')) return [];
  const { before } = unit;
  const removed = lostExports(unit).map((lost) => lost.before.name);
  const facts: ChangeFact[] = [];
  if (removed.length > 0) {
    const sentence = `the value set ${before.name} no longer exports ${listed(removed)}`;
    facts.push({ kind: 'exports-removed', ...OTHER_TYPE, before: removed.join(', '), sentence });
  }
  const hasConstants = unit.exports.some(({ role, after }) => role === 'constants' && after !== undefined);
  if (!hasConstants) return facts;
  return [
    ...facts,
    ...constantChanges(before.name, constantsOf(pair.before, sides.before), constantsOf(pair.after, sides.after)),
  ];
}

/** Whether a module exports the codes as a type; an unused value set has no module. */
function isExported({ url }: ValueSetModel, { own }: Side): boolean {
  return own.exports.has(own.names.valueSets.get(url)?.file ?? '');
}

function constantsOf(valueSet: ValueSetModel | undefined, { own }: Side): ReadonlyMap<string, string> {
  return own.names.valueSets.get(valueSet?.url ?? '')?.constants.keys ?? new Map<string, string>();
}

/** Constants that were removed, renamed or now mean another code. */
function constantChanges(
  name: string,
  old: ReadonlyMap<string, string>,
  next: ReadonlyMap<string, string>,
): readonly ChangeFact[] {
  const meanings = new Map([...next].map(([code, constant]) => [constant, code]));
  const removed: string[] = [];
  const changed: string[] = [];
  const renamed: string[] = [];
  for (const [code, constant] of old) {
    const other = next.get(code);
    const meaning = meanings.get(constant);
    if (other !== undefined && other !== constant) renamed.push(`${constant} → ${other}`);
    else if (meaning === undefined) removed.push(constant);
    if (meaning !== undefined && meaning !== code) changed.push(constant);
  }
  const facts: ChangeFact[] = [];
  if (removed.length > 0) {
    const sentence = `constants of the value set ${name} were removed: ${listed(removed)}`;
    facts.push({ kind: 'constants-removed', ...OTHER_TYPE, before: removed.join(', '), sentence });
  }
  if (renamed.length > 0) {
    const sentence = `constants of the value set ${name} have other names: ${listed(renamed)}`;
    facts.push({ kind: 'constants-renamed', ...OTHER_TYPE, before: renamed.join(', '), sentence });
  }
  if (changed.length > 0) {
    const sentence = `constants of the value set ${name} have other codes: ${listed(changed)}`;
    facts.push({ kind: 'constants-changed', ...OTHER_TYPE, before: changed.join(', '), sentence });
  }
  return facts;
}

function oneSided(
  before: ValueSetModel | undefined,
  after: ValueSetModel | undefined,
  where: string,
  sides: Sides,
): ChangeFact {
  const { url = '', name = '' } = before ?? after ?? {};
  if (before === undefined) {
    return isUnresolved(url, sides, 'before')
      ? {
          kind: 'value-set-resolved',
          ...UNKNOWN,
          sentence: `the value set ${name} can now be resolved: its previous codes are not known${where}`,
        }
      : { kind: 'value-set-added', ...SAFE, sentence: `the value set ${name} is new${where}` };
  }
  return isUnresolved(sides.translate(url), sides, 'after')
    ? {
        kind: 'value-set-unresolved',
        ...UNKNOWN,
        sentence: `the value set ${name} can no longer be resolved: its codes are not known${where}`,
      }
    : {
        kind: 'value-set-removed',
        ...OTHER_TYPE,
        sentence: `the value set ${name} was removed, with its types and constants`,
      };
}

function isUnresolved(url: string, sides: Sides, side: 'before' | 'after'): boolean {
  return sides[side].own.model.unresolved.some(({ canonical }) => canonical === url);
}

function bothSided(
  before: ValueSetModel,
  after: ValueSetModel,
  isRequired: boolean,
  where: string,
  sides: Sides,
): readonly ChangeFact[] {
  const found: ChangeFact[] = [];
  found.push(...identityChanges(before, after, sides));
  if (before.closed !== after.closed) found.push(openness(after, isRequired, where));
  // The listed codes of an open value set say nothing about those that are not listed.
  const isOpen = !before.closed || !after.closed;
  const [old, next] = [listedCodes(before), listedCodes(after)];
  const isShown = !isOpen && isExported(before, sides.before) && isExported(after, sides.after);
  const weight = (byType: Verdicts, byRule: Verdicts): Verdicts & { documentation?: true } => {
    if (isShown) return byType;
    return !isRequired ? REMARK : isOpen ? UNKNOWN : byRule;
  };
  const both = { before: old.join(', '), after: next.join(', ') };
  const removed = without(old, next);
  if (removed.length > 0 && before.closed === after.closed) {
    const sentence = `the value set ${after.name} no longer has ${codes(removed)}${where}`;
    found.push({ kind: 'codes-removed', ...weight(NARROWER_TYPE, STRICTER_RULE), ...both, sentence });
  }
  const added = without(next, old);
  if (added.length > 0 && before.closed === after.closed) {
    const sentence = `the value set ${after.name} also has ${codes(added)}${where}`;
    found.push({ kind: 'codes-added', ...weight(WIDER_TYPE, SAFE), ...both, sentence });
  }
  return found;
}

/** A new name, module or canonical: one change, with what users have to do. */
function identityChanges(before: ValueSetModel, after: ValueSetModel, sides: Sides): readonly ChangeFact[] {
  const [was, is] = [sides.before.own.names.valueSets.get(before.url), sides.after.own.names.valueSets.get(after.url)];
  const isShown = isExported(before, sides.before) && isExported(after, sides.after);
  const hasOtherName = isShown && was?.name !== is?.name;
  const hasOtherPlace = isShown && !isSamePlace(was?.file, is?.file, before, after, sides);
  const place = `import it from ./${is?.file ?? ''}.js instead of ./${was?.file ?? ''}.js`;
  const urls = { before: before.url, after: after.url };
  const names = { before: before.name, after: after.name };
  if (hasOtherName) {
    const write = `write ${is?.name ?? ''} instead of ${was?.name ?? ''} in all names that its module exports`;
    const sentence = `the value set ${before.name} is renamed to ${after.name}: ${write}${hasOtherPlace ? `; ${place}` : ''}`;
    return [{ kind: 'value-set-renamed', ...OTHER_TYPE, ...(before.url === after.url ? names : urls), sentence }];
  }
  const facts: ChangeFact[] = [];
  if (before.name !== after.name) {
    const sentence = `the value set ${before.name} is renamed to ${after.name}: its types and constants keep their names`;
    facts.push({ kind: 'value-set-renamed', ...REMARK, ...names, sentence });
  }
  if (hasOtherPlace) {
    const sentence = `the module of the value set ${after.name} has another path: ${place}`;
    facts.push({ kind: 'value-set-moved', ...OTHER_TYPE, ...urls, sentence });
  } else if (before.url !== after.url) {
    const sentence = `the value set ${after.name} has another canonical`;
    facts.push({ kind: 'value-set-canonical', ...REMARK, ...urls, sentence });
  }
  return facts;
}

/** A package with another name has other folders, which is a change of the package. */
function isSamePlace(old = '', next = '', before: ValueSetModel, after: ValueSetModel, sides: Sides): boolean {
  const [from = '', to = ''] = [before, after].map((one) => one.package.split('#')[0]);
  return old === next || (sides.isRenamedPackage(from, to) && old.split('/').at(-1) === next.split('/').at(-1));
}

function openness(after: ValueSetModel, isRequired: boolean, where: string): ChangeFact {
  const both = { before: after.closed ? 'open' : 'closed', after: after.closed ? 'closed' : 'open' };
  if (after.closed) {
    const sentence = `all codes of the value set ${after.name} are known, and no others are accepted${where}`;
    return { kind: 'value-set-closed', ...(isRequired ? NARROWER_TYPE : REMARK), ...both, sentence };
  }
  const sentence = `the value set ${after.name} may have codes that are not listed: readers must expect any code${where}`;
  return { kind: 'value-set-opened', ...(isRequired ? WIDER_TYPE : REMARK), ...both, sentence };
}

function codes(items: readonly string[]): string {
  return `${items.length === 1 ? 'the code' : `${items.length} codes:`} ${listed(items)}`;
}
