import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { byKey } from '../../generator/order.js';

/** One import of a file of the generator by another. */
export interface Import {
  /** Path below `generator/`: `pin/pin.ts`. */
  readonly from: string;
  readonly to: string;
  /** Whether the import is of types only. */
  readonly isType: boolean;
}

/**
 * All imports among the files below a folder, re-exports and `import()` included.
 *
 * @param folder absolute
 * @returns in order of file name
 */
export function importsBelow(folder: string): readonly Import[] {
  return sourcesBelow(folder).flatMap(({ file, text }) => importsOf(file, text));
}

/** Modules of Node.js that give access to disk, network or processes. */
const OUTSIDE = /^node:(?:fs|https?|http2|net|tls|dns|dgram|child_process|worker_threads|cluster)(?:\/|$)/;

/**
 * The files below a folder that reach disk, network or other processes, and through which module.
 *
 * @param folder absolute
 */
export function outsideBelow(folder: string): readonly { readonly file: string; readonly by: string }[] {
  return sourcesBelow(folder).flatMap(({ file, text }) =>
    ts
      .preProcessFile(text)
      .importedFiles.filter(({ fileName }) => OUTSIDE.test(fileName))
      .map(({ fileName }) => ({ file, by: fileName })),
  );
}

function sourcesBelow(folder: string): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}

/**
 * The relative imports of a file.
 *
 * @param file path below the folder
 * @param text its source
 */
export function importsOf(file: string, text: string): readonly Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isType: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith('.')) return;
    const to = posix.normalize(posix.join(dirname(file), specifier.text)).replace(/\.js$/, '.ts');
    found.push({ from: file, to, isType });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypeExport(node));
    else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, !node.isTypeOf);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const { name, namedBindings } = clause;
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every((element) => element.isTypeOnly)
  );
}

function isTypeExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  if (isTypeOnly) return true;
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return false;
  return exportClause.elements.length > 0 && exportClause.elements.every((element) => element.isTypeOnly);
}

/**
 * Files that import one another in a cycle, types included.
 *
 * @param imports all of them
 * @returns each cycle once, by the files in it
 */
export function circlesIn(imports: readonly Import[]): readonly (readonly string[])[] {
  const next = byKey(imports, ({ from }) => from);
  const targets = (file: string): readonly string[] => (next.get(file) ?? []).map(({ to }) => to);
  const reach = (start: string): ReadonlySet<string> => {
    const found = new Set(targets(start));
    // A set that grows while it is walked: each file is visited once.
    for (const file of found) for (const one of targets(file)) found.add(one);
    return found;
  };
  const reached = new Map([...next.keys()].map((file): [string, ReadonlySet<string>] => [file, reach(file)]));
  const cycles = new Map<string, readonly string[]>();
  for (const [file, found] of reached) {
    if (!found.has(file)) continue;
    const members = [...found].filter((other) => reached.get(other)?.has(file)).sort();
    cycles.set(members.join(' '), members);
  }
  return [...cycles.values()];
}
