import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { load } from '../../generator/load/load.js';
import { buildModel } from '../../generator/model/build.js';
import { pin } from '../../generator/pin-package.js';
import { withSnapshots } from '../../generator/snapshot/with-snapshots.js';
import type { Issue } from '../../templates/runtime/issue.js';
import type { ValidateOptions } from '../../templates/runtime/run.js';
import { jsonOf } from '../../generator/sample/node.js';
import { contextOf } from '../../generator/sample/spec.js';
import { pinnedSnapshot } from '../mutation/subject.js';
import { validInstances } from '../mutation/synthesize.js';
import { exportedFunction, loadPackage } from '../mutation/validators.js';
import { openWorkspace, type Workspace } from '../mutation/workspace.js';
import { rendered } from '../rendered.js';
import { engine } from './engine.js';
import { examplesOf } from './example.js';
import { unexplained } from './exception.js';
import { isFailure } from './verdict.js';

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));
const CACHE = process.env.FHIR_CACHE ?? `${SHARED}fhir-cache`;
const PACKAGES = ['hl7.fhir.fr.core-2.2.0.tgz', 'hl7.fhir.us.core-7.0.0.tgz'].map(
  (name) => `${SHARED}fhir-packages/${name}`,
);

type Judge = (resource: unknown, options?: ValidateOptions) => readonly Issue[];

const workspaces: Workspace[] = [];
afterAll(() => {
  for (const workspace of workspaces) workspace.close();
});

/** The issues reported only with an engine: invariants that it cannot evaluate, or that fail. */
function onlyWithEngine(judge: Judge, resource: unknown): Issue[] {
  const without = new Set(judge(resource).map((issue) => JSON.stringify(issue)));
  return judge(resource, { fhirpath: engine }).filter(
    (issue) => (issue.severity === 'error' || isFailure(issue)) && !without.has(JSON.stringify(issue)),
  );
}

it('a FHIRPath engine evaluates every invariant of instances of the pinned guide', async () => {
  const model = buildModel(pinnedSnapshot());
  const { files, manifest } = await rendered(model);
  const workspace = openWorkspace(files);
  workspaces.push(workspace);
  const exported = await loadPackage(workspace);
  const context = contextOf(model);
  const failed = context.model.profiles.flatMap((profile) => {
    const entry = manifest.profiles.find(({ url }) => url === profile.url);
    if (entry === undefined) return [];
    const judge = exportedFunction(exported, entry.exports.validate) as Judge;
    return validInstances(profile, context, { limit: 1 })
      .instances.flatMap(({ root }) => onlyWithEngine(judge, jsonOf(root)))
      .filter(isFailure)
      .map(({ expression, diagnostics }) => `${profile.name} ${expression}: ${diagnostics}`);
  });
  expect(failed).toEqual([]);
});

describe.skipIf(!PACKAGES.every((path) => existsSync(path)))(
  'published examples (skipped where ../shared/fhir-packages is not there)',
  () => {
    it.each(PACKAGES)('conform to the profiles that they claim, with and without an engine: %s', async (spec) => {
      const { definitions } = await load(spec, { fhirCache: CACHE, offline: true });
      const complete = await withSnapshots(definitions);
      const { snapshot } = pin(complete.definitions, { failed: complete.failed });
      const { name, version } = snapshot.package;
      const { files } = await rendered(buildModel(snapshot));
      const workspace = openWorkspace(files);
      workspaces.push(workspace);
      const judge = exportedFunction(await loadPackage(workspace), 'validateByProfile') as Judge;
      const examples = await examplesOf(spec, CACHE);
      const findings = examples.flatMap(({ file, resource }) => {
        const errors = judge(resource).filter(({ severity }) => severity === 'error');
        const more = onlyWithEngine(judge, resource);
        return [...unexplained(`${name}#${version}`, { file, errors }), ...more].map(
          ({ expression, diagnostics }) => `${file} ${expression}: ${diagnostics}`,
        );
      });
      expect(examples.length).toBeGreaterThan(20);
      expect(findings).toEqual([]);
    });
  },
);
