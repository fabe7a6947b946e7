import { describe, expect, it } from 'vitest';
import { diagnose } from './compile.js';
import { KINDS, KINDS_PRELUDE } from './kinds.js';

const diagnostics = diagnose([KINDS_PRELUDE, ...KINDS.map(({ code }) => code)].join('\n'));
const first = KINDS_PRELUDE.split('\n').length;

describe('the first or last line of the compiler error names the fault:', () => {
  it('none for valid values', () => {
    expect(diagnostics.filter(({ line }) => line < first)).toEqual([]);
  });

  it.each(KINDS.map((kind, index) => ({ ...kind, index })))('$name', ({ index, at, message: expected, long }) => {
    const found = diagnostics.filter(({ line }) => line === first + index);
    expect(found.map(({ marked }) => marked)).toEqual([at]);
    const message = found[0]?.message ?? '';
    const lines = message.split('\n');
    const naming = [lines[0] ?? '', lines[lines.length - 1] ?? ''].filter((line) => expected.test(line));
    expect(
      naming.some((line) => line.length <= 400),
      message,
    ).toBe(true);
    // Only messages with a listed reason are long, so the list of reasons stays true.
    expect(lines.length > 3 || message.length > 400, `${lines.length} lines, ${message.length}: ${message}`).toBe(
      long !== undefined,
    );
    expect(message.length).toBeLessThanOrEqual(1_300);
  });
});
