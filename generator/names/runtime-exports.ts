/**
 * Names that the runtime of a generated package and its index export: generated modules import some of them, so no
 * profile may have one. A test compares this list with the runtime.
 */
export const RUNTIME_EXPORTS: readonly string[] = (
  'AnyCoding AtMostOneOf BareExtension BaseElement Builder BuilderClass BuilderTarget BundleMembers BundleOf ' +
  'CheckCodes CodeSet CodeWithin CodedConcept CodingOf Completion Concept ConceptSearch ConceptsOf DocumentMembers ' +
  'EachCodedConcept Edited ElementRule Enclosed EntriesOf Exactly ExtensionContexts ExtensionMethods ' +
  'FhirPathEngine HasCoding HasSlice IdMethods InvariantCheck InvariantRule InvariantTexts Issue IssueType ' +
  'ItemOf Items ItemsFrom ItemsFrom1 ItemsFrom2 ItemsFrom3 ItemsFrom4 ItemsFrom5 ItemsFrom6 ItemsFrom7 ' +
  'ItemsFrom8 Json Language LastOf LiteralReference LiteralReferenceTo MakeBundleRules MayHave ' +
  'MemberCompletion ModifierExtensionMethods MustHaveOneOf NarrativeMethods OmitMembers OneOf OneOrMore ' +
  'Optional Parsed ProfileCompletion ProfileError ProfileTable ProfiledReference ProfilesOf QuantityOf ' +
  'Reference ReferenceText ReferenceTo Resolve ResourceMethods ResourceOf ResourceType Severity ' +
  'SingleCodedConcept SliceCompletion SliceReader SliceRule SliceTest SliceWriter SlicedArray SlicedTuple ' +
  'SlicingRule SomeOf StandardIssue StandardResult StandardSchema StillMissing TargetOf TypeRule TypeTable ' +
  'Unchecked UncheckedReference ValidateOptions ValueSet WithText append assertConforms ' +
  'builderClass bundleRules codesWhere collectionBundle conceptOf conceptsOf conforms create dicomUid dicomUrn ' +
  'documentBundle fhir4 french isDicomUid isReferenceTo nonEmpty oneOrMore othersOf parse profiles ref ' +
  'referenceFrom referenceTo resolve resolver schema sliceReader sliceWriter toOperationOutcome validate ' +
  'validateByProfile validateClaims valueSet'
).split(' ');
