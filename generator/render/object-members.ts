import { arrayOf, keyword, literal, type Member, named, type Type, union } from '../emit/type.js';
import type { ResolvedElement } from '../model/resolved.js';
import { arrayTypes } from './array-type.js';
import { briefComment, elementComment } from './comment.js';
import { itemType } from './item-type.js';
import type { RenderContext } from './context.js';
import { fhirInterface, fhirType, type TypeScope } from './scope.js';
import { same, type TypePair } from './type-pair.js';

/** The largest number of combinations of choices that are exclusive: the compiler expands all of them. */
const COMBINATION_LIMIT = 100;

/** A member of an object type, and its type in the input of `create`: the same object if they are equal. */
export interface MemberPair {
  readonly type: Member;
  readonly input: Member;
  /** The input is that of the type, which `create` writes where it is left out. */
  readonly isWritten?: true;
}

/** A choice of types of which a value has one, or at most one. */
export interface ChoicePair {
  readonly element: ResolvedElement;
  readonly members: readonly MemberPair[];
}

/** Facts about the type that an object type extends. */
export interface BaseFacts {
  /** Path of a choice that the base does not have, so that nothing of it needs to be prohibited. */
  readonly hidden?: string;
  /** Types of members, by name. */
  readonly memberTypes?: ReadonlyMap<string, Type>;
}

/** What an object type declares. */
export interface ObjectMembers {
  readonly members: readonly MemberPair[];
  readonly choices: readonly ChoicePair[];
}

/**
 * The members that an object type declares: those that its base does not have with the same type and comment.
 *
 * @param scope of the module
 * @param element with all that holds for the object
 * @param owner name of the type
 * @param facts what follows from the base that the type extends
 */
export function objectMembers(
  scope: TypeScope,
  element: ResolvedElement,
  owner: string,
  { hidden, memberTypes }: BaseFacts = {},
): ObjectMembers {
  const members: MemberPair[] = [];
  const choices: ChoicePair[] = [];
  let combinations = 1;
  for (const member of element.members) {
    if (!member.isStated) continue;
    const isHidden = member.base.path === hidden;
    if (!isHidden) members.push(...prohibited(scope, member));
    if (member.max === 0) continue;
    if (!member.base.choice) {
      members.push(...ownMember(scope, member, owner, memberTypes?.get(member.base.name)));
      continue;
    }
    const { options, min, isFilled } = member;
    const arms = options.length + (min === 0 ? 1 : 0);
    if (options.length === 1 || (combinations * arms > COMBINATION_LIMIT && min === 0)) {
      members.push(...options.map((option) => optionMember(scope, option, min === 0, min === 0 || isFilled)));
    } else {
      combinations *= arms;
      choices.push({ element: member, members: options.map((option) => optionMember(scope, option, false, false)) });
    }
    if (isHidden) members.push(...member.options.flatMap((option) => plainTwin(scope, option)));
  }
  return { members, choices };
}

/** A prohibited member: `undefined`, so that a spread that sets it to `undefined` still compiles. */
function prohibited({ context }: TypeScope, member: ResolvedElement): MemberPair[] {
  return prohibitedNames(member).map((key) =>
    alike({ doc: [context.words.prohibited], key, optional: true, type: keyword('undefined') }),
  );
}

function prohibitedNames({ base, content, max, removed }: ResolvedElement): readonly string[] {
  if (base.choice) return removed.map(({ name }) => name);
  if (max > 0) return [];
  return content === 'primitive' ? [base.name, `_${base.name}`] : [base.name];
}

function ownMember(scope: TypeScope, member: ResolvedElement, owner: string, given?: Type): MemberPair[] {
  const { name } = member.base;
  const self: Type = { kind: 'indexed-access', object: named(owner), index: literal(name) };
  const own = (): TypePair => (member.base.array ? arrayTypes(scope, member, self).pair : itemType(scope, member));
  const pair = given === undefined ? own() : same(given);
  const twin = member.content === 'primitive' && member.members.length > 0 ? [declaredTwin(scope, member)] : [];
  if (isInherited(member, pair.type)) return twin;
  const optional = member.min === 0;
  return [memberPair(scope, member, name, pair, optional, optional || member.isFilled), ...twin];
}

