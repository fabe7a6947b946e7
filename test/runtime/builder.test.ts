import { french } from '../../templates/runtime/french.js';
import { describe, expect, it } from 'vitest';
import { type Builder, builderClass } from '../../templates/runtime/builder.js';
import { ProfileError } from '../../templates/runtime/error.js';
import { conforms } from '../../templates/runtime/guard.js';
import { sampleProfile } from './sample.js';
import {
  createStudy,
  StudyBuilder,
  StudyInstanceBuilder,
  type StudyInstanceInput,
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

describe('a builder', () => {
  it('rejects a target that is not a string in one line', () => {
    const builder: object = new StudyBuilder();
    const call = Reflect.get(builder, 'with') as (this: object, target: unknown, values: readonly unknown[]) => unknown;
    expect(() => call.apply(builder, [5, ['x']])).toThrow(new TypeError('The target of a call is not a string'));
  });

  it('builds what create returns', () => {
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

  it('builds a new value each time, also after further calls', () => {
    const builder = study();
    const first = builder.build();
    const second = builder.setStarted('2020').build();
    expect(first).not.toHaveProperty('started');
    expect(second.started).toBe('2020');
    first.identifier.push({ value: '2' });
    expect(builder.build().identifier).toHaveLength(2);
  });

  it('shares nothing with its branches', () => {
    const stem = study().addIdentifier({ value: '2' });
    const [a, b] = [stem.addIdentifier({ value: 'a' }).setStarted('2020'), stem.addIdentifier({ value: 'b' })];
    expect(a.build().identifier.map(({ value }) => value)).toEqual(['urn:oid:1.2.3', '1', '2', 'a']);
    expect(b.build().identifier.map(({ value }) => value)).toEqual(['urn:oid:1.2.3', '1', '2', 'b']);
    expect(b.build()).not.toHaveProperty('started');
    expect(stem.build().identifier).toHaveLength(3);
  });

  it('keeps the last type of a choice', () => {
    interface ValueBuilder extends Builder<object, never> {
      setValueString(value: string | undefined): this;
      setValueBoolean(value: boolean | undefined): this;
    }
    const completion = { table: sampleProfile(), members: { status: { write: 'final' } } };
    const targets = ['value[x].valueString', 'value[x].valueBoolean'];
    const ValueBuilder = builderClass<ValueBuilder, ValueBuilder, ValueBuilder>(completion, '', targets);
    const valueOf = (builder: ValueBuilder): object => {
      const { resourceType: _, meta: __, status: ___, ...rest } = builder.build() as Record<string, unknown>;
      return rest;
    };
    expect(valueOf(new ValueBuilder().setValueString('x').setValueBoolean(true))).toEqual({ valueBoolean: true });
    expect(valueOf(new ValueBuilder().setValueBoolean(true).setValueString('x'))).toEqual({ valueString: 'x' });
    expect(valueOf(new ValueBuilder().setValueBoolean(true).setValueString(undefined))).toEqual({ valueBoolean: true });
    // Including types of a received value for which there is no method, and underscore members.
    const quantity = ValueBuilder.from({ valueQuantity: { value: 1 }, _valueString: { id: 'x' } });
    expect(valueOf(quantity.setValueBoolean(false))).toEqual({ valueBoolean: false });
  });

  it('accepts arrays of items, and undefined for optional elements', () => {
    const built = study()
      .addIdentifier([{ value: '2' }, { value: '3' }], undefined, { value: '4' })
      .setStarted(undefined);
    expect(built.build().identifier.map(({ value }) => value)).toEqual(['urn:oid:1.2.3', '1', '2', '3', '4']);
    expect(built.build()).not.toHaveProperty('started');
  });

  it('keeps the last value of an element', () => {
    expect(study().setStarted('2020').setStarted('2021').build().started).toBe('2021');
  });

  it('adds to arrays, sliced or not', () => {
    const built = study().addIdentifier({ value: '2' }, { value: '3' }).addSeries(series().build()).build();
    expect(built.identifier.map(({ value }) => value)).toEqual(['urn:oid:1.2.3', '1', '2', '3']);
    expect(built.series).toHaveLength(2);
  });

  it('omits a required slice if an item outside the slices satisfies it', () => {
    interface ItemsBuilder extends Builder<object, never> {
      addIdentifier(...values: object[]): this;
    }
    const own = { system: 'urn:s', value: '0', use: 'old' };
    const write = { system: 'urn:s', value: '0' };
    const members = { status: { write: 'final' }, identifier: { slices: [{ key: 'own', write }] } };
    const completion = { table: sampleProfile(), members };
    const targets = { addIdentifier: 'identifier:others[]' };
    const ItemsBuilder = builderClass<ItemsBuilder, ItemsBuilder, ItemsBuilder>(completion, '', [], targets);
    const built = (item: object) => new ItemsBuilder().addIdentifier(item).build();
    expect(built(own)).toMatchObject({ identifier: [own] });
    expect(built({ value: '1' })).toMatchObject({ identifier: [write, { value: '1' }] });
  });

  it('puts items outside the slices into a plain array', () => {
    const extension = { url: 'https://example.org/e', valueString: 'x' };
    const part = new StudyInstanceBuilder().setUid('1').setSopClass(sopClass).addExtension(extension);
    expect(part.build()).toEqual({ uid: '1', sopClass, extension: [extension] });
  });

  it('of a part builds the input of create', () => {
    expect(series().build().instance).toEqual([{ uid: '1.2.3', extension: { numberOfFrames: [3] }, sopClass }]);
  });
});

/** A builder as seen from JavaScript. */
function untyped(builder: object): Record<string, (...values: unknown[]) => never> & { build(): unknown } {
  return builder as never;
}

/** The expressions of the thrown error. */
function rejection(build: () => unknown): readonly string[] {
  try {
    build();
  } catch (error) {
    if (error instanceof ProfileError) return error.issues.map(({ expression }) => expression).sort();
    throw error;
  }
  return [];
}

describe('a builder called from JavaScript', () => {
  it('reports missing parts with their paths', () => {
    expect(rejection(() => untyped(new StudyBuilder()).build())).toEqual([
      'ImagingStudy.identifier',
      'ImagingStudy.series',
      'ImagingStudy.status',
      'ImagingStudy.subject',
    ]);
    expect(rejection(() => untyped(new StudySeriesBuilder().setUid('1')).build())).toEqual([
      'ImagingStudy.series.instance',
      'ImagingStudy.series.laterality',
      'ImagingStudy.series.modality',
    ]);
    expect(rejection(() => untyped(new StudyInstanceBuilder()).build())).toEqual([
      'ImagingStudy.series.instance.sopClass',
      'ImagingStudy.series.instance.uid',
    ]);
  });

  it('reports values that JSON cannot represent', () => {
    const cyclic: Record<string, unknown> = { url: 'x' };
    cyclic['extension'] = [cyclic];
    const build = (value: unknown) => () => untyped(untyped(study())['setStarted']?.(value) ?? {}).build();
    expect(rejection(build(new Date(0)))).toEqual(['ImagingStudy.started']);
    expect(rejection(build([cyclic]))).toEqual(['ImagingStudy.started[0].extension[0]']);
  });
});

describe('the argument of a builder method', () => {
  it('is neither changed nor shared, even if it changes later', () => {
    const identifier = { system: 'urn:x', value: '2', extension: [{ url: 'https://example.org/e', valueString: 'x' }] };
    const before = structuredClone(identifier);
    const builder = study().addIdentifier(identifier);
    const built = builder.build();
    expect(identifier).toEqual(before);
    identifier.value = '3';
    identifier.extension.push({ url: 'https://example.org/f', valueString: 'y' });
    expect(builder.build()).toEqual(built);
    expect(built.identifier.at(-1)).toEqual(before);
  });

  it('is not shared by builders of parts, nor are their results', () => {
    const laterality = { system: 'http://snomed.info/sct', code: '7771000' as '7771000' | '24028007' } as const;
    const builder = series().setLaterality(laterality);
    const [a, b] = [builder.build(), builder.build()];
    expect(a).toEqual(b);
    expect(a.laterality).not.toBe(laterality);
    expect(a.laterality).not.toBe(b.laterality);
    expect(a.instance[0]).not.toBe(b.instance[0]);
  });
});

describe('buildChecked', () => {
  it('returns the value or its issues at any time', () => {
    const checked = study().buildChecked();
    expect(checked.ok && checked.value).toEqual(study().build());
    const unfinished = new StudyBuilder().setStatus('available').buildChecked();
    expect(unfinished.ok).toBe(false);
    expect(unfinished.issues.map(({ expression }) => expression)).toContain('ImagingStudy.series');
    const wrong = study().setStarted('today').buildChecked({ language: french });
    expect(wrong.issues.map(({ expression }) => expression)).toEqual(['ImagingStudy.started']);
    expect(wrong.issues[0]?.diagnostics).toContain('valeur trouvée : "today"');
    // Errors of `create` are issues as well.
    const date = untyped(study())['setStarted']?.(new Date(0)) as unknown as StudyBuilder;
    expect(date.buildChecked()).toMatchObject({ ok: false, issues: [{ expression: 'ImagingStudy.started' }] });
  });

  it('validates a part', () => {
    const checked = series().buildChecked();
    expect(checked).toEqual({ ok: true, value: series().build(), issues: [] });
    const unfinished = new StudySeriesBuilder().setUid('1 2').setModality({ code: 'CT' }).buildChecked();
    expect(unfinished.issues.map(({ expression, code }) => `${code} ${expression}`).sort()).toEqual([
      'required ImagingStudy.series.instance',
      'required ImagingStudy.series.laterality',
      'value ImagingStudy.series.uid',
    ]);
  });
});

describe('from', () => {
  const uid = { system: 'urn:dicom:uid', value: 'urn:oid:1.2.3' } as const;

  it('starts from a value and does not change it', () => {
    const value = study().build();
    const before = structuredClone(value);
    const edited = StudyBuilder.from(value).setStarted('2020').addIdentifier({ value: '2' }).build();
    expect(value).toEqual(before);
    expect(edited).toEqual({ ...before, started: '2020', identifier: [...before.identifier, { value: '2' }] });
    expect(edited.subject).not.toBe(value.subject);
    expect(StudyBuilder.from(value).build()).toEqual(value);
  });

  it('keeps the order of untouched items, and recognizes the items of slices', () => {
    const identifier = [{ value: '1' }, uid, { value: '2' }];
    const received = { ...study().build(), identifier };
    const open = StudyBuilder.from(received);
    expect(open.setStarted('2020').buildChecked()).toMatchObject({ ok: true, value: { identifier } });
    // The slice has max 1: the method that sets it replaces the existing item.
    const other = { ...uid, value: 'urn:oid:4.5.6' };
    expect(open.addStudyInstanceUid(other).buildChecked()).toMatchObject({
      ok: true,
      value: { identifier: [other, { value: '1' }, { value: '2' }] },
    });
  });

  it('starts from a value that does not conform', () => {
    const received = {
      resourceType: 'ImagingStudy',
      status: 'available',
      subject: { reference: 'Patient/1' },
    } as const;
    const open = StudyBuilder.from(received);
    expect(open.buildChecked().ok).toBe(false);
    const repaired = open.addStudyInstanceUid(uid).addSeries(series().build()).buildChecked();
    expect(repaired.ok && conforms(studyTable, repaired.value)).toBe(true);
    const patient = { resourceType: 'Patient' } as unknown as typeof received;
    expect(StudyBuilder.from(patient).buildChecked().issues).toMatchObject([
      { expression: 'ImagingStudy.resourceType' },
    ]);
  });

  it('starts a part from its value or from the input of create', () => {
    const [instance] = study().build().series[0].instance;
    expect(StudyInstanceBuilder.from(instance).addNumberOfFrames(5).build()).toEqual({
      ...instance,
      extension: { numberOfFrames: [5] },
    });
    const input = series().build();
    expect(StudySeriesBuilder.from(input).setUid('1.3').build()).toEqual({ ...input, uid: '1.3' });
    const note = { url: 'https://example.org/e', valueString: 'x' };
    const keyed: StudyInstanceInput = { uid: '1', sopClass, extension: { numberOfFrames: 1, others: [note] } };
    expect(StudyInstanceBuilder.from(keyed).addExtension(note).build()).toEqual({
      uid: '1',
      sopClass,
      extension: { numberOfFrames: [1], others: [note, note] },
    });
  });
});
