import type { Bundle, FhirResource, Identifier } from './fhir.js';
import { isObject } from './json.js';

/** A resource, or a resource with the `fullUrl` of its entry. */
export type Enclosed = FhirResource | { readonly fullUrl: string; readonly resource: FhirResource };

/** The entries of the given resources, each with the type of its resource. */
export type EntriesOf<Given extends readonly Enclosed[]> = {
  -readonly [Index in keyof Given]: {
    fullUrl: string;
    resource: Given[Index] extends { readonly fullUrl: string; readonly resource: infer Resource }
      ? Resource
      : Given[Index];
  };
};

/** A Bundle made from the given resources. */
export type BundleOf<Type extends Bundle['type'], Given extends readonly Enclosed[], Members> = Omit<
  Members,
  'uuid'
> & {
  resourceType: 'Bundle';
  type: Type;
  entry: EntriesOf<Given>;
};

/** Members of a Bundle, and the source of its addresses. */
export interface BundleMembers extends Omit<Bundle, 'resourceType' | 'type' | 'entry'> {
  /**
   * Returns the UUID of a resource, for reproducible results. Without it, an `id` that is a UUID is used, and any other
   * resource gets a random UUID.
   */
  readonly uuid?: ((resource: FhirResource, index: number) => string) | undefined;
}

/** The members that FHIR requires of a document (FHIR R4, Bundle, bdl-9 and bdl-10). */
export interface DocumentMembers extends BundleMembers {
  identifier: Identifier & { system: string; value: string };
  timestamp: string;
}

/**
 * Makes a document (FHIR R4, FHIR Documents): each resource gets an entry with a `urn:uuid:` address, and references
 * among them (`Patient/1`, when a Patient with the id 1 is given) are rewritten to these addresses. The resources given
 * are not changed.
 *
 * @param resources the Composition first
 * @param members of the Bundle, and `uuid`
 * @throws {TypeError} when the first is not a Composition, or two resources have the same address
 */
export function documentBundle<
  Given extends readonly [Enclosed, ...Enclosed[]],
  Members extends DocumentMembers = DocumentMembers,
>(resources: readonly [...Given], members: Members): BundleOf<'document', Given, Members> {
  const [first] = resources;
  if (enclosed(first).resource.resourceType !== 'Composition') {
    throw new TypeError('The first resource of a document must be its Composition');
  }
  return makeBundle('document', resources, members);
}

/**
 * Makes a collection Bundle, as {@link documentBundle} makes a document.
 *
 * @param resources in the order of the entries
 * @param members of the Bundle, and `uuid`
 * @throws {TypeError} when two resources have the same address
 */
export function collectionBundle<Given extends readonly Enclosed[], Members extends BundleMembers = BundleMembers>(
  resources: readonly [...Given],
  ...[members]: BundleMembers extends Members ? [members?: Members] : [members: Members]
): BundleOf<'collection', Given, Members> {
  return makeBundle('collection', resources, members);
}

function makeBundle<Type extends Bundle['type'], Given extends readonly Enclosed[], Members extends BundleMembers>(
  type: Type,
  resources: readonly [...Given],
  members: Members | undefined,
): BundleOf<Type, Given, Members> {
  const { uuid, ...others }: BundleMembers = members ?? {};
  const seen = new Set<string>();
  const addresses = new Map<string, string>();
  const entries = resources.map((given, index) => {
    const { fullUrl = addressOf(enclosed(given).resource, index, uuid), resource } = enclosed(given);
    const { resourceType, id } = resource;
    const key = `${resourceType}/${id ?? ''}`;
    for (const name of id === undefined ? [fullUrl] : [fullUrl, key]) {
      if (seen.has(name)) throw new TypeError(`Two resources of the Bundle have the address ${name}`);
      seen.add(name);
    }
    if (id !== undefined) {
      addresses.set(key, fullUrl);
      const version = resource.meta?.versionId;
      if (version !== undefined) addresses.set(`${key}/_history/${version}`, fullUrl);
    }
    return { fullUrl, resource };
  });
  const entry = entries.map(({ fullUrl, resource }) => ({ fullUrl, resource: readdressed(resource, addresses, 0) }));
  // Each entry has the type of the resource it was made from.
  return { ...others, resourceType: 'Bundle', type, entry } as unknown as BundleOf<Type, Given, Members>;
}

function enclosed(given: Enclosed): { readonly fullUrl?: string; readonly resource: FhirResource } {
  return 'resourceType' in given ? { resource: given } : given;
}

/** Available in browsers and in Node. */
declare const crypto: { randomUUID(): string };

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function addressOf(resource: FhirResource, index: number, uuid: BundleMembers['uuid']): string {
  const { id, resourceType } = resource;
  const own = uuid?.(resource, index) ?? (id !== undefined && UUID.test(id) ? id : crypto.randomUUID());
  if (!UUID.test(own)) throw new TypeError(`"${own}", given for the ${resourceType}, is not a UUID`);
  return `urn:uuid:${own.toLowerCase()}`;
}

/** Deeper values are not resources. */
const DEPTH_LIMIT = 200;

/** A value with its references rewritten; parts without references are shared, not copied. */
function readdressed(value: unknown, addresses: ReadonlyMap<string, string>, depth: number): unknown {
  if (depth > DEPTH_LIMIT) throw new TypeError('A resource of the Bundle is nested too deeply');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item: unknown) => readdressed(item, addresses, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => {
    const address = name === 'reference' && typeof member === 'string' ? addresses.get(member) : undefined;
    return [name, address ?? readdressed(member, addresses, depth + 1)];
  });
  return members.some(([name, member]) => member !== value[name]) ? Object.fromEntries(members) : value;
}
