import { listed, without } from '../facts/list.js';
import { OTHER_TYPE, SAFE, WIDER_TYPE } from '../facts/verdict.js';
import { fhirTypeCanonical } from '../fhir/canonical.js';
import type { ResolvedProfile } from '../model/resolved.js';
import type { ProfileNames } from '../names/names.js';
import { type Change, type ChangeFact, changeOf } from './change.js';
import { type ExportingSide, lostExports, profileExports } from './exports.js';
import { elementChanges } from './element.js';
import type { Pair } from './match.js';
import type { Sides } from './sides.js';

/**
 * All changes to one profile.
 *
 * @param pair the profile in both snapshots, or in one
 * @param sides of the comparison
 * @returns changes to the profile as a whole, then changes to its elements in their order
 */
export function profileChanges({ before, after }: Pair<ResolvedProfile>, sides: Sides): readonly Change[] {
  const current = after ?? before;
  if (current === undefined) return [];
  const about = { profile: current.url, name: current.name };
  if (before === undefined) {
    return [changeOf(about, { kind: 'profile-added', ...SAFE, sentence: `the profile ${current.name} is new` })];
  }
  if (after === undefined) {
    const sentence = `the profile ${current.name} was removed, with everything that its module exports`;
    return [changeOf(about, { kind: 'profile-removed', ...OTHER_TYPE, sentence })];
  }
  const changes = headChanges(before, after, sides).map((fact) => changeOf(about, fact));
  // The elements of another type cannot be compared.
  if (before.type !== after.type) return changes;
  const readers = new Set(namesOf(before, sides, 'before')?.readers.keys());
  const elements = elementChanges(sides.before.view(before.root), sides.after.view(after.root), sides, {
    readers,
    slices: sides.slices.get(before.url) ?? new Map<string, string>(),
  });
  return [
    ...changes,
    ...exportChanges(before, after, sides).map((fact) => changeOf(about, fact)),
    ...methodChanges(before, after, sides).map((fact) => changeOf(about, fact)),
    ...elements.map(({ element, ...fact }) => changeOf({ ...about, element }, fact)),
  ];
}

function headChanges(before: ResolvedProfile, after: ResolvedProfile, sides: Sides): readonly ChangeFact[] {
  const facts: ChangeFact[] = [...identityChanges(before, after, sides)];
  if (before.type !== after.type) {
    const sentence = `the profile ${after.name} constrains ${after.type} instead of ${before.type}`;
    facts.push({ kind: 'profile-type', ...OTHER_TYPE, before: before.type, after: after.type, sentence });
  }
  if (before.abstract !== after.abstract) {
    const is = after.abstract;
    const sentence = `the profile ${after.name} ${is ? 'became abstract: only profiles derived from it are used' : 'is no longer abstract'}`;
    const both = { before: String(!is), after: String(is) };
    facts.push({ kind: 'profile-abstract', ...SAFE, ...both, sentence });
  }
  return [...facts, ...baseChange(before, after, sides)];
}

/**
 * A new name or a new module of a profile: one change, with what users have to do. The url of an extension is also
 * data, so its change is reported separately.
 */
function identityChanges(before: ResolvedProfile, after: ResolvedProfile, sides: Sides): readonly ChangeFact[] {
  const [was, is] = [namesOf(before, sides, 'before'), namesOf(after, sides, 'after')];
  const isExtension = after.type === 'Extension';
  const facts: ChangeFact[] = [];
  const hasOtherUrl = before.url !== after.url;
  if (hasOtherUrl && isExtension) {
    const sentence = `the extension ${after.name} has another url: data with the old one is no longer recognized`;
    facts.push({ kind: 'profile-canonical', ...OTHER_TYPE, before: before.url, after: after.url, sentence });
  }
  const hasOtherName = was?.interface !== is?.interface;
  const hasOtherPlace = !isSamePlace(was?.file, is?.file, before, after, sides);
  const canonical = hasOtherUrl && !isExtension ? 'meta.profile must have the new canonical' : undefined;
  const place = `import it from ./${is?.file ?? ''}.js instead of ./${was?.file ?? ''}.js`;
  const both = { before: before.url, after: after.url };
  const rest = (...parts: readonly (string | undefined)[]): string =>
    parts.filter((part) => part !== undefined).join('; ');
  if (hasOtherName) {
    const what = `the profile ${before.name} is renamed to ${after.name}`;
    const names = `write ${is?.interface ?? ''} instead of ${was?.interface ?? ''} in all names that its module exports`;
    const sentence = `${what}: ${rest(names, hasOtherPlace ? place : undefined, canonical)}`;
    facts.push({
      kind: 'profile-renamed',
      ...OTHER_TYPE,
      ...(hasOtherUrl ? both : { before: before.name, after: after.name }),
      sentence,
    });
  } else if (hasOtherPlace) {
    const [from, to] = [packageName(before), packageName(after)];
    const packages = from === to ? both : { before: from, after: to };
    const why = from === to ? 'has another id' : 'has moved to another package';
    const sentence = `the profile ${after.name} ${why}: ${rest(place, canonical)}`;
    facts.push({ kind: 'profile-moved', ...OTHER_TYPE, ...packages, sentence });
  } else if (canonical !== undefined) {
    const sentence = `the profile ${after.name} has another canonical: ${canonical}`;
    facts.push({ kind: 'profile-canonical', ...SAFE, ...both, sentence });
  }
  if (before.name !== after.name && !hasOtherName) {
    const sentence = `the profile ${before.name} is renamed to ${after.name}: the exports of its module keep their names`;
    facts.push({ kind: 'profile-renamed', ...REMARK, before: before.name, after: after.name, sentence });
  }
  return facts;
}

