import type { Identifier, ImagingStudy } from 'fhir/r4.js';
import { nonEmpty, oneOrMore } from '../../templates/runtime/one-or-more.js';
import {
  StudyBuilder,
  StudyInstanceBuilder,
  StudySeriesBuilder,
  type StudySeriesInput,
  type Study,
} from './samples/study.js';

/** Compiled and never run: calls that builders accept and reject. compilers.test.ts checks the messages. */

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

// Optional elements may be undefined, and adders take items, arrays of items, or nothing.
declare const started: string | undefined;
declare const identifiers: readonly Identifier[];
complete
  .setStarted(started)
  .addIdentifier(...identifiers)
  .addIdentifier(identifiers, undefined, { value: '2' });
new StudyInstanceBuilder().addNumberOfFrames(undefined).setId(undefined).addExtension([]);
// @ts-expect-error a required element may not be undefined
new StudyBuilder().setStatus(undefined);
// @ts-expect-error a required array has at least one item
new StudyBuilder().addSeries();

// A loop may reassign a builder, and a builder with fewer missing parts is assignable to one with more.
let builder: StudyBuilder<'status' | 'series'> = new StudyBuilder()
  .setSubject({ reference: 'Patient/1' })
  .addStudyInstanceUid({ value: 'urn:oid:1' });
for (const each of [series, series]) builder = builder.addSeries(each);
builder = complete;

// Branches: with a declared type, with an inferred one, and within an expression.
declare const isKnown: boolean;
declare const unfinished: StudyBuilder<'status'>;
let declared: StudyBuilder;
if (isKnown) declared = new StudyBuilder().setStatus('available');
else declared = new StudyBuilder().setStarted('2020').setSubject({ reference: 'Patient/1' });
// @ts-expect-error the declared type has missing parts
declared.build();
let inferred = complete.setStarted('2020');
if (isKnown) inferred = inferred.setStarted('2021');
export const ofBranches: Study = inferred.build();
export const ofExpression: Study = (isKnown ? complete.setStarted('2020') : complete).build();
// @ts-expect-error one of the branches sets no status
(isKnown ? unfinished.setStatus('available') : unfinished).build();

// Functions of builders: the elements that they set are no longer missing, and others still are.
function withStatus<M extends string>(one: StudyBuilder<M>): StudyBuilder<Exclude<M, 'status'>> {
  return one.setStatus('available');
}
function withSubject<M extends string>(one: StudyBuilder<M>): StudyBuilder<Exclude<M, 'subject'>> {
  return isKnown ? one.setSubject({ reference: 'Patient/1' }) : one.setSubject({ reference: 'Group/1' });
}
export const ofFunctions: Study = withSubject(
  withStatus(new StudyBuilder().addStudyInstanceUid({ value: 'urn:oid:1' }).addSeries(series)),
).build();
// @ts-expect-error the series is still missing
withSubject(withStatus(new StudyBuilder().addStudyInstanceUid({ value: 'urn:oid:1' }))).build();
export function unknownBuilder<M extends string>(one: StudyBuilder<M>): unknown {
  // @ts-expect-error parts may be missing
  return one.build();
}

// No expected type makes an unfinished builder a finished one.
// @ts-expect-error missing parts cannot be dropped by an annotation
export const annotated: StudyBuilder<never> = builder;
// @ts-expect-error nor by the context
export const contextual = new StudyBuilder<never>();
// @ts-expect-error nor by a type argument
export const ofArgument = (): unknown => new StudyBuilder<never>();
// @ts-expect-error nor by the return type of a function
export const returned = (): StudyBuilder<never> => new StudyBuilder();
// @ts-expect-error nor by a type with only the method
export const structural: { build(): Study } = new StudyBuilder();
// @ts-expect-error nor by the type of a property
export const property: { readonly build: () => Study } = new StudyBuilder().setStatus('available');
// @ts-expect-error nor by a parameter
((one: StudyBuilder<never>) => one)(new StudyBuilder());
// @ts-expect-error nor by a generic function
finished(new StudyBuilder());
declare function finished<T>(one: { build(): T }): T;
export const generic: Study = finished(complete);

// A value of the type is complete; any other value may lack parts until it is checked.
declare const conforming: Study;
declare const received: ImagingStudy;
export const edited: Study = StudyBuilder.from(conforming).setStarted('2020').build();
// @ts-expect-error only buildChecked returns the result of the check
StudyBuilder.from(received).setStarted('2020').build();
const checked = StudyBuilder.from(received).setStatus('available').buildChecked();
export const ofReceived: Study | undefined = checked.ok ? checked.value : undefined;
// @ts-expect-error another resource
StudyBuilder.from({ resourceType: 'Patient' });
export const part: StudySeriesBuilder<never> = StudySeriesBuilder.from(conforming.series[0]);
const ofData = new StudyBuilder().setStarted('2020').buildChecked();
// @ts-expect-error it is not checked yet
export const unknown: Study = ofData.value;

// Arrays whose length is only known at run time.
declare const rows: StudySeriesInput[];
declare const frozen: readonly StudySeriesInput[];
// @ts-expect-error the array may be empty
new StudyBuilder().addSeries(...rows);
if (nonEmpty(rows)) new StudyBuilder().addSeries(...rows);
if (nonEmpty(frozen)) new StudyBuilder().addSeries(...frozen);
new StudyBuilder().addSeries(...oneOrMore(rows)).addSeries(...oneOrMore(frozen));

// @ts-expect-error all parts are missing
new StudyBuilder().build();

new StudyBuilder()
  .setStatus('available')
  .setSubject({ reference: 'Patient/1' })
  .addStudyInstanceUid({ value: 'urn:oid:1.2.3' })
  // @ts-expect-error series is missing
  .build();

// @ts-expect-error the part is not complete either
new StudyInstanceBuilder().setUid('1').build();

// @ts-expect-error a code outside the required binding
new StudyBuilder().setStatus('done');
