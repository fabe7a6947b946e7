import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { newFolder } from '../folders.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSX = fileURLToPath(import.meta.resolve('tsx'));

/** The real program with a configuration that Node.js itself imports, as the loader of the tests would replace it. */
function runWith(name: string, text: string) {
  const cwd = newFolder();
  writeFileSync(join(cwd, name), text);
  const args = ['--import', TSX, join(ROOT, 'generator/cli.ts'), 'check'];
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  return { file: join(cwd, name), status, stderr, stdout };
}

test.each([
  ['fhir-codegen.config.js', 'module.exports = { ofline: true };', 'there is no key "ofline": did you mean offline?'],
  ['fhir-codegen.config.mjs', 'export default { ofline: true };', 'there is no key "ofline": did you mean offline?'],
  ['fhir-codegen.config.ts', 'export default { ofline: true as boolean };', 'there is no key "ofline"'],
  [
    'fhir-codegen.config.mts',
    `import { defineConfig } from ${JSON.stringify(join(ROOT, 'generator/config/config.js'))};
     export default defineConfig({ codeLimit: -1 });`,
    'codeLimit must be a whole number, not -1',
  ],
  ['fhir-codegen.config.mjs', 'export default {', 'Unexpected end of input'],
])('%s with %j is wrong usage, reported in one line that names the file', (name, text, message) => {
  const { file, status, stderr, stdout } = runWith(name, text);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^error: [^\n]*\n$/);
  expect(stderr).toContain(`error: ${file}: `);
  expect(stderr).toContain(message);
});
