import type { Import } from './imports.js';

/** The stages in the order of the data; each reads the results of earlier stages. */
export const STAGES: readonly string[] = [
  'load',
  'repair',
  'snapshot',
  'terminology',
  'pin',
  'model',
  'names',
  'render',
  'diff',
  'migrate',
  'bump',
  'write',
];

/** The shared vocabularies that every stage may call, and what each of these may import. */
export const SHARED: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'order.ts': [],
  'markdown.ts': [],
  // Used at both edges, where disks are.
  'make-folder.ts': [],
  fhir: ['errors.ts', 'order.ts'],
  // Stages from which types may be imported in addition, see `breachOf`.
  facts: ['errors.ts', 'order.ts', 'fhir'],
  emit: [],
};

/** The callers of the stages: command line, configuration, functions of the package. */
export const EDGE: readonly string[] = [
  'assets.ts',
  'bump-package.ts',
  'cli.ts',
  'commands',
  'compare.ts',
  'config',
  'generate-from.ts',
  'generate.ts',
  'index.ts',
  'pin-package.ts',
  // Compiles the results of stages, as `verify` does.
  'prove',
  'run',
  // Reads the model from outside; the output does not depend on it.
  'sample',
  'verify',
];

/** Where disk and network are used: the callers of the stages, and the stages at both edges. */
export const ENDS: readonly string[] = [...EDGE, 'load', 'write', 'make-folder.ts'];

/**
 * The law that an import breaks.
 *
 * @param one import
 * @returns a sentence, or `undefined` if there is none
 */
export function breachOf({ from, to, isType }: Import): string | undefined {
  const [own, other] = [partOf(from), partOf(to)];
  if (own === other || EDGE.includes(own)) return undefined;
  if (EDGE.includes(other)) return 'no stage knows what calls it';
  const allowed = SHARED[own];
  if (allowed !== undefined) {
    const isOfFacts = own === 'facts' && isType && STAGES.includes(other);
    return allowed.includes(other) || isOfFacts ? undefined : `${own} is shared vocabulary and imports no ${other}`;
  }
  if (Object.hasOwn(SHARED, other)) return undefined;
  if (STAGES.indexOf(other) > STAGES.indexOf(own)) return `${other} comes after ${own}`;
  return isType ? undefined : `${own} calls a function of ${other}; it may know types of stages before it only`;
}

/** The folder or file directly below `generator/`. */
export function partOf(path: string): string {
  return path.split('/', 1)[0] ?? path;
}
