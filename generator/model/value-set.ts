import { parseCanonical } from '../fhir/canonical.js';
import { isExternal } from '../fhir/external-code-system.js';
import type { PinnedValueSet } from '../pin/snapshot.js';
import { byKey } from '../order.js';
import type { ValueSetModel } from './model.js';
import { isLater } from './version.js';

/**
 * The name in models of the value set for a canonical: its canonical, which means the latest available version, or
 * `canonical|version` where another version is referenced (FHIR R4, References, "Canonical URLs").
 */
export type ValueSetKey = (canonical: string) => string;

/**
 * The names of value sets in a model.
 *
 * @param valueSets of the snapshot
 */
export function valueSetKeys(valueSets: readonly PinnedValueSet[]): ValueSetKey {
  const sameUrl = byKey(valueSets, ({ url }) => url);
  return (canonical) => {
    const { url, version = '' } = parseCanonical(canonical);
    const known = (sameUrl.get(url) ?? []).map((one) => one.version ?? '');
    const isOlder = known.includes(version) && known.some((other) => isLater(other, version));
    return version !== '' && isOlder ? `${url}|${version}` : url;
  };
}

/**
 * Makes the model of a value set for the later stages.
 *
 * @param pinned from the snapshot
 * @param valueSetKey see {@link ValueSetKey}
 */
export function valueSetModel(pinned: PinnedValueSet, valueSetKey: ValueSetKey): ValueSetModel {
  const systems = pinned.systems.map(({ system, open, caseInsensitive, concepts }) => ({
    system,
    open: open === true,
    external: isExternal(system),
    caseSensitive: caseInsensitive !== true,
    concepts,
  }));
  const isKnown = pinned.open !== true && systems.length > 0;
  return {
    url: valueSetKey(pinned.version === undefined ? pinned.url : `${pinned.url}|${pinned.version}`),
    ...(pinned.version === undefined ? {} : { version: pinned.version }),
    name: pinned.name,
    ...(pinned.title === undefined ? {} : { title: pinned.title }),
    package: pinned.package,
    systems,
    systemsKnown: isKnown,
    closed: isKnown && systems.every((system) => !system.open) && systems.some((one) => one.concepts.length > 0),
  };
}
