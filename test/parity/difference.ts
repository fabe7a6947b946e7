import { readFileSync } from 'node:fs';
import type { Agreement, Fault } from './verdict.js';

/** Why the two validators differ, and which of them the specification supports. */
export interface Difference {
  /** The verdicts that it explains. */
  readonly agreements: readonly Agreement[];
  /** A regular expression for the messages that it explains: of the generated validator, or of the reference. */
  readonly ours?: string;
  readonly theirs?: string;
  /** A regular expression for the name of the value, where messages are not enough. */
  readonly value?: string;
  /** What happens, and what the specification says. */
  readonly rule: string;
  /** Where the specification says it. */
  readonly citation: string;
  /** Whose verdict the specification supports: `open` means that the generated validator is to be changed. */
  readonly decided: 'ours' | 'theirs, not checked' | 'unspecified' | 'open';
}

/** All of them. */
export const differences: readonly Difference[] = JSON.parse(
  readFileSync(new URL('differences.json', import.meta.url), 'utf8'),
) as readonly Difference[];

/**
 * The differences that explain a verdict: of the side that refuses alone each error has to be explained, of two that
 * refuse at different places one error is enough.
 *
 * @param agreement that was found
 * @param name of the value
 * @param ours errors of the generated validator
 * @param theirs errors of the reference
 * @returns none when an error stays unexplained
 */
export function explanation(
  agreement: Agreement,
  name: string,
  ours: readonly Fault[],
  theirs: readonly Fault[],
): readonly Difference[] {
  const known = differences.filter(
    (one) => one.agreements.includes(agreement) && (one.value === undefined || new RegExp(one.value).test(name)),
  );
  const of = (fault: Fault, side: 'ours' | 'theirs'): Difference | undefined =>
    known.find((one) => {
      const pattern = one[side];
      return pattern !== undefined && new RegExp(pattern).test(`${fault.place}: ${fault.text}`);
    });
  const found =
    agreement === 'stricter' ? ours.map((fault) => of(fault, 'ours')) : theirs.map((fault) => of(fault, 'theirs'));
  if (agreement === 'elsewhere') found.push(...ours.map((fault) => of(fault, 'ours')));
  const sure = found.filter((one) => one !== undefined);
  return sure.length === found.length || agreement === 'elsewhere' ? [...new Set(sure)] : [];
}
