import { describe, expect, it } from 'vitest';
import { bundleRules } from '../../templates/runtime/bundle.js';
import { conforms } from '../../templates/runtime/guard.js';
import type { ElementRule, ProfileTable, SliceRule, TypeTable } from '../../templates/runtime/table.js';
import { validate } from '../../templates/runtime/validate.js';
import { readsPerItem } from '../watched.js';
import { issuesOf, sample, sampleProfile } from './sample.js';

const HOME = 'https://a.example/fhir/';
const urn = (digit: number): string => `urn:uuid:c757873d-ec9a-4326-a141-55604352393${digit}`;

const bundleType: TypeTable = {
  identifier: '0..1 Identifier',
  type: '1..1 code',
  timestamp: '0..1 instant',
  link: '0..* BackboneElement',
  entry: {
    is: '0..* BackboneElement',
    children: {
      fullUrl: '0..1 uri',
      resource: '0..1 Resource',
      request: '0..1 BackboneElement',
      response: '0..1 BackboneElement',
    },
  },
};

/** A profile of Bundle with a rule for its entries. */
function bundleProfile(entry: ElementRule = {}): ProfileTable {
  const rule = { children: { entry } };
  return { url: 'https://example.org/bundle', type: 'Bundle', base: bundleType, rule, bundle: bundleRules };
}

/** A profile of Patient with a required element. */
function patientProfile(name: string, required: string): ProfileTable {
  return {
    url: `https://example.org/${name}`,
    type: 'Patient',
    base: { id: '0..1 id', meta: '0..1 Meta', birthDate: '0..1 date', active: '0..1 boolean', link: '0..* Reference' },
    rule: { children: { [required]: { min: 1 } } },
  };
}

const born = patientProfile('born', 'birthDate');
const active = patientProfile('active', 'active');

