import type { Warning } from '../errors.js';
import type { Binding } from '../facts/binding-strength.js';
import type { FactValues } from '../facts/registry.js';
import type { DiscriminatorType, ElementProfile, PinnedConstraint, Unresolved } from '../pin/snapshot.js';

export type { ElementProfile };
import type { ExtensionContexts } from '../fhir/extension-context.js';
import type { PackageIdentity } from '../fhir/package-id.js';
import type { Json } from '../fhir/json.js';

/**
 * Everything that FHIR knows about the wanted profiles, as plain data: no FHIR JSON is left, no rule of FHIR is
 * applied after this stage. Templates, validator tables and diff read the same model.
 */
export interface Model {
  readonly package: PackageIdentity & { readonly canonical?: string; readonly title?: string };
  readonly fhirVersion: string;
  /** All profiles that a model is made for, sorted by canonical. */
  readonly profiles: readonly ProfileModel[];
  /** Value sets that some element is bound to, sorted by canonical. */
  readonly valueSets: readonly ValueSetModel[];
  /** The FHIR types that profiles stand on, sorted by name. */
  readonly fhirTypes: readonly FhirType[];
  readonly unresolved: readonly Unresolved[];
  readonly warnings: readonly Warning[];
}

/** A type of FHIR itself: a resource, a datatype. */
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
  /** What FHIR says of it. */
  readonly short?: string;
  readonly types: readonly FhirElementType[];
  /** Path of the element whose children this one has: `Questionnaire.item`. */
  readonly contentReference?: string;
  readonly binding?: BindingModel;
  /** The extension elementdefinition-maxValueSet. */
  readonly maxValueSet?: string;
  /** Elements below, for a BackboneElement or an Element of its own. */
  readonly children: readonly FhirElement[];
  readonly constraints: readonly PinnedConstraint[];
}

/** A type that an element of a FHIR type may have. */
export interface FhirElementType {
  readonly code: string;
  /** Resource types that a Reference may point to; `Resource` is any. Absent: not a reference, or any. */
  readonly targets?: readonly string[];
}

/** A profile: what it says of each element of its FHIR type. */
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
  /** Address of the guide's page about it. */
  readonly page?: string;
  /** Canonicals of the profiles that it derives from, nearest first. */
  readonly ancestors: readonly string[];
  /** The wanted package's own, not just reached from it. */
  readonly wanted: boolean;
  /** Of an extension: where it may stand; absent: anywhere. */
  readonly contexts?: ExtensionContexts;
  /** Of an extension: it changes the meaning of what it stands in. */
  readonly modifier?: true;
  readonly root: ElementModel;
}

/**
 * An element as a profile, or one slice of it, has it: all constraints, inherited ones included. What it says of its
 * value are the facts of `facts/registry.ts`.
 */
export interface ElementModel extends FactValues {
  /** ElementDefinition.id */
  readonly id: string;
  readonly base: FhirElement;
  readonly min: number;
  /** `Infinity` for `*`; 0 for a prohibited element. */
  readonly max: number;
  /** What is left of the types. */
  readonly types: readonly TypeModel[];
  /** The elements below that the profile speaks of, by the order of the snapshot; empty if it stops here. */
  readonly children: readonly ElementModel[];
  readonly slicing?: SlicingModel;
  /** The codings of a concept of a required binding: one of them has a code. */
  readonly needsCode?: true;
}

/** A type that a profile allows for an element. */
export interface TypeModel {
  readonly code: string;
  /** Canonicals of profiles, one of which the value conforms to; only those that have a model. */
  readonly profiles: readonly string[];
  /** Canonicals of profiles that could not be resolved. */
  readonly unresolvedProfiles: readonly string[];
  /** Elements of other profiles that the value conforms to; their rules are put in, so that none is left. */
  readonly elementProfiles?: readonly ElementProfile[];
  /** What a Reference or canonical may point to; absent: anything. */
  readonly targets?: readonly TargetModel[];
  /** For a choice that is sliced by type: what holds when the value has this type. */
  readonly element?: ElementModel;
}

/** Something that a Reference may point to. */
export interface TargetModel {
  /** Resource type; `Resource` is any. */
  readonly type: string;
  /** Canonical of a profile that has a model. */
  readonly profile?: string;
  /** Canonical as the guide has it, where it is a profile. */
  readonly canonical?: string;
}

/** ElementDefinition.binding */
export type BindingModel = Binding;

/** A value set, expanded. */
export interface ValueSetModel {
  /** Canonical; with version where there are several versions of it and this is not the latest. */
  readonly url: string;
  readonly version?: string;
  readonly name: string;
  readonly title?: string;
  /** `name#version` of the package that defines it. */
  readonly package: string;
  readonly systems: readonly SystemModel[];
  /** No code can belong to a system that is not listed. */
  readonly systemsKnown: boolean;
  /** Every code is known: a union can be closed. */
  readonly closed: boolean;
}

/** The codes of one system. */
export interface SystemModel {
  readonly system: string;
  /** Any code of the system may be meant. */
  readonly open: boolean;
  /** Its codes cannot be listed, such as those of BCP 47. */
  readonly external: boolean;
  /** Codes that differ in case only are different codes. */
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
  /** How to tell its items: one test for each discriminator. */
  readonly tests: readonly SliceTestModel[];
  /** Cardinality of the slice and what holds for its items; re-slices are in its slicing. */
  readonly element: ElementModel;
}

/** A discriminator, resolved to something that can be looked at in an item. */
export type SliceTestModel =
  | { readonly kind: 'value'; readonly at: string; readonly is: ValueTest }
  | { readonly kind: 'exists'; readonly at: string; readonly exists: boolean }
  | { readonly kind: 'type'; readonly at: string; readonly types: readonly string[] }
  | { readonly kind: 'profile'; readonly at: string; readonly profiles: readonly string[] }
  /** Its index is at least `from` and less than `to`. */
  | { readonly kind: 'position'; readonly at: string; readonly from: number; readonly to: number }
  | { readonly kind: 'undecidable'; readonly at: string; readonly discriminator: DiscriminatorType };

/** What a value has to be for a discriminator of type value or pattern. */
export interface ValueTest {
  readonly fixed?: Json;
  readonly pattern?: Json;
  /** Canonical of a value set that is bound as required and closed. */
  readonly valueSet?: string;
  /** By element name, `[x]` included. */
  readonly children?: Readonly<Record<string, ValueTest>>;
  /** Instead of the others: one of these holds. */
  readonly anyOf?: readonly ValueTest[];
}
