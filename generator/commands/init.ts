import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILES } from '../config/load-config.js';
import { CodegenError, messageOf, UsageError } from '../errors.js';
import { isObject } from '../fhir/json.js';
import { parseSpec } from '../load/spec.js';
import type { Context } from './context.js';

const CONFIG = 'fhir-codegen.config.ts';
const SCRIPT = 'models';
const OUT = 'src/models';

/**
 * Writes a configuration, and adds a script to package.json if it exists.
 *
 * @param spec the package to generate; the pinned snapshot if absent
 * @param context of the command
 * @returns exit code
 * @throws UsageError when there is a configuration already, or the spec is invalid; CodegenError when package.json is
 *   broken, a file cannot be written, or the spec is a path that does not exist: nothing is written then
 */
export async function runInit(spec: string | undefined, { cwd, console }: Context): Promise<number> {
  const existing = CONFIG_FILES.find((name) => existsSync(join(cwd, name)));
  if (existing !== undefined) throw new UsageError(`${existing} already exists: edit it, or remove it first`);
  if (spec !== undefined && !existsSync(join(cwd, spec))) await parseSpec(spec);
  const written = [CONFIG];
  try {
    if (writeScript(join(cwd, 'package.json'))) written.push('package.json');
    writeFileSync(join(cwd, CONFIG), configText(spec), { flag: 'wx' });
  } catch (error) {
    if (error instanceof CodegenError) throw error;
    throw new CodegenError(`the project cannot be prepared: ${messageOf(error)}`, {}, { cause: error });
  }
  const next = written.includes('package.json') ? `npm run ${SCRIPT}` : 'npx fhir-profile-codegen generate';
  await console.summary(
    { command: 'init', written, next },
    [...written.map((file) => `wrote ${file}`), `next: ${next}, which writes the models to ${OUT}`],
    true,
  );
  return 0;
}

function configText(spec: string | undefined): string {
  const packages = spec === undefined ? '' : `  packages: [${quoted(spec)}],\n`;
  return `import { defineConfig } from 'fhir-profile-codegen';

export default defineConfig({
${packages}  out: '${OUT}',
  // include: ['*Patient*'], // canonicals, ids or names; all profiles of the package if absent
  // docLanguage: 'fr',
});
`;
}

/** A literal in the quotes of the rest of the file, unless the text needs escapes. */
function quoted(text: string): string {
  return /^[^'\\\p{C}]*$/u.test(text) ? `'${text}'` : JSON.stringify(text);
}

/** Adds the script, unless one with that name exists. */
function writeScript(path: string): boolean {
  if (!existsSync(path)) return false;
  // npm accepts a byte order mark as well.
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const manifest = manifestOf(text);
  const scripts = manifest?.['scripts'] ?? {};
  if (manifest === undefined || !isObject(scripts)) {
    throw new CodegenError(
      'package.json is not JSON with an object of scripts: repair it first (npm pkg get says what is wrong)',
    );
  }
  if (scripts[SCRIPT] !== undefined) return false;
  const added = { ...scripts, [SCRIPT]: 'fhir-profile-codegen generate' };
  const indentation = /^[\t ]+/m.exec(text)?.[0] ?? '  ';
  writeFileSync(path, `${JSON.stringify({ ...manifest, scripts: added }, null, indentation)}\n`);
  return true;
}

/** The object in a package.json; `undefined` if there is none. */
function manifestOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
