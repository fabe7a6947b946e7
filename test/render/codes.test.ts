import { describe, expect, it } from 'vitest';
import { generate, type GenerateOptions } from '../../generator/generate.js';
import type { PinnedValueSet } from '../../generator/pin/snapshot.js';
import { readAssets } from '../../generator/assets.js';
import { verifyModels } from '../verified.js';
import { sampleSnapshot, type SampleElement } from '../model/sample.js';

/** Value sets that a core package may lack. */
type Stripping = (valueSets: readonly PinnedValueSet[]) => readonly PinnedValueSet[];

const WITHOUT_VALUE_SETS: Stripping = () => [];
const UNKNOWN: Stripping = (all) => all.map((one) => ({ ...one, systems: [], open: true }));
/** Units of time are listed in their value set, whichever package has the codes of UCUM. */
const WITHOUT_CODES: Stripping = (all) =>
  all.map((one) =>
    one.systems.some(({ system }) => system.startsWith('http://hl7.org/'))
      ? { ...one, systems: one.systems.map(({ system }) => ({ system, open: true, concepts: [] })) }
      : one,
  );

const OWN: PinnedValueSet = {
  url: 'https://example.org/ValueSet/own',
  name: 'Own',
  package: 'example.sample#1.0.0',
  systems: [{ system: 'urn:own', concepts: [{ code: 'final' }, { code: 'invented' }] }],
};

const STATUS: SampleElement = {
  id: 'Observation.status',
  min: 1,
  max: '1',
  binding: { strength: 'required', valueSet: OWN.url },
};

/** The module of a profile of Observation, and the compiler errors of the whole output. */
async function made(
  elements: readonly SampleElement[],
  strip: Stripping,
  more: Partial<GenerateOptions> = {},
): Promise<{ readonly text: string; readonly findings: readonly unknown[] }> {
  const timing = { id: 'Timing.repeat.dayOfWeek', min: 1, max: '*' };
  const sample = sampleSnapshot([
    { name: 'Sample', type: 'Observation', elements },
    { name: 'Other', type: 'Timing', elements: [timing] },
  ]);
  const snapshot = { ...sample, valueSets: [...strip(sample.valueSets), OWN] };
  const generator = { name: 'x', version: '1' };
  const { files } = await generate(snapshot, { assets: await readAssets(), generator, ...more });
  const text = files.filter(({ path }) => path.startsWith('example.sample/')).map(({ content }) => content);
  return { text: text.join('\n'), findings: await verifyModels(files, more.baseTypes) };
}

describe('a core package', { timeout: 120_000 }, () => {
  it.each<[string, Stripping, Partial<GenerateOptions>]>([
    ['without value sets', WITHOUT_VALUE_SETS, {}],
    ['with value sets that cannot be expanded', UNKNOWN, {}],
    ['without code systems', WITHOUT_CODES, {}],
    ['with value sets beyond the limit', (all) => all, { codeLimit: 1 }],
    ['without value sets, on other types', WITHOUT_VALUE_SETS, { baseTypes: '@medplum/fhirtypes' }],
  ])('%s leaves the codes to the FHIR types', async (_, strip, more) => {
    // A member without constraints is that of the FHIR type; this one is declared for its comment.
    const { text, findings } = await made([{ id: 'Observation.status', mustSupport: true }], strip, more);
    expect(findings).toEqual([]);
    expect(text).toMatch(/^ {2}status: NonNullable<fhir4\.Observation\['status'\]>;$/m);
    expect(text).toContain("NonNullable<fhir4.TimingRepeat['dayOfWeek']>[number]");
  });

  it('without value sets leaves the codes of a profile that the FHIR type has', async () => {
    const { text, findings } = await made([STATUS], WITHOUT_VALUE_SETS);
    expect(findings).toEqual([]);
    expect(text).toMatch(
      /^ {2}status: CodeWithin<'final' \| 'invented', NonNullable<fhir4\.Observation\['status'\]>>;$/m,
    );
  });

  it('without value sets leaves unlisted codes as strings', async () => {
    const { text } = await made([{ id: 'Observation.language', max: '1' }], (all) => all);
    expect(text).not.toContain('NonNullable<fhir4.');
  });
});

it('a required binding without a code of the FHIR type compiles, and keeps the codes of the type', async () => {
  const own = {
    ...OWN,
    url: 'https://example.org/ValueSet/own2',
    systems: [{ system: 'urn:o', concepts: [{ code: 'x' }] }],
  };
  const status = { ...STATUS, binding: { strength: 'required' as const, valueSet: own.url } };
  const { text, findings } = await made([status], (all) => [...all, own]);
  expect(findings).toEqual([]);
  expect(text).toMatch(/^ {2}status:\s+'registered' \|/m);
}, 120_000);
