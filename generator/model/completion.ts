import { bareMember } from './bare.js';
import { requiredItems } from './cardinality.js';
import type { CompletionModel, MemberCompletionModel, SliceCompletionModel } from './completion-model.js';
import {
  isConstrained,
  ofType,
  sameFacts,
  sliceItem,
  unsliced,
  withImpliedConstraints,
  type EffectiveContext,
} from './effective.js';
import {
  determined,
  determinedMember,
  determinedSlice,
  identified,
  isFilledMember,
  isFilledSlice,
  kindOf,
  membersOf,
} from './filled.js';
import type { ElementModel, ProfileModel, SliceModel } from './model.js';
import { isSameJson, type Json } from '../fhir/json.js';

/** The depth to which completions are followed when a profile constrains itself further at each level. */
const DEPTH_LIMIT = 24;

/** The context of completions. */
interface Scope {
  readonly context: EffectiveContext;
  /** Profiles on types followed so far: each is followed once, because profiles may form a cycle. */
  readonly within: readonly string[];
  /** The places of the element: in the profile itself, then in the profiles followed. */
  readonly places: readonly Place[];
  /** Whether the completion of a profile on a datatype does anything. */
  readonly completes: (url: string) => boolean;
}

/** The place of an element in a profile: path of names and slices, empty for the root. */
interface Place {
  readonly profile: string;
  readonly path: string;
}

/** The places of a child element or slice. */
function below(scope: Scope, name: string): Scope {
  const places = scope.places.map(({ profile, path }) => ({ profile, path: path === '' ? name : `${path}.${name}` }));
  return { ...scope, places };
}

/**
 * Decides what `create` does for each profile: final, nothing is derived at run time.
 *
 * @param profiles all of them, discriminators resolved
 * @param context the same profiles, and all types
 * @returns by canonical
 */
export function completionsOf(
  profiles: readonly ProfileModel[],
  context: EffectiveContext,
): ReadonlyMap<string, CompletionModel> {
  const made = new Map<string, CompletionModel>();
  const started = new Set<string>();
  const startOf = (profile: string): Scope => ({
    context,
    within: [],
    places: [{ profile, path: '' }],
    completes,
  });
  const completionOf = (profile: ProfileModel): CompletionModel => {
    started.add(profile.url);
    const own = made.get(profile.url) ?? rootCompletion(profile.root, startOf(profile.url));
    made.set(profile.url, own);
    return own;
  };
  const completes = (url: string): boolean => {
    const profile = context.profiles.get(url);
    if (profile === undefined) return false;
    // A profile that refers to itself is assumed to have a completion; if it has none, the call does nothing.
    if (started.has(url) && !made.has(url)) return true;
    return completionOf(profile).members.length > 0;
  };
  return new Map(profiles.map((profile) => [profile.url, completionOf(profile)]));
}

/** The completion of one value of an element; `undefined` for none. */
function itemCompletion(element: ElementModel, scope: Scope): CompletionModel | undefined {
  const { context, within } = scope;
  const kind = kindOf(element, context);
  // A fixed value is given whole or not at all; with several types, the type is not known.
  if (element.fixed !== undefined || element.types.length > 1 || kind === 'primitive-type') return undefined;
  const url = profileOf(element, context);
  if (kind === 'resource') {
    if (url !== undefined) return { profile: url, members: [] };
    if (element.types.some((type) => type.profiles.length > 0)) return undefined;
  }
  if (url !== undefined && (within.includes(url) || saysNoMore(element, url, context))) {
    return scope.completes(url) ? { profile: url, members: [] } : undefined;
  }
  if (within.length > DEPTH_LIMIT) return undefined;
  const own = objectCompletion(element, url === undefined ? scope : through(scope, url));
  return own.members.length === 0 ? undefined : own;
}

/** The scope of a profile on a type. */
function through(scope: Scope, url: string): Scope {
  return { ...scope, within: [...scope.within, url], places: [...scope.places, { profile: url, path: '' }] };
}

/** The profile that a value must conform to, where it is known. */
function profileOf(element: ElementModel, context: EffectiveContext): string | undefined {
  const [type, ...others] = element.types;
  const [url, ...more] = type?.profiles ?? [];
  if (url === undefined || others.length > 0 || more.length > 0) return undefined;
  return type?.unresolvedProfiles.length === 0 && context.profiles.has(url) ? url : undefined;
}

/** Whether an element adds nothing to the profile of its type. */
function saysNoMore(element: ElementModel, url: string, context: EffectiveContext): boolean {
  const known = context.profiles.get(url)?.root.children ?? [];
  return withImpliedConstraints(element, context).children.every(
    (child) => !isConstrained(child) || known.some((one) => one.base.path === child.base.path && sameFacts(one, child)),
  );
}

/**
 * The completion of a resource: it claims the profile in `meta.profile`, so `meta` is written with its required parts,
 * even where the profile makes it optional.
 */
function rootCompletion(root: ElementModel, scope: Scope): CompletionModel {
  const { context } = scope;
  const { children } = withImpliedConstraints(root, context);
  const meta = children.find((child) => child.base.name === 'meta');
  if (meta === undefined) return objectCompletion(root, scope);
  const members = membersOf(meta, context);
  const isProhibited = members.some(({ base, max }) => base.name === 'profile' && max === 0);
  if (meta.max === 0 || isProhibited) return { ...objectCompletion(root, scope), unclaimed: 'always' };
  const open = members.filter((member) => requiredItems(member) > 0 && !isFilledMember(member, context));
  // The claim alone is enough where any profile may be claimed.
  const isOpen = open.some(({ base, slicing, min }) => base.name !== 'profile' || slicing !== undefined || min > 1);
  if (meta.min === 0 && isOpen) return { ...objectCompletion(root, scope), unclaimed: 'without meta' };
  const written = children.map((child) => (child === meta ? { ...meta, min: 1 } : child));
  return objectCompletion({ ...root, children: written }, scope);
}

