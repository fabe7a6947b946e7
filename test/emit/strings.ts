import type { Module } from '../../generator/emit/module.js';

/**
 * All strings and member names of a module, in the order of its text.
 *
 * @param module any
 */
export function stringsOf(module: Module): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const one = node as Readonly<Record<string, unknown>>;
    if (one['kind'] === 're-export') return;
    if (one['kind'] === 'literal' && typeof one['value'] === 'string') found.push(one['value']);
    if (typeof one['key'] === 'string' && !isShorthand(one)) found.push(one['key']);
    const order = [
      'typeParameters',
      'constraint',
      'default',
      'extends',
      'parameters',
      'returns',
      'type',
      'typeArguments',
    ];
    const isAs = one['kind'] === 'as';
    const rest = Object.keys(one).filter((name) => !order.includes(name) && !SKIPPED.includes(name));
    for (const name of isAs ? ['value', 'type'] : [...order, ...rest]) visit(one[name]);
  };
  visit(module.declarations);
  return found;
}

const SKIPPED: readonly string[] = ['doc', 'import', 'kind', 'name', 'key'];

/** `{ name }`: the key is the name of the value. */
function isShorthand({ key, value }: Readonly<Record<string, unknown>>): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'name' && 'name' in value
    ? value.name === key
    : false;
}
