import { readFileSync } from 'node:fs';
import type { Verdict } from './verdict.js';

/** A rule that published examples or profiles break. */
export interface Exception {
  /** `name#version`. */
  readonly package: string;
  readonly rule: string;
  /** Where the rule is defined. */
  readonly citation: string;
  /** File name → FHIRPath of each error that the rule explains. */
  readonly examples: Readonly<Record<string, readonly string[]>>;
  /** Canonicals of profiles that fail because of it. */
  readonly profiles?: readonly string[];
}

/** All exceptions, found by examining each example. */
export const exceptions: readonly Exception[] = JSON.parse(
  readFileSync(new URL('exceptions.json', import.meta.url), 'utf8'),
) as readonly Exception[];

/**
 * The errors of an example without an exception.
 *
 * @param label of the package
 * @param verdict on the example
 */
export function unexplained(label: string, { file, errors }: Pick<Verdict, 'file' | 'errors'>): Verdict['errors'] {
  const known = new Set(
    exceptions.filter((one) => one.package === label).flatMap(({ examples }) => examples[file] ?? []),
  );
  return errors.filter(({ expression }) => !known.has(expression));
}

/**
 * The failed profiles without an exception.
 *
 * @param label of the package
 * @param failed canonicals
 */
export function unexplainedProfiles(label: string, failed: readonly string[]): readonly string[] {
  const known = new Set(exceptions.filter((one) => one.package === label).flatMap(({ profiles = [] }) => profiles));
  return failed.filter((url) => !known.has(url));
}
