import { describe, expect, test } from 'vitest';
import { generate, type GenerateOptions } from '../../generator/generate.js';
import { readAssets } from '../../generator/assets.js';
import { DOC_LANGUAGES, wordsOf } from '../../generator/render/words.js';
import { verifyModels } from '../verified.js';
import { sampleSnapshot } from '../model/sample.js';

const sample = sampleSnapshot([
  {
    name: 'Sample',
    type: 'Patient',
    elements: [
      { id: 'Patient.birthDate', min: 1, max: '1' },
      { id: 'Patient.photo', min: 0, max: '0' },
    ],
  },
]);

async function textsOf(options: Partial<GenerateOptions>): Promise<Map<string, string>> {
  const generator = { name: 'fhir-profile-codegen', version: '0.0.0' };
  const { files } = await generate(sample, { assets: await readAssets(), generator, ...options });
  return new Map(files.map(({ path, content }) => [path, content]));
}

function moduleIn(texts: ReadonlyMap<string, string>): string {
  return [...texts].find(([path]) => path.endsWith('/sample.ts'))?.[1] ?? '';
}

describe('the option baseTypes', () => {
  test('generates models that compile on @medplum/fhirtypes and are assignable to its types', async () => {
    const texts = await textsOf({ baseTypes: '@medplum/fhirtypes' });
    expect(JSON.parse(texts.get('package.json') ?? '')).toMatchObject({
      dependencies: { '@medplum/fhirtypes': expect.stringMatching(/^\^4/) },
    });
    expect(JSON.parse(texts.get('tsconfig.json') ?? '')).toMatchObject({
      compilerOptions: { exactOptionalPropertyTypes: false },
    });
    expect([...texts.values()].filter((text) => text.includes("'fhir/r4.js'"))).toEqual([]);
    texts.set(
      'use.ts',
      `import type { Patient } from '@medplum/fhirtypes';
       import type { Sample } from './index.js';
       export const fits = (sample: Sample): Patient => sample;
       export const fitsNot = (patient: Patient): Sample => patient;`,
    );
    const findings = await verifyModels(
      [...texts].map(([path, content]) => ({ path, content })),
      '@medplum/fhirtypes',
    );
    expect(findings).toMatchObject([{ path: 'use.ts', line: 4 }]);
  });

  test('is @types/fhir by default', async () => {
    const texts = await textsOf({});
    expect(texts).toEqual(await textsOf({ baseTypes: '@types/fhir', docLanguage: 'en' }));
    expect(texts.get('runtime/fhir.ts')).toContain("export type * from 'fhir/r4.js';");
    expect(moduleIn(texts)).toContain("import type * as fhir4 from '../runtime/fhir.js';");
  });
});

describe('the option docLanguage', () => {
  test('has all sentences in French, without code of its own', async () => {
    const [english, french] = [await textsOf({}), await textsOf({ docLanguage: 'fr' })];
    expect(moduleIn(french)).toContain('Interdit par le profil.');
    expect(moduleIn(french)).toContain('Crée un {@link Sample} ; ce que le profil fixe');
    expect(moduleIn(french)).not.toMatch(/Prohibited|Makes a|Whether a value|Builds a|anything/);
    expect(french.get('README.md')).toContain('## Profils\n');
    const code = (texts: ReadonlyMap<string, string>): string[] =>
      [...texts].filter(([path]) => path.endsWith('.ts')).map(([, text]) => text.replace(/\/\*\*[\s\S]*?\*\//g, ''));
    expect(code(french)).toEqual(code(english));
  });

  test.each(DOC_LANGUAGES)('has sentences that cannot end their comment: %s', (language) => {
    const words = wordsOf(language);
    const sentences = Object.values(words).map((word: unknown): unknown =>
      typeof word === 'function' ? Reflect.apply(word, undefined, ['X', 'Y', 'Z', 'W']) : word,
    );
    // All parts of a sentence, links and code included.
    const parts = sentences.map((sentence) => JSON.stringify(sentence));
    expect(parts.filter((text) => /\*\/|\\n|^(?:"\s*"|\[\])$/.test(text))).toEqual([]);
  });
});

test('names in the configuration are those of the output', async () => {
  const url = sample.profiles[0] ?? '';
  const module = moduleIn(await textsOf({ names: { [url]: 'Mine' } }));
  expect(module).toMatch(/^export (?:interface|type) Mine /m);
  expect(module).toContain('export function createMine(input: MineInput): Mine {');
});
