/** The source of a name: a file of the output, or a package. */
export type Source = FileSource | PackageSource;

/** A generated file. */
export interface FileSource {
  readonly kind: 'file';
  /** Path below the output folder, without extension: `runtime/index`. */
  readonly file: string;
}

/** A module outside the output. */
export interface PackageSource {
  readonly kind: 'package';
  /** As in the import: `fhir/r4.js`. */
  readonly specifier: string;
}

/** A name that a module imports. */
export interface Import {
  readonly from: Source;
  readonly name: string;
  /** `import * as name`, instead of one export of it. */
  readonly namespace: boolean;
}

/** One import statement: a namespace, or names of exports. */
export type ImportStatement = NamespaceImport | NamedImports;

/** `import type * as fhir4 from 'fhir/r4.js'`. */
export interface NamespaceImport {
  readonly kind: 'namespace';
  readonly name: string;
  readonly typeOnly: boolean;
  readonly specifier: string;
}

/** `import { type A, b } from './c.js'`. */
export interface NamedImports {
  readonly kind: 'named';
  readonly names: readonly { readonly name: string; readonly typeOnly: boolean }[];
  /** Whether all of them are types: `import type { A }`. */
  readonly typeOnly: boolean;
  readonly specifier: string;
}

/** The imports of a module, collected while it is printed. */
export class Imports {
  readonly #used = new Map<string, { readonly import: Import; typeOnly: boolean }>();

  /**
   * Records that a module uses a name.
   *
   * @param used the name and its source
   * @param as a type, which leaves nothing at run time, or a value
   * @throws Error when another source has the same name: names are unique in a package
   */
  add(used: Import, as: 'type' | 'value'): void {
    const known = this.#used.get(used.name);
    if (known === undefined) {
      this.#used.set(used.name, { import: used, typeOnly: as === 'type' });
      return;
    }
    if (!isSame(known.import, used)) throw new Error(`two imports of the name ${used.name}`);
    if (as === 'value') known.typeOnly = false;
  }

  /** Generated files with imported names. */
  files(): readonly string[] {
    const files = [...this.#used.values()].flatMap(({ import: { from } }) => (from.kind === 'file' ? [from.file] : []));
    return [...new Set(files)];
  }

  /**
   * The import statements: namespaces, then generated files by path, then packages; names sorted by code unit.
   *
   * @param file the importing module: path below the output folder, without extension; its own declarations need
   *   no import
   */
  statements(file: string): readonly ImportStatement[] {
    const namespaces: NamespaceImport[] = [];
    const named = new Map<string, { name: string; typeOnly: boolean }[]>();
    const sources = new Map<string, Source>();
    for (const { import: used, typeOnly } of this.#used.values()) {
      if (used.from.kind === 'file' && used.from.file === file) continue;
      if (used.namespace) {
        namespaces.push({ kind: 'namespace', name: used.name, typeOnly, specifier: specifierOf(used.from, file) });
        continue;
      }
      const key = keyOf(used.from);
      const names = named.get(key);
      if (names === undefined) named.set(key, [{ name: used.name, typeOnly }]);
      else names.push({ name: used.name, typeOnly });
      sources.set(key, used.from);
    }
    const statements = [...sources]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([key, source]): NamedImports => {
        const names = [...(named.get(key) ?? [])].sort((a, b) => byCodeUnit(a.name, b.name));
        const typeOnly = names.every((one) => one.typeOnly);
        return { kind: 'named', names, typeOnly, specifier: specifierOf(source, file) };
      });
    return [...namespaces.sort((a, b) => byCodeUnit(a.name, b.name)), ...statements];
  }
}

/** Files sort before packages: no path starts with U+FFFF. */
function keyOf(source: Source): string {
  return source.kind === 'file' ? source.file : `\uffff${source.specifier}`;
}

function isSame(a: Import, b: Import): boolean {
  return a.namespace === b.namespace && keyOf(a.from) === keyOf(b.from);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The ESM specifier of a source as one generated file writes it.
 *
 * @param source the source of the import
 * @param file the importing file: path below the output folder, without extension
 * @returns `../runtime/index.js`, or the specifier of the package
 */
export function specifierOf(source: Source, file: string): string {
  if (source.kind === 'package') return source.specifier;
  const own = file.split('/').slice(0, -1);
  const other = source.file.split('/');
  let common = 0;
  while (common < own.length && own[common] === other[common]) common += 1;
  const up = own.slice(common).map(() => '..');
  return `${up.length === 0 ? './' : ''}${[...up, ...other.slice(common)].join('/')}.js`;
}

/**
 * An export of a generated file.
 *
 * @param file path below the output folder, without extension
 * @param name of the export
 */
export function fromFile(file: string, name: string): Import {
  return { from: { kind: 'file', file }, name, namespace: false };
}

/**
 * An export of a package.
 *
 * @param specifier of the package
 * @param name of the export
 */
export function fromPackage(specifier: string, name: string): Import {
  return { from: { kind: 'package', specifier }, name, namespace: false };
}

/**
 * All exports of a source under one name.
 *
 * @param from the source
 * @param name the name of the namespace
 */
export function namespaceOf(from: Source, name: string): Import {
  return { from, name, namespace: true };
}
