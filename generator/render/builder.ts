import type { Declaration } from '../emit/declaration.js';
import {
  arrayOf,
  keyword,
  literals,
  type Member,
  named,
  type Parameter,
  rest,
  tuple,
  type Type,
  union,
} from '../emit/type.js';
import { array, call, name, object, type Value, value } from '../emit/value.js';
import type { ResolvedElement } from '../model/resolved.js';
import { arrayTypes } from './array-type.js';
import { briefComment } from './comment.js';
import { itemType } from './item-type.js';
import { itemInput } from './slice-input.js';
import { internalName, runtimeType, type TypeScope } from './scope.js';
import type { SliceTypes } from './slice-types.js';

/** A method of a builder. */
interface Method {
  /** The method in the type of the builder. */
  readonly member: Member;
  readonly name: string;
  /**
   * What it does, in the notation of the runtime: `status` sets, `note[]` appends, `modality[0]` sets the only item,
   * `identifier:official` sets a slice, `identifier:other[]` appends to one.
   */
  readonly target: string;
}

/** Members that builders share, by the interface of the runtime that has their methods. */
const SHARED: readonly (readonly [type: string, members: readonly string[]])[] = [
  ['ResourceMethods', ['meta', 'implicitRules', 'language']],
  ['NarrativeMethods', ['text', 'contained']],
  ['ModifierExtensionMethods', ['modifierExtension']],
  ['ExtensionMethods', ['extension']],
  ['IdMethods', ['id']],
];

/**
 * The builder of an object type: an interface with a method for each member, and the constructor.
 *
 * @param scope of the module
 * @param element the profile, or one of its parts
 * @param result the result of `build`
 */
export function builderDeclarations(scope: TypeScope, element: ResolvedElement, result: Type): Declaration[] {
  const own = scope.names.parts.get(element.path);
  if (own === undefined) throw new Error(`no names for ${element.path} of ${scope.names.interface}`);
  const isRoot = element.path === '';
  const members = element.members.filter((member) => member.max > 0);
  const shared = SHARED.filter(([, names]) => names.every((one) => isShared(members, one)));
  const sharedNames = new Set(shared.flatMap(([, names]) => names));
  const required = [...new Set(members.flatMap((member) => member.requiredNames))];
  const methods = members
    .filter((member) => !sharedNames.has(member.base.name) && !isConstant(member))
    .flatMap((member) => methodsOf(scope, element, member, own.builder, required));
  const doc = [scope.context.words.builderOf(isRoot ? scope.names.interface : own.type)];
  const missing = literals(required);
  return [
    {
      kind: 'interface',
      name: own.builder,
      doc,
      typeParameters: [{ name: 'M', variance: 'out', constraint: keyword('string'), default: missing }],
      extends: [runtimeType('Builder', result, named('M')), ...shared.map(([type]) => runtimeType(type))],
      members: methods.map((method) => method.member),
    },
    {
      kind: 'constant',
      name: own.builder,
      // Editors show that of the interface, which has the same name.
      doc: [],
      value: classValue(scope, element.path, own.builder, methods),
    },
  ];
}

/** The builder class, with the types of empty builders, of complete ones, and of those that may lack anything. */
function classValue(scope: TypeScope, path: string, builder: string, methods: readonly Method[]): Value {
  const targets = array(methods.filter(isRegular).map((method) => value(method.target)));
  const irregular = methods.filter((method) => !isRegular(method));
  const others = object(irregular.map((method) => [method.name, value(method.target)]));
  const args = [name(scope.names.completion), value(path), targets, ...(irregular.length === 0 ? [] : [others])];
  const states = [named(builder), named(builder, keyword('never')), named(builder, runtimeType('Unchecked'))];
  return call(name(internalName('builderClass')), args, { pure: true, typeArguments: states });
}

/** The runtime derives the name of the method from what it does. */
function isRegular({ name: own, target }: Method): boolean {
  const [key = ''] = /\w+(?=(?:\[0?\])?$)/.exec(target) ?? [];
  const isAdding = target.endsWith('[]') || target.includes(':');
  return own === (isAdding ? 'add' : 'set') + key.charAt(0).toUpperCase() + key.slice(1);
}

/** A method that sets a required element requires an argument. */
function oneOrMore(type: Type): Type {
  return tuple([type, rest(arrayOf(type))]);
}

/** Whether the profile leaves the member as in every resource or element. */
function isShared(members: readonly ResolvedElement[], wanted: string): boolean {
  const member = members.find(({ base }) => base.name === wanted);
  return member !== undefined && !member.isConstrained && member.slicing === undefined;
}

/** `create` writes the only value that it may have. */
function isConstant(member: ResolvedElement): boolean {
  return member.isFilled && member.content === 'primitive' && !member.base.array;
}

function methodsOf(
  scope: TypeScope,
  parent: ResolvedElement,
  member: ResolvedElement,
  builder: string,
  required: readonly string[],
): Method[] {
  const names = scope.names.methods.get(parent.path);
  const method = (
    id: string,
    type: Type,
    isList: boolean,
    target: string,
    sets: readonly string[],
    of: ResolvedElement,
  ) => {
    const methodName = names?.get(id) ?? id;
    const given = sets.filter((one) => required.includes(one));
    const returns =
      given.length === 0 ? keyword('this') : named(builder, named('Exclude', named('M'), literals(given)));
    const parameter: Parameter = isList
      ? { name: 'values', rest: true, type: given.length === 0 ? runtimeType('Items', type) : oneOrMore(type) }
      : { name: 'value', type: given.length === 0 ? union([type, keyword('undefined')]) : type };
    return {
      name: methodName,
      target: isList ? `${target}[]` : target,
      member: { doc: [briefComment(scope.context, of)], key: methodName, parameters: [parameter], type: returns },
    };
  };
  const { name: json, choice, array } = member.base;
  if (choice) {
    return member.options.map((option) =>
      method(
        option.base.name,
        itemType(scope, option).input,
        false,
        `${json}[x].${option.base.name}`,
        [`${json}[x]`],
        option,
      ),
    );
  }
  if (!array) return [method(json, itemType(scope, member).input, false, json, [json], member)];
  const types = arrayTypes(scope, member);
  const slices = types.slices.map((one: SliceTypes) => {
    const { slice, key } = one;
    const isList = slice.item.max !== 1;
    return method(
      `${json}:${slice.name}`,
      itemInput(one),
      isList,
      `${json}:${key}`,
      [`${json}:${slice.name}`, json],
      slice.item,
    );
  });
  if (member.slicing?.takesOthers === false) return slices;
  const isList = member.max !== 1;
  // If `create` writes items of slices, it would use an array unchanged.
  const isWritten = types.slices.some(({ slice }) => slice.item.min > 0 && slice.isFilled);
  const target = isList ? `${json}${isWritten ? ':others' : ''}` : `${json}[0]`;
  return [...slices, method(json, types.others.input, isList, target, [json], member)];
}
