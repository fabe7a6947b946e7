import { type Difference, explanation, type OutOfScope, reasonToLeaveOut, type Side } from './difference.js';
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
 * @param ours errors of the generated validator
 * @param theirs errors of the reference
 * @param remarks of the reference
 */
export function compare(ours: readonly Fault[], theirs: readonly Fault[], remarks: readonly Fault[]): Comparison {
  if (agreement(ours, theirs) === 'agree') return { agreement: 'agree', because: [], beside: [] };
  const beside = new Set<OutOfScope>();
  const inScope = (side: Side, faults: readonly Fault[]): Fault[] =>
    faults.filter((fault) => {
      const reason = reasonToLeaveOut(side, fault, faults, remarks);
      if (reason !== undefined) beside.add(reason);
      return reason === undefined;
    });
  const [own, other] = [inScope('ours', ours), inScope('theirs', theirs)];
  const verdict = agreement(own, other);
  return {
    agreement: verdict,
    because: verdict === 'agree' ? [] : explanation(verdict, own, other),
    beside: [...beside],
  };
}
