import {
  intersection,
  jsonType,
  keyword,
  literals,
  named,
  type ReferenceType,
  tuple,
  type Type,
} from '../emit/type.js';
import { fromFile } from '../emit/imports.js';
import { imported } from '../emit/type.js';
import type { Json } from '../fhir/json.js';
import type { ResolvedElement, ResolvedType } from '../model/resolved.js';
import { codingOf, codingType, commonCoding, primitiveType, quantityType } from './code-type.js';
import { fhirBase } from './fhir-base.js';
import { fhirInterface, fhirType, type ObjectOptions, runtimeType, type TypeScope } from './scope.js';
import { TUPLE_LIMIT } from './tuple.js';
import { distinctUnion, same, type TypePair } from './type-pair.js';

/**
 * The type of one value of an element: one item, if it is an array.
 *
 * @param scope of the module
 * @param element of a profile; its slicing and cardinality do not matter here
 */
export function itemType(scope: TypeScope, element: ResolvedElement): TypePair {
  const { content, options } = element;
  if (content === 'object') return objectItem(scope, element);
  // With several types, the type of a value is not known, so `create` completes none.
  if (options.length > 1) return same(distinctUnion(options.map((option) => itemType(scope, option).type)));
  const [type] = element.types;
  if (type === undefined) return same(fhirInterface(element.base));
  if (content === 'primitive') return same(primitiveType(scope.context, element, type.code));
  if (content === 'resource') return resourceItem(scope, element, type);
  if (element.fixed !== undefined) return same(runtimeType('Exactly', fhirType(type.code), jsonType(element.fixed)));
  return datatypeItem(scope, element, type);
}

/** A BackboneElement: a separate type if the profile changes a member or its description. */
function objectItem(scope: TypeScope, element: ResolvedElement): TypePair {
  const base = fhirInterface(element.base);
  const plain: TypePair = { ...same(base), extendable: true };
  return element.members.length === 0 ? plain : scope.declare(scope, element, { base, plain });
}

function resourceItem(scope: TypeScope, element: ResolvedElement, type: ResolvedType): TypePair {
  if (type.profiles.length > 0) return profileUnion(scope, type.profiles);
  const base = resourceBase(scope, element, type.code);
  if (element.members.length === 0 || type.code === 'Resource') return same(base);
  return scope.declare(scope, element, { base });
}

function resourceBase({ context }: TypeScope, element: ResolvedElement, code: string): ReferenceType {
  return fhirType(code === 'Resource' ? (context.baseTypes.resources.get(element.base.path) ?? 'FhirResource') : code);
}

/** The interfaces of profiles of which a value has one. */
function profileUnion(scope: TypeScope, profiles: readonly string[]): TypePair {
  const pairs = profiles.map((url) => profilePair(scope, url));
  const [only] = pairs;
  return only !== undefined && pairs.length === 1 ? only : same(distinctUnion(pairs.map((pair) => pair.type)));
}

function profilePair({ context }: TypeScope, url: string): TypePair {
  const names = context.names.profiles.get(url);
  if (names === undefined) return same({ kind: 'keyword', keyword: 'unknown' });
  return {
    type: imported(fromFile(names.file, names.interface)),
    input: imported(fromFile(names.file, names.input)),
    ...(context.profiles.get(url)?.isUnion === true ? {} : { extendable: true }),
  };
}

function datatypeItem(scope: TypeScope, element: ResolvedElement, type: ResolvedType): TypePair {
  const { members } = element;
  const base = baseType(scope, element, type);
  if (members.length === 0) return base;
  const isProfiled = type.profiles.length > 0;
  if (type.code === 'Reference' && !isProfiled && isTargeted(type)) return referenceItem(scope, element, type, base);
  const coding = isProfiled ? undefined : literalCoding(type.code, members);
  if (coding !== undefined) return coding;
  const isExtension =
    base.extendable === true && members.every((member) => isAddition(member, base.type, type.code, isProfiled));
  const isRestated = !isExtension && isProfiled;
  const isInterface = isExtension || (isRestated && base.extendable === true);
  const options: ObjectOptions = {
    ...(isRestated ? restated(base, members.flatMap(jsonNames)) : { base: base.type, baseInput: base.input }),
    ...(isInterface ? {} : { intersects: true }),
  };
  return scope.declare(scope, element, options);
}

/**
 * A base without the members that are redeclared: in an intersection of two types with the same array, the compiler no
 * longer checks its items.
 */
