import type { ManifestProfile } from '../../generator/render/manifest.js';
import type { Json } from '../../generator/fhir/json.js';
import { type Call, programOf } from './builder-program.js';
import { groupedBy } from '../../generator/order.js';
import { membersOf } from '../../generator/sample/matches.js';

/** An expression of a program, and its value when executed. */
export interface Expression {
  readonly text: string;
  readonly run: (api: Api) => unknown;
}

/** The exports that programs call: those of a profile's module, and of the runtime. */
export interface Api {
  readonly own: ReadonlyMap<string, unknown>;
  readonly append: (items: unknown, ...more: readonly unknown[]) => unknown;
}

/** The parts of programs for a profile. */
export interface ProgramParts {
  readonly profile: ManifestProfile;
  /** Inputs of `create`, valid ones first. */
  readonly inputs: readonly Json[];
  /** The number of valid ones. */
  readonly valid: number;
  /** The calls of builders that create valid values. */
  readonly complete: readonly (readonly Call[])[];
  /** Calls by method, for these and for broken inputs. */
  readonly calls: ReadonlyMap<string, readonly Call[]>;
  /** Members of values: property → values. */
  readonly members: ReadonlyMap<string, readonly Json[]>;
  /** Functions that write slices of the profile itself, with items for each. */
  readonly writers: ReadonlyMap<string, readonly (readonly Json[])[]>;
}

/** Random numbers, of which each choice takes the next. */
export class RandomChoices {
  readonly #drawn: readonly number[];
  #at = 0;

  constructor(drawn: readonly number[]) {
    this.#drawn = drawn;
  }

  /** A number from 0 to below a limit. */
  below(limit: number): number {
    return (this.#drawn[this.#at++ % this.#drawn.length] ?? 0) % Math.max(1, limit);
  }

  /** One of some items. */
  one<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items];
    return items.flatMap(() => rest.splice(this.below(rest.length), 1));
  }
}

/** The first line of a file of programs: compile errors are counted from the second line on. */
export function programHead({ exports, module }: ManifestProfile): string {
  const from = `'./generated/${module.slice(2)}'`;
  return [
    `import { ${exports.builder} as Builder, ${exports.create} as create, type ${exports.interface} as T } from ${from};`,
    `import * as Own from ${from};`,
    `import { append } from './generated/runtime/index.js';`,
    'export declare const yes: boolean;',
    'export type Input = Parameters<typeof create>[0];',
    'export const discard = <B>(b: B, f: (b: B) => unknown): B => (f(b), b);',
    'export const either = <B, C, D>(b: B, f: (b: B) => C, g: (b: B) => D): C | D => (yes ? f(b) : g(b));',
    'export const edit = (v: T, f: (v: T) => T): T => f(v);',
    'export const used = { Builder, Own, append };',
  ].join(' ');
}

/**
 * The parts of programs.
 *
 * @param profile of the manifest
 * @param methods of its builder
 * @param given valid inputs, and broken ones
 * @param values the results of `create` for the valid ones
 * @param writers names of the functions of its module that write slices
 */
export function partsOf(
  profile: ManifestProfile,
  methods: Parameters<typeof programOf>[1],
  given: { readonly valid: readonly Json[]; readonly broken: readonly Json[] },
  values: readonly Json[],
  writers: readonly string[],
): ProgramParts {
  const inputs = [...given.valid, ...given.broken];
  const programs = inputs.map((json) => (isObject(json) ? programOf(json, methods) : undefined));
  const calls = grouped(programs.flatMap((all) => (all ?? []).map((call) => [call.method, call] as const)));
  return {
    profile,
    inputs,
    valid: given.valid.length,
    complete: programs.slice(0, given.valid.length).flatMap((all) => (all === undefined ? [] : [all])),
    calls,
    members: grouped(values.flatMap((value) => [...membersOf(value)])),
    writers: new Map(
      writers.map((name) => [name, (calls.get(name.replace(/^with/, 'add')) ?? []).map(({ values: items }) => items)]),
    ),
  };
}

function isObject(json: Json): boolean {
  return json !== null && typeof json === 'object' && !Array.isArray(json);
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  return new Map(groupedBy(pairs, ([key]) => key).map((group) => [group[0][0], group.map(([, value]) => value)]));
}

/**
 * A program that creates a value.
 *
 * @param parts its parts
 * @param random random choices
 * @returns `undefined` if the profile has no suitable parts
 */
export function randomProgram(parts: ProgramParts, random: RandomChoices): Expression | undefined {
  switch (random.below(4)) {
    case 0:
      return builderProgram(parts, random);
    case 1:
      return fromProgram(parts, random);
    case 2:
      return editProgram(parts, random);
    default:
      return keyedProgram(parts, random);
  }
}

/**
 * A builder from the start: the calls of a valid value in any order, sometimes without one, with other calls between.
 */
function builderProgram(parts: ProgramParts, random: RandomChoices): Expression | undefined {
  const complete = random.one(parts.complete);
  if (complete === undefined) return undefined;
  const calls = random.shuffled(complete).slice(random.below(6) === 0 ? 1 : 0);
  for (let more = random.below(4); more > 0; more--) {
    const call = anyCall(parts, random);
    if (call !== undefined) calls.splice(random.below(calls.length + 1), 0, call);
  }
  const start: Expression = {
    text: 'new Builder()',
    run: ({ own }) => Reflect.construct(own.get(parts.profile.exports.builder) as new () => object, []),
  };
  return built(calls.reduce((before, call) => step(before, call, parts, random), start));
}

