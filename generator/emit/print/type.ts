import type { Signature } from '../declaration.js';
import type {
  FunctionType,
  IntersectionType,
  Key,
  Member,
  ObjectType,
  Parameter,
  ReferenceType,
  RestElement,
  TupleType,
  Type,
  UnionType,
} from '../type.js';
import { commentDoc } from './comment.js';
import { expanded, type Context } from './context.js';
import { TRAILING_COMMA, align, group, ifBreak, indent, join, line, softline, willBreak, type Doc } from './doc.js';
import { keyText, numberText, stringText } from './text.js';

/**
 * The layout of a type expression: that of prettier's printer for TypeScript, for the emitted kinds.
 *
 * @param type any
 * @param context of the module
 */
export function typeDoc(type: Type, context: Context): Doc {
  switch (type.kind) {
    case 'keyword':
      return type.keyword;
    case 'literal':
      return typeof type.value === 'string' ? stringText(type.value) : scalarText(type.value);
    case 'reference':
      return referenceDoc(type, context);
    case 'union':
      return isHugged(type) ? unionDoc(type, context) : group(indent([softline, unionDoc(type, context)]));
    case 'intersection':
      return intersectionDoc(type, context);
    case 'array':
      return [operandDoc(type.element, context, 'array'), '[]'];
    case 'tuple':
      return tupleDoc(type, context);
    case 'object':
      return group(objectTypeDoc(type, context), { shouldBreak: context.expanded && type.members.length > 0 });
    case 'operator':
      return [type.operator, ' ', operandDoc(type.type, context, 'operator')];
    case 'query':
      if (type.import !== undefined) context.imports.add(type.import, 'type');
      return `typeof ${type.name}`;
    case 'indexed-access':
      return [operandDoc(type.object, context, 'array'), '[', typeDoc(type.index, context), ']'];
    case 'function-type':
      return functionTypeDoc(type, context);
  }
}

/**
 * A number or boolean as a type or a value.
 *
 * @param value either
 */
export function scalarText(value: number | boolean): string {
  return typeof value === 'number' ? numberText(value) : String(value);
}

/**
 * A named type with its type arguments.
 *
 * @param type any
 * @param context of the module
 */
export function referenceDoc(type: ReferenceType, context: Context): Doc {
  return [referenceName(type, context, 'type'), typeArgumentsDoc(type.typeArguments, context)];
}

/**
 * The type of a constant that is a function: a single type argument may move to a separate line, unless it is an object
 * type.
 *
 * @param type of the constant
 * @param context of the module
 */
export function functionConstantTypeDoc(type: Type, context: Context): Doc {
  if (type.kind !== 'reference') return typeDoc(type, context);
  const [first] = type.typeArguments;
  if (type.typeArguments.length !== 1 || first?.kind === 'object') return referenceDoc(type, context);
  return [referenceName(type, context, 'type'), brokenArgumentsDoc(type.typeArguments, context)];
}

/**
 * The name of a type, with its namespace.
 *
 * @param type any
 * @param context of the module
 * @param as `value` for a base class
 */
export function referenceName(type: ReferenceType, context: Context, as: 'type' | 'value'): string {
  if (type.import !== undefined) context.imports.add(type.import, as);
  return type.namespace === undefined ? type.name : `${type.namespace}.${type.name}`;
}

/**
 * `<A, B>`; empty for no arguments.
 *
 * @param types in their order
 * @param context of the module
 */
export function typeArgumentsDoc(types: readonly Type[], context: Context): Doc {
  const [first] = types;
  if (first === undefined) return '';
  if (types.length === 1 && isSimple(first)) return ['<', argumentDoc(first, context), '>'];
  return brokenArgumentsDoc(types, context);
}

function brokenArgumentsDoc(types: readonly Type[], context: Context): Doc {
  const docs = types.map((type) => argumentDoc(type, context));
  return group(['<', indent([softline, join([',', line], docs)]), softline, '>']);
}

function argumentDoc(type: Type, context: Context): Doc {
  return type.kind === 'union' ? unionDoc(type, context) : typeDoc(type, context);
}

/** Whether a type, as the only type argument, stays on the line of its brackets. */
function isSimple(type: Type): boolean {
  switch (type.kind) {
    case 'keyword':
    case 'literal':
    case 'object':
      return true;
    case 'reference':
      return type.typeArguments.length === 0;
    case 'union':
      return isHugged(type);
    default:
      return false;
  }
}

/**
 * Whether a union stays on one line: a type and `null` or `void`.
 *
 * @param type any union
 */
export function isHugged(type: UnionType): boolean {
  const main = type.types.find((one) => one.kind === 'object' || one.kind === 'reference');
  return main !== undefined && type.types.every((one) => one === main || isEmptyKeyword(one));
}

function isEmptyKeyword(type: Type): boolean {
  return type.kind === 'keyword' && (type.keyword === 'null' || type.keyword === 'void');
}

/**
 * The types of a union, each after a possible line break; the surrounding document decides about the indentation.
 *
 * @param type any union
 * @param context of the module
 */
export function unionDoc(type: UnionType, context: Context): Doc {
  const docs = type.types.map((one) => operandDoc(one, context, 'set'));
  if (isHugged(type)) return join(' | ', docs);
  return group(docs.map((one, index) => [index === 0 ? ifBreak('| ') : [line, '| '], align(2, one)]));
}

