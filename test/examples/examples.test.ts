import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isFRBundleDocument, isFRImagingStudyDocument, profiles } from 'ans-document-fr-core';
import { describe, expect, it } from 'vitest';
import { fileOf, sample } from '../../examples/dicom-to-study/samples.js';
import { newFolder } from '../folders.js';
import { ROOT } from '../generated/compile.js';
import { shellCommandsOf } from '../pages.js';

const run = promisify(execFile);

const TSX = `${ROOT}node_modules/tsx/dist/cli.mjs`;

/** The output of a program in `examples/`. */
async function printed(example: string, ...more: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [TSX, `${ROOT}examples/${example}.ts`, ...more], { cwd: ROOT });
  return stdout;
}

/** What the commands of a page print, `*.dcm` being some files. */
async function printedBy(page: string, files: readonly string[] = []): Promise<string[]> {
  return Promise.all(
    shellCommandsOf(page).map(async (command) => {
      const [, program = '', words = ''] = /^npx tsx (\S+)(.*)$/.exec(command) ?? [];
      const args = words.split(' ').flatMap((word) => (word.includes('*') ? files : word === '' ? [] : [word]));
      return (await run(process.execPath, [TSX, program, ...args], { cwd: ROOT })).stdout;
    }),
  );
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
    const [text = ''] = await printedBy('examples/imaging-report/README.md');
    const document: unknown = JSON.parse(text);
    expect(isFRBundleDocument(document, { profiles })).toBe(true);
    expect(document).toMatchObject({ entry: { length: 16 } });
  });

  it('dicom-to-study names a file that it cannot read', async () => {
    const missing = join(newFolder(), 'missing.dcm');
    await expect(printed('dicom-to-study/main', missing)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^not-dicom: \S*missing\.dcm cannot be read: ENOENT.*\n$/) as string,
    });
  });

  it('dicom-to-study prints the documents of its sample, and those of files', async () => {
    const folder = newFolder();
    const files = ['1.dcm', '2.dcm'].map((name) => join(folder, name));
    const other = sample({ SeriesInstanceUID: '1.2.3', SOPInstanceUID: '1.2.3.4' });
    for (const [index, object] of [sample(), other].entries()) writeFileSync(files[index] ?? '', fileOf(object));
    const [one = '', each = ''] = await printedBy('examples/dicom-to-study/README.md', files);
    expect(JSON.parse(one)).toMatchObject([{ study: { resourceType: 'ImagingStudy' } }]);
    expect(JSON.parse(each)).toMatchObject([
      { study: { series: [{ uid: '1.2.250.1.59.40211.1.1' }] } },
      { study: { series: [{ uid: '1.2.3' }] } },
    ]);
  });
});