/** A builder that starts from a value. */
function fromProgram(parts: ProgramParts, random: RandomChoices): Expression | undefined {
  const value = created(parts, random.one(parts.inputs.slice(0, parts.valid)));
  if (value === undefined) return undefined;
  let last: Expression = {
    text: `Builder.from(${value.text})`,
    run: (api) => called(api.own.get(parts.profile.exports.builder), 'from', [value.run(api)]),
  };
  for (let more = 1 + random.below(4); more > 0; more--) {
    const call = anyCall(parts, random);
    if (call !== undefined) last = step(last, call, parts, random);
  }
  return built(last);
}

function built(builder: Expression): Expression {
  return { text: `${builder.text}.build()`, run: (api) => called(builder.run(api), 'build', []) };
}

function anyCall({ calls }: ProgramParts, random: RandomChoices): Call | undefined {
  return random.one(calls.get(random.one([...calls.keys()]) ?? '') ?? []);
}

/** A call: as it is, on a discarded branch, as one of two branches, with `undefined`, with an array. */
function step(before: Expression, call: Call, parts: ProgramParts, random: RandomChoices): Expression {
  const plain = calling(call.method, call.values);
  const way = random.below(10);
  if (way === 0) {
    return {
      text: `discard(${before.text}, (b) => b${plain.text})`,
      run: (api) => {
        const builder = before.run(api);
        plain.on(builder);
        return builder;
      },
    };
  }
  const other = anyCall(parts, random);
  if (way === 1 && other !== undefined) {
    const first = random.below(2) === 0;
    const second = calling(other.method, other.values);
    return {
      text: `either(${before.text}, (b) => b${plain.text}, (b) => b${second.text})`,
      run: (api) => (first ? plain : second).on(before.run(api)),
    };
  }
  const one = way === 2 ? calling(call.method, [undefined]) : way === 3 ? calling(call.method, [call.values]) : plain;
  return { text: before.text + one.text, run: (api) => one.on(before.run(api)) };
}

function calling(
  method: string,
  values: readonly unknown[],
): { readonly text: string; readonly on: (builder: unknown) => unknown } {
  const args = values.map((value) => (value === undefined ? 'undefined' : JSON.stringify(value))).join(', ');
  return { text: `.${method}(${args})`, on: (builder) => called(builder, method, values) };
}

function called(object: unknown, method: string, values: readonly unknown[]): unknown {
  const found: unknown = Reflect.get(object as object, method);
  if (typeof found !== 'function') throw new Error(`there is no ${method}`);
  return Reflect.apply(found, object, values) as unknown;
}

function created({ profile }: ProgramParts, json: Json | undefined): Expression | undefined {
  if (json === undefined) return undefined;
  return {
    text: `create(${JSON.stringify(json)})`,
    run: ({ own }) => (own.get(profile.exports.create) as (input: Json) => unknown)(json),
  };
}

/** An input with members of other inputs, or without some of its own. */
function keyedProgram(parts: ProgramParts, random: RandomChoices): Expression | undefined {
  const members = membersOf(random.one(parts.inputs.slice(0, parts.valid)) ?? null);
  for (let more = 1 + random.below(4); more > 0; more--) {
    const others = [...membersOf(random.one(parts.inputs) ?? null)];
    const [key, value] = random.one(others) ?? ['', null];
    if (random.below(6) === 0) members.delete(key);
    else if (key !== '') members.set(key, value);
  }
  return created(parts, Object.fromEntries(members));
}

/** An edited value: members are replaced or omitted, items appended, slices written. */
function editProgram(parts: ProgramParts, random: RandomChoices): Expression | undefined {
  let last = created(parts, random.one(parts.inputs.slice(0, parts.valid)));
  for (let more = 1 + random.below(3); last !== undefined && more > 0; more--) last = edited(last, parts, random);
  return last;
}

function edited(before: Expression, { members, writers }: ProgramParts, random: RandomChoices): Expression {
  const writer = random.one([...writers]);
  const items = random.one(writer?.[1] ?? []);
  if (writer !== undefined && items !== undefined && random.below(2) === 0) {
    const [name] = writer;
    return {
      text: `edit(${before.text}, (v) => Own.${name}(v, ${items.map((item) => JSON.stringify(item)).join(', ')}))`,
      run: (api) => (api.own.get(name) as (...values: unknown[]) => unknown)(before.run(api), ...items),
    };
  }
  const key = random.one([...members.keys()].filter((name) => name !== 'resourceType' && name !== 'meta')) ?? '';
  const value = random.one(members.get(key) ?? []);
  const item = Array.isArray(value) ? random.one(value as readonly Json[]) : undefined;
  if (item !== undefined && random.below(2) === 0) {
    const isSpread = random.below(2) === 0;
    const list = `v.${key}`;
    const more = JSON.stringify(item);
    const text = isSpread ? `[...(${list} ?? []), ${more}]` : `append(${list}!, ${more})`;
    return {
      text: `edit(${before.text}, (v) => ({ ...v, ${key}: ${text} }))`,
      run(api) {
        const old = before.run(api) as Record<string, unknown>;
        const there = old[key] ?? [];
        return { ...old, [key]: isSpread ? [...(there as unknown[]), item] : api.append(there, item) };
      },
    };
  }
  const replaced = random.below(5) === 0 ? undefined : value;
  return {
    text: `edit(${before.text}, (v) => ({ ...v, ${key}: ${JSON.stringify(replaced) ?? 'undefined'} }))`,
    run: (api) => ({ ...(before.run(api) as object), [key]: replaced }),
  };
}