function slice(profile: ProfileTable, rule: ElementRule = {}, withType = true): SliceRule {
  const types = [{ at: 'resource', types: [profile.type] }];
  return {
    name: profile.url.replace(/.*\//, ''),
    when: [...(withType ? types : []), { at: 'resource', profiles: [() => profile] }],
    rule: { ...rule, children: { resource: { types: [{ code: profile.type, profiles: [() => profile] }] } } },
  };
}

const composition = { fullUrl: urn(0), resource: { resourceType: 'Composition', subject: { reference: urn(1) } } };
const patient = { fullUrl: urn(1), resource: { resourceType: 'Patient', birthDate: '2000-01-01' } };
const identifier = { system: 'urn:ietf:rfc:3986', value: urn(9) };
const document = (entry: readonly object[] | undefined, more: object = {}): object => ({
  ...{ resourceType: 'Bundle', type: 'document', identifier, timestamp: '2026-01-01T00:00:00Z' },
  ...more,
  entry,
});
const collection = (...entry: object[]): object => ({ resourceType: 'Bundle', type: 'collection', entry });

/** FHIR R4, Bundle, "Constraints"; Bundle.entry.fullUrl. */
describe('the rules for entries', () => {
  it.each<[name: string, value: object, ...issues: string[]]>([
    ['accept a document', document([composition, patient])],
    ['bdl-9: no identifier', document([composition, patient], { identifier: undefined }), 'required Bundle.identifier'],
    [
      'bdl-9: no system',
      document([composition, patient], { identifier: { value: '1' } }),
      'invariant Bundle.identifier',
    ],
    ['bdl-10', document([composition, patient], { timestamp: undefined }), 'required Bundle.timestamp'],
    ['bdl-11', document([patient, composition]), 'invariant Bundle.entry[0].resource'],
    ['bdl-11: no resource', document([{ fullUrl: urn(5) }]), 'invariant Bundle.entry[0]'],
    ['bdl-11: no entry', document(undefined), 'required Bundle.entry'],
    ['bdl-12', { resourceType: 'Bundle', type: 'message', entry: [patient] }, 'invariant Bundle.entry[0].resource'],
    [
      'an entry of a document without fullUrl',
      document([composition, patient, { resource: { resourceType: 'Basic' } }]),
      'required Bundle.entry[2].fullUrl',
    ],
    [
      'bdl-7',
      document([composition, patient, { ...patient, resource: { resourceType: 'Basic' } }]),
      'invariant Bundle.entry[2].fullUrl',
    ],
    [
      'bdl-7: two versions are allowed',
      collection(
        ...['1', '2'].map((versionId) => ({
          fullUrl: urn(1),
          resource: { resourceType: 'Basic', meta: { versionId } },
        })),
      ),
    ],
    [
      'bdl-7: a history is exempt',
      {
        resourceType: 'Bundle',
        type: 'history',
        entry: [1, 2].map(() => ({
          fullUrl: urn(1),
          request: { id: 'x', extension: [{ url: 'x', valueString: 'x' }] },
          response: { id: 'x', extension: [{ url: 'x', valueString: 'x' }] },
        })),
      },
    ],
    ['bdl-8', collection({ ...patient, fullUrl: `${HOME}Patient/1/_history/2` }), 'invariant Bundle.entry[0].fullUrl'],
    [
      'bdl-3: no request',
      { resourceType: 'Bundle', type: 'batch', entry: [patient] },
      'required Bundle.entry[0].request',
    ],
    [
      'bdl-4: no response',
      { resourceType: 'Bundle', type: 'batch-response', entry: [patient] },
      'required Bundle.entry[0].response',
    ],
    [
      'bdl-3: a request',
      collection({ ...patient, request: { id: 'x', extension: [{ url: 'x', valueString: 'x' }] } }),
      'invariant Bundle.entry[0].request',
    ],
    [
      'a fullUrl that ends with the id of the resource',
      collection({ fullUrl: `${HOME}Patient/1`, resource: { resourceType: 'Patient', id: '1' } }),
    ],
    [
      'a fullUrl with another id',
      collection({ fullUrl: `${HOME}Patient/2`, resource: { resourceType: 'Patient', id: '1' } }),
      'value Bundle.entry[0].fullUrl',
    ],
    [
      'a fullUrl with another type',
      collection({ fullUrl: `${HOME}Group/1`, resource: { resourceType: 'Patient', id: '1' } }),
      'value Bundle.entry[0].fullUrl',
    ],
    [
      'a fullUrl that is not the address of a server',
      collection({ fullUrl: 'https://a.example/Dossiers/2', resource: { resourceType: 'Patient', id: '1' } }),
    ],
  ])('%s', (_, value, ...issues) => {
    expect(issuesOf(bundleProfile(), value)).toEqual(issues.map((issue) => `error ${issue}`));
  });

  it('apply to Bundles in a profile that names only the type', () => {
    const types = [{ code: 'Bundle', base: bundleType, bundle: bundleRules }];
    const table = sampleProfile({ contained: { types } });
    expect(issuesOf(table, sample({ contained: [document([patient])] }))).toEqual([
      'error invariant Sample.contained[0].entry[0].resource',
    ]);
  });
});

/** FHIR R4, FHIR Documents, "Document Content"; Bundle, "Resolving references in Bundles". */
describe('an unresolved reference in a document', () => {
  const first = (members: object): object => ({
    fullUrl: urn(0),
    resource: { resourceType: 'Composition', ...members },
  });
  const other = (members: object, fullUrl = urn(2)): object => ({
    fullUrl,
    resource: { resourceType: 'Basic', ...members },
  });
  const at = 'error not-found Bundle.entry';
  /** A document with links to its entries, so that all are within reach of the Composition. */
  const linked = (entry: readonly object[]): object => {
    const urls = entry.flatMap((each) => ('fullUrl' in each ? [each.fullUrl] : []));
    return { ...document(entry), link: urls.map((url) => ({ relation: 'related', url })) };
  };

  it.each<[name: string, entry: readonly object[], ...issues: string[]]>([
    ['in the Composition', [first({ subject: { reference: urn(8) } })], `${at}[0].resource.subject`],
    [
      'in the Composition, by address',
      [first({ author: [{ reference: `${HOME}Practitioner/1` }] })],
      `${at}[0].resource.author[0]`,
    ],
    [
      'in a section',
      [first({ section: [{ section: [{ entry: [{ reference: urn(1) }, { reference: urn(8) }] }] }] }), patient],
      `${at}[0].resource.section[0].section[0].entry[1]`,
    ],
    [
      'in a section, with a display only',
      [first({ section: [{ entry: [{ display: 'x' }, { identifier: { value: '1' } }] }] })],
    ],
    ['to another document', [first({ relatesTo: [{ targetReference: { reference: 'Composition/0' } }] })]],
    [
      'in an extension of the Composition',
      [first({ extension: [{ url: 'x', valueReference: { reference: 'Patient/1' } }] })],
    ],
    ['by a urn', [first({}), other({ subject: { reference: urn(8) } })], `${at}[1].resource.subject`],
    ['by address, outside the Composition', [first({}), other({ subject: { reference: `${HOME}Patient/1` } })]],
    [
      'to an entry with another fullUrl',
      [
        first({}),
        other({ subject: { reference: 'Patient/1' } }),
        { ...patient, resource: { ...patient.resource, id: '1' } },
      ],
      `${at}[1].resource.subject`,
    ],
    [
      'to an entry of another server',
      [
        first({}),
        other({ subject: { reference: 'Patient/1' } }, 'https://b.example/Basic/1'),
        { fullUrl: `${HOME}Patient/1`, resource: { ...patient.resource, id: '1' } },
      ],
      `${at}[1].resource.subject`,
    ],
    [
      'relative to the server of the entry',
      [
        first({}),
        other({ subject: { reference: 'Patient/1' } }, `${HOME}Basic/1`),
        { fullUrl: `${HOME}Patient/1`, resource: { ...patient.resource, id: '1' } },
      ],
    ],
    ['to a missing contained resource', [first({ author: [{ reference: '#a' }] })], `${at}[0].resource.author[0]`],
    [
      'to a contained resource',
      [first({ contained: [{ resourceType: 'Device', id: 'a' }], author: [{ reference: '#a' }] })],
    ],
    [
      'in Parameters',
      [
        first({}),
        other({
          resourceType: 'Parameters',
          parameter: [
            {
              resource: {
                resourceType: 'Basic',
                subject: { reference: '#a' },
                contained: [{ resourceType: 'Patient', id: 'a' }],
              },
            },
          ],
        }),
      ],
    ],
    [
      'in a nested Bundle',
      [
        first({}),
        other({
          resourceType: 'Bundle',
          type: 'collection',
          entry: [{ resource: { resourceType: 'Basic', subject: { reference: urn(8) } } }],
        }),
      ],
    ],
  ])('%s', (_, entry, ...issues) => {
    expect(issuesOf(bundleProfile(), linked(entry))).toEqual(issues);
  });

  it('is allowed in other Bundles', () => {
    expect(issuesOf(bundleProfile(), collection(other({ subject: { reference: urn(8) } })))).toEqual([]);
  });

  it('gives the fullUrl of an entry with the same id', () => {
    const entry = [
      first({ subject: { reference: 'Patient/1' } }),
      { fullUrl: urn(1), resource: { resourceType: 'Patient', id: '1' } },
    ];
    expect(validate(bundleProfile(), document(entry))[0]?.diagnostics).toContain(urn(1));
  });

  it('may be a search in transactions only', () => {
    const of = (type: string): readonly string[] => {
      const request = type === 'transaction' ? { request: { method: 'POST', url: 'Composition' } } : {};
      const resource = { ...composition.resource, subject: { reference: 'Patient?identifier=1' } };
      const entry = [{ resource, ...request }];
      return issuesOf(bundleProfile(), { resourceType: 'Bundle', type, entry });
    };
    expect(of('transaction')).toEqual([]);
    expect(of('collection')).toEqual(['error value Bundle.entry[0].resource.subject']);
  });

  it('is found in elements that a profile declares, and reported once', () => {
    const table = bundleProfile({
      children: { resource: { types: [{ code: 'Patient', profiles: [() => born] }, { code: 'Composition' }] } },
    });
    const entry = [first({}), { fullUrl: urn(1), resource: { ...patient.resource, link: [{ reference: urn(8) }] } }];
    expect(issuesOf(table, document(entry))).toEqual([`${at}[1].resource.link[0]`]);
  });
});

describe('an entry without a matching slice', () => {
  const lacking = { fullUrl: urn(1), resource: { resourceType: 'Patient', active: true } };
  const wrong = { fullUrl: urn(1), resource: { resourceType: 'Patient', birthDate: '2000-13-01' } };
  const table = (rules: 'open' | 'closed', ...slices: SliceRule[]): ProfileTable =>
    bundleProfile({ slicing: { rules, slices } });

  it('is reported by its own faults, with the slices that were tried', () => {
    const open = table('open', slice(born, { min: 1, max: 1 }));
    expect(issuesOf(open, collection(wrong))).toEqual(['error value Bundle.entry[0].resource.birthDate']);
    expect(issuesOf(open, collection(lacking))).toEqual(['error required Bundle.entry[0].resource.birthDate']);
    expect(validate(open, collection(lacking))[0]?.diagnostics).toContain('born');
    expect(issuesOf(open, collection({ ...patient, fullUrl: urn(2) }, lacking))).toEqual([]);
    expect(issuesOf(open, collection({ fullUrl: urn(3), resource: { resourceType: 'Basic' } }))).toEqual([
      'error required Bundle.entry',
    ]);
  });

  it('is compared with the slice that it is closest to', () => {
    const two = {
      ...born,
      url: 'https://example.org/two',
      rule: { children: { birthDate: { min: 1 }, active: { max: 0 } } },
    };
    for (const withType of [true, false]) {
      const open = table('open', slice(two, { min: 1 }, withType), slice(born, {}, withType));
      expect(issuesOf(open, collection(lacking))).toHaveLength(2);
      const closed = table('closed', slice(two, {}, withType), slice(born, {}, withType));
      expect(issuesOf(closed, collection(lacking))).toEqual(['error required Bundle.entry[0].resource.birthDate']);
      expect(validate(closed, collection(lacking))[0]?.diagnostics).toContain('two, born');
    }
  });

  it('is reported once for each missing slice, and for each item of a closed slicing', () => {
    const second = { ...lacking, fullUrl: urn(2) };
    expect(issuesOf(table('open', slice(born, { min: 1 })), collection(lacking, second))).toHaveLength(1);
    expect(issuesOf(table('closed', slice(born)), collection(lacking, second))).toHaveLength(2);
    expect(
      issuesOf(table('closed', slice(born)), collection({ fullUrl: urn(3), resource: { resourceType: 'Basic' } })),
    ).toEqual(['error structure Bundle.entry[0]']);
  });
});

/** FHIR R4, Resource, "Metadata": meta.profile. */
describe('a claim of a loaded profile', () => {
  const claiming = (profile: ProfileTable, members: object): object => ({
    fullUrl: urn(1),
    resource: { resourceType: 'Patient', meta: { profile: [profile.url] }, ...members },
  });
  const open = bundleProfile({ slicing: { rules: 'open', slices: [slice(born), slice(active, { min: 1 })] } });
  const fine = { fullUrl: urn(2), resource: { resourceType: 'Patient', active: true } };

  it('is validated in entries', () => {
    expect(issuesOf(open, collection(fine, claiming(born, { birthDate: '2000' })))).toEqual([]);
    expect(issuesOf(open, collection(fine, claiming(born, {})))).toEqual([
      'error required Bundle.entry[1].resource.birthDate',
    ]);
  });

  it('decides the slice', () => {
    expect(issuesOf(open, collection(claiming(active, {})))).toEqual([
      'error required Bundle.entry[0].resource.active',
    ]);
  });

  it('is validated in contained resources, and ignored if the profile is not loaded', () => {
    const table = sampleProfile({
      contained: { types: [{ code: 'Patient', profiles: [() => born] }, { code: 'Resource' }] },
    });
    const contained = (profile: string): object => ({
      contained: [{ resourceType: 'Patient', id: 'p', birthDate: '2000', meta: { profile: [profile] } }],
      subject: { reference: '#p' },
    });
    const both = { ...table, rule: { ...table.rule, slicing: { rules: 'open', slices: [slice(active)] } } } as const;
    expect(issuesOf(both, sample(contained(active.url)))).toEqual(['error required Sample.contained[0].active']);
    expect(issuesOf(table, sample(contained(active.url)))).toEqual([]);
    // The option `report` lists these profiles.
    expect(issuesOf(table, sample(contained(active.url)), { report: 'unevaluated' })).toEqual([
      'information not-supported Sample',
    ]);
    const profiles = new Map([[active.url, active]]);
    expect(issuesOf(table, sample(contained(active.url)), { report: 'unevaluated', profiles })).toEqual([
      'error required Sample.contained[0].active',
    ]);
  });
});

it('each entry is read equally often among 100 and 1,000 entries', () => {
  const open = bundleProfile({ slicing: { rules: 'open', slices: [slice(born, { min: 1 })] } });
  const bundle = (count: number): object => {
    const entries = Array.from({ length: count }, (_, index) => ({
      fullUrl: `urn:uuid:${index}`,
      resource: { resourceType: 'Patient', birthDate: '2000', link: [{ reference: `urn:uuid:${count - index - 1}` }] },
    }));
    const section = [{ entry: entries.map(({ fullUrl }) => ({ reference: fullUrl })) }];
    return structuredClone(
      document([{ fullUrl: urn(0), resource: { resourceType: 'Composition', section } }, ...entries]),
    );
  };
  const use = (value: object): void => expect(conforms(open, value)).toBe(true);
  const few = readsPerItem(bundle, use, 50, 100);
  expect(few).toBeGreaterThan(5);
  expect(readsPerItem(bundle, use, 100, 1000)).toBeCloseTo(few, 1);
});

describe('an entry that no profile mentions', () => {
  const entry = { fullUrl: urn(2), resource: { resourceType: 'Patient', active: 'yes', link: [] } };
  const broken = ['error structure Bundle.entry[0].resource.active', 'error structure Bundle.entry[0].resource.link'];
  const collection = { resourceType: 'Bundle', type: 'collection', entry: [entry] };

  it("is validated by its type if a profile within reach of the Bundle's profile has the elements", () => {
    const slicing = { rules: 'open' as const, slices: [slice(born)] };
    expect(issuesOf(bundleProfile({ slicing }), collection)).toEqual(broken);
    expect(issuesOf(bundleProfile(), collection)).toEqual([]);
  });

  it('is validated by its type if a profile in the options has the elements', () => {
    const profiles = new Map([[born.url, born]]);
    expect(issuesOf(bundleProfile(), collection, { profiles })).toEqual(broken);
  });
});

it('options.profiles that is not a Map is reported as an error of the caller', () => {
  const profiles: unknown = [sampleProfile()];
  for (const check of [conforms, validate]) {
    const options = { profiles } as Parameters<typeof check>[2];
    expect(() => check(bundleProfile(), collection(), options)).toThrow(new TypeError('options.profiles is not a Map'));
  }
});
