import type { PinnedSnapshot, Unresolved } from '../pin/snapshot.js';
import type { Change, ChangeFact } from './change.js';
import type { Sides } from './sides.js';

/**
 * What changed of the packages themselves.
 *
 * @param old the old snapshot
 * @param next the new snapshot
 * @param sides of the comparison
 */
export function packageChanges(old: PinnedSnapshot, next: PinnedSnapshot, sides: Sides): readonly Change[] {
  const facts = [
    ...identityChanges(old, next),
    ...dependencyChanges(old, next),
    ...resolutionChanges(old, next, sides),
  ];
  return facts.map((fact) => ({ name: next.package.name, ...fact }));
}

function identityChanges(old: PinnedSnapshot, next: PinnedSnapshot): readonly ChangeFact[] {
  const facts: ChangeFact[] = [];
  if (old.fhirVersion !== next.fhirVersion) {
    const both = { before: old.fhirVersion, after: next.fhirVersion };
    const sentence = `the package is for FHIR ${both.after}, no longer for ${both.before}: the types beneath may differ`;
    facts.push({ kind: 'fhir-version', impact: 'breaking', ...both, sentence });
  }
  const [from, to] = [old.package, next.package];
  if (from.name !== to.name) {
    const sentence = `the package ${from.name} is called ${to.name}: so are the generated package and its folders`;
    facts.push({ kind: 'package-renamed', impact: 'breaking', before: from.name, after: to.name, sentence });
  }
  if (from.version !== to.version) {
    const sentence = `the package has version ${to.version}, was ${from.version}`;
    facts.push({ kind: 'package-version', impact: 'documentation', before: from.version, after: to.version, sentence });
  }
  const bases = { before: from.canonical ?? 'none', after: to.canonical ?? 'none' };
  if (bases.before !== bases.after) {
    const sentence = `the canonical base of the package is ${bases.after}, was ${bases.before}`;
    facts.push({ kind: 'package-canonical', impact: 'documentation', ...bases, sentence });
  }
  return facts;
}

function dependencyChanges(old: PinnedSnapshot, next: PinnedSnapshot): readonly ChangeFact[] {
  const before = dependencies(old);
  const after = dependencies(next);
  const facts: ChangeFact[] = [];
  for (const [name, version] of after) {
    const former = before.get(name);
    if (former === undefined) {
      const sentence = `the package ${name}#${version} is needed now`;
      facts.push({ kind: 'dependency-added', impact: 'documentation', after: version, sentence });
    } else if (former !== version) {
      const sentence = `the package ${name} is needed in version ${version}, was ${former}`;
      facts.push({ kind: 'dependency-version', impact: 'documentation', before: former, after: version, sentence });
    }
  }
  for (const [name, version] of before) {
    if (after.has(name)) continue;
    const sentence = `the package ${name}#${version} is no longer needed`;
    facts.push({ kind: 'dependency-removed', impact: 'documentation', before: version, sentence });
  }
  return facts;
}

/** name → versions of what the package takes definitions from. */
function dependencies(snapshot: PinnedSnapshot): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, version } of snapshot.packages) {
    if (name === snapshot.package.name) continue;
    const other = found.get(name);
    found.set(name, other === undefined ? version : `${other}, ${version}`);
  }
  return found;
}

/** A canonical that nobody could resolve left the widest type in its place. */
function resolutionChanges(old: PinnedSnapshot, next: PinnedSnapshot, sides: Sides): readonly ChangeFact[] {
  const before = new Set(old.unresolved.filter(isDefinition).map(({ canonical }) => sides.translate(canonical)));
  const after = new Set(next.unresolved.filter(isDefinition).map(({ canonical }) => canonical));
  const isDefined = new Set([...next.structureDefinitions, ...next.valueSets].map(({ url }) => url));
  const facts: ChangeFact[] = [];
  for (const canonical of after) {
    if (before.has(canonical)) continue;
    const sentence = `${canonical} cannot be resolved: the widest type stands in its place`;
    facts.push({ kind: 'canonical-unresolved', impact: 'documentation', sentence });
  }
  for (const canonical of before) {
    if (after.has(canonical)) continue;
    const isKnown = isDefined.has(canonical);
    const sentence = isKnown
      ? `${canonical} can be resolved now: its own type stands where any was accepted`
      : `${canonical}, which could not be resolved, is no longer needed`;
    facts.push({ kind: 'canonical-resolved', impact: isKnown ? 'breaking' : 'documentation', sentence });
  }
  return facts;
}

function isDefinition({ kind }: Unresolved): boolean {
  return kind === 'StructureDefinition' || kind === 'ValueSet';
}
