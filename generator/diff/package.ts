import { OTHER_TYPE, SAFE, UNKNOWN } from '../facts/verdict.js';
import { packageName } from '../fhir/package-id.js';
import type { ResolvedModel } from '../model/resolved.js';
import type { Unresolved } from '../pin/snapshot.js';
import { type Change, type ChangeFact, changeOf } from './change.js';
import type { SideModel } from './side.js';
import type { Sides } from './sides.js';

/** A change that no program notices. */
const REMARK = { ...SAFE, documentation: true } as const;

/**
 * The changes to the packages themselves.
 *
 * @param old the old side
 * @param next the new side
 * @param sides of the comparison
 */
export function packageChanges(old: SideModel, next: SideModel, sides: Sides): readonly Change[] {
  const about = { name: next.model.package.name };
  const facts = [...identityChanges(old, next, sides), ...dependencyChanges(old, next, sides)];
  return [
    ...facts.map((fact) => changeOf(about, fact)),
    ...resolutionChanges(old.model, next.model, sides).map(({ canonical, usedBy, ...fact }) =>
      changeOf({ ...about, canonical, ...(usedBy.length === 0 ? {} : { usedBy }) }, fact),
    ),
  ];
}

function identityChanges(before: SideModel, after: SideModel, sides: Sides): readonly ChangeFact[] {
  const [old, next] = [before.model, after.model];
  const facts: ChangeFact[] = [];
  if (old.fhirVersion !== next.fhirVersion) {
    const both = { before: old.fhirVersion, after: next.fhirVersion };
    const sentence = `the package is for FHIR ${both.after}, no longer for ${both.before}: the FHIR types may differ`;
    facts.push({ kind: 'fhir-version', ...OTHER_TYPE, ...both, sentence });
  }
  facts.push(...renamedPackages(before, after, sides));
  const [from, to] = [old.package, next.package];
  if (from.version !== to.version) {
    const sentence = `the package has version ${to.version} (previously ${from.version})`;
    facts.push({ kind: 'package-version', ...REMARK, before: from.version, after: to.version, sentence });
  }
  const bases = { before: from.canonical ?? 'none', after: to.canonical ?? 'none' };
  if (bases.before !== bases.after) {
    const sentence = `the canonical base of the package is ${bases.after} (previously ${bases.before})`;
    facts.push({ kind: 'package-canonical', ...REMARK, ...bases, sentence });
  }
  return facts;
}

/** The guide, and packages that the user maps. */
function renamedPackages(before: SideModel, after: SideModel, { packages }: Sides): readonly ChangeFact[] {
  return [...packages].flatMap(([from, to]): ChangeFact[] => {
    if (from === to) return [];
    const [was, is] = [folderOf(before, from), folderOf(after, to)];
    const isGuide = from === before.model.package.name;
    const isSame = was === is && (was !== undefined || !isGuide);
    const follows =
      was === undefined && isSame
        ? 'no module is generated from it'
        : isSame
          ? `its models stay in the folder ${is ?? ''}, so import paths stay the same`
          : isGuide
            ? 'the generated package and its folders are renamed too'
            : 'the folder of its models is renamed too';
    const sentence = `the package ${from} is renamed to ${to}: ${follows}`;
    return [{ kind: 'package-renamed', ...(isSame ? REMARK : OTHER_TYPE), before: from, after: to, sentence }];
  });
}

/** The folder of the models of a package, which an alias may keep. */
function folderOf({ model, names }: SideModel, name: string): string | undefined {
  const isOwn = (item: { readonly package: string }): boolean => packageName(item.package) === name;
  const files = [
    ...model.profiles.filter(isOwn).map(({ url }) => names.profiles.get(url)?.file),
    ...model.valueSets.filter(isOwn).map(({ url }) => names.valueSets.get(url)?.file),
  ];
  return files.find((file) => file !== undefined)?.split('/')[0];
}

function dependencyChanges(old: SideModel, next: SideModel, { packages }: Sides): readonly ChangeFact[] {
  const before = dependencies(old, packages);
  const after = dependencies(next);
  const facts: ChangeFact[] = [];
  for (const [name, version] of after) {
    const former = before.get(name);
    if (former === undefined) {
      const sentence = `the package ${name}#${version} is now needed`;
      facts.push({ kind: 'dependency-added', ...REMARK, after: version, sentence });
    } else if (former !== version) {
      const sentence = `the package ${name} is needed in version ${version} (previously ${former})`;
      facts.push({ kind: 'dependency-version', ...REMARK, before: former, after: version, sentence });
    }
  }
  for (const [name, version] of before) {
    // A package that became the guide itself is still needed.
    if (after.has(name) || name === next.model.package.name) continue;
    const sentence = `the package ${name}#${version} is no longer needed`;
    facts.push({ kind: 'dependency-removed', ...REMARK, before: version, sentence });
  }
  return facts;
}

/** The packages that the package takes definitions from: name on the new side → versions. */
function dependencies(
  { model, packages }: SideModel,
  renamed: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name: own, version } of packages) {
    if (own === model.package.name) continue;
    const name = renamed.get(own) ?? own;
    const other = found.get(name);
    found.set(name, other === undefined ? version : `${other}, ${version}`);
  }
  return found;
}

/** A change in whether a canonical can be resolved. */
interface ResolutionFact extends ChangeFact {
  readonly canonical: string;
  readonly usedBy: readonly string[];
}

/** An unresolved canonical is replaced by the widest type. */
function resolutionChanges(old: ResolvedModel, next: ResolvedModel, sides: Sides): readonly ResolutionFact[] {
  const before = new Map(
    old.unresolved
      .filter(isDefinition)
      .map(({ canonical, usedBy }) => [sides.translate(canonical), usedBy.map(sides.translate)]),
  );
  const after = new Map(next.unresolved.filter(isDefinition).map(({ canonical, usedBy }) => [canonical, usedBy]));
  const isDefined = new Set([...next.profiles, ...next.valueSets].map(({ url }) => url));
  const facts: ResolutionFact[] = [];
  for (const [canonical, usedBy] of after) {
    if (before.has(canonical)) continue;
    const sentence = `${canonical} can no longer be resolved: the widest type replaces its own`;
    facts.push({ kind: 'canonical-unresolved', ...UNKNOWN, canonical, usedBy, sentence });
  }
  for (const [canonical, usedBy] of before) {
    if (after.has(canonical)) continue;
    const isKnown = isDefined.has(canonical);
    const sentence = isKnown
      ? `${canonical} can now be resolved: its own type replaces the widest one`
      : `${canonical}, which could not be resolved, is no longer needed`;
    facts.push({ kind: 'canonical-resolved', ...(isKnown ? UNKNOWN : REMARK), canonical, usedBy, sentence });
  }
  return facts;
}

function isDefinition({ kind }: Unresolved): boolean {
  return kind === 'StructureDefinition' || kind === 'ValueSet';
}
