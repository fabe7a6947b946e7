import type { Json } from '../fhir/json.js';
import type { ElementModel, SliceModel, SliceTestModel, ValueSetModel, ValueTest } from './model.js';

/** A code that identifies a slice; without a system where the element has none. */
interface Identifying {
  readonly system?: string;
  readonly code: string;
}

/** How many slices and codes of one element are compared; a hostile guide may have any number. */
const LIMIT = 1_000_000;

/** How many codes a message names. */
const NAMED = 5;

/**
 * Pairs of slices where one item can match both: it belongs to two slices, which the validator rejects (FHIR R4,
 * Profiling FHIR, "Discriminator": the values of discriminators have to be distinct).
 *
 * @param sliced an element, discriminators resolved
 * @param valueSets by canonical
 * @returns one message for each pair, with codes that they share
 */
export function overlaps({ slicing }: ElementModel, valueSets: ReadonlyMap<string, ValueSetModel>): readonly string[] {
  const candidates = (slicing?.slices ?? [])
    .filter((slice) => slice.element.max > 0 && slice.tests.some(isValueTest))
    .map((slice): Coded => [slice, slice.tests.map((test) => identifyingOf(test, valueSets))])
    // Two slices share a code only where each has a known list of codes.
    .filter(([, codes]) => codes.some((list) => list !== undefined));
  const size = candidates.flatMap(([, codes]) => codes).reduce((sum, list) => sum + (list?.length ?? 0), 0);
  if (candidates.length * size > LIMIT) return [];
  return candidates.flatMap((a, index) =>
    candidates.slice(index + 1).flatMap((b) => {
      const shared = sharedCodes(a, b);
      return shared === undefined || shared.length === 0 ? [] : [messageOf(a[0], b[0], shared)];
    }),
  );
}

type Coded = readonly [slice: SliceModel, codes: readonly (readonly Identifying[] | undefined)[]];

/** The codes that put an item into both slices; `undefined` where some discriminator may distinguish them. */
function sharedCodes([a, codesOfA]: Coded, [b, codesOfB]: Coded): readonly Identifying[] | undefined {
  if (a.tests.length !== b.tests.length) return undefined;
  const shared: Identifying[] = [];
  for (const [index, test] of a.tests.entries()) {
    if (JSON.stringify(test) === JSON.stringify(b.tests[index])) continue;
    const [own, others] = [codesOfA[index], codesOfB[index]];
    if (own === undefined || others === undefined || test.at !== b.tests[index]?.at) return undefined;
    const common = own.filter((one) => others.some((other) => isSame(one, other)));
    if (common.length === 0) return undefined;
    shared.push(...common);
  }
  return shared;
}

function isSame(a: Identifying, b: Identifying): boolean {
  return a.code === b.code && (a.system === undefined || b.system === undefined || a.system === b.system);
}

function messageOf(a: SliceModel, b: SliceModel, shared: readonly Identifying[]): string {
  const texts = shared.slice(0, NAMED).map(({ system, code }) => (system === undefined ? code : `${system}|${code}`));
  const more = shared.length > NAMED ? ` and ${shared.length - NAMED} more` : '';
  return (
    `the slices ${a.name} and ${b.name} overlap: an item with ${texts.join(', ')}${more} matches both, ` +
    'so no instance with it can be valid'
  );
}

function isValueTest(test: SliceTestModel): boolean {
  return test.kind === 'value';
}

function identifyingOf(
  test: SliceTestModel,
  valueSets: ReadonlyMap<string, ValueSetModel>,
): readonly Identifying[] | undefined {
  return test.kind === 'value' ? ofValueTest(test.is, valueSets) : undefined;
}

/** The codes that pass a test; `undefined` where they are not known. */
function ofValueTest(
  { fixed, pattern, valueSet, children = {} }: ValueTest,
  valueSets: ReadonlyMap<string, ValueSetModel>,
): readonly Identifying[] | undefined {
  const value = fixed ?? pattern;
  if (value !== undefined) return ofJson(value);
  if (valueSet !== undefined) {
    const known = valueSets.get(valueSet);
    if (known?.closed !== true) return undefined;
    return known.systems.flatMap(({ system, concepts }) => concepts.map(({ code }) => ({ system, code })));
  }
  const { coding, code, system, ...others } = children;
  if (Object.keys(others).length > 0) return undefined;
  if (coding !== undefined) return ofValueTest(coding, valueSets);
  if (code === undefined) return undefined;
  const given = system?.fixed ?? system?.pattern;
  const codes = ofValueTest(code, valueSets);
  return typeof given === 'string' ? codes?.map((one) => ({ system: given, code: one.code })) : codes;
}

function ofJson(value: Json): readonly Identifying[] | undefined {
  if (typeof value === 'string') return [{ code: value }];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const members = new Map<string, Json | undefined>(Object.entries(value));
  const [coding, code, system] = ['coding', 'code', 'system'].map((name) => members.get(name));
  if (Array.isArray(coding)) {
    const [only, ...others]: readonly Json[] = coding;
    return only === undefined || others.length > 0 ? undefined : ofJson(only);
  }
  if (typeof code !== 'string') return undefined;
  return [typeof system === 'string' ? { system, code } : { code }];
}
