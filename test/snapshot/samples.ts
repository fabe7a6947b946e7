import type { Definitions } from '../../generator/load/definitions.js';
import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';
import { oneLine } from '../../generator/errors.js';
import { type SnapshotOptions, withSnapshots, type WithSnapshots } from '../../generator/snapshot/with-snapshots.js';
import { CORE, FHIR, type Members } from './core.js';

export { FHIR, type Members };
export const GUIDE = 'http://example.org/StructureDefinition/';

/** An element of a differential; its path follows from its id. */
export function diff(id: string, members: Members = {}): Members {
  const names = id.split('.');
  const sliceName = /:(.*)$/.exec(names[names.length - 1] ?? '')?.[1];
  const path = names.map((name) => name.replace(/:.*$/, '')).join('.');
  return { id, path, ...(sliceName !== undefined && { sliceName }), ...members };
}

/** A profile with a differential only, based on a FHIR type unless `baseDefinition` is given. */
export function profile(
  id: string,
  type: string,
  element: readonly unknown[],
  members: Members = {},
): ConformanceResource {
  return {
    resourceType: 'StructureDefinition',
    url: GUIDE + id,
    version: '1.0.0',
    id,
    name: id,
    kind: ['Patient', 'Observation', 'Questionnaire'].includes(type) ? 'resource' : 'complex-type',
    type,
    derivation: 'constraint',
    baseDefinition: FHIR + type,
    differential: { element: [diff(type), ...element] },
    ...members,
  };
}

/** An extension with a value of one type. */
export function extension(id: string, code: string, more: readonly unknown[] = []): ConformanceResource {
  return profile(id, 'Extension', [
    diff('Extension.url', { fixedUri: GUIDE + id }),
    diff('Extension.value[x]', { type: [{ code }] }),
    ...more,
  ]);
}

/** The `type` of an element that has to conform to a profile of the guide. */
export function typed(code: string, id: string): Members {
  return { type: [{ code, profile: [GUIDE + id] }] };
}

export function packageOf(
  name: string,
  resources: readonly ConformanceResource[],
  dependencies: Readonly<Record<string, string>> = {},
): FhirPackage {
  return { name, version: '1.0.0', fhirVersions: ['4.0.1'], dependencies, resources };
}

/** A guide based on the FHIR types of {@link CORE}, frozen so that changes of loaded definitions fail. */
export function guide(resources: readonly ConformanceResource[], others: readonly FhirPackage[] = []): Definitions {
  const root = packageOf('example.guide', resources);
  return frozen({ root, packages: [root, ...others, CORE], missing: [] });
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
