import type { InvariantTexts } from './table.js';

/**
 * What messages say of the invariants of datatypes, by key: in a file of its own, as guards do without. The generator
 * writes it anew into each package, with `datatypes.ts`; here the texts stand there.
 */
export const invariantTexts: Readonly<Record<string, InvariantTexts>> = {};