function restated(base: TypePair, names: readonly string[]): Pick<ObjectOptions, 'base' | 'baseInput'> {
  return { base: withoutMembers(base, base.type, [...new Set(names)]), baseInput: base.input };
}

/** One of the types of a pair without some members. */
function withoutMembers({ extendable }: TypePair, type: Type, names: readonly string[]): Type {
  const keys = literals(names);
  return extendable === true ? named('Omit', type, keys) : runtimeType('OmitMembers', type, keys);
}

/**
 * A reference with a constrained member: the targets still apply. Where they have one type, an interface repeats it for
 * `reference` and `type`; where they have several, an intersection keeps each with its own.
 */
function referenceItem(scope: TypeScope, element: ResolvedElement, type: ResolvedType, base: TypePair): TypePair {
  const isSingle = base.extendable === true;
  const types = [...new Set((type.targets ?? []).map((target) => target.type))];
  const all: readonly (readonly [string, Type])[] = isSingle
    ? [
        ['reference', runtimeType('ReferenceText', literals(types))],
        ['type', literals(types)],
      ]
    : ['reference', 'type'].map((name) => [name, keyword('string')]);
  const fixed = new Set(element.members.filter(hasValue).map(({ base: { name } }) => name));
  const memberTypes = new Map(all.filter(([name]) => !fixed.has(name)));
  // A fixed value is more specific than the targets, and may contradict them.
  const names = element.members
    .flatMap(jsonNames)
    .filter((name) => (isSingle ? fixed.has(name) : !memberTypes.has(name)));
  return scope.declare(scope, element, {
    ...(names.length === 0 ? { base: base.type, baseInput: base.input } : restated(base, names)),
    ...(isSingle ? {} : { intersects: true }),
    memberTypes,
  });
}

function hasValue({ fixed, pattern }: ResolvedElement): boolean {
  return fixed !== undefined || pattern !== undefined;
}

/**
 * The JSON names that a member may have.
 *
 * @param member an element
 */
export function jsonNames(member: ResolvedElement): readonly string[] {
  return member.base.choice
    ? [...member.options.map((option) => option.base.name), ...member.removed.map(({ name }) => name)]
    : [member.base.name];
}

/** Members that types other than FHIR's own narrow, by datatype. */
const NARROWED: ReadonlyMap<string, readonly string[]> = new Map([
  ['CodeableConcept', ['coding']],
  ['Coding', ['system', 'code']],
  ['Quantity', ['system', 'code']],
]);

/**
 * An interface can narrow a member of the type that it extends: a primitive on top of a profile, a member that the type
 * leaves as FHIR has it. The compiler would compare any other member, and could find that the guide widens it.
 */
function isAddition(member: ResolvedElement, base: Type, code: string, isProfiled: boolean): boolean {
  if (isProfiled) return member.content === 'primitive' && !member.base.array;
  const isPlain = base.kind === 'reference' && base.namespace !== undefined;
  return isPlain || NARROWED.get(code)?.includes(member.base.name) !== true;
}

/** The type of the value without the profile's constraints on its members. */
function baseType(scope: TypeScope, element: ResolvedElement, type: ResolvedType): TypePair {
  if (type.profiles.length > 0) return boundProfiles(scope, element, type);
  const plain: TypePair = { ...same(fhirBase(element, type.code)), extendable: true };
  switch (type.code) {
    case 'Reference':
      return referenceType(scope, type);
    case 'Coding':
      return saysCode(element.pattern) ? plain : (boundCoding(scope, element) ?? plain);
    case 'CodeableConcept':
      return saysCode(element.pattern) ? plain : conceptType(scope, element, plain);
    case 'Quantity':
      return quantityType(scope.context, element.binding) ?? plain;
    default:
      return plain;
  }
}

/**
 * The interfaces of the profiles of a datatype, with the required binding of the element: both apply (FHIR R4,
 * ElementDefinition.type.profile). If no profile constrains the codings, they are redeclared, as in {@link restated}.
 */
