import { fromFile } from '../emit/imports.js';
import {
  imported,
  intersection,
  jsonType,
  keyword,
  literal,
  literals,
  named,
  objectType,
  type Type,
  union,
} from '../emit/type.js';
import type { BindingModel, FhirElement, ValueSetModel } from '../model/model.js';
import type { CommonSystem } from '../model/joint-binding.js';
import type { ResolvedElement } from '../model/resolved.js';
import type { Json } from '../fhir/json.js';
import { jsonTypeOf } from '../fhir/primitive.js';
import { isCoded } from '../fhir/type-code.js';
import type { RenderContext } from './context.js';
import { fhirInterface, runtimeType } from './scope.js';
import { same, type TypePair } from './type-pair.js';

/** Unions of at most this many codes are written inline, so that messages list them. */
const INLINE_LIMIT = 12;

/**
 * The type of a primitive element: its literal, its codes, or the primitive.
 *
 * @param context all value sets
 * @param element with one type
 * @param code of that type
 */
export function primitiveType(context: RenderContext, element: ResolvedElement, code: string): Type {
  const value = element.fixed ?? element.pattern;
  // A value of another JSON type than the element's would not extend the FHIR type.
  if (value !== undefined && typeof value === jsonTypeOf(code)) return literalType(context, element, code, value);
  const plain = keyword(jsonTypeOf(code));
  // In a choice, a binding does not affect the types that it does not apply to (FHIR R4, Terminologies, "Binding").
  if (!isCoded(code)) return plain;
  const own = closedValueSet(context, element.binding);
  const inherited = code === 'code' ? closedValueSet(context, element.base.binding) : undefined;
  const typed = code === 'code' && inherited === undefined ? typedCode(context, element.base) : undefined;
  if (typed !== undefined) return own === undefined ? typed : within(codeUnion(context, own), typed);
  if (inherited === undefined) {
    return own === undefined ? (suggestedCode(context, element) ?? plain) : codeUnion(context, own);
  }
  if (own === undefined || own === inherited) return codeUnion(context, inherited);
  // A profile may only remove codes; a code that the FHIR type lacks is not valid.
  const allowed = new Set(codesOf(inherited));
  const common = codesOf(own).filter((one) => allowed.has(one));
  return common.length === 0 ? codeUnion(context, inherited) : literals(common);
}

/**
 * The literal type of a fixed value or pattern. A code that the FHIR type does not have is invalid, and would not
 * compile where one of the FHIR type is required: then the type has the codes of the FHIR type instead.
 */
function literalType(context: RenderContext, { base }: ResolvedElement, code: string, value: Json): Type {
  if (typeof value !== 'string') return jsonType(value);
  const own = literal(value);
  const allowed = code === 'code' ? closedValueSet(context, base.binding) : undefined;
  if (allowed !== undefined) return codesOf(allowed).includes(value) ? own : codeUnion(context, allowed);
  const typed = code === 'code' ? typedCode(context, base) : undefined;
  return typed === undefined ? own : within(own, typed);
}

/** Those codes that the FHIR type has, or all of the FHIR type when it has none of them. */
function within(codes: Type, all: Type): Type {
  return runtimeType('CodeWithin', codes, all);
}

/**
 * The codes in the FHIR types that the packages do not define: a core package may lack its value sets, and the code
 * limit may be below their size, but other codes would not compile where the FHIR type requires its own.
 *
 * @returns `undefined` when the FHIR types have no codes either
 */
function typedCode(context: RenderContext, { path, name, choice, array, binding }: FhirElement): Type | undefined {
  if (binding?.strength !== 'required' || choice || !isUnexpanded(context, binding.valueSet)) return undefined;
  const owner = fhirInterface({ path: path.slice(0, path.lastIndexOf('.')) });
  const member = named('NonNullable', { kind: 'indexed-access', object: owner, index: literal(name) });
  return array ? { kind: 'indexed-access', object: member, index: keyword('number') } : member;
}

