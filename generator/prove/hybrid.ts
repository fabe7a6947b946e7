import { posix } from 'node:path';
import type { ImportDeclaration, SourceFile } from 'ts-morph';
import type { ExportPair, ExportPlace } from '../diff/exports.js';

/** Folders of the sides in the program that compares them, and of old modules that import the new ones. */
export const FOLDERS = { old: 'old', next: 'new', hybrid: 'hybrid' } as const;

/** What old modules are translated by when everything else is new. */
export interface HybridInput {
  /** The replacement of each export of the old side. */
  readonly pairs: readonly ExportPair[];
  /** The canonicals of profiles that changed: old, new. */
  readonly canonicals: ReadonlyMap<string, string>;
}

/** A module on both sides. */
export interface ModulePair {
  /** Path of the old module, without extension. */
  readonly file: string;
  readonly old: SourceFile;
  readonly next: SourceFile;
  /** Path of the new one. */
  readonly nextFile: string;
  /** Old canonical of an extension, which is the value of its `url`: it stays in its own module. */
  readonly extension: string | undefined;
}

/**
 * Places old modules on the new side: they import from there what the new module also imports. What then differs from
 * the new module is a change of the module itself, not of something that it refers to.
 */
export class Hybrids {
  private readonly places: ReadonlyMap<string, ExportPlace>;

  constructor(private readonly input: HybridInput) {
    this.places = new Map(
      input.pairs.flatMap(({ before, after }): [string, ExportPlace][] =>
        after === undefined ? [] : [[keyOf(before), after]],
      ),
    );
  }

  /**
   * The text of a module.
   *
   * @param pair the module on both sides
   */
  text({ file, old, next, nextFile, extension }: ModulePair): string {
    const known = new Set(importedBy(nextFile, next));
    const imports = old.getImportDeclarations();
    const path = (side: string, to: string): string =>
      `${posix.relative(posix.dirname(`${FOLDERS.hybrid}/${file}`), `${side}/${to}`)}.js`;
    const lines = imports.flatMap((declaration) => {
      const target = targetOf(file, declaration);
      const namespace = declaration.getNamespaceImport()?.getText();
      if (namespace !== undefined) return [`import type * as ${namespace} from '${path(FOLDERS.next, target)}';`];
      return declaration.getNamedImports().map((one) => {
        const name = one.getName();
        const place = this.placeOf({ file: target, name }, known);
        const alias = one.getAliasNode()?.getText() ?? name;
        return `import { ${place.name} as ${alias} } from '${path(place.side, place.file)}';`;
      });
    });
    const body = old.getFullText().slice(imports.at(-1)?.getEnd() ?? 0);
    return `${lines.join('\n')}\n${this.translated(body, extension)}`;
  }

  /** The runtime is the same on both sides. */
  private placeOf(old: ExportPlace, known: ReadonlySet<string>): ExportPlace & { readonly side: string } {
    if (old.file.startsWith('runtime/')) return { side: FOLDERS.next, ...old };
    const place = this.places.get(keyOf(old));
    return place !== undefined && known.has(keyOf(place))
      ? { side: FOLDERS.next, ...place }
      : { side: FOLDERS.old, ...old };
  }

  /** The text of a module with the canonicals that changed replaced. */
  private translated(body: string, extension: string | undefined): string {
    return body.replace(/'([A-Za-z][\w+.-]*:[^'\\\s]+)'/g, (text, canonical: string) =>
      canonical === extension ? text : `'${this.input.canonicals.get(canonical) ?? canonical}'`,
    );
  }
}

function importedBy(file: string, source: SourceFile): readonly string[] {
  return source.getImportDeclarations().flatMap((declaration) => {
    const target = targetOf(file, declaration);
    return declaration.getNamedImports().map((one) => keyOf({ file: target, name: one.getName() }));
  });
}

function targetOf(file: string, declaration: ImportDeclaration): string {
  return posix.join(posix.dirname(file), declaration.getModuleSpecifierValue()).replace(/\.js$/, '');
}

function keyOf({ file, name }: ExportPlace): string {
  return `${file}\n${name}`;
}
