import type { InvariantTexts } from './table.js';

/**
 * Messages for the invariants of datatypes, by key: in a separate file, as guards do not need them. The generator
 * writes it anew into each package, with `datatypes.ts`; here the texts stand there.
 */
export const invariantTexts: Readonly<Record<string, InvariantTexts>> = {};
