import type { Assets } from '../assets.js';
import { sidesOf } from '../compare.js';
import type { Change } from '../diff/change.js';
import { diff } from '../diff/diff.js';
import { unitPairs } from '../diff/exports.js';
import { match } from '../diff/match.js';
import { generate } from '../generate.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import type { GeneratorIdentity } from '../render/manifest.js';
import { projectOf, ROOT } from '../verify/project.js';
import { bothSides, compiled } from './compile.js';
import { type Disagreement, disagreements } from './disagreement.js';

/** What the compiler says of the verdicts of a comparison. */
export interface Proof {
  readonly changes: readonly Change[];
  /** Profiles and value sets that the old side exports. */
  readonly units: number;
  /** Assignments between types of the two sides. */
  readonly statements: number;
  /** Where verdicts and compiler differ. */
  readonly disagreements: readonly Disagreement[];
}

/** What the models of both sides are made with. */
export interface ProofOptions {
  readonly assets: Assets;
  readonly generator: GeneratorIdentity;
}

/**
 * Generates the models of both sides and lets the compiler say what no longer compiles: every type that a module of the
 * old side exports is assigned to the one that stands in its place, and back. The verdict of a change is
 * `breaks-compile` if and only if the compiler refuses one of these assignments, or an export is gone.
 *
 * @param old the snapshot that programs were written for
 * @param next the snapshot that they shall move to
 * @param options see there
 */
export async function prove(old: PinnedSnapshot, next: PinnedSnapshot, options: ProofOptions): Promise<Proof> {
  const { before, after, ledger } = sidesOf(old, next);
  const changes = diff(before, after);
  const matching = match(before.model, after.model);
  const units = unitPairs(matching, before, after);
  const [was, is] = [await generate(old, options), await generate(next, { ...options, ledger })];
  const project = await projectOf(bothSides(was.files, is.files));
  const canonicals = new Map(
    matching.profiles.flatMap(({ before: from, after: to }): [string, string][] =>
      from === undefined || to === undefined || from.url === to.url ? [] : [[from.url, to.url]],
    ),
  );
  const { statements, failing } = compiled(project, ROOT, units, canonicals);
  return { changes, units: units.length, statements, disagreements: disagreements(units, changes, failing) };
}
