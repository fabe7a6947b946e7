import { ts } from 'ts-morph';
import { byKey, groupedBy } from '../order.js';
import type { Edit } from './edit.js';
import { memberEdits } from './member-edits.js';
import type { Renames } from './renames.js';
import type { Left, Target } from './target.js';

/** Collects what has to change in one file. */
export class FileEdits {
  readonly edits: Edit[] = [];
  readonly left: Left[] = [];
  /** Every identifier of the file, by its text. */
  private readonly identifiers: ReadonlyMap<string, readonly ts.Identifier[]>;
  /** The exported name of each imported symbol. */
  private readonly imported = new Map<ts.Symbol | undefined, string>();
  /** Namespace imports. */
  private readonly namespaces = new Set<ts.Symbol | undefined>();

  /**
   * @param file parsed
   * @param checker of a program with this file alone
   * @param renames see {@link Renames}
   */
  constructor(
    private readonly file: ts.SourceFile,
    private readonly checker: ts.TypeChecker,
    private readonly renames: Renames,
  ) {
    const identifiers: ts.Identifier[] = [];
    const collect = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) identifiers.push(node);
      ts.forEachChild(node, collect);
    };
    collect(file);
    this.identifiers = byKey(identifiers, ({ text }) => text);
  }

  /**
   * Collects the edits of the file.
   *
   * @param target finds the module of a specifier; `undefined` for other packages
   */
  visit(target: (specifier: string) => Target | undefined): void {
    const at = (literal: ts.Node | undefined): Target | undefined =>
      literal !== undefined && ts.isStringLiteralLike(literal) ? target(literal.text) : undefined;
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node)) this.importDeclaration(node, at(node.moduleSpecifier));
      else if (ts.isExportDeclaration(node)) this.exportDeclaration(node, at(node.moduleSpecifier));
      else if (ts.isImportTypeNode(node)) this.importType(node, at);
      else if (ts.isCallExpression(node) && isImportCall(node)) this.importCall(node, at(node.arguments[0]));
      ts.forEachChild(node, visit);
    };
    visit(this.file);
    this.members();
    this.left.sort((a, b) => a.line - b.line);
  }

  /** Methods of builders, and keys of inputs. */
  private members(): void {
    const symbolOf = (node: ts.Node): ts.Symbol | undefined => this.checker.getSymbolAtLocation(node);
    const exportOf = (node: ts.Node): string | undefined => {
      if (ts.isIdentifier(node)) return this.imported.get(symbolOf(node));
      const [owner, name] = ts.isPropertyAccessExpression(node)
        ? [node.expression, node.name]
        : ts.isQualifiedName(node)
          ? [node.left, node.right]
          : [];
      return owner !== undefined && this.namespaces.has(symbolOf(owner)) ? name?.text : undefined;
    };
    for (const { node, text, name } of memberEdits(this.file, this.checker, this.renames, exportOf)) {
      if (text === undefined) this.leave(node, name);
      else this.replace(node, text);
    }
  }

  private importDeclaration(node: ts.ImportDeclaration, target: Target | undefined): void {
    if (target === undefined) return;
    const bindings = node.importClause?.namedBindings;
    if (bindings === undefined) return this.path(node.moduleSpecifier, target);
    if (ts.isNamespaceImport(bindings)) {
      this.path(node.moduleSpecifier, target);
      this.namespaces.add(this.checker.getSymbolAtLocation(bindings.name));
      this.namespaceUses(bindings.name, target);
      return;
    }
    const texts = bindings.elements.map((element) => this.importSpecifier(element, target));
    const [same, ...others] = groupedBy(texts, ({ specifier }) => specifier);
    if (same === undefined) return this.path(node.moduleSpecifier, target);
    if (others.length === 0) {
      this.literal(node.moduleSpecifier, same[0].specifier);
      bindings.elements.forEach((element, index) => this.replace(element, texts[index]?.text ?? ''));
      return;
    }
    const quote = this.quoteOf(node.moduleSpecifier);
    const type = node.importClause?.isTypeOnly === true ? 'type ' : '';
    const statements = [same, ...others].map((group) => {
      const names = group.map(({ text }) => text).join(', ');
      return `import ${type}{ ${names} } from ${quote}${group[0].specifier}${quote};`;
    });
    this.replace(node, statements.join('\n'));
  }

  /** The specifier with its new name, and all uses of the name in the file. */
  private importSpecifier(
    element: ts.ImportSpecifier,
    target: Target,
  ): { readonly specifier: string; readonly text: string } {
    const old = (element.propertyName ?? element.name).text;
    this.imported.set(this.checker.getSymbolAtLocation(element.name), old);
    const place = target.find(old);
    const type = element.isTypeOnly ? 'type ' : '';
    this.constantUses(element.name, old);
    if (place === undefined) this.leave(element, old);
    if (place === undefined || place === 'unknown') {
      return { specifier: target.specifier, text: element.getText(this.file) };
    }
    const specifier = target.specifierFor(place);
    if (element.propertyName !== undefined) {
      return { specifier, text: `${type}${place.name} as ${element.name.text}` };
    }
    if (place.name === old) return { specifier, text: `${type}${old}` };
    // A new name that the file already uses for something else needs an alias.
    if (this.identifiers.has(place.name)) return { specifier, text: `${type}${place.name} as ${old}` };
    for (const use of this.usesOf(element.name)) this.renameUse(use, old, place.name);
    return { specifier, text: `${type}${place.name}` };
  }

  private renameUse(use: ts.Identifier, old: string, name: string): void {
    const { parent } = use;
    if (ts.isShorthandPropertyAssignment(parent)) this.replace(use, `${old}: ${name}`);
    else if (ts.isExportSpecifier(parent) && parent.propertyName === undefined) this.replace(use, `${name} as ${old}`);
    else this.replace(use, name);
  }

  private exportDeclaration(node: ts.ExportDeclaration, target: Target | undefined): void {
    if (target === undefined || node.moduleSpecifier === undefined) return;
    this.path(node.moduleSpecifier, target);
    if (node.exportClause === undefined || !ts.isNamedExports(node.exportClause)) return;
    for (const { name, propertyName } of node.exportClause.elements) {
      const source = propertyName ?? name;
      const place = target.find(source.text);
      if (place === undefined) this.leave(source, source.text);
      else if (place !== 'unknown' && place.name !== source.text) {
        this.replace(source, propertyName === undefined ? `${place.name} as ${name.text}` : place.name);
      }
    }
  }

  /** `import('…').Name`. */
  private importType(node: ts.ImportTypeNode, at: (literal: ts.Node | undefined) => Target | undefined): void {
    const literal = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
    const target = at(literal);
    if (target === undefined) return;
    let first = node.qualifier;
    while (first !== undefined && ts.isQualifiedName(first)) first = first.left;
    const place = first === undefined ? 'unknown' : target.find(first.text);
    if (first !== undefined && place === undefined) this.leave(first, first.text);
    if (first === undefined || place === undefined || place === 'unknown') return this.path(literal, target);
    if (literal !== undefined) this.literal(literal, target.specifierFor(place));
    if (place.name !== first.text) this.replace(first, place.name);
  }

  /** `const { name } = await import('…')`, `const models = require('…')`, `require('…').name`. */
  private importCall(node: ts.CallExpression, target: Target | undefined): void {
    if (target === undefined) return;
    this.path(node.arguments[0], target);
    let value: ts.Node = ts.isAwaitExpression(node.parent) ? node.parent : node;
    while (ts.isParenthesizedExpression(value.parent)) value = value.parent;
    const { parent } = value;
    if (ts.isPropertyAccessExpression(parent)) return this.namespaceMember(parent.name, target);
    if (!ts.isVariableDeclaration(parent)) return;
    const { name: local } = parent;
    if (ts.isIdentifier(local)) {
      this.namespaces.add(this.checker.getSymbolAtLocation(local));
      return this.namespaceUses(local, target);
    }
    if (!ts.isObjectBindingPattern(local)) return;
    for (const { name, propertyName } of local.elements) {
      const source = propertyName ?? name;
      if (!ts.isIdentifier(source)) continue;
      if (ts.isIdentifier(name)) {
        this.imported.set(this.checker.getSymbolAtLocation(name), source.text);
        this.constantUses(name, source.text);
      }
      const place = target.find(source.text);
      if (place === undefined) this.leave(source, source.text);
      else if (place !== 'unknown' && place.name !== source.text) {
        this.replace(source, propertyName === undefined ? `${place.name}: ${source.text}` : place.name);
      }
    }
  }

  /** `models.Name`, of a value or a type. */
  private namespaceUses(local: ts.Identifier, target: Target): void {
    for (const use of this.usesOf(local)) {
      const name = memberOf(use);
      if (name !== undefined) this.namespaceMember(name, target);
    }
  }

  private namespaceMember(name: ts.MemberName, target: Target): void {
    const place = target.find(name.text);
    this.constantMember(name.parent, name.text);
    if (place === undefined) this.leave(name, name.text);
    else if (place !== 'unknown' && place.name !== name.text) this.replace(name, place.name);
  }

  /** `ValueSet.Constant`. */
  private constantUses(local: ts.Identifier, valueSet: string): void {
    if (!this.renames.constants.has(valueSet)) return;
    for (const use of this.usesOf(local)) this.constantMember(use, valueSet);
  }

  private constantMember(owner: ts.Node, valueSet: string): void {
    const keys = this.renames.constants.get(valueSet);
    const access = owner.parent;
    if (keys === undefined || !ts.isPropertyAccessExpression(access) || access.expression !== owner) return;
    const key = access.name.text;
    if (!keys.has(key)) return;
    const now = keys.get(key);
    if (now === undefined) this.leave(access.name, `${valueSet}.${key}`);
    else this.replace(access.name, now);
  }

  /** Identifiers that refer to an import, without the import itself. */
  private usesOf(local: ts.Identifier): readonly ts.Identifier[] {
    const symbol = this.checker.getSymbolAtLocation(local);
    return (this.identifiers.get(local.text) ?? []).filter(
      (one) => one !== local && one.parent !== local.parent && symbol !== undefined && this.meaning(one) === symbol,
    );
  }

  private meaning(identifier: ts.Identifier): ts.Symbol | undefined {
    const { parent } = identifier;
    if (ts.isShorthandPropertyAssignment(parent)) return this.checker.getShorthandAssignmentValueSymbol(parent);
    if (ts.isExportSpecifier(parent)) return this.checker.getExportSpecifierLocalTargetSymbol(parent);
    return this.checker.getSymbolAtLocation(identifier);
  }

  private path(literal: ts.Node | undefined, target: Target | undefined): void {
    if (literal !== undefined && target !== undefined) this.literal(literal, target.specifier);
  }

  private literal(node: ts.Node, specifier: string): void {
    const quote = this.quoteOf(node);
    this.replace(node, `${quote}${specifier}${quote}`);
  }

  private quoteOf(node: ts.Node): string {
    return node.getText(this.file).charAt(0);
  }

  private leave(node: ts.Node, name: string): void {
    this.left.push({ line: this.file.getLineAndCharacterOfPosition(node.getStart(this.file)).line + 1, name });
  }

  private replace(node: ts.Node, text: string): void {
    if (node.getText(this.file) === text) return;
    this.edits.push({ start: node.getStart(this.file), end: node.getEnd(), text });
  }
}

/** The name after `models.`, where an identifier is `models`. */
function memberOf(use: ts.Identifier): ts.Identifier | undefined {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === use && ts.isIdentifier(parent.name)) {
    return parent.name;
  }
  return ts.isQualifiedName(parent) && parent.left === use ? parent.right : undefined;
}

function isImportCall({ expression }: ts.CallExpression): boolean {
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require')
  );
}
