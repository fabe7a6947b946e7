import { isConstrained, ofType, unconstrained } from '../model/effective.js';
import { elementsBelow } from '../model/fhir-type.js';
import { isFilled, isFilledMember } from '../model/filled.js';
import { requiredItems } from '../model/cardinality.js';
import type { ElementModel, FhirElement } from '../model/model.js';
import { arrayTypes } from './array-type.js';
import { RUNTIME } from './context.js';
import { BARE_EXTENSION, EXTENSION_VALUE, itemType, plainType, TARGET_TEXTS } from './item-type.js';
import { stringLiteral } from './literal.js';
import { elementDoc } from './member-doc.js';
import {
  parenthesized,
  type ChoiceView,
  type Declaration,
  type MemberView,
  type TypePair,
  type TypeScope,
} from './type-scope.js';

/** Choices whose combinations are more than this are not made exclusive: the compiler multiplies them out. */
const COMBINATION_LIMIT = 60;

/** How an object type is declared. */
export interface ObjectOptions {
  /** Where it stands, for its name; empty for the profile itself. */
  readonly part: string;
  /** What it extends. */
  readonly base: string;
  /** What its input extends, where that is another type and the members are not written out. */
  readonly baseInput?: string;
  /** `base` cannot be extended: the type is an intersection with it. */
  readonly intersects?: true;
  /** Redeclare all members, for the guide's words; otherwise only those that the profile changes. */
  readonly all: boolean;
}

/** Members that every resource or element has; they are only redeclared where a profile changes them. */
const COMMON = new Set(['id', 'meta', 'implicitRules', 'language', 'text', 'extension', 'modifierExtension']);

/** A member in both of its forms. */
interface Member {
  readonly element: ElementModel;
  readonly type: MemberView;
  readonly input: MemberView;
}

/**
 * Declares the type of an object, and that of what `create` takes for it if it is another.
 *
 * @param scope of the module; the declarations are added to it
 * @param element with all that holds for the object
 * @param options see there
 */
export function declareObject(scope: TypeScope, element: ElementModel, options: ObjectOptions): TypePair {
  const { names } = scope.context;
  const name = options.part === '' ? rootName(scope) : names.nested(scope.profile.url, options.part);
  const known = scope.declared.get(name);
  if (known !== undefined) return known;
  const nested = objectMembers(scope, element, options);
  const doc = elementDoc(scope, element);
  const membersName = (suffix: string): string => names.nested(scope.profile.url, options.part, suffix);
  scope.declarations.push({
    name,
    membersName: membersName('Members'),
    doc,
    base: options.base,
    ...(options.intersects === undefined ? {} : { intersects: options.intersects }),
    members: nested.members.map((member) => member.type),
    choices: nested.choices.map((choice) => choice.type),
  });
  const extendable =
    options.intersects === undefined && nested.choices.length === 0 ? { extendable: true as const } : {};
  const changed = [...nested.members, ...nested.choices.flatMap((choice) => choice.members)].some(
    (member) => member.type.type !== member.input.type || member.type.optional !== member.input.optional,
  );
  const isRoot = options.part === '';
  const pair = inputPair(scope, options, name, changed || isRoot, nested);
  scope.declared.set(name, { ...pair, ...extendable });
  if (pair.input !== name && pair.input !== options.baseInput) {
    scope.declarations.push(inputDeclaration(scope, element, options, nested, pair.input));
  }
  return { ...pair, ...extendable };
}

/** What `create` writes by itself changes nothing for who calls it. */
function inputPair(
  scope: TypeScope,
  options: ObjectOptions,
  name: string,
  isOwn: boolean,
  nested: ObjectMembers,
): TypePair {
  const { baseInput, base } = options;
  const isFilledOnly =
    nested.choices.length === 0 && nested.members.every((member) => member.input.optional && !member.type.optional);
  if (baseInput !== undefined && baseInput !== base && isFilledOnly) return { type: name, input: baseInput };
  return {
    type: name,
    input: isOwn || (baseInput !== undefined && baseInput !== base) ? inputName(scope, options) : name,
  };
}

function inputName(scope: TypeScope, options: ObjectOptions): string {
  const { names } = scope.context;
  const own = names.profiles.get(scope.profile.url);
  return options.part === '' && own !== undefined ? own.input : names.nested(scope.profile.url, options.part, 'Input');
}

function rootName(scope: TypeScope): string {
  return scope.context.names.profiles.get(scope.profile.url)?.interface ?? scope.profile.name;
}

/** The members of an object. */
export interface ObjectMembers {
  readonly members: readonly Member[];
  readonly choices: readonly {
    readonly type: ChoiceView;
    readonly input: ChoiceView;
    readonly members: readonly Member[];
  }[];
}

