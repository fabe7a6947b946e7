import { beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import type { Model } from '../../generator/model/model.js';
import type { GeneratedFile } from '../../generator/render/file.js';
import { verifyModels } from '../verified.js';
import { bound, constructedSnapshot, type Sketch, valueSet } from '../mutation/constructed.js';
import { rendered } from '../rendered.js';

const FHIR = 'http://terminology.hl7.org/CodeSystem/adverse-event-outcome';

/** FHIR itself has a required binding for `AdverseEvent.outcome`. */
const SKETCHES: readonly Sketch[] = [
  { name: 'Disjoint', type: 'AdverseEvent', edits: { 'AdverseEvent.outcome': bound('others') } },
  { name: 'Shared', type: 'AdverseEvent', edits: { 'AdverseEvent.outcome': bound('some') } },
  { name: 'Narrowed', type: 'AdverseEvent', edits: { 'AdverseEvent.outcome': bound('few') } },
  {
    name: 'Single',
    type: 'AdverseEvent',
    edits: { 'AdverseEvent.outcome': bound('others'), 'AdverseEvent.outcome.coding': { max: '1' } },
  },
];

let model: Model;
let files: readonly GeneratedFile[];

beforeAll(async () => {
  model = buildModel(
    constructedSnapshot(SKETCHES, [
      valueSet('others', { 'urn:other': ['resolved', 'b'] }),
      valueSet('some', { [FHIR]: ['resolved'], 'urn:other': ['b'] }),
      valueSet('few', { [FHIR]: ['resolved', 'ongoing'] }),
    ]),
  );
  ({ files } = await rendered(model));
});

/** The type of the element with two required bindings in a profile. */
function outcomeOf(profile: string): string | undefined {
  const file = files.find(({ path }) => path.endsWith(`/${profile}.ts`));
  return / outcome\?: (?:\| )?(.*?) ?\| undefined;/.exec((file?.content ?? '').replace(/\s+/g, ' '))?.[1];
}

describe('two required bindings of one concept', { timeout: 240_000 }, () => {
  it.each([
    [
      'without a common code require a coding of each',
      'disjoint',
      /^EachCodedConcept<\[OthersCoding, AdverseEvent\w+\]>$/,
    ],
    ['allow the codes that they share', 'shared', /^CodedConcept<CodingOf<'.*outcome', 'resolved'>>$/],
    ['are merged if the profile only removes codes', 'narrowed', /^CodedConcept<FewCoding>$/],
  ])('%s', (_, profile, type) => {
    expect(outcomeOf(profile)).toMatch(type);
  });

  it('require their codings first in an array literal, and everything compiles', async () => {
    const content = `import { createDisjoint } from './index.js';
const own = { system: 'urn:other', code: 'b' } as const;
const fhir = { system: '${FHIR}', code: 'resolved' } as const;
type Input = NonNullable<Parameters<typeof createDisjoint>[0]['outcome']>;
export const both: Input = { coding: [own, fhir, { text: 'x' } as object] };
// @ts-expect-error the coding of FHIR is missing
export const one: Input = { coding: [own] };
// @ts-expect-error the order of literals is that of the value sets
export const turned: Input = { coding: [fhir, own] };
`;
    expect(await verifyModels([...files, { path: 'program.ts', content }])).toEqual([]);
  });

  it('cause a warning if no coding can satisfy both', () => {
    const warnings = model.warnings.filter(({ message }) => message.startsWith('one coding cannot be in all of'));
    expect(warnings.map(({ where }) => where.profile?.replace(/.*\//, ''))).toEqual(['Single']);
  });
});
