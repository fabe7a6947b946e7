/**
 * Names that the runtime of a generated package and its index export: generated modules import some of them, so no
 * profile may have one. A test holds this list to the runtime itself.
 */
export const RUNTIME_EXPORTS: readonly string[] = (
  'WithText AnyCoding AtMostOneOf BareExtension BaseElement Builder BuilderTarget BundleMembers BundleOf CodeSet ' +
  'CodeWithin CodedConcept CodingOf Completion Concept ConceptSearch DocumentMembers ElementRule Enclosed ' +
  'EntriesOf Exactly ExtensionMethods FhirPathEngine HasCoding HasSlice IdMethods InvariantCheck ' +
  'InvariantRule Issue IssueType Items ItemsFrom1 ItemsFrom2 ItemsFrom3 ItemsFrom4 ItemsFrom5 ItemsFrom6 ' +
  'ItemsFrom7 ItemsFrom8 Json LiteralReference MakeBundleRules MemberCompletion ModifierExtensionMethods ' +
  'NarrativeMethods OmitMembers OneOf OneOrMore Parsed ProfileCompletion ProfileError ProfileTable ' +
  'ProfiledReference ProfilesOf QuantityOf Reference ReferenceText ReferenceTo Resolve ResourceMethods ' +
  'ResourceOf ResourceType Severity SingleCodedConcept SliceCompletion SliceRule SliceTest SlicedArray ' +
  'SlicingRule SomeOf StandardIssue StandardResult StandardSchema StillMissing TypeRule TargetOf TypeTable ' +
  'UncheckedReference ValidateOptions ValueSet assertConforms bundleRules collectionBundle conforms create ' +
  'documentBundle fhir4 isReferenceTo parse partBuilder profileBuilder profiles ref referenceFrom ' +
  'referenceTo resolve resolver schema sliceOf toOperationOutcome validate validateByProfile validateClaims ' +
  'valueSet'
).split(' ');
