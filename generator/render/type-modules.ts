import type { Module } from '../emit/module.js';
import { arrayOf, keyword, named } from '../emit/type.js';
import { object, type Value } from '../emit/value.js';
import type { FhirElement, FhirType } from '../model/model.js';
import { byCodeUnit } from '../order.js';
import type { RenderContext } from './context.js';
import { headerOf } from './header.js';
import { invariantsValue } from './invariants.js';
import { runtimeType } from './scope.js';
import { typeTable } from './type-table.js';

/** The runtime reads the datatypes of FHIR from this file beside it. */
export const DATATYPES = 'runtime/datatypes';

/**
 * Longer lists of codes are left out of the datatypes, which every bundle holds: the names of all types of FHIR, for
 * instance, which only definitions need.
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
 * The module of the datatypes that can stand somewhere in what the profiles describe.
 *
 * @param context all profiles
 * @param resources resource types that have a module
 */
export function datatypesModule(context: RenderContext, resources: readonly FhirType[]): Module {
  const { words, model } = context;
  const types = reachedDatatypes(context, resources);
  const byName = (valueOf: (type: FhirType) => Value | undefined): Value =>
    object(types.map((type) => [type.name, valueOf(type)]));
  return {
    file: DATATYPES,
    header: headerOf(types[0]?.package ?? ''),
    declarations: [
      {
        kind: 'constant',
        name: 'datatypes',
        doc: [words.datatypes(model.fhirVersion)],
        type: named('Readonly', named('Record', keyword('string'), runtimeType('TypeTable'))),
        value: byName((type) => typeTable(context, type, DATATYPE_CODE_LIMIT)),
      },
      {
        kind: 'constant',
        name: 'invariants',
        doc: [words.datatypeInvariants],
        type: named(
          'Readonly',
          named('Record', keyword('string'), {
            kind: 'operator',
            operator: 'readonly',
            type: arrayOf(runtimeType('InvariantRule')),
          }),
        ),
        value: byName((type) => invariantsValue(type.constraints)),
      },
    ],
  };
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
