/**
 * Runs the command line of a checkout from a bundle: Node.js reads a few files instead of all sources. The folder of a
 * bundle is named after the hash of the sources, so it is never out of date, and nothing has to be deleted by hand.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SOURCES = dirname(fileURLToPath(import.meta.url));
const BUILDS = join(SOURCES, '..', 'dist');
const PREFIX = 'checkout-';
/** Old builds stay for an hour, as a running process may still read from them. */
const KEPT_MILLISECONDS = 3_600_000;

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourcesIn(path);
      return /\.(?:ts|mjs)$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${relative(SOURCES, file)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Builds in a temporary folder and renames it, as several processes may build at once. */
async function build(folder) {
  const { build: bundle } = await import('esbuild');
  mkdirSync(BUILDS, { recursive: true });
  const made = mkdtempSync(join(BUILDS, `${PREFIX}new-`));
  try {
    await bundle({
      entryPoints: [join(SOURCES, 'cli.ts')],
      outdir: made,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      // Packages that read their own files, or that few commands load.
      external: ['esbuild', 'fhir-package-loader', 'fhir-snapshot-generator', 'prettier', 'tar', 'ts-morph', 'tsx'],
      // Bundled CommonJS packages call `require` for modules of Node.js. Sources may import `createRequire` as well.
      banner: {
        js: `import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);`,
      },
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: true,
      logLevel: 'silent',
    });
    renameSync(made, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  for (const name of readdirSync(BUILDS)) {
    const other = join(BUILDS, name);
    if (!name.startsWith(PREFIX) || other === folder) continue;
    if (statSync(other).mtimeMs < Date.now() - KEPT_MILLISECONDS) rmSync(other, { recursive: true, force: true });
  }
}

/** The program: the bundle, or the sources where no bundle can be built. */
async function program() {
  const folder = join(BUILDS, PREFIX + hashOf([...sourcesIn(SOURCES), join(SOURCES, '..', 'package-lock.json')]));
  const built = join(folder, 'cli.mjs');
  try {
    if (!existsSync(built)) await build(folder);
  } catch {
    // Another process was faster, or the folder cannot be written.
  }
  if (existsSync(built)) return built;
  const { register } = await import('tsx/esm/api');
  register();
  return join(SOURCES, 'cli.ts');
}

await import(pathToFileURL(await program()).href);
