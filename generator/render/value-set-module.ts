import type { Comment } from '../emit/comment.js';
import type { Declaration } from '../emit/declaration.js';
import type { Module } from '../emit/module.js';
import { keyword, literal, literals, named, type Type, union } from '../emit/type.js';
import { as, call, name, type ObjectValue, type Property, value } from '../emit/value.js';
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
      {
        kind: 'constant',
        name: CONCEPTS,
        exported: false,
        value: as(constants(valueSet.systems, names, systemNames), 'const'),
      },
      {
        kind: 'constant',
        name: names.constants.name,
        doc: [words.codesByMeaning(title), '', place],
        type: runtimeType('ValueSet', valueSet.systems.length === 1 ? inSystem() : { kind: 'query', name: CONCEPTS }),
        value: call(
          name(internalName('valueSet')),
          [CONCEPTS, ...(valueSet.systems.length === 1 ? [systemName(0)] : [])].map((own) => name(own)),
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

/** What the codes of a value set are called in its module. */
const CONCEPTS = 'concepts';

/** The concepts of a value set whose only code system is named once, in declaration files as well. */
function inSystem(): Type {
  return runtimeType('WithSystem', { kind: 'query', name: CONCEPTS }, { kind: 'query', name: systemName(0) });
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
  return index === 0 ? 'system' : `system${index + 1}`;
}

function systemConstant(system: string, own: string): Declaration {
  return { kind: 'constant', name: own, exported: false, value: value(system) };
}

function constants(
  systems: readonly SystemModel[],
  { constants: own }: ValueSetNames,
  systemNames: ReadonlyMap<string, string>,
): ObjectValue {
  const properties = systems.flatMap(({ system, concepts }) =>
    concepts.map((concept): Property => {
      const text = concept.fr ?? concept.display;
      return {
        key: own.keys.get(token(system, concept.code)) ?? concept.code,
        ...(text === undefined || text === concept.display ? {} : { doc: [text] }),
        value: {
          kind: 'object',
          properties: [
            ...(systems.length === 1 ? [] : [{ key: 'system', value: name(systemNames.get(system) ?? 'system') }]),
            { key: 'code', value: value(concept.code) },
            ...(concept.display === undefined ? [] : [{ key: 'display', value: value(concept.display) }]),
          ],
        },
      };
    }),
  );
  return { kind: 'object', properties };
}
