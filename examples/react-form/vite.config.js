import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// In this repository the models are taken from their sources; where they are installed, no configuration is needed.
const models = fileURLToPath(new URL('../../generated/', import.meta.url));
export default defineConfig({
  resolve: {
    alias: [
      { find: /^ans-document-fr-core$/, replacement: `${models}index.ts` },
      { find: /^ans-document-fr-core\/(.+)\.js$/, replacement: `${models}$1.ts` },
    ],
  },
});
