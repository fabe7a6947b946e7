import type { Import } from './imports.js';

/** The stages in the order of the data; each reads what those before it give. */
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

/** What every stage may call, and what each of these may import itself. */
export const SHARED: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'order.ts': [],
  'markdown.ts': [],
  // Used at both ends, where disks are.
  'make-folder.ts': [],
  fhir: ['errors.ts', 'order.ts'],
  // Types of the stages besides, see `breachOf`.
  facts: ['errors.ts', 'order.ts', 'fhir'],
  emit: [],
};

/** What calls the stages: the command line, the configuration, the functions of the package. */
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
  // Compiles what stages made, as `verify` does.
  'prove',
  'run',
  // Reads the model from outside: nothing of the output depends on it.
  'sample',
  'verify',
];

/** Where disk and network are: what calls the stages, and the stages at both ends. */
export const ENDS: readonly string[] = [...EDGE, 'load', 'write', 'make-folder.ts'];

/**
 * What is wrong with an import.
 *
 * @param one import
 * @returns a sentence, or `undefined` when it keeps the laws
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
