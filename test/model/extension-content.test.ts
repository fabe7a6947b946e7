import { describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import { canonical, constructedSnapshot, fixed, type Sketch, slicedBy } from '../mutation/constructed.js';

function extension(name: string, edits: Sketch['edits']): Sketch {
  return { name, type: 'Extension', edits: { 'Extension.url': fixed('Uri', canonical(name)), ...edits } };
}

const model = buildModel(
  constructedSnapshot(
    [
      extension('Simple', { 'Extension.extension': { max: '0' } }),
      extension('Complex', { 'Extension.value[x]': { max: '0' } }),
      extension('Open', { 'Extension.value[x]': { types: [{ code: 'string' }] } }),
      extension('Nested', {
        'Extension.extension': slicedBy('value', 'url'),
        'Extension.extension:text': { max: '1' },
        'Extension.extension:text.url': fixed('Uri', 'text'),
        'Extension.extension:text.extension': { max: '0' },
        'Extension.extension:text.value[x]': { types: [{ code: 'string' }] },
      }),
    ],
    [],
  ),
);

/** Minimum cardinalities of value and nested extensions. */
function boundsOf(name: string, slice?: string): readonly (number | undefined)[] {
  const root = model.profiles.find((one) => one.name === name)?.root;
  const nested = root?.children.find(({ base }) => base.name === 'extension')?.slicing?.slices;
  const element = slice === undefined ? root : nested?.find((one) => one.name === slice)?.element;
  return ['value', 'extension'].map((each) => element?.children.find(({ base }) => base.name === each)?.min);
}

describe('an extension has a value or extensions (ext-1), so', () => {
  it.each<readonly [string, string, string | undefined, readonly number[]]>([
    ['its value is required if extensions are prohibited', 'Simple', undefined, [1, 0]],
    ['an extension is required if the value is prohibited', 'Complex', undefined, [0, 1]],
    ['both are optional if both are allowed', 'Open', undefined, [0, 0]],
    ['the same applies to a nested extension', 'Nested', 'text', [1, 0]],
  ])('%s', (_, name, slice, bounds) => {
    expect(boundsOf(name, slice)).toEqual(bounds);
  });
});
