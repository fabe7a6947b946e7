import { expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import { jsonOf } from '../../generator/sample/node.js';
import { contextOf } from '../../generator/sample/spec.js';
import { synthesize } from '../../generator/sample/synthesize.js';
import { pinnedGuide } from '../hostile/guide.js';
import { differential, sliced } from '../mutation/odd-profiles.js';
import { errorsOf, loadValidators } from '../mutation/validators.js';
import { openWorkspace } from '../mutation/workspace.js';
import { rendered } from '../rendered.js';

/** Profiles that require a document, without constraints on the first entry. */
const DOCUMENTS: readonly object[] = [
  differential('AnyComposition', 'Composition', { 'Composition.title': { maxLength: 80 } }),
  differential('OpenDocument', 'Bundle', { 'Bundle.type': { fixedCode: 'document' } }),
  differential('AnyEntry', 'Bundle', { 'Bundle.type': { fixedCode: 'document' }, 'Bundle.entry': { min: 2 } }),
  // The Composition is in a slice after another one.
  differential('LaterSlice', 'Bundle', {
    'Bundle.type': { fixedCode: 'document' },
    'Bundle.entry': sliced('type', 'resource'),
    'Bundle.entry:patient': { min: 1, max: '1' },
    'Bundle.entry:patient.resource': { min: 1, type: [{ code: 'Patient' }] },
    'Bundle.entry:composition': { min: 1, max: '1' },
    'Bundle.entry:composition.resource': { min: 1, type: [{ code: 'Composition' }] },
  }),
  // The slices have none.
  differential('OtherSlice', 'Bundle', {
    'Bundle.type': { fixedCode: 'document' },
    'Bundle.entry': sliced('type', 'resource'),
    'Bundle.entry:patient': { min: 1, max: '1' },
    'Bundle.entry:patient.resource': { min: 1, type: [{ code: 'Patient' }] },
  }),
  differential('NoRoom', 'Bundle', {
    'Bundle.type': { fixedCode: 'document' },
    'Bundle.entry': { max: '1', ...sliced('type', 'resource') },
    'Bundle.entry:patient': { min: 1, max: '1' },
    'Bundle.entry:patient.resource': { min: 1, type: [{ code: 'Patient' }] },
  }),
];

/** The samples for the Bundle profiles, and the issues of their validators. */
async function documentsOf(profiles: readonly object[]): Promise<readonly object[]> {
  const model = buildModel((await pinnedGuide(profiles)).snapshot);
  const { files, manifest } = await rendered(model);
  const workspace = openWorkspace(files);
  const validatorOf = await loadValidators(workspace);
  const found = manifest.profiles.flatMap((entry) => {
    const profile = model.profiles.find(({ url, type }) => url === entry.url && type === 'Bundle');
    if (profile === undefined) return [];
    const { instances, failures } = synthesize(profile, contextOf(model));
    const issues = instances.flatMap(({ root }) => errorsOf(validatorOf(entry)(jsonOf(root))));
    return [{ name: entry.name, made: instances.length > 0, failures, issues }];
  });
  workspace.close();
  return found;
}

it('a sample of a document begins with a Composition, whatever the profile requires of entries', async () => {
  const full = ['minimal', 'full'].map((name) => `NoRoom, ${name}: Bundle.entry: cannot begin with a Composition`);
  expect(await documentsOf(DOCUMENTS)).toEqual([
    ...['AnyEntry', 'LaterSlice'].map((name) => ({ name, made: true, failures: [], issues: [] })),
    { name: 'NoRoom', made: false, failures: full, issues: [] },
    ...['OpenDocument', 'OtherSlice'].map((name) => ({ name, made: true, failures: [], issues: [] })),
  ]);
});

it('a sample of a document has an entry for an author of a type without known elements', async () => {
  const found = await documentsOf(DOCUMENTS.slice(0, 2));
  expect(found).toEqual([{ name: 'OpenDocument', made: true, failures: [], issues: [] }]);
});
