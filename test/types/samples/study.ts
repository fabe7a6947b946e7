import type { Extension, Identifier, ImagingStudy, ImagingStudySeries, ImagingStudySeriesInstance } from 'fhir/r4.js';
import { PartBuilder, ProfileBuilder } from '../../../templates/runtime/builder.js';
import type { ProfileCompletion } from '../../../templates/runtime/completion.js';
import { create } from '../../../templates/runtime/create.js';
import type { ProfileTable } from '../../../templates/runtime/table.js';
import type { HasSlice, ItemsFrom1, profileTag, Reference } from '../../../templates/runtime/types.js';

/** What the generator emits for a profile, written by hand: the pattern that the runtime is made for. */

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
  readonly [profileTag]?: { readonly 'https://example.org/study': true };
  identifier:
    | (HasSlice<'studyInstanceUid'> & [Uid | Identifier, ...(Uid | Identifier)[]])
    | ([Uid, ...(Uid | Identifier)[]] & ItemsFrom1<Uid | Identifier>);
  subject: Reference<'Patient', { readonly 'https://example.org/patient': true }> | Reference<'Group'>;
  series: [StudySeries];
}

/** A profile of the profile: it names its ancestor too. */
export interface FinalStudy extends Study {
  readonly [profileTag]?: { readonly 'https://example.org/study': true; readonly 'https://example.org/final': true };
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

/** What `create` writes. */
export const studyCompletion: ProfileCompletion = {
  url: studyTable.url,
  type: studyTable.type,
  ...(studyTable.base && { base: studyTable.base }),
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
  extension?: Extension[] | { numberOfFrames?: number | Extension; others?: Extension[] };
}

/** Input of `create` for `ImagingStudy.series`. */
export interface StudySeriesInput extends Omit<StudySeries, 'instance'> {
  instance: StudyInstanceInput[];
}

/** Builds `ImagingStudy.series.instance`. */
export class StudyInstanceBuilder<out M extends string = 'uid' | 'sopClass'> extends PartBuilder<
  StudyInstanceInput,
  M
> {
  setUid(value: string): StudyInstanceBuilder<Exclude<M, 'uid'>> {
    return this.put('uid', value) as StudyInstanceBuilder<Exclude<M, 'uid'>>;
  }
  setSopClass(value: StudyInstance['sopClass']): StudyInstanceBuilder<Exclude<M, 'sopClass'>> {
    return this.put('sopClass', value) as StudyInstanceBuilder<Exclude<M, 'sopClass'>>;
  }
  addNumberOfFrames(value: number | Extension): this {
    this.appendSlice('extension', 'numberOfFrames', [value]);
    return this;
  }
  addExtension(...values: Extension[]): this {
    this.append('extension', values);
    return this;
  }
}

/** Builds `ImagingStudy.series`. */
export class StudySeriesBuilder<
  out M extends string = 'uid' | 'modality' | 'laterality' | 'instance',
> extends PartBuilder<StudySeriesInput, M> {
  setUid(value: string): StudySeriesBuilder<Exclude<M, 'uid'>> {
    return this.put('uid', value) as StudySeriesBuilder<Exclude<M, 'uid'>>;
  }
  setModality(value: StudySeries['modality']): StudySeriesBuilder<Exclude<M, 'modality'>> {
    return this.put('modality', value) as StudySeriesBuilder<Exclude<M, 'modality'>>;
  }
  setLaterality(value: StudySeries['laterality']): StudySeriesBuilder<Exclude<M, 'laterality'>> {
    return this.put('laterality', value) as StudySeriesBuilder<Exclude<M, 'laterality'>>;
  }
  addInstance(...values: [StudyInstanceInput, ...StudyInstanceInput[]]): StudySeriesBuilder<Exclude<M, 'instance'>> {
    return this.append('instance', values) as StudySeriesBuilder<Exclude<M, 'instance'>>;
  }
}

/** Builds a study. */
export class StudyBuilder<
  out M extends string = 'status' | 'subject' | 'series' | 'studyInstanceUid',
> extends ProfileBuilder<Study, M> {
  protected override get completion(): ProfileCompletion {
    return studyCompletion;
  }
  setStatus(value: Study['status']): StudyBuilder<Exclude<M, 'status'>> {
    return this.put('status', value) as StudyBuilder<Exclude<M, 'status'>>;
  }
  setSubject(value: Study['subject']): StudyBuilder<Exclude<M, 'subject'>> {
    return this.put('subject', value) as StudyBuilder<Exclude<M, 'subject'>>;
  }
  addSeries(...values: [StudySeriesInput, ...StudySeriesInput[]]): StudyBuilder<Exclude<M, 'series'>> {
    return this.append('series', values) as StudyBuilder<Exclude<M, 'series'>>;
  }
  /** An item of no slice. */
  addIdentifier(...values: Identifier[]): this {
    this.append('identifier', values);
    return this;
  }
  addStudyInstanceUid(value: Partial<Uid>): StudyBuilder<Exclude<M, 'studyInstanceUid'>> {
    return this.appendSlice('identifier', 'studyInstanceUid', [value]) as StudyBuilder<Exclude<M, 'studyInstanceUid'>>;
  }
  setStarted(value: string): this {
    this.put('started', value);
    return this;
  }
}

/** Input of `create`. */
export interface StudyInput extends Omit<Study, 'resourceType' | 'identifier' | 'series'> {
  identifier: Identifier[] | { studyInstanceUid: Partial<Uid>; others?: Identifier[] };
  series: StudySeriesInput[];
}

export function createStudy(input: StudyInput): Study {
  return create(studyCompletion, input) as Study;
}
