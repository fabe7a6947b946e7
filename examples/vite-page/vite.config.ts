import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const models = fileURLToPath(new URL('../../generated/', import.meta.url));

export default defineConfig({
  // Any folder of a server will do.
  base: './',
  // In this repository the models are sources. Leave this out where they come from npm.
  resolve: {
    alias: [
      { find: /^ans-document-fr-core$/, replacement: `${models}index.ts` },
      { find: /^ans-document-fr-core\/(.+)\.js$/, replacement: `${models}$1.ts` },
    ],
  },
  build: { target: 'es2022', modulePreload: { polyfill: false } },
});
