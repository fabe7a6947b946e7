import { capital } from '../fhir/choice.js';
import { bareMember } from './bare.js';
import { requiredItems } from './cardinality.js';
import {
  type EffectiveContext,
  isConstrained,
  ofType,
  sameFacts,
  sliceItem,
  unsliced,
  withImpliedConstraints,
  unconstrained,
} from './effective.js';
import { isFilledMember, isFilledSlice } from './filled.js';
import { elementsBelow } from './fhir-type.js';
import { jointBinding } from './joint-binding.js';
import { mergeChildren } from './merge.js';
import type { ElementModel, FhirElement, ProfileModel, SliceModel, SlicingModel, TypeModel } from './model.js';
import type {
  ElementContent,
  RemovedType,
  ResolvedElement,
  ResolvedSlice,
  ResolvedSlicing,
  ResolvedType,
} from './resolved.js';

/** The context in which elements are resolved. */
export interface ResolveContext extends EffectiveContext {
  /** Resolved elements of FHIR types that no profile constrains. */
  readonly plain: WeakMap<FhirElement, ResolvedElement>;
}

/**
 * Resolves an element: takes every decision.
 *
 * @param element as stated by its profile or by a merged description
 * @param path of the element in the profile
 * @param context all profiles and types
 * @param isStated whether the profile constrains it
 */
export function resolveElement(
  element: ElementModel,
  path: string,
  context: ResolveContext,
  isStated = true,
): ResolvedElement {
  const { children: _children, slicing, types, ...facts } = element;
  const content = contentOf(element, context);
  const options = optionsOf(element, path, context);
  const min = requiredItems(element);
  const isWritten = min > 0 && isFilledMember(element, context);
  const resolved =
    slicing === undefined || !element.base.array ? undefined : resolveSlicing(element, slicing, path, context);
  const joint = jointBinding(element.binding, context.valueSets);
  return {
    ...facts,
    path,
    min,
    content,
    types: types.map(resolveType),
    isStated,
    isConstrained: isStated && isConstrained(element),
    isFilled: isWritten,
    members: options.length > 0 ? [] : membersOf(element, content, path, context),
    options,
    removed: removedTypes(element),
    requiredNames: requiredNames(element, isWritten, context),
    ...(resolved === undefined ? {} : { slicing: resolved }),
    ...(joint === undefined ? {} : { jointBinding: joint }),
  };
}

/** An element that no profile constrains is the same everywhere. */
function resolvePlain(element: ElementModel, context: ResolveContext): ResolvedElement {
  const known = context.plain.get(element.base);
  if (known !== undefined) return known;
  const resolved = resolveElement(element, element.base.path, context, false);
  context.plain.set(element.base, resolved);
  return resolved;
}

/** A value may conform to an unresolved profile, so the resolved ones decide nothing. */
function resolveType({ code, profiles, unresolvedProfiles, targets }: TypeModel): ResolvedType {
  return {
    code,
    profiles: unresolvedProfiles.length > 0 ? [] : profiles,
    unresolvedProfiles,
    ...(targets === undefined ? {} : { targets }),
  };
}

function contentOf(element: ElementModel, context: ResolveContext): ElementContent {
  const { base } = element;
  if (base.children.length > 0 || base.contentReference !== undefined || !base.path.includes('.')) return 'object';
  const code = element.types[0]?.code ?? base.types[0]?.code ?? '';
  const type = context.types.get(code);
  if (type === undefined) return /^[a-z]/.test(code) ? 'primitive' : 'resource';
  if (type.kind === 'primitive-type') return 'primitive';
  return type.kind === 'resource' ? 'resource' : 'datatype';
}

/** The element for each of its types, where there are several or where the type is part of the JSON name. */
function optionsOf(element: ElementModel, path: string, context: ResolveContext): ResolvedElement[] {
  if (element.max === 0 || element.base.children.length > 0) return [];
  if (!element.base.choice && element.types.length < 2) return [];
  return element.types.map((type) => {
    const option = element.base.choice ? ofType(element, type) : { ...element, types: [type] };
    return resolveElement(option, path.slice(0, path.length - element.base.name.length) + option.base.name, context);
  });
}

/** The types of a choice that the profile removes: all of them where the element is prohibited. */
function removedTypes({ base, types, max }: ElementModel): RemovedType[] {
  if (!base.choice) return [];
  const left = new Set(max === 0 ? [] : types.map((type) => type.code));
  return base.types
    .filter((type) => !left.has(type.code))
    .map(({ code }) => ({ code, name: `${base.name}${capital(code)}` }));
}

function membersOf(
  element: ElementModel,
  content: ElementContent,
  path: string,
  context: ResolveContext,
): ResolvedElement[] {
  switch (content) {
    case 'object':
      return objectMembers(element, path, context);
    case 'datatype':
      return datatypeMembers(element, path, context);
    default:
      return element.children
        .filter(isConstrained)
        .map((member) => resolveElement(member, below(path, member), context));
  }
}

