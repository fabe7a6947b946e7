import { posix } from 'node:path';
import type { SourceFile } from 'ts-morph';
import type { ExportPair, ExportPlace } from '../diff/exports.js';

/** Folders of the sides in the program that compares them, and of old modules that stand on the new ones. */
export const FOLDERS = { old: 'old', next: 'new', hybrid: 'hybrid' } as const;

/** What an old module is made of when everything else is new. */
export interface HybridInput {
  /** What stands in place of each export of the old side. */
  readonly pairs: readonly ExportPair[];
  /** Canonicals that have another name on the new side: old, new. */
  readonly canonicals: ReadonlyMap<string, string>;
}

/**
 * Sets old modules on the new side: what they import comes from there, where it is still there. What then differs from
 * the new module is its own change, not one of something that it refers to.
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
   * @param file path of the old module, without extension
   * @param source the old module
   * @param own canonical of an extension, which is the value of its `url`: it stays
   */
  text(file: string, source: SourceFile, own: string | undefined): string {
    const imports = source.getImportDeclarations();
    const lines = imports.flatMap((declaration) => {
      const target = posix.join(posix.dirname(file), declaration.getModuleSpecifierValue()).replace(/\.js$/, '');
      const namespace = declaration.getNamespaceImport()?.getText();
      const path = (side: string, of: string): string => this.relative(file, side, of);
      if (namespace !== undefined) return [`import type * as ${namespace} from '${path(FOLDERS.next, target)}';`];
      return declaration.getNamedImports().map((one) => {
        const name = one.getName();
        const alias = one.getAliasNode()?.getText() ?? name;
        const place = this.placeOf(target, name);
        return `import { ${place.name} as ${alias} } from '${path(place.side, place.file)}';`;
      });
    });
    const body = source.getFullText().slice(imports.at(-1)?.getEnd() ?? 0);
    return `${lines.join('\n')}\n${this.translated(body, own)}`;
  }

  /** The runtime is the same on both sides. */
  private placeOf(file: string, name: string): ExportPlace & { readonly side: string } {
    if (file.startsWith('runtime/')) return { side: FOLDERS.next, file, name };
    const place = this.places.get(keyOf({ file, name }));
    return place === undefined ? { side: FOLDERS.old, file, name } : { side: FOLDERS.next, ...place };
  }

  private relative(from: string, side: string, to: string): string {
    return `${posix.relative(posix.dirname(`${FOLDERS.hybrid}/${from}`), `${side}/${to}`)}.js`;
  }

  /** Texts of the module that are canonicals of what has another one now. */
  private translated(body: string, own: string | undefined): string {
    return body.replace(/'([A-Za-z][\w+.-]*:[^'\\\s]+)'/g, (text, canonical: string) =>
      canonical === own ? text : `'${this.input.canonicals.get(canonical) ?? canonical}'`,
    );
  }
}

function keyOf({ file, name }: ExportPlace): string {
  return `${file}\n${name}`;
}
