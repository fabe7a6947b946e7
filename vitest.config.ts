import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { SkippedTests } from './test/skipped.js';

const GENERATED = fileURLToPath(new URL('generated/', import.meta.url));

/**
 * Tests in tiers, each run alone by `npm test -- --project unit`.
 *
 * - `unit`: functions from data to data.
 * - `types`: the output compiled and executed.
 * - `e2e`: the command line, the disk, servers on this machine, hostile packages, packages from `../shared`.
 * - `mutation`: a sample of valid and broken instances, inputs and programs through compiler and validator.
 * - `mocks`: files that replace modules, each in a process of its own.
 *
 * The files of a tier share two processes, and what these have loaded and compiled.
 */
const UNIT = [
  'architecture',
  'config',
  'emit',
  'facts',
  'fhir',
  'model',
  'names',
  'render',
  'repair',
  'runtime',
  'snapshot',
  'terminology',
];
const TYPES = ['bench', 'diff', 'generated', 'types', 'verify'];
const MUTATION = ['mutation'];

const filesIn = (folders: readonly string[], name = '*'): string[] =>
  folders.map((folder) => `test/${folder}/**/${name}.test.ts`);

/** Unpack packages from `../shared`, or start processes: they belong to the tier `e2e`, in any folder. */
const NOT_UNIT = '!(real-packages|process)';

/** Compile or parse output, or compare it with that of prettier: they belong to the tier `types`, in any folder. */
const COMPILED = [
  'emit/layout',
  'model/invalid-profiles',
  'names/ledger',
  'render/choices',
  'render/codes',
  'render/inputs',
  'render/joint-bindings',
  'render/members',
].map((name) => `test/${name}.test.ts`);

const MOCKS = ['test/diff/declarations.test.ts', 'test/load/changes.test.ts', 'test/write/windows.test.ts'];

/** The longest files, in descending order: if they start first, the two processes end at about the same time. */
const LONG = [
  'mutation/mutation',
  'generated/pack',
  'cli/pack',
  'generated/compilers',
  'diff/real-bumps',
  'mutation/odd',
  'snapshot/real-packages',
  'cli/explore',
  'hostile/determinism',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { shuffle, seed } = this.ctx.config.sequence;
    if (shuffle === true) return shuffled(files, seed);
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((name) => moduleId.endsWith(`test/${name}.test.ts`));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

/** As `--sequence.shuffle` wants it: an order that the seed alone decides. */
function shuffled(files: readonly TestSpecification[], seed: number): TestSpecification[] {
  const key = ({ moduleId }: TestSpecification): string =>
    createHash('sha256').update(`${seed} ${moduleId}`).digest('hex');
  return [...files].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

export default defineConfig({
  // The generated package is tested from its sources; users get its build.
  resolve: {
    alias: [
      { find: /^ans-document-fr-core$/, replacement: `${GENERATED}index.ts` },
      { find: /^ans-document-fr-core\/(.+)\.js$/, replacement: `${GENERATED}$1.ts` },
    ],
  },
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    isolate: false,
    setupFiles: ['test/setup.ts'],
    sequence: { sequencer: LongestFirst },
    // Tiers, and later runs, share what is transformed: by content, in node_modules.
    experimental: { fsModuleCache: true },
    reporters: [
      'default',
      ...(process.env['GITHUB_ACTIONS'] === undefined ? [] : ['github-actions']),
      new SkippedTests(),
    ],
    // Compilers make and drop many small objects: with a larger nursery a third less time goes to collecting them.
    execArgv: ['--max-semi-space-size=64'],
    projects: [
      { extends: true, test: { name: 'unit', include: filesIn(UNIT, NOT_UNIT), exclude: COMPILED } },
      { extends: true, test: { name: 'types', include: [...filesIn(TYPES), ...COMPILED], exclude: MOCKS } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/**/*.test.ts'],
          exclude: [...filesIn(UNIT, NOT_UNIT), ...filesIn([...TYPES, ...MUTATION]), ...MOCKS],
        },
      },
      { extends: true, test: { name: 'mutation', include: filesIn(MUTATION) } },
      { extends: true, test: { name: 'mocks', include: MOCKS, isolate: true } },
    ],
  },
});
