import type { Category } from './category.js';
import type { Subject } from './subject.js';
import type { Mutant } from './mutant.js';

/** Fixed, so that each run has the same results. */
const SEED = 0x811c9dc5;

/**
 * A part of the mutants, spread over categories and profiles, the same in each run.
 *
 * @param subjects all
 * @param quota of mutants per category
 */
export function sampled(subjects: readonly Subject[], quota: number): Subject[] {
  const counts = new Map<Category, number>();
  for (const { mutants } of subjects) {
    for (const { category } of mutants) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  const isChosen = (name: string, mutant: Mutant): boolean => {
    const share = quota / (counts.get(mutant.category) ?? 1);
    return hash(`${name} ${mutant.category} ${mutant.place} ${mutant.detail}`) < share;
  };
  return subjects.map((subject) => ({
    manifest: subject.manifest,
    instances: subject.instances,
    mutants: subject.mutants.filter((mutant) => isChosen(subject.manifest.name, mutant)),
  }));
}

/** FNV-1a as a number from 0 to 1; only its high bits are evenly distributed, so it is mixed once more. */
function hash(text: string): number {
  let value = SEED;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return ((value ^ (value >>> 13)) >>> 0) / 2 ** 32;
}
