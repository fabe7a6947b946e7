import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isFRBundleDocument, isFRImagingStudyDocument, profiles } from 'ans-document-fr-core';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../generated/compile.js';

const run = promisify(execFile);

/** The output of a program in `examples/`. */
async function printed(example: string, ...more: string[]): Promise<string> {
  const tsx = `${ROOT}node_modules/tsx/dist/cli.mjs`;
  const { stdout } = await run(process.execPath, [tsx, `${ROOT}examples/${example}.ts`, ...more], { cwd: ROOT });
  return stdout;
}

describe('examples', () => {
  it('build-imaging-study prints a study that conforms', async () => {
    const study: unknown = JSON.parse(await printed('build-imaging-study'));
    expect(isFRImagingStudyDocument(study)).toBe(true);
    expect(study).toMatchObject({
      resourceType: 'ImagingStudy',
      identifier: [
        { system: 'urn:dicom:uid', value: 'urn:oid:1.2.250.1.59.40211.12345678' },
        { system: 'https://hopital.example/examens' },
      ],
      basedOn: [{ reference: 'ServiceRequest/demande-42' }],
      series: [
        {
          laterality: { system: 'http://snomed.info/sct', code: '24028007', display: 'côté droit' },
          instance: [{ extension: [{ valueInteger: 1 }] }, { extension: [{ valueInteger: 1 }] }],
        },
      ],
    });
  });

  it('create-imaging-study prints a study that conforms', async () => {
    const study: unknown = JSON.parse(await printed('create-imaging-study'));
    expect(isFRImagingStudyDocument(study)).toBe(true);
    expect(study).toMatchObject({
      identifier: [
        { system: 'urn:dicom:uid', value: 'urn:oid:1.2.250.1.59.40211.87654321' },
        { value: 'EX-2026-0043' },
      ],
    });
  });

  it('check-received-study prints the issues of a study', async () => {
    const lines = (await printed('check-received-study')).trimEnd().split('\n');
    expect(lines[0]).toBe('The study does not conform to FRImagingStudyDocument:');
    expect(lines.slice(1).map((line) => /ImagingStudy[\w.[\]]*/.exec(line)?.[0])).toEqual([
      'ImagingStudy.modality[0]',
      'ImagingStudy.subject',
      'ImagingStudy.series[0].laterality',
    ]);
  });

  it('imaging-report prints a document whose entries all conform', async () => {
    const document: unknown = JSON.parse(await printed('imaging-report/main'));
    expect(isFRBundleDocument(document, { profiles })).toBe(true);
  });

  it('dicom-to-study prints the documents of its sample', async () => {
    expect(JSON.parse(await printed('dicom-to-study/main'))).toMatchObject([
      { study: { resourceType: 'ImagingStudy' } },
    ]);
  });
});
