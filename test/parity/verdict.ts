/** An error that a validator reports. */
export interface Fault {
  /** FHIRPath. */
  readonly place: string;
  readonly text: string;
  /** Identifier of the message, where the validator has one. */
  readonly id?: string;
}

/** How two validators agree on a value: `elsewhere` when both refuse it, at places none of which holds the other. */
export type Agreement = 'agree' | 'elsewhere' | 'stricter' | 'laxer';

/**
 * Compares what two validators say of one value.
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
 * Whether one place is the other or stands above it.
 *
 * @param one FHIRPath
 * @param other FHIRPath
 */
export function isRelated(one: string, other: string): boolean {
  const [a, b] = [stepsOf(one), stepsOf(other)];
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.every((step, index) => step === long[index]);
}

// Steps of a FHIRPath in one form, below the resource: the reference puts type and id of a resource behind it, in a
// comment, and of a resource of the wrong type each names another type at the root.
function stepsOf(place: string): string[] {
  return place
    .replace(/\/\*.*?\*\//g, '')
    .replace(/\.ofType\(\w+\)/g, '')
    .replace(/`|\[x\]/g, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .slice(1);
}
