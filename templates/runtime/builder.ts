import type { ProfileCompletion } from './completion.js';
import { create } from './create.js';

/**
 * Has a required member per name in `M`. The compiler prints the name of a missing member, so it is a sentence:
 * `Property '"required element 'series' has not been set"' is missing`.
 */
export type StillMissing<M extends string> = {
  readonly [K in M as `required element '${K}' has not been set`]: true;
};

/** The key of what belongs to no slice, in the input of `create`. */
const OTHERS = 'others';

/** The members of an element as they are gathered; what is missing is the business of those that extend it. */
export abstract class Gathered<T> {
  readonly #members = new Map<string, unknown>();
  /** Arrays: their items per slice. */
  readonly #lists = new Map<string, Map<string, readonly unknown[]>>();

  /** What was gathered, as a new value each time. What the types cannot see is left to the validator. */
  build(): T {
    const members = new Map(this.#members);
    for (const [name, slices] of this.#lists) {
      const all = slices.size === 1 ? slices.get(OTHERS) : undefined;
      members.set(name, all === undefined ? Object.fromEntries(slices) : [...all]);
    }
    return this.finish(Object.fromEntries(members));
  }

  /** Turns an input of `create` into what `build` gives. */
  protected abstract finish(input: object): T;

  /** Sets a member; the last value counts. */
  protected put(name: string, value: unknown): Gathered<T> {
    this.#lists.delete(name);
    this.#members.set(name, value);
    return this;
  }

  /** Adds items to an array; those of a sliced array go to none of its slices. */
  protected append(name: string, values: readonly unknown[]): Gathered<T> {
    return this.appendSlice(name, OTHERS, values);
  }

  /** Adds items to a slice, named by its key in the input of `create`. */
  protected appendSlice(name: string, slice: string, values: readonly unknown[]): Gathered<T> {
    return this.putSlice(name, slice, [...(this.#lists.get(name)?.get(slice) ?? []), ...values]);
  }

  /** Sets the items of a slice; the last ones count. */
  protected putSlice(name: string, slice: string, values: readonly unknown[]): Gathered<T> {
    const slices = this.#lists.get(name) ?? new Map<string, readonly unknown[]>();
    this.#members.delete(name);
    this.#lists.set(name, slices.set(slice, [...values]));
    return this;
  }
}

/**
 * Gathers the members of a part of a profile; `build` gives the input of `create` for that part. `M` names the
 * required members that are still missing: `build` compiles only when there are none.
 *
 * A generated method gives `this` another type:
 * `setUid(value: string): Part<Exclude<M, 'uid'>> { return this.put('uid', value) as Part<Exclude<M, 'uid'>>; }`
 */
export abstract class PartBuilder<T, out M extends string> extends Gathered<T> {
  override build(this: StillMissing<M>): T {
    return super.build();
  }

  protected override finish(input: object): T {
    return input as T;
  }
}

/** Gathers the members of a profile; `build` completes the value with `create`. */
export abstract class ProfileBuilder<T, out M extends string> extends Gathered<T> {
  /** What `create` writes; a getter, so that a generated class consists of methods only and bundlers can drop it. */
  protected abstract get completion(): ProfileCompletion;

  override build(this: StillMissing<M>): T {
    return super.build();
  }

  protected override finish(input: object): T {
    return create(this.completion, input) as T;
  }
}
