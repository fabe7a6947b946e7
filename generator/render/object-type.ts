import type { Comment } from '../emit/comment.js';
import type { Declaration } from '../emit/declaration.js';
import {
  intersection,
  keyword,
  literal,
  literals,
  type Member,
  named,
  objectType,
  type Type,
  union,
} from '../emit/type.js';
import type { ResolvedElement, ResolvedProfile } from '../model/resolved.js';
import type { PartNames } from '../names/part-names.js';
import { elementComment, partComment, profileComment } from './comment.js';
import { BARE_EXTENSION, EXTENSION_VALUE } from './fhir-base.js';
import { type ChoicePair, type ObjectMembers, objectMembers } from './object-members.js';
import { type ObjectOptions, runtimeType, type TypeScope } from './scope.js';
import type { TypePair } from './type-pair.js';

/** Key under which the type of a resource lists the profiles that it conforms to, for the runtime's types. */
const PROFILE_TAG = '~profile';

/**
 * The largest number of types of an exclusive choice: the compiler's work grows quadratically, and the 50 types of an
 * open choice (FHIR R4, Data Types, "Open Type Element") would cost more than everything else in 20 profiles.
 */
const EXCLUSIVE_LIMIT = 16;

/**
 * Declares the type of an object, and its input type for `create` if that differs.
 *
 * @param scope of the module; the declarations are added to it
 * @param element with all that holds for the object
 * @param options see {@link ObjectOptions}
 */
export function declareObject(scope: TypeScope, element: ResolvedElement, options: ObjectOptions): TypePair {
  const known = scope.declared.get(element.path);
  if (known !== undefined) return known;
  const own = partNames(scope, element.path);
  const hidden = options.base === BARE_EXTENSION ? EXTENSION_VALUE : undefined;
  const nested = objectMembers(scope, element, own.type, {
    ...(hidden === undefined ? {} : { hidden }),
    ...(options.memberTypes === undefined ? {} : { memberTypes: options.memberTypes }),
  });
  if (options.plain !== undefined && nested.members.length === 0 && nested.choices.length === 0) {
    scope.declared.set(element.path, options.plain);
    return options.plain;
  }
  scope.declarations.push(...typeDeclarations(scope, element, own, options, nested));
  const isInterface = options.intersects === undefined && nested.choices.length === 0;
  const pair: TypePair = {
    ...inputOf(scope, element, own, options, nested),
    ...(isInterface ? { extendable: true as const } : {}),
  };
  scope.declared.set(element.path, pair);
  return pair;
}

/** The names of a part; those of the profile itself for its root. */
function partNames({ names }: TypeScope, path: string): PartNames {
  const own = names.parts.get(path);
  if (own === undefined) throw new Error(`no names for ${path} of ${names.interface}`);
  return own;
}

function typeDeclarations(
  scope: TypeScope,
  element: ResolvedElement,
  own: PartNames,
  { base, intersects }: ObjectOptions,
  { members, choices }: ObjectMembers,
): Declaration[] {
  const { context, profile } = scope;
  const isRoot = element.path === '';
  const doc = isRoot ? profileComment(profile, context.words) : partComment(scope, element);
  const declared = [...tagOf(scope, isRoot), ...members.map((member) => member.type)];
  const lists = choices.map((choice) => choiceList(scope, choice, 'type'));
  if (intersects === undefined && lists.length === 0) {
    return [interfaceOf(own.type, doc, base, declared)];
  }
  const parts = [
    ...(intersects === undefined ? [] : [base]),
    named(own.members),
    ...lists.map((list) => list.exclusive),
  ];
  return [
    ...lists.map((list) => list.declaration),
    interfaceOf(
      own.members,
      [context.words.membersOf(own.type)],
      intersects === undefined ? base : undefined,
      declared,
    ),
    { kind: 'alias', name: own.type, doc, type: intersection(parts) },
  ];
}

function interfaceOf(name: string, doc: Comment, base: Type | undefined, members: readonly Member[]): Declaration {
  const isReference = base?.kind === 'reference';
  return { kind: 'interface', name, doc, ...(isReference ? { extends: [base] } : {}), members };
}

/** One member per canonical, so that a derived profile is assignable where its ancestor is required. */
function tagOf({ context, profile }: TypeScope, isRoot: boolean): Member[] {
  if (!isTagged(profile, isRoot)) return [];
  const members = [profile.url, ...profile.ancestors].map((key): Member => ({
    readonly: true,
    key,
    type: literal(true),
  }));
  return [
    {
      doc: [context.words.tag],
      readonly: true,
      key: PROFILE_TAG,
      optional: true,
      type: union([objectType(members), keyword('undefined')]),
    },
  ];
}

/** Only the types of resources list the profiles that they conform to. */
function isTagged(profile: ResolvedProfile, isRoot: boolean): boolean {
  return isRoot && profile.kind === 'resource';
}

