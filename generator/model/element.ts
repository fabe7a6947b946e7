import { CodegenError } from '../errors.js';
import type { PinnedElement, PinnedType } from '../pin/snapshot.js';
import type { ElementNode } from './element-tree.js';
import { elementsBelow, type FhirTypes } from './fhir-type.js';
import type { FactRegistry, FactValues } from '../facts/registry.js';
import { declaredFacts } from '../facts/values.js';
import type { ValueSetKey } from './value-set.js';
import type { ElementModel, FhirElement, SliceModel, SlicingModel, TargetModel, TypeModel } from './model.js';
import { capital } from '../fhir/choice.js';
import { maxOf } from '../fhir/cardinality.js';
import { fhirTypeName, withoutVersion } from '../fhir/canonical.js';
import { concreteTypes } from '../fhir/release.js';

/** The context in which the elements of a profile are read. */
export interface ElementContext {
  /** Canonical of the profile, for messages. */
  readonly profile: string;
  /** Of the release of FHIR. */
  readonly family: 4 | 5;
  readonly types: FhirTypes;
  /** Canonicals of profiles that have a model, and the FHIR type that each constrains. */
  readonly profileTypes: ReadonlyMap<string, string>;
  readonly valueSetKey: ValueSetKey;
  /** The registry of facts; all if absent. */
  readonly facts?: FactRegistry | undefined;
}

/** Extensions are always sliced by url, and choices by type, whether a guide states it or not (FHIR R4, Profiling). */
const BY_URL: SlicingModel['discriminators'] = [{ type: 'value', path: 'url' }];
const BY_TYPE: SlicingModel['discriminators'] = [{ type: 'type', path: '$this' }];

/**
 * An element of a profile.
 *
 * @param node the element and its children
 * @param base the element of the FHIR type that it constrains
 * @param context of the profile
 * @param least its minimum cardinality: a slice may be absent where its element may not
 * @throws CodegenError when an element does not exist in the FHIR type
 */
export function elementModel(
  node: ElementNode,
  base: FhirElement,
  context: ElementContext,
  least = base.min,
): ElementModel {
  const { element } = node;
  const allowed = typesOf(element, base, context);
  const left = narrowToSlices(allowed, node, base, context);
  const isProhibited = allowed.length > 0 && left.length === 0;
  const types = isProhibited ? allowed : left;
  const code = types.length === 1 ? types[0]?.code : undefined;
  const slicing = base.choice ? undefined : slicingOf(node, base, context);
  const children = [...node.children.values()].flatMap((child) => childModel(child, node, base, code, context));
  return {
    id: element.id,
    base,
    ...cardinalityOf(element, base, least, isProhibited),
    types,
    ...factsOf(element, base, context),
    children: code === 'Extension' || base.path === 'Extension' ? withContent(children) : children,
    ...(slicing === undefined ? {} : { slicing }),
  };
}

/**
 * An extension has a value or extensions (FHIR R4, Extension, invariant ext-1): if one is prohibited, the other is
 * required.
 */
function withContent(children: readonly ElementModel[]): readonly ElementModel[] {
  const maxOfChild = (name: string): number => children.find(({ base }) => base.name === name)?.max ?? Infinity;
  const required = maxOfChild('extension') === 0 ? 'value' : maxOfChild('value') === 0 ? 'extension' : undefined;
  return children.map((child) =>
    child.base.name === required && child.min === 0 && child.max > 0 ? { ...child, min: 1 } : child,
  );
}

function factsOf(element: PinnedElement, base: FhirElement, context: ElementContext): FactValues {
  const { types, valueSetKey, facts, family } = context;
  const isRoot = !base.path.includes('.');
  const datatypes = isRoot ? [] : base.types.flatMap((type) => types.get(type.code)?.constraints ?? []);
  const declared = {
    base,
    family,
    isFixed: element.fixed !== undefined,
    valueSetKey,
    hasTypeInvariant: (key: string) => datatypes.some((constraint) => constraint.key === key),
  };
  return declaredFacts(element, declared, facts);
}

