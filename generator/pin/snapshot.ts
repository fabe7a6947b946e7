import type { ExtensionContext } from '../fhir/extension-context.js';
import type { PackageIdentity } from '../fhir/package-id.js';
import type { BindingStrength } from '../facts/binding-strength.js';
import type { Constraint } from '../facts/constraints.js';
import type { PinnedFacts } from '../facts/registry.js';

/** Version of the format; a reader rejects any other. */
export const SNAPSHOT_FORMAT = 1;

/**
 * The facts that generation needs and nothing else, as one committed JSON file: a fresh machine without network
 * regenerates everything from it, and a new version of the guide is a readable diff.
 */
export interface PinnedSnapshot {
  readonly format: typeof SNAPSHOT_FORMAT;
  readonly package: PackageIdentity & { readonly canonical?: string; readonly title?: string };
  /** FHIR version of the package, `4.0.1`. */
  readonly fhirVersion: string;
  /** Other guides that the snapshot was pinned from, sorted by name; none if absent. */
  readonly also?: readonly PackageIdentity[];
  /** Every package that contributed a definition, sorted by name. */
  readonly packages: readonly (PackageIdentity & { readonly canonical?: string })[];
  /** Canonicals of the requested profiles, sorted. */
  readonly profiles: readonly string[];
  /** The requested profiles and everything that they depend on, sorted by canonical and version. */
  readonly structureDefinitions: readonly PinnedStructureDefinition[];
  /** Value sets bound as required, sorted by canonical. */
  readonly valueSets: readonly PinnedValueSet[];
  /** Unresolved canonicals, sorted. */
  readonly unresolved: readonly Unresolved[];
}

/** A canonical that no loaded package defines. */
export interface Unresolved {
  readonly canonical: string;
  readonly kind: 'StructureDefinition' | 'ValueSet' | 'CodeSystem' | 'package';
  /** Canonicals (for a package: `name#version`) of those that refer to it, sorted. */
  readonly usedBy: readonly string[];
}

/** A StructureDefinition: a profile, or a FHIR type that profiles constrain or use. */
export interface PinnedStructureDefinition {
  readonly url: string;
  readonly version?: string;
  readonly id: string;
  readonly name: string;
  readonly title?: string;
  readonly kind: 'resource' | 'complex-type' | 'primitive-type';
  /** FHIR type that it describes or constrains: `ImagingStudy`, `Identifier`, `Extension`. */
  readonly type: string;
  readonly abstract?: true;
  /** `constraint` is a profile, `specialization` a FHIR type; `Element` and `Resource` have none. */
  readonly derivation?: 'constraint' | 'specialization';
  readonly baseDefinition?: string;
  /** For an extension: StructureDefinition.context and contextInvariant. */
  readonly contexts?: readonly ExtensionContext[];
  readonly contextInvariants?: readonly string[];
  /** `name#version` of the package that defines it. */
  readonly package: string;
  /** Snapshot elements, the root first, in the order of the snapshot. */
  readonly elements: readonly PinnedElement[];
}

/** The facts of one ElementDefinition of a snapshot, and its place. */
export interface PinnedElement extends PinnedFacts {
  /** `ImagingStudy.identifier:studyInstanceUid.system` */
  readonly id: string;
  /** `ImagingStudy.identifier.system` */
  readonly path: string;
  readonly min: number;
  /** A number, or `*`. */
  readonly max: string;
  /** Cardinality of the element in the FHIR type: `max` other than `1` makes it an array in JSON. */
  readonly base?: { readonly path: string; readonly min: number; readonly max: string };
  readonly types?: readonly PinnedType[];
  /** `#Questionnaire.item` */
  readonly contentReference?: string;
  readonly slicing?: PinnedSlicing;
  readonly sliceName?: string;
}

/** ElementDefinition.type */
export interface PinnedType {
  /** FHIR type code; `http://hl7.org/fhirpath/System.String` is stored as the corresponding FHIR type. */
  readonly code: string;
  /** Canonicals of profiles on the type. */
  readonly profiles?: readonly string[];
  /** Elements of other profiles to which the value conforms (extension elementdefinition-profile-element). */
  readonly elementProfiles?: readonly ElementProfile[];
  /** Canonicals of the allowed targets of a Reference or canonical. */
  readonly targetProfiles?: readonly string[];
}

/** An element of a profile. */
export interface ElementProfile {
  /** Canonical of the profile. */
  readonly profile: string;
  /** ElementDefinition.id */
  readonly element: string;
}

/** ElementDefinition.slicing */
export interface PinnedSlicing {
  readonly discriminators: readonly { readonly type: DiscriminatorType; readonly path: string }[];
  readonly rules: 'closed' | 'open' | 'openAtEnd';
  readonly ordered?: true;
}

/** ElementDefinition.slicing.discriminator.type; FHIR R5 adds `position`. */
export const DISCRIMINATOR_TYPES = ['value', 'exists', 'pattern', 'type', 'profile', 'position'] as const;

/** One of them. */
export type DiscriminatorType = (typeof DISCRIMINATOR_TYPES)[number];

export type { BindingStrength };

/** ElementDefinition.constraint */
export type PinnedConstraint = Constraint;

/** A value set, expanded as far as the loaded packages allow. */
export interface PinnedValueSet {
  readonly url: string;
  readonly version?: string;
  readonly name: string;
  readonly title?: string;
  readonly package: string;
  /** Sorted by system; the order of concepts is that of the value set. */
  readonly systems: readonly PinnedSystem[];
  /** `true`: a part of it could not be resolved and its system is not known, so any code of any system may belong. */
  readonly open?: true;
  /** What could not be expanded, one sentence each; empty when the expansion is complete. */
  readonly incomplete?: readonly string[];
}

/** The codes of one code system in a value set. */
export interface PinnedSystem {
  readonly system: string;
  /**
   * `true`: any code of this system may be meant (a whole system or a filter that could not be expanded); `concepts`
   * then contains the known codes, if any.
   */
  readonly open?: true;
  /** `true`: codes compare without case (FHIR R4, CodeSystem.caseSensitive is false). */
  readonly caseInsensitive?: true;
  readonly concepts: readonly PinnedConcept[];
}

/** One code. */
export interface PinnedConcept {
  readonly code: string;
  readonly display?: string;
  /** The French designation, where the value set or code system has one and `display` is another. */
  readonly fr?: string;
}