/** A package with another name has other folders, which is a change of the package. */
function isSamePlace(old = '', next = '', before: ResolvedProfile, after: ResolvedProfile, sides: Sides): boolean {
  if (old === next) return true;
  return (
    sides.isRenamedPackage(packageName(before), packageName(after)) && old.split('/').at(-1) === next.split('/').at(-1)
  );
}

/** Programs can still read a resource as one of the old base if that is among its ancestors. */
function baseChange(before: ResolvedProfile, after: ResolvedProfile, sides: Sides): readonly ChangeFact[] {
  const old = before.ancestors.map((ancestor) => sides.translate(ancestor));
  const next = after.ancestors;
  const [was, is] = [old[0] ?? fhirTypeCanonical(before.type), next[0] ?? fhirTypeCanonical(after.type)];
  if (was === is) return [];
  const lost = without(old, next).length > 0;
  const sentence = `the profile ${after.name} is based on ${sides.nameOf(is)} instead of ${sides.nameOf(was)}`;
  return [{ kind: 'profile-base', ...(lost ? WIDER_TYPE : SAFE), before: was, after: is, sentence }];
}

const REMARK = { ...SAFE, documentation: true } as const;

/**
 * Changes to the exports of a module besides the profile itself: types of parts, inputs, builders, readers and writers
 * of slices.
 */
function exportChanges(before: ResolvedProfile, after: ResolvedProfile, sides: Sides): readonly ChangeFact[] {
  const unit = profileExports({ before, after }, sides.before.own, sides.after.own, sides.slices.get(before.url));
  // The exports of a renamed slice belong to the change of the slice.
  const lost = unit === undefined ? [] : lostExports(unit).filter((pair) => !pair.isOfRenamed || !pair.after);
  const removed = lost.map((pair) => pair.before.name);
  if (removed.length === 0) return [];
  const sentence = `the module of ${after.name} no longer exports ${listed(removed)}`;
  return [{ kind: 'exports-removed', ...OTHER_TYPE, before: removed.join(', '), sentence }];
}

/** Renamed methods: a builder adds items of an array and sets a single value. */
function methodChanges(before: ResolvedProfile, after: ResolvedProfile, sides: Sides): readonly ChangeFact[] {
  const [old, next] = [namesOf(before, sides, 'before'), namesOf(after, sides, 'after')];
  const renamed = [...(old?.methods ?? [])].flatMap(([path, methods]) => {
    const others = next?.methods.get(path);
    const [was, is] = [old?.parts.get(path)?.builder ?? '', next?.parts.get(path)?.builder ?? ''];
    return [...methods].flatMap(([member, method]): readonly (readonly [string, string])[] => {
      const other = others?.get(member);
      const isChanged =
        other !== undefined &&
        other !== method &&
        hasMethod(sides.before.own, old?.file, was, method) &&
        hasMethod(sides.after.own, next?.file, is, other);
      return isChanged ? [[`${was}.${method}`, `${is}.${other}`]] : [];
    });
  });
  if (renamed.length === 0) return [];
  const both = { before: renamed.map(([was]) => was).join(', '), after: renamed.map(([, is]) => is).join(', ') };
  const sentence = `methods of builders have other names: ${listed(renamed.map(([was, is]) => `${was} → ${is}`))}`;
  return [{ kind: 'builder-methods', write: 'breaks-compile', read: 'safe', ...both, sentence }];
}

function hasMethod({ exports }: ExportingSide, file = '', builder: string, method: string): boolean {
  return exports.get(file)?.get(builder)?.methods?.includes(method) === true;
}

function namesOf({ url }: ResolvedProfile, sides: Sides, side: 'before' | 'after'): ProfileNames | undefined {
  return sides[side].own.names.profiles.get(url);
}

function packageName(profile: ResolvedProfile): string {
  return profile.package.split('#')[0] ?? profile.package;
}
