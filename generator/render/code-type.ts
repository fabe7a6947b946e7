import type { BindingModel, ElementModel, FhirElement, ValueSetModel } from '../model/model.js';
import type { Json } from '../fhir/json.js';
import { isExternal } from '../fhir/external-code-system.js';
import { jsonTypeOf } from '../fhir/primitive.js';
import { isCoded } from '../fhir/type-code.js';
import { RUNTIME } from './context.js';
import { fhirInterface } from './fhir-interface.js';
import { stringLiteral } from './literal.js';
import { parenthesized, type TypePair, type TypeScope } from './type-scope.js';

/** Unions of at most so many codes are written where they are used: messages then list them. */
const INLINE_LIMIT = 12;

/**
 * The TypeScript type of a FHIR primitive.
 *
 * @param code FHIR type code
 */
export function primitive(code: string): string {
  return jsonTypeOf(code);
}

/**
 * The type of a primitive element: its literal, its codes, or the primitive.
 *
 * @param scope of the module
 * @param element with one type
 * @param code of that type
 */
export function primitiveType(scope: TypeScope, element: ElementModel, code: string): string {
  const value = element.fixed ?? element.pattern;
  // A value of another JSON type than the element's would not extend the FHIR type.
  if (value !== undefined && typeof value === jsonTypeOf(code)) return literalType(scope, element, code, value);
  // In a choice a binding leaves the types alone that it does not apply to (FHIR R4, Terminologies, "Binding").
  if (!isCoded(code)) return primitive(code);
  const own = closedValueSet(scope, element.binding);
  const inherited = code === 'code' ? closedValueSet(scope, element.base.binding) : undefined;
  const typed = code === 'code' && inherited === undefined ? typedCode(scope, element.base) : undefined;
  if (typed !== undefined) return own === undefined ? typed : within(scope, codeUnion(scope, own), typed);
  if (inherited === undefined)
    return own === undefined ? (suggested(scope, element) ?? primitive(code)) : codeUnion(scope, own);
  if (own === undefined || own === inherited) return codeUnion(scope, inherited);
  // A profile may only take codes away; what the FHIR type does not know cannot be sent.
  const allowed = new Set(codesOf(inherited));
  const common = codesOf(own).filter((one) => allowed.has(one));
  return common.length === 0 ? codeUnion(scope, inherited) : common.map(stringLiteral).join(' | ');
}

/**
 * The literal type of a fixed value or pattern. A code that the FHIR type does not have cannot be sent, and would not
 * compile where one of the FHIR type is wanted: then the codes of the FHIR type stand in its place.
 */
function literalType(scope: TypeScope, { base }: ElementModel, code: string, value: Json): string {
  if (typeof value !== 'string') return String(value);
  const literal = stringLiteral(value);
  const allowed = code === 'code' ? closedValueSet(scope, base.binding) : undefined;
  if (allowed !== undefined) return codesOf(allowed).includes(value) ? literal : codeUnion(scope, allowed);
  const typed = code === 'code' ? typedCode(scope, base) : undefined;
  return typed === undefined ? literal : within(scope, literal, typed);
}

/** Those codes that the FHIR type has, or all of the FHIR type when it has none of them. */
function within(scope: TypeScope, codes: string, all: string): string {
  return `${scope.imports.type(RUNTIME, 'CodeWithin')}<${codes}, ${all}>`;
}

/**
 * The codes that the FHIR types know and we do not: a core package may come without its value sets, and the code limit
 * may be below theirs, but what is no code of the FHIR type would not compile where one is wanted.
 *
 * @returns `undefined` when the FHIR types know no codes either
 */
function typedCode(scope: TypeScope, { path, name, choice, array, binding }: FhirElement): string | undefined {
  if (binding?.strength !== 'required' || choice || !isUnexpanded(scope, binding.valueSet)) return undefined;
  const owner = fhirInterface({ path: path.slice(0, path.lastIndexOf('.')) });
  const member = `NonNullable<${owner}[${stringLiteral(name)}]>`;
  return array ? `${member}[number]` : member;
}

