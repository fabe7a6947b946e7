import { Members } from '../members.js';
import type { CodeSystemConcept, CodeSystemTable } from './code-system.js';
import { compilePattern } from './pattern.js';

/** Whether a concept passes a filter. */
export type ConceptTest = (concept: CodeSystemConcept) => boolean;

/** Why a filter cannot be evaluated here, to be put after the name of the code system. */
export class UnknownFilter {
  constructor(readonly reason: string) {}
}

/**
 * One `filter` of an include (FHIR R4, ValueSet.compose.include.filter; FilterOperator) as a test on concepts.
 *
 * @param filter raw
 * @param table the code system that it filters
 * @returns the test, or why there is none: an operator or property that the code system does not define
 * @throws CodegenError when the filter is malformed
 */
export function filterTest(filter: Members, table: CodeSystemTable): ConceptTest | UnknownFilter {
  const property = filter.requiredString('property');
  const op = filter.requiredString('op');
  // Some tools write a boolean or a number where FHIR wants its text.
  const raw = filter.get('value');
  const value = typeof raw === 'boolean' || typeof raw === 'number' ? String(raw) : (filter.string('value') ?? '');

  switch (op) {
    case 'is-a':
    case 'descendent-of':
    case 'is-not-a':
    case 'generalizes': {
      if (!isConcept(property)) return new UnknownFilter(`${op} on ${property} is not defined`);
      if (!table.concepts.has(value)) return new UnknownFilter(`it has no concept ${value}`);
      const near = reachable(table, value, op === 'generalizes' ? 'parents' : 'children');
      if (op === 'is-not-a') return (concept) => !near.has(concept.code);
      if (op === 'descendent-of') near.delete(value);
      return (concept) => near.has(concept.code);
    }
    case 'in':
    case 'not-in': {
      const wanted = new Set(value.split(',').map((item) => item.trim()));
      const values = valuesOf(property, table);
      if (values === undefined) break;
      return (concept) => values(concept).some((item) => wanted.has(item)) === (op === 'in');
    }
    case '=': {
      const values = valuesOf(property, table);
      if (values === undefined) break;
      return (concept) => values(concept).includes(value);
    }
    case 'regex': {
      const values = valuesOf(property, table);
      if (values === undefined) break;
      const pattern = compilePattern(value);
      if (pattern === undefined) return new UnknownFilter(`the regular expression ${value} is not understood`);
      return (concept) => values(concept).some(pattern);
    }
    case 'exists': {
      const values = valuesOf(property, table);
      if (values === undefined) break;
      return (concept) => values(concept).length > 0 === (value !== 'false');
    }
    default:
      return new UnknownFilter(`the filter ${op} is not defined`);
  }
  return new UnknownFilter(`it has no property ${property}`);
}

/** The ways in which value sets name the concept itself rather than one of its properties. */
function isConcept(property: string): boolean {
  return property === 'concept' || property === 'code';
}

/** Reads a property of a concept; `undefined` when the code system has no such property. */
function valuesOf(
  property: string,
  table: CodeSystemTable,
): ((concept: CodeSystemConcept) => readonly string[]) | undefined {
  if (table.properties.has(property) && property !== 'parent' && property !== 'child') {
    return (concept) => concept.properties.get(property) ?? [];
  }
  switch (property) {
    case 'concept':
    case 'code':
      return (concept) => [concept.code];
    case 'display':
      return (concept) => (concept.display === undefined ? [] : [concept.display]);
    case 'parent':
      return (concept) => concept.parents;
    case 'child':
      return (concept) => concept.children;
    default:
      return undefined;
  }
}

/** A concept and all above or below it; a circle in the hierarchy ends where it closes. */
function reachable(table: CodeSystemTable, start: string, along: 'parents' | 'children'): Set<string> {
  const found = new Set([start]);
  // A set that grows while it is walked: each concept is visited once.
  for (const code of found) {
    for (const next of table.concepts.get(code)?.[along] ?? []) found.add(next);
  }
  return found;
}
