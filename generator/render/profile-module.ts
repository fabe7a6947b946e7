import type { ElementModel, ProfileModel } from '../model/model.js';
import { builderView, type BuilderView } from './builder-view.js';
import { RUNTIME, type RenderContext } from './context.js';
import { spelledOut } from '../model/effective.js';
import { docText, stringLiteral } from './literal.js';
import { completionSource } from './completion-table.js';
import { profileDoc } from './member-doc.js';
import { moduleImports, type ModuleImports } from './module.js';
import { fhirBase } from './item-type.js';
import { declareObject } from './object-type.js';
import { readerViews, type ReaderView } from './reader-view.js';
import { profileRule } from './rule-table.js';
import { parenthesized, type Declaration, type ChoiceView, type MemberView, type TypeScope } from './type-scope.js';

/** The text of a module, and what it exports. */
export interface ModuleText {
  readonly file: string;
  readonly imports: ModuleImports;
  /** Input of the template. */
  readonly view: object;
  /** Exported functions, classes and constants that the index exports too. */
  readonly values: readonly string[];
  /** Exported types likewise. */
  readonly types: readonly string[];
}

/** Names of the runtime that every profile module uses. */
const RUNTIME_VALUES = ['ProfileBuilder', 'assertConforms', 'conforms', 'create', 'parse', 'schema', 'validate'];
const RUNTIME_TYPES = ['Issue', 'Parsed', 'ProfileCompletion', 'ProfileTable', 'ValidateOptions'];

/**
 * The module of a profile.
 *
 * @param context all profiles
 * @param profile one of them
 */
export function profileModule(context: RenderContext, profile: ProfileModel): ModuleText {
  const names = context.names.profiles.get(profile.url);
  if (names === undefined) throw new Error(`no names for ${profile.url}`);
  const imports = moduleImports(names.file);
  const scope: TypeScope = { context, profile, imports, declarations: [], declared: new Map() };
  const root = spelledOut(profile.root, context);
  declareObject(scope, root, { part: '', base: fhirBase(scope, root, profile.type), all: true });

  const builders = builderViews(scope, root, names.builder, names.interface, names.completion);
  const readers = readerViews(scope, root, names.table);
  const rule = profileRule({ context, imports }, profile);
  const completion = completionSource({ context, imports }, profile.completion.members);
  const typeNames = context.names.fhirTypes.get(profile.type);
  const base =
    profile.kind === 'resource' && typeNames !== undefined ? imports.value(typeNames.file, typeNames.table) : undefined;
  importRuntime(imports.value, imports.type, builders, readers, profile);

  const declarations = scope.declarations.map((one) => declarationView(scope, one, one.name === names.interface));
  return {
    file: names.file,
    imports,
    view: {
      package: docText(profile.package),
      declarations,
      names,
      url: stringLiteral(profile.url),
      version: profile.version === undefined ? undefined : stringLiteral(profile.version),
      type: stringLiteral(profile.type),
      base,
      ancestors: profile.ancestors.length === 0 ? undefined : `[${profile.ancestors.map(stringLiteral).join(', ')}]`,
      rule,
      completion,
      readers,
      builders,
    },
    values: [
      names.interface,
      names.builder,
      names.create,
      names.guard,
      names.validate,
      names.assert,
      names.parse,
      names.table,
      names.completion,
      ...builders.map((one) => one.name).filter((name) => name !== names.builder),
    ],
    types: scope.declarations.map((one) => one.name).filter((name) => name !== names.interface),
  };
}

function importRuntime(
  value: (file: string, name: string) => string,
  type: (file: string, name: string) => string,
  builders: readonly BuilderView[],
  readers: readonly ReaderView[],
  profile: ProfileModel,
): void {
  for (const name of RUNTIME_VALUES) value(RUNTIME, name);
  for (const name of RUNTIME_TYPES) type(RUNTIME, name);
  if (builders.length > 1) value(RUNTIME, 'PartBuilder');
  if (readers.length > 0) value(RUNTIME, 'sliceOf');
  if (profile.kind === 'resource') type(RUNTIME, 'profileTag');
}

/** The builder of a profile, and one for each of its BackboneElements. */
function builderViews(
  scope: TypeScope,
  root: ElementModel,
  name: string,
  result: string,
  completion: string,
): BuilderView[] {
  const parts = partBuilders(scope, root, '');
  return [...parts, builderView(scope, root, { name, result, part: '', completion })];
}

function partBuilders(scope: TypeScope, element: ElementModel, parent: string): BuilderView[] {
  return element.children.flatMap((child): BuilderView[] => {
    if (child.max === 0 || child.base.choice || child.base.children.length === 0 || child.children.length === 0)
      return [];
    const part = parent === '' ? child.base.name : `${parent}.${child.base.name}`;
    const pair = scope.declared.get(scope.context.names.nested(scope.profile.url, part));
    if (pair === undefined) return [];
    const name = scope.context.names.nested(scope.profile.url, part, 'Builder');
    const { slicing: _slicing, ...item } = child;
    return [...partBuilders(scope, item, part), builderView(scope, item, { name, result: pair.input, part })];
  });
}

/**
 * Most types of a choice of which the compiler admits but one at a time: its work grows with the square, and the 50
 * types of an open choice (FHIR R4, Data Types, "Open Type Element") would cost more than all else of 20 profiles.
 */
const EXCLUSIVE_LIMIT = 16;

/** A declaration as the template wants it. */
function declarationView(scope: TypeScope, declaration: Declaration, isRoot: boolean): object {
  const { imports, profile } = scope;
  const isAlias = declaration.intersects === true || declaration.choices.length > 0;
  const exclusive = ({ required, members }: ChoiceView): string => {
    if (members.length <= EXCLUSIVE_LIMIT) return imports.type(RUNTIME, required ? 'OneOf' : 'AtMostOneOf');
    return required ? imports.type(RUNTIME, 'SomeOf') : 'Partial';
  };
  const isTagged = isRoot && profile.kind === 'resource';
  return {
    name: declaration.name,
    doc: isRoot ? profileDoc(profile, scope.context.words) : declaration.doc,
    isAlias,
    membersName: isAlias ? declaration.membersName : undefined,
    extends: declaration.intersects === true ? undefined : declaration.base,
    intersects:
      declaration.intersects === true && declaration.base !== undefined ? parenthesized(declaration.base) : undefined,
    tag: isTagged ? tagType(profile) : undefined,
    members: declaration.members.map(memberView),
    choices: declaration.choices.map((choice) => ({
      name: choice.name,
      doc: choice.doc,
      exclusive: exclusive(choice),
      members: choice.members.map(memberView),
    })),
  };
}

function memberView(member: MemberView): MemberView {
  const isWidened = member.optional && member.type !== 'undefined';
  return isWidened ? { ...member, type: `${member.type} | undefined` } : member;
}

/** One member per canonical, so that a derived profile fits where its ancestor is wanted. */
function tagType(profile: ProfileModel): string {
  const members = [profile.url, ...profile.ancestors].map((url) => `readonly ${stringLiteral(url)}: true`);
  return `{ ${members.join('; ')} }`;
}
