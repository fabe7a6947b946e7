import type { Warning } from '../errors.js';
import type { PinnedSnapshot, PinnedValueSet, Unresolved } from './snapshot.js';
import { isExternal } from '../fhir/external-code-system.js';

/** The effect of an unresolved canonical: the model has the widest correct type instead. */
const COST: Readonly<Record<Unresolved['kind'], string>> = {
  StructureDefinition: 'what refers to it keeps its FHIR type, without the rules of that profile',
  ValueSet: 'codes where it is bound are neither checked nor suggested',
  CodeSystem: 'any code of that system is accepted where the value set is bound',
  package: 'what it defines cannot be resolved',
};

/**
 * The warnings about a snapshot, whether it was just pinned or read from a file: unresolved canonicals and incomplete
 * value sets, with their consequences.
 *
 * @param snapshot pinned
 */
export function snapshotWarnings(snapshot: PinnedSnapshot): readonly Warning[] {
  // A value set with an unresolved part is reported with that part.
  const mentioned = new Set(snapshot.unresolved.flatMap((entry) => entry.usedBy));
  const isNews = (valueSet: PinnedValueSet) => !mentioned.has(valueSet.url) && !isOpenByNature(valueSet);
  return [
    ...snapshot.unresolved.map(unresolvedWarning),
    ...snapshot.valueSets.filter(isNews).flatMap((valueSet) => incompleteWarning(valueSet) ?? []),
  ];
}

function unresolvedWarning({ canonical, kind, usedBy }: Unresolved): Warning {
  const [first, ...others] = usedBy;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const users = first === undefined ? '' : `, used by ${first}${more}`;
  const message = `${kind} ${canonical} cannot be resolved${users}: ${COST[kind]}`;
  // A missing package has a separate line: the user can add it.
  if (kind === 'package') return { message, where: {} };
  const repair = kind === 'StructureDefinition' ? 'with' : 'terminology';
  return { message, where: {}, unresolved: canonical, repair };
}

function incompleteWarning({ url, package: from, incomplete, systems, open }: PinnedValueSet): Warning | undefined {
  const [first] = incomplete ?? [];
  if (first === undefined) return undefined;
  const opened = systems.filter((system) => system.open === true).map((system) => system.system);
  const cost = open === true ? 'any code' : `any code of ${opened.join(', ')}`;
  const accepted = open === true || opened.length > 0 ? `; ${cost} is accepted` : '';
  return {
    message: `value set ${url} is not complete: ${first}${accepted}`,
    where: { package: from },
    repair: 'terminology',
  };
}

/** Its codes cannot be listed, so nothing is missing. */
function isOpenByNature({ systems, open }: PinnedValueSet): boolean {
  return open !== true && systems.every((system) => system.open !== true || isExternal(system.system));
}