/** Whether a value set has codes that are not at hand, rather than those of a system that nobody can list. */
function isUnexpanded(scope: TypeScope, url: string): boolean {
  const valueSet = scope.context.valueSets.get(url);
  if (valueSet === undefined || !valueSet.systemsKnown || isTooLarge(scope, valueSet)) return true;
  return valueSet.systems.some((system) => system.open && !isExternal(system.system));
}

/** An open binding suggests its codes without closing the type (FHIR R4, Terminologies, "Binding strengths"). */
function suggested(scope: TypeScope, element: ElementModel): string | undefined {
  if (element.binding === undefined || element.binding.strength === 'required') return undefined;
  const valueSet = scope.context.valueSets.get(element.binding.valueSet);
  if (valueSet === undefined || codesOf(valueSet).length === 0 || isTooLarge(scope, valueSet)) return undefined;
  return `${codeUnion(scope, valueSet)} | (string & {})`;
}

function codesOf(valueSet: ValueSetModel | undefined): string[] {
  const all = valueSet?.systems.flatMap((system) => system.concepts.map((concept) => concept.code)) ?? [];
  return [...new Set(all)];
}

function isTooLarge(scope: TypeScope, valueSet: ValueSetModel): boolean {
  return valueSet.systems.reduce((sum, system) => sum + system.concepts.length, 0) > scope.context.codeLimit;
}

function closedValueSet(scope: TypeScope, binding: BindingModel | undefined): ValueSetModel | undefined {
  if (binding?.strength !== 'required') return undefined;
  const valueSet = scope.context.valueSets.get(binding.valueSet);
  return valueSet?.closed === true && !isTooLarge(scope, valueSet) ? valueSet : undefined;
}

function codeUnion(scope: TypeScope, valueSet: ValueSetModel): string {
  const codes = codesOf(valueSet);
  if (codes.length <= INLINE_LIMIT) return codes.map(stringLiteral).join(' | ');
  const names = scope.context.names.valueSets.get(valueSet.url);
  return names === undefined ? 'string' : scope.imports.type(names.file, names.code);
}

/**
 * The type of a Coding that a required binding allows: system and code together.
 *
 * @param scope of the module
 * @param binding of the element
 * @returns `undefined` when the binding does not close anything
 */
export function codingType(scope: TypeScope, binding: BindingModel | undefined): TypePair | undefined {
  if (binding?.strength !== 'required') return undefined;
  const valueSet = scope.context.valueSets.get(binding.valueSet);
  const names = scope.context.names.valueSets.get(binding.valueSet);
  if (valueSet === undefined || names === undefined || !valueSet.systemsKnown) return undefined;
  const name = scope.imports.type(names.file, names.coding);
  return valueSet.systems.length === 1 ? { type: name, input: name, extendable: true } : { type: name, input: name };
}

/**
 * The type of a Quantity whose unit a required binding restricts.
 *
 * @param scope of the module
 * @param binding of the element
 */
export function quantityType(scope: TypeScope, binding: BindingModel | undefined): TypePair | undefined {
  const valueSet = closedValueSet(scope, binding);
  if (valueSet === undefined) return undefined;
  const systems = valueSet.systems.map((system) => stringLiteral(system.system)).join(' | ');
  const type = `${scope.imports.type(RUNTIME, 'QuantityOf')}<${systems}, ${codeUnion(scope, valueSet)}>`;
  return { type, input: type, extendable: true };
}

/**
 * The type of a Coding of which system and code are known.
 *
 * @param scope of the module
 * @param system its system
 * @param code its code
 * @param display its display, where that is fixed too
 */
export function codingOf(scope: TypeScope, system: string, code: string, display: string | undefined): TypePair {
  const name = scope.imports.type(RUNTIME, 'CodingOf');
  const coding = `${name}<${stringLiteral(system)}, ${stringLiteral(code)}>`;
  if (display === undefined) return { type: coding, input: coding, extendable: true };
  const type = `${parenthesized(coding)} & { display: ${stringLiteral(display)} }`;
  return { type, input: type };
}