/** Whether a value set has codes that no package defines, rather than those of a system whose codes cannot be listed. */
function isUnexpanded(context: RenderContext, url: string): boolean {
  const valueSet = context.valueSets.get(url);
  if (valueSet === undefined || !valueSet.systemsKnown || isTooLarge(context, valueSet)) return true;
  return valueSet.systems.some((system) => system.open && !system.external);
}

/** An open binding suggests its codes without closing the type (FHIR R4, Terminologies, "Binding strengths"). */
function suggestedCode(context: RenderContext, { binding }: ResolvedElement): Type | undefined {
  if (binding === undefined || binding.strength === 'required') return undefined;
  const valueSet = context.valueSets.get(binding.valueSet);
  if (valueSet === undefined || codesOf(valueSet).length === 0 || isTooLarge(context, valueSet)) return undefined;
  // An intersection with `{}` keeps the literals next to it, which editors suggest.
  return union([codeUnion(context, valueSet), intersection([keyword('string'), objectType([])])]);
}

function codesOf(valueSet: ValueSetModel | undefined): string[] {
  const all = valueSet?.systems.flatMap((system) => system.concepts.map((concept) => concept.code)) ?? [];
  return [...new Set(all)];
}

function isTooLarge(context: RenderContext, valueSet: ValueSetModel): boolean {
  return valueSet.systems.reduce((sum, system) => sum + system.concepts.length, 0) > context.codeLimit;
}

function closedValueSet(context: RenderContext, binding: BindingModel | undefined): ValueSetModel | undefined {
  if (binding?.strength !== 'required') return undefined;
  const valueSet = context.valueSets.get(binding.valueSet);
  return valueSet?.closed === true && !isTooLarge(context, valueSet) ? valueSet : undefined;
}

function codeUnion(context: RenderContext, valueSet: ValueSetModel): Type {
  const codes = codesOf(valueSet);
  if (codes.length <= INLINE_LIMIT) return literals(codes);
  const names = context.names.valueSets.get(valueSet.url);
  return names === undefined ? keyword('string') : imported(fromFile(names.file, names.code));
}

/**
 * The type of a Coding that a required binding allows: system and code together.
 *
 * @param context all value sets
 * @param binding of the element
 * @returns `undefined` when the binding does not close anything
 */
export function codingType(context: RenderContext, binding: BindingModel | undefined): TypePair | undefined {
  if (binding?.strength !== 'required') return undefined;
  const valueSet = context.valueSets.get(binding.valueSet);
  const names = context.names.valueSets.get(binding.valueSet);
  if (valueSet === undefined || names === undefined || !valueSet.systemsKnown) return undefined;
  const pair = same(imported(fromFile(names.file, names.coding)));
  return valueSet.systems.length === 1 ? { ...pair, extendable: true } : pair;
}

/**
 * The type of a Coding that several value sets share.
 *
 * @param systems with their codes
 */
export function commonCoding(systems: readonly CommonSystem[]): TypePair {
  const types = systems.map(({ system, codes }) => runtimeType('CodingOf', literal(system), literals(codes)));
  return { ...same(union(types)), ...(types.length === 1 ? { extendable: true as const } : {}) };
}

/**
 * The type of a Quantity whose unit a required binding restricts.
 *
 * @param context all value sets
 * @param binding of the element
 */
export function quantityType(context: RenderContext, binding: BindingModel | undefined): TypePair | undefined {
  const valueSet = closedValueSet(context, binding);
  if (valueSet === undefined) return undefined;
  const systems = literals(valueSet.systems.map((system) => system.system));
  return { ...same(runtimeType('QuantityOf', systems, codeUnion(context, valueSet))), extendable: true };
}

/**
 * The type of a Coding with a known system and code.
 *
 * @param system its system
 * @param code its code
 * @param display its display, where that is fixed too
 */
export function codingOf(system: string, code: string, display: string | undefined): TypePair {
  const coding = runtimeType('CodingOf', literal(system), literal(code));
  if (display === undefined) return { ...same(coding), extendable: true };
  return same(intersection([coding, objectType([{ key: 'display', type: literal(display) }])]));
}
