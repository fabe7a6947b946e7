import { expect, it } from 'vitest';
import { sampleModel } from '../model/sample.js';
import { renderedFile } from '../rendered.js';

it('minimum and maximum values are in the table and in the comment', async () => {
  const rank = {
    id: 'ContactPoint.rank',
    min: 1,
    max: '1',
    types: [{ code: 'positiveInt' }],
    minValue: 2,
    maxValue: 9,
  };
  const model = sampleModel([{ name: 'Ranked', type: 'ContactPoint', elements: [rank] }]);
  const content = await renderedFile(model, 'example.sample/ranked.ts');
  expect(content).toContain('rank: { min: 1, minValue: 2, maxValue: 9 }');
  expect(content).toContain('Minimum value: `2`.');
  expect(content).toContain('Maximum value: `9`.');
});
