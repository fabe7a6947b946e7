import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../generator/config/config.js';
import { lineWithRepair } from '../../generator/errors.js';
import { generateFrom } from '../../generator/index.js';
import { folderOfTests } from '../folders.js';
import { definition } from '../guide/definitions.js';
import { cacheWith, codes, profile, valueSet } from '../hostile/guide.js';
import { canonical } from '../model/sample.js';

/** A guide with a profile that nothing conforms to, an invalid one, and a value set without codes. */
const GUIDE = {
  'example.guide#1.0.0': [
    profile({
      id: 'broken',
      elements: [{ id: 'Observation.status', fixed: { type: 'Code', value: 'done' } }],
    }),
    profile({ id: 'worse', type: 'Patient', elements: [{ id: 'Patient.birthDate', types: [{ code: 'no type' }] }] }),
    profile({
      id: 'bound',
      elements: [
        { id: 'Observation.method', min: 1, binding: { strength: 'required', valueSet: valueSet('elsewhere') } },
      ],
    }),
    ...codes('ways', [{ code: 'a', display: 'One way' }]),
  ],
};

async function generated(more: Config, folder = folderOfTests()) {
  const config: Config = {
    packages: ['example.guide#1.0.0'],
    offline: true,
    fhirCache: cacheWith(GUIDE),
    ...more,
  };
  const { packages } = await generateFrom(config, { folder, write: false });
  const [only] = packages;
  if (only === undefined || only.error !== undefined) throw only?.error ?? new Error('nothing was generated');
  const text = (end: string): string => only.files.find(({ path }) => path.endsWith(end))?.content ?? '';
  return { ...only, text, lines: only.warnings.map(lineWithRepair) };
}

describe('repairs of the configuration', () => {
  it('are suggested by the warnings that they would resolve', async () => {
    const { lines, failed } = await generated({});
    expect(failed).toEqual([canonical('worse')]);
    const about = (text: string): string[] => lines.filter((line) => line.includes(text));
    expect(about('"done"')).toEqual([expect.stringMatching(/ \(patches or leaveOut can repair it\)$/)]);
    expect(about('no type')).toEqual([expect.stringMatching(/no type.* \(patches or leaveOut can repair it\)$/)]);
    expect(about('/elsewhere')).toEqual([expect.stringMatching(/ \(terminology can repair it\)$/)]);
  });

  it('replace members of an element or of the definition', async () => {
    const { lines, failed, text } = await generated({
      patches: [
        { canonical: canonical('broken'), element: 'Observation.status', set: { fixedCode: 'final' } },
        { canonical: canonical('broken'), set: { title: 'Mended' } },
        { canonical: canonical('worse'), element: 'Patient.birthDate', set: { type: [{ code: 'date' }] } },
      ],
    });
    expect(failed).toEqual([]);
    expect(lines.filter((line) => line.includes('"done"') || line.includes('nothing is repaired'))).toEqual([]);
    expect(text('/broken.ts')).toContain("status: 'final'");
    expect(text('/broken.ts')).toContain('Mended');
  });

  it('leave out profiles', async () => {
    const { manifest, failed } = await generated({ leaveOut: [canonical('broken'), canonical('worse')] });
    expect(failed).toEqual([]);
    expect(manifest.profiles.map(({ name }) => name)).toEqual(['bound']);
  });

  it('add codes from files, such as the expansion of a terminology server', async () => {
    const folder = folderOfTests();
    mkdirSync(join(folder, 'expansions'));
    const expansion = definition('ValueSet', valueSet('elsewhere'), {
      name: 'Elsewhere',
      expansion: { contains: [{ system: 'urn:x', code: 'x1', display: 'The first' }] },
    });
    writeFileSync(join(folder, 'expansions', 'elsewhere.json'), JSON.stringify(expansion));
    const { lines, text } = await generated({ terminology: ['expansions/*.json'] }, folder);
    expect(lines.filter((line) => line.includes('elsewhere'))).toEqual([]);
    expect(text('/elsewhere.ts')).toContain('x1');
  });

  it('are reported if they leave out all profiles', async () => {
    const all = ['broken', 'worse', 'bound'].map(canonical);
    await expect(generated({ leaveOut: all })).rejects.toThrow(
      'the configuration leaves out all 3 profiles of it (leaveOut), and nothing is written.',
    );
  });

  it('report a file with codes that is incomplete or unused', async () => {
    const folder = folderOfTests();
    const file = (name: string, url: string): void => {
      const contains = [{ system: 'urn:x', code: 'x1' }];
      const expansion = definition('ValueSet', url, { name: 'Given', expansion: { total: 9, contains } });
      writeFileSync(join(folder, name), JSON.stringify(expansion));
    };
    file('part.json', valueSet('elsewhere'));
    file('unknown.json', valueSet('unknown'));
    file('unbound.json', valueSet('ways'));
    const { lines } = await generated({ terminology: ['*.json'] }, folder);
    const about = (text: string): string[] => lines.filter((line) => line.includes(text));
    expect(about('part.json')).toEqual([
      `example.guide#1.0.0: value set ${valueSet('elsewhere')} is not complete: the expansion in part.json is ` +
        'incomplete; any code is accepted (terminology can repair it)',
    ]);
    const unused = (name: string, id: string): string =>
      `example.guide#1.0.0: terminology: ${name} defines the ValueSet ${valueSet(id)}, which no generated profile uses`;
    expect(about('unknown.json')).toEqual([unused('unknown.json', 'unknown')]);
    expect(about('unbound.json')).toEqual([unused('unbound.json', 'ways')]);
  });

  it('are rejected in one line for a missing or invalid file, and cause a warning if they match nothing', async () => {
    await expect(generated({ terminology: ['none/*.json'] })).rejects.toThrow('terminology: the folder cannot be read');
    const folder = folderOfTests();
    mkdirSync(join(folder, 'expansions', 'folder.json'), { recursive: true });
    await expect(generated({ terminology: ['expansions/folder*'] }, folder)).rejects.toThrow(
      'terminology: this is not a file; name files, such as folder/*.json.',
    );
    writeFileSync(join(folder, 'none.json'), JSON.stringify(definition('ValueSet', valueSet('elsewhere'))));
    await expect(generated({ terminology: ['none.json'] }, folder)).rejects.toThrow(
      'the ValueSet has no codes: save the response of $expand.',
    );
    const { lines } = await generated({
      patches: [{ canonical: canonical('broken'), element: 'Observation.none', set: {} }],
      leaveOut: [canonical('none')],
    });
    expect(lines).toContain(
      `patches names Observation.none of ${canonical('broken')}, which no loaded package has: nothing is repaired`,
    );
    expect(lines).toContain(`leaveOut names ${canonical('none')}, which no loaded package has: nothing is repaired`);
  });
});
