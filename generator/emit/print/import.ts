import type { ImportStatement } from '../imports.js';
import { TRAILING_COMMA, group, indent, join, line, type Doc } from './doc.js';
import { stringText } from './text.js';

/**
 * The layout of an import.
 *
 * @param statement any
 */
export function importDoc(statement: ImportStatement): Doc {
  const names =
    statement.kind === 'namespace'
      ? `* as ${statement.name}`
      : namesDoc(statement.names.map((one) => (one.typeOnly && !statement.typeOnly ? `type ${one.name}` : one.name)));
  return ['import ', statement.typeOnly ? 'type ' : '', names, ' from ', stringText(statement.specifier), ';'];
}

/**
 * Names in braces; a single one does not break.
 *
 * @param names in their order, with their modifiers
 */
export function namesDoc(names: readonly string[]): Doc {
  const [first, ...more] = names;
  if (first === undefined) return '{}';
  if (more.length === 0) return `{ ${first} }`;
  return group(['{', indent([line, join([',', line], [...names])]), TRAILING_COMMA, line, '}']);
}
