import type { BundleRules } from './bundle-rules.js';
import { reportUnreached } from './document-links.js';
import { severityOf } from './issue.js';
import { isObject, type JsonObject, listOf, quote } from './json.js';
import type { Detail } from './language.js';
import type { MessageName } from './messages.js';
import { carries } from './node.js';
import { isResourceType } from './resource-types.js';
import type { Run } from './run.js';
import { explainStrays } from './strays.js';

/** Resources by the text that refers to them; `undefined` where it leads to several. */
type Index = Map<string, JsonObject | undefined>;

/** An entry that has a resource. */
interface Entry {
  /** `fullUrl`, when it is a string. */
  readonly url: string | undefined;
  readonly resource: JsonObject;
}

/** A broken rule between entries. */
interface BundleFault {
  /** From the Bundle. */
  readonly path: readonly (string | number)[];
  readonly rule: MessageName;
  readonly details: readonly Detail[];
}

/**
 * The types of Bundle in which no entry needs a `fullUrl`; only these have requests or responses (FHIR R4, Bundle,
 * bdl-3, bdl-4).
 */
const [REQUESTS, RESPONSES] = [/^(?:batch|transaction|history)$/, /^(?:(?:batch|transaction)-response|history)$/];

/** Elements of a Composition whose targets must be in the document (FHIR R4, FHIR Documents, "Document Content"). */
const INCLUDED = /^(?:subject|encounter|author|attester|custodian|event|section)$/;

/**
 * The rules that hold for Bundles only: how references lead to entries, and the rules between entries. Only the tables
 * of Bundles import it, so programs that use other profiles do not contain it.
 *
 * @param bundle a Bundle; its entries are indexed once, when the first reference is followed
 */
export function bundleRules(bundle: JsonObject): BundleRules {
  let made: ReturnType<typeof indexesOf> | undefined;
  const indexes = (): ReturnType<typeof indexesOf> => (made ??= indexesOf(bundle['entry']));

  /** The key by which a reference leads to an entry, and the index to look it up in. */
  const lookUp = (text: string, from: unknown): readonly [index: Index, key: string] => {
    const { byUrl, byId, urls } = indexes();
    if (SCHEME.test(text)) return [byUrl, text];
    const url = urls.get(from);
    // A reference in an entry without an address can only lead to an entry without one.
    return url === undefined ? [byId, text] : [byUrl, (baseOf(url) ?? '?') + text];
  };
  return {
    find(text, from) {
      const [index, key] = lookUp(text, from);
      return index.get(key);
    },
    lost(text, from, path) {
      // The server that processes a transaction evaluates a search for the target (FHIR R4, RESTful API,
      // "transaction").
      if (bundle['type'] !== 'transaction' && /^\w+\?/.test(text)) return ['reference', 'Type/id', quote(text)];
      if (bundle['type'] !== 'document') return undefined;
      const [index, key] = lookUp(text, from);
      if (index.has(key)) return undefined;
      const namesake = SCHEME.test(text) ? undefined : indexes().namesakes.get(text);
      if (namesake !== undefined) return ['misnamed', quote(text), quote(namesake)];
      const { resource } = indexes().first ?? {};
      const isIncluded = resource === from && resource?.['resourceType'] === 'Composition' && isDirect(path);
      return isIncluded || /^urn:(?:uuid|oid):/.test(text) ? ['absent', quote(text)] : undefined;
    },
    explain: explainStrays,
    finish(run) {
      // Where a slice lacks the first entry and no other entry matches, that is reported already.
      const isReported = run.broken?.some(
        ({ rule, path, details }) => rule === 'min' && path.at(-1) === 'entry' && details[2],
      );
      for (const { path, rule, details } of faultsOf(bundle)) {
        if (rule === 'first' && isReported && !entriesOf(bundle['entry']).some((each) => isOfType(each, details[1])))
          continue;
        run.path.push(...path);
        run.fail(rule, ...details);
        run.path.length -= path.length;
      }
      if (bundle['type'] === 'document') reportUnreached(run, bundle);
      leaveOutConsequences(run, bundle);
      leaveOutRepetitions(run);
    },
  };
}

const SCHEME = /^[A-Za-z][\w+.-]*:/;

/** Whether a path within a Composition leads to a resource that a document must include. */
function isDirect(path: readonly (string | number)[]): boolean {
  return INCLUDED.test(String(path[0])) && !path.some((step) => step === 'extension' || step === 'modifierExtension');
}

/** The base URL of the server in a RESTful address, with its slash (FHIR R4, References, "Literal References"). */
function baseOf(url: string): string | undefined {
  const [, base, type = ''] = RESTFUL.exec(url) ?? [];
  return isResourceType(type) ? base : undefined;
}

