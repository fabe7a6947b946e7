import { describe, expect, it } from 'vitest';
import { type Builder, partBuilder } from '../../templates/runtime/builder.js';
import { conforms } from '../../templates/runtime/guard.js';
import {
  createStudy,
  StudyBuilder,
  StudyInstanceBuilder,
  StudySeriesBuilder,
  studyTable,
} from '../types/samples/study.js';

const sopClass = { system: 'urn:ietf:rfc:3986', code: 'urn:oid:1.2' };
const laterality = { system: 'http://snomed.info/sct', code: '7771000' } as const;

function series(): StudySeriesBuilder<never> {
  const instance = new StudyInstanceBuilder().setUid('1.2.3').addNumberOfFrames(3).setSopClass(sopClass);
  return new StudySeriesBuilder()
    .setUid('1.2')
    .setModality({ code: 'CT' })
    .setLaterality(laterality)
    .addInstance(instance.build());
}

function study(): StudyBuilder<never> {
  return new StudyBuilder()
    .setSubject({ reference: 'Patient/1' })
    .addIdentifier({ system: 'urn:x', value: '1' })
    .addStudyInstanceUid({ value: 'urn:oid:1.2.3' })
    .addSeries(series().build())
    .setStatus('available');
}

describe('builders', () => {
  it('give what create gives', () => {
    const instance = { uid: '1.2.3', extension: { numberOfFrames: 3 }, sopClass };
    const created = createStudy({
      status: 'available',
      identifier: { studyInstanceUid: { value: 'urn:oid:1.2.3' }, others: [{ system: 'urn:x', value: '1' }] },
      subject: { reference: 'Patient/1' },
      series: [{ uid: '1.2', modality: { code: 'CT' }, laterality, instance: [instance] }],
    });
    expect(study().build()).toEqual(created);
    expect(conforms(studyTable, created)).toBe(true);
  });

  it('give a new value each time, however they go on', () => {
    const builder = study();
    const first = builder.build();
    const second = builder.setStarted('2020').build();
    expect(first).not.toHaveProperty('started');
    expect(second.started).toBe('2020');
    first.identifier.push({ value: '2' });
    expect(builder.build().identifier).toHaveLength(2);
  });

  it('share nothing between branches of one stem', () => {
    const stem = study().addIdentifier({ value: '2' });
    const [a, b] = [stem.addIdentifier({ value: 'a' }).setStarted('2020'), stem.addIdentifier({ value: 'b' })];
    expect(a.build().identifier.map(({ value }) => value)).toEqual(['urn:oid:1.2.3', '1', '2', 'a']);
    expect(b.build().identifier.map(({ value }) => value)).toEqual(['urn:oid:1.2.3', '1', '2', 'b']);
    expect(b.build()).not.toHaveProperty('started');
    expect(stem.build().identifier).toHaveLength(3);
  });

  it('let the last type of a choice count', () => {
    interface ValueBuilder extends Builder<object, never> {
      setValueString(value: string | undefined): this;
      setValueInteger(value: number | undefined): this;
    }
    const ValueBuilder = partBuilder<ValueBuilder>(['value[x].valueString', 'value[x].valueInteger']);
    expect(new ValueBuilder().setValueString('x').setValueInteger(1).build()).toEqual({ valueInteger: 1 });
    expect(new ValueBuilder().setValueInteger(1).setValueString('x').build()).toEqual({ valueString: 'x' });
    expect(new ValueBuilder().setValueInteger(1).setValueString(undefined).build()).toEqual({ valueInteger: 1 });
  });

  it('take arrays of items, and undefined for what is optional', () => {
    const built = study()
      .addIdentifier([{ value: '2' }, { value: '3' }], undefined, { value: '4' })
      .setStarted(undefined);
    expect(built.build().identifier.map(({ value }) => value)).toEqual(['urn:oid:1.2.3', '1', '2', '3', '4']);
    expect(built.build()).not.toHaveProperty('started');
  });

  it('let the last value count', () => {
    expect(study().setStarted('2020').setStarted('2021').build().started).toBe('2021');
  });

  it('add to arrays, sliced or not', () => {
    const built = study().addIdentifier({ value: '2' }, { value: '3' }).addSeries(series().build()).build();
    expect(built.identifier.map(({ value }) => value)).toEqual(['urn:oid:1.2.3', '1', '2', '3']);
    expect(built.series).toHaveLength(2);
  });

  it('put what belongs to no slice into a plain array', () => {
    const extension = { url: 'https://example.org/e', valueString: 'x' };
    const part = new StudyInstanceBuilder().setUid('1').setSopClass(sopClass).addExtension(extension);
    expect(part.build()).toEqual({ uid: '1', sopClass, extension: [extension] });
  });

  it('of parts give the input of create', () => {
    expect(series().build().instance).toEqual([{ uid: '1.2.3', extension: { numberOfFrames: [3] }, sopClass }]);
  });
});