function objectCompletion(element: ElementModel, scope: Scope): CompletionModel {
  // A member that no profile constrains has no completion.
  const spokenOf = new Set(withImpliedConstraints(element, scope.context).children.map((child) => child.base.path));
  return {
    members: membersOf(element, scope.context)
      .filter((member) => member.max > 0 && spokenOf.has(member.base.path))
      .flatMap((member) => memberCompletions(member, scope)),
  };
}

function memberCompletions(member: ElementModel, parent: Scope): MemberCompletionModel[] {
  const write = writtenMember(member, parent.context);
  if (member.base.array) {
    const scope = below(parent, member.base.name);
    return [...completed(arrayCompletion(member, scope, write)), ...twinCompletion(member, scope)];
  }
  const each = member.base.choice ? member.types.map((type) => ofType(member, type)) : [member];
  return each.flatMap((one) => {
    const scope = below(parent, one.base.name);
    const item = itemCompletion(one, scope);
    const beside = write === undefined ? besideTwin(one, parent.context) : undefined;
    return [
      ...completed({
        key: one.base.name,
        ...(write !== undefined && { write }),
        ...(beside !== undefined && { beside }),
        ...(item && { item }),
      }),
      ...twinCompletion(one, scope),
    ];
  });
}

/** Leaves out a member without a completion. */
function completed(member: MemberCompletionModel): MemberCompletionModel[] {
  return Object.keys(member).length > 1 ? [member] : [];
}

/** The value written when a member is left out. */
function writtenMember(member: ElementModel, context: EffectiveContext): Json | undefined {
  if (requiredItems(member) === 0) return undefined;
  const { value, whole } = determinedMember(member, context);
  return whole ? value : undefined;
}

/** The value of a primitive that the profile determines, where the profile also constrains its twin. */
function besideTwin(element: ElementModel, context: EffectiveContext): Json | undefined {
  const isBeside = element.children.some(({ base, max }) => base.name !== 'value' && max > 0);
  return isBeside && kindOf(element, context) === 'primitive-type' ? (element.fixed ?? element.pattern) : undefined;
}

function arrayCompletion(member: ElementModel, scope: Scope, write: Json | undefined): MemberCompletionModel {
  const { slicing } = member;
  const item = itemCompletion(unsliced(member), scope);
  const ensure = ensuredItems(member, scope.context);
  const slices = sliceCompletions(member, scope);
  return {
    key: member.base.name,
    ...(write !== undefined && { write }),
    ...(ensure.length > 0 && { ensure: isSameJson(ensure, write) ? 'written' : ensure }),
    ...(item && { item }),
    ...(slices.length > 0 && { slices }),
    ...(slices.length > 0 && slicing?.rules === 'closed' && { closed: true as const }),
  };
}

/** Items that a pattern or a discriminator requires: they are in slices without a name. */
function ensuredItems(member: ElementModel, context: EffectiveContext): Json[] {
  const nameless = member.slicing?.slices.filter((slice) => slice.name === '' && slice.element.min > 0) ?? [];
  return nameless.flatMap((slice) => determined(sliceItem(member, slice, context), context).value ?? []);
}

/** The slices that an input may name. */
function sliceCompletions(sliced: ElementModel, scope: Scope): SliceCompletionModel[] {
  const named = sliced.slicing?.slices.filter(isNamed) ?? [];
  return named.map((slice) => sliceCompletion(sliced, slice, scope));
}

/**
 * Whether an input may name a slice.
 *
 * @param slice any
 */
export function isNamed({ name, element }: SliceModel): boolean {
  return element.max > 0 && name !== '' && name !== '@default';
}

function sliceCompletion(sliced: ElementModel, slice: SliceModel, scope: Scope): SliceCompletionModel {
  const { context } = scope;
  const whole = identified(sliceItem(sliced, slice, context), context);
  const element = unsliced(whole);
  const bare = bareMember(element, context);
  const url = bare === undefined ? undefined : canonicalOf(element, context);
  const write = isFilledSlice(sliced, slice, context) ? determinedSlice(sliced, slice, context).value : undefined;
  const inner = below(scope, slice.name);
  const item = itemCompletion(element, inner);
  const slices = sliceCompletions(whole, inner);
  return {
    name: slice.name,
    places: scope.places.map(({ profile, path }) => ({ profile, id: `${path}:${slice.name}` })),
    ...(bare !== undefined && { bare: bare.base.name }),
    ...(url !== undefined && { url: url === item?.profile ? true : url }),
    ...(write !== undefined && { write }),
    ...(item && { item }),
    ...(slices.length > 0 && { slices }),
  };
}

/** The url of an extension. */
function canonicalOf(element: ElementModel, context: EffectiveContext): string | undefined {
  if (element.types[0]?.code !== 'Extension') return undefined;
  const url = membersOf(element, context).find((member) => member.base.name === 'url');
  const value = url?.fixed ?? url?.pattern;
  return typeof value === 'string' ? value : undefined;
}

/** Extensions of a primitive are in its twin (FHIR R4, JSON, "Representing primitive elements"). */
function twinCompletion(element: ElementModel, scope: Scope): MemberCompletionModel[] {
  if (kindOf(element, scope.context) !== 'primitive-type') return [];
  const extensions = element.children.filter((child) => child.base.name === 'extension' && child.max > 0);
  const members = extensions.flatMap((child) => memberCompletions(child, scope));
  return members.length === 0 ? [] : [{ key: `_${element.base.name}`, item: { members } }];
}
