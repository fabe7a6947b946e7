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
  // A required binding beside the binding leaves no more codes than a limit of it does.
  const purposes = name === 'maxValueSet' ? ['maximum', 'required'] : ['minimum'];
  const extensions = binding.objects('extension');
  const canonicals = [
    ...extensions.filter((one) => one.string('url') === EXTENSIONS + name).map((one) => canonicalOf(one)),
    ...readAdditional(element)
      .filter(({ purpose, hasUsage }) => purposes.includes(purpose) && !hasUsage)
      .map(({ valueSet }) => valueSet),
  ];
  const found = canonicals.find((canonical) => canonical !== undefined);
  return found === undefined ? undefined : canonicalWithin(found, source.profile);
}

/** An additional binding. */
export interface AdditionalBinding {
  readonly purpose: string;
  readonly valueSet: string | undefined;
  /** It holds in some uses only. */
  readonly hasUsage: boolean;
}

/**
 * The additional bindings of an element (FHIR R5, ElementDefinition.binding.additional; an extension before).
 *
 * @param element an ElementDefinition
 */
export function readAdditional(element: FactReader): readonly AdditionalBinding[] {
  const binding = element.object('binding');
  if (binding === undefined) return [];
  return [
    ...binding
      .objects('extension')
      .filter((one) => one.string('url') === ADDITIONAL)
      .map((one): AdditionalBinding => {
        const parts = one.objects('extension');
        const part = (url: string): FactReader | undefined => parts.find((each) => each.string('url') === url);
        const valueSet = part('valueSet');
        return {
          purpose: part('purpose')?.string('valueCode') ?? '',
          valueSet: valueSet === undefined ? undefined : canonicalOf(valueSet),
          hasUsage: part('usage') !== undefined,
        };
      }),
    ...binding.objects('additional').map((one): AdditionalBinding => ({
      purpose: one.string('purpose') ?? '',
      valueSet: one.string('valueSet'),
      hasUsage: one.objects('usage').length > 0,
    })),
  ];
}

/** R4 writes a canonical; before it was a uri or a reference. */
function canonicalOf(extension: FactReader): string | undefined {
  return (
    extension.string('valueCanonical') ??
    extension.string('valueUri') ??
    extension.object('valueReference')?.string('reference')
  );
}
