import { type Project, ts } from 'ts-morph';
import type { GeneratedFile } from '../render/file.js';
import { FOLDERS, Hybrids } from './hybrid.js';
import type { UnitPair } from '../diff/exports.js';
import { sameExports } from './same.js';
import { programOf, type Statement, statementsOf } from './statements.js';

/** What the compiler says of old programs on the new side. */
export interface Compiled {
  /** How many statements there are. */
  readonly statements: number;
  /** Those that do not compile. */
  readonly failing: readonly Failing[];
}

/** A statement that does not compile. */
export interface Failing extends Statement {
  readonly message: string;
}

/**
 * The files of both sides in one program, on one runtime.
 *
 * @param old files of the old side
 * @param next files of the new side
 */
export function bothSides(old: readonly GeneratedFile[], next: readonly GeneratedFile[]): readonly GeneratedFile[] {
  const isSource = ({ path }: GeneratedFile): boolean => path.endsWith('.ts');
  return [
    { path: 'package.json', content: '{ "type": "module" }\n' },
    ...next.filter(isSource).map(({ path, content }) => ({ path: `${FOLDERS.next}/${path}`, content })),
    ...old.filter(isSource).map(({ path, content }): GeneratedFile => {
      const own = `${FOLDERS.old}/${path}`;
      if (!path.startsWith('runtime/')) return { path: own, content };
      return { path: own, content: `export * from '../../${FOLDERS.next}/${path.replace(/\.ts$/, '.js')}';\n` };
    }),
  ];
}

/**
 * Compiles what old programs do against the new side.
 *
 * @param project with {@link bothSides}
 * @param root folder of the project
 * @param units profiles and value sets
 * @param canonicals that have another name on the new side: old, new
 */
export function compiled(
  project: Project,
  root: string,
  units: readonly UnitPair[],
  canonicals: ReadonlyMap<string, string>,
): Compiled {
  const hybrids = new Hybrids({ pairs: units.flatMap(({ exports }) => exports), canonicals });
  const owners = new Map(units.map((unit) => [unit.before.file, unit]));
  const files = new Set(units.flatMap(({ exports }) => exports.map(({ before }) => before.file)));
  const originals = new Map([...canonicals].map(([from, to]) => [to, from]));
  const same = new Map<string, ReadonlySet<string>>();
  for (const file of files) {
    const source = project.getSourceFileOrThrow(`${root}/${FOLDERS.old}/${file}.ts`);
    const owner = owners.get(file);
    const own = owner && (originals.get(owner.canonical) ?? owner.canonical);
    const path = `${root}/${FOLDERS.hybrid}/${file}.ts`;
    const hybrid = project.createSourceFile(path, hybrids.text(file, source, own));
    const next = project.getSourceFile(`${root}/${FOLDERS.next}/${owner?.after?.file ?? file}.ts`);
    if (next !== undefined) same.set(file, sameExports(hybrid, next));
  }
  const all = units.flatMap(statementsOf);
  const statements = all.filter(({ place }) => same.get(place.file)?.has(place.name) !== true);
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

function failing(statement: Statement, message: string | undefined): readonly Failing[] {
  return message === undefined ? [] : [{ ...statement, message }];
}
