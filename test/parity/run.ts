/**
 * Compares HL7's validator with the generated ones: `npm run parity [-- <part of a name>…] [--quota <mutants per
 * category>] [--dump <file>]`. Needs Java 17, and on the first run Maven and a network; reports if they are missing,
 * and exits with 0.
 *
 * Prints a table in Markdown and each difference that differences.json does not explain; exits with 1 if there is one.
 */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engine } from '../conformance/engine.js';
import { openPackage } from '../mutation/subject.js';
import { errorsOf, exportedFunction, loadPackage, type Found } from '../mutation/validators.js';
import { compare } from './comparison.js';
import { documents } from './documents.js';
import { openGuide } from './guide.js';
import { jars } from './jars.js';
import { openReference } from './reference.js';
import { valuesOf } from './sample.js';
import { isUnexplained, type Outcome, reasonsOf, type Result, tableOf, unexplainedOf } from './table.js';
import type { Fault } from './verdict.js';

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));
const CACHE = process.env.FHIR_CACHE ?? join(SHARED, 'fhir-cache');
const PACKAGES = join(SHARED, 'fhir-packages');
const CORE = 'hl7.fhir.r4.core#4.0.1';

/** Packages whose profiles are all tried; others are only partly in the cache. */
const WHOLE = ['ans.document.fr.core#0.1.0', 'ans.fhir.fr.annuaire#1.2.0-snapshot-1'];

/** Number of mutants of each category. */
const QUOTA = 5;
/** Number of differences printed for each package. */
const LIMIT = 40;

/** Packages for R4 in `../shared`, with their places. */
function specs(): string[] {
  const archives = existsSync(PACKAGES) ? readdirSync(PACKAGES).sort() : [];
  return [
    ...WHOLE.map((name) => join(CACHE, name)),
    ...archives.filter((name) => !name.endsWith('.md') && !/\.r4b|\.r5/.test(name)).map((name) => join(PACKAGES, name)),
  ].filter((place) => existsSync(place));
}

async function resultOf(spec: string, classPath: string, quota: number): Promise<Result> {
  const guide = await openGuide(spec, CACHE);
  const opened = await openPackage(guide.snapshot);
  const reference = await openReference(classPath, [join(CACHE, CORE), guide.folder]);
  try {
    const exported = await loadPackage(opened.workspace);
    const validateClaims = exportedFunction(exported, 'validateByProfile');
    const outcomes: Outcome[] = [];
    const contradictions = new Set<string>();
    const failures: string[] = [];
    const manifests = opened.subjects.map(({ manifest }) => manifest);
    for (const value of [...documents(manifests), ...(await valuesOf(opened, [spec], quota))]) {
      const validate = exportedFunction(exported, value.profile.exports.validate);
      // The reference also checks the claims of the value.
      const found = [validate, validateClaims].flatMap((each) =>
        errorsOf(each(value.json, { fhirpath: engine, profiles: exported.get('profiles') }) as readonly Found[]),
      );
      const ours = found.map(({ expression, diagnostics }) => ({ place: expression, text: diagnostics }));
      const answer = await reference.ask(value.profile.url, value.json);
      if ('failure' in answer) {
        failures.push(`${value.profile.name}, ${value.name}: ${answer.failure}`);
        continue;
      }
      const { remarks } = answer;
      const isWhole = value.source === 'document' && contradictions.size === 0;
      if (isWhole) for (const error of answer.errors) contradictions.add(keyOf(error));
      if (isWhole && ours.length === 0) continue;
      const isOwn = (error: Fault): boolean => value.source !== 'document' || !contradictions.has(keyOf(error));
      const theirs = answer.errors.filter(isOwn);
      const results = { guide: opened.name, ours, theirs, remarks };
      outcomes.push({ value, ...results, ...compare(results) });
    }
    return { name: opened.name, outcomes, failures };
  } finally {
    reference.close();
    opened.workspace.close();
    rmSync(guide.folder, { recursive: true, force: true });
  }
}

/** An error as place and text, without the types and ids that the reference writes into places. */
function keyOf({ place, text }: Fault): string {
  return `${place}: ${text}`.replace(/\/\*.*?\*\//g, '');
}

async function main(words: readonly string[]): Promise<void> {
  const options = new Map(
    [...words.entries()].filter(([, w]) => w.startsWith('--')).map(([at, w]) => [w, words[at + 1]]),
  );
  const names = words.filter((word, at) => !word.startsWith('--') && words[at - 1]?.startsWith('--') !== true);
  const wanted = specs().filter((spec) => names.length === 0 || names.some((name) => spec.includes(name)));
  const found = await jars();
  const missing = 'missing' in found ? found.missing : wanted.length === 0 ? 'no FHIR package is there' : undefined;
  if (missing !== undefined || 'missing' in found) {
    console.log(`parity: skipped, ${missing ?? ''}`);
    return;
  }
  const results: Result[] = [];
  for (const spec of wanted) {
    const result = await resultOf(spec, found.classPath, Number(options.get('--quota') ?? QUOTA));
    results.push(result);
    process.stderr.write(`${tableOf([result])}\n`);
  }
  const dump = options.get('--dump');
  if (dump !== undefined) writeFileSync(dump, JSON.stringify(results, null, 1));
  const open = results.map((result) => unexplainedOf(result, LIMIT)).filter((text) => text !== '');
  console.log([tableOf(results), reasonsOf(results), ...open].filter((text) => text !== '').join('\n\n'));
  if (results.some(({ outcomes }) => outcomes.some(isUnexplained))) process.exitCode = 1;
}

await main(process.argv.slice(2));
