import { describe, expect, it } from 'vitest';
import { bundleRules } from '../../templates/runtime/bundle.js';
import { french } from '../../templates/runtime/french.js';
import { conforms } from '../../templates/runtime/guard.js';
import type { ProfileTable } from '../../templates/runtime/table.js';
import { validate } from '../../templates/runtime/validate.js';
import { issuesOf } from './sample.js';
import { readsPerItem } from '../watched.js';

const table: ProfileTable = {
  url: 'https://example.org/bundle',
  type: 'Bundle',
  base: {
    identifier: '0..1 Identifier',
    type: '1..1 code',
    timestamp: '0..1 instant',
    link: { is: '0..* BackboneElement', children: { relation: '1..1 string', url: '1..1 uri' } },
    entry: { is: '0..* BackboneElement', children: { fullUrl: '0..1 uri', resource: '0..1 Resource' } },
  },
  rule: {},
  bundle: bundleRules,
};

const HOME = 'https://a.example/fhir/';
const urn = (name: string): string => `urn:oid:1.2.${name.charCodeAt(0)}`;
const to = (...names: string[]): object[] => names.map((name) => ({ reference: urn(name) }));
const entry = (name: string, members: object = {}): object => ({
  fullUrl: urn(name),
  resource: { resourceType: 'Basic', ...members },
});
const composition = (...names: string[]): object =>
  entry('c', { resourceType: 'Composition', section: [{ entry: to(...names) }] });
const document = (entries: readonly object[], members: object = {}): object => ({
  ...{ resourceType: 'Bundle', type: 'document', timestamp: '2026-01-01T00:00:00Z' },
  ...{ identifier: { system: 'urn:ietf:rfc:3986', value: urn('z') }, ...members },
  entry: entries,
});

