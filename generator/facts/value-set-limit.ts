import { canonicalWithin, fhirTypeCanonical, withoutVersion } from '../fhir/canonical.js';
import type { FactReader, FactSource } from './fact.js';

const EXTENSIONS = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-';
/** The extension for an additional binding before FHIR R5. */
export const ADDITIONAL_BINDING = 'http://hl7.org/fhir/tools/StructureDefinition/additional-binding';

/**
 * The value set that limits a binding: by the extension elementdefinition-maxValueSet or -minValueSet of FHIR R4, or by
 * an additional binding with that purpose (FHIR R5, ElementDefinition.binding.additional; an extension before). One
 * that applies only in some uses is not a limit.
 *
 * @param element an ElementDefinition
 * @param source the location of the element
 * @param name of the extension
 * @returns its canonical
 */
export function readValueSetLimit(
  element: FactReader,
  source: FactSource,
  name: 'maxValueSet' | 'minValueSet',
): string | undefined {
  const binding = element.object('binding');
  if (binding === undefined) return undefined;
  const extensions = binding.objects('extension');
  const canonicals = [
    ...extensions.filter((one) => one.string('url') === EXTENSIONS + name).map((one) => canonicalOf(one)),
    ...readAdditional(element, source)
      .filter(
        ({ isLimit, isPartial, purpose }) => !isPartial && (name === 'maxValueSet' ? isLimit : purpose === 'minimum'),
      )
      .map(({ valueSet }) => valueSet),
  ];
  const found = canonicals.find((canonical) => canonical !== undefined);
  return found === undefined ? undefined : canonicalWithin(found, source.profile);
}

/** An additional binding. */
export interface AdditionalBinding {
  readonly purpose: string;
  readonly valueSet: string | undefined;
  /** No other code is allowed where the binding applies. */
  readonly isLimit: boolean;
  /** The binding applies only in some uses, or to only one item. */
  readonly isPartial: boolean;
  /** The use, where the resource shows it. */
  readonly condition: UsageCondition | undefined;
}

/** Another element of the resource, and the values of which it has to have one. */
interface UsageCondition {
  readonly at: string;
  readonly is: readonly Readonly<Record<string, string | number>>[];
}

/**
 * The additional bindings of an element (FHIR R5, ElementDefinition.binding.additional; an extension before).
 *
 * @param element an ElementDefinition
 * @param source the location of the element
 */
export function readAdditional(element: FactReader, source: FactSource): readonly AdditionalBinding[] {
  const binding = element.object('binding');
  if (binding === undefined) return [];
  const additional = (
    purpose: string,
    valueSet: string | undefined,
    usages: readonly FactReader[],
    isAny: boolean,
  ): AdditionalBinding => {
    const [usage, ...others] = usages;
    const isDecidable = usage !== undefined && others.length === 0 && !isAny;
    return {
      purpose,
      valueSet,
      // An additional required binding allows no more codes than a limit does.
      isLimit: purpose === 'maximum' || purpose === 'required',
      isPartial: usage !== undefined || isAny,
      condition: isDecidable ? conditionOf(usage, typeOf(element), source) : undefined,
    };
  };
  return [
    ...binding
      .objects('extension')
      .filter((one) => one.string('url') === ADDITIONAL_BINDING)
      .map((one) => {
        const all = (url: string): readonly FactReader[] =>
          one.objects('extension').filter((part) => part.string('url') === url);
        const [purpose, valueSet, any] = [all('purpose')[0], all('valueSet')[0], all('any')[0]];
        return additional(
          purpose?.string('valueCode') ?? '',
          valueSet === undefined ? undefined : canonicalOf(valueSet),
          all('usage').map((part) => part.object('valueUsageContext') ?? part),
          any?.boolean('valueBoolean') === true,
        );
      }),
    ...binding
      .objects('additional')
      .map((one) =>
        additional(
          one.string('purpose') ?? '',
          one.string('valueSet'),
          one.objects('usage'),
          one.boolean('any') === true,
        ),
      ),
  ];
}

/** An element by its path, without slices. */
const ELEMENT = /^\w+(?:\.\w+(?:\[x\])?)+$/;

/**
 * The condition of a usage whose code names an element of the profile: its system is the canonical of the profile, of a
 * base profile, or of the FHIR type.
 */
function conditionOf(usage: FactReader, type: string, { profile, ancestors }: FactSource): UsageCondition | undefined {
  const code = usage.object('code');
  const system = withoutVersion(code?.string('system') ?? '');
  const at = code?.string('code') ?? '';
  if (![profile, ...ancestors, fhirTypeCanonical(type)].includes(system)) return undefined;
  if (!ELEMENT.test(at) || !at.startsWith(`${type}.`)) return undefined;
  const codings = usage.object('valueCodeableConcept')?.objects('coding') ?? [];
  const quantity = usage.object('valueQuantity');
  const is = [...codings, ...(quantity === undefined ? [] : [quantity])].flatMap((one) => {
    const value = one.json('value', 1);
    const [its, own] = [one.string('system'), one.string('code')];
    // For a Coding its code; for a Quantity its number with a coded unit, if it has one.
    if (one === quantity ? typeof value !== 'number' : own === undefined) return [];
    return [
      {
        ...(typeof value === 'number' && { value }),
        ...(its !== undefined && { system: its }),
        ...(own !== undefined && { code: own }),
      },
    ];
  });
  return is.length === 0 ? undefined : { at, is };
}

/** The FHIR type that contains an element: `Observation` for `Observation.code`. */
function typeOf(element: FactReader): string {
  return element.string('path')?.split('.')[0] ?? '';
}

/** R4 has a canonical; earlier releases have a uri or a reference. */
function canonicalOf(extension: FactReader): string | undefined {
  return (
    extension.string('valueCanonical') ??
    extension.string('valueUri') ??
    extension.object('valueReference')?.string('reference')
  );
}
