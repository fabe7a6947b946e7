import { describe, expect, it } from 'vitest';
import { compare } from '../../generator/compare.js';
import type { FactRegistry } from '../../generator/facts/registry.js';
import { buildModel } from '../../generator/model/build.js';
import { sliceItem } from '../../generator/model/effective.js';
import type { ElementModel, Model } from '../../generator/model/model.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { pin } from '../../generator/pin-package.js';
import { serialize } from '../../generator/pin/serialize.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { elementWithId, profileNamed, sampleSnapshot } from '../model/sample.js';
import { element, guide, type Members, profile } from '../pin/samples.js';
import { rendered } from '../rendered.js';
import { WITH_MIN_LENGTH } from './min-length.js';

/** As in the package of a guide. */
const PACKAGE = guide([
  profile('coded', 'Identifier', [element('Identifier.system', { type: [{ code: 'string' }], minLength: 4 })]),
]);

/** A snapshot read back from the pinned file; a fact in a test is missing from its type. */
function snapshotOf(elements: readonly Members[], facts: FactRegistry = WITH_MIN_LENGTH): PinnedSnapshot {
  const constrained = elements.map(({ id, ...rest }) => ({ ...rest, id: String(id) }));
  const text = serialize(sampleSnapshot([{ name: 'Bounded', type: 'Patient', elements: constrained }]));
  return parseSnapshot(text, 'pinned.json', facts);
}

const STRING = { min: 1, max: '1', types: [{ code: 'string' }] };
const NAME = { id: 'Patient.name.text', ...STRING };
const SLICED = [
  {
    id: 'Patient.identifier',
    slicing: { discriminators: [{ type: 'value', path: 'system' }], rules: 'open' },
  },
  { id: 'Patient.identifier.value', ...STRING, minLength: 3 },
  { id: 'Patient.identifier:a', max: '1' },
  { id: 'Patient.identifier:a.system', ...STRING, types: [{ code: 'uri' }], fixed: { type: 'Uri', value: 'urn:a' } },
];

function modelOf(elements: readonly Members[]): Model {
  return buildModel(snapshotOf(elements), WITH_MIN_LENGTH);
}

async function moduleOf(elements: readonly Members[]): Promise<string> {
  const { files } = await rendered(modelOf(elements), { facts: WITH_MIN_LENGTH });
  return files.find(({ path }) => path === 'example.sample/bounded.ts')?.content ?? '';
}

/** The value of an item of the slice `a`, with all its constraints. */
function slicedValue(elements: readonly Members[]): ElementModel | undefined {
  const model = modelOf(elements);
  const sliced = elementWithId(profileNamed(model, 'Bounded'), 'Patient.identifier');
  const slice = sliced.slicing?.slices[0];
  if (slice === undefined) throw new Error('no slice');
  const item = sliceItem(sliced, slice, {
    profiles: new Map(),
    valueSets: new Map(),
    types: new Map(model.fhirTypes.map((type) => [type.name, type])),
    facts: WITH_MIN_LENGTH,
  });
  return item.children.find((child) => child.base.name === 'value');
}

describe('a newly registered fact of elements', () => {
  it('is read from a package and from the pinned file', () => {
    const { snapshot } = pin(PACKAGE, { facts: WITH_MIN_LENGTH });
    const text = serialize(snapshot);
    expect(text).toContain('"path":"Identifier.system","min":0,"max":"1","types":[{"code":"string"}],"minLength":4}');
    expect(parseSnapshot(text, 'pinned.json', WITH_MIN_LENGTH)).toEqual(snapshot);
    expect(serialize(pin(PACKAGE).snapshot)).not.toContain('minLength');
  });

  it('rejects invalid values, as every fact does', () => {
    expect(() => snapshotOf([{ ...NAME, minLength: 'long' }])).toThrow('minLength is "long", not a whole number');
    const wrong = guide([profile('wrong', 'Identifier', [element('Identifier.system', { minLength: -1 })])]);
    const { warnings } = pin(wrong, { facts: WITH_MIN_LENGTH });
    expect(warnings[0]?.message).toBe('minLength is -1, not a whole number, 0 or more');
  });

  it('is in the validation rules and in the comment', async () => {
    const [without, content] = [await moduleOf([NAME]), await moduleOf([{ ...NAME, minLength: 4 }])];
    expect(content).toContain('text: { min: 1, minLength: 4 }');
    expect(content).toContain('At least 4 characters.');
    expect(without).not.toContain('minLength');
    expect(without).not.toContain('At least');
  });

  it('of all items applies to the items of a slice, where the narrower bound applies', () => {
    expect(slicedValue(SLICED)).toMatchObject({ minLength: 3 });
    expect(slicedValue([...SLICED, { id: 'Patient.identifier:a.value', ...STRING, minLength: 5 }])).toMatchObject({
      minLength: 5,
    });
  });

  it('is checked once if a slice repeats it', async () => {
    const repeated = await moduleOf([...SLICED, { id: 'Patient.identifier:a.value', ...STRING, minLength: 3 }]);
    expect(repeated.match(/minLength: 3/g)).toHaveLength(1);
    const own = await moduleOf([...SLICED, { id: 'Patient.identifier:a.value', ...STRING, minLength: 5 }]);
    expect(own).toContain('value: { minLength: 5 }');
  });

  it('is compared between versions', () => {
    const [old, next] = [snapshotOf([{ ...NAME, minLength: 4 }]), snapshotOf([{ ...NAME, minLength: 6 }])];
    const brief = (from: PinnedSnapshot, to: PinnedSnapshot) =>
      compare(from, to, WITH_MIN_LENGTH).map(({ impact, kind, sentence }) => `${impact} ${kind}: ${sentence}`);
    expect(brief(old, next)).toEqual([
      'breaking min-length: the limit on the least length of Patient.name.text changed: 4 → 6',
    ]);
    expect(brief(next, old)).toEqual([
      'compatible min-length: the limit on the least length of Patient.name.text changed: 6 → 4',
    ]);
  });
});
