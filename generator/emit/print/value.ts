import type {
  ArrayValue,
  CallValue,
  LiteralValue,
  NameValue,
  ObjectValue,
  Property,
  PropertyAccess,
  ThunkValue,
  Value,
} from '../value.js';
import { assignmentDoc, valueLayout } from './assignment.js';
import { isComposition, isLastHugged, isMatrix, isNumeric } from './argument.js';
import { commentDoc } from './comment.js';
import { expanded, type Context } from './context.js';
import {
  TRAILING_COMMA,
  breakParent,
  conditionalGroup,
  fill,
  group,
  ifBreak,
  indent,
  join,
  line,
  softline,
  willBreak,
  type Doc,
} from './doc.js';
import { isShort, stringText } from './text.js';
import { keyDoc, scalarText, typeArgumentsDoc, typeDoc } from './type.js';

/**
 * The layout of a value: that of prettier's printer for TypeScript, for the emitted kinds. Object literals break when
 * they do not fit or contain a comment: prettier keeps this layout, since the first member is then on a separate line.
 *
 * @param value any
 * @param context of the module
 */
export function valueDoc(value: Value, context: Context): Doc {
  switch (value.kind) {
    case 'literal':
      return literalText(value);
    case 'name':
      return nameText(value, context);
    case 'property':
      return propertyDoc(value, context);
    case 'object':
      return objectDoc(value, context);
    case 'array':
      return arrayDoc(value, context);
    case 'call':
      return callDoc(value, context);
    case 'thunk':
      return thunkDoc(value, context, false);
    case 'as':
      return [valueDoc(value.value, context), ' as ', value.type === 'const' ? 'const' : typeDoc(value.type, context)];
  }
}

/**
 * A string, number, boolean or null.
 *
 * @param literal any
 */
export function literalText({ value }: LiteralValue): string {
  if (typeof value === 'string') return stringText(value);
  return value === null ? 'null' : scalarText(value);
}

/**
 * A name, imported when it is from another module.
 *
 * @param value any
 * @param context of the module
 */
export function nameText(value: NameValue, context: Context): string {
  if (value.import !== undefined) context.imports.add(value.import, 'value');
  return value.name;
}

function propertyDoc(value: PropertyAccess, context: Context): Doc {
  const object = nameText(value.object, context);
  if (object !== 'this') return `${object}.${value.name}`;
  return [object, group(indent([softline, `.${value.name}`]))];
}

function objectDoc(value: ObjectValue, context: Context): Doc {
  if (value.properties.length === 0) return '{}';
  const docs = value.properties.map((one) => memberDoc(one, context));
  return group(['{', indent([line, join([',', line], docs)]), TRAILING_COMMA, line, '}']);
}

/**
 * Whether a member is written in shorthand: `{ a }`.
 *
 * @param property of an object literal
 */
export function isShorthand(property: Property): property is Property & { readonly value: NameValue } {
  return property.value.kind === 'name' && property.value.name === property.key;
}

/**
 * A member of an object literal, with its comment.
 *
 * @param property any
 * @param context of the module
 */
export function memberDoc(property: Property, context: Context): Doc {
  if (isShorthand(property)) return [commentDoc(property.doc), valueDoc(property.value, context)];
  const key = keyDoc(property.key, context, 'value');
  const layout = valueLayout({ doc: key, isShortKey: isShort(key) }, property.value, context);
  return [commentDoc(property.doc), assignmentDoc(key, ':', valueDoc(property.value, context), layout)];
}

function arrayDoc(value: ArrayValue, context: Context): Doc {
  const { elements } = value;
  if (elements.length === 0) return '[]';
  if (isNumeric(value)) return numbersDoc(elements, context);
  // A literal does not break and needs no group; there may be half a million of them.
  const docs = elements.map((one) => (one.kind === 'literal' ? valueDoc(one, context) : group(valueDoc(one, context))));
  const list = [indent([softline, join([',', line], docs), TRAILING_COMMA]), softline];
  return group(['[', ...list, ']'], { shouldBreak: isMatrix(elements) });
}

function numbersDoc(elements: readonly Value[], context: Context): Doc {
  const id = Symbol('numbers');
  const last = elements.length - 1;
  const parts = elements.flatMap((one, index): Doc[] => {
    const doc = valueDoc(one, context);
    return index === last ? [[doc, ifBreak(',', '', { groupId: id })]] : [[doc, ','], line];
  });
  return group(['[', indent([softline, fill(parts)]), softline, ']'], { id });
}

function callDoc(call: CallValue, context: Context): Doc {
  const { callee } = call;
  const path =
    callee.kind === 'name' ? [nameText(callee, context)] : [nameText(callee.object, context), `.${callee.name}`];
  const rest = [typeArgumentsDoc(call.typeArguments ?? [], expanded(context)), argumentsDoc(call.arguments, context)];
  const before = call.pure === true ? '/* @__PURE__ */ ' : '';
  if (call.constructs === true) return [before, 'new ', ...path, ...rest];
  return callee.kind === 'name' ? [before, ...path, ...rest] : [before, group([...path, ...rest])];
}

function argumentsDoc(values: readonly Value[], context: Context): Doc {
  const last = values.at(-1);
  if (last === undefined) return '()';
  const docs = values.map((one) => valueDoc(one, context));
  const separated = docs.map((doc, index): Doc => (index === docs.length - 1 ? doc : [doc, ',', line]));
  const allBroken = (): Doc =>
    group(['(', indent([line, ...separated]), TRAILING_COMMA, line, ')'], { shouldBreak: true });
  if (isComposition(values)) return allBroken();
  if (isLastHugged(values, last)) {
    const before = separated.slice(0, -1);
    if (before.some(willBreak)) return allBroken();
    const doc = last.kind === 'thunk' ? thunkDoc(last, context, true) : (docs.at(-1) ?? '');
    const broken = ['(', ...before, group(doc, { shouldBreak: true }), ')'];
    if (willBreak(doc)) return [breakParent, conditionalGroup([broken, allBroken()])];
    return conditionalGroup([['(', ...before, doc, ')'], broken, allBroken()]);
  }
  const list = ['(', indent([softline, ...separated]), TRAILING_COMMA, softline, ')'];
  return group(list, { shouldBreak: docs.some(willBreak) });
}

/** A function as a value; as the last argument of a call, it stays next to the parenthesis. */
function thunkDoc(value: ThunkValue, context: Context, isLastArgument: boolean): Doc {
  const { body } = value;
  const doc = startsWithBrace(body) ? inParentheses(body, context) : valueDoc(body, context);
  if (body.kind === 'object' || body.kind === 'array') return group(['() =>', group([' ', doc])]);
  return group(['() =>', group([indent([line, doc]), isLastArgument ? [TRAILING_COMMA, softline] : ''])]);
}

/** Whether a body starts with a brace, which would make it a block. */
function startsWithBrace(value: Value): boolean {
  return value.kind === 'object' || (value.kind === 'as' && startsWithBrace(value.value));
}

function inParentheses(value: Value, context: Context): Doc {
  if (value.kind !== 'as') return ['(', valueDoc(value, context), ')'];
  const type = value.type === 'const' ? 'const' : typeDoc(value.type, context);
  return [inParentheses(value.value, context), ' as ', type];
}
