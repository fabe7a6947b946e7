import { type Call, methodsOf, programOf, programText } from './builder-program.js';
import { compileLines, type Lines } from './compile.js';
import { leftOutInputs } from './leave-out.js';
import { brokenInputs, type Input, validInputs } from './mutate-inputs.js';
import type { Package, Subject } from './subject.js';
import type { Instance } from '../../generator/sample/synthesize.js';
import { validInstances } from './synthesize.js';
import { errorsOf, exportedFunction, loadPackage, type Validate } from './validators.js';
import type { Json } from '../../generator/fhir/json.js';

/** The results for inputs of `create`, or for programs of builders. */
export interface InputRow {
  readonly name: 'inputs' | 'builder programs';
  /** Valid ones, and those of them that are rejected or result in an invalid value. */
  readonly valid: number;
  readonly rejected: readonly string[];
  /** Those with a broken constraint, those of them that compile, and those of these that conform. */
  readonly broken: number;
  readonly compiled: number;
  readonly conforming: number;
  /** Those that compile and do not conform, where types cannot see the change. */
  readonly beyond: number;
  /** Those that compile and do not conform, unexpectedly. */
  readonly wrong: readonly string[];
  /** Profiles with an input that compiles without all that may be omitted, and profiles without such an input. */
  readonly leftOut: number;
  readonly neverLeftOut: readonly string[];
  /** Categories that are tried in every run, see {@link isKnown}. */
  readonly known: readonly string[];
}

/** One input or program. */
interface Trial {
  readonly input: Input;
  readonly profile: string;
  readonly line: string;
  readonly make: () => unknown;
  readonly validate: Validate;
}

/**
 * Tests that every input of `create` and every program of a builder that compiles results in a conforming value.
 *
 * @param opened the package
 * @param quota of broken inputs per kind of change
 */
export async function judgeInputs(opened: Package, quota: number): Promise<readonly InputRow[]> {
  const exported = await loadPackage(opened.workspace);
  const all = opened.subjects.map((subject) => ({ subject, ...inputsOf(opened, subject) }));
  const leftOut = leftOutInputs(
    opened.workspace,
    all.map(({ subject, instances }) => ({ head: headOf(subject, 'inputs'), instances })),
  );
  const chosen = sampledInputs(
    all.map(({ subject, inputs }, at) => ({ subject, inputs: [...inputs, ...(leftOut[at] ?? [])] })),
    quota,
  );
  const files = (['inputs', 'builder programs'] as const).flatMap((name) =>
    chosen.map(({ subject, inputs }) => {
      const trials = inputs.flatMap((input, index) => trialOf(opened, exported, subject, input, name, index));
      const lines: Lines = { head: headOf(subject, name), lines: trials.map((one) => one.line) };
      return { name, trials, lines };
    }),
  );
  const messages = await compileLines(
    opened.workspace,
    files.map((file) => file.lines),
  );
  return (['inputs', 'builder programs'] as const).map((name) =>
    rowOf(
      name,
      files.flatMap((file, at) =>
        file.name === name ? file.trials.map((trial, index) => ({ trial, message: messages[at]?.get(index) })) : [],
      ),
    ),
  );
}

/** Instances of a profile, created with named slices, and inputs of `create` for them. */
export interface Inputs {
  readonly instances: readonly Instance[];
  /** Valid inputs, and inputs with one change. */
  readonly inputs: readonly Input[];
}

const known = new WeakMap<Subject, Inputs>();

/**
 * Inputs of a profile; none if it is abstract.
 *
 * @param opened the package
 * @param subject the profile
 */
export function inputsOf(opened: Package, subject: Subject): Inputs {
  const inputs = known.get(subject) ?? makeInputs(opened, subject);
  known.set(subject, inputs);
  return inputs;
}

