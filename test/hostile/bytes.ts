import { createHash } from 'node:crypto';
import { DEFAULT_CODE_LIMIT, generate } from '../../generator/generate.js';
import { buildModel } from '../../generator/model/build.js';
import { resolveModel } from '../../generator/model/resolve.js';
import { serializeLedger } from '../../generator/names/ledger-file.js';
import { ledgerOf } from '../../generator/names/ledger-of.js';
import { nameAll } from '../../generator/names/names.js';
import { narrow } from '../../generator/pin/narrow.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { runtimeFiles } from '../../generator/render/runtime-files.js';
import { readAssets } from '../../generator/assets.js';
import type { GeneratedFile } from '../../generator/render/file.js';
import { render } from '../../generator/render/render.js';
import { compileTemplates } from '../../generator/render/templates.js';
import { pinned } from '../model/sample.js';

/** The generator in tests. */
export const GENERATOR = { name: 'test', version: '0.0.0' };

/** A hash of all bytes of an output. */
export function hashOf(files: readonly GeneratedFile[]): string {
  const hash = createHash('sha256');
  for (const { path, content } of files) hash.update(JSON.stringify([path, content]));
  return hash.digest('hex');
}

/** The output before prettier, which takes most of the time and depends neither on order nor on location. */
export async function unformatted(snapshot: PinnedSnapshot): Promise<readonly GeneratedFile[]> {
  const assets = await readAssets();
  const model = resolveModel(buildModel(snapshot));
  const names = nameAll(model);
  const rendered = render(model, names, {
    template: compileTemplates(assets.templates),
    runtime: runtimeFiles(assets.runtime, assets.releases, '4.0.1'),
    generator: GENERATOR,
    npmName: 'example',
    npmVersion: '1.0.0',
    codeLimit: DEFAULT_CODE_LIMIT,
    ledger: (declares) => serializeLedger(ledgerOf(names, { declares })),
  });
  return rendered.files;
}

/** The hash of the output of the committed snapshot, before prettier. */
export function pinnedHash(): Promise<string> {
  pinnedOutput ??= unformatted(pinned).then(hashOf);
  return pinnedOutput;
}

let pinnedOutput: Promise<string> | undefined;

/** The hashes of the committed snapshot unformatted, and of one of its profiles formatted. */
export async function hashes(): Promise<readonly string[]> {
  const [first] = pinned.profiles;
  const { files } = await generate(narrow(pinned, first === undefined ? [] : [first]), {
    assets: await readAssets(),
    generator: GENERATOR,
  });
  return [await pinnedHash(), hashOf(files)];
}
