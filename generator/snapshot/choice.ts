import type { RawElement } from './raw-element.js';
import { capital } from '../fhir/choice.js';
import { isObject } from '../fhir/json.js';

/** An element with a choice of types, and one of these. */
export interface ChosenType {
  readonly choice: RawElement;
  /** The entries of `type` for that type. */
  readonly type: readonly unknown[];
}

/**
 * Finds the choice of types that a JSON name refers to (FHIR R4, ElementDefinition.path: a differential may use
 * `valueQuantity` instead of `value[x]`, and then constrains that type only).
 *
 * @param name `valueQuantity`
 * @param elements the elements with the same parent
 * @returns `undefined` when the name is not one of a choice
 */
export function chosenType(name: string, elements: readonly RawElement[]): ChosenType | undefined {
  for (const choice of elements) {
    const stem = /([^.]+)\[x\]$/.exec(choice.id)?.[1];
    if (stem === undefined || !name.startsWith(stem)) continue;
    const type = typesNamed(name.slice(stem.length), choice);
    if (type.length > 0) return { choice, type };
  }
  return undefined;
}

/**
 * The entries of `type` for the type at the end of a name.
 *
 * @param ending `Quantity` of `valueQuantity`, `String` of `valueString`
 * @param choice an element with a choice of types
 */
export function typesNamed(ending: string, { type }: RawElement): readonly unknown[] {
  const types: readonly unknown[] = Array.isArray(type) ? type : [];
  return types.filter((one) => isObject(one) && typeof one['code'] === 'string' && capital(one['code']) === ending);
}
