import { BACKWARD } from './backward.js';
import { isObject, type JsonObject, listOf, quote } from './json.js';
import type { Run } from './run.js';

/** Indexes of entries, by the texts that lead to them. */
type Places = ReadonlyMap<string, readonly number[]>;

/** Entries of a document that no chain of references from the Composition reaches. */
interface Unreached {
  /** Nothing relates them to the document; of entries that refer to each other, only the first. */
  readonly apart: readonly number[];
  /** They refer to the document. */
  readonly backward: readonly number[];
}

/**
 * Reports the entries that a document should not include: an error, as in FHIR's own validator, or less where they
 * refer to the document.
 *
 * @param bundle a document
 */
export function reportUnreached(run: Run, bundle: JsonObject): void {
  const entries = listOf(bundle['entry']).map((item): JsonObject => (isObject(item) ? item : {}));
  const [first] = entries;
  if (entries.length < 2 || !isOfType(first?.['resource'], 'Composition')) return;
  // A wrong address or a missing entry may break the chain: that is reported already.
  const own = run.broken?.filter(({ path }) => run.path.every((step, at) => step === path[at])) ?? [];
  if (own.some(({ rule }) => rule === 'absent' || rule === 'misnamed')) return;
  const faulty = new Set(own.flatMap(({ path }) => (path.at(-1) === 'fullUrl' ? [path[run.path.length + 1]] : [])));
  const { apart, backward } = unreachedIn(run, entries, bundle['link']);
  run.path.push('entry');
  for (const place of apart) {
    if (!faulty.has(place)) run.failAt(place, 'apart', quote(entries[place]?.['fullUrl']));
  }
  for (const place of backward) {
    if (faulty.has(place)) continue;
    run.path.push(place);
    run.remark(BACKWARD, quote(entries[place]?.['fullUrl']));
    run.path.pop();
  }
  run.path.pop();
}

function isOfType(resource: unknown, type: string): resource is JsonObject {
  return isObject(resource) && resource['resourceType'] === type;
}

/**
 * The entries that a document should not include: all but the Composition, what it reaches, stylesheets, and Provenance
 * of these (FHIR R4, FHIR Documents, "Document Content"). Any text that is the address, the type and id, or the
 * canonical of an entry counts as a reference, to avoid false reports.
 *
 * @param run counts the visited values
 * @param items the entries, the Composition first
 * @param bundleLinks Bundle.link, which may name a stylesheet
 */
function unreachedIn(run: Run, items: readonly JsonObject[], bundleLinks: unknown): Unreached {
  const places = placesOf(items);
  const links = items.map(({ resource }) => linksIn(run, resource, places));
  const reached = new Set<number>();
  const met: number[] = [];
  const meet = (place: number): void => {
    if (!reached.has(place)) met.push(place);
    reached.add(place);
  };
  let next = 0;
  /** Follows references from an entry. Returns whether it was not reached before. */
  const follow = (start: number): boolean => {
    const isNew = !reached.has(start);
    meet(start);
    for (; next < met.length; next++) links[met[next] ?? 0]?.forEach(meet);
    return isNew;
  };
  follow(0);
  linksIn(run, bundleLinks, places).forEach(follow);
  items.forEach(({ resource }, place) => {
    if (!isObject(resource) || isStylesheet(resource)) follow(place);
  });

  const referrers = items.map((): number[] => []);
  links.forEach((own, place) => {
    for (const target of own) referrers[target]?.push(place);
  });
  const backward: number[] = [];
  for (const place of met) {
    for (const referrer of referrers[place] ?? []) {
      if (reached.has(referrer)) continue;
      const { resource } = items[referrer] ?? {};
      if (!isOfType(resource, 'Provenance')) backward.push(referrer);
      follow(referrer);
    }
  }

  const rest = items.map((_, place) => place).filter((place) => !reached.has(place));
  const isFirst = (place: number): boolean => (referrers[place] ?? []).every((each) => each === place);
  const apart = [...rest.filter(isFirst), ...rest].filter(follow);
  return { apart: ascending(apart), backward: ascending(backward) };
}

function ascending(places: readonly number[]): readonly number[] {
  return [...places].sort((a, b) => a - b);
}

function isStylesheet({ resourceType, contentType }: JsonObject): boolean {
  return resourceType === 'Binary' && typeof contentType === 'string' && /^text\/(?:css|xsl)/.test(contentType);
}

function placesOf(items: readonly JsonObject[]): Places {
  const places = new Map<string, number[]>();
  items.forEach(({ fullUrl, resource }, place) => {
    const { resourceType, id, url }: JsonObject = isObject(resource) ? resource : {};
    const tail =
      typeof fullUrl === 'string' && fullUrl.includes('/') ? fullUrl.split('/').slice(-2).join('/') : undefined;
    const name = typeof resourceType === 'string' && typeof id === 'string' ? `${resourceType}/${id}` : undefined;
    for (const key of new Set([fullUrl, url, tail, name])) {
      if (typeof key !== 'string') continue;
      const own = places.get(key);
      if (own) own.push(place);
      else places.set(key, [place]);
    }
  });
  return places;
}

/** The entries that a value refers to. */
function linksIn(run: Run, root: unknown, places: Places): ReadonlySet<number> {
  const found = new Set<number>();
  const seen = new Set<unknown>();
  const open = [root];
  const add = (text: string): void => {
    // The rest is a version, or a place within the target.
    const own = places.get(text) ?? places.get(text.replace(/(?:[#|]|\/_history\/).*$/s, ''));
    for (const place of own ?? []) found.add(place);
  };
  for (let value = open.pop(); value !== undefined || open.length > 0; value = open.pop()) {
    if (typeof value === 'string') add(value);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const members = Object.entries(value) as [string, unknown][];
    run.spend(members.length);
    // References within another Bundle are resolved in that Bundle.
    if (isObject(value) && value['resourceType'] === 'Bundle') continue;
    for (const [name, member] of members) {
      if (name !== 'div' || typeof member !== 'string') open.push(member);
      // Narrative, "Images": an image may be a Binary of the document.
      else for (const [, text = ''] of member.matchAll(/\b(?:src|href)\s*=\s*["']([^"']*)/g)) add(text);
    }
  }
  return found;
}
