import { isConstrained, sameFacts, spelledOut } from '../model/effective.js';
import type { ElementModel, ProfileModel, TypeModel } from '../model/model.js';
import { codingOf, codingType, primitive, primitiveType, quantityType } from './code-type.js';
import { RUNTIME } from './context.js';
import { fhirInterface } from './fhir-interface.js';
import { jsonLiteral, stringLiteral } from './literal.js';
import { declareObject, type ObjectOptions } from './object-type.js';
import { parenthesized, union, type TypePair, type TypeScope } from './type-scope.js';
import { capital } from '../fhir/choice.js';
import type { Json } from '../fhir/json.js';

/**
 * The type of one value of an element: one item, if it is an array.
 *
 * @param scope of the module
 * @param element of a profile; its slicing and cardinality do not matter here
 * @param part where it stands, for the names of types that it needs: `series.instance`
 */
export function itemType(scope: TypeScope, element: ElementModel, part: string): TypePair {
  const pairs = element.types.map((type) => typedItem(scope, { ...element, types: [type] }, type, part));
  const [only, ...others] = pairs;
  if (only === undefined) return objectItem(scope, element, part);
  if (others.length === 0) return only;
  // Which of them a value is meant to be is not known, so `create` completes none.
  return same(union(pairs.map((pair) => pair.type)));
}

function typedItem(scope: TypeScope, element: ElementModel, type: TypeModel, part: string): TypePair {
  const known = scope.context.types.get(type.code);
  if (known?.kind === 'primitive-type' || (known === undefined && /^[a-z]/.test(type.code))) {
    return same(primitiveType(scope, element, type.code));
  }
  if (element.base.children.length > 0 || element.base.contentReference !== undefined) {
    return objectItem(scope, element, part);
  }
  if (type.code === 'Resource' || known === undefined || known.kind === 'resource') {
    return resourceItem(scope, element, type, part);
  }
  if (element.fixed !== undefined) return same(exactly(scope, type.code, element.fixed));
  return datatypeItem(scope, element, type, part);
}

function same(type: string): TypePair {
  return { type, input: type };
}

/** `fixed[x]`: the value has these members and no other (FHIR R4, ElementDefinition.fixed[x]). */
function exactly(scope: TypeScope, code: string, fixed: Json): string {
  return `${scope.imports.type(RUNTIME, 'Exactly')}<fhir4.${code}, ${jsonLiteral(fixed)}>`;
}

/** A BackboneElement: always a type of its own, so that its members carry the guide's words. */
function objectItem(scope: TypeScope, element: ElementModel, part: string): TypePair {
  const base = fhirInterface(element.base);
  if (element.children.length === 0) return { type: base, input: base, extendable: true };
  return declareObject(scope, element, { part, base, all: true });
}

function resourceItem(scope: TypeScope, element: ElementModel, type: TypeModel, part: string): TypePair {
  if (type.profiles.length > 0 && type.unresolvedProfiles.length === 0) return profileUnion(scope, type.profiles);
  const base = resourceBase(scope, element, type.code);
  if (!element.children.some(isConstrained) || type.code === 'Resource') return { type: base, input: base };
  return declareObject(scope, element, { part, base, all: false });
}

function resourceBase(scope: TypeScope, element: ElementModel, code: string): string {
  if (code !== 'Resource') return `fhir4.${code}`;
  return `fhir4.${scope.context.baseTypes.resources.get(element.base.path) ?? 'FhirResource'}`;
}

/** The interfaces of profiles of which a value has one. */
function profileUnion(scope: TypeScope, profiles: readonly string[]): TypePair {
  const pairs = profiles.map((url) => profilePair(scope, url));
  const [only] = pairs;
  if (only !== undefined && pairs.length === 1) return only;
  return same(union(pairs.map((pair) => pair.type)));
}

function profilePair(scope: TypeScope, url: string): TypePair {
  const names = scope.context.names.profiles.get(url);
  if (names === undefined) return same('unknown');
  return {
    type: scope.imports.type(names.file, names.interface),
    input: scope.imports.type(names.file, names.input),
    ...(isUnion(scope.context.profiles.get(url)) ? {} : { extendable: true }),
  };
}

/** A profile with a choice that is left open is a union of its types. */
function isUnion(profile: ProfileModel | undefined): boolean {
  return profile?.root.children.some((child) => child.base.choice && child.max > 0 && child.types.length > 1) !== false;
}

