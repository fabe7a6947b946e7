import { membersOf } from '../../generator/sample/matches.js';
import type { Path } from '../../generator/sample/node.js';
import type { Json } from '../../generator/fhir/json.js';

/** Removes a property. */
export const REMOVED: unique symbol = Symbol('removed');

/**
 * A copy of a JSON value in which one value is replaced. Parts outside the path are shared.
 * @param json the value
 * @param path of the replaced value
 * @param change returns the new value
 */
export function edited(json: Json, path: Path, change: (old: Json | undefined) => Json | typeof REMOVED): Json {
  const [step, ...rest] = path;
  if (step === undefined) {
    const changed = change(json);
    return changed === REMOVED ? null : changed;
  }
  if (typeof step === 'number') {
    const items: readonly Json[] = Array.isArray(json) ? json : [];
    const changed = changedValue(items[step], rest, change);
    return items.flatMap((item, index) => (index !== step ? [item] : changed === REMOVED ? [] : [changed]));
  }
  const members = membersOf(json);
  const changed = changedValue(members.get(step), rest, change);
  if (changed === REMOVED) members.delete(step);
  else members.set(step, changed);
  return Object.fromEntries(members);
}

function changedValue(
  old: Json | undefined,
  rest: Path,
  change: (old: Json | undefined) => Json | typeof REMOVED,
): Json | typeof REMOVED {
  return rest.length === 0 ? change(old) : edited(old ?? {}, rest, change);
}
