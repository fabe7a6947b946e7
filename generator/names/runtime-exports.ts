/**
 * Names that the runtime of a generated package and its index export: generated modules import some of them, so no
 * profile may have one. A test holds this list to the runtime itself.
 */
export const RUNTIME_EXPORTS: readonly string[] = (
  'AnyCoding AtMostOneOf BareExtension BaseElement CodeSet CodedConcept CodingOf ElementRule Exactly FhirPathEngine Gathered ' +
  'Completion HasCoding HasSlice InvariantCheck InvariantRule Issue IssueType ' +
  'ItemsFrom1 ItemsFrom2 ItemsFrom3 ItemsFrom4 ItemsFrom5 ItemsFrom6 ItemsFrom7 ItemsFrom8 Json LiteralReference MemberCompletion OmitMembers OneOf OneOrMore Parsed ' +
  'PartBuilder ProfileBuilder ProfileCompletion ProfileError ProfileTable ProfiledReference ProfilesOf QuantityOf Reference ReferenceText ReferenceTo ' +
  'Severity SingleCodedConcept SliceCompletion SlicedArray SliceRule SliceTest SlicingRule SomeOf StandardIssue StandardResult StandardSchema ' +
  'StillMissing TypeRule TypeTable UncheckedReference ValidateOptions assertConforms conforms create parse profiles ' +
  'profileTag ref referenceTo schema sliceOf toOperationOutcome validate validateByProfile validateClaims'
).split(' ');
