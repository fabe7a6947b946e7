import { afterAll, beforeAll, expect, it } from 'vitest';
import { samples, type SampleSize } from '../../generator/sample/sample.js';
import { contextOf } from '../../generator/sample/spec.js';
import { buildModel } from '../../generator/model/build.js';
import type { Manifest } from '../../generator/render/manifest.js';
import { pinnedSnapshot } from '../mutation/subject.js';
import { errorsOf, loadValidators, type Validate } from '../mutation/validators.js';
import { openWorkspace, type Workspace } from '../mutation/workspace.js';
import type { ManifestProfile } from '../../generator/render/manifest.js';
import { rendered } from '../rendered.js';

const model = buildModel(pinnedSnapshot());
const context = contextOf(model);
let workspace: Workspace;
let manifest: Manifest;
let validatorOf: (profile: ManifestProfile) => Validate;
beforeAll(async () => {
  const made = await rendered(model);
  manifest = made.manifest;
  workspace = openWorkspace(made.files);
  validatorOf = await loadValidators(workspace);
});
afterAll(() => {
  workspace.close();
});

/** Profiles without a sample that the guard accepts. */
function rejected(size: SampleSize, seed?: number): string[] {
  return manifest.profiles.flatMap((profile) => {
    const own = context.profiles.get(profile.url);
    if (own === undefined) return [profile.name];
    const validate = validatorOf(profile);
    for (const json of samples(own, context, { size, seed })) if (errorsOf(validate(json)).length === 0) return [];
    return [profile.name];
  });
}

it.each<[SampleSize, number | undefined]>([
  ['minimal', undefined],
  ['supported', 1],
  ['full', undefined],
])('a %s sample of each profile is accepted by its guard (seed %s)', (size, seed) => {
  // Its status is fixed to a code outside FHIR's own required binding: no value conforms.
  expect(rejected(size, seed)).toEqual(['FRObservationBirthEventDocument']);
});
