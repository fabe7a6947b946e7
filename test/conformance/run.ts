/**
 * Whole packages through the whole pipeline: `npm run conformance [-- <spec>…]`.
 *
 * Prints a table in Markdown and every example that fails; exits with 1 for a failure without an exception.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { examplesOf } from './example.js';
import { unexplained, unexplainedProfiles } from './exception.js';
import { generation, type Generation } from './generation.js';
import { diagnosticsOf, verdictsOf, type Verdict } from './verdict.js';

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));
const CACHE = process.env.FHIR_CACHE ?? join(SHARED, 'fhir-cache');
/** Number of issues printed for a failing example. */
const ISSUE_COUNT = 5;

const HEAD = [
  'package',
  'profiles',
  'generated',
  'compile diagnostics',
  'examples passing / claiming',
  'with a FHIRPath engine',
  'unresolved canonicals',
  'time',
  'peak memory',
];

/** The results for a package. */
interface Result {
  readonly generation: Generation;
  readonly diagnostics: readonly string[];
  readonly verdicts: readonly Verdict[];
}

const specs = process.argv.slice(2);
const rows: string[][] = [];
const findings: string[] = [];
// One after the other, as concurrent runs would affect the measurements.
for (const spec of specs.length > 0 ? specs : availablePackages()) {
  const folder = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-conformance-'));
  try {
    process.stderr.write(`${basename(spec)}\n`);
    const result = await resultOf(spec, folder);
    rows.push(rowOf(result));
    findings.push(...findingsOf(result));
  } catch (error) {
    rows.push([basename(spec), '–', '0']);
    findings.push(`- **${basename(spec)}**: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
for (const row of [HEAD, HEAD.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]) {
  console.log(`| ${row.join(' | ')} |`);
}
if (findings.length > 0) console.log(`\nNot explained:\n\n${findings.join('\n')}`);
process.exitCode = findings.length > 0 ? 1 : 0;

/** The core packages of R5 and R4B that npm has installed, which guides for these releases use. */
const INSTALLED = ['hl7.fhir.r4b.core', 'hl7.fhir.r5.core'];

/** All packages with profiles of their own, archives last. */
function availablePackages(): string[] {
  const cached = existsSync(CACHE) ? readdirSync(CACHE) : [];
  const published = join(SHARED, 'fhir-packages');
  const others = existsSync(published) ? readdirSync(published) : [];
  return [
    ...cached.filter((name) => name.includes('#') && hasProfiles(join(CACHE, name, 'package'))),
    ...INSTALLED,
    ...others.filter((name) => !name.endsWith('.md')).map((name) => join(published, name)),
  ].sort();
}

function hasProfiles(folder: string): boolean {
  return readdirSync(folder).some((name) => name.startsWith('StructureDefinition-'));
}

async function resultOf(spec: string, folder: string): Promise<Result> {
  const made = await generation(spec, CACHE, folder);
  return {
    generation: made,
    diagnostics: await diagnosticsOf(made),
    verdicts: await verdictsOf(made, await examplesOf(spec, CACHE)),
  };
}

function rowOf({ generation: made, diagnostics, verdicts }: Result): string[] {
  const passing = verdicts.filter(({ errors }) => errors.length === 0).length;
  const withEngine = verdicts.filter(({ errors, more }) => errors.length + more.length === 0).length;
  const explained = verdicts.filter((one) => one.errors.length > 0 && unexplained(made.label, one).length === 0).length;
  return [
    made.label,
    String(made.requested),
    String(made.requested - made.failed.length),
    String(diagnostics.length),
    `${passing} / ${verdicts.length}${explained === 0 ? '' : ` (${explained} explained)`}`,
    String(withEngine),
    String(made.manifest.unresolved.filter(({ kind }) => kind !== 'package').length),
    `${made.seconds.toFixed(1)} s`,
    `${Math.round(made.peak)} MB`,
  ];
}

function findingsOf({ generation: made, diagnostics, verdicts }: Result): string[] {
  return [
    ...unexplainedProfiles(made.label, made.failed).map((url) => `- **${made.label}**: not generated: ${url}`),
    ...diagnostics.slice(0, ISSUE_COUNT).map((line) => `- **${made.label}**: ${line}`),
    ...verdicts.flatMap((verdict) => {
      const errors = [...unexplained(made.label, verdict), ...verdict.more];
      if (errors.length === 0) return [];
      const lines = errors.slice(0, ISSUE_COUNT).map((one) => `  - \`${one.expression}\`: ${one.diagnostics}`);
      return [`- **${made.label}** ${verdict.file} (${errors.length}) as ${verdict.claims.join(', ')}`, ...lines];
    }),
  ];
}
