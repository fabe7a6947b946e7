import { readFileSync } from 'node:fs';
import { isRelated, type Agreement, type Fault } from './verdict.js';

/** Why a validator reports what the other does not. */
interface Reason {
  /** A regular expression for the messages that it explains: of the generated validator, or of the reference. */
  readonly ours?: string;
  readonly theirs?: string;
  /** What happens, and what the specification says. */
  readonly rule: string;
  /** Where the specification says it. */
  readonly citation: string;
}

/**
 * Errors that are not compared: they are about something else than structure, codes that both validators can expand,
 * references and slicing.
 */
export interface OutOfScope extends Reason {
  /** What would decide: a terminology server; a guide that does not contradict itself; rules beside the profile. */
  readonly needs: 'a terminology server' | 'another guide' | 'rules beside the profile' | 'another reference';
  /** A regular expression for the identifier of a remark of the reference at a related place: it says that it cannot decide. */
  readonly remark?: string;
  /** A regular expression for the guides that it is about, by `name#version`; all when absent. */
  readonly guide?: string;
  /** A regular expression for another error of the same validator at a related place, of which this one is a consequence. */
  readonly beside?: string;
}

/** Why the verdicts differ on what is compared, and which of them the specification supports. */
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

/** What both validators say of one value. */
export interface Said {
  /** `name#version` of the guide. */
  readonly guide: string;
  /** Errors of the generated validator. */
  readonly ours: readonly Fault[];
  /** Errors of the reference. */
  readonly theirs: readonly Fault[];
  /** Remarks of the reference. */
  readonly remarks: readonly Fault[];
}

/**
 * Why an error is not compared.
 *
 * @param side that reports it
 * @param fault the error
 * @param said all that both say
 * @returns `undefined` when it is compared
 */
export function reasonToLeaveOut(side: Side, fault: Fault, said: Said): OutOfScope | undefined {
  const isNear = (other: Fault): boolean => isRelated(other.place, fault.place);
  return outOfScope.find((one) => {
    const { remark, beside, guide } = one;
    return (
      isOf(one[side], fault) &&
      (guide === undefined || new RegExp(guide).test(said.guide)) &&
      (remark === undefined || said.remarks.some((each) => isNear(each) && new RegExp(remark).test(each.id ?? ''))) &&
      (beside === undefined || said[side].some((each) => isNear(each) && new RegExp(beside).test(each.text)))
    );
  });
}

/**
 * The differences that explain a verdict: of the side that refuses alone each error has to be explained, of two that
 * refuse at different places one error is enough.
 *
 * @param agreement that was found
 * @param ours errors of the generated validator
 * @param theirs errors of the reference
 * @returns none when an error stays unexplained
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
