import type * as generated from 'ans-document-fr-core';
import { type Changeable, changeable } from '../generated/study.js';
import { bundle } from './bundle.js';
import { rates } from './speed.js';
import { largeStudy } from './study.js';
import type { Section } from './section.js';
import { times } from './table.js';

const PROGRAM = `export { isFRImagingStudyDocument, validateFRImagingStudyDocument, createFRImagingStudyDocument,
  FRImagingStudyDocumentBuilder } from 'ans-document-fr-core';`;
/** 0 means a study of realistic size. */
const INSTANCES = [0, 1, 10, 100, 1000, 10_000];

/** The cost of a value compared with `JSON.parse` of its text, for studies of growing numbers of instances. */
export async function values(): Promise<Section> {
  const { text } = await bundle(PROGRAM);
  const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as typeof generated;
  const measured = INSTANCES.map((instances) => {
    const study = studyOf(instances);
    const json = JSON.stringify(study);
    const subjects = subjectsOf(module, json);
    const microseconds = rates(
      subjects.map(([name, run]) => ({ name, column: name, run, errors: () => [] })),
      study,
    ).map((rate) => 1e6 / rate);
    return { instances, bytes: json.length, names: subjects.map(([name]) => name), microseconds };
  });
  const names = measured[0]?.names ?? [];
  return {
    key: 'values',
    title: 'Guard, validator, create and builder',
    about:
      'Microseconds of processor time for a valid study; × is the ratio to `JSON.parse` of its text, which any program ' +
      'that receives it pays before.',
    tables: [
      {
        head: ['study', ...names.flatMap((name, at) => (at === 0 ? [name] : [name, '×']))],
        rows: measured.map(({ instances, bytes, microseconds }) => [
          `${(bytes / 1000).toFixed(1)} KB${instances === 0 ? '' : `, instances: ${instances}`}`,
          ...microseconds.flatMap((value, at) =>
            at === 0 ? [value.toFixed(1)] : [value.toFixed(1), times(value, microseconds[0] ?? NaN)],
          ),
        ]),
      },
    ],
    plots: [
      {
        name: 'values',
        title: 'Time for a study, by number of instances',
        x: 'instances',
        y: 'microseconds',
        lines: names.map((name, at) => ({
          name,
          points: measured
            .filter(({ instances }) => instances > 0)
            .map(({ instances, microseconds }) => [instances, microseconds[at] ?? NaN] as const),
        })),
      },
    ],
  };
}

function subjectsOf(
  module: typeof generated,
  json: string,
): readonly (readonly [name: string, run: (value: unknown) => unknown])[] {
  return [
    ['JSON.parse', () => JSON.parse(json)],
    ['guard', (value) => module.isFRImagingStudyDocument(value)],
    ['validator', (value) => module.validateFRImagingStudyDocument(value)],
    ['create', (value) => module.createFRImagingStudyDocument(value as generated.FRImagingStudyDocumentInput)],
    [
      'builder',
      (value) => module.FRImagingStudyDocumentBuilder.from(value as generated.FRImagingStudyDocument).build(),
    ],
  ];
}

/** A study with the given number of instances; with its own if that is 0. */
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