/**
 * The members that an object type declares.
 *
 * @param scope of the module
 * @param element with all that holds for the object
 * @param options see there
 */
export function objectMembers(scope: TypeScope, element: ElementModel, options: ObjectOptions): ObjectMembers {
  const members: Member[] = [];
  const choices: ObjectMembers['choices'][number][] = [];
  let combinations = 1;
  for (const child of element.children) {
    const isPlain = !isConstrained(child) && (!options.all || COMMON.has(child.base.name));
    if (isPlain) continue;
    const part = options.part === '' ? child.base.name : `${options.part}.${child.base.name}`;
    const isListed = options.base !== BARE_EXTENSION || child.base.path !== EXTENSION_VALUE;
    if (!isListed && child.max === 0) continue;
    if (!child.base.choice || child.max === 0) {
      members.push(...memberOf(scope, child, part));
      continue;
    }
    const typed = child.types.map((type) => choiceMember(scope, ofType(child, type), options.part));
    if (isListed) members.push(...goneTypes(scope, child));
    const arms = child.types.length + (child.min === 0 ? 1 : 0);
    if (child.types.length === 1 || (combinations * arms > COMBINATION_LIMIT && child.min === 0)) {
      const isOnly = child.types.length === 1;
      members.push(
        ...typed.map((one) => withOptional(one, child.min === 0, isOnly && isFilled(one.element, scope.context))),
      );
    } else {
      combinations *= arms;
      choices.push(choiceOf(scope, child, part, typed));
    }
    if (!isListed) members.push(...twinsOf(scope, child));
  }
  return { members, choices };
}

function withOptional({ element, type, input }: Member, optional: boolean, isWritten: boolean): Member {
  return { element, type: { ...type, optional }, input: { ...input, optional: optional || isWritten } };
}

function choiceOf(
  scope: TypeScope,
  child: ElementModel,
  part: string,
  members: readonly Member[],
): ObjectMembers['choices'][number] {
  const { names } = scope.context;
  const required = child.min > 0;
  const doc = elementDoc(scope, child);
  const view = (suffix: string, kind: 'type' | 'input'): ChoiceView => ({
    name: names.nested(scope.profile.url, part, suffix),
    required,
    doc,
    members: members.map((member) => ({ ...member[kind], optional: false })),
  });
  const isSame = members.every((member) => member.type.type === member.input.type);
  const type = view('Choice', 'type');
  return { type, input: isSame ? type : view('ChoiceInput', 'input'), members };
}

function choiceMember(scope: TypeScope, element: ElementModel, parent: string): Member {
  const { name } = element.base;
  const pair = itemType(scope, element, parent === '' ? name : `${parent}.${name}`);
  const view: MemberView = { doc: elementDoc(scope, element), key: name, optional: true, type: pair.type };
  return { element, type: view, input: { ...view, type: pair.input } };
}

/** Types of a choice that the profile takes away. */
function goneTypes(scope: TypeScope, choice: ElementModel): Member[] {
  const left = new Set(choice.types.map((type) => type.code));
  return choice.base.types
    .filter((type) => !left.has(type.code))
    .map((type) => gone(scope, ofType(choice, { code: type.code, profiles: [], unresolvedProfiles: [] })));
}

/** What stands beside the primitives of a choice that the base does not have. */
function twinsOf(scope: TypeScope, choice: ElementModel): Member[] {
  return choice.types
    .map((type) => ofType(choice, type))
    .filter((one) => isPrimitive(scope, one))
    .map((one) => companion(scope, one, 'fhir4.Element'));
}

/** A prohibited element: `undefined`, so that a spread that sets it to `undefined` still compiles. */
function gone(scope: TypeScope, element: ElementModel): Member {
  const view: MemberView = {
    doc: [scope.context.words.prohibited],
    key: element.base.name,
    optional: true,
    type: 'undefined',
  };
  return { element, type: view, input: view };
}

function memberOf(scope: TypeScope, child: ElementModel, part: string): Member[] {
  if (child.max === 0) {
    const { base } = child;
    return base.choice
      ? base.types.map((type) => gone(scope, ofType(child, { code: type.code, profiles: [], unresolvedProfiles: [] })))
      : [gone(scope, child), ...(isPrimitive(scope, child) ? [companion(scope, child, 'undefined')] : [])];
  }
  const pair = child.base.array ? arrayTypes(scope, child, part).pair : itemType(scope, child, part);
  const optional = requiredItems(child) === 0;
  const view: MemberView = { doc: elementDoc(scope, child), key: child.base.name, optional, type: pair.type };
  const input: MemberView = { ...view, type: pair.input, optional: optional || isFilledMember(child, scope.context) };
  const own: Member = { element: child, type: view, input };
  const extra = primitiveExtensions(scope, child, part);
  return extra === undefined ? [own] : [own, extra];
}

