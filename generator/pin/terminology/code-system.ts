import { CodegenError } from '../../errors.js';
import { isObject, lineOf, Members } from '../members.js';
import type { PinLimits } from '../limits.js';
import type { PinnedConcept } from '../snapshot.js';
import type { Found } from '../closure.js';
import { packageId } from '../closure.js';

/** A concept with its place in the hierarchy. */
export interface CodeSystemConcept extends PinnedConcept {
  /** Codes of the concepts above and below it, one step. */
  readonly parents: readonly string[];
  readonly children: readonly string[];
  /** Values of its properties as text, by property code. */
  readonly properties: ReadonlyMap<string, readonly string[]>;
  /** It only groups others and stands in no resource (`notSelectable`). */
  readonly abstract: boolean;
  readonly inactive: boolean;
}

/** A code system that is at hand, as a table of its concepts. */
export interface CodeSystemTable {
  readonly url: string;
  readonly version: string | undefined;
  /** `content` is `complete`: there are no other codes. */
  readonly complete: boolean;
  /** In the order of the code system, a parent before its children. */
  readonly concepts: ReadonlyMap<string, CodeSystemConcept>;
  /** Codes of the properties that the code system declares or its concepts have. */
  readonly properties: ReadonlySet<string>;
}

interface Draft {
  readonly concept: Omit<CodeSystemConcept, 'parents' | 'children'>;
  readonly parents: Set<string>;
  readonly children: Set<string>;
}

/** FHIR R4, CodeSystem, "Defined concept properties": what these codes mean unless `uri` says otherwise. */
const CONCEPT_PROPERTIES = 'http://hl7.org/fhir/concept-properties#';

/**
 * Reads a CodeSystem (FHIR R4, CodeSystem): concepts nested or linked by `parent` and `child` properties.
 *
 * @param found the resource and its package
 * @param limits see {@link PinLimits}
 * @throws CodegenError when it is malformed or has more codes than allowed
 */
export function codeSystemTable(found: Found, limits: PinLimits): CodeSystemTable {
  const where = { package: packageId(found.package), profile: found.resource.url };
  const members = Members.of(found.resource, '', where);
  const roles = new Map<string, string>();
  for (const property of members.objects('property')) {
    const code = property.requiredString('code');
    const uri = property.string('uri');
    roles.set(code, uri?.startsWith(CONCEPT_PROPERTIES) === true ? uri.slice(CONCEPT_PROPERTIES.length) : code);
  }

  const drafts = new Map<string, Draft>();
  const properties = new Set(roles.keys());
  // A stack of our own: nesting in a package may be deeper than that of calls.
  const stack = toStack(members.list('concept'), undefined);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const raw = Members.of(next.raw, 'concept', where);
    const code = raw.requiredString('code', limits.idLength);
    if (drafts.size >= limits.codes) throw new CodegenError(`it has more than ${limits.codes} codes`, where);
    const draft = drafts.get(code) ?? draftOf(code, raw, roles, properties, limits);
    drafts.set(code, draft);
    if (next.parent !== undefined) draft.parents.add(next.parent);
    for (const item of toStack(raw.list('concept'), code)) stack.push(item);
  }
  for (const [code, draft] of drafts) {
    for (const parent of draft.parents) drafts.get(parent)?.children.add(code);
    for (const child of draft.children) drafts.get(child)?.parents.add(code);
  }
  const concepts = new Map<string, CodeSystemConcept>();
  for (const [code, { concept, parents, children }] of drafts) {
    concepts.set(code, { ...concept, parents: [...parents], children: [...children] });
  }
  const complete = members.string('content') === 'complete' && concepts.size > 0;
  return { url: found.resource.url, version: members.string('version'), complete, concepts, properties };
}

/**
 * The French designation of a concept, where `display` is another.
 *
 * @param concept of a value set or a code system
 * @param display what is shown otherwise
 */
export function frenchOf(concept: Members, display: string | undefined, limits: PinLimits): string | undefined {
  for (const designation of concept.objects('designation')) {
    const language = designation.string('language');
    const value = designation.string('value');
    if (value === undefined || language === undefined || !/^fr(-|$)/i.test(language)) continue;
    const text = lineOf(value, limits.textLength);
    return text === '' || text === display ? undefined : text;
  }
  return undefined;
}

/** `display` of a concept on one line, if it says anything. */
export function displayOf(concept: Members, limits: PinLimits): string | undefined {
  const display = concept.string('display');
  const text = display === undefined ? '' : lineOf(display, limits.textLength);
  return text === '' ? undefined : text;
}

function toStack(
  items: readonly unknown[],
  parent: string | undefined,
): { raw: unknown; parent: string | undefined }[] {
  return items.map((raw) => ({ raw, parent })).reverse();
}

function draftOf(
  code: string,
  raw: Members,
  roles: ReadonlyMap<string, string>,
  known: Set<string>,
  limits: PinLimits,
): Draft {
  const values = new Map<string, string[]>();
  const links = { parent: new Set<string>(), child: new Set<string>() };
  const flags = new Map<string, string>();
  for (const property of raw.objects('property')) {
    const name = property.requiredString('code');
    const value = propertyValue(property);
    if (value === undefined) continue;
    known.add(name);
    values.set(name, [...(values.get(name) ?? []), value]);
    const role = roles.get(name) ?? name;
    if (role === 'parent' || role === 'child') links[role].add(value);
    else flags.set(role, value);
  }
  const display = displayOf(raw, limits);
  const fr = frenchOf(raw, display, limits);
  const status = flags.get('status');
  return {
    concept: {
      code,
      ...(display !== undefined && { display }),
      ...(fr !== undefined && { fr }),
      properties: values,
      abstract: flags.get('notSelectable') === 'true' || flags.get('abstract') === 'true',
      inactive: flags.get('inactive') === 'true' || status === 'retired' || status === 'inactive',
    },
    parents: links.parent,
    children: links.child,
  };
}

/** `value[x]` of a property as text; a Coding counts by its code. */
function propertyValue(property: Members): string | undefined {
  for (const name of property.names()) {
    if (!name.startsWith('value')) continue;
    const value = property.get(name);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (isObject(value) && typeof value['code'] === 'string') return value['code'];
  }
  return undefined;
}
