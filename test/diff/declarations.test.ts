import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as declarations from '../../generator/diff/declarations.js';
import { declarationChanges } from '../../generator/diff/declarations.js';
import { lazyStages } from '../../generator/run/stages.js';
import { run } from '../cli/run.js';
import { folderOfTests } from '../folders.js';
import { element, profile, snapshot } from './samples.js';

vi.mock('../../generator/diff/declarations.js', async (original) => {
  const module = await original<typeof declarations>();
  return { ...module, declarationChanges: vi.fn(module.declarationChanges) };
});

describe('declarations are compared once, for what shows them', () => {
  beforeEach(() => {
    vi.mocked(declarationChanges).mockClear();
  });

  it.each([
    ['json', [], 0],
    ['github', [], 0],
    ['junit', [], 0],
    ['text', ['--all'], 1],
    ['markdown', [], 1],
    ['html', [], 1],
  ])('%s %j', async (format, flags, times) => {
    const cwd = folderOfTests();
    for (const [name, cardinality] of [
      ['old', '0..1'],
      ['next', '1..1'],
    ] as const) {
      const text = await lazyStages.serialize(
        snapshot([profile('a', 'Patient', [element('Patient.x', cardinality, { types: [{ code: 'string' }] })])]),
      );
      writeFileSync(join(cwd, `${name}.json`), text);
    }
    const { out } = await run(['diff', 'old.json', 'next.json', '--format', format, ...flags], cwd, lazyStages);
    expect(out).toContain('Patient.x');
    expect(declarationChanges).toHaveBeenCalledTimes(times);
  });
});
