import { elementsBelow } from '../model/fhir-type.js';
import type {
  ElementModel,
  FhirElement,
  FhirType,
  Model,
  ProfileModel,
  TypeModel,
  ValueSetModel,
} from '../model/model.js';
import type { Json } from '../fhir/json.js';

/** The model with its lookups. */
export interface Context {
  readonly model: Model;
  readonly profiles: ReadonlyMap<string, ProfileModel>;
  readonly types: ReadonlyMap<string, FhirType>;
  readonly valueSets: ReadonlyMap<string, ValueSetModel>;
}

/**
 * @param model all profiles
 */
export function contextOf(model: Model): Context {
  return {
    model,
    profiles: new Map(model.profiles.map((profile) => [profile.url, profile])),
    types: new Map(model.fhirTypes.map((type) => [type.name, type])),
    valueSets: new Map(model.valueSets.map((valueSet) => [valueSet.url, valueSet])),
  };
}

/** The path of a discriminator below an element, for a constraint that applies because an item belongs to a slice. */
export interface DiscriminatorPath {
  readonly path: readonly string[];
  /**
   * Whether the instance is also invalid when the item leaves the slice, as the slice is required or the slicing
   * closed.
   */
  readonly isRequired: boolean;
}

/** How a constraint applies. */
export interface Tags {
  /**
   * Whether the type of a literal shows it. It does not for an optional slice, whose items may also belong to no slice.
   */
  readonly seen: boolean;
  /** Whether a value that violates it is certainly invalid, as no other profile or slice can apply. */
  readonly sure: boolean;
  readonly discriminators: readonly DiscriminatorPath[];
}

/** One description that applies to an element. */
export interface Facet extends Tags {
  readonly element: ElementModel;
}

/**
 * What `fixed[x]` or `pattern[x]`, of the element or a parent, requires of a value; `undefined` requires its absence.
 */
export interface Demand extends Tags {
  readonly kind: 'fixed' | 'pattern';
  readonly value: Json | undefined;
  /** For a choice: the type of the value. */
  readonly code?: string;
}

/** A required binding. */
export interface Bound extends Tags {
  readonly valueSet: ValueSetModel;
}

/**
 * All constraints on an element or on one value of it. Descriptions are kept separate and never merged, so that samples
 * do not depend on how the generator merges them.
 */
export interface Spec {
  readonly base: FhirElement;
  readonly facets: readonly Facet[];
  /** Demands on one value. */
  readonly demands: readonly Demand[];
  /** Demands on all items of an array together. */
  readonly items: readonly Demand[];
  /** Paths below that must have values, as a discriminator reads them. */
  readonly forced: readonly (readonly string[])[];
  /** Bindings of the CodeableConcept that this coding belongs to. */
  readonly within: readonly Bound[];
}

/** Selects constraints. */
export type By = (tags: Tags) => boolean;

export const all: By = () => true;
/** Selects constraints whose violation makes the instance invalid. */
export const sure: By = (tags) => tags.sure && tags.discriminators.every((one) => one.isRequired);
/** Selects constraints whose violation makes the instance invalid, and that the type of a literal shows. */
export const visible: By = (tags) => tags.seen && sure(tags);

/** Whether a discriminator reads this value. */
export function discriminates(spec: Spec): boolean {
  return [...spec.facets, ...spec.demands].some((tags) =>
    tags.discriminators.some((one) => one.path.length === 0 && one.isRequired),
  );
}

/**
 * The constraints of a profile on one value.
 *
 * @param profile the profile
 */
export function rootSpec(profile: ProfileModel): Spec {
  return plain(profile.root.base, [{ element: profile.root, seen: true, sure: true, discriminators: [] }]);
}

/** A specification without constraints of parent elements. */
export function plain(base: FhirElement, facets: readonly Facet[] = []): Spec {
  return { base, facets, demands: [], items: [], forced: [], within: [] };
}

/** How constraints of FHIR itself apply: the interfaces of `@types/fhir` do not require arrays and choices. */
function baseTags({ base, facets }: Spec): Tags {
  return { seen: !(base.array || base.choice) || facets.some((facet) => facet.seen), sure: true, discriminators: [] };
}

/** The minimum number of values, including those that patterns and slices require. */
export function minOf(spec: Spec, by: By): number {
  const demanded = [...spec.demands, ...spec.items]
    .filter(by)
    .map((demand) => (demand.value === undefined ? 0 : Array.isArray(demand.value) ? demand.value.length : 1));
  const own = spec.facets.filter(by).map(({ element }) => {
    const slices = element.base.choice ? [] : (element.slicing?.slices ?? []);
    return Math.max(
      element.min,
      slices.reduce((sum, slice) => sum + slice.element.min, 0),
    );
  });
  return Math.max(by(baseTags(spec)) ? spec.base.min : 0, ...own, ...demanded);
}

