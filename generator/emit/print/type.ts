import type { Signature } from '../declaration.js';
import type { Imports } from '../imports.js';
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
import { TRAILING_COMMA, align, group, ifBreak, indent, join, line, softline, willBreak, type Doc } from './doc.js';
import { keyText, numberText, stringText } from './text.js';

/**
 * The layout of a type expression. It is that of prettier's printer of TypeScript, for the kinds that are emitted.
 *
 * @param type any
 * @param imports that it adds to
 */
export function typeDoc(type: Type, imports: Imports): Doc {
  switch (type.kind) {
    case 'keyword':
      return type.keyword;
    case 'literal':
      return typeof type.value === 'string' ? stringText(type.value) : scalarText(type.value);
    case 'reference':
      return referenceDoc(type, imports);
    case 'union':
      return isHugged(type) ? unionDoc(type, imports) : group(indent([softline, unionDoc(type, imports)]));
    case 'intersection':
      return intersectionDoc(type, imports);
    case 'array':
      return [operandDoc(type.element, imports, 'array'), '[]'];
    case 'tuple':
      return tupleDoc(type, imports);
    case 'object':
      return group(objectTypeDoc(type, imports));
    case 'operator':
      return [type.operator, ' ', operandDoc(type.type, imports, 'operator')];
    case 'query':
      if (type.import !== undefined) imports.add(type.import, 'type');
      return `typeof ${type.name}`;
    case 'indexed-access':
      return [operandDoc(type.object, imports, 'array'), '[', typeDoc(type.index, imports), ']'];
    case 'function-type':
      return functionTypeDoc(type, imports);
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
 * @param imports that it adds to
 */
export function referenceDoc(type: ReferenceType, imports: Imports): Doc {
  return [referenceName(type, imports, 'type'), typeArgumentsDoc(type.typeArguments, imports)];
}

/**
 * The name of a type, with its namespace.
 *
 * @param type any
 * @param imports that it adds to
 * @param as a class that is extended is a value
 */
export function referenceName(type: ReferenceType, imports: Imports, as: 'type' | 'value'): string {
  if (type.import !== undefined) imports.add(type.import, as);
  return type.namespace === undefined ? type.name : `${type.namespace}.${type.name}`;
}

/**
 * `<A, B>`; nothing for none.
 *
 * @param types in their order
 * @param imports that they add to
 */
export function typeArgumentsDoc(types: readonly Type[], imports: Imports): Doc {
  const [first] = types;
  if (first === undefined) return '';
  const docs = types.map((type) => (type.kind === 'union' ? unionDoc(type, imports) : typeDoc(type, imports)));
  if (types.length === 1 && isSimple(first)) return ['<', ...docs, '>'];
  return group(['<', indent([softline, join([',', line], docs)]), softline, '>']);
}

/** As the only type argument it stays beside its brackets. */
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
 * The types of a union, each behind its line; what stands around decides about the indentation.
 *
 * @param type any union
 * @param imports that it adds to
 */
export function unionDoc(type: UnionType, imports: Imports): Doc {
  const docs = type.types.map((one) => operandDoc(one, imports, 'set'));
  if (isHugged(type)) return join(' | ', docs);
  return group(docs.map((one, index) => [index === 0 ? ifBreak('| ') : [line, '| '], align(2, one)]));
}

function intersectionDoc(type: IntersectionType, imports: Imports): Doc {
  let isMixed = false;
  return group(
    type.types.map((one, index): Doc => {
      const doc = operandDoc(one, imports, 'set');
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

/** Where an operand stands: a union or intersection, before `[]`, after `keyof`, after `...`. */
type Place = 'set' | 'array' | 'operator' | 'rest';

function operandDoc(type: Type, imports: Imports, place: Place): Doc {
  if (!needsParentheses(type, place)) return typeDoc(type, imports);
  if (type.kind !== 'union' || isHugged(type)) return ['(', typeDoc(type, imports), ')'];
  return ['(', group([indent([softline, unionDoc(type, imports)]), softline]), ')'];
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

function tupleDoc(type: TupleType, imports: Imports): Doc {
  if (type.elements.length === 0) return '[]';
  const isSingle = type.elements.length === 1;
  const docs = type.elements.map((element) => group(elementDoc(element, imports, isSingle)));
  return group(['[', indent([softline, join([',', line], docs), TRAILING_COMMA]), softline, ']']);
}

function elementDoc(element: Type | RestElement, imports: Imports, isSingle: boolean): Doc {
  if (element.kind === 'rest') return ['...', operandDoc(element.type, imports, 'rest')];
  if (element.kind !== 'union') return typeDoc(element, imports);
  const doc = unionDoc(element, imports);
  if (isSingle || isHugged(element)) return doc;
  return group([indent([ifBreak(['(', softline]), doc]), softline, ifBreak(')')]);
}

/**
 * `{ a: A; b: B }`, without a group of its own. It breaks where it does not fit, or holds a comment.
 *
 * @param type any object type
 * @param imports that it adds to
 */
export function objectTypeDoc(type: ObjectType, imports: Imports): Doc {
  if (type.members.length === 0) return '{}';
  const docs = type.members.map((member) => memberDoc(member, imports));
  return ['{', indent([line, join([';', line], docs), ifBreak(';')]), line, '}'];
}

/**
 * A member of an interface or object type, without the semicolon.
 *
 * @param member any
 * @param imports that it adds to
 */
export function memberDoc(member: Member, imports: Imports): Doc {
  const key = [
    member.readonly === true ? 'readonly ' : '',
    keyDoc(member.key, imports),
    member.optional === true ? '?' : '',
  ];
  if (member.parameters === undefined) {
    return [commentDoc(member.doc), group([...key, ': ', typeDoc(member.type, imports)])];
  }
  const returns = typeDoc(member.type, imports);
  const parameters = parametersDoc(member.parameters, imports);
  const isGrouped = isParameterGroup({ parameters: member.parameters, returns: member.type }, returns);
  return [commentDoc(member.doc), group([...key, isGrouped ? group(parameters) : parameters, ': ', returns])];
}

/**
 * A member name.
 *
 * @param key any
 * @param imports that it adds to
 * @param as the name of a computed key is read as a value in an object literal
 */
export function keyDoc(key: Key, imports: Imports, as: 'type' | 'value' = 'type'): string {
  if (typeof key === 'string') return keyText(key);
  if (key.import !== undefined) imports.add(key.import, as);
  return `[${key.name}]`;
}

function functionTypeDoc(type: FunctionType, imports: Imports): Doc {
  const returns = typeDoc(type.returns, imports);
  const parameters = parametersDoc(type.parameters, imports);
  const isGrouped = isParameterGroup(type, returns);
  return group([type.constructs ? 'new ' : '', isGrouped ? group(parameters) : parameters, ' => ', returns]);
}

/**
 * Whether the parameters break by themselves: a single one need not when the result does.
 *
 * @param signature any
 * @param returns layout of what it gives
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
 * @param imports that they add to
 */
export function parametersDoc(parameters: readonly Parameter[], imports: Imports): Doc {
  const [first] = parameters;
  if (first === undefined) return '()';
  // The only parameter keeps the braces of its object type beside the parentheses.
  if (parameters.length === 1 && first.rest !== true && first.type.kind === 'object') {
    return ['(', parameterName(first), objectTypeDoc(first.type, imports), ')'];
  }
  const docs = parameters.map((one): Doc => [parameterName(one), typeDoc(one.type, imports)]);
  const hasRest = parameters.at(-1)?.rest === true;
  return ['(', indent([softline, join([',', line], docs)]), hasRest ? '' : TRAILING_COMMA, softline, ')'];
}

function parameterName(parameter: Parameter): string {
  return `${parameter.rest === true ? '...' : ''}${parameter.name}${parameter.optional === true ? '?' : ''}: `;
}
