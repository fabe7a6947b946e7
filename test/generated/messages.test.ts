import { afterAll, describe, expect, it } from 'vitest';
import { buildModel } from '../../generator/model/build.js';
import { constructedGuide } from '../mutation/constructed-profiles.js';
import { rendered } from '../rendered.js';
import { openWorkspace } from '../mutation/workspace.js';
import { diagnose } from './compile.js';
import { preludeOf, WRONG } from './messages.js';

const workspace = openWorkspace((await rendered(buildModel(constructedGuide()))).files);
afterAll(() => workspace.close());

/** One line per value, so that the line of a diagnostic identifies the value; all in one program. */
const prelude = preludeOf(`${workspace.generated}/index.js`);
const lines = WRONG.map(({ type, value }, index) => {
  return `export const w${index}${type === undefined ? '' : `: ${type}`} = ${value};`;
});
const diagnostics = diagnose(`${prelude}\n${lines.join('\n')}`);
const first = prelude.split('\n').length;

describe('the compiler error for', () => {
  it('valid values does not exist', () => {
    expect(diagnostics.filter(({ line }) => line < first)).toEqual([]);
  });

  it.each(WRONG.map((wrong, index) => ({ ...wrong, index })))('$name', ({ index, message: expected }) => {
    const errors = diagnostics
      .filter(({ line }) => line === first + index)
      .map(({ marked, message }) => `${marked}: ${message}`)
      .join('\n');
    expect(errors).toMatch(expected);
  });
});