/** The maximum number of values. */
export function maxOf(spec: Spec, by: By): number {
  const isAbsent = spec.demands.some((demand) => demand.value === undefined && by(demand));
  return Math.min(spec.base.max, isAbsent ? 0 : Infinity, ...spec.facets.filter(by).map(({ element }) => element.max));
}

/** FHIR type codes that all descriptions allow, in the order of the last description. */
export function typesOf(spec: Spec, by: By, context: Context): readonly string[] {
  const lists = [
    spec.base.types.map((type) => type.code),
    ...spec.facets.filter(by).map(({ element }) => element.types.map((type) => concrete(type, context))),
    ...spec.demands.filter(by).map(({ code }) => (code === undefined ? [] : [code])),
  ].filter((list) => list.length > 0);
  // A choice of all datatypes occurs in every extension.
  const known = commonTypes.get(context) ?? new Map<string, readonly string[]>();
  commonTypes.set(context, known);
  const key = lists.map((list) => list.join(' ')).join();
  const common = known.get(key) ?? commonOf(lists, context);
  known.set(key, common);
  return common;
}

/** Types that several lists have in common, by the lists. */
const commonTypes = new WeakMap<Context, Map<string, readonly string[]>>();

function commonOf(lists: readonly (readonly string[])[], context: Context): readonly string[] {
  const last = lists.at(-1) ?? [];
  const candidates = [...new Set([...last, ...lists.flat()])];
  const common = candidates.filter((code) => lists.every((list) => list.some((one) => fits(code, one, context))));
  const special = common.filter((code) => context.types.get(code)?.abstract !== true);
  return special.length > 0 ? special : common;
}

/** A `Resource` with a profile has the type that the profile constrains. */
function concrete(type: TypeModel, context: Context): string {
  return (type.code === 'Resource' ? context.profiles.get(type.profiles[0] ?? '')?.type : undefined) ?? type.code;
}

function fits(code: string, allowed: string, context: Context): boolean {
  return (
    code === allowed ||
    ((allowed === 'Resource' || allowed === 'DomainResource') && context.types.get(code)?.kind === 'resource')
  );
}

/**
 * The constraints on a value of a known type: with those of profiles on the type, and those of a choice for the type.
 */
export function typed(spec: Spec, code: string, context: Context): Spec {
  const facets = spec.facets.flatMap((facet) => expand(facet, code, context));
  const base = spec.base.choice
    ? { ...spec.base, types: spec.base.types.filter((type) => type.code === code) }
    : spec.base;
  return { ...spec, base, facets };
}

function expand(facet: Facet, code: string, context: Context): Facet[] {
  const type = facet.element.types.find((one) => one.code === code || concrete(one, context) === code);
  if (type === undefined) return [facet];
  const own = type.element === undefined ? [] : expand({ ...facet, element: type.element }, code, context);
  const [url] = type.profiles;
  const profile = context.profiles.get(url ?? '');
  if (profile === undefined) return [facet, ...own];
  const isOnly = type.profiles.length + type.unresolvedProfiles.length === 1;
  return [facet, ...own, { ...facet, element: profile.root, sure: facet.sure && isOnly }];
}

/** All demands on one value, with those of its descriptions. */
export function demandsOf(spec: Spec): Demand[] {
  const own = spec.facets.flatMap(({ element, seen, sure, discriminators }): Demand[] => [
    ...(element.fixed === undefined
      ? []
      : [{ kind: 'fixed' as const, value: element.fixed, seen, sure, discriminators }]),
    ...(element.pattern === undefined
      ? []
      : [{ kind: 'pattern' as const, value: element.pattern, seen, sure, discriminators }]),
  ]);
  return [...spec.demands, ...own];
}

/** Required bindings of a value. */
export function boundsOf(spec: Spec, context: Context): Bound[] {
  const isCode = spec.base.types.some((type) => type.code === 'code');
  const bindings = [
    { binding: spec.base.binding, tags: { seen: isCode, sure: true, discriminators: [] } },
    ...spec.facets.map((facet) => ({ binding: facet.element.binding, tags: facet })),
  ];
  const own = bindings.flatMap(({ binding, tags }): Bound[] => {
    const valueSet = context.valueSets.get(binding?.valueSet ?? '');
    if (valueSet === undefined || binding?.strength !== 'required') return [];
    return [{ valueSet, seen: tags.seen, sure: tags.sure, discriminators: tags.discriminators }];
  });
  // A maximum value set acts like a required binding, but types do not show it.
  const limits = spec.facets.flatMap(({ element, sure, discriminators }): Bound[] => {
    const valueSet = context.valueSets.get(element.maxValueSet ?? '');
    return valueSet === undefined ? [] : [{ valueSet, seen: false, sure, discriminators }];
  });
  return [...spec.within, ...own, ...limits];
}

/**
 * The elements below a value.
 *
 * @param value the constraints on the value, for its type
 * @param code the code of the type
 */
