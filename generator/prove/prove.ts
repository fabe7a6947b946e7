import type { Assets } from '../assets.js';
import { type CompareOptions, type Comparison, matchedSides } from '../compare.js';
import type { Matching } from '../diff/match.js';
import type { Proof } from '../diff/proof.js';
import { CodegenError } from '../errors.js';
import type { SideModel } from '../diff/side.js';
import { valueSetUses } from '../diff/use.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import { baseTypesOf } from '../render/base-types.js';
import type { GeneratedFile } from '../render/file.js';
import { runtimeFiles } from '../render/runtime-files.js';
import { compileTemplates } from '../render/templates.js';
import { emptyProject, ROOT } from '../verify/project.js';
import { compiled, type MovedCanonicals } from './compile.js';
import { disagreements } from './disagreement.js';
import { programFiles } from './files.js';

/** What changed, and whether the compiler confirms the verdicts. */
export interface Proven extends Comparison {
  readonly proof: Proof;
}

/**
 * Generates the models of both sides and checks with the compiler what no longer compiles: every type that a module of
 * the old side exports is assigned to its replacement, and back. The verdict of a change has to be `breaks-compile` if
 * and only if the compiler rejects one of these assignments, or an export was removed.
 *
 * @param old the snapshot that programs were written for
 * @param next the snapshot to move to
 * @param assets templates and runtime
 * @param options what the user knows about the two sides
 * @throws CodegenError when the sides use different releases of FHIR
 */
export async function prove(
  old: PinnedSnapshot,
  next: PinnedSnapshot,
  assets: Assets,
  options: CompareOptions = {},
): Promise<Proven> {
  if (
    baseTypesOf('@types/fhir', old.fhirVersion).specifier !== baseTypesOf('@types/fhir', next.fhirVersion).specifier
  ) {
    const versions = `${old.fhirVersion} and ${next.fhirVersion}`;
    throw new CodegenError(`FHIR ${versions} have different types: the verdicts cannot be proven`);
  }
  const { before, after, matching, units, comparison } = matchedSides(old, next, options);
  const project = await emptyProject(programFiles(before.modules, after.modules, runtimeOf(next, assets)));
  const { statements, failing } = compiled(project, ROOT, units, movedCanonicals(matching));
  const proof = {
    units: units.length,
    statements,
    disagreements: disagreements(units, comparison.changes, failing, bindersOf(before, after, matching)),
  };
  return {
    changes: comparison.changes,
    get declarations() {
      return comparison.declarations;
    },
    proof,
  };
}

/** Profiles that bind a value set on either side, by the canonicals that changes use. */
function bindersOf(
  before: SideModel,
  after: SideModel,
  { translate }: Matching,
): (valueSet: string) => ReadonlySet<string> {
  const binders = new Map<string, Set<string>>();
  const add = (valueSet: string, profiles: Iterable<string>): void => {
    binders.set(valueSet, new Set([...(binders.get(valueSet) ?? []), ...profiles]));
  };
  for (const [url, { canonicals }] of valueSetUses(before.model)) {
    // A removed value set keeps its canonical.
    for (const one of [url, translate(url)]) add(one, [...canonicals].map(translate));
  }
  for (const [url, { canonicals }] of valueSetUses(after.model)) add(url, canonicals);
  return (valueSet) => binders.get(valueSet) ?? new Set();
}

/** Profiles that have another canonical on the new side. */
function movedCanonicals({ profiles }: Matching): MovedCanonicals {
  const moved = profiles.flatMap(({ before, after }) =>
    before === undefined || after === undefined || before.url === after.url ? [] : [{ from: before.url, to: after }],
  );
  return {
    all: new Map(moved.map(({ from, to }) => [from, to.url])),
    extensions: new Set(moved.flatMap(({ to }) => (to.type === 'Extension' ? [to.url] : []))),
  };
}

/** The runtime files, as generated beside the models. */
function runtimeOf(
  { fhirVersion }: PinnedSnapshot,
  { templates, runtime, releases }: Assets,
): readonly GeneratedFile[] {
  const { template, specifier } = baseTypesOf('@types/fhir', fhirVersion);
  const fhir = compileTemplates(templates)(template, { specifier });
  return [...runtimeFiles(runtime, releases, fhirVersion), ['fhir.ts', fhir] as const].map(
    ([name, content]): GeneratedFile => ({ path: `runtime/${name}`, content }),
  );
}
