import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Assets } from '../assets.js';
import type { Run } from '../config/plan.js';
import { programHash } from './program.js';
import { hashOf } from './record.js';
import { isPinnedFile } from './source.js';
import type { Surroundings } from './surroundings.js';

/**
 * A hash of everything that a generation depends on: the program, its templates, the facts and the options. The ledger
 * of names is not part of it: it is a file of the output.
 *
 * @param run any
 * @param assets templates and runtime
 * @param surroundings the environment of the run
 * @returns `undefined` for a package, whose content is known only after loading, and when something cannot be read
 */
export function keyOf(
  { spec, also, profiles, patterns, options }: Run,
  { templates, runtime, releases }: Assets,
  { project, cwd, limits }: Surroundings,
): string | undefined {
  if (also !== undefined || (spec !== undefined && !isPinnedFile(spec))) return undefined;
  const path = spec === undefined ? project.pinned : resolve(cwd, spec);
  try {
    return hashOf(
      programHash(),
      JSON.stringify([project.identity, path, profiles, patterns ?? null, options, limits ?? null]),
      readFileSync(path),
      ...[templates, runtime, ...releases.values()].flatMap((texts) => [...texts].flat()),
    );
  } catch {
    return undefined;
  }
}