function intersectionDoc(type: IntersectionType, context: Context): Doc {
  let isMixed = false;
  return group(
    type.types.map((one, index): Doc => {
      const doc = operandDoc(one, context, 'set');
      const before = type.types[index - 1];
      if (before === undefined) return doc;
      const objects = Number(one.kind === 'object') + Number(before.kind === 'object');
      if (objects === 2) return [' & ', isMixed ? indent(doc) : doc];
      if (objects === 0) return indent([' &', line, doc]);
      if (index > 1) isMixed = true;
      return [' & ', index > 1 ? indent(doc) : doc];
    }),
  );
}

/** The position of an operand: in a union or intersection, before `[]`, after `keyof`, after `...`. */
type Place = 'set' | 'array' | 'operator' | 'rest';

function operandDoc(type: Type, context: Context, place: Place): Doc {
  if (!needsParentheses(type, place)) return typeDoc(type, context);
  if (type.kind !== 'union' || isHugged(type)) return ['(', typeDoc(type, context), ')'];
  return ['(', group([indent([softline, unionDoc(type, context)]), softline]), ')'];
}

function needsParentheses(type: Type, place: Place): boolean {
  switch (type.kind) {
    case 'union':
    case 'intersection':
    case 'function-type':
      return true;
    case 'operator':
      return place !== 'set';
    case 'query':
      return place === 'array';
    default:
      return false;
  }
}

function tupleDoc(type: TupleType, context: Context): Doc {
  if (type.elements.length === 0) return '[]';
  const isSingle = type.elements.length === 1;
  const docs = type.elements.map((element) => group(elementDoc(element, context, isSingle)));
  return group(['[', indent([softline, join([',', line], docs), TRAILING_COMMA]), softline, ']']);
}

function elementDoc(element: Type | RestElement, context: Context, isSingle: boolean): Doc {
  if (element.kind === 'rest') return ['...', operandDoc(element.type, context, 'rest')];
  if (element.kind !== 'union') return typeDoc(element, context);
  const doc = unionDoc(element, context);
  if (isSingle || isHugged(element)) return doc;
  return group([indent([ifBreak(['(', softline]), doc]), softline, ifBreak(')')]);
}

/**
 * `{ a: A; b: B }`, without a group. It breaks when it does not fit or contains a comment.
 *
 * @param type any object type
 * @param context of the module
 */
export function objectTypeDoc(type: ObjectType, context: Context): Doc {
  if (type.members.length === 0) return '{}';
  const docs = type.members.map((member): Doc => [commentDoc(member.doc), memberDoc(member, context)]);
  return ['{', indent([line, join([';', line], docs), ifBreak(';')]), line, '}'];
}

/**
 * A member of an interface or object type, without its comment and the semicolon.
 *
 * @param member any
 * @param context of the module
 */
export function memberDoc(member: Member, context: Context): Doc {
  const key = keyDoc(member.key, context);
  const before = [member.readonly === true ? 'readonly ' : '', key, member.optional === true ? '?' : ''];
  if (member.parameters === undefined) return group([...before, ': ', typeDoc(member.type, context)]);
  const returns = typeDoc(member.type, context);
  const parameters = parametersDoc(member.parameters, context);
  const isGrouped = isParameterGroup({ parameters: member.parameters, returns: member.type }, returns);
  return group([...before, isGrouped ? group(parameters) : parameters, ': ', returns]);
}

/**
 * A member name.
 *
 * @param key any
 * @param context of the module
 * @param as `value` in an object literal, where the name of a computed key is a value
 */
export function keyDoc(key: Key, context: Context, as: 'type' | 'value' = 'type'): string {
  if (typeof key === 'string') return keyText(key);
  if (key.import !== undefined) context.imports.add(key.import, as);
  return `[${key.name}]`;
}

function functionTypeDoc(type: FunctionType, context: Context): Doc {
  const returns = typeDoc(type.returns, expanded(context));
  const parameters = parametersDoc(type.parameters, context);
  const isGrouped = isParameterGroup(type, returns);
  return group([type.constructs ? 'new ' : '', isGrouped ? group(parameters) : parameters, ' => ', returns]);
}

/**
 * Whether the parameters break independently of the return type: a single parameter need not break when the return type
 * does.
 *
 * @param signature any
 * @param returns the layout of the return type
 */
export function isParameterGroup(signature: Signature, returns: Doc): boolean {
  if (signature.returns === undefined || signature.parameters.length !== 1) return false;
  const [parameter, ...more] = signature.typeParameters ?? [];
  if (more.length > 0 || parameter?.constraint !== undefined || parameter?.default !== undefined) return false;
  return signature.returns.kind === 'object' || willBreak(returns);
}

/**
 * `(a: A, b?: B)`.
 *
 * @param parameters in their order
 * @param context of the module
 */
export function parametersDoc(parameters: readonly Parameter[], context: Context): Doc {
  const [first] = parameters;
  if (first === undefined) return '()';
  // The object type of an only parameter keeps its braces next to the parentheses.
  if (parameters.length === 1 && first.rest !== true && first.type.kind === 'object') {
    return ['(', parameterName(first), objectTypeDoc(first.type, context), ')'];
  }
  const docs = parameters.map((one): Doc => [parameterName(one), typeDoc(one.type, context)]);
  const hasRest = parameters.at(-1)?.rest === true;
  return ['(', indent([softline, join([',', line], docs)]), hasRest ? '' : TRAILING_COMMA, softline, ')'];
}

function parameterName(parameter: Parameter): string {
  return `${parameter.rest === true ? '...' : ''}${parameter.name}${parameter.optional === true ? '?' : ''}: `;
}
