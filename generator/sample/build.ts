import { codeIn, conceptIn, hasCode, type Concept, type Wanted } from './codes.js';
import { buildItems } from './build-array.js';
import { ALWAYS, NEVER } from './invariants.js';
import type { MemberNode, ValueNode } from './node.js';
import { below, type At } from './place.js';
import { type Build, markAlternatives, offsetAt, Unbuildable } from './plan.js';
import { sample } from './primitive.js';
import { isResolved, slicingOf } from './slices.js';
import {
  all,
  boundsOf,
  childrenOf,
  type Context,
  demandsOf,
  keyOf,
  maxOf,
  minOf,
  type Spec,
  targetsOf,
  typed,
  typesOf,
} from './spec.js';
import type { Json } from '../fhir/json.js';

/** Deeper than any resource needs; ends cycles of profiles that require each other. */
const DEPTH_LIMIT = 30;
/** The depth to which optional members are added, and the number of values. */
const MORE_DEPTH = 14;
const MORE_VALUES = 2500;

/** Members of every resource or element; profiles list them even without constraints. */
const COMMON = new Set(['meta', 'implicitRules', 'language', 'text', 'contained', 'extension', 'modifierExtension']);

/** Members to fill in a value that would be empty otherwise. */
const DEFAULT_MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Address', ['text']],
  ['Attachment', ['url']],
  ['CodeableConcept', ['text']],
  ['Coding', ['system', 'code']],
  ['ContactPoint', ['system', 'value']],
  ['HumanName', ['text']],
  ['Identifier', ['system', 'value']],
  ['Period', ['start']],
  ['Quantity', ['value']],
  ['Ratio', ['numerator', 'denominator']],
  ['Reference', ['reference']],
]);

/**
 * Builds one value that satisfies all its constraints.
 *
 * @param spec the constraints on the value
 * @param code the code of its type
 * @param at its place
 * @param hint the value of a primitive without other constraints
 * @throws Unbuildable when no value can be found
 */
export function buildValue(build: Build, spec: Spec, code: string, at: At, hint?: Json): ValueNode {
  if (at.depth > DEPTH_LIMIT) throw new Unbuildable(`${at.place}: requires itself`);
  build.values++;
  const { path, steps, place } = at;
  const type = code === 'Resource' || code === 'DomainResource' ? anyResource(build.context) : code;
  const own = typed(spec, type, build.context);
  if (isPrimitive(type, build.context)) {
    const value = primitiveValue(build, own, type, at, hint);
    return { path, steps, place, spec: own, code: type, value, members: [] };
  }
  const isResource = build.context.types.get(type)?.kind === 'resource';
  // A contained or referenced resource only needs its required parts; samples of its own profile cover the rest.
  const inner: Build =
    isResource && at.depth > 0 ? { ...build, plan: { ...build.plan, more: 'nothing', turn: 0 } } : build;
  const concept = conceptOfValue(build, own, type, at);
  const within = concept === undefined ? [] : own.within;
  const members = buildMembers(inner, { ...own, within }, type, at, concept);
  return {
    path,
    steps,
    place,
    spec: { ...own, within },
    code: type,
    members,
    ...(isResource ? { resource: true } : {}),
  };
}

function anyResource(context: Context): string {
  return ['Basic', 'Patient', 'Organization', 'Observation'].find((type) => context.types.has(type)) ?? 'Parameters';
}

/** Whether a FHIR type is a primitive type. */
export function isPrimitive(code: string, context: Context): boolean {
  const type = context.types.get(code);
  return type === undefined ? /^[a-z]/.test(code) : type.kind === 'primitive-type';
}

/** Primitives that a binding applies to (FHIR R4, Terminologies, "Binding"). */
export const CODED = new Set(['code', 'string', 'uri']);

function primitiveValue(build: Build, spec: Spec, code: string, at: At, hint: Json | undefined): Json {
  const demand = demandsOf(spec).findLast(({ value }) => value !== undefined && typeof value !== 'object');
  const bounds = CODED.has(code) ? boundsOf(spec, build.context) : [];
  if (demand?.value !== undefined) {
    const { value } = demand;
    const outside = bounds.find(
      ({ valueSet }) => valueSet.closed && typeof value === 'string' && !hasCode(valueSet, value),
    );
    if (outside !== undefined)
      build.contradictions.add(`${at.place}: ${String(value)} is not in ${outside.valueSet.url}`);
    return value;
  }
  return codeIn(bounds, hint, offsetAt(build.plan, at.place)) ?? hint ?? sample(code);
}

