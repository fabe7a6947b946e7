import ts from 'typescript';
import type { Comment } from '../../generator/emit/comment.js';
import type { Declaration, Field, Method, Predicate, Statement } from '../../generator/emit/declaration.js';
import { namespaceOf, type Import, type Source } from '../../generator/emit/imports.js';
import type { Module } from '../../generator/emit/module.js';
import type {
  Key,
  Keyword,
  Member,
  Parameter,
  ReferenceType,
  RestElement,
  Type,
  TypeParameter,
} from '../../generator/emit/type.js';
import type { CallValue, NameValue, Property, PropertyAccess, ThunkValue, Value } from '../../generator/emit/value.js';

/** A module read back, and the comments of it, which stand in no tree: their texts would be made safe again. */
export interface Converted {
  readonly module: Module;
  /** Texts of comments by the number that stands for each. */
  readonly comments: readonly string[];
}

/** Stands for a comment. */
export const MARK = 'comment number ';

/**
 * Reads a generated module back into a tree.
 *
 * @param file path below the output folder, without extension
 * @param text of the module
 */
export function convert(file: string, text: string): Converted {
  const tree = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ESNext, true);
  const comments: string[] = [];
  const imports = new Map<string, Import>();
  const declarations: Declaration[] = [];

  const sourceOf = (specifier: string): Source => {
    if (!specifier.startsWith('.')) return { kind: 'package', specifier };
    const parts = file.split('/').slice(0, -1);
    for (const part of specifier.replace(/\.js$/, '').split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.') parts.push(part);
    }
    return { kind: 'file', file: parts.join('/') };
  };

  const comment = (node: ts.Node): { doc?: Comment } => {
    const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
    if (doc === undefined) return {};
    comments.push(doc.getText());
    // Two lines where the text has them, so that the layout around is the same.
    const mark = `${MARK}${String(comments.length - 1)}.`;
    return { doc: doc.getText().includes('\n') ? [mark, 'more'] : [mark] };
  };

  const from = (name: string): { import?: Import } => {
    const known = imports.get(name);
    return known === undefined ? {} : { import: known };
  };

  const key = (node: ts.PropertyName): Key => {
    if (ts.isComputedPropertyName(node)) {
      if (ts.isStringLiteral(node.expression)) return node.expression.text;
      const name = node.expression.getText();
      return { kind: 'computed', name, ...from(name) };
    }
    if (ts.isIdentifier(node) || ts.isStringLiteral(node)) return node.text;
    throw new Error(node.getText());
  };

  const reference = (name: string, args: readonly ts.TypeNode[] | undefined): ReferenceType => {
    const typeArguments = (args ?? []).map(type);
    const [namespace = '', member] = name.split('.');
    if (member === undefined) return { kind: 'reference', name, typeArguments, ...from(name) };
    return { kind: 'reference', name: member, namespace, typeArguments, ...from(namespace) };
  };

  const literal = (node: ts.Node): string | number | boolean | null => {
    if (ts.isStringLiteral(node)) return node.text;
    if (ts.isNumericLiteral(node)) return Number(node.text);
    if (ts.isPrefixUnaryExpression(node)) return -Number(node.operand.getText());
    if (node.kind === ts.SyntaxKind.NullKeyword) return null;
    return node.kind === ts.SyntaxKind.TrueKeyword;
  };

  const type = (node: ts.TypeNode): Type => {
    if (ts.isParenthesizedTypeNode(node)) return type(node.type);
    if (ts.isTypeReferenceNode(node)) return reference(node.typeName.getText(), node.typeArguments);
    if (ts.isUnionTypeNode(node)) return { kind: 'union', types: node.types.map(type) };
    if (ts.isIntersectionTypeNode(node)) return { kind: 'intersection', types: node.types.map(type) };
    if (ts.isArrayTypeNode(node)) return { kind: 'array', element: type(node.elementType) };
    if (ts.isTupleTypeNode(node)) return { kind: 'tuple', elements: node.elements.map(element) };
    if (ts.isTypeLiteralNode(node)) return { kind: 'object', members: node.members.map(member) };
    if (ts.isTypeOperatorNode(node)) {
      const operator = node.operator === ts.SyntaxKind.KeyOfKeyword ? 'keyof' : 'readonly';
      return { kind: 'operator', operator, type: type(node.type) };
    }
    if (ts.isLiteralTypeNode(node)) {
      const value = literal(node.literal);
      return value === null ? { kind: 'keyword', keyword: 'null' } : { kind: 'literal', value };
    }
    return { kind: 'keyword', keyword: node.getText() as Keyword };
  };

  const element = (node: ts.TypeNode): Type | RestElement =>
    ts.isRestTypeNode(node) ? { kind: 'rest', type: type(node.type) } : type(node);

  const required = (node: ts.TypeNode | undefined): Type => {
    if (node === undefined) throw new Error('no type');
    return type(node);
  };

  const member = (node: ts.TypeElement): Member => {
    if (!ts.isPropertySignature(node)) throw new Error(node.getText());
    const isReadonly = node.modifiers?.some((one) => one.kind === ts.SyntaxKind.ReadonlyKeyword) === true;
    const optional = node.questionToken !== undefined;
    return { ...comment(node), readonly: isReadonly, key: key(node.name), optional, type: required(node.type) };
  };

  const name = (node: ts.Expression): NameValue => ({ kind: 'name', name: node.getText(), ...from(node.getText()) });

  const access = (node: ts.PropertyAccessExpression): PropertyAccess => ({
    kind: 'property',
    object: name(node.expression),
    name: node.name.text,
  });

  const call = (node: ts.CallExpression | ts.NewExpression): CallValue => ({
    kind: 'call',
    callee: ts.isPropertyAccessExpression(node.expression) ? access(node.expression) : name(node.expression),
    constructs: ts.isNewExpression(node),
    typeArguments: (node.typeArguments ?? []).map(type),
    arguments: (node.arguments ?? []).map(value),
    pure: node.getFullText().includes('@__PURE__') && !node.getText().includes('@__PURE__'),
  });

  const value = (node: ts.Expression): Value => {
    if (ts.isObjectLiteralExpression(node)) return { kind: 'object', properties: node.properties.map(property) };
    if (ts.isArrayLiteralExpression(node)) return { kind: 'array', elements: node.elements.map(value) };
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) return call(node);
    if (ts.isPropertyAccessExpression(node)) return access(node);
    if (ts.isIdentifier(node)) return name(node);
    if (ts.isAsExpression(node)) {
      const isConst = node.type.getText() === 'const';
      return { kind: 'as', value: value(node.expression), type: isConst ? 'const' : type(node.type) };
    }
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
      return { kind: 'thunk', body: value(node.body) as ThunkValue['body'] };
    }
    return { kind: 'literal', value: literal(node) };
  };

  const property = (node: ts.ObjectLiteralElementLike): Property => {
    if (!ts.isPropertyAssignment(node)) throw new Error(node.getText());
    return { ...comment(node), key: key(node.name), value: value(node.initializer) };
  };

  const parameter = (node: ts.ParameterDeclaration): Parameter => ({
    name: node.name.getText(),
    rest: node.dotDotDotToken !== undefined,
    optional: node.questionToken !== undefined,
    type: required(node.type),
  });

  const typeParameter = (node: ts.TypeParameterDeclaration): TypeParameter => ({
    name: node.name.text,
    ...(node.modifiers === undefined ? {} : { variance: node.modifiers.map((one) => one.getText()).join(' ') as 'in' }),
    ...(node.constraint === undefined ? {} : { constraint: type(node.constraint) }),
    ...(node.default === undefined ? {} : { default: type(node.default) }),
  });

  const returns = (node: ts.TypeNode | undefined): { returns?: Type | Predicate } => {
    if (node === undefined) return {};
    if (!ts.isTypePredicateNode(node)) return { returns: type(node) };
    const asserts = node.assertsModifier !== undefined;
    const predicate = { asserts, parameter: node.parameterName.getText(), type: required(node.type) };
    return { returns: { kind: 'predicate', ...predicate } };
  };

  const body = (node: ts.Block | undefined): Statement[] =>
    (node?.statements ?? []).map((one): Statement => {
      if (ts.isReturnStatement(one) && one.expression !== undefined)
        return { kind: 'return', value: value(one.expression) };
      if (ts.isExpressionStatement(one)) return { kind: 'expression', value: value(one.expression) };
      throw new Error(one.getText());
    });

  const classMember = (node: ts.ClassElement): Method | Field => {
    if (!ts.isMethodDeclaration(node) && !ts.isGetAccessor(node)) throw new Error(node.getText());
    const has = (kind: ts.SyntaxKind): boolean => node.modifiers?.some((one) => one.kind === kind) === true;
    return {
      kind: 'method',
      ...comment(node),
      ...(has(ts.SyntaxKind.ProtectedKeyword) ? { access: 'protected' } : {}),
      override: has(ts.SyntaxKind.OverrideKeyword),
      getter: ts.isGetAccessor(node),
      name: node.name.getText(),
      typeParameters: (node.typeParameters ?? []).map(typeParameter),
      parameters: node.parameters.map(parameter),
      ...returns(node.type),
      body: body(node.body),
    };
  };

  const heritage = (node: ts.InterfaceDeclaration | ts.ClassDeclaration): ReferenceType[] =>
    (node.heritageClauses ?? []).flatMap((clause) =>
      clause.types.map((one) => reference(one.expression.getText(), one.typeArguments)),
    );

  const statement = (node: ts.Statement): void => {
    if (ts.isImportDeclaration(node)) {
      const specifier = (node.moduleSpecifier as ts.StringLiteral).text;
      const bindings = node.importClause?.namedBindings;
      if (bindings === undefined) throw new Error(node.getText());
      if (ts.isNamespaceImport(bindings)) {
        imports.set(bindings.name.text, namespaceOf(sourceOf(specifier), bindings.name.text));
      } else {
        for (const one of bindings.elements) {
          imports.set(one.name.text, { from: sourceOf(specifier), name: one.name.text, namespace: false });
        }
      }
    } else if (ts.isExportDeclaration(node)) {
      const names = node.exportClause as ts.NamedExports | undefined;
      declarations.push({
        kind: 're-export',
        from: sourceOf((node.moduleSpecifier as ts.StringLiteral).text),
        ...(names === undefined ? {} : { names: names.elements.map((one) => one.getText()) }),
        typeOnly: node.isTypeOnly,
      });
    } else if (ts.isInterfaceDeclaration(node)) {
      const members = { extends: heritage(node), members: node.members.map(member) };
      declarations.push({ kind: 'interface', ...comment(node), name: node.name.text, ...members });
    } else if (ts.isTypeAliasDeclaration(node)) {
      declarations.push({ kind: 'alias', ...comment(node), name: node.name.text, type: type(node.type) });
    } else if (ts.isVariableStatement(node)) {
      const [one] = node.declarationList.declarations;
      if (one?.initializer === undefined) throw new Error(node.getText());
      const annotation = one.type === undefined ? {} : { type: type(one.type) };
      const gets = value(one.initializer);
      declarations.push({ kind: 'constant', ...comment(node), name: one.name.getText(), ...annotation, value: gets });
    } else if (ts.isFunctionDeclaration(node)) {
      declarations.push({
        kind: 'function',
        ...comment(node),
        name: node.name?.text ?? '',
        parameters: node.parameters.map(parameter),
        ...returns(node.type),
        body: body(node.body),
      });
    } else if (ts.isClassDeclaration(node)) {
      const [base] = heritage(node);
      declarations.push({
        kind: 'class',
        ...comment(node),
        name: node.name?.text ?? '',
        typeParameters: (node.typeParameters ?? []).map(typeParameter),
        ...(base === undefined ? {} : { extends: base }),
        members: node.members.map(classMember),
      });
    } else throw new Error(node.getText());
  };

  for (const one of tree.statements) statement(one);
  const [first = ''] = text.split('\n');
  return { module: { file, header: first.slice('// '.length), declarations }, comments };
}
