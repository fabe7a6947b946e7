import { expect, it } from 'vitest';
import { nameAll } from '../../generator/names/names.js';
import { readAssets } from '../../generator/render/assets.js';
import { render } from '../../generator/render/render.js';
import { compileTemplates } from '../../generator/render/templates.js';
import { sampleModel } from '../model/sample.js';

const assets = await readAssets();

it('has the smallest and the largest value in the table and in the comment', () => {
  const rank = {
    id: 'ContactPoint.rank',
    min: 0,
    max: '1',
    types: [{ code: 'positiveInt' }],
    minValue: 2,
    maxValue: 9,
  };
  const model = sampleModel([{ name: 'Ranked', type: 'ContactPoint', elements: [rank] }]);
  const { files } = render(model, nameAll(model), {
    template: compileTemplates(assets.templates),
    runtime: assets.runtime,
    generator: { name: 'test', version: '1.0.0' },
    npmName: 'test',
    npmVersion: '1.0.0',
    codeLimit: 10_000,
  });
  const content = files.find(({ path }) => path.endsWith('/ranked.ts'))?.content;
  expect(content).toContain('rank: { minValue: 2, maxValue: 9 }');
  expect(content).toContain('Smallest value: `2`.');
  expect(content).toContain('Largest value: `9`.');
});
