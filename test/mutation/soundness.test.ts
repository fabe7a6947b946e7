import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileLiterals } from './compile.js';
import { constructedGuide } from './constructed-profiles.js';
import { jsonOf } from '../../generator/sample/node.js';
import { normalise } from './normalise.js';
import { materialOf, randomEdits, withEdits } from './random-edit.js';
import { openPackage, type Package, pinnedSnapshot } from './subject.js';
import { errorsOf, loadValidators } from './validators.js';
import type { Json } from '../../generator/fhir/json.js';

/**
 * Guards are sound: every value that a guard accepts has its type. Valid instances are changed at random; each value
 * that the guard still accepts is compiled as a literal of the type, with arrays in the order of literals.
 */
const GUIDES = [
  { name: 'the pinned guide', snapshot: pinnedSnapshot, runs: Number(process.env['FUZZ_RUNS'] ?? 3000) },
  { name: 'the constructed guide', snapshot: constructedGuide, runs: Number(process.env['FUZZ_RUNS'] ?? 2000) },
];
/** Codes of lists over 100 codes of FHIR's own datatypes are not checked. */
const LONG_LIST = /is not assignable to type '"string" \| "boolean" \| .* more \.\.\. \| "Any"'/;
/** A reference whose text does not show the type of its target has a type of its own, which literals cannot have. */
const UNTYPED =
  /^[^\n]*"https:\/\/example\.org\/uri"' is not assignable to type .*(?:ReferenceText|UncheckedReference)/;
const SEED = 20261124;

describe.each(GUIDES)('$name', ({ snapshot, runs }) => {
  let opened: Package;
  beforeAll(async () => {
    opened = await openPackage(snapshot());
  }, 600_000);
  afterAll(() => opened.workspace.close());

  it('has guards that, if asked to be complete, guarantee everything in the type', { timeout: 600_000 }, async () => {
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
      { seed: SEED, numRuns: runs },
    );
    const literals = subjects.map((subject) => ({
      profile: subject.manifest,
      values: [...(accepted.get(subject)?.values() ?? [])].map((json) => {
        const profile = context.profiles.get(subject.manifest.url);
        return profile === undefined ? json : normalise(json, profile, context);
      }),
    }));
    const messages = compileLiterals(workspace, literals);
    const lies = literals.flatMap(({ profile, values }, index) =>
      [...(messages[index] ?? [])].map(([at, text]) => `${profile.name}: ${text}\n${JSON.stringify(values[at])}`),
    );
    expect(lies.filter((text) => !LONG_LIST.test(text) && !UNTYPED.test(text))).toEqual([]);
    // Enough changed values are accepted for a meaningful test.
    const count = literals.reduce((sum, { values }) => sum + values.length, 0);
    expect(count).toBeGreaterThan(100);
  });
});
