import type { Type, TypeParameter } from '../type.js';
import type { Value } from '../value.js';
import { expanded, type Context } from './context.js';
import { LAYOUT, canBreak, group, indent, line, onNextLine, willBreak, type Doc } from './doc.js';
import { stringText } from './text.js';
import { isHugged, typeArgumentsDoc } from './type.js';

/**
 * How to break a value or type that does not fit on the line of its name (prettier's layouts of assignments):
 * - `after-operator`: it moves to the next line as a whole
 * - `beside`: it stays on the line
 * - `beside-broken-name`: it stays; the type arguments of the name break instead
 * - `fluid`: it moves to the next line, unless its beginning fits
 */
export type AssignmentLayout = 'after-operator' | 'beside' | 'beside-broken-name' | 'fluid';

/** The text before a value. */
export interface Left {
  readonly doc: Doc;
  /** Whether the member name is so short that the next line would not be wider for the value. */
  readonly isShortKey: boolean;
  /** Of a constant. */
  readonly type?: Type;
}

/**
 * `left = right`, `left: right`.
 *
 * @param left a name
 * @param operator with the space before it
 * @param right the assigned value
 * @param layout of both
 */
export function assignmentDoc(left: Doc, operator: string, right: Doc, layout: AssignmentLayout): Doc {
  switch (layout) {
    case 'after-operator':
      return group([group(left), operator, group(indent([line, right]))]);
    case 'beside':
      return group([group(left), operator, ' ', right]);
    case 'beside-broken-name':
      return group([left, operator, ' ', group(right)]);
    case 'fluid':
      return group([group(left), operator, onNextLine(right)]);
  }
}

/**
 * The layout of a type alias.
 *
 * @param type the aliased type
 * @param parameters of the alias
 */
export function aliasLayout(type: Type, parameters: readonly TypeParameter[]): AssignmentLayout {
  if (type.kind === 'union' && !isHugged(type)) return 'after-operator';
  const isComplex = parameters.some((one) => one.constraint !== undefined || one.default !== undefined);
  return parameters.length > 1 && isComplex ? 'beside-broken-name' : 'fluid';
}

/**
 * The layout of a constant or a member of an object literal.
 *
 * @param left its name
 * @param value the assigned value
 * @param context of the module
 */
export function valueLayout(left: Left, value: Value, context: Context): AssignmentLayout {
  const canLeftBreak = typeof left.doc !== 'string' && canBreak(left.doc);
  if (isComplexType(left.type) || (value.kind === 'thunk' && canLeftBreak)) return 'beside-broken-name';
  if (!left.isShortKey && movesAsWhole(value, context)) return 'after-operator';
  return !canLeftBreak && (left.isShortKey || isScalar(value)) ? 'beside' : 'fluid';
}

/** Whether a type has at least two type arguments, one of which has type arguments itself. */
function isComplexType(type: Type | undefined): boolean {
  if (type?.kind !== 'reference' || type.typeArguments.length < 2) return false;
  return type.typeArguments.some((one) => one.kind === 'reference' && one.typeArguments.length > 0);
}

function movesAsWhole(value: Value, context: Context): boolean {
  return (value.kind === 'literal' && typeof value.value === 'string') || hasNoGoodBreak(value, context);
}

/** A boolean or a number without sign. */
function isScalar(value: Value): boolean {
  if (value.kind !== 'literal') return false;
  return typeof value.value === 'boolean' || (typeof value.value === 'number' && !isNegative(value.value));
}

/**
 * Whether a number has a sign.
 *
 * @param value any
 */
function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** A short call or a property of a name: breaking inside would look odd. */
function hasNoGoodBreak(value: Value, context: Context): boolean {
  if (value.kind === 'property') return true;
  if (value.kind !== 'call' || value.constructs === true) return false;
  const [first, ...more] = value.arguments;
  if (first !== undefined && (more.length > 0 || !isShortArgument(first))) return false;
  return !hasComplexTypeArguments(value.typeArguments ?? [], context);
}

function isShortArgument(value: Value): boolean {
  const limit = LAYOUT.printWidth / 4;
  switch (value.kind) {
    case 'name':
      return value.name === 'this' || value.name.length <= limit;
    case 'literal':
      return typeof value.value !== 'string' || stringText(value.value).length <= limit;
    case 'call': {
      if (value.arguments.length > 0 || value.constructs === true || value.pure === true) return false;
      return value.callee.kind === 'name' && value.callee.name.length <= limit - 2;
    }
    default:
      return false;
  }
}

function hasComplexTypeArguments(types: readonly Type[], context: Context): boolean {
  const [first, ...more] = types;
  if (first === undefined) return false;
  if (more.length > 0 || first.kind === 'union' || first.kind === 'intersection' || first.kind === 'object')
    return true;
  return willBreak(typeArgumentsDoc(types, expanded(context)));
}
