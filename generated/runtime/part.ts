import { complete } from './complete.js';
import type { Completion, ProfileCompletion, SliceCompletion } from './completion.js';
import { copyOf } from './copy.js';
import { missingParts } from './create.js';
import { ProfileError } from './error.js';
import type { Issue } from './issue.js';
import type { JsonObject } from './json.js';
import { type Parsed, parse } from './parse.js';
import { sortedItems } from './reader.js';
import type { ValidateOptions } from './run.js';
import { type Shape, shapeOfProfile } from './shape.js';

/** A part of a profile: the profile itself, or an element with members of its own. */
export interface Part {
  readonly completion: ProfileCompletion;
  /** Names of the elements that lead to the part: none for the profile itself. */
  readonly steps: readonly string[];
}

/**
 * Finds a part by its path.
 *
 * @param completion of the profile
 * @param path `series.instance`; empty for the profile itself
 */
export function partOf(completion: ProfileCompletion, path: string): Part {
  return { completion, steps: path === '' ? [] : path.split('.') };
}

/** The JSON members of the choice that a member belongs to. */
export function optionsOf({ completion, steps }: Part, member: string): readonly string[] {
  return (
    shapeAt(completion, steps)
      ?.members.get(member)
      ?.members.map(({ json }) => json) ?? [member]
  );
}

/** The shape of an element of the FHIR type. */
export function shapeAt({ table }: ProfileCompletion, steps: readonly string[]): Shape | undefined {
  return steps.reduce((shape, step) => shape?.members.get(step)?.shape(), shapeOfProfile(table));
}

/**
 * The items of an array by the keys of their slices; items of no slice, or of an undecided one, under the empty string.
 *
 * @param name of the array in the part
 * @param items of the array
 */
export function slicesAt({ completion, steps }: Part, name: string, items: readonly unknown[]): Map<string, unknown[]> {
  const slices = slicesOf(completion, [...steps, name]);
  const rest = new Set(items);
  const sorted = new Map<string, unknown[]>();
  for (const [slice, own] of sortedItems(completion.table, [...steps, name], { [name]: items })) {
    const known = slices.find((each) => (each.name ?? each.key) === slice);
    if (known === undefined || own.length === 0) continue;
    sorted.set(known.key, [...own]);
    for (const item of own) rest.delete(item);
  }
  return sorted.set(
    '',
    items.filter((item) => rest.has(item)),
  );
}

/** The slices that an input may name. */
export function slicesOf(completion: Completion, steps: readonly string[]): readonly SliceCompletion[] {
  let here: Completion | undefined = completion;
  for (const step of steps.slice(0, -1)) here = here?.members?.[step]?.item;
  return here?.members?.[steps.at(-1) ?? '']?.slices ?? [];
}

/**
 * Checks that an input has all required parts.
 *
 * @param input of `create`, for the part
 * @returns a copy of the input
 * @throws {ProfileError} when a required part is missing, and as `complete` does
 */
export function createPart(part: Part, input: JsonObject): JsonObject {
  const { table } = part.completion;
  const missing = within(part, missingParts(table, complete(part.completion, around(part, input))));
  if (missing.length > 0) throw new ProfileError(table.url, missing);
  return copyOf(input);
}

/**
 * Validates an input.
 *
 * @param input of `create`, for the part
 * @returns for the profile itself the result of `create`, for any other part a copy of the input; or the issues
 */
export function parsePart<T>(part: Part, input: JsonObject, options?: ValidateOptions | null): Parsed<T> {
  const { table } = part.completion;
  try {
    const made = complete(part.completion, around(part, input));
    const parsed = parse<T>(table, made, options);
    if (part.steps.length === 0) return parsed;
    const issues = within(part, parsed.issues);
    if (issues.some(({ severity }) => severity === 'error')) return { ok: false, issues };
    return { ok: true, value: copyOf(input) as T, issues };
  } catch (error) {
    if (error instanceof ProfileError) return { ok: false, issues: error.issues };
    throw error;
  }
}

/** A value of the profile that has only this part. */
function around(part: Part, input: JsonObject): JsonObject {
  return part.steps.reduceRight<JsonObject>(
    (inner, step, index) => ({ [step]: isList(part, index) ? [inner] : inner }),
    input,
  );
}

/** Whether a step on the way to the part leads to an array. */
function isList({ completion, steps }: Part, index: number): boolean {
  return shapeAt(completion, steps.slice(0, index))?.members.get(steps[index] ?? '')?.list !== false;
}

/** The issues within the part, without the indexes that lead to it. */
function within(part: Part, issues: readonly Issue[]): readonly Issue[] {
  const { completion, steps } = part;
  const { type } = completion.table;
  const path = [type, ...steps].join('.');
  const indexed = [type, ...steps.map((step, index) => (isList(part, index) ? `${step}[0]` : step))].join('.');
  return issues.flatMap((issue): Issue[] => {
    const { expression } = issue;
    if (expression !== indexed && !expression.startsWith(`${indexed}.`)) return [];
    return [{ ...issue, expression: path + expression.slice(indexed.length) }];
  });
}
