import type { ChangeKind } from './change.js';

/** The result of checking the verdicts of a comparison with the compiler. */
export interface Proof {
  /** Profiles and value sets that the old side exports. */
  readonly units: number;
  /** Assignments between types of the two sides. */
  readonly statements: number;
  /** Where verdicts and compiler differ. */
  readonly disagreements: readonly Disagreement[];
}

/** Programs that make values (`write`), and programs that read them (`read`). */
export type Direction = 'write' | 'read';

/** Where the verdicts of changes and the compiler differ. */
export interface Disagreement {
  readonly about: 'profile' | 'valueSet';
  readonly canonical: string;
  /** Name of the interface or the value set in programs. */
  readonly name: string;
  readonly direction: Direction;
  /** The errors of the compiler; empty when there are none although a change is reported to break programs. */
  readonly found: readonly string[];
  /** Kinds of the changes that are reported to break programs; empty when there are none. */
  readonly claimed: readonly ChangeKind[];
}

/**
 * A proof as lines of text.
 *
 * @param proof see {@link Proof}
 */
export function proofLines({ units, statements, disagreements }: Proof): readonly string[] {
  const what = `${statements} assignments between the types of ${units} profiles and value sets`;
  if (disagreements.length === 0) return [`The compiler agrees with every verdict: ${what}.`];
  return [
    `The compiler disagrees with ${disagreements.length} ${disagreements.length === 1 ? 'verdict' : 'verdicts'}: ${what}.`,
    ...disagreements.flatMap(({ name, canonical, direction, found, claimed }) => [
      `  ${name} (${canonical}), ${direction}: ${claimed.length === 0 ? 'no change breaks it, but it does not compile' : `it compiles, but ${claimed.join(', ')} is reported to break it`}`,
      ...found.map((message) => `    ${message}`),
    ]),
  ];
}
