import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { RUNTIME_EXPORTS } from '../../generator/names/runtime-exports.js';
import { OPTIONS, ROOT } from '../generated/compile.js';

const MODULES = ['index', 'internal'].map((name) => `${ROOT}templates/runtime/${name}.ts`);

describe('names reserved for the runtime', () => {
  it('are those that its modules and the index of a package export', () => {
    const program = ts.createProgram(MODULES, OPTIONS);
    const checker = program.getTypeChecker();
    const exported = MODULES.flatMap((file) => {
      const source = program.getSourceFile(file);
      const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source);
      return symbol === undefined ? [] : checker.getExportsOfModule(symbol).map(({ name }) => name);
    });
    const all = new Set([...exported, 'profiles', 'validateByProfile']);
    expect([...RUNTIME_EXPORTS].sort()).toEqual([...all].sort());
  });
});
