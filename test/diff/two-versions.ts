import ts from 'typescript';
import { compare } from '../../generator/compare.js';
import type { Change } from '../../generator/diff/change.js';
import { buildModel } from '../../generator/model/build.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { OPTIONS, ROOT } from '../generated/compile.js';
import { canonical, type SampleProfile, sampleSnapshot } from '../model/sample.js';
import { rendered } from '../rendered.js';
import { BOUND, HELPERS, type Kind, KINDS, UNRESOLVED, VALUE_SETS } from './kinds.js';

/** Name of the profile of a kind. */
export function nameOf(kind: Kind): string {
  return `Kind${KINDS.indexOf(kind)}`;
}

function snapshotOf(side: 'before' | 'after'): PinnedSnapshot {
  const profiles = KINDS.map((kind): SampleProfile => ({ name: nameOf(kind), type: kind.type, elements: kind[side] }));
  const bound = BOUND.map(([name, element]): SampleProfile => ({ name, type: 'Observation', elements: [element] }));
  const unresolved = side === 'before' ? [] : [{ canonical: UNRESOLVED, kind: 'ValueSet' as const, usedBy: [] }];
  const missing = [{ canonical: canonical('Missing'), kind: 'StructureDefinition' as const, usedBy: [] }];
  return {
    ...sampleSnapshot([...HELPERS, ...profiles, ...bound], VALUE_SETS[side]),
    unresolved: [...missing, ...unresolved],
  };
}

/** All changes between the two versions. */
export function changesOfVersions(): readonly Change[] {
  return compare(snapshotOf('before'), snapshotOf('after'));
}

/** What the compiler says of one profile. */
export interface Assignable {
  /** What an old program makes is what the new types want. */
  readonly write: boolean;
  /** What the new types give is what an old program takes. */
  readonly read: boolean;
}

const FOLDER = `${ROOT}test/diff/virtual`;

/**
 * Compiles, for every profile, a program that was written for the old types against the new ones: each type that its
 * module exports is assigned to the type of the same name on the other side; one that is missing breaks both.
 */
export async function assignable(): Promise<ReadonlyMap<string, Assignable>> {
  const files = new Map<string, string>();
  const [old, next] = [await sideFiles('before'), await sideFiles('after')];
  for (const [path, content] of [...old.files, ...next.files]) files.set(path, content);
  const lines: { readonly profile: string; readonly side: 'write' | 'read' }[] = [];
  const program = ["import type * as Old from './before/index.js';", "import type * as New from './after/index.js';"];
  const missing = new Set<string>();
  for (const [profile, types] of old.types) {
    const there = new Set(next.types.get(profile) ?? []);
    for (const type of types) {
      if (!there.has(type)) missing.add(profile);
      else if (type.endsWith('Input')) add(profile, 'write', `(x: Old.${type}): New.${type} => x`);
      else {
        add(profile, 'write', `(x: Old.${type}): New.${type} => x`);
        add(profile, 'read', `(x: New.${type}): Old.${type} => x`);
      }
    }
  }
  function add(profile: string, side: 'write' | 'read', expression: string): void {
    lines.push({ profile, side });
    program.push(`export const a${lines.length} = ${expression};`);
  }
  const main = `${FOLDER}/main.ts`;
  files.set(main, program.join('\n'));
  const wrong = failingLines(files, main).map((line) => lines[line - 2]);
  const isWrong = (profile: string, side: 'write' | 'read'): boolean =>
    missing.has(profile) || wrong.some((one) => one?.profile === profile && one.side === side);
  return new Map(
    [...old.types.keys()].map((profile) => [
      profile,
      { write: !isWrong(profile, 'write'), read: !isWrong(profile, 'read') },
    ]),
  );
}

/**
 * The output of a side, on a runtime that both share, and the types of values that the module of each profile exports:
 * no builders, and no parts that the types of choices are made of.
 */
async function sideFiles(side: 'before' | 'after') {
  const output = await rendered(buildModel(snapshotOf(side)));
  const files = new Map<string, string>();
  for (const { path, content } of output.files.filter((file) => file.path.endsWith('.ts'))) {
    if (path.startsWith('runtime/')) {
      files.set(`${FOLDER}/${path}`, content);
      files.set(`${FOLDER}/${side}/${path}`, `export * from '../../${path.replace(/\.ts$/, '.js')}';\n`);
    } else {
      files.set(`${FOLDER}/${side}/${path}`, content);
    }
  }
  const types = new Map(
    output.manifest.profiles.map(({ name, module }): [string, string[]] => {
      const content = files.get(`${FOLDER}/${side}/${module.replace(/^\.\//, '').replace(/\.js$/, '.ts')}`) ?? '';
      const names = [...content.matchAll(/^export (?:interface|type) (\w+)(?= extends| =| \{)/gm)].map(
        (match) => match[1] ?? '',
      );
      return [name, names.filter((type) => !/(?:Builder|Members|Choice|ChoiceInput)$/.test(type))];
    }),
  );
  return { files, types };
}

/** Lines of a file, from 0, that do not compile. */
function failingLines(files: ReadonlyMap<string, string>, main: string): readonly number[] {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile, directoryExists } = host;
  const folders = new Set([...files.keys()].map((path) => path.slice(0, path.lastIndexOf('/'))));
  host.getSourceFile = (file, language) => {
    const text = files.get(file);
    return text === undefined ? getSourceFile(file, language) : ts.createSourceFile(file, text, language);
  };
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.directoryExists = (folder) => folders.has(folder) || directoryExists?.(folder) === true;
  const program = ts.createProgram([main], OPTIONS, host);
  for (const source of program.getSourceFiles()) {
    if (!files.has(source.fileName) || source.fileName === main) continue;
    const [first] = program.getSemanticDiagnostics(source);
    if (first !== undefined) {
      throw new Error(`${source.fileName}: ${ts.flattenDiagnosticMessageText(first.messageText, '\n')}`);
    }
  }
  const source = program.getSourceFile(main);
  if (source === undefined) throw new Error('the program was not compiled');
  return program
    .getSemanticDiagnostics(source)
    .map((diagnostic) => source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line);
}
