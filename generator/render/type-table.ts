import { cardinality } from '../model/cardinality.js';
import type { FhirElement, FhirType, ValueSetModel } from '../model/model.js';
import type { RenderContext } from './context.js';
import { memberName, stringLiteral } from './literal.js';

/**
 * The elements of a FHIR type as the source text of a `TypeTable`.
 *
 * @param context all value sets
 * @param type a resource or datatype
 */
export function typeTable(context: RenderContext, type: FhirType): string {
  return elementsSource(context, type.elements);
}

function elementsSource(context: RenderContext, elements: readonly FhirElement[]): string {
  const members = elements.map((element) => {
    const name = element.choice ? `${element.name}[x]` : element.name;
    return `${memberName(name)}: ${elementSource(context, element)}`;
  });
  return `{ ${members.join(', ')} }`;
}

function elementSource(context: RenderContext, element: FhirElement): string {
  const is = stringLiteral(`${cardinality(element.min, element.max)} ${typesText(element)}`.trim());
  const codes = requiredCodes(context, element);
  if (codes === undefined && element.children.length === 0) return is;
  const children = element.children.length === 0 ? '' : `, children: ${elementsSource(context, element.children)}`;
  return `{ is: ${is}${codes === undefined ? '' : `, codes: ${codes}`}${children} }`;
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

function requiredCodes(context: RenderContext, element: FhirElement): string | undefined {
  if (element.binding?.strength !== 'required') return undefined;
  const valueSet = context.valueSets.get(element.binding.valueSet);
  return valueSet === undefined || !valueSet.systemsKnown ? undefined : codeSetSource(valueSet);
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
