import { CodegenError, type Where } from '../errors.js';
import type { ConformanceResource, PackagedResource } from '../fhir/package.js';
import type { ExpansionLimits } from './limits.js';
import { Members } from '../fhir/members.js';
import type { Concept } from './concept.js';
import { conceptOf } from './concept.js';
import { Hierarchy } from './hierarchy.js';
import { packageId } from '../fhir/package-id.js';
import { isObject } from '../fhir/json.js';

/** A concept of a code system. */
export interface CodeSystemConcept {
  /** Its code and displays. */
  readonly concept: Concept;
  /** Values of its properties as text, by property code. */
  readonly properties: ReadonlyMap<string, readonly string[]>;
  /** Whether it only groups others and is not used in resources (`notSelectable`). */
  readonly abstract: boolean;
  readonly inactive: boolean;
}

/** A loaded code system, as a table of its concepts. */
export interface CodeSystemTable {
  readonly url: string;
  /** `content` is `complete`: there are no other codes. */
  readonly complete: boolean;
  /**
   * The spelling of a code in the code system, which may differ in case if `caseSensitive` is false; an unknown code is
   * returned unchanged.
   */
  readonly spelling: (code: string) => string;
  /** In the order of the code system, a parent before its children. */
  readonly concepts: ReadonlyMap<string, CodeSystemConcept>;
  readonly hierarchy: Hierarchy;
  /** Codes of the properties that the code system declares or its concepts have. */
  readonly properties: ReadonlySet<string>;
}

/** FHIR R4, CodeSystem, "Defined concept properties": the meaning of these codes unless `uri` gives another. */
const CONCEPT_PROPERTIES = 'http://hl7.org/fhir/concept-properties#';

/** Shared by the concepts without properties: there may be half a million. */
const NO_PROPERTIES: ReadonlyMap<string, readonly string[]> = new Map();

/**
 * Reads a CodeSystem (FHIR R4, CodeSystem): concepts nested or linked by `parent` and `child` properties.
 *
 * @param found the resource and its package
 * @param limits see {@link ExpansionLimits}
 * @throws CodegenError when it is malformed or has more codes than allowed
 */
export function codeSystemTable(found: PackagedResource, limits: ExpansionLimits): CodeSystemTable {
  const where: Where = { package: packageId(found.package), profile: found.resource.url };
  const members = Members.of(found.resource, '', where);
  const concepts = new Map<string, CodeSystemConcept>();
  const hierarchy = new Hierarchy();
  const properties = new PropertyReader(members, hierarchy);

  // An explicit stack: nesting in a package may be deeper than the call stack.
  const stack = [{ items: members.list('concept'), parent: '', next: 0 }];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    if (level.next === level.items.length) {
      stack.pop();
      continue;
    }
    const raw = Members.of(level.items[level.next++], 'concept', where);
    const code = raw.requiredString('code', limits.idLength);
    if (stack.length > 1) hierarchy.add(level.parent, code);
    if (!concepts.has(code)) {
      if (concepts.size >= limits.codes)
        throw new CodegenError(`it has more than ${limits.codes} codes (limit "codes")`, where);
      concepts.set(code, { concept: conceptOf(code, raw, undefined, limits), ...properties.read(code, raw) });
    }
    const items = raw.list('concept');
    if (items.length > 0) stack.push({ items, parent: code, next: 0 });
  }
  return {
    url: found.resource.url,
    complete: members.string('content') === 'complete' && concepts.size > 0,
    concepts,
    spelling: isCaseInsensitive(found.resource) ? spellingAmong(concepts) : (code) => code,
    hierarchy,
    properties: properties.codes,
  };
}

/**
 * Whether codes that differ only in case are one code (FHIR R4, CodeSystem.caseSensitive). If it is not stated, they
 * are two: most systems are case-sensitive.
 *
 * @param codeSystem the resource
 */
export function isCaseInsensitive(codeSystem: ConformanceResource): boolean {
  return codeSystem['caseSensitive'] === false;
}

function spellingAmong(concepts: ReadonlyMap<string, CodeSystemConcept>): CodeSystemTable['spelling'] {
  const spellings = new Map<string, string>();
  for (const code of concepts.keys()) {
    const folded = code.toLowerCase();
    if (!spellings.has(folded)) spellings.set(folded, code);
  }
  return (code) => (concepts.has(code) ? code : (spellings.get(code.toLowerCase()) ?? code));
}

/** Reads `concept.property`. */
class PropertyReader {
  /** Codes of the properties that are declared or used. */
  readonly codes = new Set<string>();
  /** Property code → its meaning. */
  private readonly roles = new Map<string, string>();

  constructor(
    codeSystem: Members,
    private readonly hierarchy: Hierarchy,
  ) {
    for (const property of codeSystem.objects('property')) {
      const code = property.requiredString('code');
      const uri = property.string('uri');
      this.codes.add(code);
      this.roles.set(code, uri?.startsWith(CONCEPT_PROPERTIES) === true ? uri.slice(CONCEPT_PROPERTIES.length) : code);
    }
  }

  read(code: string, concept: Members): Omit<CodeSystemConcept, 'concept'> {
    const raw = concept.objects('property');
    if (raw.length === 0) return { properties: NO_PROPERTIES, abstract: false, inactive: false };
    const properties = new Map<string, string[]>();
    const roles = new Map<string, string>();
    for (const property of raw) {
      const name = property.requiredString('code');
      const value = valueOf(property);
      if (value === undefined) continue;
      this.codes.add(name);
      const values = properties.get(name);
      if (values === undefined) properties.set(name, [value]);
      else values.push(value);
      const role = this.roles.get(name) ?? name;
      roles.set(role, value);
      if (role === 'parent') this.hierarchy.add(value, code);
      if (role === 'child') this.hierarchy.add(code, value);
    }
    const status = roles.get('status');
    return {
      properties,
      abstract: roles.get('notSelectable') === 'true',
      inactive: roles.get('inactive') === 'true' || status === 'retired' || status === 'inactive',
    };
  }
}

/** `value[x]` of a property as text; a Coding counts by its code. */
function valueOf(property: Members): string | undefined {
  for (const name of property.names()) {
    if (!name.startsWith('value')) continue;
    const value = property.get(name);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (isObject(value) && typeof value['code'] === 'string') return value['code'];
  }
  return undefined;
}