/**
 * A constraint may only narrow its element (FHIR R4, Profiling, "Limitations of Use"): what exceeds the FHIR type is
 * omitted, even where a profile prohibits what FHIR requires.
 */
function cardinalityOf(
  element: PinnedElement,
  base: FhirElement,
  least: number,
  isProhibited: boolean,
): Pick<ElementModel, 'min' | 'max'> {
  const max = isProhibited ? 0 : maxOf(element.max);
  return { min: Math.max(element.min, least), max: Math.max(Math.min(max, base.max), least) };
}

/** A choice may be written under the name of one of its types (`valueQuantity`); that is handled with its slices. */
function childModel(
  child: ElementNode,
  parent: ElementNode,
  base: FhirElement,
  code: string | undefined,
  context: ElementContext,
): ElementModel[] {
  const candidates = code === undefined && base.types.length > 1 ? base.types.map((type) => type.code) : [code];
  for (const candidate of candidates) {
    const found = elementsBelow(base, candidate, context.types).find((one) => keyOf(one) === child.name);
    if (found !== undefined) return [elementModel(withTypedNames(child, parent, found, context), found, context)];
  }
  const choice = candidates
    .flatMap((candidate) => elementsBelow(base, candidate, context.types))
    .find((one) => one.choice && typedName(one, child.name, context) !== undefined);
  if (choice !== undefined) {
    return parent.children.has(keyOf(choice)) ? [] : [elementModel(alone(child, choice, context), choice, context)];
  }
  throw new CodegenError(`"${child.name}" is not an element of ${base.path}; correct the profile or its snapshot`, {
    profile: context.profile,
    element: child.element.id,
  });
}

/** Name of an element as ids write it. */
function keyOf(element: FhirElement): string {
  return element.choice ? `${element.name}[x]` : element.name;
}

/** The type in a name such as `valueQuantity`. */
function typedName(choice: FhirElement, name: string, context: ElementContext): string | undefined {
  if (!name.startsWith(choice.name)) return undefined;
  const rest = name.slice(choice.name.length);
  return choice.types.map((type) => type.code).find((code) => capital(code) === rest && context.types.has(code));
}

/** The choice with the slices that are written as sibling elements. */
function withTypedNames(
  node: ElementNode,
  parent: ElementNode,
  base: FhirElement,
  context: ElementContext,
): ElementNode {
  if (!base.choice) return node;
  const slices = new Map(node.slices);
  for (const sibling of parent.children.values()) {
    if (typedName(base, sibling.name, context) !== undefined) slices.set(sibling.name, sibling);
  }
  return { ...node, slices };
}

/** A choice that appears only under the name of one type. */
function alone(child: ElementNode, choice: FhirElement, context: ElementContext): ElementNode {
  const code = typedName(choice, child.name, context);
  const { fixed: _fixed, pattern: _pattern, sliceName: _sliceName, ...element } = child.element;
  return {
    element: { ...element, types: child.element.types ?? (code === undefined ? [] : [{ code }]) },
    name: keyOf(choice),
    children: new Map(),
    slices: new Map([[child.name, child]]),
  };
}

function typesOf(element: PinnedElement, base: FhirElement, context: ElementContext): TypeModel[] {
  if (element.types === undefined || element.types.length === 0) {
    return base.types.map((type) => ({
      code: type.code,
      profiles: [],
      unresolvedProfiles: [],
      ...(type.targets === undefined ? {} : { targets: type.targets.map((target) => ({ type: target })) }),
    }));
  }
  return element.types.map((type) => typeModel(type, context));
}

function typeModel(type: PinnedType, context: ElementContext): TypeModel {
  const profiles = (type.profiles ?? []).map(withoutVersion);
  // A profile that is a FHIR type itself constrains nothing more.
  const own = profiles.filter(
    (canonical) => fhirTypeName(canonical) !== type.code && isFitting(type.code, canonical, context),
  );
  const targets = type.targetProfiles?.flatMap((canonical) => targetsOf(canonical, context));
  return {
    code: type.code,
    profiles: own.filter((canonical) => context.profileTypes.has(canonical)),
    unresolvedProfiles: own.filter((canonical) => !context.profileTypes.has(canonical)),
    ...(type.elementProfiles === undefined ? {} : { elementProfiles: type.elementProfiles }),
    ...(targets === undefined || targets.length === 0 ? {} : { targets }),
  };
}