function datatypeItem(scope: TypeScope, element: ElementModel, type: TypeModel, part: string): TypePair {
  const spelled = spelledOut(element, scope.context);
  const profiled = type.unresolvedProfiles.length === 0 ? type.profiles : [];
  const only = profiled.length === 1 ? scope.context.profiles.get(profiled[0] ?? '') : undefined;
  const changed = spelled.children.filter((child) => isConstrained(child) && !isKnown(child, only));
  const base = baseType(scope, element, type, profiled, spelled);
  if (changed.length === 0) return base;
  const coding = only === undefined ? literalCoding(scope, type.code, changed) : undefined;
  if (coding !== undefined) return coding;
  const isExtension =
    base.extendable === true && changed.every((child) => isAddition(scope, child, base.type, type.code, only));
  const isRestated = !isExtension && (only !== undefined || type.code === 'Reference');
  const isTarget = type.code === 'Reference' && changed.some((child) => TARGET_TEXTS.has(child.base.name));
  const options = isRestated ? restated(scope, base, changed) : { base: base.type, baseInput: base.input };
  const isInterface = isExtension || (isRestated && !isTarget && base.extendable === true);
  return declareObject(
    scope,
    { ...spelled, children: changed },
    { part, ...options, ...(isInterface ? {} : { intersects: true }), all: false },
  );
}

/**
 * A base without the members that are told anew: an intersection in which both sides speak of the same array loses the
 * compiler's checks below it.
 */
function restated(scope: TypeScope, base: TypePair, changed: readonly ElementModel[]): ObjectOptionsBase {
  const isTarget = (child: ElementModel): boolean =>
    child.base.path.startsWith('Reference.') && TARGET_TEXTS.has(child.base.name);
  const anew = changed.filter((child) => !isTarget(child));
  if (anew.length === 0) return { base: base.type, baseInput: base.input };
  const keys = anew.flatMap((child) =>
    child.base.choice ? child.base.types.map((type) => `${child.base.name}${capital(type.code)}`) : [child.base.name],
  );
  const names = [...new Set(keys)].map(stringLiteral).join(' | ');
  const omit = base.extendable === true ? 'Omit' : scope.imports.type(RUNTIME, 'OmitMembers');
  return { base: `${omit}<${base.type}, ${names}>`, baseInput: base.input };
}

type ObjectOptionsBase = Pick<ObjectOptions, 'base' | 'baseInput'>;

/** Members of a Reference whose types say what it may point to: what a profile says beyond that is said besides. */
export const TARGET_TEXTS: ReadonlySet<string> = new Set(['reference', 'type']);

/** Members that a type other than that of FHIR itself has made narrower already, by datatype. */
const NARROWED: ReadonlyMap<string, readonly string[]> = new Map([
  ['CodeableConcept', ['coding']],
  ['Coding', ['system', 'code']],
  ['Quantity', ['system', 'code']],
  ['Reference', ['reference', 'type']],
]);

/**
 * An interface can say it of a member of the type that it extends: a primitive on top of a profile, a member that
 * the type leaves as FHIR has it. Anything else the compiler would compare, and could find that the guide widens it.
 */
function isAddition(
  scope: TypeScope,
  child: ElementModel,
  base: string,
  code: string,
  profile: ProfileModel | undefined,
): boolean {
  if (profile === undefined) return base.startsWith('fhir4.') || NARROWED.get(code)?.includes(child.base.name) !== true;
  const type = child.types.length === 1 ? child.types[0]?.code : undefined;
  return type !== undefined && scope.context.types.get(type)?.kind === 'primitive-type' && !child.base.array;
}

function isKnown(child: ElementModel, profile: ProfileModel | undefined): boolean {
  return (
    profile?.root.children.some((known) => known.base.path === child.base.path && sameFacts(known, child)) === true
  );
}

/** The type of the value before what the profile says of its members. */
function baseType(
  scope: TypeScope,
  element: ElementModel,
  type: TypeModel,
  profiled: readonly string[],
  spelled: ElementModel,
): TypePair {
  if (profiled.length > 0) return profileUnion(scope, profiled);
  const name = fhirBase(scope, spelled, type.code);
  const plain: TypePair = { type: name, input: name, extendable: true };
  switch (type.code) {
    case 'Reference':
      return referenceType(scope, type);
    case 'Coding':
      // A pattern says more than the binding that it satisfies.
      return element.pattern === undefined ? (codingType(scope, element.binding) ?? plain) : plain;
    case 'CodeableConcept':
      return element.pattern === undefined ? conceptType(scope, element, spelled, plain) : plain;
    case 'Quantity':
      return quantityType(scope, element.binding) ?? plain;
    default:
      return plain;
  }
}

