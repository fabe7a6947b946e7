import { byCodeUnit } from '../order.js';

/** The imports of one generated module, gathered while its text is made. */
export interface ModuleImports {
  /** A type, by the file (without extension, from the output folder) that exports it; returns its name. */
  type(file: string, name: string): string;
  /** A value likewise. */
  value(file: string, name: string): string;
  /**
   * Import statements, sorted; nothing for names of the module itself.
   *
   * @param used names that the module speaks of: types are made before it is known which of them are needed
   */
  statements(used: ReadonlySet<string>): readonly ImportView[];
  /** Files that are imported from. */
  files(): readonly string[];
}

/** One import statement, for the template. */
export interface ImportView {
  readonly from: string;
  readonly names: string;
  readonly typeOnly: boolean;
}

/**
 * @param file of the module, without extension, from the output folder
 */
export function moduleImports(file: string): ModuleImports {
  const wanted = new Map<string, { readonly types: Set<string>; readonly values: Set<string> }>();
  const of = (from: string): { readonly types: Set<string>; readonly values: Set<string> } => {
    const known = wanted.get(from) ?? { types: new Set(), values: new Set() };
    wanted.set(from, known);
    return known;
  };
  return {
    type(from, name) {
      of(from).types.add(name);
      return name;
    },
    value(from, name) {
      of(from).values.add(name);
      return name;
    },
    files: () => [...wanted.keys()],
    statements(used) {
      return [...wanted]
        .filter(([from]) => from !== file)
        .map(([from, names]): ImportView & { readonly key: string } => {
          const typeOnly = ![...names.values].some((name) => used.has(name));
          const values = [...names.values].filter((name) => used.has(name)).map((name) => [name, name]);
          const types = [...names.types]
            .filter((name) => used.has(name) && !names.values.has(name))
            .map((name) => [name, typeOnly ? name : `type ${name}`]);
          const sorted = [...values, ...types].sort(([a = ''], [b = '']) => byCodeUnit(a, b));
          return { key: from, from: relative(file, from), names: sorted.map(([, text]) => text).join(', '), typeOnly };
        })
        .filter((statement) => statement.names !== '')
        .sort((a, b) => byCodeUnit(a.key, b.key));
    },
  };
}

/**
 * An ESM specifier from one generated file to another.
 *
 * @param from file without extension, from the output folder
 * @param to likewise
 * @returns `../runtime/index.js`
 */
export function relative(from: string, to: string): string {
  const own = from.split('/').slice(0, -1);
  const other = to.split('/');
  let common = 0;
  while (common < own.length && own[common] === other[common]) common += 1;
  const up = own.slice(common).map(() => '..');
  return `${up.length === 0 ? './' : ''}${[...up, ...other.slice(common)].join('/')}.js`;
}

/**
 * The identifiers that code speaks of.
 *
 * @param code without template literals, which templates do not make
 */
export function identifiers(code: string): ReadonlySet<string> {
  const bare = code.replace(/\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'/g, ' ');
  return new Set(bare.match(/[A-Za-z_$][\w$]*/g));
}
