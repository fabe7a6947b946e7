import type { ProfileCompletion } from './completion.js';
import { capital } from './shape.js';
import { create } from './create.js';
import type { Extension, FhirResource, Meta, Narrative } from './fhir.js';

/** A builder that lacks required elements: it has no `build` to call. */
export interface StillMissing<out Name extends string> {
  readonly 'required elements that have not been set': Name;
}

/** A builder of a `T` that still lacks the elements `Missing`; each call gives a new one and leaves it as it is. */
export interface Builder<T, out Missing extends string> {
  /** The value, with everything that the profile determines; compiles when nothing required is missing. */
  readonly build: (() => T) | { [Name in Missing]: StillMissing<Name> }[Missing];
}

/** Items of an array: one after the other, or arrays of them; `undefined` adds nothing. */
export type Items<T> = readonly (T | readonly T[] | undefined)[];

/** Sets the logical id of a resource, or the id of an element. */
export interface IdMethods {
  setId(value: string | undefined): this;
}

/** Sets what every resource has. */
export interface ResourceMethods {
  setMeta(value: Meta | undefined): this;
  setImplicitRules(value: string | undefined): this;
  setLanguage(value: string | undefined): this;
}

/** Sets the narrative of a resource, and adds resources that it contains. */
export interface NarrativeMethods {
  setText(value: Narrative | undefined): this;
  addContained(...values: Items<FhirResource>): this;
}

/** Adds extensions of which the profile says nothing. */
export interface ExtensionMethods {
  addExtension(...values: Items<Extension>): this;
}

/** Adds modifier extensions of which the profile says nothing. */
export interface ModifierExtensionMethods {
  addModifierExtension(...values: Items<Extension>): this;
}

/**
 * What a method of a builder does: `status` sets a member, `value[x].valueQuantity` one type of a choice, `note[]`
 * appends to an array, `note:others[]` to the items of no slice, `modality[0]` sets the only item of one, `identifier:official` sets a slice by its key in the
 * input of `create`, `identifier:official[]` appends to one.
 */
export type BuilderTarget = string;

/** What every builder can do; the types say where it may. */
const SHARED: readonly BuilderTarget[] = [
  'id',
  'meta',
  'implicitRules',
  'language',
  'text',
  'contained[]',
  'extension[]',
  'modifierExtension[]',
];

/** The key of what belongs to no slice, in the input of `create`. */
const OTHERS = 'others';

/** A call of a method, and the one before it. */
interface Call {
  readonly before: Call | undefined;
  readonly target: string;
  readonly values: readonly unknown[];
}

/**
 * The class of builders of a profile: `build` completes the value with `create`.
 *
 * @param completion what `create` writes
 * @param targets what its methods do; each is called after its target: `setStatus`, `addOfficial`
 * @param named methods that are called otherwise
 */
export function profileBuilder<B>(
  completion: ProfileCompletion,
  targets: readonly BuilderTarget[],
  named?: Readonly<Record<string, BuilderTarget>>,
): new () => B {
  return builderClass((input) => create(completion, input), targets, named);
}

/**
 * The class of builders of a part of a profile: `build` gives the input of `create` for that part.
 *
 * @param targets as of {@link profileBuilder}
 * @param named likewise
 */
export function partBuilder<B>(
  targets: readonly BuilderTarget[],
  named?: Readonly<Record<string, BuilderTarget>>,
): new () => B {
  return builderClass((input) => input, targets, named);
}

function builderClass<B>(
  finish: (input: object) => unknown,
  targets: readonly BuilderTarget[],
  named: Readonly<Record<string, BuilderTarget>> = {},
): new () => B {
  class Built {
    readonly #last: Call | undefined;

    constructor(last?: Call) {
      this.#last = last;
    }

    build(): unknown {
      return finish(inputOf(this.#last));
    }

    with(target: string, values: readonly unknown[]): Built {
      const given = target.endsWith('[]') ? values.flat().filter((value) => value !== undefined) : values;
      return given.length === 0 || given[0] === undefined
        ? this
        : new Built({ before: this.#last, target, values: given });
    }
  }
  const regular = [...SHARED, ...targets].map((target) => [methodName(target), target] as const);
  // What a profile changes of the shared methods comes later and counts.
  for (const [name, target] of new Map([...regular, ...Object.entries(named)])) {
    Object.defineProperty(Built.prototype, name, {
      value(this: Built, ...values: readonly unknown[]) {
        return this.with(target, values);
      },
    });
  }
  // The methods are there by now; their types are those that the generated interface states.
  return Built as unknown as new () => B;
}

function methodName(target: BuilderTarget): string {
  const [, , name = '', key = name, list] = TARGET.exec(target) ?? [];
  return (list === '[]' || target.includes(':') ? 'add' : 'set') + capital(key);
}

/** The input of `create` that the calls make, the last one counting where they contradict each other. */
function inputOf(last: Call | undefined): object {
  const calls: Call[] = [];
  for (let call = last; call; call = call.before) calls.unshift(call);
  const members = new Map<string, unknown>();
  const arrays = new Map<string, Map<string, unknown[]>>();
  const choices = new Map<string, string>();
  for (const { target, values } of calls) {
    const [, choice, name = '', key = '', list] = TARGET.exec(target) ?? [];
    if (choice !== undefined) {
      members.delete(choices.get(choice) ?? '');
      choices.set(choice, name);
    }
    if (!target.includes(':') && list === undefined) {
      members.set(name, values[0]);
    } else {
      const slices = arrays.get(name) ?? new Map<string, unknown[]>();
      arrays.set(name, slices);
      const known = list === '[]' ? (slices.get(key) ?? []) : [];
      slices.set(key, [...known, ...(list === '[]' ? values : values.slice(0, 1))]);
    }
  }
  for (const [name, slices] of arrays) {
    const all = slices.size === 1 ? slices.get('') : undefined;
    members.set(name, all ?? keyed(slices));
  }
  return Object.fromEntries(members);
}

/** Items by slice as `create` takes them. */
function keyed(slices: ReadonlyMap<string, readonly unknown[]>): object {
  const { '': rest = [], ...named } = Object.fromEntries(slices);
  const others = [...(named[OTHERS] ?? []), ...rest];
  return others.length === 0 ? named : { ...named, [OTHERS]: others };
}

/** `value[x].valueQuantity`, `note[]`, `identifier:official[]`. */
const TARGET = /^(?:(\w+)\[x\]\.)?(\w+)(?::(.+?))?(\[0?\])?$/;
