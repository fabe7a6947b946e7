import type { Warning } from '../errors.js';
import type { Binding } from '../facts/binding-strength.js';
import type { FactValues } from '../facts/registry.js';
import type { DiscriminatorType, ElementProfile, PinnedConstraint, Unresolved } from '../pin/snapshot.js';

export type { ElementProfile };
import type { ExtensionContexts } from '../fhir/extension-context.js';
import type { PackageIdentity } from '../fhir/package-id.js';
import type { Json } from '../fhir/json.js';

/**
 * Everything about the requested profiles, as plain data: no FHIR JSON remains, and no later stage applies a rule of
 * FHIR. Templates, validator tables and diff read the same model.
 */
export interface Model {
  readonly package: PackageIdentity & { readonly canonical?: string; readonly title?: string };
  readonly fhirVersion: string;
  /** All modelled profiles, sorted by canonical. */
  readonly profiles: readonly ProfileModel[];
  /** All bound value sets, sorted by canonical. */
  readonly valueSets: readonly ValueSetModel[];
  /** The FHIR types that profiles constrain or use, sorted by name. */
  readonly fhirTypes: readonly FhirType[];
  readonly unresolved: readonly Unresolved[];
  readonly warnings: readonly Warning[];
}

/** A FHIR type: a resource or a datatype. */
export interface FhirType {
  /** `ImagingStudy`, `Identifier` */
  readonly name: string;
  readonly kind: 'resource' | 'complex-type' | 'primitive-type';
  readonly abstract: boolean;
  /** `name#version` of the package that defines it. */
  readonly package: string;
  readonly elements: readonly FhirElement[];
  /** Invariants of the type itself. */
  readonly constraints: readonly PinnedConstraint[];
}

/** An element of a FHIR type. */
export interface FhirElement {
  /** Without `[x]`: `series`, `value`. */
  readonly name: string;
  /** `Observation.value[x]` */
  readonly path: string;
  readonly choice: boolean;
  readonly min: number;
  /** `Infinity` for `*`. */
  readonly max: number;
  /** JSON array. */
  readonly array: boolean;
  /** Its facts in FHIR itself. */
  readonly short?: string;
  readonly types: readonly FhirElementType[];
  /** Path of the element whose children this one has: `Questionnaire.item`. */
  readonly contentReference?: string;
  readonly binding?: BindingModel;
  /** The extension elementdefinition-maxValueSet. */
  readonly maxValueSet?: string;
  /** Child elements, for a BackboneElement or an inline Element. */
  readonly children: readonly FhirElement[];
  readonly constraints: readonly PinnedConstraint[];
}

/** A type that an element of a FHIR type may have. */
export interface FhirElementType {
  readonly code: string;
  /** Resource types that a Reference may point to; `Resource` is any. Absent: not a reference, or any. */
  readonly targets?: readonly string[];
}

/** A profile: its constraints on each element of its FHIR type. */
export interface ProfileModel {
  /** Canonical, without version. */
  readonly url: string;
  readonly version?: string;
  readonly id: string;
  /** StructureDefinition.name */
  readonly name: string;
  readonly title?: string;
  readonly kind: 'resource' | 'datatype' | 'extension';
  /** FHIR type that it constrains. */
  readonly type: string;
  readonly abstract: boolean;
  /** `name#version` of the package that defines it. */
  readonly package: string;
  /** URL of its page in the guide. */
  readonly page?: string;
  /** Canonicals of the profiles that it derives from, nearest first. */
  readonly ancestors: readonly string[];
  /** Whether the root package defines it, and not only refers to it. */
  readonly wanted: boolean;
  /** For an extension: where it is allowed; if absent, anywhere. */
  readonly contexts?: ExtensionContexts;
  /** For an extension: it is a modifierExtension. */
  readonly modifier?: true;
  readonly root: ElementModel;
}

/**
 * An element in a profile or in one of its slices, with all constraints, including inherited ones. The constraints on
 * its value are the facts of `facts/registry.ts`.
 */
