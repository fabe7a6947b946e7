import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

// The models, and type errors, are left to `npm run docs`, which the workflow runs.
it('TypeDoc builds the API reference of the generator without warnings', async () => {
  const typedoc = join(ROOT, 'node_modules/typedoc/bin/typedoc');
  const words = ['--options', join(ROOT, 'generator/typedoc.json'), '--emit', 'none', '--skipErrorChecking'];
  const output = await run(process.execPath, [typedoc, ...words], { cwd: ROOT }).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: { readonly stdout: string; readonly stderr: string }) => error.stdout + error.stderr,
  );
  expect(output).not.toMatch(/warning|error/i);
});
