import fc from 'fast-check';
import { format } from 'prettier';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Module } from '../../generator/emit/module.js';
import { print } from '../../generator/emit/print/module.js';
import { module } from './arbitrary.js';
import { stringsOf } from './strings.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100);
const CONFIG = { parser: 'typescript', printWidth: 120, singleQuote: true } as const;

function parse(text: string): ts.SourceFile & { readonly parseDiagnostics?: readonly ts.Diagnostic[] } {
  return ts.createSourceFile('module.ts', text, ts.ScriptTarget.ESNext, true);
}

/** The values of all string literals except in imports and exports, in order. */
function stringsIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteral(node)) found.push(node.text);
    else if (isMemberName(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(parse(text));
  return found;
}

/** Names of members, quoted or not, are compared as well. */
function isMemberName(node: ts.Node): node is ts.Identifier {
  return (
    ts.isIdentifier(node) &&
    (ts.isPropertySignature(node.parent) || ts.isPropertyAssignment(node.parent)) &&
    node.parent.name === node
  );
}

describe('printed modules', () => {
  it('have the layout of prettier, no syntax errors, and the strings that they were given', async () => {
    await fc.assert(
      fc.asyncProperty(module, async (one: Module) => {
        const text = print(one);
        expect(parse(text).parseDiagnostics?.map((one) => one.messageText) ?? []).toEqual([]);
        expect(await format(text, CONFIG)).toBe(text);
        expect(stringsIn(text)).toEqual(stringsOf(one));
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);
});
