import type { Definitions } from '../../generator/load/definitions.js';
import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';
import { oneLine } from '../../generator/errors.js';
import { type SnapshotOptions, withSnapshots, type WithSnapshots } from '../../generator/snapshot/with-snapshots.js';
import { differentialProfile as profile, GUIDE, type Members } from '../guide/definitions.js';
import { guideOf } from '../guide/package.js';
import { CORE } from './core.js';

export { diff, differentialProfile as profile, extension, FHIR, GUIDE, type Members } from '../guide/definitions.js';
export { packageOf } from '../guide/package.js';

/** The `type` of an element that has to conform to a profile of the guide. */
export function typed(code: string, id: string): Members {
  return { type: [{ code, profile: [GUIDE + id] }] };
}

/** A guide based on the FHIR types of {@link CORE}, frozen so that changes of loaded definitions fail. */
export function guide(resources: readonly ConformanceResource[], others: readonly FhirPackage[] = []): Definitions {
  return frozen(guideOf(resources, ...others, CORE));
}

/** Generates the snapshots of a guide. */
export function make(resources: readonly ConformanceResource[], options: SnapshotOptions = {}): Promise<WithSnapshots> {
  return withSnapshots(guide(resources), options);
}

/** The elements of a profile of the guide by id, in order; empty if it has no snapshot. */
export function elementsOf({ definitions }: WithSnapshots, id: string): ReadonlyMap<string, Members> {
  const resource = definitions.root.resources.find(({ url }) => url === GUIDE + id);
  const snapshot = resource?.['snapshot'] as { readonly element: readonly Members[] } | undefined;
  return new Map(snapshot?.element.map((element) => [String(element['id']), element]));
}

/** The elements of the only profile of a guide with the given differential. */
export async function applied(
  type: string,
  element: readonly unknown[],
  others: readonly ConformanceResource[] = [],
): Promise<ReadonlyMap<string, Members>> {
  const made = await make([profile('p', type, element), ...others]);
  if (made.failed.length > 0) throw new Error(failuresOf(made).join('\n'));
  return elementsOf(made, 'p');
}

/** The warnings about profiles without a snapshot. */
export function failuresOf({ failed }: WithSnapshots): readonly string[] {
  return failed.map(oneLine);
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) frozen(member);
  return value;
}
