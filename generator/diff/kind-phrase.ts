import type { FactKind } from '../facts/registry.js';
import type { ChangeKind, StructureKind } from './change.js';

/** A phrase for one change, and for several. */
type Phrase = readonly [one: string, many: string];

/** A phrase for each kind of change; a new kind does not compile without one. */
const PHRASES: Readonly<Record<StructureKind | FactKind, Phrase>> = {
  'fhir-version': ['the package is for another version of FHIR', 'packages are for another version of FHIR'],
  'package-renamed': ['the package has another name', 'packages have other names'],
  'package-version': ['the package has another version', 'packages have other versions'],
  'package-canonical': ['the package has another canonical base', 'packages have other canonical bases'],
  'dependency-added': ['a package is needed', 'packages are needed'],
  'dependency-removed': ['a package is no longer needed', 'packages are no longer needed'],
  'dependency-version': ['a package is needed in another version', 'packages are needed in other versions'],
  'canonical-resolved': ['a canonical is no longer unresolved', 'canonicals are no longer unresolved'],
  'canonical-unresolved': ['a canonical cannot be resolved', 'canonicals cannot be resolved'],
  'profile-added': ['a profile is new', 'profiles are new'],
  'profile-removed': ['a profile was removed', 'profiles were removed'],
  'profile-renamed': ['a profile has another name', 'profiles have other names'],
  'profile-moved': ['the module of a profile has another path', 'modules of profiles have other paths'],
  'profile-canonical': ['a profile has another canonical', 'profiles have other canonicals'],
  'profile-type': ['a profile is for another type', 'profiles are for other types'],
  'profile-base': ['a profile has another base', 'profiles have other bases'],
  'profile-abstract': ['a profile became abstract or concrete', 'profiles became abstract or concrete'],
  'exports-removed': ['a module lost exports', 'modules lost exports'],
  'builder-methods': ['a builder has methods with other names', 'builders have methods with other names'],
  'element-added': ['an element is new', 'elements are new'],
  'element-removed': ['an element was removed', 'elements were removed'],
  'element-prohibited': ['an element is prohibited now', 'elements are prohibited now'],
  'element-allowed': ['an element that was prohibited is allowed', 'elements that were prohibited are allowed'],
  'element-array': [
    'an element changed between array and single value',
    'elements changed between array and single value',
  ],
  'min-raised': ['a minimum cardinality was raised', 'minimum cardinalities were raised'],
  'min-lowered': ['a minimum cardinality was lowered', 'minimum cardinalities were lowered'],
  'max-raised': ['a maximum cardinality was raised', 'maximum cardinalities were raised'],
  'max-lowered': ['a maximum cardinality was lowered', 'maximum cardinalities were lowered'],
  'type-added': ['an element has more types', 'elements have more types'],
  'type-removed': ['an element has fewer types', 'elements have fewer types'],
  'type-profiles': ['an element conforms to other profiles', 'elements conform to other profiles'],
  'target-profiles': ['a reference has other targets', 'references have other targets'],
  'binding-moved': [
    'a binding moved between a concept and its codings',
    'bindings moved between a concept and its codings',
  ],
  'slice-added': ['a slice is new', 'slices are new'],
  'slice-removed': ['a slice was removed', 'slices were removed'],
  'slice-renamed': ['a slice has another name', 'slices have other names'],
  'slice-required': ['a slice became required', 'slices became required'],
  'slice-optional': ['a slice became optional', 'slices became optional'],
  'slice-order': ['required slices have another order', 'slicings have their required slices in another order'],
  'slicing-rules': ['a slicing has other rules', 'slicings have other rules'],
  'slicing-order': ['a slicing has another rule of order', 'slicings have other rules of order'],
  'slicing-discriminators': ['a slice has other discriminators', 'slices have other discriminators'],
  'value-set-added': ['a value set is new', 'value sets are new'],
  'value-set-removed': ['a value set was removed', 'value sets were removed'],
  'value-set-renamed': ['a value set has another name', 'value sets have other names'],
  'value-set-moved': ['the module of a value set has another path', 'modules of value sets have other paths'],
  'value-set-canonical': ['a value set has another canonical', 'value sets have other canonicals'],
  'value-set-opened': ['a value set no longer lists all its codes', 'value sets no longer list all their codes'],
  'value-set-closed': ['a value set lists all its codes', 'value sets list all their codes'],
  'value-set-unresolved': ['a value set can no longer be resolved', 'value sets can no longer be resolved'],
  'value-set-resolved': ['a value set can be resolved', 'value sets can be resolved'],
  'codes-added': ['a value set has more codes', 'value sets have more codes'],
  'codes-removed': ['a value set has fewer codes', 'value sets have fewer codes'],
  'constants-removed': ['constants of a value set were removed', 'value sets lost constants'],
  'constants-renamed': ['constants of a value set have other names', 'value sets have constants with other names'],
  'constants-changed': [
    'constants of a value set have different codes',
    'value sets have constants with different codes',
  ],
  'fixed-value': ['a fixed value changed', 'fixed values changed'],
  pattern: ['a pattern changed', 'patterns changed'],
  'binding-strength': ['a binding has another strength', 'bindings have other strengths'],
  'binding-value-set': ['a binding has another value set', 'bindings have other value sets'],
  'max-value-set': ['a maximum value set changed', 'maximum value sets changed'],
  'min-value-set': ['a minimum value set changed', 'minimum value sets changed'],
  'conditional-bindings': ['bindings for some uses changed', 'elements have other bindings for some uses'],
  'additional-bindings': ['additional bindings changed', 'elements have other additional bindings'],
  'must-have-value': [
    'an element now needs, or no longer needs, a value',
    'elements now need, or no longer need, a value',
  ],
  'value-alternatives': [
    'extensions in place of a value changed',
    'elements have other extensions in place of a value',
  ],
  'max-length': ['a maximum length changed', 'maximum lengths changed'],
  'min-value': ['a minimum value changed', 'minimum values changed'],
  'max-value': ['a maximum value changed', 'maximum values changed'],
  'must-support': ['must-support changed', 'must-support flags changed'],
  obligations: ['the obligations of an element changed', 'elements have other obligations'],
  modifier: ['an element became, or is no longer, a modifier', 'elements became, or are no longer, modifiers'],
  'constraint-added': ['an invariant is new', 'invariants are new'],
  'constraint-removed': ['an invariant was removed', 'invariants were removed'],
  'constraint-changed': ['an invariant changed', 'invariants changed'],
  short: ['a description changed', 'descriptions changed'],
};

/**
 * A phrase for the changes of a kind.
 *
 * @param kind the kind of the changes
 * @param count the number of changes
 */
export function kindPhrase(kind: ChangeKind, count: number): string {
  const [one, many]: Phrase = isKnown(kind) ? PHRASES[kind] : [`a change of ${kind}`, `changes of ${kind}`];
  return count === 1 ? one : `${count} ${many}`;
}

function isKnown(kind: ChangeKind): kind is keyof typeof PHRASES {
  return Object.hasOwn(PHRASES, kind);
}
