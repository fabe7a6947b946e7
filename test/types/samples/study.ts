import type { Extension, Identifier, ImagingStudy, ImagingStudySeries, ImagingStudySeriesInstance } from 'fhir/r4.js';
import {
  type Builder,
  builderClass,
  type IdMethods,
  type Items,
  type NarrativeMethods,
  type ResourceMethods,
  type Unchecked,
} from '../../../templates/runtime/builder.js';
import type { ProfileCompletion } from '../../../templates/runtime/completion.js';
import { create } from '../../../templates/runtime/create.js';
import type { ProfileTable } from '../../../templates/runtime/table.js';
import type { HasSlice, ItemsFrom1, Reference } from '../../../templates/runtime/types.js';

/** A hand-written equivalent of the generated code for a profile, which the runtime is designed for. */

export interface Uid extends Identifier {
  system: 'urn:dicom:uid';
  value: string;
}

export interface Frames extends Extension {
  url: 'https://example.org/frames';
  valueInteger: number;
}

export interface StudyInstance extends ImagingStudySeriesInstance {
  uid: string;
  extension?: (Frames | Extension)[] | undefined;
}

export interface StudySeries extends ImagingStudySeries {
  laterality: { system: 'http://snomed.info/sct'; code: '7771000' | '24028007' };
  instance: [StudyInstance, ...StudyInstance[]];
}

export interface Study extends ImagingStudy {
  readonly '~profile'?: { readonly 'https://example.org/study': true };
  identifier:
    | (HasSlice<'studyInstanceUid'> & [Uid | Identifier, ...(Uid | Identifier)[]])
    | ([Uid, ...(Uid | Identifier)[]] & ItemsFrom1<Uid | Identifier>);
  subject: Reference<'Patient', { readonly 'https://example.org/patient': true }> | Reference<'Group'>;
  series: [StudySeries];
}

/** A derived profile, which names its ancestor too. */
export interface FinalStudy extends Study {
  readonly '~profile'?: { readonly 'https://example.org/study': true; readonly 'https://example.org/final': true };
  status: 'available';
}

const frames: ProfileTable = {
  url: 'https://example.org/frames',
  type: 'Extension',
  rule: {
    children: {
      url: { fixed: 'https://example.org/frames' },
      'value[x]': { min: 1, types: [{ code: 'integer' }] },
      extension: { max: 0 },
    },
  },
};

const uid: ProfileTable = {
  url: 'https://example.org/uid',
  type: 'Identifier',
  rule: { children: { system: { min: 1, fixed: 'urn:dicom:uid' }, value: { min: 1 } } },
};

export const studyTable: ProfileTable = {
  url: 'https://example.org/study',
  type: 'ImagingStudy',
  base: {
    id: '0..1 id',
    meta: '0..1 Meta',
    implicitRules: '0..1 uri',
    language: '0..1 code',
    text: '0..1 Narrative',
    contained: '0..* Resource',
    extension: '0..* Extension',
    modifierExtension: '0..* Extension',
    identifier: '0..* Identifier',
    status: {
      is: '1..1 code',
      codes: {
        url: 'http://hl7.org/fhir/ValueSet/imagingstudy-status',
        systems: [
          ['http://hl7.org/fhir/imagingstudy-status', ['registered', 'available', 'cancelled', 'entered-in-error']],
        ],
      },
    },
    subject: '1..1 Reference(Patient|Device|Group)',
    started: '0..1 dateTime',
    numberOfSeries: '0..1 unsignedInt',
    series: {
      is: '0..* BackboneElement',
      children: {
        id: '0..1 string',
        extension: '0..* Extension',
        modifierExtension: '0..* Extension',
        uid: '1..1 id',
        modality: '1..1 Coding',
        laterality: '0..1 Coding',
        instance: {
          is: '0..* BackboneElement',
          children: {
            id: '0..1 string',
            extension: '0..* Extension',
            modifierExtension: '0..* Extension',
            uid: '1..1 id',
            sopClass: '1..1 Coding',
          },
        },
      },
    },
  },
  rule: {
    children: {
      identifier: {
        min: 1,
        slicing: {
          rules: 'open',
          slices: [
            {
              name: 'studyInstanceUid',
              when: [{ at: 'system', is: { fixed: 'urn:dicom:uid' } }],
              rule: { min: 1, max: 1, types: [{ code: 'Identifier', profiles: [() => uid] }] },
            },
          ],
        },
      },
      subject: { types: [{ code: 'Reference', targets: ['Patient|https://example.org/patient', 'Group'] }] },
      series: {
        min: 1,
        max: 1,
        children: {
          laterality: { min: 1 },
          instance: {
            min: 1,
            children: {
              extension: {
                slicing: {
                  rules: 'open',
                  slices: [
                    {
                      name: 'number-of-frames',
                      when: [{ at: 'url', is: { fixed: 'https://example.org/frames' } }],
                      rule: { max: 1, types: [{ code: 'Extension', profiles: [() => frames] }] },
                    },
                  ],
                },
              },
            },
          },
        },
      },
    },
  },
};

