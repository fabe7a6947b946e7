import type { InvariantRule, TypeTable } from './table.js';

/**
 * The complex datatypes of FHIR R4 by name, from their StructureDefinitions in hl7.fhir.r4.core 4.0.1, with the same
 * order of elements, required bindings and targets. `SimpleQuantity` is the one profile that FHIR's own types use. The
 * generator rewrites this file for each package, from the pinned definitions.
 */
export const datatypes: Readonly<Record<string, TypeTable>> = {
  Address: {
    id: '0..1 string',
    extension: '0..* Extension',
    use: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/address-use',
        systems: [['http://hl7.org/fhir/address-use', ['home', 'work', 'temp', 'old', 'billing']]],
      },
    },
    type: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/address-type',
        systems: [['http://hl7.org/fhir/address-type', ['postal', 'physical', 'both']]],
      },
    },
    text: '0..1 string',
    line: '0..* string',
    city: '0..1 string',
    district: '0..1 string',
    state: '0..1 string',
    postalCode: '0..1 string',
    country: '0..1 string',
    period: '0..1 Period',
  },
  Age: {
    id: '0..1 string',
    extension: '0..* Extension',
    value: '0..1 decimal',
    comparator: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/quantity-comparator',
        systems: [['http://hl7.org/fhir/quantity-comparator', ['<', '<=', '>=', '>']]],
      },
    },
    unit: '0..1 string',
    system: '0..1 uri',
    code: '0..1 code',
  },
  Annotation: {
    id: '0..1 string',
    extension: '0..* Extension',
    'author[x]': '0..1 Reference(Practitioner|Patient|RelatedPerson|Organization)|string',
    time: '0..1 dateTime',
    text: '1..1 markdown',
  },
  Attachment: {
    id: '0..1 string',
    extension: '0..* Extension',
    contentType: '0..1 code',
    language: '0..1 code',
    data: '0..1 base64Binary',
    url: '0..1 url',
    size: '0..1 unsignedInt',
    hash: '0..1 base64Binary',
    title: '0..1 string',
    creation: '0..1 dateTime',
  },
  CodeableConcept: { id: '0..1 string', extension: '0..* Extension', coding: '0..* Coding', text: '0..1 string' },
  Coding: {
    id: '0..1 string',
    extension: '0..* Extension',
    system: '0..1 uri',
    version: '0..1 string',
    code: '0..1 code',
    display: '0..1 string',
    userSelected: '0..1 boolean',
  },
  ContactDetail: { id: '0..1 string', extension: '0..* Extension', name: '0..1 string', telecom: '0..* ContactPoint' },
  ContactPoint: {
    id: '0..1 string',
    extension: '0..* Extension',
    system: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/contact-point-system',
        systems: [
          ['http://hl7.org/fhir/contact-point-system', ['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other']],
        ],
      },
    },
    value: '0..1 string',
    use: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/contact-point-use',
        systems: [['http://hl7.org/fhir/contact-point-use', ['home', 'work', 'temp', 'old', 'mobile']]],
      },
    },
    rank: '0..1 positiveInt',
    period: '0..1 Period',
  },
  Contributor: {
    id: '0..1 string',
    extension: '0..* Extension',
    type: {
      is: '1..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/contributor-type',
        systems: [['http://hl7.org/fhir/contributor-type', ['author', 'editor', 'reviewer', 'endorser']]],
      },
    },
    name: '1..1 string',
    contact: '0..* ContactDetail',
  },
  Count: {
    id: '0..1 string',
    extension: '0..* Extension',
    value: '0..1 decimal',
    comparator: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/quantity-comparator',
        systems: [['http://hl7.org/fhir/quantity-comparator', ['<', '<=', '>=', '>']]],
      },
    },
    unit: '0..1 string',
    system: '0..1 uri',
    code: '0..1 code',
  },
  DataRequirement: {
    id: '0..1 string',
    extension: '0..* Extension',
    type: '1..1 code',
    profile: '0..* canonical(StructureDefinition)',
    'subject[x]': '0..1 CodeableConcept|Reference(Group)',
    mustSupport: '0..* string',
    codeFilter: {
      is: '0..* Element',
      children: {
        id: '0..1 string',
        extension: '0..* Extension',
        path: '0..1 string',
        searchParam: '0..1 string',
        valueSet: '0..1 canonical(ValueSet)',
        code: '0..* Coding',
      },
      invariants: [
        {
          key: 'drq-1',
          severity: 'error',
          expression: 'path.exists() xor searchParam.exists()',
          check: ['xor', 'path', 'searchParam'],
        },
      ],
    },
    dateFilter: {
      is: '0..* Element',
      children: {
        id: '0..1 string',
        extension: '0..* Extension',
        path: '0..1 string',
        searchParam: '0..1 string',
        'value[x]': '0..1 dateTime|Period|Duration',
      },
      invariants: [
        {
          key: 'drq-2',
          severity: 'error',
          expression: 'path.exists() xor searchParam.exists()',
          check: ['xor', 'path', 'searchParam'],
        },
      ],
    },
    limit: '0..1 positiveInt',
    sort: {
      is: '0..* Element',
      children: {
        id: '0..1 string',
        extension: '0..* Extension',
        path: '1..1 string',
        direction: '1..1 code(ascending|descending)',
      },
    },
  },
  Distance: {
    id: '0..1 string',
    extension: '0..* Extension',
    value: '0..1 decimal',
    comparator: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/quantity-comparator',
        systems: [['http://hl7.org/fhir/quantity-comparator', ['<', '<=', '>=', '>']]],
      },
    },
    unit: '0..1 string',
    system: '0..1 uri',
    code: '0..1 code',
  },
  Dosage: {
    id: '0..1 string',
    extension: '0..* Extension',
    modifierExtension: '0..* Extension',
    sequence: '0..1 integer',
    text: '0..1 string',
    additionalInstruction: '0..* CodeableConcept',
    patientInstruction: '0..1 string',
    timing: '0..1 Timing',
    'asNeeded[x]': '0..1 boolean|CodeableConcept',
    site: '0..1 CodeableConcept',
    route: '0..1 CodeableConcept',
    method: '0..1 CodeableConcept',
    doseAndRate: {
      is: '0..* Element',
      children: {
        id: '0..1 string',
        extension: '0..* Extension',
        type: '0..1 CodeableConcept',
        'dose[x]': '0..1 Range|SimpleQuantity',
        'rate[x]': '0..1 Ratio|Range|SimpleQuantity',
      },
    },
    maxDosePerPeriod: '0..1 Ratio',
    maxDosePerAdministration: '0..1 SimpleQuantity',
    maxDosePerLifetime: '0..1 SimpleQuantity',
  },
  Duration: {
    id: '0..1 string',
    extension: '0..* Extension',
    value: '0..1 decimal',
    comparator: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/quantity-comparator',
        systems: [['http://hl7.org/fhir/quantity-comparator', ['<', '<=', '>=', '>']]],
      },
    },
    unit: '0..1 string',
    system: '0..1 uri',
    code: '0..1 code',
  },
  Expression: {
    id: '0..1 string',
    extension: '0..* Extension',
    description: '0..1 string',
    name: '0..1 id',
    language: '1..1 code',
    expression: '0..1 string',
    reference: '0..1 uri',
  },
  Extension: {
    id: '0..1 string',
    extension: '0..* Extension',
    url: '1..1 uri',
    'value[x]':
      '0..1 base64Binary|boolean|canonical|code|date|dateTime|decimal|id|instant|integer|markdown|oid|positiveInt|string|time|unsignedInt|uri|url|uuid|Address|Age|Annotation|Attachment|CodeableConcept|Coding|ContactPoint|Count|Distance|Duration|HumanName|Identifier|Money|Period|Quantity|Range|Ratio|Reference|SampledData|Signature|Timing|ContactDetail|Contributor|DataRequirement|Expression|ParameterDefinition|RelatedArtifact|TriggerDefinition|UsageContext|Dosage|Meta',
  },
  HumanName: {
    id: '0..1 string',
    extension: '0..* Extension',
    use: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/name-use',
        systems: [
          ['http://hl7.org/fhir/name-use', ['usual', 'official', 'temp', 'nickname', 'anonymous', 'old', 'maiden']],
        ],
      },
    },
    text: '0..1 string',
    family: '0..1 string',
    given: '0..* string',
    prefix: '0..* string',
    suffix: '0..* string',
    period: '0..1 Period',
  },
  Identifier: {
    id: '0..1 string',
    extension: '0..* Extension',
    use: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/identifier-use',
        systems: [['http://hl7.org/fhir/identifier-use', ['usual', 'official', 'temp', 'secondary', 'old']]],
      },
    },
    type: '0..1 CodeableConcept',
    system: '0..1 uri',
    value: '0..1 string',
    period: '0..1 Period',
    assigner: '0..1 Reference(Organization)',
  },
  Meta: {
    id: '0..1 string',
    extension: '0..* Extension',
    versionId: '0..1 id',
    lastUpdated: '0..1 instant',
    source: '0..1 uri',
    profile: '0..* canonical',
    security: '0..* Coding',
    tag: '0..* Coding',
  },
  Money: { id: '0..1 string', extension: '0..* Extension', value: '0..1 decimal', currency: '0..1 code' },
  Narrative: {
    id: '0..1 string',
    extension: '0..* Extension',
    status: {
      is: '1..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/narrative-status',
        systems: [['http://hl7.org/fhir/narrative-status', ['generated', 'extensions', 'additional', 'empty']]],
      },
    },
    div: '1..1 xhtml',
  },
  ParameterDefinition: {
    id: '0..1 string',
    extension: '0..* Extension',
    name: '0..1 code',
    use: {
      is: '1..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/operation-parameter-use',
        systems: [['http://hl7.org/fhir/operation-parameter-use', ['in', 'out']]],
      },
    },
    min: '0..1 integer',
    max: '0..1 string',
    documentation: '0..1 string',
    type: '1..1 code',
    profile: '0..1 canonical',
  },
  Period: { id: '0..1 string', extension: '0..* Extension', start: '0..1 dateTime', end: '0..1 dateTime' },
  Quantity: {
    id: '0..1 string',
    extension: '0..* Extension',
    value: '0..1 decimal',
    comparator: {
      is: '0..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/quantity-comparator',
        systems: [['http://hl7.org/fhir/quantity-comparator', ['<', '<=', '>=', '>']]],
      },
    },
    unit: '0..1 string',
    system: '0..1 uri',
    code: '0..1 code',
  },
  Range: { id: '0..1 string', extension: '0..* Extension', low: '0..1 SimpleQuantity', high: '0..1 SimpleQuantity' },
  Ratio: { id: '0..1 string', extension: '0..* Extension', numerator: '0..1 Quantity', denominator: '0..1 Quantity' },
  Reference: {
    id: '0..1 string',
    extension: '0..* Extension',
    reference: '0..1 string',
    type: '0..1 uri',
    identifier: '0..1 Identifier',
    display: '0..1 string',
  },
  RelatedArtifact: {
    id: '0..1 string',
    extension: '0..* Extension',
    type: {
      is: '1..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/related-artifact-type',
        systems: [
          [
            'http://hl7.org/fhir/related-artifact-type',
            [
              'documentation',
              'justification',
              'citation',
              'predecessor',
              'successor',
              'derived-from',
              'depends-on',
              'composed-of',
            ],
          ],
        ],
      },
    },
    label: '0..1 string',
    display: '0..1 string',
    citation: '0..1 markdown',
    url: '0..1 url',
    document: '0..1 Attachment',
    resource: '0..1 canonical',
  },
  SampledData: {
    id: '0..1 string',
    extension: '0..* Extension',
    origin: '1..1 SimpleQuantity',
    period: '1..1 decimal',
    factor: '0..1 decimal',
    lowerLimit: '0..1 decimal',
    upperLimit: '0..1 decimal',
    dimensions: '1..1 positiveInt',
    data: '0..1 string',
  },
  Signature: {
    id: '0..1 string',
    extension: '0..* Extension',
    type: '1..* Coding',
    when: '1..1 instant',
    who: '1..1 Reference(Practitioner|PractitionerRole|RelatedPerson|Patient|Device|Organization)',
    onBehalfOf: '0..1 Reference(Practitioner|PractitionerRole|RelatedPerson|Patient|Device|Organization)',
    targetFormat: '0..1 code',
    sigFormat: '0..1 code',
    data: '0..1 base64Binary',
  },
  SimpleQuantity: {
    id: '0..1 string',
    extension: '0..* Extension',
    value: '0..1 decimal',
    unit: '0..1 string',
    system: '0..1 uri',
    code: '0..1 code',
  },
  Timing: {
    id: '0..1 string',
    extension: '0..* Extension',
    modifierExtension: '0..* Extension',
    event: '0..* dateTime',
    repeat: {
      is: '0..1 Element',
      children: {
        id: '0..1 string',
        extension: '0..* Extension',
        'bounds[x]': '0..1 Duration|Range|Period',
        count: '0..1 positiveInt',
        countMax: '0..1 positiveInt',
        duration: '0..1 decimal',
        durationMax: '0..1 decimal',
        durationUnit: '0..1 code(s|min|h|d|wk|mo|a)',
        frequency: '0..1 positiveInt',
        frequencyMax: '0..1 positiveInt',
        period: '0..1 decimal',
        periodMax: '0..1 decimal',
        periodUnit: '0..1 code(s|min|h|d|wk|mo|a)',
        dayOfWeek: '0..* code(mon|tue|wed|thu|fri|sat|sun)',
        timeOfDay: '0..* time',
        when: '0..* code(MORN|MORN.early|MORN.late|NOON|AFT|AFT.early|AFT.late|EVE|EVE.early|EVE.late|NIGHT|PHS|HS|WAKE|C|CM|CD|CV|AC|ACM|ACD|ACV|PC|PCM|PCD|PCV)',
        offset: '0..1 unsignedInt',
      },
      invariants: [
        {
          key: 'tim-1',
          severity: 'error',
          expression: 'duration.empty() or durationUnit.exists()',
          check: ['or', ['not', 'duration'], 'durationUnit'],
        },
        {
          key: 'tim-2',
          severity: 'error',
          expression: 'period.empty() or periodUnit.exists()',
          check: ['or', ['not', 'period'], 'periodUnit'],
        },
        { key: 'tim-4', severity: 'error', expression: 'duration.exists() implies duration >= 0' },
        { key: 'tim-5', severity: 'error', expression: 'period.exists() implies period >= 0' },
        {
          key: 'tim-6',
          severity: 'error',
          expression: 'periodMax.empty() or period.exists()',
          check: ['or', ['not', 'periodMax'], 'period'],
        },
        {
          key: 'tim-7',
          severity: 'error',
          expression: 'durationMax.empty() or duration.exists()',
          check: ['or', ['not', 'durationMax'], 'duration'],
        },
        {
          key: 'tim-8',
          severity: 'error',
          expression: 'countMax.empty() or count.exists()',
          check: ['or', ['not', 'countMax'], 'count'],
        },
        {
          key: 'tim-9',
          severity: 'error',
          expression:
            "offset.empty() or (when.exists() and when.select($this in ('C' | 'CM' | 'CD' | 'CV')).allFalse())",
        },
        {
          key: 'tim-10',
          severity: 'error',
          expression: 'timeOfDay.empty() or when.empty()',
          check: ['or', ['not', 'timeOfDay'], ['not', 'when']],
        },
      ],
    },
    code: '0..1 CodeableConcept',
  },
  TriggerDefinition: {
    id: '0..1 string',
    extension: '0..* Extension',
    type: {
      is: '1..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/trigger-type',
        systems: [
          [
            'http://hl7.org/fhir/trigger-type',
            [
              'named-event',
              'periodic',
              'data-changed',
              'data-added',
              'data-modified',
              'data-removed',
              'data-accessed',
              'data-access-ended',
            ],
          ],
        ],
      },
    },
    name: '0..1 string',
    'timing[x]': '0..1 Timing|Reference(Schedule)|date|dateTime',
    data: '0..* DataRequirement',
    condition: '0..1 Expression',
  },
  UsageContext: {
    id: '0..1 string',
    extension: '0..* Extension',
    code: '1..1 Coding',
    'value[x]':
      '1..1 CodeableConcept|Quantity|Range|Reference(PlanDefinition|ResearchStudy|InsurancePlan|HealthcareService|Group|Location|Organization)',
  },
};

