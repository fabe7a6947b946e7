/** An error that a validator reports. */
export interface Fault {
  /** FHIRPath. */
  readonly place: string;
  readonly text: string;
  /** Identifier of the message, if the validator has one. */
  readonly id?: string;
}

/** The agreement of two validators on a value: `elsewhere` if both reject it, but at unrelated places. */
export type Agreement = 'agree' | 'elsewhere' | 'stricter' | 'laxer';

/**
 * Compares the errors of two validators for one value.
 *
 * @param ours errors of the generated validator
 * @param theirs errors of the reference
 */
export function agreement(ours: readonly Fault[], theirs: readonly Fault[]): Agreement {
  if (ours.length === 0 || theirs.length === 0) {
    if (ours.length === theirs.length) return 'agree';
    return ours.length > 0 ? 'stricter' : 'laxer';
  }
  return ours.some((one) => theirs.some((other) => isRelated(one.place, other.place))) ? 'agree' : 'elsewhere';
}

/**
 * Whether one place is equal to the other or above it.
 *
 * @param one FHIRPath
 * @param other FHIRPath
 */
export function isRelated(one: string, other: string): boolean {
  const [a, b] = [stepsOf(one), stepsOf(other)];
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.every((step, index) => step === long[index]);
}

// Steps of a FHIRPath in a common form, relative to the resource: the reference adds type and id of a resource in a
// comment, and each names another type at the root if the type of the resource is wrong.
function stepsOf(place: string): string[] {
  return place
    .replace(/\/\*.*?\*\//g, '')
    .replace(/\.ofType\(\w+\)/g, '')
    .replace(/`|\[x\]/g, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .slice(1);
}
