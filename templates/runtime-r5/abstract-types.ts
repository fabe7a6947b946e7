const METADATA =
  'ActivityDefinition|ChargeItemDefinition|Citation|CodeSystem|ConceptMap|ConditionDefinition|EventDefinition|Evidence|EvidenceReport|EvidenceVariable|Library|Measure|MedicationKnowledge|NamingSystem|ObservationDefinition|PlanDefinition|Questionnaire|SpecimenDefinition|ValueSet';
const CANONICAL =
  'ActorDefinition|CapabilityStatement|CompartmentDefinition|ExampleScenario|GraphDefinition|ImplementationGuide|MessageDefinition|OperationDefinition|Requirements|SearchParameter|StructureDefinition|StructureMap|SubscriptionTopic|TerminologyCapabilities|TestPlan|TestScript';

/** Abstract resource types, and those that do not specialise them (FHIR R5, Resource, DomainResource, CanonicalResource). */
export const ABSTRACT: ReadonlyMap<string, RegExp> = /* @__PURE__ */ new Map([
  ['MetadataResource', /* @__PURE__ */ new RegExp(`^(?!(?:${METADATA})$)`)],
  ['CanonicalResource', /* @__PURE__ */ new RegExp(`^(?!(?:${METADATA}|${CANONICAL})$)`)],
  ['Resource', /^(Domain|Canonical|Metadata)?Resource$/],
  ['DomainResource', /^((Domain|Canonical|Metadata)?Resource|Binary|Bundle|Parameters)$/],
]);
