import { CodegenError } from '../errors.js';
import type { FhirPackage } from '../fhir/package.js';
import { type CanonicalLookup, type Match } from '../fhir/canonical-lookup.js';
import type { ExpansionLimits } from './limits.js';
import { type CodeSystemTable, codeSystemTable } from './code-system.js';
import { parseCanonical } from '../fhir/canonical.js';
import { packageId } from '../fhir/package-id.js';

/** A code system found by its canonical. */
export interface FoundCodeSystem {
  /** Its concepts, or the error in it. */
  readonly table: CodeSystemTable | string;
  /** False when the requested version is missing and another version was found instead. */
  readonly isRequestedVersion: boolean;
}

/** The loaded code systems, each read once. */
export class CodeSystems {
  /** `name#version` of the packages that code systems were taken from. */
  readonly packages = new Set<string>();
  private readonly tables = new Map<Match['resource'], CodeSystemTable | string>();

  constructor(
    private readonly lookup: CanonicalLookup,
    private readonly limits: ExpansionLimits,
  ) {}

  /**
   * @param system the canonical, as an include states it
   * @param version the version, as an include states it
   * @param from the package of that value set
   * @returns `undefined` when no package defines it
   */
  find(system: string, version: string | undefined, from: FhirPackage): FoundCodeSystem | undefined {
    const canonical = version === undefined ? system : `${parseCanonical(system).url}|${version}`;
    const match = this.lookup.find('CodeSystem', canonical, from);
    if (match === undefined) return undefined;
    const table = this.tables.get(match.resource) ?? this.read(match);
    this.tables.set(match.resource, table);
    this.packages.add(packageId(match.package));
    return { table, isRequestedVersion: match.isRequestedVersion };
  }

  private read(match: Match): CodeSystemTable | string {
    try {
      return codeSystemTable(match, this.limits);
    } catch (error) {
      if (error instanceof CodegenError) return error.message;
      throw error;
    }
  }
}
