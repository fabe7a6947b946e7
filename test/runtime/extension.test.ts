import { describe, expect, it } from 'vitest';
import type { ExtensionContexts, ProfileTable } from '../../templates/runtime/table.js';
import { validate, type ValidateOptions } from '../../templates/runtime/validate.js';
import { extensionProfile, extensionSlice, issuesOf, sample, sampleProfile } from './sample.js';

const url = 'https://example.org/e';
const known = extensionProfile(url, 'string');
const right = { url, valueString: 'x' };
const wrong = { url, valueBoolean: true };

const table = sampleProfile();

const options = (...tables: ProfileTable[]): ValidateOptions => ({
  profiles: new Map(tables.map((each) => [each.url, each])),
});

describe('a known extension', () => {
  it.each([
    ['a resource', { extension: [wrong] }, 'Sample.extension[0].value'],
    ['a part', { part: [{ name: 'x', extension: [wrong] }] }, 'Sample.part[0].extension[0].value'],
    [
      'a nested part',
      { part: [{ name: 'x', part: [{ name: 'y', extension: [wrong] }] }] },
      'Sample.part[0].part[0].extension[0].value',
    ],
    [
      'a datatype',
      { code: { coding: [{ code: 'x', extension: [wrong] }] } },
      'Sample.code.coding[0].extension[0].value',
    ],
    ['a primitive', { date: '2020', _date: { extension: [wrong] } }, 'Sample.date.extension[0].value'],
    [
      'an item of a primitive array',
      { alias: ['x'], _alias: [{ extension: [wrong] }] },
      'Sample.alias[0].extension[0].value',
    ],
    [
      'another extension',
      { extension: [{ url: 'https://example.org/unknown', extension: [wrong] }] },
      'Sample.extension[0].extension[0].value',
    ],
  ])('is validated on %s', (_, members, expression) => {
    const value = sample(members);
    expect(issuesOf(table, value)).toEqual([]);
    expect(issuesOf(table, value, options(known))).toEqual([`error structure ${expression}`]);
    const good = JSON.parse(JSON.stringify(value).replace('"valueBoolean":true', '"valueString":"x"')) as unknown;
    expect(issuesOf(table, good, options(known))).toEqual([]);
  });

  it('is one that a slice of the profile names, anywhere in the resource', () => {
    const slicing = { rules: 'open' as const, slices: [extensionSlice('e', known)] };
    const own = sampleProfile({ extension: { slicing } });
    expect(issuesOf(own, sample({ extension: [right], part: [{ name: 'x', extension: [wrong] }] }))).toEqual([
      'error structure Sample.part[0].extension[0].value',
    ]);
    expect(issuesOf(own, sample({ extension: [wrong] }))).toHaveLength(1);
  });

  it('states the reason of an absent value with a code known to all', () => {
    const absent = (extension: object) =>
      issuesOf(
        table,
        sample({
          _date: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', ...extension }] },
        }),
      );
    expect(absent({ valueCode: 'masked' })).toEqual([]);
    expect(absent({ valueCode: 'because' })).toEqual(['error code-invalid Sample.date.extension[0].value']);
    expect(absent({ valueString: 'masked' })).toEqual(['error structure Sample.date.extension[0].value']);
    expect(absent({})).toEqual(['error required Sample.date.extension[0].value']);
  });
});

describe('a modifier extension', () => {
  it('is an error unless its definition is given', () => {
    const value = sample({ modifierExtension: [right] });
    expect(issuesOf(table, value)).toEqual(['error extension Sample.modifierExtension[0]']);
    expect(issuesOf(table, value, options({ ...known, modifier: true }))).toEqual([]);
    expect(issuesOf(table, sample({ modifierExtension: [wrong] }), options({ ...known, modifier: true }))).toEqual([
      'error structure Sample.modifierExtension[0].value',
    ]);
  });

  it('is distinguished from other extensions, which readers may ignore', () => {
    expect(issuesOf(table, sample({ extension: [right] }), options({ ...known, modifier: true }))).toEqual([
      'error extension Sample.extension[0]',
    ]);
    expect(issuesOf(table, sample({ modifierExtension: [right] }), options(known))).toEqual([
      'error extension Sample.modifierExtension[0]',
    ]);
  });
});

