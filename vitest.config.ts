import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const GENERATED = fileURLToPath(new URL('generated/', import.meta.url));

export default defineConfig({
  // The generated package is tested from its sources; users get its build.
  resolve: {
    alias: [
      { find: /^ans-document-fr-core$/, replacement: `${GENERATED}index.ts` },
      { find: /^ans-document-fr-core\/(.+)\.js$/, replacement: `${GENERATED}$1.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
