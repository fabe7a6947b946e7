import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import type { Definitions } from '../../generator/load/definitions.js';
import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';
import { load } from '../../generator/load/load.js';
import { buildModel } from '../../generator/model/build.js';
import { pin, type PinOptions } from '../../generator/pin-package.js';
import { withSnapshots } from '../../generator/snapshot/with-snapshots.js';
import { rendered } from '../rendered.js';

const CACHE = join(import.meta.dirname, '../../../shared/fhir-cache');
const PACKAGES = join(import.meta.dirname, '../../../shared/fhir-packages');

async function definitionsOf(spec: string, packages: readonly string[] = []): Promise<Definitions> {
  return (await load(spec, { fhirCache: CACHE, offline: true, packages })).definitions;
}

/** The same definitions, without the snapshots of the root package. */
function withoutSnapshots({ root, packages, missing }: Definitions): Definitions {
  const bare: FhirPackage = { ...root, resources: root.resources.map(withoutSnapshot) };
  return { root: bare, packages: packages.map((one) => (one === root ? bare : one)), missing };
}

function withoutSnapshot(resource: ConformanceResource): ConformanceResource {
  if (resource['derivation'] !== 'constraint') return resource;
  const { snapshot: _snapshot, ...rest } = resource;
  return rest;
}

/** The unformatted files of the generated package, by path. */
async function codeOf(definitions: Definitions, options: PinOptions = {}): Promise<ReadonlyMap<string, string>> {
  const { files } = await rendered(buildModel(pin(definitions, options).snapshot));
  return new Map(files.map(({ path, content }) => [path, content]));
}

/** Names of files whose code differs from that generated from published snapshots. */
async function differing(spec: string): Promise<{ all: number; own: readonly string[]; failed: readonly string[] }> {
  const definitions = await definitionsOf(spec);
  // Some dependencies have no snapshots, so both sides generate them.
  const whole = await withSnapshots(definitions);
  const made = await withSnapshots(withoutSnapshots(definitions));
  const published = await codeOf(whole.definitions, { failed: whole.failed });
  const regenerated = await codeOf(made.definitions, { failed: made.failed });
  const paths = [...published.keys()].filter((path) => regenerated.get(path) !== published.get(path));
  const own = paths.filter((path) => path.startsWith(`${definitions.root.name}/`));
  return {
    all: paths.length,
    own: own.map((path) => path.slice(definitions.root.name.length + 1)),
    failed: made.failed.map(oneLine),
  };
}

describe.skipIf(!existsSync(CACHE))('published guides (skipped where ../shared/fhir-cache is not there)', () => {
  it('generate the same bytes if their snapshots are deleted, and the FHIR cache stays unchanged', async () => {
    const before = readdirSync(CACHE, { recursive: true }).sort();
    expect(await differing('ans.document.fr.core#0.1.0')).toEqual({ all: 0, own: [], failed: [] });
    expect(readdirSync(CACHE, { recursive: true }).sort()).toEqual(before);
  });
});

describe.skipIf(!existsSync(CACHE) || !existsSync(PACKAGES))(
  'published packages (skipped where ../shared/fhir-packages is not there)',
  () => {
    it('get a snapshot for each differential, also on missing profiles', async () => {
      const definitions = await definitionsOf(join(PACKAGES, 'ans.fhir.fr.document-core', 'package'), [
        join(PACKAGES, 'hl7.fhir.fr.core-2.2.0.tgz'),
      ]);
      const made = await withSnapshots(definitions);
      expect(made.failed).toEqual([]);
      const { snapshot, warnings } = pin(made.definitions, { failed: made.failed });
      const pinned = new Set(snapshot.structureDefinitions.map(({ url }) => url));
      expect(snapshot.profiles).toHaveLength(21);
      expect(snapshot.profiles.filter((url) => !pinned.has(url))).toEqual([]);
      expect(warnings.map(oneLine).filter((line) => line.includes('has no snapshot'))).toEqual([]);
    });

    it('generate the same code as published snapshots, except for profiles based on missing packages', async () => {
      const { own, failed } = await differing(join(PACKAGES, 'hl7.fhir.us.core-6.1.0.tgz'));
      expect(failed).toEqual([
        expect.stringMatching(/us-core-questionnaireresponse: .*sdc-questionnaireresponse cannot/),
      ]);
      // The others refer to it.
      expect(own).toEqual([
        'references.ts',
        'us-core-observation-screening-assessment.ts',
        'us-core-questionnaireresponse.ts',
        'us-core-simple-observation.ts',
      ]);
    });

    it('generate other code if a guide was published on another version of FHIR, or without constraints of its base', async () => {
      const { own, failed } = await differing(join(PACKAGES, 'hl7.fhir.fr.core-2.1.0.tgz'));
      expect(failed).toEqual([]);
      // Constraint app-4 and the vital signs of FHIR were corrected after 4.0.1; the identifiers of the last profile lack,
      // in the published snapshot, the elements that its base has for them.
      expect(own.filter((path) => !/^fr-core-(appointment|observation-[a-z-]+|patient-ins)\.ts$/.test(path))).toEqual(
        [],
      );
    });
  },
);
