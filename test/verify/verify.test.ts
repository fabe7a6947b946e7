import { describe, expect, it } from 'vitest';
import { generate } from '../../generator/generate.js';
import { readAssets } from '../../generator/assets.js';
import { verify } from '../../generator/verify/verify.js';
import { sampleSnapshot } from '../model/sample.js';

const sample = sampleSnapshot([
  { name: 'Sample', type: 'Patient', elements: [{ id: 'Patient.birthDate', min: 1, max: '1' }] },
]);
const generator = { name: 'fhir-profile-codegen', version: '0.0.0' };

describe('generate --verify', () => {
  it('reports nothing for generated models, and errors for edited ones', async () => {
    const { files } = await generate(sample, { assets: await readAssets(), generator });
    expect(await verify(files)).toEqual([]);
    const broken = files.map((file) =>
      file.path === 'index.ts' ? { ...file, content: `${file.content}export const x: string = 1;\n` } : file,
    );
    expect(await verify(broken)).toMatchObject([{ path: 'index.ts', message: expect.stringContaining('number') }]);
  });
});
