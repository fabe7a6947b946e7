import { describe, expect, it } from 'vitest';
import { differentialOf } from '../../generator/snapshot/differential.js';
import { DEFAULT_LIMITS, type SnapshotLimits } from '../../generator/snapshot/limits.js';
import { diff, failuresOf, make, type Members, profile } from './samples.js';

/** The ids of the elements in a differential. */
function idsOf(...elements: readonly Members[]): readonly string[] {
  return differentialOf(elements, 'Patient', {}, DEFAULT_LIMITS).map(({ id }) => id);
}

/** An element written by an older tool: path and slice name only. */
function old(path: string, sliceName?: string): Members {
  return { path, ...(sliceName !== undefined && { sliceName }) };
}

describe('ids of elements in a differential', () => {
  it.each<[string, readonly Members[], readonly string[]]>([
    ['are kept', [diff('Patient.identifier:a.system')], ['Patient.identifier:a.system']],
    ['are derived from paths', [old('Patient'), old('Patient.gender')], ['Patient', 'Patient.gender']],
    [
      'belong to the slice named last',
      [
        old('Patient.identifier'),
        old('Patient.identifier', 'a'),
        old('Patient.identifier.system'),
        old('Patient.identifier', 'b'),
        old('Patient.identifier.system'),
        old('Patient.identifier.type.coding', 'c'),
        old('Patient.identifier.type.coding.code'),
        old('Patient.gender'),
      ],
      [
        'Patient.identifier',
        'Patient.identifier:a',
        'Patient.identifier:a.system',
        'Patient.identifier:b',
        'Patient.identifier:b.system',
        'Patient.identifier:b.type.coding:c',
        'Patient.identifier:b.type.coding:c.code',
        'Patient.gender',
      ],
    ],
    [
      'belong to no inner slice after its outer slice ends',
      [
        old('Patient.contact', 'a'),
        old('Patient.contact.relationship', 'x'),
        old('Patient.contact', 'b'),
        old('Patient.contact.relationship.text'),
      ],
      [
        'Patient.contact:a',
        'Patient.contact:a.relationship:x',
        'Patient.contact:b',
        'Patient.contact:b.relationship.text',
      ],
    ],
    [
      'are derived if a tool wrote numbers of its own',
      [
        { id: '9a1c-77', ...old('Patient.identifier', 'a') },
        { id: '4', ...old('Patient.identifier.system') },
      ],
      ['Patient.identifier:a', 'Patient.identifier:a.system'],
    ],
  ])('%s', (_, elements, ids) => {
    expect(idsOf(...elements)).toEqual(ids);
  });
});

describe('a malformed differential', () => {
  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /differential\.element\[1\] is not an object$/],
    ['a string', 'Patient.gender', /differential\.element\[1\] is not an object$/],
    ['no path', { id: 'Patient.gender' }, /differential\.element\[1\] has no path$/],
    ['an invalid path', { path: '../../etc' }, /the path of differential\.element\[1\] is not made of element names$/],
    [
      'a prototype as path',
      { path: '__proto__' },
      /the path of differential\.element\[1\] is not made of element names$/,
    ],
    [
      'a slice without a name',
      { path: 'Patient.gender', sliceName: '' },
      /Patient\.gender: .*sliceName is not a name$/,
    ],
    ['another type', diff('Observation.code'), /it constrains Patient, but its differential describes Observation$/],
    [
      'an element of no type',
      diff('Patient.gender.x.y'),
      /Patient\.gender\.x\.y: .*there is no element x in Patient\.gender$/,
    ],
    [
      'an element below an unknown type',
      diff('Patient.gender', { type: [{ code: 'Nothing' }] }),
      /there is no FHIR type Nothing/,
    ],
    ['types that are not an array', diff('Patient.gender', { type: 7 }), /Patient\.gender\.value: .*cannot be applied/],
    ['constraints that are not an array', diff('Patient.gender', { constraint: {} }), /cannot be applied/],
  ])('fails its profile only: %s', async (_, element, line) => {
    const made = await make([
      profile('bad', 'Patient', [element, diff('Patient.gender.value', { min: 1 })]),
      profile('good', 'Patient', [diff('Patient.gender', { min: 1 })]),
    ]);
    expect(failuresOf(made)).toEqual([expect.stringMatching(line)]);
  });

  it('cannot reach a prototype', async () => {
    const element: unknown = JSON.parse(
      '{"id":"Patient.gender","path":"Patient.gender","__proto__":{"polluted":1},"constructor":{"polluted":1}}',
    );
    const made = await make([profile('p', 'Patient', [element])]);
    expect(made.failed).toEqual([]);
    const [root] = made.definitions.root.resources;
    expect(JSON.stringify(root?.['snapshot'])).not.toContain('__proto__');
    expect(Object.getPrototypeOf({})).not.toHaveProperty('polluted');
  });

  it('with long prose takes no time', async () => {
    const made = await make([profile('p', 'Patient', [diff('Patient.gender', { definition: '['.repeat(2_000_000) })])]);
    expect(made.failed).toEqual([]);
    expect(JSON.stringify(made.definitions.root.resources[0]?.['snapshot'])).not.toContain('[[');
  });
});

describe('limits of snapshots', () => {
  const slices = (count: number) =>
    Array.from({ length: count }, (_, index) => diff(`Patient.identifier:s${index}.system`, { min: 1 }));
  /** Each level has three slices of everything below: seventy-two elements would become four billion. */
  const bomb = Array.from({ length: 24 }, (_, index) => `Patient${'.extension'.repeat(24 - index)}`).flatMap((id) =>
    ['a', 'b', 'c'].map((name) => diff(`${id}:${name}`)),
  );

  it.each<[keyof SnapshotLimits, number, readonly Members[]]>([
    ['elements', 200, slices(100)],
    ['elements', 2_000, bomb],
    ['work', 1_000, slices(100)],
    ['idLength', 60, [diff(`Patient${'.extension'.repeat(10)}`)]],
    ['total', 100, slices(50)],
  ])('stop one profile: %s of %d', async (limit, value, elements) => {
    const made = await make([profile('bad', 'Patient', elements), profile('z', 'Patient', [])], {
      limits: { [limit]: value },
    });
    expect(failuresOf(made)[0]).toMatch(new RegExp(`/bad.*exceeds? the limit "${limit}" of ${value}`));
    if (limit !== 'total') expect(made.failed).toHaveLength(1);
  });

  it('allow what guides contain: a thousand slices, chains of bases', async () => {
    const chain = Array.from({ length: 300 }, (_, index) =>
      profile(
        `c${index}`,
        'Patient',
        [],
        index === 0 ? {} : { baseDefinition: `http://example.org/StructureDefinition/c${index - 1}` },
      ),
    );
    const made = await make([profile('wide', 'Patient', slices(1_000)), ...chain.reverse()]);
    expect(made.failed).toEqual([]);
  });
});
