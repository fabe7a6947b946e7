import { describe, expect, it } from 'vitest';
import { dicomUid, dicomUrn, isDicomUid } from '../../templates/runtime/dicom-uid.js';
import { issuesOf, sample, sampleProfile } from './sample.js';

describe('a DICOM UID', () => {
  it.each(['1.2', '1.2.840.10008.5.1.4.1.1.2', '2.25.0', '0.9', '2.999', `1.2.${'1'.repeat(60)}`])(
    'may be %s',
    (uid) => {
      expect(isDicomUid(uid)).toBe(true);
      expect(dicomUid(`urn:oid:${uid}`)).toBe(uid);
      expect(dicomUid(uid)).toBe(uid);
      expect(dicomUrn(uid)).toBe(`urn:oid:${uid}`);
      expect(dicomUrn(`urn:oid:${uid}`)).toBe(`urn:oid:${uid}`);
    },
  );

  it.each([
    '',
    '1',
    '3.1',
    '1.40',
    '1.02',
    '1..2',
    '.1',
    '1.',
    '1.2.a',
    ' 1.2',
    '1.2\n',
    'urn:uuid:1.2',
    `1.2.${'1'.repeat(61)}`,
  ])('may not be %j', (text) => {
    expect(isDicomUid(text)).toBe(false);
    expect(() => dicomUid(text)).toThrow(RangeError);
    expect(() => dicomUrn(text)).toThrow(JSON.stringify(text));
  });

  it('that is invalid causes a warning in identifiers of UIDs, and no error', () => {
    const of = (system: string, value: string) =>
      issuesOf(sampleProfile(), sample({ identifier: [{ system, value }] }));
    expect(of('urn:dicom:uid', 'urn:oid:1.2.03')).toEqual(['warning value Sample.identifier[0].value']);
    expect(of('urn:dicom:uid', '1.2.3')).toEqual([]);
    expect(of('urn:dicom:uid', 'urn:oid:1.2.3')).toEqual([]);
    expect(of('urn:x', 'urn:oid:1.2.03')).toEqual([]);
  });
});
