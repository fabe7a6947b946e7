import { bareMember } from '../model/bare.js';
import { factRules, factsBeyond } from '../facts/values.js';
import { beyond, beyondAll } from '../model/beyond.js';
import { sliceItem, unconstrained } from '../model/effective.js';
import { mergeChildren } from '../model/merge.js';
import type {
  ElementModel,
  ProfileModel,
  SliceModel,
  SliceTestModel,
  SlicingModel,
  TypeModel,
  ValueTest,
} from '../model/model.js';
import { distinct, sliceKey } from '../names/names.js';
import type { RenderContext } from './context.js';
import { jsonLiteral, stringLiteral } from './literal.js';
import type { ModuleImports } from './module.js';
import { listSource, type Members, objectSource } from './source-text.js';

/** What the table of a profile is written with. */
export interface TableScope {
  readonly context: RenderContext;
  readonly imports: ModuleImports;
}

/**
 * What a profile says of its elements, as the source text of an `ElementRule`.
 *
 * @param scope of the module
 * @param profile any
 */
export function profileRule(scope: TableScope, profile: ProfileModel): string {
  return objectSource(ruleMembers(scope, profile.root, profile.root));
}

function isEmpty(members: Members): boolean {
  return members.every(([, source]) => source === undefined);
}

/**
 * @param element a profile's
 * @param root of the profile, whose own cardinality says nothing
 */
function ruleMembers(scope: TableScope, element: ElementModel, root?: ElementModel): Members {
  const { base } = element;
  const isRoot = element === root;
  return [
    ['min', isRoot || element.min === base.min ? undefined : String(element.min)],
    ['max', isRoot || element.max === base.max ? undefined : String(element.max)],
    ...valueMembers(scope, element),
  ];
}

/** Invariants speak of all the rest: a person reads them after it. */
const LAST = 'invariants';

/** What a rule says apart from cardinality. */
function valueMembers(scope: TableScope, element: ElementModel): Members {
  const facts = factMembers(scope, element);
  return [
    ['types', typesSource(scope, element)],
    ...facts.filter(([name]) => name !== LAST),
    ['children', childrenSource(scope, element)],
    ['slicing', slicingSource(scope, element)],
    ...facts.filter(([name]) => name === LAST),
  ];
}

/** What the facts of an element say beyond the profile of its datatype. */
function factMembers(scope: TableScope, element: ElementModel): Members {
  const { facts } = scope.context;
  const known = typeProfile(scope, element);
  const own = known === undefined ? element : factsBeyond(element, known, element.base, facts);
  return factRules(own, element.base, facts).map(([name, value]) => [
    name,
    value.kind === 'json' ? jsonLiteral(value.json) : codeSet(scope, value.valueSet),
  ]);
}

function typesSource(scope: TableScope, element: ElementModel): string | undefined {
  const sources = element.types.map((type) => typeSource(scope, type));
  const plain = unconstrained(element.base).types.map((type) => typeSource(scope, type));
  return sources.length === 0 || sources.join() === plain.join() ? undefined : listSource(sources);
}

function typeSource(scope: TableScope, type: TypeModel): string {
  const profiles = type.unresolvedProfiles.length > 0 ? [] : type.profiles;
  const isReference = type.code === 'Reference' || type.code === 'canonical';
  const targets = isReference ? type.targets : undefined;
  return objectSource([
    ['code', stringLiteral(type.code)],
    ['profiles', profiles.length === 0 ? undefined : listSource(profiles.map((url) => tableThunk(scope, url)))],
    ['base', profiles.length === 0 ? resourceTable(scope, type.code) : undefined],
    [
      'targets',
      targets === undefined || targets.some((target) => target.type === 'Resource')
        ? undefined
        : listSource(
            targets.map((target) =>
              stringLiteral(target.profile === undefined ? target.type : `${target.type}|${target.profile}`),
            ),
          ),
    ],
  ]);
}

/** The elements of a resource type that a profile names without a profile that would have them. */
function resourceTable(scope: TableScope, code: string): string | undefined {
  const { types, names } = scope.context;
  const type = types.get(code);
  const typeNames = names.fhirTypes.get(code);
  if (type?.kind !== 'resource' || type.abstract || typeNames === undefined) return undefined;
  return scope.imports.value(typeNames.file, typeNames.table);
}

/** Profiles may refer to each other in a circle, so a table is named only when it is needed. */
function tableThunk(scope: TableScope, url: string): string {
  const names = scope.context.names.profiles.get(url);
  return names === undefined ? '() => undefined' : `() => ${scope.imports.value(names.file, names.table)}`;
}

function codeSet(scope: TableScope, valueSet: string): string | undefined {
  const names = scope.context.names.valueSets.get(valueSet);
  return names === undefined ? undefined : scope.imports.value(names.file, names.codes);
}

