import { fhirTypeCanonical } from './canonical.js';

/** The references of a StructureDefinition to others. */
export interface DefinitionReferences {
  readonly baseDefinition?: string | undefined;
  /** FHIR type that it describes or constrains. */
  readonly type?: string | undefined;
  /** ElementDefinition.type of all its elements. */
  readonly types: Iterable<TypeReferences>;
}

/** ElementDefinition.type */
export interface TypeReferences {
  readonly code: string;
  readonly profiles?: readonly string[] | undefined;
  readonly elementProfiles?: readonly { readonly profile: string }[] | undefined;
  readonly targetProfiles?: readonly string[] | undefined;
}

/** A canonical that a definition refers to, and the definition found for it, if there is one. */
export interface ResolvedReference<T> {
  readonly canonical: string;
  readonly found: T | undefined;
}

/** The part of a definition that a walk reads. */
interface Definition {
  readonly derivation?: unknown;
}

/**
 * Walks from definitions to everything that they depend on: base definitions up to the FHIR type and its own bases, the
 * types of elements, profiles on them, and profiles that references point to. Of a plain FHIR type that a reference
 * points to, only the name is needed (FHIR R4, References). Each definition is visited once, so cycles end.
 */
export class DefinitionWalk<T> {
  private readonly queue: T[] = [];
  private readonly seen = new Set<Definition>();

  /**
   * @param resolve finds the definition for a canonical that this definition contains
   * @param definitionOf the definition of an item of the walk: items with the same definition are visited once
   */
  constructor(
    private readonly resolve: (canonical: string, from: T) => T | undefined,
    private readonly definitionOf: (item: T) => Definition,
  ) {}

  /** The number of definitions that have been added, visited or not. */
  get size(): number {
    return this.seen.size;
  }

  /** Adds a definition, unless it has been added before. */
  add(item: T): void {
    const definition = this.definitionOf(item);
    if (this.seen.has(definition)) return;
    this.seen.add(definition);
    this.queue.push(item);
  }

  /** The next definition to visit; `undefined` when all have been visited. */
  next(): T | undefined {
    return this.queue.pop();
  }

  /**
   * Adds everything that a definition refers to.
   *
   * @param from the definition
   * @param references its references to others
   * @returns each reference with the definition found for it
   */
  follow(from: T, { baseDefinition, type, types }: DefinitionReferences): readonly ResolvedReference<T>[] {
    const references: ResolvedReference<T>[] = [];
    const find = (canonical: string): T | undefined => {
      const found = this.resolve(canonical, from);
      references.push({ canonical, found });
      return found;
    };
    const include = (canonical: string): void => {
      const found = find(canonical);
      if (found !== undefined) this.add(found);
    };
    const includeProfile = (canonical: string): void => {
      const found = find(canonical);
      if (found !== undefined && this.definitionOf(found).derivation === 'constraint') this.add(found);
    };
    if (baseDefinition !== undefined) include(baseDefinition);
    if (type !== undefined) include(fhirTypeCanonical(type));
    for (const { code, profiles = [], elementProfiles = [], targetProfiles = [] } of types) {
      include(fhirTypeCanonical(code));
      profiles.forEach(include);
      for (const { profile } of elementProfiles) include(profile);
      targetProfiles.forEach(includeProfile);
    }
    return references;
  }
}
