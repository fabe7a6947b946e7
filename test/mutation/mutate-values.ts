import { CODED } from '../../generator/sample/build.js';
import type { Category } from './category.js';
import { codingsOf, conceptOf, isIn, OUTSIDE } from '../../generator/sample/codes.js';
import { type Break, breakIf } from './mutant.js';
import { jsonOf, type ValueNode } from '../../generator/sample/node.js';
import { malformed, other, otherJson } from '../../generator/sample/primitive.js';
import {
  type Bound,
  boundsOf,
  type By,
  type Context,
  demandsOf,
  discriminates,
  sure,
} from '../../generator/sample/spec.js';
import type { Json } from '../../generator/fhir/json.js';

/** Unions of more codes are not generated; the validator has them. */
const CODE_LIMIT = 10_000;

/** Changes of a value itself. */
export function breakValue(node: ValueNode, parents: readonly ValueNode[], context: Context): Break[] {
  const { value } = node;
  if (value !== undefined) return breakPrimitive(node, value, parents, context);
  return [...breakConcept(node, context), ...breakFixedObject(node)];
}

function breakPrimitive(node: ValueNode, value: Json, parents: readonly ValueNode[], context: Context): Break[] {
  const { place, steps, path, code, spec } = node;
  const at = { place, steps, path };
  const demands = demandsOf(spec).filter((demand) => demand.value !== undefined && typeof demand.value !== 'object');
  const another = other(code, value);
  const changed = breakIf((by) => demands.some(by), {
    ...at,
    category: demandCategory(node, parents),
    detail: String(another),
    change: () => another,
  });
  const json: Break = {
    ...at,
    category: 'JSON type of a primitive',
    detail: String(otherJson(value)),
    change: () => otherJson(value),
    visible: true,
  };
  const bounds = CODED.has(code) ? boundsOf(spec, context) : [];
  const bad = demands.length > 0 || bounds.length > 0 ? undefined : malformed(code);
  const format: Break[] =
    bad === undefined
      ? []
      : [{ ...at, category: 'format of a primitive', detail: JSON.stringify(bad), change: () => bad, visible: false }];
  const longest = Math.min(...spec.facets.filter(sure).map((facet) => facet.element.maxLength ?? Infinity));
  const long: Break[] =
    longest === Infinity || typeof value !== 'string'
      ? []
      : [
          {
            ...at,
            category: 'longer than maxLength',
            detail: String(longest),
            change: () => 'x'.repeat(longest + 1),
            visible: false,
          },
        ];
  const coded = demands.length > 0 ? [] : breakCode(node, bounds);
  return [...changed, json, ...format, ...long, ...coded];
}

function demandCategory(node: ValueNode, parents: readonly ValueNode[]): Category {
  if (discriminates(node.spec)) return 'slice: discriminator of a required one';
  const demand = demandsOf(node.spec).find(sure);
  if (demand?.kind === 'fixed') return 'fixed value';
  const isOwn = node.spec.facets.some((facet) => facet.element.pattern !== undefined);
  return isOwn || parents.length === 0 ? 'pattern: primitive' : 'pattern: member of a datatype';
}

function breakCode(node: ValueNode, bounds: readonly Bound[]): Break[] {
  const { place, steps, path } = node;
  const closed = (bound: Bound): boolean => bound.valueSet.closed;
  return breakIf((by) => bounds.some((bound) => by(bound) && closed(bound) && isSeen(bound, by)), {
    category: discriminates(node.spec) ? 'slice: discriminator of a required one' : 'code outside binding: code',
    detail: OUTSIDE.code,
    place,
    steps,
    path,
    change: () => OUTSIDE.code,
  });
}

/** Types have value sets that are small enough. */
function isSeen({ valueSet }: Bound, by: By): boolean {
  return by === sure || valueSet.systems.reduce((sum, system) => sum + system.concepts.length, 0) <= CODE_LIMIT;
}