function below(path: string, { base }: ElementModel): string {
  return path === '' ? base.name : `${path}.${base.name}`;
}

/** All members of the FHIR element; none where the profile does not constrain them. */
function objectMembers(element: ElementModel, path: string, context: ResolveContext): ResolvedElement[] {
  const own = withImpliedConstraints(element, context).children;
  if (own.length === 0) return [];
  const stated = new Set(own.map((member) => member.base.path));
  const code = element.types.length === 1 ? element.types[0]?.code : undefined;
  const all = elementsBelow(element.base, code, context.types).map(unconstrained);
  return mergeChildren(all, own).map((member) =>
    stated.has(member.base.path) ? resolveElement(member, below(path, member), context) : resolvePlain(member, context),
  );
}

/** The constraints on a datatype beyond the profile of its type, which has its own model. */
function datatypeMembers(element: ElementModel, path: string, context: ResolveContext): ResolvedElement[] {
  const profile = typeProfile(element, context);
  return withImpliedConstraints(element, context).children.flatMap((child): ResolvedElement[] => {
    const known = profile?.root.children.find((one) => one.base.path === child.base.path);
    if (!isConstrained(child) || (known !== undefined && sameFacts(known, child))) return [];
    const member = resolveElement(child, below(path, child), context);
    return [known === undefined ? member : { ...member, removed: removedBeyond(member, known) }];
  });
}

/** The removed types of a choice, except those that another description removes already. */
function removedBeyond({ removed }: ResolvedElement, known: ElementModel): readonly RemovedType[] {
  const left = new Set(known.max === 0 ? [] : known.types.map((type) => type.code));
  return removed.filter(({ code }) => left.has(code));
}

/** The only profile of the only type. */
function typeProfile(element: ElementModel, context: ResolveContext): ProfileModel | undefined {
  const [type, ...others] = element.types;
  const [url, ...more] = type === undefined || type.unresolvedProfiles.length > 0 ? [] : type.profiles;
  return url === undefined || others.length + more.length > 0 ? undefined : context.profiles.get(url);
}

function resolveSlicing(
  sliced: ElementModel,
  slicing: SlicingModel,
  path: string,
  context: ResolveContext,
): ResolvedSlicing {
  const slices = resolveSlices(sliced, slicing.slices, path, context);
  return {
    rules: slicing.rules,
    ordered: slicing.ordered,
    others: resolveElement(unsliced(sliced), path, context),
    takesOthers: takesOthers(slicing, slices, sliced.max),
    slices,
    prohibited: slicing.slices.filter((slice) => slice.element.max === 0).map((slice) => slice.name),
  };
}

/** Whether items may belong to no slice: not if the slicing is closed, nor if the required slices leave no room. */
function takesOthers({ rules }: SlicingModel, slices: readonly ResolvedSlice[], max: number): boolean {
  const named = slices.filter((slice) => slice.isNamed);
  const taken = named.reduce((sum, slice) => sum + slice.item.min, 0);
  return named.length === 0 || (rules !== 'closed' && taken < max);
}

function resolveSlices(
  sliced: ElementModel,
  slices: readonly SliceModel[],
  path: string,
  context: ResolveContext,
): readonly ResolvedSlice[] {
  return slices
    .filter((slice) => slice.element.max > 0)
    .map((slice): ResolvedSlice => {
      const whole = sliceItem(sliced, slice, context);
      const item = unsliced(whole);
      const bare = bareMember(item, context);
      // A slice that a pattern requires has no name.
      const at = `${path}.${slice.name === '' ? 'item' : slice.name}`;
      return {
        name: slice.name,
        isNamed: slice.name !== '' && slice.name !== '@default',
        id: `${path}:${slice.name}`,
        tests: slice.tests,
        isDecidable: slice.tests.every((test) => test.kind !== 'undecidable'),
        item: { ...resolveElement(item, at, context), min: slice.element.min, max: slice.element.max },
        isFilled: isFilledSlice(sliced, slice, context),
        ...(bare === undefined ? {} : { bare: resolveElement(bare, `${at}.value`, context) }),
        slices: resolveSlices(item, whole.slicing?.slices ?? [], at, context),
      };
    });
}

/** Names of required parts, without those that `create` can write. */
function requiredNames(member: ElementModel, isWritten: boolean, context: ResolveContext): string[] {
  if (requiredItems(member) === 0) return [];
  const { name } = member.base;
  if (isWritten) return [];
  if (member.base.choice) return [`${name}[x]`];
  if (!member.base.array) return [name];
  const required = member.slicing?.slices.filter((slice) => slice.element.min > 0 && slice.name !== '') ?? [];
  const open = required.filter((slice) => !isFilledSlice(member, slice, context));
  const covered = required.reduce((sum, slice) => sum + slice.element.min, 0);
  const names = open.map((slice) => `${name}:${slice.name}`);
  return covered >= member.min ? names : [...names, name];
}
