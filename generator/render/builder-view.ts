import { isFilledMember, isFilledSlice } from '../model/filled.js';
import { requiredItems } from '../model/cardinality.js';
import { ofType, spelledOut, unconstrained } from '../model/effective.js';
import { elementsBelow } from '../model/fhir-type.js';
import { mergeChildren } from '../model/merge.js';
import type { ElementModel } from '../model/model.js';
import { pascalCase } from '../names/identifier.js';
import { distinct } from '../names/names.js';
import { arrayTypes, inputOf, type ArrayTypes } from './array-type.js';
import { itemType, plainType } from './item-type.js';
import { stringLiteral } from './literal.js';
import { elementDoc } from './member-doc.js';
import { parenthesized, type TypeScope } from './type-scope.js';

/** A builder class, for the template. */
export interface BuilderView {
  readonly name: string;
  readonly doc: readonly string[];
  /** `build` gives this. */
  readonly result: string;
  /** Names of what is missing at first, as a union of literals; `never` for nothing. */
  readonly missing: string;
  /** Completion of the profile; absent for a part of one. */
  readonly completion?: string;
  readonly methods: readonly MethodView[];
}

/** A method of a builder. */
export interface MethodView {
  readonly doc: readonly string[];
  readonly name: string;
  readonly parameters: string;
  readonly returns: string;
  /** The call that does it. */
  readonly call: string;
}

/** A method before it has its name. */
interface Method {
  readonly names: readonly [string, ...string[]];
  readonly doc: readonly string[];
  readonly type: string;
  readonly many: boolean;
  readonly call: (value: string) => string;
  /** What the call takes off the list of what is missing. */
  readonly gives: readonly string[];
}

/**
 * The builder of an object type.
 *
 * @param scope of the module
 * @param element of the profile, or of one of its parts
 * @param options `name` of the class, `result` of `build`, `part` where it stands, `completion` of a profile
 */
export function builderView(
  scope: TypeScope,
  element: ElementModel,
  options: { readonly name: string; readonly result: string; readonly part: string; readonly completion?: string },
): BuilderView {
  const code = element.types.length === 1 ? element.types[0]?.code : undefined;
  const below = elementsBelow(element.base, code, scope.context.types).map(unconstrained);
  const own = spelledOut(element, scope.context).children;
  const spokenOf = new Set(own.map((member) => member.base.path));
  const members = mergeChildren(below, own).filter((member) => member.max > 0);
  const methods = members.flatMap((member) =>
    methodsOf(scope, member, { part: options.part, isOwn: spokenOf.has(member.base.path) }),
  );
  const missing = [...new Set(members.flatMap((member) => missingNames(scope, member)))];
  const names = distinct(methods.map((method) => method.names));
  return {
    name: options.name,
    doc: [scope.context.words.builderOf(options.result)],
    result: options.result,
    missing: missing.length === 0 ? 'never' : missing.map(stringLiteral).join(' | '),
    ...(options.completion === undefined ? {} : { completion: options.completion }),
    methods: methods.map((method, index) => methodView(method, names[index] ?? 'set', options.name, missing)),
  };
}

function methodView(method: Method, name: string, builder: string, missing: readonly string[]): MethodView {
  const gives = method.gives.filter((one) => missing.includes(one)).map(stringLiteral);
  return {
    doc: method.doc,
    name,
    parameters: method.many
      ? `...values: [${method.type}, ...${parenthesized(method.type)}[]]`
      : `value: ${method.type}`,
    returns: gives.length === 0 ? 'this' : `${builder}<Exclude<M, ${gives.join(' | ')}>>`,
    call: method.call(method.many ? 'values' : 'value'),
  };
}

/** Where a member stands, and whether the profile speaks of it. */
interface MemberPlace {
  readonly part: string;
  readonly isOwn: boolean;
}

function methodsOf(scope: TypeScope, member: ElementModel, place: MemberPlace): Method[] {
  const { name } = member.base;
  const at = (own: string): string => (place.part === '' ? own : `${place.part}.${own}`);
  // An element that no profile speaks of has the type of FHIR itself.
  const typeOf = (element: ElementModel): string =>
    place.isOwn ? itemType(scope, element, at(element.base.name)).input : plainType(scope, element);
  if (member.base.choice) {
    const isOpen = member.types.length > 1;
    return member.types.map((type): Method => {
      const one = ofType(member, type);
      return {
        names: [`set${pascalCase(one.base.name)}`],
        doc: elementDoc(scope, one),
        type: typeOf(one),
        many: false,
        call: (value) =>
          `this.put(${stringLiteral(one.base.name)}, ${value}${isOpen ? `, ${stringLiteral(name)}` : ''})`,
        gives: [`${name}[x]`],
      };
    });
  }
  if (!member.base.array) {
    return [
      {
        names: [`set${pascalCase(name)}`],
        doc: elementDoc(scope, member),
        type: typeOf(member),
        many: false,
        call: (value) => `this.put(${stringLiteral(name)}, ${value})`,
        gives: [name],
      },
    ];
  }
  return arrayMethods(scope, member, arrayTypes(scope, member, at(name)));
}

function arrayMethods(scope: TypeScope, member: ElementModel, types: ArrayTypes): Method[] {
  const { name } = member.base;
  const single = member.max === 1;
  const literal = stringLiteral(name);
  const isWritten = types.slices.some((one) => one.slice.element.min > 0 && one.written);
  const append = (value: string): string =>
    isWritten ? `this.appendSlice(${literal}, 'others', ${value})` : `this.append(${literal}, ${value})`;
  const others: Method = {
    names: [`${single ? 'set' : 'add'}${pascalCase(name)}`],
    doc: elementDoc(scope, member),
    type: types.others.input,
    many: !single,
    call: (value) => (single ? `this.put(${literal}, [${value}])` : append(value)),
    gives: [name],
  };
  const slices = types.slices.map((one): Method => {
    const isSingle = one.slice.element.max === 1;
    const key = stringLiteral(one.key);
    return {
      names: [`add${pascalCase(one.key)}`, `add${pascalCase(name)}${pascalCase(one.key)}`],
      doc: elementDoc(scope, one.slice.element),
      type: inputOf(one),
      many: !isSingle,
      call: (value) =>
        isSingle ? `this.putSlice(${literal}, ${key}, [${value}])` : `this.appendSlice(${literal}, ${key}, ${value})`,
      gives: [`${name}:${one.slice.name}`, name],
    };
  });
  const isClosed = member.slicing?.rules === 'closed' && types.slices.length > 0;
  return isClosed ? slices : [...slices, others];
}

/** What a member adds to the list of what is missing; what `create` can write is not missing. */
function missingNames(scope: TypeScope, member: ElementModel): string[] {
  if (requiredItems(member) === 0) return [];
  const { name } = member.base;
  if (isFilledMember(member, scope.context)) return [];
  if (member.base.choice) return [`${name}[x]`];
  if (!member.base.array) return [name];
  const required = member.slicing?.slices.filter((slice) => slice.element.min > 0 && slice.name !== '') ?? [];
  const open = required.filter((slice) => !isFilledSlice(member, slice, scope.context));
  const covered = required.reduce((sum, slice) => sum + slice.element.min, 0);
  const names = open.map((slice) => `${name}:${slice.name}`);
  return covered >= member.min ? names : [...names, name];
}
