/**
 * What invariants of FHIR's own types ask of an instance. The model has them as FHIRPath, which says whether an
 * instance is valid and not how to make one; so those that a synthesised instance would break are written out here.
 */

/** Members that are there wherever they may be, by invariant. */
export const ALWAYS: ReadonlyMap<string, string> = new Map([
  ['Appointment.participant.actor', 'app-1'],
  ['Composition.section.text', 'cmp-1'],
  ['Consent.policyRule', 'ppc-1'],
  ['ContactPoint.system', 'cpt-2'],
  ['Expression.expression', 'exp-1'],
  ['Goal.target.measure', 'gol-1'],
  ['Identifier.system', 'bdl-9'],
  ['Identifier.value', 'bdl-9'],
  ['ImmunizationRecommendation.recommendation.vaccineCode', 'imr-1'],
  ['Observation.value[x]', 'vs-2 and the like'],
  ['Observation.component.value[x]', 'vs-3 and the like'],
  ['PractitionerRole.practitioner', 'us-core-13'],
  ['PractitionerRole.telecom', 'pd-1'],
  ['RelatedPerson.name', 'us-core-14'],
]);

/** Members that are left out unless they are required, by invariant. */
export const NEVER: ReadonlyMap<string, string> = new Map([
  ['Appointment.cancelationReason', 'app-4'],
  ['Bundle.total', 'bdl-1'],
  ['Bundle.entry.search', 'bdl-2'],
  ['Bundle.entry.request', 'bdl-3'],
  ['Bundle.entry.response', 'bdl-4'],
  ['CarePlan.activity.reference', 'cpl-3'],
  ['Composition.section.emptyReason', 'cmp-2'],
  ['FamilyMemberHistory.age[x]', 'fhs-1'],
  ['FamilyMemberHistory.estimatedAge', 'fhs-2'],
  ['List.emptyReason', 'lst-1'],
  ['List.entry.deleted', 'lst-2'],
  ['Observation.dataAbsentReason', 'obs-6'],
  ['QuestionnaireResponse.item.item', 'qrs-1'],
  ['Timing.repeat.when', 'tim-10'],
]);
