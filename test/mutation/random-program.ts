import type { ManifestProfile } from '../../generator/render/manifest.js';
import type { Json } from '../../generator/fhir/json.js';
import { type Call, programOf } from './builder-program.js';
import { groupedBy } from '../../generator/order.js';
import { membersOf } from '../../generator/sample/matches.js';

/** An expression of a program, and what it gives when it is run. */
export interface Expression {
  readonly text: string;
  readonly run: (api: Api) => unknown;
}

/** What programs call: the exports of a profile's module, and of the runtime. */
export interface Api {
  readonly own: ReadonlyMap<string, unknown>;
  readonly append: (items: unknown, ...more: readonly unknown[]) => unknown;
}

/** What the programs of a profile are made of. */
export interface ProgramParts {
  readonly profile: ManifestProfile;
  /** Inputs of `create`, valid ones first. */
  readonly inputs: readonly Json[];
  /** How many of them are valid. */
  readonly valid: number;
  /** The calls of builders that give valid values. */
  readonly complete: readonly (readonly Call[])[];
  /** Calls by method: of these, and of broken inputs. */
  readonly calls: ReadonlyMap<string, readonly Call[]>;
  /** Members of values: property → what is seen there. */
  readonly members: ReadonlyMap<string, readonly Json[]>;
  /** Functions that write slices of the profile itself, and the items that they are given. */
  readonly writers: ReadonlyMap<string, readonly (readonly Json[])[]>;
}

/** Numbers that were drawn, of which each choice takes the next. */
export class Lots {
  readonly #drawn: readonly number[];
  #at = 0;

  constructor(drawn: readonly number[]) {
    this.#drawn = drawn;
  }

  /** A number from 0 on, below a limit. */
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

/** What a file of programs starts with, in one line: compile errors are counted from the second on. */
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
 * @param values what `create` makes of the valid ones
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
 * A program that makes a value.
 *
 * @param parts what it is made of
 * @param lots what decides
 * @returns `undefined` when the profile has nothing to make one of
 */
export function randomProgram(parts: ProgramParts, lots: Lots): Expression | undefined {
  switch (lots.below(4)) {
    case 0:
      return builderProgram(parts, lots);
    case 1:
      return fromProgram(parts, lots);
    case 2:
      return editProgram(parts, lots);
    default:
      return keyedProgram(parts, lots);
  }
}

/** A builder from its beginning: the calls of a valid value in any order, sometimes without one, with others between. */
function builderProgram(parts: ProgramParts, lots: Lots): Expression | undefined {
  const complete = lots.one(parts.complete);
  if (complete === undefined) return undefined;
  const calls = lots.shuffled(complete).slice(lots.below(6) === 0 ? 1 : 0);
  for (let more = lots.below(4); more > 0; more--) {
    const call = anyCall(parts, lots);
    if (call !== undefined) calls.splice(lots.below(calls.length + 1), 0, call);
  }
  const start: Expression = {
    text: 'new Builder()',
    run: ({ own }) => Reflect.construct(own.get(parts.profile.exports.builder) as new () => object, []),
  };
  return built(calls.reduce((before, call) => step(before, call, parts, lots), start));
}

/** A builder that starts from a value. */
function fromProgram(parts: ProgramParts, lots: Lots): Expression | undefined {
  const value = created(parts, lots.one(parts.inputs.slice(0, parts.valid)));
  if (value === undefined) return undefined;
  let last: Expression = {
    text: `Builder.from(${value.text})`,
    run: (api) => called(api.own.get(parts.profile.exports.builder), 'from', [value.run(api)]),
  };
  for (let more = 1 + lots.below(4); more > 0; more--) {
    const call = anyCall(parts, lots);
    if (call !== undefined) last = step(last, call, parts, lots);
  }
  return built(last);
}

function built(builder: Expression): Expression {
  return { text: `${builder.text}.build()`, run: (api) => called(builder.run(api), 'build', []) };
}

function anyCall({ calls }: ProgramParts, lots: Lots): Call | undefined {
  return lots.one(calls.get(lots.one([...calls.keys()]) ?? '') ?? []);
}

/** A call: as it is, of a branch that is thrown away, as one of two branches, of nothing, of an array. */
function step(before: Expression, call: Call, parts: ProgramParts, lots: Lots): Expression {
  const plain = calling(call.method, call.values);
  const way = lots.below(10);
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
  const other = anyCall(parts, lots);
  if (way === 1 && other !== undefined) {
    const first = lots.below(2) === 0;
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

/** An input with members of others, or without some of its own. */
function keyedProgram(parts: ProgramParts, lots: Lots): Expression | undefined {
  const members = membersOf(lots.one(parts.inputs.slice(0, parts.valid)) ?? null);
  for (let more = 1 + lots.below(4); more > 0; more--) {
    const others = [...membersOf(lots.one(parts.inputs) ?? null)];
    const [key, value] = lots.one(others) ?? ['', null];
    if (lots.below(6) === 0) members.delete(key);
    else if (key !== '') members.set(key, value);
  }
  return created(parts, Object.fromEntries(members));
}

/** A value that is edited: members are replaced or left out, items appended, slices written. */
function editProgram(parts: ProgramParts, lots: Lots): Expression | undefined {
  let last = created(parts, lots.one(parts.inputs.slice(0, parts.valid)));
  for (let more = 1 + lots.below(3); last !== undefined && more > 0; more--) last = edited(last, parts, lots);
  return last;
}

function edited(before: Expression, { members, writers }: ProgramParts, lots: Lots): Expression {
  const writer = lots.one([...writers]);
  const items = lots.one(writer?.[1] ?? []);
  if (writer !== undefined && items !== undefined && lots.below(2) === 0) {
    const [name] = writer;
    return {
      text: `edit(${before.text}, (v) => Own.${name}(v, ${items.map((item) => JSON.stringify(item)).join(', ')}))`,
      run: (api) => (api.own.get(name) as (...values: unknown[]) => unknown)(before.run(api), ...items),
    };
  }
  const key = lots.one([...members.keys()].filter((name) => name !== 'resourceType' && name !== 'meta')) ?? '';
  const value = lots.one(members.get(key) ?? []);
  const item = Array.isArray(value) ? lots.one(value as readonly Json[]) : undefined;
  if (item !== undefined && lots.below(2) === 0) {
    const isSpread = lots.below(2) === 0;
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
  const replaced = lots.below(5) === 0 ? undefined : value;
  return {
    text: `edit(${before.text}, (v) => ({ ...v, ${key}: ${JSON.stringify(replaced) ?? 'undefined'} }))`,
    run: (api) => ({ ...(before.run(api) as object), [key]: replaced }),
  };
}