/** Finds a concept for a Coding or Quantity with bindings. */
function conceptOfValue(build: Build, spec: Spec, code: string, at: At): Concept | undefined {
  if (code !== 'Coding' && code !== 'Quantity') return undefined;
  const { context } = build;
  const wanted: Record<string, string> = {};
  for (const child of childrenOf(spec, code, context)) {
    const value = demandsOf(child).findLast((demand) => typeof demand.value === 'string')?.value;
    if (typeof value === 'string' && ['system', 'code'].includes(child.base.name)) wanted[child.base.name] = value;
  }
  const known: Wanted = wanted;
  const own = boundsOf({ ...spec, within: [] }, context);
  const offset = offsetAt(build.plan, at.place);
  return conceptIn([...spec.within, ...own], known, offset) ?? conceptIn(own, known, offset);
}

function buildMembers(build: Build, spec: Spec, code: string, at: At, concept: Concept | undefined): MemberNode[] {
  const { context } = build;
  const hints = new Map<string, Json>(concept === undefined ? [] : Object.entries(concept));
  if (code === 'Quantity') hints.set('value', 1.5);
  if (code === 'Duration') hints.set('value', 1.5);
  if (code === 'Duration' && concept === undefined) hints.set('system', 'http://unitsofmeasure.org').set('code', 'h');
  if (code === 'Quantity' && concept === undefined) hints.set('system', 'http://unitsofmeasure.org').set('code', 'mg');
  if (code === 'Reference') {
    // A document has to include the target, which can be built only if its type is known.
    const targets = targetsOf(spec, code, all, context) ?? [];
    const target = targets.find((type) => context.types.has(type)) ?? targets[0] ?? 'Patient';
    hints.set('reference', `${target}/example`);
    hints.set('type', target);
  }
  const bounds = code === 'CodeableConcept' ? boundsOf(spec, context) : [];
  const children = childrenOf(spec, code, context)
    .filter((child) => child.base.name !== 'id' || minOf(child, all) > 0)
    .map((child) => (child.base.path === 'CodeableConcept.coding' ? { ...child, within: bounds } : child));
  const always = new Set([
    ...(concept === undefined ? [] : ['system', 'code']),
    ...(code === 'Reference' ? ['reference'] : []),
    ...(bounds.length === 0 ? [] : ['coding']),
  ]);
  const isPossible = (child: Spec): boolean => maxOf(child, all) > 0;
  const possible = children.filter(isPossible);
  for (const child of children)
    if (!isPossible(child) && isNeeded(child))
      build.contradictions.add(`${placeOf(at, child)}: is required and prohibited`);
  const isAlways = (child: Spec): boolean => always.has(child.base.name) || ALWAYS.has(child.base.path);
  let chosen = possible.filter(
    (child) => isNeeded(child) || isAlways(child) || (!NEVER.has(child.base.path) && isMore(build, child, at)),
  );
  if (code === 'Extension') chosen = valueOrExtensions(chosen, possible);
  else if (!chosen.some((child) => !COMMON.has(child.base.name)) && context.types.get(code)?.kind !== 'resource') {
    chosen = [...chosen, ...defaultMembers(possible, code, context)];
  }
  const isMoreThanNeeded = (child: Spec): boolean => code !== 'Extension' && !isNeeded(child) && !isAlways(child);
  return possible
    .filter((child) => chosen.includes(child))
    .flatMap((child) => buildMember(build, child, at, hints, isMoreThanNeeded(child)));
}

function isNeeded(child: Spec): boolean {
  return minOf(child, all) > 0 || child.forced.length > 0;
}

function isMore(build: Build, child: Spec, at: At): boolean {
  const { more, reach } = build.plan;
  if (more === 'nothing' || child.facets.length === 0 || at.depth > MORE_DEPTH || build.values > MORE_VALUES) {
    return false;
  }
  if (more === 'reach') return reach.has(placeOf(at, child));
  if (more === 'supported') return child.facets.some(({ element }) => element.mustSupport === true);
  const slices = slicingOf(child.facets)?.slices.filter((slice) => isResolved(slice) && slice.max > 0);
  if (child.base.name === 'extension' || child.base.name === 'modifierExtension') return (slices?.length ?? 0) > 0;
  return !COMMON.has(child.base.name) || child.facets.some((facet) => facet.element.children.length > 0);
}

