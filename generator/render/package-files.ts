import { CodegenError } from '../errors.js';
import { byCodeUnit } from '../order.js';
import type { RenderContext } from './context.js';
import type { GeneratedFile } from './file.js';
import { docText } from './doc-text.js';
import { laidOut } from './markdown.js';
import type { RenderInput } from './render-input.js';

/** Starts from an empty folder: modules of profiles that the guide no longer has would be published. */
const BUILD =
  `node -e "require('fs').rmSync('dist', { recursive: true, force: true })" && ` +
  'tsc -p tsconfig.json && tsc -p tsconfig.runtime.json';

/**
 * The files that make the output an npm package.
 *
 * @param context all profiles
 * @param input npm name and version, members of package.json, templates
 * @param paths of all modules
 */
export function packageFiles(context: RenderContext, input: RenderInput, paths: readonly string[]): GeneratedFile[] {
  return [
    { path: 'package.json', content: json(packageJson(context, input, paths)) },
    { path: 'tsconfig.json', content: json(tsconfig(context)) },
    { path: 'tsconfig.runtime.json', content: json(RUNTIME_TSCONFIG) },
    { path: 'README.md', content: laidOut(input.template('readme', readmeView(context, input))) },
    { path: 'LICENSE', content: input.template('license', {}) },
  ];
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function packageJson(context: RenderContext, input: RenderInput, paths: readonly string[]): object {
  const { package: source } = context.model;
  const folders = new Set(paths.map((path) => path.replace(/\/.*/, '')));
  const homepage = pageOf(source.canonical);
  return {
    name: input.npmName,
    version: input.npmVersion,
    description: `Typed profile models of the FHIR package ${docText(`${source.name}#${source.version}`)}`,
    keywords: [...KEYWORDS, docText(source.name)],
    ...(homepage !== undefined && { homepage }),
    license: 'MIT',
    ...input.packageJson,
    type: 'module',
    sideEffects: false,
    main: './dist/index.js',
    types: './dist/index.d.ts',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './manifest.json': './manifest.json',
      './package.json': './package.json',
      './*.js': modulesIn(''),
      ...formerPaths(input.formerFolders, folders),
    },
    // Compilers that do not read `exports` (`moduleResolution: node10`) find declarations, never sources.
    typesVersions: { '*': { '*.js': ['./dist/*.d.ts'] } },
    // Maps lead to the sources of the runtime. Those of the models would add nothing to their declarations. The last
    // two are there when `bump` has written them.
    files: ['dist', 'manifest.json', 'runtime', 'CHANGELOG.md', 'MIGRATION.md'],
    scripts: { build: BUILD, prepack: 'npm run build' },
    // The first version of Node.js 20 in which `require` accepts ES modules.
    engines: { node: '>=20.19' },
    dependencies: { [context.baseTypes.name]: context.baseTypes.version },
    // Callers that pass an engine install it; others need none.
    peerDependencies: { fhirpath: '>=3' },
    peerDependenciesMeta: { fhirpath: { optional: true } },
    // The compiler that the script `build` runs.
    devDependencies: { typescript: '>=5.4' },
  };
}

const KEYWORDS = ['fhir', 'hl7', 'profile', 'typescript', 'validator'];

/**
 * The page of a guide: its canonical, when a browser can open it.
 *
 * @param canonical of the package
 */
function pageOf(canonical: string | undefined): string | undefined {
  if (canonical === undefined || !/^https?:/i.test(canonical) || !URL.canParse(canonical)) return undefined;
  return new URL(canonical).href;
}

/** The modules of a folder, which a pattern of `exports` matches. */
function modulesIn(folder: string): object {
  return { types: `./dist/${folder}*.d.ts`, default: `./dist/${folder}*.js` };
}

/** Import paths of older programs: of two patterns, Node.js and compilers take the one with more before its `*`. */
function formerPaths(former: ReadonlyMap<string, string> = new Map(), folders: ReadonlySet<string>): object {
  const known = [...former].filter(([, folder]) => folders.has(folder)).sort(([a], [b]) => byCodeUnit(a, b));
  const taken = known.find(([before]) => folders.has(before));
  if (taken !== undefined) {
    throw new CodegenError(`the alias ${taken[1]} has the former folder ${taken[0]}, where another package is now`);
  }
  return Object.fromEntries(known.map(([before, folder]) => [`./${before}/*.js`, modulesIn(`${folder}/`)]));
}

/** How the package is built: the strictest options that its users may have. */
function tsconfig({ baseTypes }: RenderContext): object {
  const { compilerOptions } = TSCONFIG;
  return {
    ...TSCONFIG,
    compilerOptions: { ...compilerOptions, exactOptionalPropertyTypes: baseTypes.exactOptionalPropertyTypes },
  };
}

const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2022'],
    types: [],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    declaration: true,
    rootDir: '.',
    outDir: 'dist',
  },
  include: ['**/*.ts'],
  exclude: ['dist', 'node_modules'],
};

/** Debuggers step into the runtime. */
const RUNTIME_TSCONFIG = {
  extends: './tsconfig.json',
  compilerOptions: { declarationMap: true, sourceMap: true },
  include: ['runtime/*.ts'],
};

function readmeView(context: RenderContext, input: RenderInput): object {
  const { model, names } = context;
  const rows = model.profiles.map((profile) => {
    const own = names.profiles.get(profile.url);
    return {
      name: own?.interface ?? profile.name,
      type: profile.type,
      url: cell(profile.url),
      file: own?.file ?? '',
      wanted: profile.wanted,
    };
  });
  const example = rows.find((row) => row.wanted && row.type !== 'Extension') ?? rows[0];
  return {
    npmName: input.npmName,
    package: cell(model.package.name),
    title: cell(model.package.title ?? model.package.name),
    fhirVersion: model.fhirVersion,
    example: example?.name ?? 'Profile',
    own: rows.filter((row) => row.wanted),
    reached: rows.filter((row) => !row.wanted),
    unresolved: model.unresolved.map((one) => ({
      kind: one.kind,
      canonical: cell(one.canonical),
      count: one.usedBy.length,
    })),
  };
}

/** Text for a table cell of Markdown. */
function cell(text: string): string {
  return docText(text).replace(/[|<>[\]]/g, (character) => `\\${character}`);
}
