/**
 * Names that the runtime of a generated package and its index export: generated modules import some of them, so no
 * profile may have one. A test holds this list to the runtime itself.
 */
export const RUNTIME_EXPORTS: readonly string[] = (
  'AnyCoding AtMostOneOf BareExtension BaseElement Builder BuilderClass BuilderTarget CodeSet CodeWithin ' +
  'CodedConcept CodingOf Completion Concept ConceptSearch EachCodedConcept Edited ElementRule Exactly ExtensionContexts ' +
  'ExtensionMethods FhirPathEngine HasCoding HasSlice IdMethods InvariantCheck InvariantRule Issue IssueType ' +
  'ItemOf Items ItemsFrom ItemsFrom1 ItemsFrom2 ItemsFrom3 ItemsFrom4 ItemsFrom5 ItemsFrom6 ItemsFrom7 ' +
  'ItemsFrom8 Json Language LastOf LiteralReference MakeBundleRules MayHave MemberCompletion ' +
  'ModifierExtensionMethods NarrativeMethods OmitMembers OneOf OneOrMore Optional Parsed ProfileCompletion ' +
  'ProfileError ProfileTable ProfiledReference ProfilesOf QuantityOf Reference ReferenceText ReferenceTo ' +
  'ResourceMethods Severity SingleCodedConcept SliceCompletion SliceReader SliceRule SliceTest SliceWriter ' +
  'SlicedArray SlicedTuple SlicingRule SomeOf StandardIssue StandardResult StandardSchema StillMissing ' +
  'TypeRule TypeTable Unchecked UncheckedReference ValidateOptions ValueSet append assertConforms builderClass ' +
  'bundleRules conforms create fhir4 french nonEmpty oneOrMore othersOf parse profiles ref referenceTo schema ' +
  'sliceReader sliceWriter toOperationOutcome validate validateByProfile validateClaims valueSet'
).split(' ');
