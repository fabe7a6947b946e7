import { CodegenError } from '../errors.js';
import { isIdentifier, isReserved } from './identifier.js';
import { RUNTIME_EXPORTS } from './runtime-exports.js';

/** The user's type names, by canonical of the profile or value set. */
export type NameOverrides = ReadonlyMap<string, string>;

/**
 * Checks a type name chosen by the user.
 *
 * @param name any text
 * @returns the end of a sentence that starts with the name; `undefined` when the name is valid
 */
export function nameFault(name: string): string | undefined {
  if (!isIdentifier(name)) return 'is not a TypeScript identifier: letters, digits, _ and $, up to 120';
  if (isReserved(name)) return 'is a reserved word of TypeScript';
  if (RUNTIME_EXPORTS.includes(name)) return 'is a name of the runtime';
  return undefined;
}

/** The names reserved by the user: nothing else may have them. */
export class GivenNames {
  private readonly owners = new Map<string, string>();

  /**
   * @param overrides by canonical
   */
  constructor(private readonly overrides: NameOverrides) {}

  /** The user's name for a definition, if there is one. */
  of(canonical: string): string | undefined {
    return this.overrides.get(canonical);
  }

  /**
   * Reserves the identifiers derived from a name.
   *
   * @throws CodegenError when the name is not valid, or one of its identifiers is taken
   */
  take(canonical: string, name: string, family: readonly string[], isTaken: (name: string) => boolean): void {
    const fault = nameFault(name);
    if (fault !== undefined) throw fail(canonical, `the name ${JSON.stringify(name)} ${fault}`);
    for (const member of family) {
      const owner = this.owners.get(member);
      if (owner !== undefined) throw fail(canonical, `the name "${name}" makes "${member}", which ${owner} has too`);
      if (isTaken(member)) throw fail(canonical, `the name "${name}" makes "${member}", which is taken`);
      this.owners.set(member, canonical);
    }
  }

  /**
   * Ensures that a configured name does not displace the default name of another definition, which would get a suffix
   * that the user did not ask for.
   *
   * @throws CodegenError when it would
   */
  leave(canonical: string, family: readonly string[]): void {
    for (const member of family) {
      const owner = this.owners.get(member);
      if (owner === undefined) continue;
      const given = this.overrides.get(owner) ?? member;
      throw fail(owner, `the name "${given}" makes "${member}", which ${canonical} has; give one of them another name`);
    }
  }
}

function fail(canonical: string, message: string): CodegenError {
  return new CodegenError(message, { profile: canonical });
}
