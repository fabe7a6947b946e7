/** A value, and how often something was read of it: what growth is measured by without a clock. */
export class Watched<T extends object> {
  reads = 0;
  readonly value: T;

  /**
   * @param value any, as it was parsed: it is changed, and no part may occur twice in it
   */
  constructor(value: T) {
    this.value = this.#watched(value);
  }

  /** A proxy of the value and all that is in it: the same each time. */
  #watched<Part extends object>(value: Part): Part {
    const parts = Object.entries(value) as [string, unknown][];
    for (const [key, part] of parts) {
      if (typeof part === 'object' && part !== null) Object.assign(value, { [key]: this.#watched(part) });
    }
    return new Proxy(value, {
      get: (target, key): unknown => this.#count(Reflect.get(target, key)),
      ownKeys: (target) => this.#count(Reflect.ownKeys(target)),
      has: (target, key) => this.#count(Reflect.has(target, key)),
      getOwnPropertyDescriptor: (target, key) => this.#count(Reflect.getOwnPropertyDescriptor(target, key)),
    });
  }

  #count<Result>(result: Result): Result {
    this.reads++;
    return result;
  }
}

/**
 * How often something is read for each further item, from one number of items to another.
 *
 * @param valueOf a value with so many items
 * @param use what reads it
 * @param from the smaller number
 * @param to the larger number
 */
export function readsPerItem<T extends object>(
  valueOf: (items: number) => T,
  use: (value: T) => unknown,
  from: number,
  to: number,
): number {
  const [few, many] = [new Watched(valueOf(from)), new Watched(valueOf(to))];
  use(few.value);
  use(many.value);
  return (many.reads - few.reads) / (to - from);
}
