import type { ElementModel, Model, ProfileModel, SliceTestModel, SlicingModel, TypeModel } from './model.js';
import type { CompletionModel } from './completion-model.js';
import type { JointBinding } from './joint-binding.js';
import type { RuleModel } from './rule.js';

/**
 * The final model: it has every decision about FHIR. Types, inputs, builders, `create`, validator tables, comments and
 * diff read it and derive nothing.
 */
export interface ResolvedModel extends Omit<Model, 'profiles'> {
  /** All modelled profiles, sorted by canonical. */
  readonly profiles: readonly ResolvedProfile[];
}

/** A profile, resolved. */
export interface ResolvedProfile extends Omit<ProfileModel, 'root'> {
  readonly root: ResolvedElement;
  /** The rules of the validator beyond the FHIR type. */
  readonly rule: RuleModel;
  /** What `create` does with a value of it. */
  readonly completion: CompletionModel;
  /** A value is one of several object types: the profile leaves a choice of types open. */
  readonly isUnion: boolean;
}

/** What to declare for an element, and how. */
export type ElementContent =
  /** A FHIR primitive; members are its `id` and `extension`. */
  | 'primitive'
  /** Inline members in the FHIR type: a BackboneElement, an Element with children, the root of a profile. */
  | 'object'
  /** A datatype; members are the constraints beyond the FHIR type or the profile of the type. */
  | 'datatype'
  /** A resource; members likewise. */
  | 'resource';

/** An element with all its constraints, from all descriptions. */
export interface ResolvedElement extends Omit<ElementModel, 'children' | 'slicing' | 'types'> {
  /** Its path in the profile: `series.instance`, `identifier.official` for a slice; empty for the profile. */
  readonly path: string;
  /** Minimum cardinality, with the sum of the required slices. */
  readonly min: number;
  readonly content: ElementContent;
  /** The remaining types; for a choice, see `options`. */
  readonly types: readonly ResolvedType[];
  /** The profile constrains the element; otherwise it is as in the FHIR type. */
  readonly isStated: boolean;
  /** Narrower than the FHIR type. */
  readonly isConstrained: boolean;
  /** `create` can write all of it. */
  readonly isFilled: boolean;
  /**
   * The child elements. For an object: all of the FHIR type, in its order. Otherwise: those narrower than in the FHIR
   * type or in the profile of the only type.
   */
  readonly members: readonly ResolvedElement[];
  /** For several types: the element for each type, under its JSON name (`valueQuantity`) where it is a choice. */
  readonly options: readonly ResolvedElement[];
  /** For a choice: the types that the profile removes. */
  readonly removed: readonly RemovedType[];
  /** Names of the parts that a builder must be given: `series`, `value[x]`, `identifier:official`. */
  readonly requiredNames: readonly string[];
  readonly slicing?: ResolvedSlicing;
  /** For a concept with several required bindings, where its own value set is not enough. */
  readonly jointBinding?: JointBinding;
}

/** A type that a profile removes from a choice. */
export interface RemovedType {
  readonly code: string;
  /** JSON property: `valueQuantity` */
  readonly name: string;
}

/** A remaining type of an element. */
export interface ResolvedType extends Omit<TypeModel, 'element'> {
  /** Canonicals of profiles, one of which the value conforms to; none when one is unresolved. */
  readonly profiles: readonly string[];
}

/** The slices of an element. */
export interface ResolvedSlicing extends Pick<SlicingModel, 'rules' | 'ordered'> {
  /** An item that belongs to no slice. */
  readonly others: ResolvedElement;
  /** Items may belong to no named slice. */
  readonly takesOthers: boolean;
  /** The slices that may have items, one for each name. */
  readonly slices: readonly ResolvedSlice[];
  /** Names of the slices that may have none. */
  readonly prohibited: readonly string[];
}

/** A slice. */
export interface ResolvedSlice {
  /** FHIR slice name; empty where a pattern on an array requires an item. */
  readonly name: string;
  /** The guide names it, so that inputs, builders and readers can name it. */
  readonly isNamed: boolean;
  /** Path of the sliced element, a colon, the name: `identifier:official`. */
  readonly id: string;
  /** How its items are identified. */
  readonly tests: readonly SliceTestModel[];
  /** Whether every test can be decided. */
  readonly isDecidable: boolean;
  /** One item, with all constraints; `min` and `max` are those of the slice. */
  readonly item: ResolvedElement;
  /** `create` can write a required item. */
  readonly isFilled: boolean;
  /** The member whose bare value represents an item. */
  readonly bare?: ResolvedElement;
  /** Re-slices: their items are items of the slice too. */
  readonly slices: readonly ResolvedSlice[];
}
