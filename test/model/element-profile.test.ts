import { describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { buildModel } from '../../generator/model/build.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { pin } from '../../generator/pin-package.js';
import { serialize } from '../../generator/pin/serialize.js';
import type { ElementProfile } from '../../generator/pin/snapshot.js';
import { element, guide, GUIDE, profile } from '../pin/samples.js';
import { rendered } from '../rendered.js';
import { canonical, elementWithId, profileNamed, type SampleProfile, sampleModel } from './sample.js';

const uses = (...elementProfiles: ElementProfile[]) => ({ types: [{ code: 'BackboneElement', elementProfiles }] });
const of = (name: string, id: string): ElementProfile => ({ profile: canonical(name), element: id });

/** A section that requires a title, and a slice of sections that requires a text. */
const SECTIONS: SampleProfile = {
  name: 'Sections',
  type: 'Composition',
  elements: [
    {
      id: 'Composition.section',
      slicing: { discriminators: [{ type: 'value', path: 'title' }], rules: 'open' },
      constraints: [{ key: 's-1', severity: 'error', expression: 'title.exists()' }],
    },
    { id: 'Composition.section.title', min: 1 },
    { id: 'Composition.section:a', types: [{ code: 'BackboneElement' }] },
    { id: 'Composition.section:a.text', min: 1, max: '1', types: [{ code: 'Narrative' }] },
  ],
};

/** FHIR R4, the extension elementdefinition-profile-element. */
describe('an element that conforms to an element of another profile', () => {
  it('has the constraints of that element and of those below it, with its own cardinality', async () => {
    const model = sampleModel([
      SECTIONS,
      {
        name: 'User',
        type: 'Composition',
        elements: [{ id: 'Composition.section', min: 1, ...uses(of('Sections', 'Composition.section')) }],
      },
    ]);
    const section = elementWithId(profileNamed(model, 'User'), 'Composition.section');
    expect(section).toMatchObject({ min: 1, max: Infinity });
    expect(section.constraints.map(({ key }) => key)).toContain('s-1');
    expect(section.slicing).toBeUndefined();
    expect(section.types).toEqual([{ code: 'BackboneElement', profiles: [], unresolvedProfiles: [] }]);
    expect(elementWithId(profileNamed(model, 'User'), 'Composition.section.title').min).toBe(1);
    expect(model.warnings).toEqual([]);
    const { files } = await rendered(model);
    const content = files.find(({ path }) => path === 'example.sample/user.ts')?.content ?? '';
    expect(content).toContain('title: { min: 1 }');
  });

  it('may be a slice, use a slice, and occur below an element of the same type', () => {
    const model = sampleModel([
      SECTIONS,
      {
        name: 'User',
        type: 'Composition',
        elements: [
          { id: 'Composition.section', slicing: { discriminators: [{ type: 'value', path: 'title' }], rules: 'open' } },
          { id: 'Composition.section.section', ...uses(of('Sections', 'Composition.section')) },
          { id: 'Composition.section:b', ...uses(of('Sections', 'Composition.section:a')) },
        ],
      },
    ]);
    const user = profileNamed(model, 'User');
    expect(elementWithId(user, 'Composition.section:b.text').min).toBe(1);
    expect(elementWithId(user, 'Composition.section.section.title').min).toBe(1);
    expect(model.warnings).toEqual([]);
  });

  it('may use itself, directly or in a cycle', () => {
    const recursive = (name: string, other: string): SampleProfile => ({
      name,
      type: 'Composition',
      elements: [
        { id: 'Composition.section.title', min: 1 },
        { id: 'Composition.section.section', ...uses(of(other, 'Composition.section')) },
      ],
    });
    const model = sampleModel([recursive('A', 'B'), recursive('B', 'A'), recursive('Own', 'Own')]);
    for (const name of ['A', 'B', 'Own']) {
      const path = 'Composition.section.section.title';
      expect(elementWithId(profileNamed(model, name), path).min).toBe(1);
    }
    expect(model.warnings).toEqual([]);
  });

  it.each([
    ['the profile does not exist', of('Nowhere', 'Composition.section')],
    ['the element does not exist', of('Sections', 'Composition.section:z')],
    ['the element has another type', of('Sections', 'Composition.title')],
  ])('keeps its FHIR type, with a warning, if %s', (_, use) => {
    const model = sampleModel([
      SECTIONS,
      { name: 'User', type: 'Composition', elements: [{ id: 'Composition.section', ...uses(use) }] },
    ]);
    expect(model.warnings.map(oneLine)).toEqual([
      `example.sample#1.0.0 › ${canonical('User')} › Composition.section: the element of another profile that it refers to ` +
        'does not exist, or has another type: its rules are left out',
    ]);
    expect(elementWithId(profileNamed(model, 'User'), 'Composition.section.title').min).toBe(0);
  });

  it('is read from a package with the profile that it uses, and from the pinned file', () => {
    const url = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-profile-element';
    const type = {
      code: 'string',
      profile: [`${GUIDE}plain`, `${GUIDE}other`],
      _profile: [null, { extension: [{ url, valueString: 'Identifier.system' }] }],
    };
    const { snapshot } = pin(
      guide([
        profile('a', 'Identifier', [element('Identifier.system', { type: [type] })]),
        profile('other', 'Identifier', []),
      ]),
      { profiles: [`${GUIDE}a`] },
    );
    const of = snapshot.structureDefinitions.find((one) => one.url === `${GUIDE}a`)?.elements[1]?.types;
    expect(of).toEqual([
      {
        code: 'string',
        profiles: [`${GUIDE}plain`],
        elementProfiles: [{ profile: `${GUIDE}other`, element: 'Identifier.system' }],
      },
    ]);
    expect(snapshot.structureDefinitions.map((one) => one.url)).toContain(`${GUIDE}other`);
    expect(parseSnapshot(serialize(snapshot), 'pinned.json')).toEqual(snapshot);
    expect(() => buildModel(snapshot)).not.toThrow();
  });
});

/** FHIR R4, ElementDefinition.type.profile. */
describe('a profile for another type than that of the element', () => {
  it.each([
    ['BackboneElement', 'Composition.section', 'Sections', false],
    ['Reference', 'Composition.subject', 'Sections', false],
    ['Identifier', 'Composition.identifier', 'Ids', true],
  ])('is ignored on %s, with a warning', (code, id, name, isFitting) => {
    const model = sampleModel([
      SECTIONS,
      { name: 'Ids', type: 'Identifier', elements: [{ id: 'Identifier.value', min: 1 }] },
      { name: 'User', type: 'Composition', elements: [{ id, types: [{ code, profiles: [canonical(name)] }] }] },
    ]);
    expect(elementWithId(profileNamed(model, 'User'), id).types[0]?.profiles).toEqual(
      isFitting ? [canonical(name)] : [],
    );
    expect(model.warnings.map(({ message }) => message)).toEqual(
      isFitting ? [] : [`no ${code} can conform to ${canonical(name)}, a profile of Composition: it is left out`],
    );
  });

  it('is accepted if one of the types is abstract', () => {
    const model = sampleModel([
      { name: 'Any', type: 'DomainResource', elements: [{ id: 'DomainResource.text', min: 1 }] },
      SECTIONS,
      {
        name: 'User',
        type: 'Bundle',
        elements: [
          {
            id: 'Bundle.entry.resource',
            types: [{ code: 'Resource', profiles: [canonical('Any'), canonical('Sections')] }],
          },
        ],
      },
    ]);
    expect(elementWithId(profileNamed(model, 'User'), 'Bundle.entry.resource').types[0]?.profiles).toHaveLength(2);
    expect(model.warnings).toEqual([]);
  });
});
