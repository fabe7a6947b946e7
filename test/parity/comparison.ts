import {
  type Difference,
  explanation,
  type OutOfScope,
  reasonToLeaveOut,
  type Results,
  type Side,
} from './difference.js';
import { agreement, type Agreement, type Fault } from './verdict.js';

/** The agreement of two validators on the compared errors. */
export interface Comparison {
  readonly agreement: Agreement;
  /** Explanations of the difference; empty if there are none. */
  readonly because: readonly Difference[];
  /** Reasons why errors of either were ignored; empty if none were. */
  readonly beside: readonly OutOfScope[];
}

/**
 * Compares the results of two validators for one value. Errors that are out of scope count only if both reject the
 * value at the same place.
 *
 * @param results the results of both
 */
export function compare(results: Results): Comparison {
  const { ours, theirs } = results;
  if (agreement(ours, theirs) === 'agree') return { agreement: 'agree', because: [], beside: [] };
  const beside = new Set<OutOfScope>();
  const inScope = (side: Side): Fault[] =>
    results[side].filter((fault) => {
      const reason = reasonToLeaveOut(side, fault, results);
      if (reason !== undefined) beside.add(reason);
      return reason === undefined;
    });
  const [own, other] = [inScope('ours'), inScope('theirs')];
  const verdict = agreement(own, other);
  return {
    agreement: verdict,
    because: verdict === 'agree' ? [] : explanation(verdict, own, other),
    beside: [...beside],
  };
}
