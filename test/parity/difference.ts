import { readFileSync } from 'node:fs';
import { isRelated, type Agreement, type Fault } from './verdict.js';

/** A reason why one validator reports an error and the other does not. */
interface Reason {
  /** A regular expression for the messages that it explains, of the generated validator or of the reference. */
  readonly ours?: string;
  readonly theirs?: string;
  /** The difference, and the rule of the specification. */
  readonly rule: string;
  /** The section of the specification. */
  readonly citation: string;
}

/**
 * Errors that are not compared: they do not concern structure, codes that both validators can expand, references or
 * slicing.
 */
export interface OutOfScope extends Reason {
  /** The missing information: a terminology server; a guide without contradictions; rules outside the profile. */
  readonly needs: 'a terminology server' | 'another guide' | 'rules beside the profile' | 'another reference';
  /** A regular expression for the identifier of a note of the reference at a related place that it cannot decide. */
  readonly remark?: string;
  /** A regular expression for the guides concerned, by `name#version`; all by default. */
  readonly guide?: string;
  /** A regular expression for another error of the same validator at a related place that causes this one. */
  readonly beside?: string;
}

/** A reason for different verdicts on compared errors, and which one the specification supports. */
export interface Difference extends Reason {
  /** The verdicts that it explains. */
  readonly agreements: readonly Agreement[];
  readonly decided: 'ours' | 'theirs' | 'unspecified';
}

const read = JSON.parse(readFileSync(new URL('differences.json', import.meta.url), 'utf8')) as {
  readonly outOfScope: readonly OutOfScope[];
  readonly differences: readonly Difference[];
};

/** All errors that are not compared. */
export const { outOfScope } = read;

/** All known differences. */
export const { differences } = read;

/** The errors of one validator. */
export type Side = 'ours' | 'theirs';

/** The results of both validators for one value. */
export interface Results {
  /** `name#version` of the guide. */
  readonly guide: string;
  /** Errors of the generated validator. */
  readonly ours: readonly Fault[];
  /** Errors of the reference. */
  readonly theirs: readonly Fault[];
  /** Notes of the reference. */
  readonly remarks: readonly Fault[];
}

/**
 * Why an error is not compared.
 *
 * @param side that reports the error
 * @param fault the error
 * @param results the results of both
 * @returns `undefined` if it is compared
 */
export function reasonToLeaveOut(side: Side, fault: Fault, results: Results): OutOfScope | undefined {
  const isNear = (other: Fault): boolean => isRelated(other.place, fault.place);
  return outOfScope.find((one) => {
    const { remark, beside, guide } = one;
    return (
      isOf(one[side], fault) &&
      (guide === undefined || new RegExp(guide).test(results.guide)) &&
      (remark === undefined ||
        results.remarks.some((each) => isNear(each) && new RegExp(remark).test(each.id ?? ''))) &&
      (beside === undefined || results[side].some((each) => isNear(each) && new RegExp(beside).test(each.text)))
    );
  });
}

/**
 * The differences that explain a verdict: if one side rejects alone, each of its errors has to be explained; if both
 * reject at different places, one error is enough.
 *
 * @param agreement that was found
 * @param ours errors of the generated validator
 * @param theirs errors of the reference
 * @returns none if an error remains unexplained
 */
export function explanation(
  agreement: Agreement,
  ours: readonly Fault[],
  theirs: readonly Fault[],
): readonly Difference[] {
  const known = differences.filter((one) => one.agreements.includes(agreement));
  const of = (fault: Fault, side: Side): Difference | undefined => known.find((one) => isOf(one[side], fault));
  const found =
    agreement === 'stricter' ? ours.map((fault) => of(fault, 'ours')) : theirs.map((fault) => of(fault, 'theirs'));
  if (agreement === 'elsewhere') found.push(...ours.map((fault) => of(fault, 'ours')));
  const sure = found.filter((one) => one !== undefined);
  return sure.length === found.length || agreement === 'elsewhere' ? [...new Set(sure)] : [];
}

function isOf(pattern: string | undefined, { place, text }: Fault): boolean {
  return pattern !== undefined && new RegExp(pattern).test(`${place}: ${text}`);
}
