import type { Json } from '../../generator/fhir/json.js';
import type { ManifestProfile } from '../../generator/render/manifest.js';
import { examplesOf } from '../mutation/examples.js';
import { jsonOf } from '../../generator/sample/node.js';
import { sampled } from '../mutation/sample.js';
import type { Package } from '../mutation/subject.js';

/** The origin of a value. */
export type Source = 'example' | 'instance' | 'mutant' | 'document';

/** A resource that both validators check as an instance of a profile. */
export interface Value {
  readonly source: Source;
  readonly profile: ManifestProfile;
  /** File name, name of the instance, or change and place. */
  readonly name: string;
  readonly json: Json;
}

/**
 * The values of a package: its published examples, valid instances of its profiles and mutants of these. The reference
 * validates resources only, so profiles of datatypes and extensions are tried inside them.
 *
 * @param opened the package
 * @param places folders or archives with examples
 * @param quota of mutants per category; four times as many instances, two of each profile first
 */
export async function valuesOf(opened: Package, places: readonly string[], quota: number): Promise<Value[]> {
  const subjects = opened.subjects.filter(({ instances }) => instances[0]?.root.resource === true);
  const examples = (await Promise.all(places.map((place) => examplesOf(place, opened.context)))).flat();
  const values: Value[] = subjects.flatMap(({ manifest }) =>
    examples
      .filter(({ profiles }) => profiles.some(({ url }) => url === manifest.url))
      .map(({ name, json }): Value => ({ source: 'example', profile: manifest, name, json })),
  );
  const rounds = Math.max(0, ...subjects.map(({ instances }) => instances.length));
  const instances: Value[] = [];
  for (let round = 0; round < rounds && (round < 2 || instances.length < quota * 4); round++) {
    for (const subject of subjects) {
      const instance = subject.instances[round];
      if (instance === undefined) continue;
      instances.push({
        source: 'instance',
        profile: subject.manifest,
        name: instance.name,
        json: jsonOf(instance.root),
      });
    }
  }
  const mutants = sampled(subjects, quota).flatMap(({ manifest, mutants: own }) =>
    own.map(({ category, place, detail, json }): Value => {
      return { source: 'mutant', profile: manifest, name: `${category}: ${place} (${detail})`, json };
    }),
  );
  return [...values, ...instances, ...mutants];
}
