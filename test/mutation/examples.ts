import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { visitArchive } from '../../generator/load/archive.js';
import { DEFAULT_LIMITS } from '../../generator/load/limits.js';
import type { ProfileModel } from '../../generator/model/model.js';
import { byCodeUnit } from '../../generator/order.js';
import { membersOf } from '../../generator/sample/matches.js';
import type { Context } from '../../generator/sample/spec.js';
import type { Json } from '../../generator/fhir/json.js';

/** An official example of a package. */
export interface Example {
  /** Its file name. */
  readonly name: string;
  readonly json: Json;
  /** Profiles that it claims and that have a model. */
  readonly profiles: readonly ProfileModel[];
}

/**
 * The examples of a package that claim one of its profiles.
 *
 * @param place a package folder, or an archive
 * @param context all profiles
 */
export async function examplesOf(place: string, context: Context): Promise<Example[]> {
  const texts = place.endsWith('.tgz') ? await archivedExamples(place) : examplesInFolder(place);
  return [...texts]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([name, text]): Example[] => {
      const json = JSON.parse(text) as Json;
      const claims = membersOf(membersOf(json).get('meta')).get('profile');
      const urls = Array.isArray(claims) ? claims.map((claim: Json) => String(claim).replace(/\|.*$/, '')) : [];
      const profiles = urls.flatMap((url) => context.profiles.get(url) ?? []);
      return profiles.length === 0 ? [] : [{ name, json, profiles }];
    });
}

function examplesInFolder(place: string): Map<string, string> {
  const folder = join(place, 'package', 'example');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

async function archivedExamples(place: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  await visitArchive(readFileSync(place), place, DEFAULT_LIMITS, ([, folder, name = '']) => {
    if (folder !== 'example' || !name.endsWith('.json')) return undefined;
    const chunks: Uint8Array[] = [];
    return {
      write: (chunk) => chunks.push(chunk),
      end: () => texts.set(name, Buffer.concat(chunks).toString('utf8')),
    };
  });
  return texts;
}
