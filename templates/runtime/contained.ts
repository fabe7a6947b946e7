import { isObject, type JsonObject } from './json.js';
import type { Run } from './run.js';

/** FHIR R4, DomainResource, "Constraints": what holds of contained resources, profiles aside. */
export function checkContained(run: Run, host: JsonObject, contained: readonly unknown[]): void {
  let referred: Set<string> | undefined;
  for (const [index, resource] of contained.entries()) {
    if (!isObject(resource)) continue;
    const { id } = resource;
    const meta = isObject(resource.meta) ? resource.meta : {};
    run.path.push(index);
    if (resource.contained !== undefined) run.fail('invariant', 'dom-2', 'contained.contained.empty()');
    if (meta.versionId !== undefined || meta.lastUpdated !== undefined) {
      run.fail('invariant', 'dom-4', 'contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()');
    }
    if (meta.security !== undefined) run.fail('invariant', 'dom-5', 'contained.meta.security.empty()');
    referred ??= localReferences(run, host);
    if (typeof id === 'string' && !referred.has(`#${id}`) && !localReferences(run, resource).has('#')) {
      run.fail('invariant', 'dom-3', 'contained is referred to, or refers to its container');
    }
    run.path.pop();
  }
}

/** Every text within a value that may be a reference to a contained resource: on a list, as nesting has no bound. */
function localReferences(run: Run, value: unknown): Set<string> {
  const found = new Set<string>();
  const seen = new Set<unknown>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') {
      if (next.startsWith('#')) found.add(next);
    } else if (typeof next === 'object' && next !== null && !seen.has(next)) {
      seen.add(next);
      const below: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
      run.spend(below.length);
      for (const each of below) open.push(each);
    }
  }
  return found;
}
