import type { Module } from '../emit/module.js';
import { arrayOf, keyword, named, type Type } from '../emit/type.js';
import { jsonValue, object, type Value } from '../emit/value.js';
import type { Constraint } from '../facts/constraints.js';
import type { FhirElement, FhirType } from '../model/model.js';
import { byCodeUnit } from '../order.js';
import type { RenderContext } from './context.js';
import { headerOf } from './header.js';
import { type InvariantTexts, invariantsValue, textsApart } from './invariants.js';
import { runtimeType } from './scope.js';
import { typeTable } from './type-table.js';

/** The file from which the runtime reads the datatypes of FHIR, and the file with their texts for messages. */
export const [DATATYPES, INVARIANT_TEXTS] = ['runtime/datatypes', 'runtime/invariant-texts'];

/**
 * Longer lists of codes are omitted from the datatypes, which every bundle contains: for instance the names of all FHIR
 * types, which only definitions need.
 */
const DATATYPE_CODE_LIMIT = 100;

/**
 * The module of a resource type.
 *
 * @param context all value sets
 * @param type a resource type
 */
export function typeModule(context: RenderContext, type: FhirType): Module {
  const { names, words, model } = context;
  const own = names.fhirTypes.get(type.name);
  if (own === undefined) throw new Error(`no names for ${type.name}`);
  return {
    file: own.file,
    header: headerOf(type.package),
    declarations: [
      {
        kind: 'constant',
        name: own.table,
        doc: [words.elementsOf(type.name, model.fhirVersion)],
        type: runtimeType('TypeTable'),
        value: typeTable(context, type),
      },
    ],
  };
}

/**
 * The modules of the datatypes that the profiles use: their tables, and the texts of their invariants, which guards do
 * not need.
 *
 * @param context all profiles
 * @param resources resource types that have a module
 */
export function datatypesModules(context: RenderContext, resources: readonly FhirType[]): readonly Module[] {
  const { words } = context;
  const types = reachedDatatypes(context, resources);
  const texts = textsApart(types.flatMap((type) => [...type.constraints, ...constraintsIn(type.elements)]));
  const header = headerOf(types[0]?.package ?? '');
  return [
    { file: DATATYPES, header, declarations: tablesOf(context, types, texts) },
    {
      file: INVARIANT_TEXTS,
      header,
      declarations: [
        {
          kind: 'constant',
          name: 'invariantTexts',
          doc: [words.invariantTexts],
          type: readonlyRecord(runtimeType('InvariantTexts')),
          value: object([...texts].map(([key, text]) => [key, jsonValue(text)])),
        },
      ],
    },
  ];
}

function tablesOf(context: RenderContext, types: readonly FhirType[], texts: InvariantTexts): Module['declarations'] {
  const { words, model } = context;
  const byName = (valueOf: (type: FhirType) => Value | undefined): Value =>
    object(types.map((type) => [type.name, valueOf(type)]));
  return [
    {
      kind: 'constant',
      name: 'datatypes',
      doc: [words.datatypes(model.fhirVersion)],
      type: readonlyRecord(runtimeType('TypeTable')),
      value: byName((type) => typeTable(context, type, DATATYPE_CODE_LIMIT, texts)),
    },
    {
      kind: 'constant',
      name: 'invariants',
      doc: [words.datatypeInvariants],
      type: readonlyRecord({ kind: 'operator', operator: 'readonly', type: arrayOf(runtimeType('InvariantRule')) }),
      value: byName((type) => invariantsValue(type.constraints, texts)),
    },
  ];
}

function readonlyRecord(type: Type): Type {
  return named('Readonly', named('Record', keyword('string'), type));
}

function constraintsIn(elements: readonly FhirElement[]): Constraint[] {
  return elements.flatMap((element) => [...element.constraints, ...constraintsIn(element.children)]);
}

/** Datatypes of resources, profiled datatypes and extensions, and all that these are made of. */
function reachedDatatypes(context: RenderContext, resources: readonly FhirType[]): FhirType[] {
  const reached = new Map<string, FhirType>();
  const reach = (name: string): void => {
    const type = context.types.get(name);
    if (type === undefined || type.kind !== 'complex-type' || reached.has(name)) return;
    reached.set(name, type);
    namesIn(type.elements).forEach(reach);
  };
  for (const name of ['Element', 'Extension', ...context.model.profiles.map((profile) => profile.type)]) reach(name);
  resources.flatMap((type) => namesIn(type.elements)).forEach(reach);
  return [...reached.values()].sort((a, b) => byCodeUnit(a.name, b.name));
}

function namesIn(elements: readonly FhirElement[]): string[] {
  return elements.flatMap((element) => [...element.types.map((type) => type.code), ...namesIn(element.children)]);
}