/** A code or a system that is not in the value set of a required binding. */
function breakConcept(node: ValueNode, context: Context): Break[] {
  const { code, spec } = node;
  if (code === 'CodeableConcept') return breakCodings(node, context);
  if (code !== 'Coding' && code !== 'Quantity') return [];
  const bounds = boundsOf({ ...spec, within: [] }, context);
  const name = code === 'Quantity' ? 'Quantity unit' : 'Coding';
  return conceptBreaks(node, node, bounds, name);
}

function breakCodings(node: ValueNode, context: Context): Break[] {
  const bounds = boundsOf(node.spec, context);
  const coding = node.members.find((member) => member.key === 'coding');
  const json = jsonOf(node);
  return bounds.flatMap((bound) => {
    const inside = codingsOf(json).map((one) => isIn(bound.valueSet, one) !== false);
    const only = coding?.items[inside.indexOf(true)];
    // With two codings in the value set, either may be removed.
    if (only === undefined || inside.filter(Boolean).length !== 1) return [];
    return [...conceptBreaks(only, node, [bound], 'CodeableConcept'), ...withoutCoding(node, bound)];
  });
}

/**
 * A text alone is not in a value set (FHIR R4, Terminologies, "Controlling the use of Coded values", CodeableConcept).
 */
function withoutCoding(node: ValueNode, bound: Bound): Break[] {
  const { place, steps, path } = node;
  return breakIf((by) => by(bound) && bound.valueSet.systemsKnown, {
    category: 'code outside binding: CodeableConcept',
    detail: 'text only',
    place,
    steps,
    path,
    change: () => ({ text: 'text' }),
  });
}

function conceptBreaks(
  node: ValueNode,
  owner: ValueNode,
  bounds: readonly Bound[],
  name: 'Coding' | 'CodeableConcept' | 'Quantity unit',
): Break[] {
  const concept = conceptOf(jsonOf(node));
  const isDemanded = (key: string): boolean =>
    node.members.some((member) => member.key === key && member.items.some((item) => demandsOf(item.spec).length > 0));
  const parts = (['code', 'system'] as const).filter((key) => concept[key] !== undefined && !isDemanded(key));
  const { place, steps } = owner;
  return parts.flatMap((key) => {
    const changed = { ...concept, [key]: OUTSIDE[key] };
    const isOut = (bound: Bound): boolean => isIn(bound.valueSet, changed) === false;
    return breakIf((by) => bounds.some((bound) => by(bound) && isOut(bound) && isSeen(bound, by)), {
      category: discriminates(owner.spec)
        ? 'slice: discriminator of a required one'
        : name === 'Coding'
          ? `code outside binding: Coding ${key}`
          : `code outside binding: ${name}`,
      detail: `${key} ${OUTSIDE[key]}`,
      place,
      steps,
      path: [...node.path, key],
      change: () => OUTSIDE[key],
    });
  });
}

/** A fixed value allows no other member (FHIR R4, ElementDefinition.fixed[x]). */
function breakFixedObject(node: ValueNode): Break[] {
  const { place, steps, path, spec } = node;
  const fixed = demandsOf(spec).filter((demand) => demand.kind === 'fixed' && typeof demand.value === 'object');
  const isThere = (key: string): boolean => node.members.some((member) => member.key === key);
  const key = ['text', 'display', 'unit', 'value'].find(
    (one) => !isThere(one) && MEMBERS.get(node.code)?.includes(one),
  );
  if (key === undefined) return [];
  return breakIf((by) => fixed.some(by), {
    category: 'fixed value',
    detail: `${key} added`,
    place,
    steps,
    path: [...path, key],
    change: () => 'text',
  });
}

/** Text members of datatypes with fixed values. */
const MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['CodeableConcept', ['text']],
  ['Coding', ['display']],
  ['Identifier', ['value']],
  ['Quantity', ['unit']],
]);
