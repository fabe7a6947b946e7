import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { byCodeUnit } from './order.js';
import type { TemplateTexts } from './render/templates.js';

/** Templates and runtime sources that generation reads from the installed generator. */
export interface Assets {
  readonly templates: TemplateTexts;
  /** Style sheets and scripts that a template includes, by file name. */
  readonly pages: ReadonlyMap<string, string>;
  /** Source files of the runtime, by file name. */
  readonly runtime: ReadonlyMap<string, string>;
  /** Files that replace some of them in one release of FHIR, by the name of the release: `r5` for `runtime-r5/`. */
  readonly releases: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Prefix of the folders that hold the runtime files of one release. */
const OF_RELEASE = 'runtime-';

/** Beside `generator/` in a checkout, and beside `dist/` in the published package. */
const FOLDERS = ['../templates/', '../../templates/'];

/**
 * Reads the templates and the runtime.
 *
 * @throws Error when the installation is not complete
 */
export async function readAssets(): Promise<Assets> {
  for (const folder of FOLDERS) {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    const names = await readdir(path).catch(() => undefined);
    if (names === undefined) continue;
    const templates = await texts(
      path,
      names.filter((name) => name.endsWith('.hbs')),
    );
    const pages = await texts(
      path,
      names.filter((name) => /\.(?:css|js)$/.test(name)),
    );
    const runtime = await texts(`${path}runtime/`, await readdir(`${path}runtime/`));
    const others = names.filter((name) => name.startsWith(OF_RELEASE)).map((name) => name.slice(OF_RELEASE.length));
    const releases = await Promise.all(
      others.map(async (name): Promise<[string, ReadonlyMap<string, string>]> => {
        const own = `${path}${OF_RELEASE}${name}/`;
        return [name, await texts(own, await readdir(own))];
      }),
    );
    return {
      templates: new Map([...templates].map(([name, text]) => [name.slice(0, -'.hbs'.length), text])),
      pages,
      runtime,
      releases: new Map(releases),
    };
  }
  throw new Error('the templates of the generator are missing: reinstall the package');
}

async function texts(folder: string, names: readonly string[]): Promise<Map<string, string>> {
  const sorted = [...names].sort(byCodeUnit);
  const read = sorted.map(async (name): Promise<[string, string]> => [
    name,
    await readFile(`${folder}${name}`, 'utf8'),
  ]);
  // A checkout on Windows may have CRLF line endings; the output has to be the same on every machine.
  return new Map((await Promise.all(read)).map(([name, text]) => [name, text.replace(/\r\n/g, '\n')]));
}