/** The values that `create` writes. */
export const studyCompletion: ProfileCompletion = {
  table: studyTable,
  members: {
    identifier: {
      slices: [{ key: 'studyInstanceUid', bare: 'value', item: { members: { system: { write: 'urn:dicom:uid' } } } }],
    },
    series: {
      item: {
        members: {
          instance: {
            item: {
              members: {
                extension: {
                  slices: [
                    {
                      key: 'numberOfFrames',
                      name: 'number-of-frames',
                      bare: 'valueInteger',
                      item: { members: { url: { write: 'https://example.org/frames' } } },
                    },
                  ],
                },
              },
            },
          },
        },
      },
    },
  },
};

/** Input of `create` for `ImagingStudy.series.instance`. */
export interface StudyInstanceInput extends Omit<StudyInstance, 'extension'> {
  extension?: Extension[] | { numberOfFrames?: number | Extension; others?: Extension[] } | undefined;
}

/** Input of `create` for `ImagingStudy.series`. */
export interface StudySeriesInput extends Omit<StudySeries, 'instance'> {
  instance: StudyInstanceInput[];
}

/** Builds `ImagingStudy.series.instance`. */
export interface StudyInstanceBuilder<out M extends string = 'uid' | 'sopClass'>
  extends Builder<StudyInstanceInput, M>, IdMethods {
  setUid(value: string): StudyInstanceBuilder<Exclude<M, 'uid'>>;
  setSopClass(value: StudyInstance['sopClass']): StudyInstanceBuilder<Exclude<M, 'sopClass'>>;
  addNumberOfFrames(value: number | Extension | undefined): this;
  addExtension(...values: Items<Extension>): this;
}

/** Builds `ImagingStudy.series.instance`. */
export const StudyInstanceBuilder = builderClass<
  StudyInstanceBuilder,
  StudyInstanceBuilder<never>,
  StudyInstanceBuilder<Unchecked>
>(studyCompletion, 'series.instance', ['uid', 'sopClass', 'extension:numberOfFrames', 'extension[]']);

/** Builds `ImagingStudy.series`. */
export interface StudySeriesBuilder<out M extends string = 'uid' | 'modality' | 'laterality' | 'instance'>
  extends Builder<StudySeriesInput, M>, IdMethods {
  setUid(value: string): StudySeriesBuilder<Exclude<M, 'uid'>>;
  setModality(value: StudySeries['modality']): StudySeriesBuilder<Exclude<M, 'modality'>>;
  setLaterality(value: StudySeries['laterality']): StudySeriesBuilder<Exclude<M, 'laterality'>>;
  addInstance(...values: [StudyInstanceInput, ...StudyInstanceInput[]]): StudySeriesBuilder<Exclude<M, 'instance'>>;
}

/** Builds `ImagingStudy.series`. */
export const StudySeriesBuilder = builderClass<
  StudySeriesBuilder,
  StudySeriesBuilder<never>,
  StudySeriesBuilder<Unchecked>
>(studyCompletion, 'series', ['uid', 'modality', 'laterality', 'instance[]']);

/** Builds a study. */
export interface StudyBuilder<out M extends string = 'identifier:studyInstanceUid' | 'status' | 'subject' | 'series'>
  extends Builder<Study, M>, ResourceMethods, NarrativeMethods, IdMethods {
  setStatus(value: Study['status']): StudyBuilder<Exclude<M, 'status'>>;
  setSubject(value: Study['subject']): StudyBuilder<Exclude<M, 'subject'>>;
  addSeries(...values: [StudySeriesInput, ...StudySeriesInput[]]): StudyBuilder<Exclude<M, 'series'>>;
  /** An item outside the slices. */
  addIdentifier(...values: Items<Identifier>): this;
  addStudyInstanceUid(value: Partial<Uid>): StudyBuilder<Exclude<M, 'identifier:studyInstanceUid'>>;
  setStarted(value: string | undefined): this;
}

/** Builds a study. */
export const StudyBuilder = builderClass<StudyBuilder, StudyBuilder<never>, StudyBuilder<Unchecked>>(
  studyCompletion,
  '',
  ['status', 'subject', 'series[]', 'identifier[]', 'started'],
  { addStudyInstanceUid: 'identifier:studyInstanceUid' },
);

/** Input of `create`. */
export interface StudyInput extends Omit<Study, 'resourceType' | '~profile' | 'identifier' | 'series'> {
  identifier: Identifier[] | { studyInstanceUid: Partial<Uid>; others?: Identifier[] };
  series: StudySeriesInput[];
}

export function createStudy(input: StudyInput): Study {
  return create(studyCompletion, input) as Study;
}