function makeInputs({ context }: Package, { manifest }: Subject): Inputs {
  const profile = context.profiles.get(manifest.url);
  if (profile === undefined || profile.abstract) return { instances: [], inputs: [] };
  const { instances } = validInstances(profile, context, { named: true });
  const tried = new Set<string>();
  const inputs = instances.flatMap((one) => [...validInputs(one), ...brokenInputs(one, context, tried)]);
  return { instances, inputs };
}

/** Mistakes for which earlier versions created resources that do not conform. */
function isKnown({ change, place, detail, form }: Input): boolean {
  if (form !== 'keyed') return false;
  return (
    (change === 'reference: wrong target' && place === 'Composition.subject') ||
    (change === 'extension: wrong value type' && detail === 'boolean' && /^Extension\b.*\.value\[x\]$/.test(place))
  );
}

/** Only some of the instances that differ in the type of a choice are used, as the rest of them is equal. */
function isAlwaysTried(input: Input): boolean {
  const { change, place } = input;
  const isValid = change === 'none' && (place === 'minimal' || place === 'full');
  return isValid || change === 'everything left out' || isKnown(input);
}

function sampledInputs(
  all: readonly { readonly subject: Subject; readonly inputs: readonly Input[] }[],
  quota: number,
): readonly { readonly subject: Subject; readonly inputs: readonly Input[] }[] {
  const counts = new Map<string, number>();
  const of = all.flatMap(({ inputs }) => inputs).filter((one) => !isAlwaysTried(one));
  for (const { change } of of) counts.set(change, (counts.get(change) ?? 0) + 1);
  const passed = new Map<string, number>();
  return all.map(({ subject, inputs }) => ({
    subject,
    inputs: inputs.filter((one) => {
      const { change } = one;
      if (isAlwaysTried(one)) return true;
      // Every n-th item, so that all profiles are represented.
      const every = Math.max(1, (counts.get(change) ?? 1) / quota);
      const at = passed.get(change) ?? 0;
      passed.set(change, at + 1);
      return Math.floor(at / every) !== Math.floor((at - 1) / every);
    }),
  }));
}

function headOf({ manifest }: Subject, name: InputRow['name']): string {
  const from = `from './generated/${manifest.module.slice(2)}'`;
  const { create, builder } = manifest.exports;
  return name === 'inputs'
    ? `import { ${create} as create } ${from}; type Input = Parameters<typeof create>[0];`
    : `import { ${builder} as Builder } ${from};`;
}

function trialOf(
  opened: Package,
  exported: ReadonlyMap<string, unknown>,
  { manifest }: Subject,
  input: Input,
  name: InputRow['name'],
  index: number,
): Trial[] {
  const { json } = input;
  const validate = exportedFunction(exported, manifest.exports.validate) as Validate;
  const shared = { input, profile: manifest.name, validate };
  if (name === 'inputs') {
    const create = exportedFunction(exported, manifest.exports.create);
    return [{ ...shared, line: `export const v${index}: Input = ${JSON.stringify(json)};`, make: () => create(json) }];
  }
  const calls = isBuildable(input) ? programOf(json, methodsOf(opened.workspace, manifest)) : undefined;
  if (calls === undefined) return [];
  const line = `export const v${index} = ${programText('Builder', calls)};`;
  return [{ ...shared, line, make: () => built(exported.get(manifest.exports.builder), calls) }];
}

/**
 * Builders do not see counts, because they take items one after the other; an unknown property is no call; and a
 * builder has no method for an array with items of several slices.
 */
function isBuildable({ json, change, place, form }: Input): boolean {
  const isCount = change === 'too few items' || change === 'max exceeded' || change === 'slice: more than max';
  if (change === 'array instead of one value, or the reverse' || form === 'json') return false;
  const isTop = !place.includes('.') || change !== 'unknown property';
  return json !== null && typeof json === 'object' && !Array.isArray(json) && !isCount && isTop;
}

function built(builder: unknown, calls: readonly Call[]): unknown {
  const made: unknown = Reflect.construct(builder as new () => unknown, []);
  // Each call creates a new builder.
  const last = calls.reduce((one, { method, values }) => called(one, method, values), made);
  return called(last, 'build', []);
}