/** An extension has a value or extensions, never both (FHIR R4, Extensibility, invariant ext-1). */
function valueOrExtensions(chosen: readonly Spec[], possible: readonly Spec[]): Spec[] {
  const value = possible.find((child) => child.base.path === 'Extension.value[x]');
  const nested = possible.find((child) => child.base.name === 'extension');
  const rest = chosen.filter((child) => child !== value && child !== nested);
  const needed = [value, nested].filter((child) => child !== undefined && isNeeded(child));
  const wanted = [nested, value].filter((child) => child !== undefined && chosen.includes(child));
  const [only] = needed.length > 0 ? needed : wanted.length > 0 ? wanted : [value ?? nested];
  return [...rest, ...(needed.length > 1 ? needed : [only])].filter((child) => child !== undefined);
}

function defaultMembers(possible: readonly Spec[], code: string, context: Context): Spec[] {
  const names = DEFAULT_MEMBERS.get(code) ?? [];
  const named = possible.filter((child) => names.includes(child.base.name));
  if (named.length > 0) return named;
  const others = possible.filter((child) => !COMMON.has(child.base.name));
  const simple = others.find((child) => typesOf(child, all, context).some((type) => isPrimitive(type, context)));
  const [first] = others;
  return simple !== undefined ? [simple] : first === undefined ? [] : [first];
}

function placeOf(at: At, child: Spec): string {
  return `${at.place}.${child.base.name}${child.base.choice ? '[x]' : ''}`;
}

function buildMember(
  build: Build,
  spec: Spec,
  parent: At,
  hints: ReadonlyMap<string, Json>,
  more: boolean,
): MemberNode[] {
  const { name, array } = spec.base;
  const place = placeOf(parent, spec);
  const code = array ? '' : pickType(build, spec, place, parent);
  const key = keyOf(spec.base, code);
  const at = below(parent, key, name, place);
  const { path, steps } = at;
  if (array) {
    const slicing = slicingOf(spec.facets);
    return [{ path, steps, place, spec, key, items: buildItems(build, spec, at), slicing, more }];
  }
  const typedAt = spec.base.choice ? { ...at, place: `${place}(${code})` } : at;
  // A discriminator that names the type of a choice has already selected this value.
  const forced = spec.forced.map(([first, ...rest]) => (/^ofType\(/.test(first ?? '') ? rest : [first ?? '', ...rest]));
  const typedSpec = { ...spec, forced: forced.filter((steps) => steps.some((step) => step !== '')) };
  const node = buildValue(build, typedSpec, code, typedAt, hints.get(name));
  const own: MemberNode = { path, steps, place, spec, key, items: [node], more };
  return [own, ...twinOf(build, node, own, parent)];
}

/** The extensions of a primitive, in a separate property (FHIR R4, JSON, "Representing primitive elements"). */
function twinOf(build: Build, node: ValueNode, member: MemberNode, parent: At): MemberNode[] {
  if (node.value === undefined) return [];
  const children = childrenOf(node.spec, node.code, build.context);
  const extension = children.find((child) => child.base.name === 'extension');
  const key = `_${member.key}`;
  const at: At = {
    path: [...parent.path, key],
    steps: member.steps,
    place: `${parent.place}.${key}`,
    trail: [...parent.trail, member.place],
    depth: parent.depth + 1,
  };
  if (extension === undefined || !(isNeeded(extension) || isMore(build, extension, at))) return [];
  const isMoreThanNeeded = !isNeeded(extension);
  // Types of inputs have no keys for extensions of a choice.
  const { named: _named, ...unnamed } = build.plan;
  const inner: Build = node.spec.base.choice ? { ...build, plan: unnamed } : build;
  const members = buildMember(inner, extension, at, new Map(), false);
  const { path, steps, place } = at;
  const value: ValueNode = { path, steps, place, spec: node.spec, code: 'Element', members };
  return [{ path, steps, place, spec: member.spec, key, items: [value], more: isMoreThanNeeded, twin: true }];
}

function pickType(build: Build, spec: Spec, place: string, parent: At): string {
  const codes = typesOf(spec, all, build.context);
  if (spec.base.types.length === 0) return 'BackboneElement';
  const [first] = codes;
  if (first === undefined) throw new Unbuildable(`${place}: its descriptions have no type in common`);
  if (!spec.base.choice) return first;
  const forced = spec.forced.flatMap((path) => /^ofType\((\w+)\)$/.exec(path[0] ?? '')?.[1] ?? []);
  const requested = codes.find((code) => forced.includes(code));
  if (requested !== undefined) return requested;
  if (spec.facets.length > 0) markAlternatives(build, place, codes.length, parent);
  return codes[build.plan.turn % codes.length] ?? first;
}
