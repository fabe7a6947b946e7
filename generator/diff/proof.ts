import type { ChangeKind } from './change.js';

/** What the compiler says of the verdicts of a comparison. */
export interface Proof {
  /** Profiles and value sets that the old side exports. */
  readonly units: number;
  /** Assignments between types of the two sides. */
  readonly statements: number;
  /** Where verdicts and compiler differ. */
  readonly disagreements: readonly Disagreement[];
}

/** Programs that make values, and those that take them. */
export type Direction = 'write' | 'read';

/** Where the verdicts of changes and the compiler differ. */
export interface Disagreement {
  readonly about: 'profile' | 'valueSet';
  readonly canonical: string;
  /** Name of the interface or the value set in programs. */
  readonly name: string;
  readonly direction: Direction;
  /** What the compiler finds; nothing where it finds nothing and a change says that programs do not compile. */
  readonly found: readonly string[];
  /** Kinds of change that say so; none where no change does. */
  readonly claimed: readonly ChangeKind[];
}

/**
 * A proof in lines for people.
 *
 * @param proof see there
 */
export function proofLines({ units, statements, disagreements }: Proof): readonly string[] {
  const what = `${statements} assignments between the types of ${units} profiles and value sets`;
  if (disagreements.length === 0) return [`The compiler agrees with every verdict: ${what}.`];
  return [
    `The compiler disagrees with ${disagreements.length} ${disagreements.length === 1 ? 'verdict' : 'verdicts'}: ${what}.`,
    ...disagreements.flatMap(({ name, canonical, direction, found, claimed }) => [
      `  ${name} (${canonical}), ${direction}: ${claimed.length === 0 ? 'no change breaks it, but it does not compile' : `it compiles, but ${claimed.join(', ')} is said to break it`}`,
      ...found.map((message) => `    ${message}`),
    ]),
  ];
}
