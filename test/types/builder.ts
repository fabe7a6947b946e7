import { StudyBuilder, StudyInstanceBuilder, StudySeriesBuilder, type Study } from './samples/study.js';

/** Compiled, never run: what builders accept and refuse. The messages are looked at in compilers.test.ts. */

const instance = new StudyInstanceBuilder()
  .setUid('1.2.3')
  .addNumberOfFrames(3)
  .setSopClass({ system: 'urn:ietf:rfc:3986', code: 'urn:oid:1.2' });

const series = new StudySeriesBuilder()
  .setUid('1.2')
  .setModality({ code: 'CT' })
  .setLaterality({ system: 'http://snomed.info/sct', code: '7771000' })
  .addInstance(instance.build())
  .build();

const complete = new StudyBuilder()
  .setStatus('available')
  .addIdentifier({ value: '1' })
  .addStudyInstanceUid({ value: 'urn:oid:1.2.3' })
  .setSubject({ reference: 'Patient/1' })
  .addSeries(series);

export const study: Study = complete.setStarted('2020').build();

// A loop may reassign a builder, and one that misses less fits where one that misses more is wanted.
let builder: StudyBuilder<'status' | 'series'> = new StudyBuilder()
  .setSubject({ reference: 'Patient/1' })
  .addStudyInstanceUid({ value: 'urn:oid:1' });
for (const each of [series, series]) builder = builder.addSeries(each);
builder = complete;

// @ts-expect-error what is missing may not be forgotten
export const forgetful: StudyBuilder<never> = builder;

// @ts-expect-error all is missing
new StudyBuilder().build();

// @ts-expect-error series is missing
new StudyBuilder()
  .setStatus('available')
  .setSubject({ reference: 'Patient/1' })
  .addStudyInstanceUid({ value: 'urn:oid:1.2.3' })
  .build();

// @ts-expect-error a part is not complete either
new StudyInstanceBuilder().setUid('1').build();

// @ts-expect-error a code outside the required binding
new StudyBuilder().setStatus('done');