/** Whether the FHIR type has the member with the same type and comment. */
function isInherited(member: ResolvedElement, type: Type): boolean {
  const { base, binding } = member;
  const isSameBinding = binding?.strength === base.binding?.strength && binding?.valueSet === base.binding?.valueSet;
  if (member.isConstrained || member.mustSupport || !isSameBinding || member.short !== base.short) return false;
  if (member.content === 'primitive') return true;
  // `@types/fhir` declares this member as the common part of all resources, to which no literal of a resource is
  // assignable.
  if (member.types[0]?.code === 'Resource') return false;
  const item = member.content === 'object' ? fhirInterface(base) : fhirType(member.types[0]?.code ?? '');
  const plain = base.array ? arrayOf(item) : item;
  return JSON.stringify(plain) === JSON.stringify(type);
}

function memberPair(
  { context }: TypeScope,
  element: ResolvedElement,
  key: string,
  { type, input }: TypePair,
  isOptional: boolean,
  isInputOptional: boolean,
): MemberPair {
  const doc = ownComment(context, element);
  const own: Member = { ...doc, key, optional: isOptional, type: withUndefined(type, isOptional) };
  if (type === input && isOptional === isInputOptional) return alike(own);
  const brief = [briefComment(context, element)];
  return {
    type: own,
    input: { doc: brief, key, optional: isInputOptional, type: withUndefined(input, isInputOptional) },
    ...(type === input && isInputOptional ? { isWritten: true as const } : {}),
  };
}

/** A comment that repeats the FHIR type's is omitted: editors show that of the extended type. */
function ownComment(context: RenderContext, element: ResolvedElement): Pick<Member, 'doc'> {
  const { base, min, max, short, mustSupport, isModifier } = element;
  const doc = elementComment(context, element);
  const isSame = short === base.short && min === base.min && max === base.max && !mustSupport && !isModifier;
  const isListed = !base.path.endsWith('[x]');
  return isSame && isListed && doc.length === 1 ? {} : { doc };
}

function alike(member: Member): MemberPair {
  return { type: member, input: member };
}

/** As in `@types/fhir`, so that values fit with and without `exactOptionalPropertyTypes`. */
function withUndefined(type: Type, isOptional: boolean): Type {
  return isOptional ? union([type, keyword('undefined')]) : type;
}

/** One type of a choice. */
function optionMember(
  scope: TypeScope,
  option: ResolvedElement,
  isOptional: boolean,
  isInputOptional: boolean,
): MemberPair {
  return memberPair(scope, option, option.base.name, itemType(scope, option), isOptional, isInputOptional);
}

/** Constraints on a primitive's extensions apply to its sibling property with the underscore (FHIR R4, JSON). */
function declaredTwin(scope: TypeScope, member: ResolvedElement): MemberPair {
  const { type, input } = scope.declare(scope, member, { base: fhirType('Element') });
  const make = (one: Type): Type => (member.base.array ? arrayOf(one) : one);
  const made = make(type);
  const pair = { type: made, input: type === input ? made : make(input) };
  return twinPair(scope, member, pair, !isTwinRequired(member));
}

/**
 * A required element, with the sibling property of its value. Arrays pair both by index, which types cannot express.
 */
function isTwinRequired({ base, min, members }: ResolvedElement): boolean {
  return min > 0 && !base.array && members.some((member) => member.min > 0);
}

/** The sibling property of a primitive of a choice that the base does not have. */
function plainTwin(scope: TypeScope, option: ResolvedElement): MemberPair[] {
  if (option.content !== 'primitive') return [];
  const type = fhirType('Element');
  return [twinPair(scope, option, { type, input: type })];
}

function twinPair(
  { context }: TypeScope,
  { base }: ResolvedElement,
  { type, input }: TypePair,
  optional = true,
): MemberPair {
  const doc = [context.words.extensionsOf(base.name)];
  const own: Member = { doc, key: `_${base.name}`, optional, type: withUndefined(type, optional) };
  return type === input ? alike(own) : { type: own, input: { ...own, type: withUndefined(input, optional) } };
}
