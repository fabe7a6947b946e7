/**
 * What invariants of FHIR's own types ask of an instance. The model has them as FHIRPath, which says whether an
 * instance is valid and not how to make one; so those that a synthesised instance would break are written out here.
 */

/** Members that are there wherever they may be, by invariant. */
export const ALWAYS: ReadonlyMap<string, string> = new Map([
  ['AllergyIntolerance.clinicalStatus', 'ait-1'],
  ['Age.unit', 'ele-1, with age-1'],
  ['Appointment.participant.actor', 'app-1'],
  ['Composition.section.text', 'cmp-1'],
  ['Count.unit', 'ele-1, with cnt-3'],
  ['Distance.unit', 'ele-1, with dis-1'],
  ['Consent.policyRule', 'ppc-1'],
  ['ContactPoint.system', 'cpt-2'],
  ['Expression.expression', 'exp-1'],
  ['Goal.target.measure', 'gol-1'],
  ['Identifier.system', 'bdl-9'],
  ['Identifier.value', 'bdl-9'],
  ['ImmunizationRecommendation.recommendation.vaccineCode', 'imr-1'],
  ['Observation.value[x]', 'vs-2 and the like'],
  ['Observation.component.value[x]', 'vs-3 and the like'],
  ['Organization.name', 'org-1'],
  ['PractitionerRole.practitioner', 'us-core-13'],
  ['PractitionerRole.telecom', 'pd-1'],
  ['RelatedPerson.name', 'us-core-14'],
  ['TriggerDefinition.name', 'trd-3'],
  ['ValueSet.expansion.contains.code', 'vsd-6'],
  ['ValueSet.expansion.contains.system', 'vsd-10'],
]);

/** Members that are left out unless they are required, by invariant. */
export const NEVER: ReadonlyMap<string, string> = new Map([
  ['Address.use', 'org-2'],
  ['Age.code', 'qty-3'],
  ['Age.system', 'age-1'],
  ['Age.value', 'age-1'],
  ['Appointment.cancelationReason', 'app-4'],
  ['Bundle.total', 'bdl-1'],
  ['Bundle.entry.search', 'bdl-2'],
  ['Bundle.entry.request', 'bdl-3'],
  ['Bundle.entry.response', 'bdl-4'],
  ['CarePlan.activity.reference', 'cpl-3'],
  ['Composition.section.emptyReason', 'cmp-2'],
  ['Condition.abatement[x]', 'con-4'],
  ['ContactPoint.use', 'org-3'],
  ['Count.code', 'cnt-3'],
  ['Count.system', 'cnt-3'],
  ['Count.value', 'cnt-3'],
  ['Distance.code', 'qty-3'],
  ['Distance.system', 'dis-1'],
  ['Distance.value', 'dis-1'],
  ['Duration.code', 'drt-1'],
  ['FamilyMemberHistory.age[x]', 'fhs-1'],
  ['FamilyMemberHistory.estimatedAge', 'fhs-2'],
  ['List.emptyReason', 'lst-1'],
  ['List.entry.deleted', 'lst-2'],
  ['Observation.component', 'obs-social-result-required'],
  ['Observation.dataAbsentReason', 'obs-6'],
  ['QuestionnaireResponse.item.item', 'qrs-1'],
  ['Timing.repeat.when', 'tim-10'],
  ['ValueSet.compose.include.filter', 'vsd-3'],
]);
