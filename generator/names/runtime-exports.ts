/**
 * Names that the runtime of a generated package exports: generated modules import some of them, so no profile may
 * have one. A test holds this list to the runtime itself.
 */
export const RUNTIME_EXPORTS: readonly string[] = [];
