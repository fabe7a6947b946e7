import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { compile } from '../compilers.js';
import { npm, pack } from '../npm.js';
import { ROOT } from './compile.js';
import { languageServer } from './language-server.js';
import { validStudy } from './study.js';

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

describe('the generated package', { timeout: 240_000 }, () => {
  it('is packed, installed and used like any other', async () => {
    const filename = await pack(`${ROOT}generated`, work);
    writeFileSync(join(work, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }));
    await npm(work, 'install', '--prefer-offline', join(work, filename));

    const study = JSON.stringify(validStudy());
    writeFileSync(
      join(work, 'use.mjs'),
      `import { isFRImagingStudyDocument, validateFRImagingStudyDocument } from 'ans-document-fr-core';
import { studyInstanceUidOf } from 'ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.js';
import manifest from 'ans-document-fr-core/manifest.json' with { type: 'json' };
const study = ${study};
console.log(isFRImagingStudyDocument(study), studyInstanceUidOf(study)[0].value, manifest.package.name);
delete study.series;
console.log(validateFRImagingStudyDocument(study).map((issue) => issue.expression).join());
`,
    );
    const { stdout } = await run(process.execPath, ['use.mjs'], { cwd: work });
    expect(stdout).toBe('true urn:oid:1.2.250.1.59 ans.document.fr.core\nImagingStudy.series\n');

    writeFileSync(
      join(work, 'use.ts'),
      `import { type FRImagingStudyDocument, FRImagingStudyDocumentBuilder } from 'ans-document-fr-core';
export const study: FRImagingStudyDocument = ${study};
// @ts-expect-error nothing is set
new FRImagingStudyDocumentBuilder().build();
`,
    );
    expect(await compile('typescript', work, { name: 'use', files: [join(work, 'use.ts')] })).toBe('');

    // Maps of declarations lead to the sources, which are in the package.
    const folder = realpathSync(work);
    const editors = await languageServer({ folder, root: `${folder}/`, options: {} });
    const definitionIn = (text: string): Promise<{ readonly file: string; readonly line: string }> =>
      editors
        .editorAt(
          `import { type FRImagingStudyDocument, isFRImagingStudyDocument, validateByProfile } from 'ans-document-fr-core';\n${text}`,
        )
        .definition();
    expect(await definitionIn('export const at = (study: FRImagingStudyDocument) => study.ser¦ies;')).toEqual({
      file: 'node_modules/ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.ts',
      line: 'series: [FRImagingStudyDocumentSeries];',
    });
    expect(await definitionIn('isFRImaging¦StudyDocument(1);')).toEqual({
      file: 'node_modules/ans-document-fr-core/ans.document.fr.core/fr-imaging-study-document.ts',
      line: expect.stringContaining('export function isFRImagingStudyDocument(') as string,
    });
    expect(await definitionIn('validate¦ByProfile(1);')).toEqual({
      file: expect.stringMatching(/^node_modules\/ans-document-fr-core\/\S+(?<!\.d)\.ts$/) as string,
      line: expect.stringContaining('export function validateByProfile(') as string,
    });
    await editors.close();
  });
});
