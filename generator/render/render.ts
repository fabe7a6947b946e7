import type { FhirElement, FhirType, Model } from '../model/model.js';
import { byCodeUnit } from '../order.js';
import type { Names } from '../names/names.js';
import { RUNTIME, renderContext, type RenderChoices, type RenderContext } from './context.js';
import type { GeneratedFile } from './file.js';
import { invariantsSource } from './invariant-source.js';
import { docText, memberName, stringLiteral } from './literal.js';
import { manifestOf, type GeneratorIdentity, type Manifest } from './manifest.js';
import { identifiers, relative } from './module.js';
import { packageFiles } from './package-files.js';
import { profileModule, type ModuleText } from './profile-module.js';
import type { RenderTemplate } from './templates.js';
import { typeTable } from './type-table.js';
import { valueSetModule } from './value-set-module.js';

/** What the render stage is given besides the model. */
export interface RenderInput {
  readonly template: RenderTemplate;
  /** Files of the runtime, copied as they are: name (`validate.ts`) and text. */
  readonly runtime: ReadonlyMap<string, string>;
  readonly generator: GeneratorIdentity;
  /** npm name of the generated package. */
  readonly npmName: string;
  readonly npmVersion: string;
  /** More codes than this are not made a union. */
  readonly codeLimit: number;
  readonly choices?: RenderChoices;
}

/** All files of a generated package, TypeScript not yet formatted, and its manifest. */
export interface Rendered {
  readonly files: readonly GeneratedFile[];
  readonly manifest: Manifest;
}

/**
 * Longer lists of codes are left out of the datatypes, which every bundle holds: the names of all types of FHIR, for
 * instance, which only definitions need.
 */
const DATATYPE_CODE_LIMIT = 100;

/** The runtime reads the datatypes of FHIR from this file beside it. */
const DATATYPES = 'datatypes.ts';

/**
 * The files of a generated package.
 *
 * @param model all profiles
 * @param names their names
 * @param input templates and the runtime
 */
export function render(model: Model, names: Names, input: RenderInput): Rendered {
  const context = renderContext(model, names, input.codeLimit, input.choices);
  const profiles = model.profiles.map((profile) => profileModule(context, profile));
  const wanted = new Set(profiles.flatMap((module) => module.imports.files()));
  const valueSets = model.valueSets
    .filter((valueSet) => wanted.has(names.valueSets.get(valueSet.url)?.file ?? ''))
    .map((valueSet) => valueSetModule(context, valueSet));
  const types = model.fhirTypes.filter((type) => wanted.has(names.fhirTypes.get(type.name)?.file ?? ''));

  const { template } = input;
  const files: GeneratedFile[] = [
    ...profiles.map((module) => moduleSource(context, module, 'profile', template)),
    ...valueSets.map((module) => moduleSource(context, module, 'value-set', template)),
    ...types.map((type) => typeModule(context, type, template)),
    ...[...input.runtime]
      .filter(([name]) => name !== DATATYPES)
      .map(([name, content]): GeneratedFile => ({
        path: `runtime/${name}`,
        content: context.baseTypes.runtime(content),
      })),
    { path: `runtime/${DATATYPES}`, content: template('datatypes', datatypes(context, types)) },
    source('profiles', template('profiles', profilesView(context))),
    source('index', template('index', indexView(model, [...profiles, ...valueSets]))),
  ];
  const { bridge } = context.baseTypes;
  if (bridge !== undefined) files.push(source(bridge.file, template(bridge.template, {})));
  files.push(
    ...packageFiles(
      context,
      input,
      files.map((file) => file.path),
    ),
  );
  const manifest = manifestOf(
    context,
    input.generator,
    files.map((file) => file.path),
  );
  files.push({ path: 'manifest.json', content: `${JSON.stringify(manifest, null, 2)}\n` });
  return { files: files.sort((a, b) => byCodeUnit(a.path, b.path)), manifest };
}

function source(file: string, content: string): GeneratedFile {
  return { path: `${file}.ts`, content };
}

/** The body comes first: it says which imports are needed. */
function moduleSource(
  context: RenderContext,
  module: ModuleText,
  name: string,
  template: RenderTemplate,
): GeneratedFile {
  const body = template(name, module.view);
  const used = identifiers(body);
  const imports = module.imports.statements(used);
  const fhir = used.has('fhir4') ? context.baseTypes.specifier(module.file) : undefined;
  return source(module.file, template('module', { ...module.view, imports, fhir, body }));
}

function typeModule(context: RenderContext, type: FhirType, template: RenderTemplate): GeneratedFile {
  const names = context.names.fhirTypes.get(type.name);
  const file = names?.file ?? type.name;
  return source(
    file,
    template('type-table', {
      package: docText(type.package),
      runtime: relative(file, RUNTIME),
      type: type.name,
      fhirVersion: context.model.fhirVersion,
      table: names?.table,
      source: typeTable(context, type),
    }),
  );
}

/** The datatypes that can stand somewhere in what the profiles describe, profiled datatypes and extensions included. */
function datatypes(context: RenderContext, resources: readonly FhirType[]): object {
  const reached = new Map<string, FhirType>();
  const reach = (name: string): void => {
    const type = context.types.get(name);
    if (type === undefined || type.kind !== 'complex-type' || reached.has(name)) return;
    reached.set(name, type);
    namesIn(type.elements).forEach(reach);
  };
  for (const name of ['Element', 'Extension', ...context.model.profiles.map((profile) => profile.type)]) reach(name);
  resources.flatMap((type) => namesIn(type.elements)).forEach(reach);
  const sorted = [...reached.values()].sort((a, b) => byCodeUnit(a.name, b.name));
  return {
    package: docText(sorted[0]?.package ?? ''),
    fhirVersion: context.model.fhirVersion,
    types: sorted.map((type) => ({
      key: memberName(type.name),
      source: typeTable(context, type, DATATYPE_CODE_LIMIT),
      invariants: invariantsSource(type.constraints),
    })),
  };
}

function namesIn(elements: readonly FhirElement[]): string[] {
  return elements.flatMap((element) => [...element.types.map((type) => type.code), ...namesIn(element.children)]);
}

/** What looks profiles up by canonical. */
function profilesView(context: RenderContext): object {
  const { model, names } = context;
  const rows = model.profiles.flatMap((profile) => {
    const own = names.profiles.get(profile.url);
    if (profile.kind !== 'resource' || own === undefined) return [];
    return [{ url: stringLiteral(profile.url), table: own.table, from: relative('profiles', own.file) }];
  });
  return {
    package: docText(`${model.package.name}#${model.package.version}`),
    imports: rows.map((row) => ({ names: row.table, from: row.from })),
    profiles: rows,
  };
}

function indexView(model: Model, modules: readonly ModuleText[]): object {
  return {
    package: docText(`${model.package.name}#${model.package.version}`),
    modules: modules.map((module) => ({
      from: relative('index', module.file),
      values: [...module.values].sort(byCodeUnit).join(', '),
      types: [...module.types].sort(byCodeUnit).join(', '),
    })),
  };
}
