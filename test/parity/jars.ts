import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The version of HL7's validator in pom.xml. */
export const VALIDATOR_VERSION = '6.10.4';

/** The time limit of Maven in milliseconds: the jars are 160 MB. */
const TIME_LIMIT = 600_000;

/** The class path of the reference validator, or the reason in one line why there is none. */
export type Jars = { readonly classPath: string } | { readonly missing: string };

/**
 * HL7's validator, downloaded by Maven on the first run into a cache outside the repository, and the class that calls
 * it.
 */
export async function jars(): Promise<Jars> {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'fhir-profile-codegen', `validator-${VALIDATOR_VERSION}`);
  const lib = join(folder, 'lib');
  const classes = join(folder, 'classes');
  if (!(await isThere('java', '-version')) || !(await isThere('javac', '-version'))) {
    return { missing: 'Java 17 (java, javac) is not installed' };
  }
  mkdirSync(folder, { recursive: true });
  if (!existsSync(lib)) {
    if (!(await isThere('mvn', '-version'))) return { missing: `Maven is not installed and ${lib} does not exist` };
    const partial = `${lib}.partial`;
    rmSync(partial, { recursive: true, force: true });
    const words = ['-B', '-q', '-f', here('pom.xml'), 'dependency:copy-dependencies', '-DincludeScope=runtime'];
    try {
      await run('mvn', [...words, `-DoutputDirectory=${partial}`], { timeout: TIME_LIMIT });
    } catch {
      return { missing: `Maven cannot fetch HL7's validator ${VALIDATOR_VERSION} (is there a network?)` };
    }
    renameSync(partial, lib);
  }
  try {
    await run('javac', ['-proc:none', '-nowarn', '-cp', join(lib, '*'), '-d', classes, here('Reference.java')]);
  } catch (error) {
    return { missing: `javac cannot compile Reference.java: ${String(error).split('\n')[1] ?? ''}` };
  }
  return { classPath: [classes, join(lib, '*')].join(delimiter) };
}

function here(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

async function isThere(command: string, word: string): Promise<boolean> {
  try {
    await run(command, [word]);
    return true;
  } catch {
    return false;
  }
}
