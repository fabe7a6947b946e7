import { array, name, object, value, type Value } from '../emit/value.js';
import { cardinality } from '../fhir/cardinality.js';
import type { FhirElement, FhirType, ValueSetModel } from '../model/model.js';
import type { RenderContext } from './context.js';
import { invariantsValue, type InvariantTexts } from './invariants.js';

/**
 * The elements of a FHIR type as a `TypeTable`.
 *
 * @param context all value sets
 * @param type a resource or datatype
 * @param codeLimit longer lists of codes are omitted, to keep bundles small
 * @param apart texts of invariants in a separate file
 */
export function typeTable(context: RenderContext, type: FhirType, codeLimit = Infinity, apart?: InvariantTexts): Value {
  // The constraints on the elements of resources are in the tables of profiles, which repeat them, except for the
  // invariants that come with a contentReference.
  return elementsValue({ context, codeLimit, apart, isDatatype: type.kind !== 'resource' }, type.elements);
}

interface TableScope {
  readonly context: RenderContext;
  readonly codeLimit: number;
  readonly apart: InvariantTexts | undefined;
  readonly isDatatype: boolean;
}

function elementsValue(scope: TableScope, elements: readonly FhirElement[]): Value {
  return object(
    elements.map((element) => [element.choice ? `${element.name}[x]` : element.name, elementValue(scope, element)]),
  );
}

function elementValue(scope: TableScope, element: FhirElement): Value {
  const valueSet = requiredCodes(scope, element);
  const list = valueSet === undefined ? undefined : codeList(element, valueSet);
  const is = value(`${cardinality(element.min, element.max)} ${typesText(element)}${list ?? ''}`.trim());
  const codes = valueSet === undefined || list !== undefined ? undefined : codeSetValue(valueSet);
  const isHere = scope.isDatatype || element.contentReference !== undefined;
  const invariants = isHere ? invariantsValue(element.constraints, scope.apart) : undefined;
  if (codes === undefined && invariants === undefined && element.children.length === 0) return is;
  return object([
    ['is', is],
    ['codes', codes],
    ['children', element.children.length === 0 ? undefined : elementsValue(scope, element.children)],
    ['invariants', invariants],
  ]);
}

/** The codes of an element of type code, in short: `(male|female|other|unknown)`. */
function codeList(element: FhirElement, valueSet: ValueSetModel): string | undefined {
  const [type, ...others] = element.types;
  if (type?.code !== 'code' || others.length > 0 || !valueSet.closed) return undefined;
  if (!valueSet.systems.every((system) => system.caseSensitive)) return undefined;
  const codes = [...new Set(valueSet.systems.flatMap((system) => system.concepts.map((concept) => concept.code)))];
  return codes.every((code) => /^[^\s|()]+$/.test(code)) ? `(${codes.join('|')})` : undefined;
}

function typesText(element: FhirElement): string {
  if (element.contentReference !== undefined) return `#${element.contentReference}`;
  return element.types
    .map((type) => {
      const isAny = type.targets === undefined || type.targets.includes('Resource');
      return isAny ? type.code : `${type.code}(${type.targets.join('|')})`;
    })
    .join('|');
}

function requiredCodes({ context, codeLimit }: TableScope, element: FhirElement): ValueSetModel | undefined {
  if (element.binding?.strength !== 'required') return undefined;
  const valueSet = context.valueSets.get(element.binding.valueSet);
  const size = valueSet?.systems.reduce((sum, system) => sum + system.concepts.length, 0) ?? 0;
  const says = valueSet?.systemsKnown === true && (valueSet.closed || element.types[0]?.code !== 'code');
  return says && size <= codeLimit ? valueSet : undefined;
}

function systemValue(system: string, systemNames: ReadonlyMap<string, string> | undefined): Value {
  const own = systemNames?.get(system);
  return own === undefined ? value(system) : name(own);
}

/**
 * A value set as a `CodeSet`.
 *
 * @param valueSet any
 * @param systemNames constants of the module that hold the systems, if there are any
 */
export function codeSetValue(valueSet: ValueSetModel, systemNames?: ReadonlyMap<string, string>): Value {
  const systems = valueSet.systems.map(({ system, open, caseSensitive, concepts }) =>
    array([
      systemValue(system, systemNames),
      open ? value(true) : array(concepts.map((concept) => value(concept.code))),
      ...(open || caseSensitive ? [] : [value('anyCase')]),
    ]),
  );
  return object([
    ['url', value(valueSet.url)],
    ['systems', array(systems)],
    ['open', valueSet.systemsKnown ? undefined : value(true)],
  ]);
}