function isPrimitive(scope: TypeScope, element: ElementModel): boolean {
  return (
    scope.context.types.get(element.types[0]?.code ?? element.base.types[0]?.code ?? '')?.kind === 'primitive-type'
  );
}

function companion(scope: TypeScope, element: ElementModel, type: string): Member {
  const view: MemberView = {
    doc: [scope.context.words.extensionsOf(element.base.name)],
    key: `_${element.base.name}`,
    optional: true,
    type,
  };
  return { element, type: view, input: view };
}

/** What a profile says of a primitive's extensions holds for its twin with the underscore (FHIR R4, JSON). */
function primitiveExtensions(scope: TypeScope, element: ElementModel, part: string): Member | undefined {
  const extension = element.children.filter((child) => child.base.name === 'extension' && isConstrained(child));
  if (!isPrimitive(scope, element) || extension.length === 0) return undefined;
  const type = declareObject(
    scope,
    { ...element, children: extension },
    { part: `${part}.element`, base: 'fhir4.Element', all: false },
  );
  const own = companion(scope, element, element.base.array ? `${type.type}[]` : type.type);
  return { ...own, input: { ...own.input, type: element.base.array ? `${type.input}[]` : type.input } };
}

/**
 * An input is written out in full, which costs the compiler a quarter of what `Omit` would; where the type stands on
 * more than a type of FHIR, that is what its members are taken from.
 */
function inputDeclaration(
  scope: TypeScope,
  element: ElementModel,
  options: ObjectOptions,
  nested: ObjectMembers,
  name: string,
): Declaration {
  const { names } = scope.context;
  const own = [...nested.members.map((member) => member.input)];
  const choices = nested.choices.map((choice) => choice.input);
  const isRoot = options.part === '';
  const target = isRoot ? rootName(scope) : names.nested(scope.profile.url, options.part);
  const shared = {
    name,
    membersName: names.nested(scope.profile.url, options.part, 'InputMembers'),
    doc: [scope.context.words.inputOf(target)],
    choices,
  };
  const keys = [...own, ...choices.flatMap((choice) => choice.members)].map((member) => member.key);
  const isBare = options.base === BARE_EXTENSION;
  if (!options.base.startsWith('fhir4.') && !isBare) {
    const omit = scope.imports.type(RUNTIME, 'OmitMembers');
    const isReference = element.types.length === 1 && element.types[0]?.code === 'Reference';
    const anew = isReference ? keys.filter((key) => !TARGET_TEXTS.has(key)) : keys;
    const from = options.baseInput ?? options.base;
    const base = anew.length === 0 ? from : `${omit}<${from}, ${anew.map(stringLiteral).join(' | ')}>`;
    return { ...shared, base, intersects: true, members: own };
  }
  const code = element.types.length === 1 ? element.types[0]?.code : undefined;
  const below = elementsBelow(element.base, code, scope.context.types).filter(
    (base) => !isBare || base.path !== EXTENSION_VALUE,
  );
  const rest = below.flatMap((base) => inherited(scope, base)).filter((member) => !keys.includes(member.key));
  const resourceType: MemberView[] =
    isRoot && scope.profile.kind === 'resource'
      ? [
          {
            doc: [scope.context.words.writtenByCreate],
            key: 'resourceType',
            optional: true,
            type: `'${scope.profile.type}'`,
          },
        ]
      : [];
  return { ...shared, members: [...resourceType, ...own, ...rest] };
}

/** The members that a FHIR element makes, with the types that it has in FHIR itself. */
function inherited(scope: TypeScope, base: FhirElement): MemberView[] {
  const element = unconstrained(base);
  const each = base.choice ? element.types.map((type) => ofType(element, type)) : [element];
  return each.flatMap((one): MemberView[] => {
    const { name } = one.base;
    const type = plainType(scope, one);
    const doc: string[] = [];
    const own: MemberView = {
      doc,
      key: name,
      optional: base.min === 0 || base.choice,
      type: base.array ? `${parenthesized(type)}[]` : type,
    };
    const isTwin = isPrimitive(scope, one) && name !== 'id' && !(base.path === 'Extension.url');
    return isTwin
      ? [own, { doc, key: `_${name}`, optional: true, type: base.array ? 'fhir4.Element[]' : 'fhir4.Element' }]
      : [own];
  });
}
