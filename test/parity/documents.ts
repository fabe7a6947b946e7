import type { Json } from '../../generator/fhir/json.js';
import type { ManifestProfile } from '../../generator/render/manifest.js';
import { imagingDocument } from '../../examples/imaging-report/document.js';
import { changed, FAULTS } from '../generated/document-faults.js';
import type { Value } from './sample.js';

const PROFILE = 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-bundle-document';

/**
 * A whole document of the first guide, and the same with single faults. The whole one comes first: what the reference says
 * of it is the guide's own contradictions, which every document has.
 *
 * @param profiles of a package
 * @returns none for another package
 */
export function documents(profiles: readonly ManifestProfile[]): readonly Value[] {
  const profile = profiles.find(({ url }) => url === PROFILE);
  if (profile === undefined) return [];
  const all: readonly (readonly [name: string, value: unknown])[] = [
    ['whole', imagingDocument()],
    ...FAULTS.map(([name, path, value]) => [name, changed(path, value)] as const),
  ];
  return all.map(([name, value]) => ({
    source: 'document',
    profile,
    name,
    json: JSON.parse(JSON.stringify(value)) as Json,
  }));
}
