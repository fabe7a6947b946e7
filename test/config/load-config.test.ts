import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../generator/config/load-config.js';
import { UsageError } from '../../generator/errors.js';
import { newFolder } from '../folders.js';

let cwd = '';
beforeEach(() => {
  cwd = newFolder();
});

function put(name: string, text: string): string {
  const path = join(cwd, name);
  writeFileSync(path, text);
  return path;
}

test('a missing file means an empty configuration', async () => {
  expect(await loadConfig(cwd)).toBeUndefined();
});

test.each([
  ['fhir-codegen.config.ts', "const out: string = 'x';\nexport default { out } satisfies { out: string };\n"],
  ['fhir-codegen.config.mts', "export default { out: 'x' as string };\n"],
  ['fhir-codegen.config.js', "module.exports = { out: 'x' };\n"],
  ['fhir-codegen.config.mjs', "export default { out: 'x' };\n"],
])('%s is found', async (name, text) => {
  const file = put(name, text);
  expect(await loadConfig(cwd)).toEqual({ config: expect.objectContaining({ out: 'x' }), file, folder: cwd });
});

test('a configuration in TypeScript may import other modules', async () => {
  put('names.ts', "export const out: string = 'x';\n");
  put('fhir-codegen.config.ts', "import { out } from './names.js';\nexport default { out };\n");
  expect(await loadConfig(cwd)).toMatchObject({ config: { out: 'x' } });
});

test.each(['ts', 'mjs'])(
  'a missing installation of the generator is reported in one line with the remedy: %s',
  async (ending) => {
    const text = "import { defineConfig } from 'fhir-profile-codegen';\nexport default defineConfig({});\n";
    const file = put(`fhir-codegen.config.${ending}`, text);
    await expect(loadConfig(cwd)).rejects.toThrow(
      `${file}: it imports 'fhir-profile-codegen', which is not installed here: npm install --save-dev fhir-profile-codegen`,
    );
  },
);

test('a named file has priority over a found one, and its folder is the base of its paths', async () => {
  put('fhir-codegen.config.mjs', "export default { out: 'x' };\n");
  mkdirSync(join(cwd, 'sub'));
  put('sub/other.mjs', "export default { out: 'y' };\n");
  expect(await loadConfig(cwd, 'sub/other.mjs')).toMatchObject({ config: { out: 'y' }, folder: join(cwd, 'sub') });
});

test.each([
  ['export default { ouut: 1 };', 'there is no key "ouut": did you mean out?'],
  ['export const out = 1;', 'the default export is missing'],
  ["throw new Error('mine');", 'mine'],
])('the error for %s names the file in one line', async (text, message) => {
  const file = put('fhir-codegen.config.mjs', text);
  const error: unknown = await loadConfig(cwd).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ message: expect.stringMatching(/^[^\n]*$/) });
  expect(error).toMatchObject({ message: expect.stringContaining(`${file}: `) });
  expect(error).toMatchObject({ message: expect.stringContaining(message) });
});

test('a named file must exist', async () => {
  await expect(loadConfig(cwd, 'none.ts')).rejects.toThrow(
    `${join(cwd, 'none.ts')}: this configuration does not exist`,
  );
});

test('two configuration files are an error', async () => {
  put('fhir-codegen.config.js', '');
  put('fhir-codegen.config.mjs', '');
  await expect(loadConfig(cwd)).rejects.toThrow('there are two configurations');
});