export function childrenOf(value: Spec, code: string, context: Context): Spec[] {
  const demands = demandsOf(value);
  return elementsBelow(value.base, code, context.types).map((base) => {
    const names = base.choice ? [`${base.name}[x]`, base.name] : [base.name];
    const below = (discriminators: readonly DiscriminatorPath[]): DiscriminatorPath[] =>
      discriminators.flatMap((one) => descended(one, base.name));
    const facets = value.facets.flatMap((facet) =>
      facet.element.children
        .filter((child) => child.base.path === base.path)
        .map((element): Facet => ({ ...facet, element, discriminators: below(facet.discriminators) })),
    );
    const inherited = demands.flatMap((demand): Demand[] => {
      const found = memberOf(demand, base);
      const { code: _code, ...whole } = demand;
      const discriminators = below(demand.discriminators);
      return found === NOTHING ? [] : [{ ...whole, ...codeOf(demand, base), value: found, discriminators }];
    });
    const urls = base.path === 'Extension.url' ? unresolvedUrls(value) : [];
    const forced = value.forced.flatMap((path) => {
      const [first = '', ...rest] = path;
      if (first.startsWith('extension(')) return base.name === 'extension' ? [path] : [];
      return names.includes(first) ? [rest] : [];
    });
    return {
      base,
      facets,
      demands: [
        ...(base.array ? [] : inherited),
        ...urls.map((url): Demand => ({ ...url, discriminators: below(url.discriminators) })),
      ],
      items: base.array ? inherited : [],
      forced,
      within: [],
    };
  });
}

function descended(discriminator: DiscriminatorPath, name: string): DiscriminatorPath[] {
  const [first, ...rest] = discriminator.path;
  if (first === undefined) return [discriminator];
  const isType = /^ofType\(/.test(rest[0] ?? '');
  return first === name || first === `${name}[x]` ? [{ ...discriminator, path: isType ? rest.slice(1) : rest }] : [];
}

const NOTHING: unique symbol = Symbol('no demand');

function memberOf(demand: Demand, base: FhirElement): Json | undefined | typeof NOTHING {
  const { value, kind } = demand;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return NOTHING;
  const members = new Map(Object.entries(value));
  const keys = base.choice ? base.types.map((type) => keyOf(base, type.code)) : [base.name];
  const key = keys.find((one) => members.has(one));
  if (key !== undefined) return members.get(key);
  // A fixed value has exactly the given members.
  return kind === 'fixed' ? undefined : NOTHING;
}

/** The type that a demand on the parent value requires for a choice. */
function codeOf({ value }: Demand, base: FhirElement): Pick<Demand, 'code'> {
  const has = value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
  const type = base.choice ? base.types.find(({ code }) => Object.hasOwn(has, keyOf(base, code))) : undefined;
  return type === undefined ? {} : { code: type.code };
}

/** The JSON property of an element. */
export function keyOf(base: FhirElement, code: string): string {
  return base.choice ? `${base.name}${code.charAt(0).toUpperCase()}${code.slice(1)}` : base.name;
}

/** An extension whose profile is not available is still identified by its url. */
function unresolvedUrls(value: Spec): Demand[] {
  return value.facets.flatMap(({ element, seen, sure, discriminators }): Demand[] => {
    const type = element.types.length === 1 ? element.types[0] : undefined;
    const [url, ...others] = type?.unresolvedProfiles ?? [];
    if (url === undefined || others.length > 0 || type?.profiles.length !== 0) return [];
    return [{ kind: 'fixed', value: url, seen, sure, discriminators }];
  });
}

/**
 * Whether the generated types redeclare a member, so that they show FHIR's own constraints on it. Members of resources
 * and their backbone elements are redeclared; members of datatypes without new constraints have the type of
 * `@types/fhir`.
 */
export function isRedeclared(spec: Spec, context: Context): boolean {
  const isOfResource = context.types.get(spec.base.path.split('.')[0] ?? '')?.kind === 'resource';
  return isOfResource && spec.facets.some((facet) => facet.seen);
}

/** Resource types that a reference may point to; `undefined` for any. */
export function targetsOf(spec: Spec, code: string, by: By, context: Context): string[] | undefined {
  const own = (types: readonly TypeModel[] | FhirElement['types']): string[] | undefined =>
    types
      .find((type) => type.code === code)
      ?.targets?.map((target) => (typeof target === 'string' ? target : target.type));
  const base = own(spec.base.types);
  const isSeen = isRedeclared(spec, context);
  const lists = [
    ...(by({ seen: isSeen, sure: true, discriminators: [] }) ? [base] : []),
    ...spec.facets
      .filter(by)
      .map((facet) => own(facet.element.types))
      .filter((list) => isSeen || by === sure || by === all || String(list) !== String(base)),
  ].flatMap((list) => (list === undefined || list.length === 0 || list.includes('Resource') ? [] : [list]));
  const last = lists.at(-1);
  return last?.filter((type) => lists.every((list) => list.includes(type)));
}
