import { oneLine, type VersionChoice, type Warning } from '../errors.js';
import { groupedBy } from '../order.js';

/** Warnings to show one by one, and lines that summarize the rest. */
export interface Collected {
  readonly others: readonly Warning[];
  readonly lines: readonly string[];
}

/**
 * Summarizes warnings that may be numerous in one line for each kind: unresolved canonicals, and definitions that are
 * needed in several versions. A single warning of a kind is not changed.
 *
 * @param warnings in any order
 */
export function collected(warnings: readonly Warning[]): Collected {
  const unresolved = warnings.flatMap((warning) => warning.unresolved ?? []);
  const versions = warnings.flatMap((warning) => warning.versions ?? []);
  return {
    others: warnings.filter(
      (warning) =>
        (warning.unresolved === undefined || unresolved.length === 1) &&
        (warning.versions === undefined || versions.length === 1),
    ),
    lines: [
      ...(unresolved.length > 1 ? [unresolvedLine(unresolved)] : []),
      ...(versions.length > 1 ? [versionsLine(versions)] : []),
    ].map(oneLine),
  };
}

function unresolvedLine(canonicals: readonly string[]): string {
  return (
    `${canonicals.length} canonicals are unresolved, so their elements have the widest correct types ` +
    `(--verbose shows where each is used, what is not checked and how to repair it): ${named(canonicals)}`
  );
}

function versionsLine(choices: readonly VersionChoice[]): string {
  const packages = groupedBy(choices, ({ used, others }) => JSON.stringify([used, others])).map((same) => {
    const [{ used, others }] = same;
    return `${used} instead of ${others.join(', ')} (${same.length})`;
  });
  return `${choices.length} definitions are needed in several versions, and one of each is used (--verbose lists them): ${named(packages)}`;
}

/** The number of items that a line names. */
const NAMED = 3;

function named(items: readonly string[]): string {
  const rest = items.length > NAMED ? ` and ${items.length - NAMED} more` : '';
  return `${items.slice(0, NAMED).join(', ')}${rest}`;
}