export interface ElementModel extends FactValues {
  /** ElementDefinition.id */
  readonly id: string;
  readonly base: FhirElement;
  readonly min: number;
  /** `Infinity` for `*`; 0 for a prohibited element. */
  readonly max: number;
  /** The remaining types. */
  readonly types: readonly TypeModel[];
  /** The child elements that the profile constrains, in the order of the snapshot; empty if there are none. */
  readonly children: readonly ElementModel[];
  readonly slicing?: SlicingModel;
  /** The codings of a concept with a required binding: one of them has a code. */
  readonly needsCode?: true;
}

/** A type that a profile allows for an element. */
export interface TypeModel {
  readonly code: string;
  /** Canonicals of profiles, one of which the value conforms to; only those that have a model. */
  readonly profiles: readonly string[];
  /** Canonicals of profiles that could not be resolved. */
  readonly unresolvedProfiles: readonly string[];
  /**
   * Elements of other profiles that the value conforms to; `withElementProfiles` inlines their rules and removes them.
   */
  readonly elementProfiles?: readonly ElementProfile[];
  /** The allowed targets of a Reference or canonical; if absent, any. */
  readonly targets?: readonly TargetModel[];
  /** For a choice sliced by type: the constraints on values of this type. */
  readonly element?: ElementModel;
}

/** An allowed target of a Reference. */
export interface TargetModel {
  /** Resource type; `Resource` is any. */
  readonly type: string;
  /** Canonical of a profile that has a model. */
  readonly profile?: string;
  /** The guide's canonical, where it is a profile. */
  readonly canonical?: string;
}

/** ElementDefinition.binding */
export type BindingModel = Binding;

/** A value set, expanded. */
export interface ValueSetModel {
  /** Canonical; with version where there are several versions and this is not the latest. */
  readonly url: string;
  readonly version?: string;
  readonly name: string;
  readonly title?: string;
  /** `name#version` of the package that defines it. */
  readonly package: string;
  readonly systems: readonly SystemModel[];
  /** No code can belong to an unlisted system. */
  readonly systemsKnown: boolean;
  /** Every code is known: a union can be closed. */
  readonly closed: boolean;
}

/** The codes of one system. */
export interface SystemModel {
  readonly system: string;
  /** Any code of the system may belong to the value set. */
  readonly open: boolean;
  /** Its codes cannot be listed, such as those of BCP 47. */
  readonly external: boolean;
  /** Codes that differ only in case are different codes. */
  readonly caseSensitive: boolean;
  readonly concepts: readonly ConceptModel[];
}

/** A code. */
export interface ConceptModel {
  readonly code: string;
  readonly display?: string;
  readonly fr?: string;
}

/** FHIR R4, Profiling FHIR, "Slicing". */
export interface SlicingModel {
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly ordered: boolean;
  readonly discriminators: readonly { readonly type: DiscriminatorType; readonly path: string }[];
  readonly slices: readonly SliceModel[];
}

/** A slice: a named child of a sliced element. */
export interface SliceModel {
  /** FHIR slice name, without that of the slice that it re-slices. */
  readonly name: string;
  /** The tests that identify its items: one for each discriminator. */
  readonly tests: readonly SliceTestModel[];
  /** Cardinality of the slice and constraints on its items; re-slices are in its slicing. */
  readonly element: ElementModel;
}

/** A discriminator, resolved to a test of an item. */
export type SliceTestModel =
  | { readonly kind: 'value'; readonly at: string; readonly is: ValueTest }
  | { readonly kind: 'exists'; readonly at: string; readonly exists: boolean }
  | { readonly kind: 'type'; readonly at: string; readonly types: readonly string[] }
  | { readonly kind: 'profile'; readonly at: string; readonly profiles: readonly string[] }
  /** Its index is at least `from` and less than `to`. */
  | { readonly kind: 'position'; readonly at: string; readonly from: number; readonly to: number }
  | { readonly kind: 'undecidable'; readonly at: string; readonly discriminator: DiscriminatorType };

/** The value that a discriminator of type value or pattern requires. */
export interface ValueTest {
  readonly fixed?: Json;
  readonly pattern?: Json;
  /** Canonical of a closed value set with a required binding. */
  readonly valueSet?: string;
  /** By element name, `[x]` included. */
  readonly children?: Readonly<Record<string, ValueTest>>;
  /** Instead of the others: one of these holds. */
  readonly anyOf?: readonly ValueTest[];
}