function called(builder: unknown, method: string, values: readonly Json[]): unknown {
  const found: unknown = Reflect.get(builder as object, method);
  if (typeof found !== 'function') throw new Error(`there is no ${method}`);
  return Reflect.apply(found, builder, values) as unknown;
}

function rowOf(
  name: InputRow['name'],
  verdicts: readonly { readonly trial: Trial; readonly message: string | undefined }[],
): InputRow {
  const rejected: string[] = [];
  const wrong: string[] = [];
  const leftOut = new Map<string, boolean>();
  const known: string[] = [];
  const counts = { valid: 0, broken: 0, compiled: 0, conforming: 0, beyond: 0 };
  for (const { trial, message } of verdicts) {
    const { input, profile } = trial;
    const title = `${profile}, ${input.form}, ${input.change}, ${input.place}${input.detail && ` (${input.detail})`}`;
    if (input.change === 'none') {
      counts.valid++;
      // Whether a value may replace an item is decided by the type.
      if (message !== undefined && input.form === 'bare') continue;
      const fault = message ?? faultOf(trial);
      if (fault !== undefined) rejected.push(`${title}: ${fault.split('\n')[0] ?? ''}`);
      continue;
    }
    counts.broken++;
    if (isKnown(input)) known.push(title);
    if (input.change === 'everything left out') {
      leftOut.set(profile, leftOut.get(profile) === true || message === undefined);
    }
    if (message !== undefined) continue;
    counts.compiled++;
    const fault = faultOf(trial);
    if (fault === undefined) counts.conforming++;
    else if (!input.visible || isBeyondTypes(fault)) counts.beyond++;
    else wrong.push(`${title}: ${fault}`);
  }
  const never = [...leftOut].flatMap(([profile, isCompiled]) => (isCompiled ? [] : [profile]));
  return { name, ...counts, rejected, wrong, leftOut: leftOut.size - never.length, neverLeftOut: never, known };
}

/** Invariants and empty elements are left to validators. */
function isBeyondTypes(fault: string): boolean {
  return /^invariant |: must not be empty$/.test(fault);
}

/** The errors of the resulting value. */
function faultOf({ make, validate }: Trial): string | undefined {
  try {
    const [first] = errorsOf(validate(make()));
    return first && `${first.code} ${first.expression}: ${first.diagnostics}`;
  } catch (error) {
    return String(error);
  }
}

/**
 * The rows as a Markdown table.
 *
 * @param rows of a package
 */
export function inputTable(rows: readonly InputRow[]): string {
  const share = ({ compiled, beyond, conforming }: InputRow): string =>
    compiled === beyond ? '' : `${((100 * conforming) / (compiled - beyond)).toFixed(1)} %`;
  const lines = rows.map((row) =>
    [
      row.name,
      row.valid - row.rejected.length,
      row.valid,
      row.broken,
      row.compiled,
      row.beyond,
      row.conforming,
      share(row),
    ].join(' | '),
  );
  return [
    '| | valid: created and accepted | of | changed | compile | beyond types | conform when created | |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

/**
 * Rows of several packages as one.
 *
 * @param rows of the same name
 * @throws if there is none
 */
export function joinedRows(rows: readonly InputRow[]): InputRow {
  return rows.reduce((sum, row) => ({
    name: row.name,
    valid: sum.valid + row.valid,
    rejected: [...sum.rejected, ...row.rejected],
    broken: sum.broken + row.broken,
    compiled: sum.compiled + row.compiled,
    conforming: sum.conforming + row.conforming,
    beyond: sum.beyond + row.beyond,
    wrong: [...sum.wrong, ...row.wrong],
    leftOut: sum.leftOut + row.leftOut,
    neverLeftOut: [...sum.neverLeftOut, ...row.neverLeftOut],
    known: [...sum.known, ...row.known],
  }));
}