/** A choice as an interface that lists its members, and the type that allows one of them. */
function choiceList(
  scope: TypeScope,
  { element, members }: ChoicePair,
  side: 'type' | 'input',
): { readonly declaration: Declaration; readonly exclusive: Type } {
  const names = partNames(scope, element.path);
  const name = side === 'type' ? names.choice : names.choiceInput;
  const declared = members.map((member) => member[side]);
  const isRequired = element.min > 0;
  const list = named(name);
  const exclusive = (): Type => {
    if (members.length <= EXCLUSIVE_LIMIT) return runtimeType(isRequired ? 'OneOf' : 'AtMostOneOf', list);
    return isRequired ? runtimeType('SomeOf', list) : named('Partial', list);
  };
  return {
    declaration: interfaceOf(name, elementComment(scope.context, element), undefined, declared),
    exclusive: exclusive(),
  };
}

/** The names of the type and of its input, which is declared if it differs. */
function inputOf(
  scope: TypeScope,
  element: ResolvedElement,
  own: PartNames,
  options: ObjectOptions,
  nested: ObjectMembers,
): TypePair {
  const { base, baseInput = base, intersects } = options;
  const type = named(own.type);
  const changed = nested.members.filter((member) => member.type !== member.input);
  const changedChoices = nested.choices.filter(({ members }) => members.some((member) => member.type !== member.input));
  const isRoot = element.path === '';
  const isOwnBase = baseInput === base;
  if (isOwnBase && !isRoot && changed.length + changedChoices.length === 0) return { type, input: type };

  const isDerived = isOwnBase && intersects === undefined;
  const stated = isDerived ? changed.filter((member) => member.isWritten !== true) : nested.members;
  const resource = resourceType(scope, isRoot);
  const members = [
    ...(isDerived ? resource.filter((member) => !isOptional(member)) : resource),
    ...stated.map((member) => member.input),
  ];
  const lists = nested.choices.map((choice) =>
    choiceList(scope, choice, changedChoices.includes(choice) ? 'input' : 'type'),
  );
  const added = nested.choices.flatMap((choice, index) => (changedChoices.includes(choice) ? [lists[index]] : []));
  scope.declarations.push(...added.flatMap((list) => (list === undefined ? [] : [list.declaration])));

  // The input of a part is named after its type, and derived from it: a sentence would only repeat that.
  const doc: Comment = isRoot ? [scope.context.words.inputOf(own.type)] : [];
  const exclusive = lists.map((list) => list.exclusive);
  if (isDerived) {
    const from = named(nested.choices.length === 0 ? own.type : own.members);
    const keys = [
      ...members.map((member) => String(member.key)),
      ...(isTagged(scope.profile, isRoot) ? [PROFILE_TAG] : []),
    ];
    const kept = keys.length === 0 ? from : named('Omit', from, literals(keys));
    const written = [
      ...resource.filter(isOptional).map(({ key }) => String(key)),
      ...changed.filter((member) => member.isWritten === true).map(({ type: { key } }) => String(key)),
    ];
    const rest = written.length === 0 ? kept : runtimeType('Optional', kept, literals(written));
    scope.declarations.push(
      exclusive.length === 0
        ? interfaceOf(own.input, doc, rest, members)
        : { kind: 'alias', name: own.input, doc, type: intersection([rest, ...objectOf(members), ...exclusive]) },
    );
    return { type, input: named(own.input) };
  }
  // A member of the base also applies to the input, as it does to the type, unless `create` accepts another type.
  const replaced = isOwnBase
    ? [...changed, ...changedChoices.flatMap((choice) => choice.members)]
    : [...nested.members, ...nested.choices.flatMap((choice) => choice.members)];
  const keys = replaced.map((member) => String(member.type.key));
  const rest = keys.length === 0 ? baseInput : runtimeType('OmitMembers', baseInput, literals(keys));
  const parts = [rest, ...objectOf(members), ...exclusive];
  scope.declarations.push({ kind: 'alias', name: own.input, doc, type: intersection(parts) });
  return { type, input: named(own.input) };
}

/** The type of an object with some members; `undefined` for no members. */
function objectOf(members: readonly Member[]): Type[] {
  return members.length === 0 ? [] : [objectType(members)];
}

function isOptional({ optional }: Member): boolean {
  return optional === true;
}

/** An input may omit the type of a resource, and does not list its profiles. */
function resourceType({ context, profile }: TypeScope, isRoot: boolean): Member[] {
  if (!isTagged(profile, isRoot)) return [];
  // No instance has an abstract type: the input has to state the specialization.
  if (context.types.get(profile.type)?.abstract === true) {
    return [{ doc: [], key: 'resourceType', type: keyword('string') }];
  }
  const type = union([literal(profile.type), keyword('undefined')]);
  return [{ doc: [context.words.writtenByCreate], key: 'resourceType', optional: true, type }];
}
