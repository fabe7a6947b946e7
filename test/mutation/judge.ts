import { CATEGORIES, type Category } from './category.js';
import { compileLiterals } from './compile.js';
import { type Exception, reasonFor } from './exceptions.js';
import type { Mutant } from './mutant.js';
import { jsonOf } from '../../generator/sample/node.js';
import type { Package, Subject } from './subject.js';
import { errorsOf, isAtOrAbove, loadValidators } from './validators.js';

/** The results for the mutants of one category. */
export interface Row {
  readonly category: Category;
  readonly mutants: number;
  readonly rejected: number;
  /** Those that were not rejected, with the known reason. */
  readonly accepted: readonly Accepted[];
}

/** A mutant that was not rejected. */
export interface Accepted {
  readonly profile: string;
  readonly mutant: Mutant;
  readonly reason: string | undefined;
  /** An issue that was reported at another place. */
  readonly note: string;
}

/** The results of a compiler or of validators for a package's instances and mutants. */
export interface Judgement {
  readonly by: Exception['by'];
  readonly instances: number;
  /** Valid instances that were rejected, with the reason. */
  readonly rejected: readonly string[];
  readonly rows: readonly Row[];
}

/**
 * Compiles literals: all valid instances, and the mutants whose faults types can see.
 *
 * @param opened the package
 * @param subjects its profiles with the selected mutants
 */
export async function judgeByCompiler(opened: Package, subjects: readonly Subject[]): Promise<Judgement> {
  const { workspace } = opened;
  const visible = subjects.map((subject) => subject.mutants.filter((mutant) => mutant.visible));
  // In one program, which checks each type once.
  const all = await compileLiterals(workspace, [
    ...opened.subjects.map(({ manifest, instances }) => ({
      profile: manifest,
      values: instances.map((instance) => jsonOf(instance.root)),
    })),
    ...subjects.map(({ manifest }, index) => ({
      profile: manifest,
      values: (visible[index] ?? []).map((mutant) => mutant.json),
    })),
  ]);
  const [valid, messages] = [all.slice(0, opened.subjects.length), all.slice(opened.subjects.length)];
  const verdicts = subjects.flatMap(({ manifest }, index) =>
    (visible[index] ?? []).map((mutant, at) => verdict(manifest.name, mutant, messages[index]?.has(at) === true, '')),
  );
  const rejected = opened.subjects.flatMap(({ manifest, instances }, index) =>
    [...(valid[index] ?? [])].map(([at, text]) => `${manifest.name}, ${instances[at]?.name ?? ''}: ${text}`),
  );
  return { by: 'compiler', instances: countOf(opened), rejected, rows: rowsOf('compiler', verdicts) };
}

/**
 * Validates all valid instances and all mutants. A mutant counts as rejected if an error is at the fault or above it.
 *
 * @param opened the package
 * @param subjects its profiles with the selected mutants
 */
export async function judgeByValidator(opened: Package, subjects: readonly Subject[]): Promise<Judgement> {
  const validatorOf = await loadValidators(opened.workspace);
  const rejected = opened.subjects.flatMap(({ manifest, instances }) => {
    const validate = validatorOf(manifest);
    return instances.flatMap((instance) => {
      const errors = errorsOf(validate(jsonOf(instance.root)));
      return errors.length === 0 ? [] : [`${manifest.name}, ${instance.name}: ${errors[0]?.diagnostics ?? ''}`];
    });
  });
  const verdicts = subjects.flatMap(({ manifest, mutants }) => {
    const validate = validatorOf(manifest);
    return mutants.map((mutant) => {
      const errors = errorsOf(validate(mutant.json));
      const isRejected = errors.some(({ expression }) => isAtOrAbove(expression, manifest.type, mutant.steps));
      return verdict(manifest.name, mutant, isRejected, errors[0]?.diagnostics ?? '');
    });
  });
  return { by: 'validator', instances: countOf(opened), rejected, rows: rowsOf('validator', verdicts) };
}

interface Verdict {
  readonly profile: string;
  readonly mutant: Mutant;
  readonly rejected: boolean;
  readonly note: string;
}

function verdict(profile: string, mutant: Mutant, rejected: boolean, note: string): Verdict {
  return { profile, mutant, rejected, note };
}

function countOf(opened: Package): number {
  return opened.subjects.reduce((sum, subject) => sum + subject.instances.length, 0);
}

function rowsOf(by: Exception['by'], verdicts: readonly Verdict[]): Row[] {
  return CATEGORIES.flatMap((category): Row[] => {
    const own = verdicts.filter((one) => one.mutant.category === category);
    const accepted = own
      .filter((one) => !one.rejected)
      .map(({ profile, mutant, note }): Accepted => ({ profile, mutant, note, reason: reasonFor(mutant, by) }));
    const row = { category, mutants: own.length, rejected: own.length - accepted.length, accepted };
    return own.length === 0 ? [] : [row];
  });
}

/** The share of rejected mutants, from 0 to 1. */
export function shareOf(rows: readonly Row[]): number {
  const mutants = rows.reduce((sum, row) => sum + row.mutants, 0);
  const rejected = rows.reduce((sum, row) => sum + row.rejected, 0);
  return mutants === 0 ? 1 : rejected / mutants;
}
