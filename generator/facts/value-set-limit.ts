import { canonicalWithin } from '../fhir/canonical.js';
import type { FactReader, FactSource } from './fact.js';

const EXTENSIONS = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-';
const ADDITIONAL = 'http://hl7.org/fhir/tools/StructureDefinition/additional-binding';

/**
 * The value set that limits a binding: by the extension elementdefinition-maxValueSet or -minValueSet of FHIR R4, or by
 * an additional binding with that purpose (FHIR R5, ElementDefinition.binding.additional; an extension before). One
 * that holds for some uses only is none.
 *
 * @param element an ElementDefinition
 * @param source where it stands
 * @param name which of the two
 * @returns its canonical
 */
export function readValueSetLimit(
  element: FactReader,
  source: FactSource,
  name: 'maxValueSet' | 'minValueSet',
): string | undefined {
  const binding = element.object('binding');
  if (binding === undefined) return undefined;
  const purpose = name === 'maxValueSet' ? 'maximum' : 'minimum';
  const extensions = binding.objects('extension');
  const canonicals = [
    ...extensions.filter((one) => one.string('url') === EXTENSIONS + name).map((one) => canonicalOf(one)),
    ...extensions
      .filter((one) => one.string('url') === ADDITIONAL)
      .map((one) => {
        const parts = one.objects('extension');
        const part = (url: string): FactReader | undefined => parts.find((each) => each.string('url') === url);
        const isMeant = part('purpose')?.string('valueCode') === purpose && part('usage') === undefined;
        const valueSet = part('valueSet');
        return isMeant && valueSet !== undefined ? canonicalOf(valueSet) : undefined;
      }),
    ...binding
      .objects('additional')
      .filter((one) => one.string('purpose') === purpose && one.objects('usage').length === 0)
      .map((one) => one.string('valueSet')),
  ];
  const found = canonicals.find((canonical) => canonical !== undefined);
  return found === undefined ? undefined : canonicalWithin(found, source.profile);
}

/** R4 writes a canonical; before it was a uri or a reference. */
function canonicalOf(extension: FactReader): string | undefined {
  return (
    extension.string('valueCanonical') ??
    extension.string('valueUri') ??
    extension.object('valueReference')?.string('reference')
  );
}
