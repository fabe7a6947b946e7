import { type Difference, explanation, type OutOfScope, reasonToLeaveOut, type Said, type Side } from './difference.js';
import { agreement, type Agreement, type Fault } from './verdict.js';

/** How two validators agree on what is compared. */
export interface Comparison {
  readonly agreement: Agreement;
  /** Why they differ; empty when it is not explained. */
  readonly because: readonly Difference[];
  /** Why errors of either were left out; empty when none was. */
  readonly beside: readonly OutOfScope[];
}

/**
 * Compares what two validators say of one value. Errors that are out of scope count only where both refuse the value for
 * the same place; else they are left out.
 *
 * @param said what both say of it
 */
export function compare(said: Said): Comparison {
  const { ours, theirs } = said;
  if (agreement(ours, theirs) === 'agree') return { agreement: 'agree', because: [], beside: [] };
  const beside = new Set<OutOfScope>();
  const inScope = (side: Side): Fault[] =>
    said[side].filter((fault) => {
      const reason = reasonToLeaveOut(side, fault, said);
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
