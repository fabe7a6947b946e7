import type { Declaration } from './declaration.js';

/** A TypeScript file of the output. */
export interface Module {
  /** Path below the output folder, without extension. */
  readonly file: string;
  /** First line, a comment. */
  readonly header?: string;
  readonly declarations: readonly Declaration[];
}

/**
 * The generated files that a module imports from, in the order of their first use.
 *
 * @param module any
 * @returns paths below the output folder, without extension
 */
export function filesUsedBy({ declarations }: Module): readonly string[] {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    else if (isNode(node)) {
      if (node['kind'] === 'file' && typeof node['file'] === 'string') found.add(node['file']);
      for (const one of Object.values(node)) visit(one);
    }
  };
  visit(declarations);
  return [...found];
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
