import { isObject, type JsonObject } from './json.js';
import type { Run } from './run.js';

/**
 * FHIR R4, DomainResource, "Constraints", and References, "Contained Resources" (an id leads to one of them): the rules
 * for contained resources, without profiles.
 */
export function checkContained(run: Run, host: JsonObject, contained: readonly unknown[]): void {
  const referred = localReferences(run, host);
  const ids = new Set<unknown>();
  contained.forEach((resource, index) => {
    if (!isObject(resource)) return;
    const { id, meta, contained } = resource;
    const { versionId, lastUpdated, security }: JsonObject = isObject(meta) ? meta : {};
    const isReferred = referred.has(`#${String(id)}`) || localReferences(run, resource).has('#');
    const broken = [
      ['dom-2', contained !== undefined],
      ['dom-3', id !== undefined && !isReferred],
      ['dom-4', versionId !== undefined || lastUpdated !== undefined],
      ['dom-5', security !== undefined],
    ] as const;
    for (const [key, isBroken] of broken) if (isBroken) run.failAt(index, key);
    if (id !== undefined && ids.has(id)) run.failAt(index, 'namesake', { value: id });
    ids.add(id);
  });
}

/** Every text within a value that may refer to a contained resource. Uses a list, because nesting has no limit. */
function localReferences(run: Run, value: unknown): Set<unknown> {
  const found = new Set<unknown>();
  const open: unknown[] = [value];
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    if (typeof next === 'string' && next.startsWith('#')) found.add(next);
    if (typeof next !== 'object' || next === null || found.has(next)) continue;
    found.add(next);
    const below = Object.values(next) as unknown[];
    run.spend(below.length);
    // One by one: too many arguments of one call overflow the stack.
    for (const each of below) open.push(each);
  }
  return found;
}