/**
 * What the type of a datatype extends. An extension of which the profile restricts the value stands on one without
 * any: fifty prohibited members would tell its readers nothing.
 *
 * @param scope of the module
 * @param element with all that holds for it
 * @param code of the datatype
 */
export function fhirBase(scope: TypeScope, element: ElementModel, code: string): string {
  const value = element.children.find((child) => child.base.path === EXTENSION_VALUE);
  const isRestricted = value !== undefined && (value.max === 0 || value.types.length < value.base.types.length);
  return code === 'Extension' && isRestricted ? scope.imports.type(RUNTIME, BARE_EXTENSION) : `fhir4.${code}`;
}

/** The choice that makes extensions long. */
export const EXTENSION_VALUE = 'Extension.value[x]';

/** Type of the runtime: an extension without a value. */
export const BARE_EXTENSION = 'BareExtension';

/** At least one coding is in the value set (FHIR R4, Terminologies, "Binding strengths", required). */
function conceptType(scope: TypeScope, element: ElementModel, spelled: ElementModel, plain: TypePair): TypePair {
  const coding = codingType(scope, element.binding);
  if (coding === undefined) return plain;
  const own = spelled.children.find((child) => child.base.name === 'coding' && isConstrained(child));
  const isSingle = own !== undefined && own.max === 1;
  const name = scope.imports.type(RUNTIME, isSingle ? 'SingleCodedConcept' : 'CodedConcept');
  const type = `${name}<${coding.type}>`;
  return own === undefined ? { type, input: type, extendable: true } : { type, input: type };
}

/** A coding of which nothing but system, code and display is said needs no type of its own. */
function literalCoding(scope: TypeScope, code: string, members: readonly ElementModel[]): TypePair | undefined {
  if (code !== 'Coding') return undefined;
  const literal = new Map(members.map((member) => [member.base.name, member]));
  const text = (name: string): string | undefined => {
    const member = literal.get(name);
    const value = member?.fixed ?? member?.pattern;
    return typeof value === 'string' && member !== undefined && member.min > 0 ? value : undefined;
  };
  const system = text('system');
  const own = text('code');
  if (system === undefined || own === undefined) return undefined;
  const display = text('display');
  if (literal.size !== (display === undefined ? 2 : 3)) return undefined;
  return codingOf(scope, system, own, display);
}

/** What a Reference may point to: by type in literals, by profile through `referenceTo`. */
function referenceType(scope: TypeScope, type: TypeModel): TypePair {
  const targets = type.targets ?? [];
  if (targets.length === 0 || targets.some((target) => target.type === 'Resource')) {
    return { type: 'fhir4.Reference', input: 'fhir4.Reference', extendable: true };
  }
  const plain = targets.filter((target) => target.profile === undefined).map((target) => target.type);
  const parts = targets.flatMap((target) => {
    // A plain type takes every profile of it.
    if (target.profile === undefined || plain.includes(target.type)) return [];
    // By canonicals: the interface would make compilers load its module, and all that it refers to.
    const ancestors = scope.context.profiles.get(target.profile)?.ancestors ?? [];
    const canonicals = [target.profile, ...ancestors].map(stringLiteral).join(' | ');
    return [`${scope.imports.type(RUNTIME, 'ProfiledReference')}<${stringLiteral(target.type)}, ${canonicals}>`];
  });
  if (plain.length > 0) {
    const names = [...new Set(plain)].map(stringLiteral).join(' | ');
    parts.unshift(`${scope.imports.type(RUNTIME, 'Reference')}<${names}>`);
  }
  const joined = union(parts);
  return parts.length === 1 ? { type: joined, input: joined, extendable: true } : { type: joined, input: joined };
}

/**
 * The type that an element of a FHIR type has when no profile speaks of it.
 *
 * @param scope of the module
 * @param element unconstrained
 */
export function plainType(scope: TypeScope, element: ElementModel): string {
  const types = element.types.map((type) => {
    const known = scope.context.types.get(type.code);
    if (element.base.children.length > 0 || element.base.contentReference !== undefined) {
      return fhirInterface(element.base);
    }
    if (known?.kind === 'primitive-type') return primitiveType(scope, element, type.code);
    if (known === undefined && /^[a-z]/.test(type.code)) return primitive(type.code);
    return resourceBase(scope, element, type.code);
  });
  return union(types.length === 0 ? [fhirInterface(element.base)] : types);
}

/**
 * An array type of items.
 *
 * @param item type expression
 */
export function arrayOf(item: string): string {
  return `${parenthesized(item)}[]`;
}
