import { CodegenError, messageOf, type Where } from '../errors.js';
import { brokenBases } from './broken-base.js';
import type { ExtensionContext } from '../fhir/extension-context.js';
import { definitionIndex } from '../fhir/definition-index.js';
import { DEFAULT_LIMITS } from './limits.js';
import { Members } from '../fhir/members.js';
import { parseElement } from './parse-element.js';
import type { FactLimits } from '../facts/fact.js';
import { FACTS, type FactRegistry } from '../facts/registry.js';
import {
  type PinnedConcept,
  type PinnedConstraint,
  type PinnedSnapshot,
  type PinnedStructureDefinition,
  type PinnedSystem,
  type PinnedValueSet,
  SNAPSHOT_FORMAT,
  type Unresolved,
} from './snapshot.js';
import { checkTree, TYPE_NAME } from './structure-definition.js';

/**
 * Reads a pinned file. It is checked like a package, since a user may have merged it by hand.
 *
 * @param text of the file
 * @param where its path, for messages
 * @param facts the registered facts of elements
 * @param limits the limits that the package was pinned with: higher ones also apply here
 * @throws CodegenError in one line when it is not JSON, not a pinned file, of another format, or damaged
 */
export function parseSnapshot(
  text: string,
  where: string,
  facts: FactRegistry = FACTS,
  limits: Partial<FactLimits> = {},
): PinnedSnapshot {
  const place: Where = { package: where };
  const reading: Reading = {
    facts,
    idLength: Math.max(DEFAULT_LIMITS.idLength, limits.idLength ?? 0),
    depth: Math.max(DEFAULT_LIMITS.depth, limits.depth ?? 0),
    textLength: Math.max(DEFAULT_LIMITS.textLength, limits.textLength ?? 0),
  };
  const members = Members.of(jsonOf(text, place), 'the file', place).at(place);
  const format = members.get('format');
  if (format === undefined)
    throw new CodegenError(
      'this is not a pinned snapshot: it has no format number; a package is named by name#version, its folder or its .tgz',
      place,
    );
  if (format !== SNAPSHOT_FORMAT) {
    const wanted = `this generator reads format ${SNAPSHOT_FORMAT}: pin the package again`;
    throw new CodegenError(`the pinned snapshot has format ${JSON.stringify(format)}; ${wanted}`, place);
  }
  const constraints = constraintsOf(members, place);
  const structureDefinitions = items(members, 'structureDefinitions', (item) =>
    definitionOf(item, constraints, place, reading),
  );
  const [broken] = brokenBases(structureDefinitions, definitionIndex(structureDefinitions));
  if (broken !== undefined) {
    throw new CodegenError(broken.warning.message, { ...place, profile: broken.definition.url });
  }
  const root = members.requiredObject('package');
  return {
    format: SNAPSHOT_FORMAT,
    package: { ...identityOf(root), ...optional(root, 'title') },
    fhirVersion: members.requiredString('fhirVersion', reading.idLength),
    ...(members.get('also') !== undefined && { also: items(members, 'also', identityOf) }),
    packages: items(members, 'packages', identityOf),
    profiles: required(members, 'profiles').strings('profiles'),
    structureDefinitions,
    valueSets: items(members, 'valueSets', (item) => valueSetOf(item, reading)),
    unresolved: items(members, 'unresolved', unresolvedOf),
  };
}

/** The context in which a pinned file is read. */
interface Reading extends FactLimits {
  readonly facts: FactRegistry;
}

function jsonOf(text: string, where: Where): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CodegenError(`the pinned snapshot is not JSON: ${messageOf(error)}`, where, { cause: error });
  }
}

/** A list that a pinned file always has, even if it is empty: a truncated file must be detected. */
function items<T>(members: Members, name: string, read: (item: Members) => T): readonly T[] {
  return required(members, name).objects(name).map(read);
}

function required(members: Members, name: string): Members {
  if (members.get(name) === undefined) throw members.wrong(name, 'an array');
  return members;
}

function optional<K extends string>(members: Members, name: K): Readonly<Partial<Record<K, string>>> {
  const value = members.string(name);
  const found: Partial<Record<K, string>> = {};
  if (value !== undefined) found[name] = value;
  return found;
}

