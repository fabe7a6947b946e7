import type { Mutant } from './mutant.js';

/** Known reasons why a mutant is not rejected. Such mutants still count as not rejected. */
export interface Exception {
  readonly by: 'compiler' | 'validator';
  readonly reason: string;
  readonly applies: (mutant: Mutant) => boolean;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    by: 'validator',
    reason:
      'Codes of the longest lists of FHIR itself (all-types) are left out of the table of datatypes, so that bundles stay small.',
    applies: ({ category, place }) =>
      category === 'code outside binding: code' && /\((DataRequirement|ParameterDefinition)\)\.type$/.test(place),
  },
  {
    by: 'validator',
    reason:
      'Resources within others are checked by the profiles that they claim and that are loaded, and by those that the profile around them requires; an entry in no slice has neither. Its type is known where one of these profiles has its elements.',
    applies: ({ category, place }) => category === 'unknown property' && /^Bundle\.entry\[\]\.resource\b/.test(place),
  },
  {
    by: 'validator',
    reason:
      'Slices that only the targets of references identify are undecidable where the targets are out of reach, so that their items cannot be counted.',
    applies: ({ category, place }) => category === 'slice: more than max' && /Reference:\w+$/.test(place),
  },
];

/** The known reason why a mutant is not rejected. */
export function reasonFor(mutant: Mutant, by: Exception['by']): string | undefined {
  return EXCEPTIONS.find((one) => one.by === by && one.applies(mutant))?.reason;
}
