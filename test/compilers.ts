import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);
const run = promisify(execFile);
const GENERATED = fileURLToPath(new URL('../generated/', import.meta.url));

/** The npm names of the compilers that generated packages support. */
export const COMPILERS = ['typescript-5.4', 'typescript', 'typescript-6', 'typescript-7'];

/** The native compiler, which takes a fifth of the time of the others. */
export const NEWEST = 'typescript-7';

/** The sources of the generated package in place of its build, as in the project's tsconfig.json. */
export const SOURCE_PATHS: Record<string, string[]> = {
  'ans-document-fr-core': [`${GENERATED}index.ts`],
  'ans-document-fr-core/*.js': [`${GENERATED}*.ts`],
};

/** Options beyond `strict` that generated sources must compile with. */
export const PLAIN = {
  exactOptionalPropertyTypes: false,
  noUncheckedIndexedAccess: false,
  isolatedModules: false,
  verbatimModuleSyntax: false,
};

/** Options that older compilers do not have. */
const NEWER: Readonly<Record<string, object>> = { 'typescript-5.4': {} };
const SINCE_5_8 = { erasableSyntaxOnly: true };

/** The strictest options that users may have (DESIGN, "Contract"). */
export const STRICTEST = {
  target: 'es2022',
  lib: ['es2022'],
  types: [],
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * Runs a compiler.
 *
 * @param compiler one of {@link COMPILERS}
 * @param folder where the project file is written
 * @param project name of that file, its `files` or `include`, and options that differ from {@link STRICTEST}
 * @returns the output of the compiler, empty if there are no errors
 */
export async function compile(
  compiler: string,
  folder: string,
  project: {
    readonly name: string;
    readonly files?: readonly string[];
    readonly include?: readonly string[];
    readonly exclude?: readonly string[];
    readonly options?: object;
  },
): Promise<string> {
  const file = join(folder, `${compiler}-${project.name}.json`);
  const { files, include, exclude, options } = project;
  writeFileSync(
    file,
    JSON.stringify({
      compilerOptions: { ...STRICTEST, ...(NEWER[compiler] ?? SINCE_5_8), ...options },
      files,
      include,
      exclude,
    }),
  );
  const tsc = join(dirname(require.resolve(`${compiler}/package.json`)), 'bin', 'tsc');
  return run(process.execPath, [tsc, '--pretty', 'false', '-p', file]).then(
    ({ stdout }) => stdout,
    (error: { readonly stdout: string }) => error.stdout,
  );
}

/** An error that a compiler reports. */
export interface Diagnostic {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** With its explanation on further lines. */
  readonly message: string;
}

/**
 * Parses the output of a compiler.
 *
 * @param printed see {@link compile}
 * @throws if a line neither is a diagnostic of a file nor explains one, for example an error in the options
 */
export function diagnosticsOf(printed: string): readonly Diagnostic[] {
  return printed.split(/\r?\n(?=\S)/).flatMap((text): Diagnostic[] => {
    if (text.trim() === '') return [];
    const [, file, line, column, message] = /^(.+?)\((\d+),(\d+)\): error TS\d+: ([^]*?)\s*$/.exec(text) ?? [];
    if (file === undefined || message === undefined) throw new Error(text);
    return [{ file, line: Number(line), column: Number(column), message }];
  });
}
