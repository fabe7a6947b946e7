import { expect, it } from 'vitest';
import { renderedFile } from '../rendered.js';
import { sampleModel } from '../model/sample.js';

it('a package depends on the compiler that its build needs', async () => {
  const text = await renderedFile(sampleModel([{ name: 'Sample', type: 'Patient', elements: [] }]), 'package.json');
  expect(JSON.parse(text)).toMatchObject({
    scripts: { build: expect.stringMatching(/ && tsc /) as string },
    devDependencies: { typescript: expect.any(String) as string },
  });
});
