import ts from 'typescript';
import type { PinnedValueSet } from '../../generator/pin/snapshot.js';
import { sampleModel, type SampleElement, type SampleProfile } from '../model/sample.js';
import { renderedFile } from '../rendered.js';

/** A profile named `Sample`, and what it depends on. */
export interface SampleOptions {
  readonly valueSets?: readonly PinnedValueSet[];
  readonly others?: readonly SampleProfile[];
}

/** A type that the module of a profile declares. */
export interface DeclaredType {
  readonly name: string;
  /** Its base type, or the type that an alias names. */
  readonly is: readonly string[];
  readonly members: readonly DeclaredMember[];
}

/** A member on one line, without comments. */
export interface DeclaredMember {
  readonly key: string;
  readonly optional: boolean;
  /** Without the `undefined` of an optional member. */
  readonly type: string;
}

/**
 * The types generated for a hand-written profile.
 *
 * @param type FHIR type
 * @param elements of the profile
 * @param options other profiles and value sets
 */
export async function declarationsOf(
  type: string,
  elements: readonly SampleElement[],
  options: SampleOptions = {},
): Promise<readonly DeclaredType[]> {
  const model = sampleModel([{ name: 'Sample', type, elements }, ...(options.others ?? [])], options.valueSets);
  const text = await renderedFile(model, 'example.sample/sample.ts');
  const source = ts.createSourceFile('sample.ts', text, ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement): DeclaredType[] => {
    if (ts.isInterfaceDeclaration(statement)) {
      const bases = statement.heritageClauses?.flatMap((clause) => clause.types.map(oneLine)) ?? [];
      const members = statement.members.filter(ts.isPropertySignature).map(declaredMember);
      return [{ name: statement.name.text, is: bases, members }];
    }
    if (!ts.isTypeAliasDeclaration(statement)) return [];
    const parts = ts.isIntersectionTypeNode(statement.type) ? statement.type.types : [statement.type];
    return [{ name: statement.name.text, is: parts.map(oneLine), members: [] }];
  });
}

/**
 * One member of the profile's own type.
 *
 * @param member its name
 * @returns `name?: type`; empty if it is inherited from FHIR's type
 */
export async function memberOf(
  type: string,
  elements: readonly SampleElement[],
  member: string,
  options: SampleOptions = {},
): Promise<string> {
  const own = /^Sample(?:Members|\w*Choice)?$/;
  const all = (await declarationsOf(type, elements, options)).filter(({ name }) => own.test(name));
  const found = all.flatMap(({ members }) => members).find(({ key }) => key === member);
  return found === undefined ? '' : `${found.key}${found.optional ? '?' : ''}: ${found.type}`;
}

function declaredMember({ name, questionToken, type }: ts.PropertySignature): DeclaredMember {
  if (type === undefined) throw new Error(`${name.getText()} has no type`);
  const optional = questionToken !== undefined;
  const isUndefined = (one: ts.TypeNode): boolean => one.kind === ts.SyntaxKind.UndefinedKeyword;
  const parts = ts.isUnionTypeNode(type) ? type.types : [type];
  // For values with and without `exactOptionalPropertyTypes`.
  if (optional && !parts.some(isUndefined)) throw new Error(`${name.getText()} may not be set to undefined`);
  const shown = parts.length > 1 && optional ? parts.filter((one) => !isUndefined(one)) : parts;
  return { key: name.getText(), optional, type: shown.map(oneLine).join(' | ') };
}

const PRINTER = ts.createPrinter({ removeComments: true });

function oneLine(node: ts.Node): string {
  const text = PRINTER.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile());
  return text.replace(/\s+/g, ' ').replace(/^\| /, '').replace(/\[ /g, '[').replace(/ \]/g, ']');
}