describe('the context of an extension', () => {
  const places = {
    resource: sample({ extension: [right] }),
    part: sample({ part: [{ name: 'x', extension: [right] }] }),
    nested: sample({ part: [{ name: 'x', part: [{ name: 'y', extension: [right] }] }] }),
    concept: sample({ code: { text: 'x', extension: [right] } }),
    choice: sample({ valueQuantity: { value: 1, extension: [right] } }),
    coding: sample({ code: { coding: [{ code: 'x', extension: [right] }] } }),
    date: sample({ date: '2020', _date: { extension: [right] } }),
    within: sample({ extension: [{ url: 'https://example.org/outer', extension: [right] }] }),
  };
  const allowedIn = (contexts: ExtensionContexts, more: ValidateOptions = {}): string[] =>
    Object.entries(places).flatMap(([name, value]) => {
      const issues = issuesOf(table, value, { ...options({ ...known, contexts }), ...more });
      if (issues.length > 0)
        expect(issues).toEqual([expect.stringMatching(/^error extension Sample.*extension\[0\]$/)]);
      return issues.length === 0 ? [name] : [];
    });

  it.each<[ExtensionContexts, string[]]>([
    [{ elements: ['Sample'] }, ['resource']],
    [{ elements: ['DomainResource'] }, ['resource']],
    [{ elements: ['Patient'] }, []],
    [{ elements: ['Sample.part'] }, ['part', 'nested']],
    [{ elements: ['BackboneElement'] }, ['part', 'nested']],
    [{ elements: ['CodeableConcept'] }, ['concept']],
    [{ elements: ['Sample.code'] }, ['concept']],
    [{ elements: ['Sample.value'] }, ['choice']],
    [{ elements: ['Quantity'] }, ['choice']],
    [{ elements: ['Coding'] }, ['coding']],
    [{ elements: ['CodeableConcept.coding'] }, ['coding']],
    [{ elements: ['dateTime'] }, ['date']],
    [{ elements: ['Sample.date'] }, ['date']],
    [{ elements: ['Extension'] }, ['within']],
    [{ extensions: ['https://example.org/outer'] }, ['within']],
    [{ elements: ['Sample'], extensions: ['https://example.org/outer'] }, ['resource', 'within']],
    [
      { elements: ['Element'], invariants: [{ key: 'context', severity: 'error', expression: 'true' }] },
      Object.keys(places),
    ],
  ])('is checked: %j', (contexts, names) => {
    expect(allowedIn(contexts)).toEqual(names);
  });

  it('may be a FHIRPath expression, which needs an engine', () => {
    const contexts = { fhirpath: ['part.where(name = "x")'] };
    expect(allowedIn(contexts)).toEqual(Object.keys(places));
    const fhirpath = (value: unknown): unknown => (value as { part?: unknown }).part;
    expect(allowedIn(contexts, { fhirpath })).toEqual(['part']);
    const raise = (): never => {
      throw new Error('no function where()');
    };
    expect(allowedIn(contexts, { fhirpath: raise })).toEqual(Object.keys(places));
  });

  it('may have invariants on the element', () => {
    const contexts: ExtensionContexts = {
      elements: ['Sample.part'],
      invariants: [{ key: 'context', severity: 'error', expression: "name = 'y'", check: ['is', 'name', 'y'] }],
    };
    const of = (name: string) => sample({ part: [{ name, extension: [right] }] });
    expect(issuesOf(table, of('y'), options({ ...known, contexts }))).toEqual([]);
    expect(issuesOf(table, of('x'), options({ ...known, contexts }))).toEqual(['error invariant Sample.part[0]']);
  });

  it('passes the extension to the engine', () => {
    const seen: unknown[] = [];
    const contexts = {
      invariants: [{ key: 'context', severity: 'error', expression: '%extension.url.exists()' }],
    } as const;
    validate(table, places.part, {
      ...options({ ...known, contexts }),
      fhirpath(value, expression, { extension, path }) {
        seen.push(value, expression, extension, path);
        return true;
      },
    });
    expect(seen).toEqual([{ name: 'x', extension: [right] }, '%extension.url.exists()', right, 'Sample.part']);
  });

  it('does not apply if the profile names the extension at that place', () => {
    const contexts = { elements: ['Patient'] };
    const slicing = { rules: 'open' as const, slices: [extensionSlice('e', { ...known, contexts })] };
    expect(issuesOf(sampleProfile({ extension: { slicing } }), places.resource)).toEqual([]);
  });

  it('does not apply if a slice that the item may belong to names it', () => {
    const contexts = { elements: ['Patient'] };
    const slice = { ...extensionSlice('e', { ...known, contexts }), when: [{ at: 'url', undecidable: true as const }] };
    const own = sampleProfile({ extension: { slicing: { rules: 'open', slices: [slice] } } });
    expect(issuesOf(own, places.resource)).toEqual([]);
  });

  it('is unknown for a datatype that is validated alone', () => {
    const profile = { url: 'https://example.org/i', type: 'Identifier', rule: {} };
    const contexts = { elements: ['Patient.identifier'] };
    expect(issuesOf(profile, { value: 'x', extension: [right] }, options({ ...known, contexts }))).toEqual([]);
  });
});
