import { canonicalWithin } from '../fhir/canonical.js';
import { isObject } from '../fhir/json.js';
import type { ConformanceResource } from '../fhir/package.js';

type Kind = ConformanceResource['resourceType'];

const KINDS: readonly Kind[] = ['StructureDefinition', 'ValueSet', 'CodeSystem'];

/**
 * The definitions contained in a definition, each with a canonical that is unique outside it: `url#id` (FHIR R4,
 * References, "canonical": "may be a reference to a contained resource"). A contained code system is also listed under
 * its own url, which codes refer to.
 *
 * @param definition a definition of a package
 */
export function containedDefinitions(definition: ConformanceResource): readonly ConformanceResource[] {
  const { contained } = definition;
  if (!Array.isArray(contained)) return [];
  return contained.flatMap((resource: unknown): ConformanceResource[] => {
    if (!isObject(resource)) return [];
    const { id, url, version: _version, baseDefinition, ...rest } = resource;
    const kind = KINDS.find((one) => one === rest['resourceType']);
    if (kind === undefined || typeof id !== 'string' || id === '') return [];
    const version = definition.version === undefined ? {} : { version: definition.version };
    const base = typeof baseDefinition === 'string' ? canonicalWithin(baseDefinition, definition.url) : baseDefinition;
    const at = (canonical: string): ConformanceResource => ({
      ...rest,
      id,
      ...(base === undefined ? {} : { baseDefinition: base }),
      resourceType: kind,
      url: canonical,
      ...version,
      containedIn: definition.url,
    });
    const isSystem = kind === 'CodeSystem' && typeof url === 'string' && url !== '';
    return [at(`${definition.url}#${id}`), ...(isSystem ? [at(url)] : [])];
  });
}