/** The invariants of datatypes. */
export const invariants: Readonly<Record<string, readonly InvariantRule[]>> = {
  Age: [
    {
      key: 'age-1',
      severity: 'error',
      expression:
        '(code.exists() or value.empty()) and (system.empty() or system = %ucum) and (value.empty() or value.hasValue().not() or value > 0)',
    },
    {
      key: 'qty-3',
      severity: 'error',
      expression: 'code.empty() or system.exists()',
      check: ['or', ['not', 'code'], 'system'],
    },
  ],
  Attachment: [
    {
      key: 'att-1',
      severity: 'error',
      expression: 'data.empty() or contentType.exists()',
      check: ['or', ['not', 'data'], 'contentType'],
    },
  ],
  ContactPoint: [
    {
      key: 'cpt-2',
      severity: 'error',
      expression: 'value.empty() or system.exists()',
      check: ['or', ['not', 'value'], 'system'],
    },
  ],
  Count: [
    {
      key: 'cnt-3',
      severity: 'error',
      expression:
        "(code.exists() or value.empty()) and (system.empty() or system = %ucum) and (code.empty() or code = '1') and (value.empty() or value.hasValue().not() or value.toString().contains('.').not())",
    },
    {
      key: 'qty-3',
      severity: 'error',
      expression: 'code.empty() or system.exists()',
      check: ['or', ['not', 'code'], 'system'],
    },
  ],
  Distance: [
    {
      key: 'dis-1',
      severity: 'error',
      expression: '(code.exists() or value.empty()) and (system.empty() or system = %ucum)',
    },
    {
      key: 'qty-3',
      severity: 'error',
      expression: 'code.empty() or system.exists()',
      check: ['or', ['not', 'code'], 'system'],
    },
  ],
  Duration: [
    { key: 'drt-1', severity: 'error', expression: 'code.exists() implies ((system = %ucum) and value.exists())' },
    {
      key: 'qty-3',
      severity: 'error',
      expression: 'code.empty() or system.exists()',
      check: ['or', ['not', 'code'], 'system'],
    },
  ],
  Expression: [
    {
      key: 'exp-1',
      severity: 'error',
      expression: 'expression.exists() or reference.exists()',
      check: ['or', 'expression', 'reference'],
    },
  ],
  Period: [
    { key: 'per-1', severity: 'error', expression: 'start.hasValue().not() or end.hasValue().not() or (start <= end)' },
  ],
  Quantity: [
    {
      key: 'qty-3',
      severity: 'error',
      expression: 'code.empty() or system.exists()',
      check: ['or', ['not', 'code'], 'system'],
    },
  ],
  Range: [{ key: 'rng-2', severity: 'error', expression: 'low.empty() or high.empty() or (low <= high)' }],
  Ratio: [
    {
      key: 'rat-1',
      severity: 'error',
      expression: '(numerator.empty() xor denominator.exists()) and (numerator.exists() or extension.exists())',
      check: ['and', ['xor', ['not', 'numerator'], 'denominator'], ['or', 'numerator', 'extension']],
    },
  ],
  TriggerDefinition: [
    {
      key: 'trd-1',
      severity: 'error',
      expression: 'data.empty() or timing.empty()',
      check: ['or', ['not', 'data'], ['not', 'timing']],
    },
    {
      key: 'trd-2',
      severity: 'error',
      expression: 'condition.exists() implies data.exists()',
      check: ['or', ['not', 'condition'], 'data'],
    },
    {
      key: 'trd-3',
      severity: 'error',
      expression:
        "(type = 'named-event' implies name.exists()) and (type = 'periodic' implies timing.exists()) and (type.startsWith('data-') implies data.exists())",
    },
  ],
};