function childrenSource(scope: TableScope, element: ElementModel): string | undefined {
  const known = typeProfile(scope, element)?.children ?? [];
  const members = element.children.flatMap((child): [string, string][] => {
    const said = known.find((one) => one.base.path === child.base.path);
    const own = ruleMembers(scope, said === undefined ? child : beyond(child, said, scope.context.facts));
    return isEmpty(own) ? [] : [[keyOf(child), objectSource(own)]];
  });
  return members.length === 0 ? undefined : objectSource(members);
}

/** A snapshot repeats what the profile of a datatype says; that stands in the table of that profile. */
function typeProfile(scope: TableScope, element: ElementModel): ElementModel | undefined {
  const [type, ...others] = element.types;
  if (type === undefined || others.length > 0 || type.profiles.length !== 1 || type.unresolvedProfiles.length > 0) {
    return undefined;
  }
  return scope.context.profiles.get(type.profiles[0] ?? '')?.root;
}

function keyOf(element: ElementModel): string {
  return element.base.choice ? `${element.base.name}[x]` : element.base.name;
}

function slicingSource(scope: TableScope, element: ElementModel): string | undefined {
  if (element.base.choice) return choiceSource(scope, element);
  return element.slicing === undefined ? undefined : slicing(scope, element, element.slicing);
}

/** What a choice says of each of its types is a slicing by type. */
function choiceSource(scope: TableScope, element: ElementModel): string | undefined {
  const slices = element.types.flatMap((type): string[] => {
    if (type.element === undefined) return [];
    const rule = valueMembers(scope, { ...type.element, types: [{ ...type, profiles: [], unresolvedProfiles: [] }] });
    const own = rule.filter(([name]) => name !== 'types');
    if (isEmpty(own)) return [];
    const when = objectSource([
      ['at', stringLiteral('$this')],
      ['types', listSource([stringLiteral(type.code)])],
    ]);
    return [
      objectSource([
        ['name', stringLiteral(type.code)],
        ['when', listSource([when])],
        ['rule', objectSource(own)],
      ]),
    ];
  });
  if (slices.length === 0) return undefined;
  return objectSource([
    ['rules', stringLiteral('open')],
    ['slices', listSource(slices)],
  ]);
}

function slicing(scope: TableScope, element: ElementModel, model: SlicingModel): string | undefined {
  const live = model.slices;
  if (live.length === 0) return undefined;
  const keys = distinct(live.map((slice) => [sliceKey(slice.name), sliceKey(`${slice.name}Slice`)]));
  return objectSource([
    ['rules', stringLiteral(model.rules)],
    ['ordered', model.ordered ? 'true' : undefined],
    ['slices', listSource(live.map((slice, index) => sliceSource(scope, element, slice, keys[index] ?? slice.name)))],
  ]);
}

function sliceSource(scope: TableScope, sliced: ElementModel, slice: SliceModel, key: string): string {
  const { element } = slice;
  const bare = bareMember(sliceItem(sliced, slice, scope.context), scope.context);
  const { facts } = scope.context;
  const known = typeProfile(scope, sliced)?.children ?? [];
  const general = { ...sliced, children: mergeChildren(known, sliced.children, facts) };
  const rule = objectSource([
    ['min', element.min === 0 ? undefined : String(element.min)],
    ['max', element.max === Infinity ? undefined : String(element.max)],
    ...valueMembers(scope, beyondAll(element, general, facts)),
  ]);
  return objectSource([
    ['name', stringLiteral(slice.name)],
    ['key', key === slice.name ? undefined : stringLiteral(key)],
    ['bare', bare === undefined ? undefined : stringLiteral(bare.base.name)],
    ['when', listSource(slice.tests.map((test) => testSource(scope, test)))],
    ['rule', rule],
  ]);
}

function testSource(scope: TableScope, test: SliceTestModel): string {
  const at: [string, string] = ['at', stringLiteral(test.at)];
  switch (test.kind) {
    case 'value':
      return objectSource([at, ['is', valueTestSource(scope, test.is)]]);
    case 'exists':
      return objectSource([at, ['exists', String(test.exists)]]);
    case 'type':
      return objectSource([at, ['types', listSource(test.types.map(stringLiteral))]]);
    case 'profile':
      return objectSource([at, ['profiles', listSource(test.profiles.map((url) => tableThunk(scope, url)))]]);
    case 'undecidable':
      return objectSource([at, ['undecidable', 'true']]);
  }
}

function valueTestSource(scope: TableScope, test: ValueTest): string {
  const children = Object.entries(test.children ?? {}).map(([name, child]): [string, string] => [
    name,
    valueTestSource(scope, child),
  ]);
  return objectSource([
    ['fixed', test.fixed === undefined ? undefined : jsonLiteral(test.fixed)],
    ['pattern', test.pattern === undefined ? undefined : jsonLiteral(test.pattern)],
    ['codes', test.valueSet === undefined ? undefined : codeSet(scope, test.valueSet)],
    ['children', children.length === 0 ? undefined : objectSource(children)],
  ]);
}
