import type { ConceptModel, SystemModel, ValueSetModel } from '../model/model.js';
import { pascalCase } from '../names/identifier.js';
import { distinct } from '../names/names.js';
import type { RenderContext } from './context.js';
import { RUNTIME } from './context.js';
import { docText, stringLiteral } from './literal.js';
import { moduleImports } from './module.js';
import type { ModuleText } from './profile-module.js';
import { codeSetSource } from './type-table.js';

/** Longest name that a display becomes. */
const NAME_LIMIT = 60;

/**
 * The module of a value set: its codes as types, as constants, and for the validator.
 *
 * @param context all value sets
 * @param valueSet one of them
 */
export function valueSetModule(context: RenderContext, valueSet: ValueSetModel): ModuleText {
  const names = context.names.valueSets.get(valueSet.url);
  if (names === undefined) throw new Error(`no names for ${valueSet.url}`);
  const imports = moduleImports(names.file);
  imports.type(RUNTIME, 'CodeSet');
  imports.type(RUNTIME, 'CodingOf');
  const all = valueSet.systems.flatMap((system) => system.concepts);
  const isUnion = valueSet.closed && all.length <= context.codeLimit;
  const [single, ...others] = valueSet.systems;
  const codes = [...new Set(all.map((concept) => stringLiteral(concept.code)))].join(' | ');
  const isSingle = single !== undefined && others.length === 0 && valueSet.systemsKnown;
  const concepts = all.length <= context.codeLimit ? conceptViews(valueSet.systems) : [];
  return {
    file: names.file,
    imports,
    view: {
      package: docText(valueSet.package),
      title: docText(valueSet.title ?? valueSet.name),
      url: docText(valueSet.url) + (valueSet.version === undefined ? '' : ` version ${docText(valueSet.version)}`),
      names,
      code: isUnion ? codes : 'string',
      single: isSingle ? { system: stringLiteral(single.system), code: isUnion ? names.code : 'string' } : undefined,
      coding: codingUnion(context, valueSet),
      concepts,
      codeSet: codeSetSource(valueSet),
    },
    values: concepts.length > 0 ? [names.constants, names.codes] : [names.codes],
    types: [names.code, names.coding],
  };
}

/** System and code belong together, so there is one type per system. */
function codingUnion(context: RenderContext, valueSet: ValueSetModel): string {
  if (!valueSet.systemsKnown) return 'fhir4.Coding';
  return valueSet.systems
    .map((system) => {
      const isOpen = system.open || system.concepts.length > context.codeLimit;
      const codes = isOpen ? 'string' : system.concepts.map((concept) => stringLiteral(concept.code)).join(' | ');
      return `CodingOf<${stringLiteral(system.system)}, ${codes}>`;
    })
    .join(' | ');
}

/** A constant of a value set, for the template. */
interface ConceptView {
  readonly key: string;
  readonly system: string;
  readonly code: string;
  readonly display?: string;
  readonly doc?: string;
}

function conceptViews(systems: readonly SystemModel[]): ConceptView[] {
  const all = systems.flatMap((system) => system.concepts.map((concept) => ({ system: system.system, concept })));
  const keys = distinct(all.map(({ concept }) => [nameOf(concept), `${nameOf(concept)}${pascalCase(concept.code)}`]));
  return all.map(({ system, concept }, index) => {
    const text = concept.fr ?? concept.display;
    return {
      key: keys[index] ?? pascalCase(concept.code),
      system: stringLiteral(system),
      code: stringLiteral(concept.code),
      ...(concept.display === undefined ? {} : { display: stringLiteral(concept.display) }),
      ...(text === undefined ? {} : { doc: docText(text) }),
    };
  });
}

function nameOf(concept: ConceptModel): string {
  return pascalCase(concept.display ?? concept.code).slice(0, NAME_LIMIT);
}
