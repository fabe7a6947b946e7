import type { ConceptModel, SystemModel } from '../model/model.js';
import { distinct } from './distinct.js';
import { pascalCase } from './identifier.js';

/** Longest name that a display becomes. */
const NAME_LIMIT = 60;

/** The constant of a value set, and the names of its members. */
export interface ConstantNames {
  readonly name: string;
  /** By `system|code`. */
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * What a concept is known by, whatever its display.
 *
 * @param system of the code
 * @param code in that system
 */
export function conceptId(system: string, code: string): string {
  return `${system}|${code}`;
}

/**
 * Names for the codes of a value set, by what they mean.
 *
 * @param name of the value set
 * @param systems with their codes
 * @param kept names that were given before, by `system|code`: a code keeps its name when its display changes
 */
export function constantNames(
  name: string,
  systems: readonly SystemModel[],
  kept?: ReadonlyMap<string, string>,
): ConstantNames {
  const wishes = systems.flatMap(({ system, concepts }) =>
    concepts.map((concept) => ({
      id: conceptId(system, concept.code),
      names: [nameOf(concept), `${nameOf(concept)}${pascalCase(concept.code)}`] as const,
    })),
  );
  return { name, keys: distinct(wishes, kept) };
}

function nameOf(concept: ConceptModel): string {
  return pascalCase(concept.display ?? concept.code).slice(0, NAME_LIMIT);
}
