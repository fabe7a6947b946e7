import { readFileSync } from 'node:fs';
import type { Verdict } from './verdict.js';

/** A published example that breaks a rule of the profile that it claims. */
export interface Exception {
  /** `name#version`. */
  readonly package: string;
  readonly file: string;
  /** FHIRPath of every error that the rule explains. */
  readonly expressions: readonly string[];
  readonly rule: string;
  /** Where the rule is written. */
  readonly citation: string;
}

/** All of them, as they were found by looking at each. */
export const exceptions: readonly Exception[] = JSON.parse(
  readFileSync(new URL('exceptions.json', import.meta.url), 'utf8'),
) as readonly Exception[];

/**
 * The errors of an example that no exception explains.
 *
 * @param label of the package
 * @param verdict on the example
 */
export function unexplained(label: string, { file, errors }: Verdict): Verdict['errors'] {
  const known = new Set(
    exceptions.filter((one) => one.package === label && one.file === file).flatMap((one) => one.expressions),
  );
  return errors.filter(({ expression }) => !known.has(expression));
}
