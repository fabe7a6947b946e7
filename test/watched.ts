/** A value that counts how often it is read: a measure of growth without a clock. */
export class Watched<T extends object> {
  reads = 0;
  readonly value: T;

  /** @param value parsed JSON: it is changed, and no object may occur twice in it */
  constructor(value: T) {
    this.value = this.#watched(value);
  }

  /** A proxy of the value and of its parts, the same on each access. */
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
 * The number of reads per additional item, between two numbers of items.
 *
 * @param valueOf returns a value with the given number of items
 * @param use reads the value
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
