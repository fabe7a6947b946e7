import { type Members } from '../fhir/members.js';
import type { CodeSystemConcept, CodeSystemTable } from './code-system.js';
import { compilePattern } from './pattern.js';

/** Whether a concept passes a filter. */
export type ConceptTest = (concept: CodeSystemConcept) => boolean;

/** A filter that cannot be evaluated; the message gives the reason. */
export class UnknownFilter extends Error {}

/**
 * One `filter` of an include (FHIR R4, ValueSet.compose.include.filter; FilterOperator) as a test on concepts.
 *
 * @param filter raw
 * @param table the code system that it filters
 * @throws UnknownFilter when the code system does not define its operator, property or concept; so does the test, when
 *   a regular expression takes too long
 * @throws CodegenError when the filter is malformed
 */
export function filterTest(filter: Members, table: CodeSystemTable): ConceptTest {
  const property = filter.requiredString('property');
  const op = filter.requiredString('op');
  // Some tools write a boolean or a number where FHIR requires a string.
  const raw = filter.get('value');
  const text = typeof raw === 'boolean' || typeof raw === 'number' ? String(raw) : (filter.string('value') ?? '');
  const value = isConcept(property) && op !== 'regex' ? spelled(text, op, table) : text;

  switch (op) {
    case 'is-a':
    case 'descendent-of':
    case 'is-not-a':
    case 'generalizes': {
      if (!isConcept(property)) throw new UnknownFilter(`${op} on ${property} is not defined`);
      if (!table.concepts.has(value)) throw new UnknownFilter(`it has no concept ${value}`);
      const near = table.hierarchy.reachable(value, op === 'generalizes' ? 'up' : 'down');
      if (op === 'is-not-a') return (concept) => !near.has(concept.concept.code);
      if (op === 'descendent-of') near.delete(value);
      return (concept) => near.has(concept.concept.code);
    }
    case 'in':
    case 'not-in': {
      const wanted = new Set(value.split(',').map((item) => item.trim()));
      const values = valuesOf(property, table);
      return (concept) => values(concept).some((item) => wanted.has(item)) === (op === 'in');
    }
    case '=': {
      const values = valuesOf(property, table);
      return (concept) => values(concept).includes(value);
    }
    case 'regex': {
      const values = valuesOf(property, table);
      const matches = compilePattern(value);
      if (matches === undefined) throw new UnknownFilter(`the regular expression ${value} is not understood`);
      return (concept) =>
        values(concept).some((item) => matches(item) ?? unknown(`the regular expression ${value} takes too long`));
    }
    case 'exists': {
      const values = valuesOf(property, table);
      return (concept) => values(concept).length > 0 === (value !== 'false');
    }
    default:
      throw new UnknownFilter(`the filter ${op} is not defined`);
  }
}

/** Codes as the code system writes them. */
function spelled(value: string, op: string, { spelling }: CodeSystemTable): string {
  if (op !== 'in' && op !== 'not-in') return spelling(value);
  return value
    .split(',')
    .map((code) => spelling(code.trim()))
    .join(',');
}

function unknown(reason: string): never {
  throw new UnknownFilter(reason);
}

/** The names by which filters refer to the concept itself rather than to one of its properties. */
function isConcept(property: string): boolean {
  return property === 'concept' || property === 'code';
}

/** Reads a property of a concept. */
function valuesOf(property: string, table: CodeSystemTable): (concept: CodeSystemConcept) => readonly string[] {
  if (table.properties.has(property) && property !== 'parent' && property !== 'child') {
    return (concept) => concept.properties.get(property) ?? [];
  }
  switch (property) {
    case 'concept':
    case 'code':
      return (concept) => [concept.concept.code];
    case 'display':
      return (concept) => (concept.concept.display === undefined ? [] : [concept.concept.display]);
    case 'parent':
      return (concept) => table.hierarchy.next(concept.concept.code, 'up');
    case 'child':
      return (concept) => table.hierarchy.next(concept.concept.code, 'down');
    default:
      throw new UnknownFilter(`it has no property ${property}`);
  }
}
