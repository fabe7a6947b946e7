import { token } from '../fhir/token.js';
import type { ConceptModel, SystemModel } from '../model/model.js';
import { distinct, type Wish } from './distinct.js';
import { pascalCase } from './identifier.js';

/** Longest name made from a display. */
const NAME_LIMIT = 60;

/** The constant of a value set, and the names of its members. */
export interface ConstantNames {
  readonly name: string;
  /** By `system|code`, see `fhir/token.ts`. */
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * Names the codes of a value set by their meaning.
 *
 * @param name of the value set
 * @param systems with their codes
 * @param kept names of the previous output, by `system|code`: a code keeps its name when its display changes
 */
export function constantNames(
  name: string,
  systems: readonly SystemModel[],
  kept?: ReadonlyMap<string, string>,
): ConstantNames {
  const wishes = systems.flatMap(({ system, concepts }) =>
    concepts.map((concept) => ({
      id: token(system, concept.code),
      names: namesOf(concept),
    })),
  );
  return { name, keys: distinct(wishes, kept) };
}

/** The display, with the code where other codes have the same display; the code if there is no display. */
function namesOf({ code, display }: ConceptModel): Wish['names'] {
  const own = pascalCase(code);
  const name = pascalCase(display ?? code).slice(0, NAME_LIMIT);
  return name === own.slice(0, NAME_LIMIT) ? [name] : [name, `${name}${own}`];
}
