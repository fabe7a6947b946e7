import type { Declaration, FunctionDeclaration, Predicate } from '../emit/declaration.js';
import { returning } from '../emit/declaration.js';
import { fromFile } from '../emit/imports.js';
import type { Module } from '../emit/module.js';
import { keyword, named, type Parameter, type Type } from '../emit/type.js';
import { array, call, name, object, value, type Value } from '../emit/value.js';
import type { ResolvedElement, ResolvedProfile } from '../model/resolved.js';
import type { ProfileNames } from '../names/names.js';
import { builderDeclarations } from './builder.js';
import { completionValue } from './completion.js';
import type { RenderContext } from './context.js';
import { headerOf } from './header.js';
import type { ExtensionContexts } from '../fhir/extension-context.js';
import { invariantsValue } from './invariants.js';
import { fhirBase } from './fhir-base.js';
import { declareObject } from './object-type.js';
import { readers } from './reader.js';
import { bundleRules, ruleValue } from './rule-table.js';
import { internalName, runtimeType, type TypeScope } from './scope.js';

/**
 * The module of a profile.
 *
 * @param context all profiles
 * @param profile one of them
 */
export function profileModule(context: RenderContext, profile: ResolvedProfile): Module {
  const names = context.names.profiles.get(profile.url);
  if (names === undefined) throw new Error(`no names for ${profile.url}`);
  const scope: TypeScope = { context, profile, names, declarations: [], declared: new Map(), declare: declareObject };
  const { root } = profile;
  declareObject(scope, root, { base: fhirBase(root, profile.type) });
  const builders = objectsOf(root).flatMap((element) => builderOf(scope, element));
  const readerFunctions = readers(scope, root);
  return {
    file: names.file,
    header: headerOf(profile.package),
    declarations: [
      ...scope.declarations,
      table(context, profile, names),
      completion(context, profile, names),
      ...functions(context, names),
      ...readerFunctions,
      ...builders,
    ],
  };
}

/** The BackboneElements, innermost first, then the profile itself. */
function objectsOf(element: ResolvedElement): ResolvedElement[] {
  const inner = element.members.filter(
    (member) => member.isStated && member.max > 0 && member.content === 'object' && member.members.length > 0,
  );
  return [...inner.flatMap(objectsOf), element];
}

/** A part that the profile does not change needs no builder: a literal is as short. */
function builderOf(scope: TypeScope, element: ResolvedElement): Declaration[] {
  const pair = scope.declared.get(element.path);
  const isPlain = pair === undefined || (pair.type.kind === 'reference' && pair.type.namespace !== undefined);
  if (isPlain) return [];
  return builderDeclarations(scope, element, element.path === '' ? pair.type : pair.input);
}

function table(
  { names: all, words, ...context }: RenderContext,
  profile: ResolvedProfile,
  names: ProfileNames,
): Declaration {
  const base = all.fhirTypes.get(profile.type);
  const isResource = profile.kind === 'resource' && base !== undefined;
  return {
    kind: 'constant',
    name: names.table,
    doc: [words.table(names.interface)],
    type: runtimeType('ProfileTable'),
    value: object([
      ['url', value(profile.url)],
      ['type', value(profile.type)],
      ['base', isResource ? name(fromFile(base.file, base.table)) : undefined],
      ['ancestors', profile.ancestors.length === 0 ? undefined : array(profile.ancestors.map(value))],
      ['contexts', profile.contexts && contextsValue(profile.contexts)],
      ['modifier', profile.modifier && value(true)],
      ['rule', ruleValue({ ...context, names: all, words }, profile.rule)],
      ['bundle', isResource ? bundleRules(profile.type) : undefined],
    ]),
  };
}

/** The kinds of contexts. */
function contextsValue({ elements, extensions, fhirpath, invariants }: ExtensionContexts): Value {
  const conditions = invariants.map((expression) => ({ key: 'context', severity: 'error' as const, expression }));
  const texts = (some: readonly string[]) => (some.length === 0 ? undefined : array(some.map(value)));
  return object([
    ['elements', texts(elements)],
    ['extensions', texts(extensions)],
    ['fhirpath', texts(fhirpath)],
    ['invariants', invariantsValue(conditions)],
  ]);
}

function completion({ names: all, words }: RenderContext, profile: ResolvedProfile, names: ProfileNames): Declaration {
  return {
    kind: 'constant',
    name: names.completion,
    doc: [words.completion(names.interface)],
    type: runtimeType('ProfileCompletion'),
    value: completionValue(all, profile, names.table),
  };
}

/** The exports of every profile besides its types. */
function functions({ words }: RenderContext, names: ProfileNames): Declaration[] {
  const type = named(names.interface);
  const tableValue = name(names.table);
  const anything: Parameter = { name: 'value', type: keyword('unknown') };
  const options: Parameter = { name: 'options', optional: true, type: runtimeType('ValidateOptions') };
  const make = (
    own: string,
    doc: FunctionDeclaration['doc'],
    parameters: readonly Parameter[],
    result: Type | Predicate,
    body: Value,
  ): FunctionDeclaration => ({
    kind: 'function',
    name: own,
    doc: doc ?? [],
    parameters,
    returns: result,
    body: [returning(body)],
  });
  const internal = (own: string, args: readonly Value[]): Value => call(name(internalName(own)), args);
  const judged = [tableValue, name('value'), name('options')];
  return [
    make(
      names.create,
      [words.create(names.interface)],
      [{ name: 'input', type: named(names.input) }],
      type,
      internal('create', [name(names.completion), name('input')]),
    ),
    make(
      names.guard,
      [words.guard(names.interface)],
      [anything, options],
      { kind: 'predicate', asserts: false, parameter: 'value', type },
      internal('conforms', judged),
    ),
    make(
      names.validate,
      [words.validate(names.interface)],
      [anything, options],
      { kind: 'operator', operator: 'readonly', type: { kind: 'array', element: runtimeType('Issue') } },
      internal('validate', judged),
    ),
    {
      kind: 'function',
      name: names.assert,
      doc: [words.assert(names.interface)],
      parameters: [anything, options],
      returns: { kind: 'predicate', asserts: true, parameter: 'value', type },
      body: [{ kind: 'expression', value: internal('assertConforms', judged) }],
    },
    make(
      names.parse,
      [words.parse(names.interface)],
      [{ name: 'json', type: keyword('unknown') }, options],
      runtimeType('Parsed', type),
      internal('parse', [tableValue, name('json'), name('options')]),
    ),
    {
      kind: 'constant',
      name: names.interface,
      doc: [words.schema(names.interface)],
      value: call(name(internalName('schema')), [tableValue], { typeArguments: [type], pure: true }),
    },
  ];
}
