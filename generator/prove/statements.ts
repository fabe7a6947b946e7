import type { Direction } from '../diff/proof.js';
import { FOLDERS } from './hybrid.js';
import type { ExportPair, ExportPlace, UnitPair } from '../diff/exports.js';

/**
 * A line of the program that compares the sides: when it does not compile, programs written for the old side do not
 * compile either.
 */
export interface Statement {
  readonly unit: UnitPair;
  readonly direction: Direction;
  /** The export of the old side that it checks. */
  readonly place: ExportPlace;
  readonly text: string;
  /** Modules that it refers to. */
  readonly imports: readonly ModuleImport[];
}

interface ModuleImport {
  readonly side: string;
  readonly file: string;
}

/** The first lines of the program: types that the statements use. */
export const PRELUDE = `import type { Builder, BuilderClass, SliceReader } from './${FOLDERS.next}/runtime/index.js';
export type Own<B> = Exclude<keyof B, keyof Builder<unknown, never>>;
export type Given<B, Name extends PropertyKey> = { [N in Name]: N extends keyof B ? B[N] extends (...values: infer Values) => unknown ? Values : never : never };
export type Empty<C> = C extends BuilderClass<infer E, infer _Full, infer _Open> ? E : never;
export type Result<R> = R extends SliceReader<any, any, infer Items> ? Items : never;
export type Written<W> = W extends (of: never, ...items: infer Items) => unknown ? Items : never;
export type Coded<C> = { readonly [Name in keyof C as C[Name] extends { readonly system: string; readonly code: string } ? Name : never]: Pick<C[Name], keyof C[Name] & ('system' | 'code')> };
`;

/**
 * The statements that have to compile if programs written for the old side are to work with the new one. Writing: the
 * new types accept what the old types allow. Reading: the old types accept what the new types provide.
 *
 * @param unit a profile or a value set on both sides
 * @param sameMethods gives the methods that need no comparison
 */
export function statementsOf(unit: UnitPair, sameMethods: SameMethods): readonly Statement[] {
  return unit.exports.flatMap((pair) => statements(unit, pair, sameMethods));
}

/** Names of the methods of a builder that both sides declare identically. */
export type SameMethods = (builder: ExportPlace) => readonly string[];

function statements(
  unit: UnitPair,
  { role, before, after }: ExportPair,
  sameMethods: SameMethods,
): readonly Statement[] {
  if (after === undefined) return [];
  const old = `${importOf(FOLDERS.hybrid, before.file)}.${before.name}`;
  const next = `${importOf(FOLDERS.next, after.file)}.${after.name}`;
  const make = (direction: Direction, from: string, to: string): Statement => ({
    unit,
    direction,
    place: before,
    text: `(x: ${from}): ${to} => x`,
    imports: [
      { side: FOLDERS.hybrid, file: before.file },
      { side: FOLDERS.next, file: after.file },
    ],
  });
  switch (role) {
    case 'value':
      return [make('write', old, next), make('read', next, old)];
    case 'input':
      return [make('write', old, next)];
    case 'builder': {
      const [was, is] = [`${old}<never>`, `${next}<never>`];
      const [started, starts] = [missing(old), missing(next)];
      const same = ['never', ...sameMethods(before).map((name) => JSON.stringify(name))].join(' | ');
      const methods = `Exclude<Own<${was}>, ${same}>`;
      return [make('write', `Given<${was}, ${methods}>`, `Given<${is}, ${methods}>`), make('write', starts, started)];
    }
    case 'reader':
      return [make('read', `Result<typeof ${next}>`, `Result<typeof ${old}>`)];
    case 'writer':
      return [make('write', `Written<typeof ${old}>`, `Written<typeof ${next}>`)];
    case 'constants': {
      const [from, to] = [`Coded<typeof ${next}>`, `Coded<typeof ${old}>`];
      return [make('write', from, to), make('read', from, to)];
    }
    case 'other':
      return [];
  }
}

/** The names that an empty builder lacks. */
function missing(builder: string): string {
  return `(Empty<typeof ${builder}> extends ${builder}<infer Name> ? Name : never)`;
}

/**
 * The name by which the program imports a module.
 *
 * @param side folder
 * @param file path of the module
 */
function importOf(side: string, file: string): string {
  return `${side}_${[...file].map((letter) => (/\w/.test(letter) ? letter : `$${letter.charCodeAt(0)}_`)).join('')}`;
}

/**
 * The program, with one statement per line.
 *
 * @param statements all of them
 * @returns its text, and the number of lines before the first statement
 */
export function programOf(statements: readonly Statement[]): { readonly text: string; readonly first: number } {
  const lines = [...PRELUDE.trimEnd().split('\n'), ...importLines(statements.flatMap(({ imports }) => imports))];
  const first = lines.length;
  const own = statements.map(({ text }, index) => `export const s${index} = ${text};`);
  return { text: `${[...lines, ...own].join('\n')}\n`, first };
}

function importLines(modules: readonly ModuleImport[]): readonly string[] {
  const lines = modules.map(
    ({ side, file }) => `import type * as ${importOf(side, file)} from './${side}/${file}.js';`,
  );
  return [...new Set(lines)];
}
