import type { Json } from '../../generator/fhir/json.js';
import type { ManifestProfile } from '../../generator/render/manifest.js';
import { imagingDocument } from '../../examples/imaging-report/document.js';
import { changed, FAULTS } from '../generated/document-faults.js';
import type { Value } from './sample.js';

const PROFILE = 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-bundle-document';

/**
 * A valid document of the pinned guide, and copies with one fault each. The valid one comes first: the errors of the
 * reference for it are contradictions of the guide, which every document has.
 *
 * @param profiles of a package
 * @returns empty for another package
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