function flag<K extends string>(members: Members, name: K): Readonly<Partial<Record<K, true>>> {
  const found: Partial<Record<K, true>> = {};
  if (members.boolean(name) === true) found[name] = true;
  return found;
}

function identityOf(item: Members): PinnedSnapshot['packages'][number] {
  return { name: item.requiredString('name'), version: item.requiredString('version'), ...optional(item, 'canonical') };
}

function constraintsOf(members: Members, where: Where): ReadonlyMap<string, PinnedConstraint> {
  const table = new Map<string, PinnedConstraint>();
  for (const pair of members.list('constraints')) {
    const items: readonly unknown[] = Array.isArray(pair) ? pair : [];
    const [name, raw] = items;
    if (typeof name !== 'string') throw new CodegenError('constraints has an entry without a name', where);
    const item = Members.of(raw, `constraint ${name}`, where);
    table.set(name, {
      key: item.requiredString('key'),
      severity: item.oneOf('severity', ['error', 'warning']) ?? 'error',
      ...optional(item, 'human'),
      ...optional(item, 'expression'),
    });
  }
  return table;
}

function definitionOf(
  item: Members,
  constraints: ReadonlyMap<string, PinnedConstraint>,
  place: Where,
  reading: Reading,
): PinnedStructureDefinition {
  const { facts, idLength } = reading;
  const url = item.requiredString('url', idLength);
  const where: Where = { ...place, profile: url };
  const type = item.requiredString('type', idLength);
  if (!TYPE_NAME.test(type)) throw item.wrong('type', 'a FHIR type');
  const derivation = item.oneOf('derivation', ['constraint', 'specialization']);
  const elements = items(item, 'elements', (element) => parseElement(element, constraints, where, facts, reading));
  checkTree(elements, type, where);
  return {
    url,
    ...optional(item, 'version'),
    id: item.requiredString('id', idLength),
    name: item.requiredString('name', idLength),
    ...optional(item, 'title'),
    kind: item.requiredOneOf('kind', ['resource', 'complex-type', 'primitive-type']),
    type,
    ...flag(item, 'abstract'),
    ...(derivation !== undefined && { derivation }),
    ...optional(item, 'baseDefinition'),
    ...(item.get('contexts') !== undefined && {
      contexts: items(item, 'contexts', (context) => contextOf(context, reading)),
    }),
    ...(item.get('contextInvariants') !== undefined && { contextInvariants: item.strings('contextInvariants') }),
    package: item.requiredString('package'),
    elements,
  };
}

function contextOf(item: Members, { idLength }: Reading): ExtensionContext {
  return {
    type: item.requiredOneOf('type', ['element', 'extension', 'fhirpath']),
    expression: item.requiredString('expression', idLength),
  };
}

function valueSetOf(item: Members, reading: Reading): PinnedValueSet {
  const incomplete = item.strings('incomplete');
  return {
    url: item.requiredString('url'),
    ...optional(item, 'version'),
    name: item.requiredString('name', reading.idLength),
    ...optional(item, 'title'),
    package: item.requiredString('package'),
    systems: items(item, 'systems', (system) => systemOf(system, reading)),
    ...flag(item, 'open'),
    ...(incomplete.length > 0 && { incomplete }),
  };
}

function systemOf(item: Members, reading: Reading): PinnedSystem {
  return {
    system: item.requiredString('system', reading.idLength),
    ...flag(item, 'open'),
    ...flag(item, 'caseInsensitive'),
    concepts: items(item, 'concepts', (concept) => conceptOf(concept, reading)),
  };
}

function conceptOf(item: Members, { idLength }: Reading): PinnedConcept {
  return {
    code: item.requiredString('code', idLength),
    ...optional(item, 'display'),
    ...optional(item, 'fr'),
  };
}

function unresolvedOf(item: Members): Unresolved {
  return {
    canonical: item.requiredString('canonical'),
    kind: item.requiredOneOf('kind', ['StructureDefinition', 'ValueSet', 'CodeSystem', 'package']),
    usedBy: item.strings('usedBy'),
  };
}
