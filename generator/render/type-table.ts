import type { FhirElement, FhirType, ValueSetModel } from '../model/model.js';
import type { RenderContext } from './context.js';
import { invariantsSource } from './invariant-source.js';
import { memberName, stringLiteral } from './literal.js';
import { objectSource } from './source-text.js';
import { cardinality } from '../fhir/cardinality.js';

/**
 * The elements of a FHIR type as the source text of a `TypeTable`.
 *
 * @param context all value sets
 * @param type a resource or datatype
 * @param codeLimit longer lists of codes are left out, so that they do not burden who never needs them
 */
export function typeTable(context: RenderContext, type: FhirType, codeLimit = Infinity): string {
  // What is said of the elements of resources stands in the tables of profiles, which repeat it.
  return elementsSource({ context, codeLimit, isDatatype: type.kind !== 'resource' }, type.elements);
}

interface Scope {
  readonly context: RenderContext;
  readonly codeLimit: number;
  readonly isDatatype: boolean;
}

function elementsSource(scope: Scope, elements: readonly FhirElement[]): string {
  const members = elements.map((element) => {
    const name = element.choice ? `${element.name}[x]` : element.name;
    return `${memberName(name)}: ${elementSource(scope, element)}`;
  });
  return `{ ${members.join(', ')} }`;
}

function elementSource(scope: Scope, element: FhirElement): string {
  const valueSet = requiredCodes(scope, element);
  const list = valueSet === undefined ? undefined : codeList(element, valueSet);
  const is = `${cardinality(element.min, element.max)} ${typesText(element)}${list ?? ''}`.trim();
  const codes = valueSet === undefined || list !== undefined ? undefined : codeSetSource(valueSet);
  const invariants = scope.isDatatype ? invariantsSource(element.constraints) : undefined;
  if (codes === undefined && invariants === undefined && element.children.length === 0) return stringLiteral(is);
  return objectSource([
    ['is', stringLiteral(is)],
    ['codes', codes],
    ['children', element.children.length === 0 ? undefined : elementsSource(scope, element.children)],
    ['invariants', invariants],
  ]);
}

/** The codes of an element that holds nothing but a code, in short: `(male|female|other|unknown)`. */
function codeList(element: FhirElement, valueSet: ValueSetModel): string | undefined {
  const [type, ...others] = element.types;
  if (type?.code !== 'code' || others.length > 0 || !valueSet.closed) return undefined;
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

function requiredCodes({ context, codeLimit }: Scope, element: FhirElement): ValueSetModel | undefined {
  if (element.binding?.strength !== 'required') return undefined;
  const valueSet = context.valueSets.get(element.binding.valueSet);
  const size = valueSet?.systems.reduce((sum, system) => sum + system.concepts.length, 0) ?? 0;
  const says = valueSet?.systemsKnown === true && (valueSet.closed || element.types[0]?.code !== 'code');
  return says && size <= codeLimit ? valueSet : undefined;
}

/**
 * A value set as the source text of a `CodeSet`.
 *
 * @param valueSet any
 */
export function codeSetSource(valueSet: ValueSetModel): string {
  const systems = valueSet.systems.map((system) => {
    const codes = system.open
      ? 'true'
      : `[${system.concepts.map((concept) => stringLiteral(concept.code)).join(', ')}]`;
    return `[${stringLiteral(system.system)}, ${codes}]`;
  });
  const open = valueSet.systemsKnown ? '' : ', open: true';
  return `{ url: ${stringLiteral(valueSet.url)}, systems: [${systems.join(', ')}]${open} }`;
}
