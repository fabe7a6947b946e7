import type { Change } from './change.js';

/** What a change is about: the package, a profile or a value set. */
export interface Subject {
  readonly about: 'package' | 'profile' | 'value set';
  readonly name: string;
  readonly canonical?: string;
}

/**
 * What a change is about.
 *
 * @param change any
 */
export function subjectOf({ profile, valueSet, name }: Change): Subject {
  if (profile !== undefined) return { about: 'profile', name, canonical: profile };
  if (valueSet !== undefined) return { about: 'value set', name, canonical: valueSet };
  return { about: 'package', name };
}
