import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { newFolder } from '../folders.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = 'generator/commands/program.ts';

test('a checkout runs its current sources, also right after an edit', () => {
  const checkout = newFolder();
  for (const name of ['generator', 'package.json', 'package-lock.json']) {
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  const help = (): string =>
    execFileSync(process.execPath, [join(checkout, 'generator/launch.mjs'), '--help'], { encoding: 'utf8' });
  const builds = (): string[] => readdirSync(join(checkout, 'dist')).sort();

  const before = help();
  expect(before).toContain('Typed TypeScript profile models');
  const built = builds();
  expect(help()).toBe(before);
  expect(builds()).toEqual(built);
  expect(namesOfBroken(join(checkout, 'dist', built[0] ?? ''))).toEqual([]);

  const text = readFileSync(join(checkout, PROGRAM), 'utf8');
  writeFileSync(join(checkout, PROGRAM), text.replace('Typed TypeScript profile models', 'Changed models'));
  expect(help()).toContain('Changed models');
});

/** The parts of a bundle that Node.js cannot load: commands load most of them only when they need them. */
function namesOfBroken(folder: string): unknown {
  const parts = readdirSync(folder).filter((name) => name.endsWith('.mjs') && name !== 'cli.mjs');
  const program = `
    const broken = [];
    for (const name of ${JSON.stringify(parts)}) {
      await import(\`\${${JSON.stringify(pathToFileURL(folder).href)}}/\${name}\`).catch((error) => broken.push(\`\${name}: \${error.message}\`));
    }
    console.log(JSON.stringify(broken));
  `;
  expect(parts.length).toBeGreaterThan(1);
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}
