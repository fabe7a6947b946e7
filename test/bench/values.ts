import type * as generated from 'ans-document-fr-core';
import { type Changeable, changeable } from '../generated/study.js';
import { bundle } from './bundle.js';
import { rates } from './speed.js';
import { largeStudy } from './study.js';
import { table, times } from './table.js';

const PROGRAM = `export { isFRImagingStudyDocument, validateFRImagingStudyDocument, createFRImagingStudyDocument,
  FRImagingStudyDocumentBuilder } from 'ans-document-fr-core';`;
const INSTANCES = [0, 100, 1000, 10_000];

/** What a value costs beside `JSON.parse` of its text, for studies of more and more instances. */
export async function values(): Promise<string> {
  const { text } = await bundle(PROGRAM);
  const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as typeof generated;
  const rows = INSTANCES.flatMap((instances) => {
    const study = studyOf(instances);
    const json = JSON.stringify(study);
    const subjects: readonly (readonly [name: string, run: (value: unknown) => unknown])[] = [
      ['JSON.parse', () => JSON.parse(json)],
      ['guard', (value) => module.isFRImagingStudyDocument(value)],
      ['validator', (value) => module.validateFRImagingStudyDocument(value)],
      ['create', (value) => module.createFRImagingStudyDocument(value as generated.FRImagingStudyDocumentInput)],
      [
        'builder',
        (value) => module.FRImagingStudyDocumentBuilder.from(value as generated.FRImagingStudyDocument).build(),
      ],
    ];
    const measured = rates(
      subjects.map(([name, run]) => ({ name, column: name, run, errors: () => [] })),
      study,
    ).map((rate) => 1e6 / rate);
    return subjects.map(([name], at) => [
      `${(json.length / 1000).toFixed(1)} KB: ${name}`,
      (measured[at] ?? NaN).toFixed(1),
      times(measured[at] ?? NaN, measured[0] ?? NaN),
    ]);
  });
  return `Microseconds of processor time for a value; × is the ratio to JSON.parse\n${table([['', 'µs', '×'], ...rows])}`;
}

/** A study with so many instances; with its own where none are asked for. */
function studyOf(instances: number): Changeable {
  const study = largeStudy();
  const [series] = study['series'] as Changeable;
  const first: object = series?.['instance']?.[0] ?? {};
  if (series === undefined || instances === 0) return study;
  series['instance'] = changeable(
    Array.from({ length: instances }, (_, index) => ({
      ...first,
      uid: `1.2.250.1.59.1.${index + 1}`,
      number: index + 1,
    })),
  );
  return study;
}