const RESTFUL = /^(https?:\/\/(?:[^?#]*\/)?)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})$/;

function entriesOf(items: unknown): Entry[] {
  return listOf(items).flatMap((item) => {
    const { fullUrl, resource }: JsonObject = isObject(item) ? item : {};
    return isObject(resource) ? [{ url: typeof fullUrl === 'string' ? fullUrl : undefined, resource }] : [];
  });
}

function isOfType({ resource }: Entry, type: unknown): boolean {
  return resource['resourceType'] === type;
}

/** FHIR R4, Bundle, "Resolving references in Bundles": by address, and by address and version. */
function indexesOf(items: unknown) {
  const [byUrl, byId]: [Index, Index] = [new Map(), new Map()];
  const urls = new Map<unknown, string | undefined>();
  const namesakes = new Map<string, string | undefined>();
  const entries = entriesOf(items);
  for (const { url, resource } of entries) {
    const { resourceType, id } = resource;
    const name = typeof id === 'string' ? `${String(resourceType)}/${id}` : undefined;
    const version = versionOf(resource);
    urls.set(resource, url);
    if (name !== undefined) namesakes.set(name, url);
    const key = url ?? name;
    if (key === undefined) continue;
    const index = url === undefined ? byId : byUrl;
    add(index, key, resource);
    if (version !== undefined) add(index, `${key}/_history/${version}`, resource);
  }
  return { byUrl, byId, urls, namesakes, first: entries[0] };
}

/** A name that two resources share leads to neither. */
function add(index: Index, key: string, resource: JsonObject): void {
  index.set(key, index.has(key) && index.get(key) !== resource ? undefined : resource);
}

function versionOf({ meta }: JsonObject): string | undefined {
  const version = isObject(meta) ? meta['versionId'] : undefined;
  return typeof version === 'string' ? version : undefined;
}

/** FHIR R4, Bundle, "Constraints" and Bundle.entry.fullUrl: the rules between entries. */
function faultsOf(bundle: JsonObject): readonly BundleFault[] {
  const { type, identifier, timestamp } = bundle;
  const items = listOf(bundle['entry']);
  const faults: BundleFault[] = [];
  const missing = (...path: (string | number)[]) => faults.push({ rule: 'min', path, details: [1, 0] });
  const breaks = (rule: BundleFault['rule'], details: BundleFault['details'], ...path: (string | number)[]) =>
    faults.push({ rule, path, details });

  if (type === 'document') {
    if (identifier === undefined) missing('identifier');
    else if (isObject(identifier) && !(isThere(identifier, 'system') && isThere(identifier, 'value')))
      breaks('bdl-9', [], 'identifier');
    if (timestamp === undefined) missing('timestamp');
  }
  const first = type === 'document' ? 'Composition' : type === 'message' ? 'MessageHeader' : undefined;
  if (first !== undefined && items.length === 0) missing('entry');
  const seen = new Set<string>();
  items.forEach((item, index) => {
    if (!isObject(item)) return;
    const { fullUrl, resource } = item;
    const own = isObject(resource) ? resource : undefined;
    const at = ['entry', index] as const;
    if (index === 0 && first !== undefined && own?.['resourceType'] !== first) {
      const key = first === 'Composition' ? 'bdl-11' : 'bdl-12';
      breaks('first', [key, first], ...at, ...(own ? ['resource'] : []));
    }
    for (const [member, key, form] of [
      ['request', 'bdl-3', REQUESTS],
      ['response', 'bdl-4', RESPONSES],
    ] as const) {
      if (typeof type !== 'string' || form.test(type) === (item[member] !== undefined)) continue;
      if (item[member] === undefined) missing(...at, member);
      else breaks('misplaced', [key, type], ...at, member);
    }
    if (fullUrl === undefined && own && type === 'document' && !carries(item['_fullUrl'])) missing(...at, 'fullUrl');
    if (typeof fullUrl !== 'string') return;
    const key = JSON.stringify([fullUrl, own && versionOf(own)]);
    if (type !== 'history' && seen.has(key)) breaks('bdl-7', [quote(fullUrl)], ...at, 'fullUrl');
    seen.add(key);
    if (fullUrl.includes('/_history/')) breaks('bdl-8', [quote(fullUrl)], ...at, 'fullUrl');
    const base = baseOf(fullUrl);
    const { resourceType, id } = own ?? {};
    const name = `${String(resourceType)}/${String(id)}`;
    if (base && typeof id === 'string' && fullUrl !== base + name)
      faults.push({ rule: 'address', path: [...at, 'fullUrl'], details: [quote(name), quote(fullUrl)] });
  });
  return faults;
}

/** An error within an entry is not repeated for each reference to it. */
function leaveOutConsequences({ broken, path }: Run, bundle: JsonObject): void {
  if (!broken?.some(({ about }) => about !== undefined)) return;
  const faulty = new Set<unknown>();
  for (const one of broken) {
    const [name, index] = one.path.slice(path.length);
    const isWithin = name === 'entry' && path.every((step, at) => step === one.path[at]);
    if (!isWithin || one.about !== undefined || severityOf(one.rule) !== 'error') continue;
    const item = listOf(bundle['entry'])[Number(index)];
    if (isObject(item)) faulty.add(item['resource']);
  }
  const left = broken.filter(({ about }) => about === undefined || !faulty.has(about));
  broken.splice(0, Infinity, ...left);
}

/**
 * A missing entry is reported once, at the first reference to it, and not at all where slices lack as many entries, or
 * as many have a wrong address, as references lead to.
 */
function leaveOutRepetitions({ broken, path }: Run): void {
  const own = broken?.filter((one) => path.every((step, at) => step === one.path[at])) ?? [];
  const absent = own.filter(({ rule }) => rule === 'absent');
  const lacking = own.filter(({ rule, path: at, details }) =>
    at.at(-1) === 'entry' ? rule === 'min' && details[2] : at.at(-1) === 'fullUrl' && rule !== 'bdl-7',
  );
  const firsts = new Map([...absent].reverse().map((one) => [one.details[0], one]));
  const kept = new Set(firsts.size > lacking.length ? firsts.values() : []);
  const left = new Set(absent.filter((one) => !kept.has(one)));
  if (broken && left.size > 0) broken.splice(0, Infinity, ...broken.filter((one) => !left.has(one)));
}

function isThere(host: JsonObject, name: string): boolean {
  return host[name] !== undefined || carries(host[`_${name}`]);
}
