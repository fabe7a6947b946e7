import { isExternal } from '../fhir/external-code-system.js';
import type { PinnedValueSet } from '../pin/snapshot.js';
import type { ValueSetModel } from './model.js';

/**
 * A value set as the later stages see it.
 *
 * @param pinned from the snapshot
 */
export function valueSetModel(pinned: PinnedValueSet): ValueSetModel {
  const systems = pinned.systems.map(({ system, open, caseInsensitive, concepts }) => ({
    system,
    open: open === true,
    external: isExternal(system),
    caseSensitive: caseInsensitive !== true,
    concepts,
  }));
  const isKnown = pinned.open !== true && systems.length > 0;
  return {
    url: pinned.url,
    ...(pinned.version === undefined ? {} : { version: pinned.version }),
    name: pinned.name,
    ...(pinned.title === undefined ? {} : { title: pinned.title }),
    package: pinned.package,
    systems,
    systemsKnown: isKnown,
    closed: isKnown && systems.every((system) => !system.open) && systems.some((one) => one.concepts.length > 0),
  };
}
