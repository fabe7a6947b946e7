import { fhirTypeCanonical } from './canonical.js';

/** What a StructureDefinition says of others. */
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

/** A canonical that a definition names, and the definition that it stands for, if there is one. */
export interface ResolvedReference<T> {
  readonly canonical: string;
  readonly found: T | undefined;
}

/** What a walk can tell of a definition. */
interface Definition {
  readonly derivation?: unknown;
}

/**
 * Walks from some definitions to all that they need: base definitions up to the FHIR type and its own bases, the types
 * of elements, profiles on them, and profiles that references point to. A plain FHIR type that a reference points to is
 * known by its name only (FHIR R4, References). Each definition is visited once, which also ends circles.
 */
export class DefinitionWalk<T> {
  private readonly queue: T[] = [];
  private readonly seen = new Set<Definition>();

  /**
   * @param resolve finds what a canonical stands for, where this definition writes it
   * @param definitionOf the definition in what the walk goes over: two with the same are one
   */
  constructor(
    private readonly resolve: (canonical: string, from: T) => T | undefined,
    private readonly definitionOf: (item: T) => Definition,
  ) {}

  /** How many definitions have been reached, visited or not. */
  get size(): number {
    return this.seen.size;
  }

  /** Adds a definition, unless it has been reached before. */
  add(item: T): void {
    const definition = this.definitionOf(item);
    if (this.seen.has(definition)) return;
    this.seen.add(definition);
    this.queue.push(item);
  }

  /** The next definition to visit, `undefined` when all have been. */
  next(): T | undefined {
    return this.queue.pop();
  }

  /**
   * Adds all that a definition refers to.
   *
   * @param from the definition
   * @param references what it says of others
   * @returns each reference with what it stands for
   */
  follow(from: T, { baseDefinition, type, types }: DefinitionReferences): readonly ResolvedReference<T>[] {
    const references: ResolvedReference<T>[] = [];
    const find = (canonical: string): T | undefined => {
      const found = this.resolve(canonical, from);
      references.push({ canonical, found });
      return found;
    };
    const want = (canonical: string): void => {
      const found = find(canonical);
      if (found !== undefined) this.add(found);
    };
    const wantProfile = (canonical: string): void => {
      const found = find(canonical);
      if (found !== undefined && this.definitionOf(found).derivation === 'constraint') this.add(found);
    };
    if (baseDefinition !== undefined) want(baseDefinition);
    if (type !== undefined) want(fhirTypeCanonical(type));
    for (const { code, profiles = [], elementProfiles = [], targetProfiles = [] } of types) {
      want(fhirTypeCanonical(code));
      profiles.forEach(want);
      for (const { profile } of elementProfiles) want(profile);
      targetProfiles.forEach(wantProfile);
    }
    return references;
  }
}
