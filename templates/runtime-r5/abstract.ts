import { isObject } from './json.js';

const METADATA =
  'ActivityDefinition|ChargeItemDefinition|Citation|CodeSystem|ConceptMap|ConditionDefinition|EventDefinition|Evidence|EvidenceReport|EvidenceVariable|Library|Measure|MedicationKnowledge|NamingSystem|ObservationDefinition|PlanDefinition|Questionnaire|SpecimenDefinition|ValueSet';
const CANONICAL =
  'ActorDefinition|CapabilityStatement|CompartmentDefinition|ExampleScenario|GraphDefinition|ImplementationGuide|MessageDefinition|OperationDefinition|Requirements|SearchParameter|StructureDefinition|StructureMap|SubscriptionTopic|TerminologyCapabilities|TestPlan|TestScript';

/** Abstract resource types, and those that do not specialise them (FHIR R5, Resource, DomainResource, CanonicalResource). */
const ABSTRACT: ReadonlyMap<string, RegExp> = /* @__PURE__ */ new Map([
  ['MetadataResource', /* @__PURE__ */ new RegExp(`^(?!(?:${METADATA})$)`)],
  ['CanonicalResource', /* @__PURE__ */ new RegExp(`^(?!(?:${METADATA}|${CANONICAL})$)`)],
  ['Resource', /^(Domain|Canonical|Metadata)?Resource$/],
  ['DomainResource', /^((Domain|Canonical|Metadata)?Resource|Binary|Bundle|Parameters)$/],
]);

/** Whether there are no instances of a resource type, only of those that specialise it. */
export function isAbstract(type: string): boolean {
  return ABSTRACT.has(type);
}

/**
 * The type of a value judged by a profile: that of the profile, or one that specialises it where that is abstract.
 *
 * @param type FHIR type of the profile
 * @param value anything
 */
export function typeOf(type: string, value: unknown): string {
  const others = ABSTRACT.get(type);
  const own = others && isObject(value) ? value['resourceType'] : undefined;
  return typeof own === 'string' && /^[A-Z]\w*$/.test(own) && others?.test(own) === false ? own : type;
}
