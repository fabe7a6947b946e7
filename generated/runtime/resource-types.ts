/** The resource types of FHIR R4 and R4B: only these are types in the address of a resource (FHIR R4, References). */
export const isResourceType = (name: string): boolean => NAMES.has(name);

const NAMES: ReadonlySet<string> = /* @__PURE__ */ new Set(
  (
    'Account ActivityDefinition AdministrableProductDefinition AdverseEvent AllergyIntolerance ' +
    'Appointment AppointmentResponse AuditEvent Basic Binary BiologicallyDerivedProduct BodyStructure ' +
    'Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem ChargeItemDefinition Citation ' +
    'Claim ClaimResponse ClinicalImpression ClinicalUseDefinition CodeSystem Communication ' +
    'CommunicationRequest CompartmentDefinition Composition ConceptMap Condition Consent Contract ' +
    'Coverage CoverageEligibilityRequest CoverageEligibilityResponse DetectedIssue Device ' +
    'DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest ' +
    'DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest EnrollmentResponse ' +
    'EpisodeOfCare EventDefinition Evidence EvidenceReport EvidenceVariable ExampleScenario ' +
    'ExplanationOfBenefit FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse ' +
    'HealthcareService ImagingStudy Immunization ImmunizationEvaluation ImmunizationRecommendation ' +
    'ImplementationGuide Ingredient InsurancePlan Invoice Library Linkage List Location ' +
    'ManufacturedItemDefinition Measure MeasureReport Media Medication MedicationAdministration ' +
    'MedicationDispense MedicationKnowledge MedicationRequest MedicationStatement MedicinalProduct ' +
    'MedicinalProductAuthorization MedicinalProductContraindication MedicinalProductDefinition ' +
    'MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction ' +
    'MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical ' +
    'MedicinalProductUndesirableEffect MessageDefinition MessageHeader MolecularSequence NamingSystem ' +
    'NutritionOrder NutritionProduct Observation ObservationDefinition OperationDefinition ' +
    'OperationOutcome Organization OrganizationAffiliation PackagedProductDefinition Parameters Patient ' +
    'PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner PractitionerRole Procedure ' +
    'Provenance Questionnaire QuestionnaireResponse RegulatedAuthorization RelatedPerson RequestGroup ' +
    'ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment ' +
    'RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot Specimen SpecimenDefinition ' +
    'StructureDefinition StructureMap Subscription SubscriptionStatus SubscriptionTopic Substance ' +
    'SubstanceDefinition SubstanceNucleicAcid SubstancePolymer SubstanceProtein ' +
    'SubstanceReferenceInformation SubstanceSourceMaterial SubstanceSpecification SupplyDelivery ' +
    'SupplyRequest Task TerminologyCapabilities TestReport TestScript ValueSet VerificationResult ' +
    'VisionPrescription'
  ).split(' '),
);