/** FHIR R4, FHIR Documents, "Document Content". */
describe('an entry of a document', () => {
  it.each<[name: string, entries: readonly object[], ...issues: string[]]>([
    ['may be a target of the Composition', [composition('p'), entry('p')]],
    [
      'may be reached through other entries',
      [composition('a'), entry('a', { next: to('b') }), entry('b', { next: to('p') }), entry('p')],
    ],
    ['is reported if nothing refers to it', [composition('p'), entry('p'), entry('x')], 'error invariant 2'],
    ['is reported if it refers to itself only', [composition(), entry('x', { self: to('x') })], 'error invariant 1'],
    [
      'is reported once with the entries that only it refers to',
      [composition(), entry('y'), entry('x', { next: to('y') })],
      'error invariant 2',
    ],
    [
      'is reported once in a cycle that nothing refers to',
      [composition(), entry('x', { next: to('y') }), entry('y', { next: to('x') }), entry('z')],
      'error invariant 1',
      'error invariant 3',
    ],
    [
      'causes a warning if it only refers to the Composition',
      [composition(), entry('x', { focus: to('c') })],
      'warning invariant 1',
    ],
    [
      'causes a warning if it only refers to a reached entry',
      [composition('p'), entry('y'), entry('x', { subject: to('p'), next: to('y') }), entry('p')],
      'warning invariant 2',
    ],
    [
      'causes a warning if it only refers to the document through another entry',
      [composition('p'), entry('x', { next: to('y') }), entry('y', { subject: to('p') }), entry('p')],
      'warning invariant 1',
      'warning invariant 2',
    ],
    [
      'may be a Provenance, as may its agent',
      [composition(), entry('x', { resourceType: 'Provenance', target: to('c'), agent: to('y') }), entry('y')],
    ],
    [
      'is reported if it is a Provenance of nothing in the document',
      [composition(), entry('x', { resourceType: 'Provenance' })],
      'error invariant 1',
    ],
    ['may be a stylesheet', [composition(), entry('x', { resourceType: 'Binary', contentType: 'text/css' })]],
    [
      'is reported if it is a Binary with other data',
      [composition(), entry('x', { resourceType: 'Binary', contentType: 'image/png' })],
      'error invariant 1',
    ],
    [
      'may be an image in a narrative',
      [
        entry('c', {
          resourceType: 'Composition',
          text: { status: 'generated', div: `<div><img src="${urn('x')}"/></div>` },
        }),
        entry('x', { resourceType: 'Binary', contentType: 'image/png' }),
      ],
    ],
    [
      'may be referred to by url',
      [entry('c', { resourceType: 'Composition', attachment: { url: urn('x') } }), entry('x')],
    ],
    [
      'may be referred to by canonical and version',
      [
        entry('c', { resourceType: 'Composition', questionnaire: `${HOME}q|1.0` }),
        entry('x', { resourceType: 'Questionnaire', url: `${HOME}q` }),
      ],
    ],
    [
      'may be referred to by type and id of a version',
      [
        {
          fullUrl: `${HOME}Composition/1`,
          resource: { resourceType: 'Composition', author: [{ reference: 'Basic/2/_history/3' }] },
        },
        { fullUrl: `${HOME}Basic/2`, resource: { resourceType: 'Basic', meta: { versionId: '3' } } },
      ],
    ],
    [
      'is reported if only a nested Bundle refers to it',
      [
        composition('b'),
        entry('b', {
          resourceType: 'Bundle',
          type: 'collection',
          entry: [{ resource: { resourceType: 'Basic', x: to('x') } }],
        }),
        entry('x'),
      ],
      'error invariant 2',
    ],
    ['may have no resource', [composition(), { fullUrl: urn('x') }]],
    // A fault in an address or a reference makes an entry unreachable.
    [
      'is reported for its fullUrl only if another has the same',
      [composition('p'), entry('p'), entry('p', { id: 'x' })],
      'error invariant 2.fullUrl',
    ],
    [
      'is not reported if a missing entry might refer to it',
      [composition('p', 'q'), entry('p'), entry('x', { subject: to('p') }), entry('y')],
      'error not-found 0.resource.section[0].entry[1]',
    ],
  ])('%s', (_, entries, ...issues) => {
    const expected = issues.map((issue) => issue.replace(/ (\d+)/, ' Bundle.entry[$1]'));
    expect(issuesOf(table, document(entries))).toEqual(expected);
    expect(conforms(table, document(entries))).toBe(!expected.some((issue) => issue.startsWith('error')));
  });

  it('may be a stylesheet that the Bundle links to', () => {
    const entries = [composition(), entry('x', { resourceType: 'Binary', contentType: 'application/octet-stream' })];
    expect(issuesOf(table, document(entries, { link: [{ relation: 'stylesheet', url: urn('x') }] }))).toEqual([]);
  });

  it('needs no reference in other Bundles, or without a Composition', () => {
    expect(issuesOf(table, document([composition(), entry('x')], { type: 'collection' }))).toEqual([]);
    expect(issuesOf(table, document([entry('p'), entry('x')]))).toEqual(['error invariant Bundle.entry[0].resource']);
  });

  it('is reported in both languages', () => {
    const value = document([composition(), entry('x'), entry('y', { focus: to('c') })]);
    const texts = (language?: typeof french): string[] =>
      validate(table, value, { language: language ?? 'en' }).map(({ diagnostics }) => diagnostics);
    expect(texts()).toEqual([
      `no chain of references leads from the Composition to "${urn('x')}"`,
      `no chain of references leads from the Composition to "${urn('y')}", which refers to the document; only a Provenance may`,
    ]);
    expect(texts(french)).toEqual([
      `aucune chaîne de références ne mène de la Composition à "${urn('x')}"`,
      `aucune chaîne de références ne mène de la Composition à "${urn('y')}", qui référence le document ; seule une Provenance le peut`,
    ]);
  });

  it('is read equally often in chains of 100 and 1,000 entries', () => {
    const url = (index: number): string => `urn:oid:1.3.${index}`;
    const chain = (count: number): object => {
      const others = Array.from({ length: count }, (_, index) => ({
        fullUrl: url(index),
        resource: { resourceType: 'Basic', next: [{ reference: index === count - 1 ? urn('c') : url(index + 1) }] },
      }));
      return structuredClone(document([composition(), ...others]));
    };
    const use = (value: object): void => expect(conforms(table, value)).toBe(true);
    const few = readsPerItem(chain, use, 50, 100);
    expect(few).toBeGreaterThan(5);
    expect(readsPerItem(chain, use, 100, 1000)).toBeCloseTo(few, 1);
  });
});
