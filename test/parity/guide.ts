import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformanceResource } from '../../generator/fhir/package.js';
import { load } from '../../generator/load/load.js';
import { pin } from '../../generator/pin-package.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { withSnapshots } from '../../generator/snapshot/with-snapshots.js';
import { standIns } from './stand-in.js';

/** A guide for both validators. */
export interface Guide {
  readonly snapshot: PinnedSnapshot;
  /** A package folder with all loaded definitions except FHIR's core package. */
  readonly folder: string;
}

const CORE = /^hl7\.fhir\.r\d+b?\.core$/;

/**
 * Loads a package, and writes all loaded definitions as one package for the reference validator, so that both use the
 * same definitions. Each generates missing snapshots itself.
 *
 * @param spec of the package
 * @param fhirCache where its dependencies are
 */
export async function openGuide(spec: string, fhirCache: string): Promise<Guide> {
  const { definitions } = await load(spec, { fhirCache, offline: true });
  const complete = await withSnapshots(definitions);
  const { snapshot } = pin(complete.definitions, { failed: complete.failed });
  const folder = mkdtempSync(join(tmpdir(), 'parity-'));
  // The nearest package is last, so that its definitions override others.
  const own = definitions.packages.filter(({ name }) => !CORE.test(name)).reverse();
  writePackage(folder, [...standIns(definitions.packages), ...own.flatMap(({ resources }) => resources)]);
  return { snapshot, folder };
}

function writePackage(folder: string, resources: readonly ConformanceResource[]): void {
  const inside = join(folder, 'package');
  mkdirSync(inside);
  const about = { name: 'parity', version: '1.0.0', fhirVersions: ['4.0.1'], type: 'IG', dependencies: {} };
  writeFileSync(join(inside, 'package.json'), JSON.stringify(about));
  resources
    // What a definition contains is in it.
    .filter(({ containedIn }) => containedIn === undefined)
    .forEach((resource, index) => {
      const name = `${resource.resourceType}-${String(index).padStart(5, '0')}`;
      const id = typeof resource.id === 'string' ? resource.id : name.toLowerCase();
      writeFileSync(join(inside, `${name}.json`), JSON.stringify({ ...resource, id }));
    });
}
