import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

it('changesets are readable, and do not change the version of the models', async () => {
  const getReleasePlan = `
    import plan from '@changesets/get-release-plan';
    const { releases } = await (plan.default ?? plan)(process.cwd());
    console.log(releases.map(({ name }) => name).join());
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', getReleasePlan], { cwd: ROOT });
  expect(stdout.trim()).toMatch(/^(?:fhir-profile-codegen)?$/);
  const { ignore }: { ignore?: unknown } = JSON.parse(readFileSync(`${ROOT}.changeset/config.json`, 'utf8')) as object;
  expect(ignore).toEqual([
    (JSON.parse(readFileSync(`${ROOT}generated/package.json`, 'utf8')) as { name: string }).name,
  ]);
});
