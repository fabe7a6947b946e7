import { defineConfig } from 'vitest/config';

/**
 * Tests in tiers, each run alone by `npm test -- --project unit`.
 *
 * - `unit`: functions from data to data. Their files share a process and what it has loaded.
 * - `types`: the output compiled and executed.
 * - `e2e`: the command line, the disk, servers on this machine, hostile packages, packages from `../shared`.
 * - `mutation`: a sample of valid and broken instances, inputs and programs through compiler and validator.
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

const filesIn = (folders: readonly string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  // The generated package is tested from its sources; users get its build.
  resolve: { conditions: ['source', 'module', 'import', 'default'] },
  ssr: { resolve: { conditions: ['source', 'module', 'import', 'default'] } },
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: filesIn(UNIT), isolate: false } },
      { extends: true, test: { name: 'types', include: filesIn(TYPES) } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/**/*.test.ts'],
          exclude: filesIn([...UNIT, ...TYPES, ...MUTATION]),
        },
      },
      { extends: true, test: { name: 'mutation', include: filesIn(MUTATION) } },
    ],
  },
});
