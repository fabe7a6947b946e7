import { type Project, ts } from 'ts-morph';
import { FOLDERS, Hybrids } from './hybrid.js';
import type { UnitPair } from '../diff/exports.js';
import { sameDeclarations, type Sameness, withoutComments } from './same.js';
import { programOf, type Statement, statementsOf } from './statements.js';

/** The result of compiling old programs against the new side. */
export interface Compiled {
  /** The number of statements. */
  readonly statements: number;
  /** Those that do not compile. */
  readonly failing: readonly Failing[];
}

/** A statement that does not compile. */
export interface Failing extends Statement {
  readonly message: string;
}

/** Profiles that have another canonical on the new side. */
export interface MovedCanonicals {
  /** All of them: old canonical, new canonical. */
  readonly all: ReadonlyMap<string, string>;
  /** New canonicals of extensions: they are data, the value of `url`. */
  readonly extensions: ReadonlySet<string>;
}

/**
 * Compiles statements of old programs against the new side.
 *
 * @param project a project with the modules of both sides
 * @param root folder of the project
 * @param units profiles and value sets
 * @param moved see {@link MovedCanonicals}
 */
export function compiled(project: Project, root: string, units: readonly UnitPair[], moved: MovedCanonicals): Compiled {
  const pairs = units.flatMap(({ exports }) => exports);
  const files = new Map(pairs.map(({ before, after }) => [before.file, after?.file]));
  for (const { before, after } of pairs) if (after !== undefined) files.set(before.file, after.file);
  const originals = new Map([...moved.all].map(([from, to]) => [to, from]));
  const owners = new Map(units.map((unit) => [unit.before.file, unit.canonical]));
  const hybrids = new Hybrids({ pairs, canonicals: moved.all });
  const same = new Map<string, Sameness>();
  const unchanged = new Set<string>();
  for (const [file, nextFile] of files) {
    if (nextFile === undefined) continue;
    if (file === nextFile && isSameText(project, root, file)) {
      unchanged.add(file);
      continue;
    }
    const next = project.addSourceFileAtPath(`${root}/${FOLDERS.next}/${nextFile}.ts`);
    const old = project.addSourceFileAtPath(`${root}/${FOLDERS.old}/${file}.ts`);
    const owner = owners.get(file) ?? '';
    const extension = moved.extensions.has(owner) ? originals.get(owner) : undefined;
    const text = hybrids.text({ file, old, next, nextFile, extension });
    same.set(file, sameDeclarations(project.createSourceFile(`${root}/${FOLDERS.hybrid}/${file}.ts`, text), next));
  }
  const all = units.flatMap((unit) => statementsOf(unit, ({ file, name }) => same.get(file)?.sameMethods(name) ?? []));
  const statements = all.filter(
    ({ place: { file, name } }) => !unchanged.has(file) && same.get(file)?.isSame(name) !== true,
  );
  const { text, first } = programOf(statements);
  const program = project.createSourceFile(`${root}/program.ts`, text);
  const messages = new Map<number, string>();
  for (const diagnostic of project.getProgram().getSemanticDiagnostics(program)) {
    const line = (diagnostic.getLineNumber() ?? 1) - 1 - first;
    const message = ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, ' ');
    if (!messages.has(line)) messages.set(line, message);
  }
  const [unexpected] = [...messages].filter(([line]) => line < 0);
  if (unexpected !== undefined) throw new Error(`the program that compares the sides: ${unexpected[1]}`);
  return {
    statements: all.length,
    failing: statements.flatMap((statement, index) => failing(statement, messages.get(index))),
  };
}

/** Whether a module is the same on both sides, apart from comments. */
function isSameText(project: Project, root: string, file: string): boolean {
  const [old, next] = [FOLDERS.old, FOLDERS.next].map((side) =>
    withoutComments(project.getFileSystem().readFileSync(`${root}/${side}/${file}.ts`)),
  );
  return old === next;
}

function failing(statement: Statement, message: string | undefined): readonly Failing[] {
  return message === undefined ? [] : [{ ...statement, message }];
}
