import type { InvariantTexts } from './table.js';

/**
 * Texts of the invariants of datatypes, by key: in a separate file, because guards do not need them. The generator
 * rewrites it for each package, with `datatypes.ts`; here `datatypes.ts` has the texts.
 */
export const invariantTexts: Readonly<Record<string, InvariantTexts>> = {};
