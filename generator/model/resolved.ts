import type { ElementModel, Model, ProfileModel, SliceTestModel, SlicingModel, TypeModel } from './model.js';
import type { CompletionModel } from './completion-model.js';
import type { JointBinding } from './joint-binding.js';
import type { RuleModel } from './rule.js';

/**
 * The final model: every decision of FHIR is in it. Types, inputs, builders, `create`, validator tables, comments and
 * diff read it and derive nothing.
 */
export interface ResolvedModel extends Omit<Model, 'profiles'> {
  /** All profiles that a model is made for, sorted by canonical. */
  readonly profiles: readonly ResolvedProfile[];
}

/** A profile, resolved. */
export interface ResolvedProfile extends Omit<ProfileModel, 'root'> {
  readonly root: ResolvedElement;
  /** What the validator checks beyond the FHIR type. */
  readonly rule: RuleModel;
  /** What `create` does with a value of it. */
  readonly completion: CompletionModel;
  /** A value is one of several object types: the profile leaves a choice of types open. */
  readonly isUnion: boolean;
}

/** What is to be declared of an element, and how. */
export type ElementContent =
  /** A FHIR primitive; members speak of its `id` and `extension`. */
  | 'primitive'
  /** Members of its own in the FHIR type: a BackboneElement, an Element with children, the root of a profile. */
  | 'object'
  /** A datatype; members are what the element says beyond the FHIR type or the profile of the type. */
  | 'datatype'
  /** A resource; members likewise. */
  | 'resource';

/** An element with everything that holds for it, whichever description says so. */
export interface ResolvedElement extends Omit<ElementModel, 'children' | 'slicing' | 'types'> {
  /** Where it stands in the profile: `series.instance`, `identifier.official` for a slice; empty for the profile. */
  readonly path: string;
  /** Lower bound; what the required slices demand together counts too. */
  readonly min: number;
  readonly content: ElementContent;
  /** The types that are left; of a choice, see `options`. */
  readonly types: readonly ResolvedType[];
  /** The profile speaks of the element; otherwise it is as the FHIR type has it. */
  readonly isStated: boolean;
  /** Holds more than the FHIR type does. */
  readonly isConstrained: boolean;
  /** `create` writes all of it by itself. */
  readonly isFilled: boolean;
  /**
   * The elements below. Of an object: all of the FHIR type, in its order. Of anything else: those that hold more than
   * the FHIR type, or the profile of the one type, says.
   */
  readonly members: readonly ResolvedElement[];
  /** Of several types: the element for each of them, under its JSON name (`valueQuantity`) where it is a choice. */
  readonly options: readonly ResolvedElement[];
  /** Of a choice: the types that the profile takes away. */
  readonly removed: readonly RemovedType[];
  /** Names of the parts that a builder must be given: `series`, `value[x]`, `identifier:official`. */
  readonly requiredNames: readonly string[];
  readonly slicing?: ResolvedSlicing;
  /** Of a concept with several required bindings, where its own value set does not say it all. */
  readonly jointBinding?: JointBinding;
}

/** A type that a profile takes away from a choice. */
export interface RemovedType {
  readonly code: string;
  /** JSON property: `valueQuantity` */
  readonly name: string;
}

/** A type that is left of an element. */
export interface ResolvedType extends Omit<TypeModel, 'element'> {
  /** Canonicals of profiles of which the value conforms to one; none when one of them cannot be resolved. */
  readonly profiles: readonly string[];
}

/** The slices of an element. */
export interface ResolvedSlicing extends Pick<SlicingModel, 'rules' | 'ordered'> {
  /** An item that belongs to no slice. */
  readonly others: ResolvedElement;
  /** Items may belong to no slice that the guide names. */
  readonly takesOthers: boolean;
  /** The slices that may have items, one for each name. */
  readonly slices: readonly ResolvedSlice[];
  /** Names of the slices that may have none. */
  readonly prohibited: readonly string[];
}

/** A slice. */
export interface ResolvedSlice {
  /** FHIR slice name; empty where a pattern on an array demands an item. */
  readonly name: string;
  /** The guide names it, so that inputs, builders and readers can speak of it. */
  readonly isNamed: boolean;
  /** Path of the sliced element, a colon, the name: `identifier:official`. */
  readonly id: string;
  /** How its items are identified. */
  readonly tests: readonly SliceTestModel[];
  /** Whether every test can be decided. */
  readonly isDecidable: boolean;
  /** One item, with all that holds for it; `min` and `max` are those of the slice. */
  readonly item: ResolvedElement;
  /** `create` writes a required item by itself. */
  readonly isFilled: boolean;
  /** The member of which the bare value stands for an item. */
  readonly bare?: ResolvedElement;
  /** Re-slices: their items are items of the slice too. */
  readonly slices: readonly ResolvedSlice[];
}
