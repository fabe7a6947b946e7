import { ts } from 'ts-morph';
import type { MemberRenames } from './members.js';

/** A member that a file uses, and its replacement. */
export interface MemberEdit {
  readonly node: ts.Node;
  /** `undefined` when the member was removed. */
  readonly text: string | undefined;
  /** For people: `XBuilder.addOld`. */
  readonly name: string;
}

/** The maximum number of steps from an expression to the declaration of its builder. */
const STEPS = 20;

/**
 * The uses of renamed builder methods and input keys in a file. Only this file is analysed: a builder is a value that
 * it constructs (`new XBuilder()`) or declares by type; an input is an argument of `createX`, or a variable declared as
 * `XInput`.
 *
 * @param file parsed
 * @param checker of a program with this file alone
 * @param renames of members
 * @param exportOf gives the name on the old side of the export that an expression or a type name refers to
 */
export function memberEdits(
  file: ts.SourceFile,
  checker: ts.TypeChecker,
  { methods, keys }: MemberRenames,
  exportOf: (name: ts.Node) => string | undefined,
): readonly MemberEdit[] {
  const edits: MemberEdit[] = [];

  const typeName = (type: ts.TypeNode | undefined): string | undefined =>
    type !== undefined && ts.isTypeReferenceNode(type) ? exportOf(type.typeName) : undefined;

  const builderOf = (node: ts.Expression, steps = STEPS): string | undefined => {
    if (steps === 0) return undefined;
    if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node))
      return builderOf(node.expression, steps - 1);
    if (ts.isNewExpression(node)) return exportOf(node.expression);
    // Each method returns a builder of the same class.
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      return builderOf(node.expression.expression, steps);
    }
    if (!ts.isIdentifier(node)) return undefined;
    const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
    if (declaration === undefined || !(ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) {
      return undefined;
    }
    const { type, initializer } = declaration;
    return typeName(type) ?? (initializer === undefined ? undefined : builderOf(initializer, steps - 1));
  };

  const input = (node: ts.Expression | undefined, own: ReadonlyMap<string, string>, path: string): void => {
    if (node === undefined) return;
    if (ts.isArrayLiteralExpression(node)) {
      for (const element of node.elements) input(element, own, path);
    }
    if (!ts.isObjectLiteralExpression(node)) return;
    for (const property of node.properties) {
      const { name } = property;
      if (name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteral(name))) continue;
      const at = path === '' ? name.text : `${path}.${name.text}`;
      const text = own.get(at);
      if (text !== undefined) {
        const isShort = ts.isShorthandPropertyAssignment(property);
        edits.push({ node: name, text: isShort ? `${text}: ${name.text}` : text, name: at });
      }
      if (ts.isPropertyAssignment(property)) input(property.initializer, own, at);
    }
  };

  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const builder = builderOf(node.expression);
      const own = builder === undefined ? undefined : methods.get(builder);
      const method = node.name.text;
      if (own?.has(method) === true) {
        edits.push({ node: node.name, text: own.get(method), name: `${builder ?? ''}.${method}` });
      }
    } else if (ts.isCallExpression(node)) {
      input(node.arguments[0], keys.get(exportOf(node.expression) ?? '') ?? new Map(), '');
    } else if (ts.isVariableDeclaration(node)) {
      input(node.initializer, keys.get(typeName(node.type) ?? '') ?? new Map(), '');
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return edits;
}
