import { posix } from 'node:path';
import { type MethodSignature, type Node, type SourceFile, SyntaxKind } from 'ts-morph';

/**
 * Finds the exports that two modules declare identically, with everything that they refer to: they need no comparison.
 * This saves most of the compiler's work, and avoids types that it cannot relate to a copy of themselves (a choice of
 * fifty types).
 *
 * @param old a module
 * @param next another
 */
export function sameDeclarations(old: SourceFile, next: SourceFile): Sameness {
  const [before, after] = [declarationsOf(old), declarationsOf(next)];
  const changed = new Set<string>();
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === undefined || is === undefined || was.text !== is.text) changed.add(name);
  }
  // A declaration that refers to a changed one has changed too.
  for (let size = -1; size !== changed.size;) {
    size = changed.size;
    for (const [name, { uses }] of before) if ([...uses].some((one) => changed.has(one))) changed.add(name);
  }
  return {
    isSame: (name) => before.has(name) && !changed.has(name),
    sameMethods: (name) => sameMethods(old, next, name, changed),
  };
}

/** What two modules declare identically. */
export interface Sameness {
  /** Whether an export is declared identically, with everything that it refers to. */
  isSame(name: string): boolean;
  /** Names of the methods of an interface that both declare identically. */
  sameMethods(name: string): readonly string[];
}

function sameMethods(old: SourceFile, next: SourceFile, name: string, changed: ReadonlySet<string>): readonly string[] {
  const methods = new Map(
    next
      .getInterface(name)
      ?.getMethods()
      .map((method) => [method.getName(), parametersOf(method)]),
  );
  return (old.getInterface(name)?.getMethods() ?? []).flatMap((method) => {
    const isSame = methods.get(method.getName()) === parametersOf(method);
    const uses = method.getParameters().flatMap(namesIn);
    return isSame && uses.every((one) => !changed.has(one)) ? [method.getName()] : [];
  });
}

function parametersOf(method: MethodSignature): string {
  return method
    .getParameters()
    .map((one) => one.getText())
    .join(', ')
    .replace(/\s+/g, ' ');
}

interface Declared {
  /** Without comments. For an import: its module and name. */
  readonly text: string;
  readonly uses: ReadonlySet<string>;
}

/** Declarations by name: an interface and a constant of one name are one. Validator tables do not affect types. */
function declarationsOf(source: SourceFile): ReadonlyMap<string, Declared> {
  const found = new Map<string, { text: string; readonly uses: Set<string> }>();
  const add = (name: string, text: string, uses: readonly string[]): void => {
    const own = found.get(name) ?? { text: '', uses: new Set<string>() };
    own.text += text;
    for (const one of uses) own.uses.add(one);
    found.set(name, own);
  };
  const folder = posix.dirname(source.getFilePath());
  for (const declaration of source.getImportDeclarations()) {
    const from = posix.join(folder, declaration.getModuleSpecifierValue());
    for (const one of declaration.getNamedImports()) {
      add(one.getAliasNode()?.getText() ?? one.getName(), `${from} ${one.getName()}`, []);
    }
    const namespace = declaration.getNamespaceImport()?.getText();
    if (namespace !== undefined) add(namespace, from, []);
  }
  for (const declaration of [...source.getInterfaces(), ...source.getTypeAliases()]) {
    add(declaration.getName(), withoutComments(declaration.getText()), namesIn(declaration));
  }
  for (const declaration of source.getVariableDeclarations()) {
    const name = declaration.getName();
    if (isTable(declaration.getTypeNode()?.getText())) continue;
    add(name, withoutComments(declaration.getText()), namesIn(declaration));
  }
  return found;
}

function isTable(type: string | undefined): boolean {
  return type === 'ProfileTable' || type === 'ProfileCompletion' || type === 'CodeSet';
}

/**
 * The text of a module without comments, with single spaces.
 *
 * @param text as the generator prints it
 */
export function withoutComments(text: string): string {
  return text.replace(/\/\*\*[\s\S]*?\*\/|^\/\/.*$/gm, '').replace(/\s+/g, ' ');
}

function namesIn(node: Node): readonly string[] {
  return node.getDescendantsOfKind(SyntaxKind.Identifier).map((one) => one.getText());
}
