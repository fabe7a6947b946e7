import fc from 'fast-check';
import { jsonOf } from '../../generator/sample/node.js';
import type { Json } from '../../generator/fhir/json.js';
import { compileLiterals } from './compile.js';
import { normalise } from './normalise.js';
import { materialOf, randomEdits, withEdits } from './random-edit.js';
import type { Package } from './subject.js';
import { errorsOf, loadValidators } from './validators.js';

/** Codes of lists over 100 codes of FHIR's own datatypes are not checked. */
const LONG_LIST = /is not assignable to type '[^']*"Any"[^']*'/;
/** A reference whose text does not show the type of its target has a separate type, which literals cannot have. */
const UNTYPED =
  /^[^\n]*"https:\/\/example\.org\/uri"' is not assignable to type .*(?:ReferenceText|UncheckedReference)/;

/** The results for instances that were changed at random. */
export interface SoundnessRow {
  /** Changed instances that guards accept. */
  readonly accepted: number;
  /** Those of them that do not have the type, and why. */
  readonly wrong: readonly string[];
}

/**
 * Whether every value that a complete guard accepts has the type that the guard states. Valid instances are changed at random;
 * those that the guard still accepts are compiled as literals of the type, with their arrays in the order of literals.
 *
 * @param opened the package
 * @param runs how many changed instances
 * @param seed of the random changes
 */
export async function judgeSoundness(opened: Package, runs: number, seed: number): Promise<SoundnessRow> {
  const { context, subjects, workspace } = opened;
  const validatorOf = await loadValidators(workspace);
  const instances = subjects.flatMap((subject) =>
    subject.instances.map((instance) => ({ subject, json: jsonOf(instance.root) })),
  );
  const material = materialOf(instances.map(({ json }) => json));
  const accepted = new Map(subjects.map((subject) => [subject, new Map<string, Json>()]));
  fc.assert(
    fc.property(fc.nat(), randomEdits, (at, edits) => {
      const instance = instances[at % instances.length];
      if (instance === undefined) return;
      const value = withEdits(instance.json, edits, material);
      const isOriginal = JSON.stringify(value) === JSON.stringify(instance.json);
      const issues = validatorOf(instance.subject.manifest)(value, { complete: true });
      if (errorsOf(issues).length === 0 && !isOriginal) {
        accepted.get(instance.subject)?.set(JSON.stringify(value), value);
      }
    }),
    { seed, numRuns: runs },
  );
  const literals = subjects.map((subject) => ({
    profile: subject.manifest,
    values: [...(accepted.get(subject)?.values() ?? [])].map((json) => {
      const profile = context.profiles.get(subject.manifest.url);
      return profile === undefined ? json : normalise(json, profile, context);
    }),
  }));
  const messages = await compileLiterals(workspace, literals);
  const wrong = literals.flatMap(({ profile, values }, index) =>
    [...(messages[index] ?? [])].map(([at, text]) => `${profile.name}: ${text}\n${JSON.stringify(values[at])}`),
  );
  return {
    accepted: literals.reduce((sum, { values }) => sum + values.length, 0),
    wrong: wrong.filter((text) => !LONG_LIST.test(text) && !UNTYPED.test(text)),
  };
}
