import { type Call, inputOf, TARGET } from './calls.js';
import type { ProfileCompletion } from './completion.js';
import { copyOf } from './copy.js';
import { create } from './create.js';
import type { Extension, FhirResource, Meta, Narrative } from './fhir.js';
import type { JsonObject } from './json.js';
import type { Parsed } from './parse.js';
import { createPart, parsePart, partOf } from './part.js';
import type { ValidateOptions } from './run.js';
import { capital } from './shape.js';

/** A builder that lacks required elements: it has no `build` to call. */
export interface StillMissing<out Name extends string> {
  readonly 'required elements that have not been set': Name;
}

/** A builder of a `T` that still lacks the elements `Missing`. Immutable: each call returns a new builder. */
export interface Builder<T, out Missing extends string> {
  /** Returns the value, with everything that the profile determines. Callable once nothing required is missing. */
  readonly build: (() => T) | { [Name in Missing]: StillMissing<Name> }[Missing];
  /** Returns the value if it conforms, or its issues. Callable at any time: what is missing may depend on the data. */
  buildChecked(options?: ValidateOptions | null): Parsed<T>;
}

/** Represents the missing elements of a value that is not checked yet. */
export type Unchecked = 'parts that only buildChecked() can verify';

/** The value that a complete builder builds. */
type BuiltBy<Full extends Builder<unknown, never>> = ReturnType<Full['build']>;

/** Any value of the FHIR type of `T`, conforming or not. */
type Received<T> = 'resourceType' extends keyof T ? { readonly resourceType: NonNullable<T['resourceType']> } : object;

/** A class of builders: empty ones (`Empty`), complete ones (`Full`), and those that may lack anything (`Open`). */
export interface BuilderClass<Empty, Full extends Builder<unknown, never>, Open> {
  new (): Empty;
  /** Starts from a conforming value, which is not changed: nothing required is missing. */
  from(value: BuiltBy<Full>): Full;
  /** Starts from any other value of the FHIR type. Only `buildChecked` shows whether the result conforms. */
  from(value: Received<BuiltBy<Full>>): Open;
}

/** Items to add to an array: single items or arrays of items; `undefined` adds nothing. */
export type Items<T> = readonly (T | readonly T[] | undefined)[];

/** Sets the logical id of a resource, or the id of an element. */
export interface IdMethods {
  setId(value: string | undefined): this;
}

/** Sets the members that every resource has. */
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

/** Adds extensions that the profile does not mention. */
export interface ExtensionMethods {
  addExtension(...values: Items<Extension>): this;
}

/** Adds modifier extensions that the profile does not mention. */
export interface ModifierExtensionMethods {
  addModifierExtension(...values: Items<Extension>): this;
}

/**
 * What a method of a builder does: `status` sets a member, `value[x].valueQuantity` one type of a choice; `note[]`
 * appends to an array, `note:others[]` to its items of no slice; `modality[0]` sets the only item of an array;
 * `identifier:official` sets a slice by its key in the input of `create`, `identifier:official[]` appends to one.
 */
export type BuilderTarget = string;

/** The methods of every builder; the types restrict them. */
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

/**
 * Makes the builder class of a profile or of a part of one. For a profile, `build` completes the value with `create`;
 * for a part, it returns the input of `create`.
 *
 * @param completion of the profile: what `create` writes
 * @param path of the part in the profile: `series.instance`; empty for the profile
 * @param targets what its methods do; each is named after its target: `setStatus`, `addOfficial`
 * @param named methods that have another name
 */
export function builderClass<Empty, Full extends Builder<unknown, never>, Open>(
  completion: ProfileCompletion,
  path: string,
  targets: readonly BuilderTarget[],
  named: Readonly<Record<string, BuilderTarget>> = {},
): BuilderClass<Empty, Full, Open> {
  const part = partOf(completion, path);
  class Built {
    readonly #start: JsonObject;
    readonly #last: Call | undefined;

    constructor(start: JsonObject = {}, last?: Call) {
      this.#start = start;
      this.#last = last;
    }

    static from(value: object): Built {
      return new Built(copyOf({ ...value }));
    }

    build(): unknown {
      const input = inputOf(part, this.#start, this.#last);
      return path === '' ? create(completion, input) : createPart(part, input);
    }

    buildChecked(options?: ValidateOptions | null): Parsed<unknown> {
      return parsePart(part, inputOf(part, this.#start, this.#last), options);
    }

    with(target: unknown, values: readonly unknown[]): Built {
      if (typeof target !== 'string') throw new TypeError('The target of a call is not a string');
      const given = target.endsWith('[]') ? values.flat().filter((value) => value !== undefined) : values;
      if (given.length === 0 || given[0] === undefined) return this;
      return new Built(this.#start, { before: this.#last, target, values: copyOf(given) });
    }
  }
  const regular = [...SHARED, ...targets].map((target) => [methodName(target), target] as const);
  // A method of the profile comes later and replaces the shared one.
  for (const [name, target] of new Map([...regular, ...Object.entries(named)])) {
    Object.defineProperty(Built.prototype, name, {
      value(this: Built, ...values: readonly unknown[]) {
        return this.with(target, values);
      },
    });
  }
  // The methods exist by now; the generated interface states their types.
  return Built as unknown as BuilderClass<Empty, Full, Open>;
}

function methodName(target: BuilderTarget): string {
  const [, , name = '', key = name, list] = TARGET.exec(target) ?? [];
  return (list === '[]' || target.includes(':') ? 'add' : 'set') + capital(key);
}