/** The lookups of {@link isFitting}. */
export type ProfileTypes = Pick<ElementContext, 'types' | 'profileTypes'>;

/**
 * Whether a value of a type can conform to a profile (FHIR R4, ElementDefinition.type.profile): it constrains this
 * type, or one of the two is abstract. An unresolved profile is accepted.
 *
 * @param code FHIR type
 * @param profile canonical without version
 * @param context types and profiles
 */
export function isFitting(code: string, profile: string, { types, profileTypes }: ProfileTypes): boolean {
  const constrained = profileTypes.get(profile);
  const [own, other] = [types.get(code), types.get(constrained ?? '')];
  if (own === undefined || other === undefined || own === other) return true;
  return own.kind === other.kind && (own.abstract || other.abstract);
}

function targetsOf(canonical: string, context: ElementContext): TargetModel[] {
  const url = withoutVersion(canonical);
  const profiled = context.profileTypes.get(url);
  if (profiled !== undefined) {
    return concreteTypes(profiled).map((type) => ({ type, profile: url, canonical: url }));
  }
  const type = fhirTypeName(url);
  // The type of an unresolved profile is unknown: any resource is the widest correct type.
  if (type === undefined) return [{ type: 'Resource', canonical: url }];
  return concreteTypes(type).map((one) => ({ type: one }));
}

/**
 * A choice sliced by type: each slice constrains its type. A required slice or closed rules leave only the types of
 * slices, and a slice with max 0 removes its type (FHIR R4, ElementDefinition, "choice of types": one value at most).
 */
function narrowToSlices(
  types: TypeModel[],
  node: ElementNode,
  base: FhirElement,
  context: ElementContext,
): TypeModel[] {
  if (!base.choice || node.slices.size === 0) return types;
  const bySlice = new Map<string, ElementModel>();
  let required: string[] | undefined;
  for (const [name, slice] of node.slices) {
    const own = sliceBase(base, slice, name, context);
    const model = elementModel(slice, own, context, 0);
    const codes = model.types.map((type) => type.code).filter((code) => own.types.some((type) => type.code === code));
    for (const code of codes) bySlice.set(code, model);
    if (slice.element.min > 0) required = codes;
  }
  const closed = node.element.slicing?.rules === 'closed';
  return types
    .filter((type) => required?.includes(type.code) ?? (!closed || bySlice.has(type.code)))
    .filter((type) => bySlice.get(type.code)?.max !== 0)
    .map((type) => {
      const element = bySlice.get(type.code);
      const narrowed = element?.types.find((one) => one.code === type.code);
      return element === undefined ? type : { ...(narrowed ?? type), element };
    });
}

/** A slice of a choice has one type, derived from its name if not stated. */
function sliceBase(base: FhirElement, slice: ElementNode, name: string, context: ElementContext): FhirElement {
  const codes = (slice.element.types ?? []).map((type) => type.code);
  const named = typedName(base, name, context);
  const types = base.types.filter((type) =>
    (codes.length === base.types.length || codes.length === 0) && named
      ? type.code === named
      : codes.includes(type.code),
  );
  return { ...base, types: types.length === 0 ? base.types : types, choice: false };
}

function slicingOf(node: ElementNode, base: FhirElement, context: ElementContext): SlicingModel | undefined {
  if (node.slices.size === 0) return undefined;
  const { slicing } = node.element;
  // A discriminator type that the release does not have cannot be decided.
  const stated = slicing?.discriminators.filter(({ type }) => type !== 'position' || context.family === 5);
  const isExtension = base.types.some((type) => type.code === 'Extension');
  return {
    rules: slicing?.rules ?? 'open',
    ordered: slicing?.ordered === true,
    discriminators: stated ?? (isExtension ? BY_URL : base.choice ? BY_TYPE : []),
    slices: [...node.slices].map(([name, slice]): SliceModel => ({
      name,
      tests: [],
      element: elementModel(slice, base, context, 0),
    })),
  };
}