function boundProfiles(scope: TypeScope, element: ResolvedElement, { code, profiles }: ResolvedType): TypePair {
  const { context } = scope;
  const pair = profileUnion(scope, profiles);
  const coding = code === 'Quantity' ? undefined : codingType(context, element.binding);
  const bound = code === 'Quantity' ? quantityType(context, element.binding) : coding;
  const roots = profiles.map((url) => context.profiles.get(url)?.root);
  // A profile with the same binding has it already.
  const isStated = roots.every((root) => root?.binding?.valueSet === element.binding?.valueSet);
  if (bound === undefined || isStated || saysCode(element.pattern) || element.fixed !== undefined) return pair;
  const both = (extra: Type, base: (type: Type) => Type = (type) => type): TypePair => ({
    type: intersection([base(pair.type), extra]),
    input: intersection([base(pair.input), extra]),
  });
  if (coding === undefined || code === 'Coding') return both(bound.type);
  if (code !== 'CodeableConcept') return pair;
  const codings = named('Pick', runtimeType('CodedConcept', coding.type), literals(['coding']));
  const isFree = roots.every((root) =>
    root?.members.every(({ base, isConstrained }) => base.name !== 'coding' || !isConstrained),
  );
  return both(codings, isFree ? (type) => withoutMembers(pair, type, ['coding']) : undefined);
}

/** A pattern with a code is narrower than the binding that it satisfies; one with only a system is wider. */
function saysCode(pattern: Json | undefined): boolean {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) return false;
  const members = new Map(Object.entries(pattern));
  const codings = members.get('coding');
  return members.has('code') || (Array.isArray(codings) && codings.some(saysCode));
}

/** At least one coding is in the value set (FHIR R4, Terminologies, "Binding strengths", required). */
function conceptType(scope: TypeScope, element: ResolvedElement, plain: TypePair): TypePair {
  const coding = boundCoding(scope, element);
  if (coding === undefined) return plain;
  const own = element.members.find((member) => member.base.name === 'coding');
  const each = own?.max === 1 ? undefined : eachCoding(scope, element);
  if (each !== undefined) {
    const pair = same(runtimeType('EachCodedConcept', tuple(each)));
    return own === undefined ? { ...pair, extendable: true } : pair;
  }
  const type = runtimeType(own?.max === 1 ? 'SingleCodedConcept' : 'CodedConcept', coding.type);
  return own === undefined ? { ...same(type), extendable: true } : same(type);
}

/** One coding: of all required bindings where their value sets share any, else of the element's own. */
function boundCoding({ context }: TypeScope, { binding, jointBinding: joint }: ResolvedElement): TypePair | undefined {
  return joint?.kind === 'common' ? commonCoding(joint.systems) : codingType(context, binding);
}

/** One coding of each required binding, where no coding satisfies them all. */
function eachCoding({ context }: TypeScope, { jointBinding: joint }: ResolvedElement): Type[] | undefined {
  if (joint?.kind !== 'each' || joint.valueSets.length > TUPLE_LIMIT) return undefined;
  return joint.valueSets.flatMap((valueSet) => codingType(context, { strength: 'required', valueSet })?.type ?? []);
}

/** A coding with constraints on system, code and display only needs no separate type. */
function literalCoding(code: string, members: readonly ResolvedElement[]): TypePair | undefined {
  if (code !== 'Coding') return undefined;
  const stated = new Map(members.map((member) => [member.base.name, member]));
  const text = (name: string): string | undefined => {
    const member = stated.get(name);
    const value = member?.fixed ?? member?.pattern;
    return typeof value === 'string' && member !== undefined && member.min > 0 ? value : undefined;
  };
  const system = text('system');
  const own = text('code');
  if (system === undefined || own === undefined) return undefined;
  const display = text('display');
  return stated.size === (display === undefined ? 2 : 3) ? codingOf(system, own, display) : undefined;
}

/** Whether the profile constrains the target types of a Reference. */
function isTargeted({ targets = [] }: Pick<ResolvedType, 'targets'>): boolean {
  return targets.length > 0 && targets.every((target) => target.type !== 'Resource');
}

/** The allowed targets of a Reference: by type in literals, by profile through `referenceTo`. */
function referenceType({ context }: TypeScope, { targets = [] }: ResolvedType): TypePair {
  if (!isTargeted({ targets })) {
    return { ...same(fhirType('Reference')), extendable: true };
  }
  const plain = [...new Set(targets.filter((target) => target.profile === undefined).map((target) => target.type))];
  const parts = targets.flatMap((target) => {
    // A plain type accepts all its profiles.
    if (target.profile === undefined || plain.includes(target.type)) return [];
    const names = context.names.profiles.get(target.profile);
    if (names !== undefined) return [imported(fromFile(names.references, names.reference))];
    return [runtimeType('ProfiledReference', literals([target.type]), literals([target.profile]))];
  });
  if (plain.length > 0) parts.unshift(runtimeType('Reference', literals(plain)));
  const type = distinctUnion(parts);
  return type.kind === 'reference' ? { ...same(type), extendable: true } : same(type);
}
