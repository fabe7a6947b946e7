import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ImagingStudy } from 'fhir/r4.js';
import {
  append,
  createFRImagingStudyDocument,
  FRImagingStudyDocument,
  FRImagingStudyDocumentBuilder,
  isFRImagingStudyDocument,
  othersOf,
} from '../../generated/index.js';
import {
  numberOfFramesOf,
  studyInstanceUidOf,
  withNumberOfFrames,
  withStudyInstanceUid,
} from '../../generated/ans.document.fr.core/fr-imaging-study-document.js';
import { validStudy } from './study.js';

/** A value that the guard accepted. */
function study(): FRImagingStudyDocument {
  const value: unknown = validStudy();
  if (!isFRImagingStudyDocument(value)) throw new Error('the study does not conform');
  return value;
}

const more = { system: 'urn:example', value: 'EX-1' };

describe('a value that a guard accepted', () => {
  it('is edited by spreading if no slice is required', () => {
    const one = study();
    const note = { text: 'x' };
    const edited: FRImagingStudyDocument = {
      ...one,
      modality: [...one.modality, one.modality[0]],
      note: [...(one.note ?? []), note],
      description: undefined,
    };
    expect(isFRImagingStudyDocument(edited)).toBe(true);
    expect(one).toEqual(study());
  });

  it('takes more items in an array with a required slice', () => {
    const one = study();
    const edited: FRImagingStudyDocument = { ...one, identifier: append(one.identifier, more) };
    expect(edited.identifier).toEqual([...one.identifier, more]);
    expect(isFRImagingStudyDocument(edited)).toBe(true);
    expect(one).toEqual(study());
  });

  it('takes only items that match, and none above the maximum', () => {
    const one = study();
    append(one.identifier, { value: '1' });
    // @ts-expect-error a number is no value
    append(one.identifier, { value: 1 });
    // @ts-expect-error there is exactly one series
    append(one.series, one.series[0]);
  });

  it('keeps its type if a slice is written', () => {
    const one = study();
    const edited = withStudyInstanceUid(one, 'urn:oid:1.2.3', { value: 'urn:oid:4.5.6' });
    expectTypeOf(edited).toEqualTypeOf<FRImagingStudyDocument>();
    expect(studyInstanceUidOf(edited)).toEqual([
      { system: 'urn:dicom:uid', value: 'urn:oid:1.2.3' },
      { system: 'urn:dicom:uid', value: 'urn:oid:4.5.6' },
    ]);
    expect(isFRImagingStudyDocument(edited)).toBe(true);
    expect(one).toEqual(study());
    // The result of a reader can be written again, with more items.
    const both = withStudyInstanceUid(one, ...studyInstanceUidOf(one), 'urn:oid:7');
    expect(studyInstanceUidOf(both).map(({ value }) => value)).toEqual(['urn:oid:1.2.250.1.59', 'urn:oid:7']);
  });

  it('has extensions that are read and written as values', () => {
    const [instance] = study().series[0].instance;
    const edited = withNumberOfFrames(instance, 3);
    expectTypeOf(edited).toEqualTypeOf<typeof instance>();
    expect(numberOfFramesOf(edited)?.valueInteger).toBe(3);
    expect(numberOfFramesOf(withNumberOfFrames(edited, 4))?.valueInteger).toBe(4);
    expect(withNumberOfFrames(edited, undefined)).toEqual(instance);
    expect(instance).not.toHaveProperty('extension');
  });
});

describe('a value that does not conform yet', () => {
  const received: ImagingStudy = {
    resourceType: 'ImagingStudy',
    status: 'available',
    subject: { reference: 'Patient/1' },
    identifier: [more, { system: 'urn:dicom:uid', value: '1.2.3' }],
  };

  it('is read and written by slice', () => {
    const uids = studyInstanceUidOf(received);
    expectTypeOf(uids).toEqualTypeOf<NonNullable<ImagingStudy['identifier']>>();
    expect(uids).toEqual([{ system: 'urn:dicom:uid', value: '1.2.3' }]);
    expect(othersOf(FRImagingStudyDocument, 'identifier', received)).toEqual([more]);
    const edited = withStudyInstanceUid(received, 'urn:oid:1.2.3');
    expectTypeOf(edited).toEqualTypeOf<ImagingStudy>();
    expect(edited.identifier).toEqual([more, { system: 'urn:dicom:uid', value: 'urn:oid:1.2.3' }]);
    expect(received.identifier).toHaveLength(2);
    expect(withStudyInstanceUid({ resourceType: 'ImagingStudy' } as ImagingStudy, 'urn:oid:1').identifier).toEqual([
      { system: 'urn:dicom:uid', value: 'urn:oid:1' },
    ]);
  });

  it('is the starting point of a builder', () => {
    const { series } = study();
    const built = FRImagingStudyDocumentBuilder.from(received)
      .addModality(series[0].modality)
      .setSeries(series[0])
      .buildChecked();
    expect(built.ok && built.value.identifier).toEqual(received.identifier);
    expect(built.ok && isFRImagingStudyDocument(built.value)).toBe(true);
  });

  it('has items of nested slices and others', () => {
    const other = { url: 'https://example.org/e', valueString: 'x' };
    const [instance] = createFRImagingStudyDocument({
      ...study(),
      series: [
        {
          ...study().series[0],
          instance: [{ ...study().series[0].instance[0], extension: { numberOfFrames: 1, others: [other] } }],
        },
      ],
    }).series[0].instance;
    expect(othersOf(FRImagingStudyDocument, 'series.instance.extension', instance)).toEqual([other]);
  });
});
