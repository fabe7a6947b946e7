import type { Comment } from '../emit/comment.js';
import type { Declaration } from '../emit/declaration.js';
import type { Module } from '../emit/module.js';
import { intersection, keyword, literal, literals, named, type Type, union } from '../emit/type.js';
import { array, as, call, name, type ObjectValue, type Property, value } from '../emit/value.js';
import { ownVersion } from '../fhir/package-id.js';
import { token } from '../fhir/token.js';
import type { SystemModel, ValueSetModel } from '../model/model.js';
import type { ValueSetNames } from '../names/names.js';
import type { RenderContext } from './context.js';
import { headerOf } from './header.js';
import { fhirType, internalName, runtimeType } from './scope.js';
import { codeSetValue } from './type-table.js';

/**
 * The module of a value set: its codes as types, as constants, and for the validator.
 *
 * @param context all value sets
 * @param valueSet one of them
 */
export function valueSetModule(context: RenderContext, valueSet: ValueSetModel): Module {
  const names = context.names.valueSets.get(valueSet.url);
  if (names === undefined) throw new Error(`no names for ${valueSet.url}`);
  const { words } = context;
  const all = valueSet.systems.flatMap((system) => system.concepts);
  const isListed = all.length <= context.codeLimit;
  const title = valueSet.title ?? valueSet.name;
  const version = ownVersion(valueSet);
  const place = version === undefined ? valueSet.url : `${valueSet.url} version ${version}`;
  const codes = valueSet.closed && isListed ? literals([...new Set(all.map(({ code }) => code))]) : keyword('string');
  const systemNames = new Map(valueSet.systems.map(({ system }, index) => [system, systemName(index)]));
  const hasConstants = isListed && all.length > 0;
  const constantsOf = hasConstants ? names.constants.name : undefined;
  const declarations: Declaration[] = [
    ...[...systemNames].map(([system, own]) => systemConstant(system, own)),
    { kind: 'alias', name: names.code, doc: [words.codeOf(title), '', place], type: codes },
    codingDeclaration(
      context,
      valueSet,
      names,
      [words.codingOf(title, constantsOf), '', place],
      valueSet.closed && isListed,
    ),
  ];
  if (hasConstants) {
    declarations.push(
      ...valueSet.systems.map(({ system, concepts }, index): Declaration => ({
        kind: 'constant',
        name: conceptsName(index),
        exported: false,
        value: as(constants(system, concepts, names), 'const'),
      })),
      {
        kind: 'constant',
        name: names.constants.name,
        doc: [words.codesByMeaning(title), '', place],
        type: runtimeType(
          'ValueSet',
          intersection(
            valueSet.systems.map((_, index) =>
              runtimeType(
                'ConceptsOf',
                { kind: 'query', name: systemName(index) },
                { kind: 'query', name: conceptsName(index) },
              ),
            ),
          ),
        ),
        value: call(
          name(internalName('valueSet')),
          valueSet.systems.map((_, index) =>
            call(name(internalName('conceptsOf')), [name(systemName(index)), name(conceptsName(index))], {
              pure: true,
            }),
          ),
          { pure: true },
        ),
      },
    );
  }
  declarations.push({
    kind: 'constant',
    name: names.codes,
    doc: [words.codesForValidator(title)],
    type: runtimeType('CodeSet'),
    value: codeSetValue(valueSet, systemNames),
  });
  return { file: names.file, header: headerOf(valueSet.package), declarations };
}

/** System and code belong together, so there is one type per system. */
function codingDeclaration(
  context: RenderContext,
  valueSet: ValueSetModel,
  names: ValueSetNames,
  doc: Comment,
  isUnion: boolean,
): Declaration {
  const [single, ...others] = valueSet.systems;
  if (single !== undefined && others.length === 0 && valueSet.systemsKnown) {
    return {
      kind: 'interface',
      name: names.coding,
      doc,
      extends: [fhirType('Coding')],
      members: [
        { key: 'code', type: isUnion ? named(names.code) : keyword('string') },
        { key: 'system', type: literal(single.system) },
      ],
    };
  }
  const types = valueSet.systemsKnown ? valueSet.systems.map((system) => codingOf(context, system)) : [];
  return { kind: 'alias', name: names.coding, doc, type: types.length === 0 ? fhirType('Coding') : union(types) };
}

function codingOf({ codeLimit }: RenderContext, { system, open, concepts }: SystemModel): Type {
  const isOpen = open || concepts.length > codeLimit;
  return runtimeType(
    'CodingOf',
    literal(system),
    isOpen ? keyword('string') : literals(concepts.map(({ code }) => code)),
  );
}

/** The systems of a value set are named once in its module. */
function systemName(index: number): string {
  return numbered('system', index);
}

/** The constant of a module that has the concepts of a system. */
function conceptsName(index: number): string {
  return numbered('concepts', index);
}

function numbered(text: string, index: number): string {
  return index === 0 ? text : `${text}${index + 1}`;
}

function systemConstant(system: string, own: string): Declaration {
  return { kind: 'constant', name: own, exported: false, value: value(system) };
}

/** Each code by its meaning, with or without its display. */
function constants(system: string, concepts: SystemModel['concepts'], { constants: own }: ValueSetNames): ObjectValue {
  const properties = concepts.map((concept): Property => {
    const { code, display } = concept;
    const text = concept.fr ?? display;
    return {
      key: own.keys.get(token(system, code)) ?? code,
      ...(text === undefined || text === display ? {} : { doc: [text] }),
      value: display === undefined ? value(code) : array([value(code), value(display)]),
    };
  });
  return { kind: 'object', properties };
}
