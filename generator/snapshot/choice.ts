import type { RawElement } from './raw-element.js';
import { capital } from '../fhir/choice.js';
import { isObject } from '../fhir/json.js';

/** An element with a choice of types, and one of these. */
export interface ChosenType {
  readonly choice: RawElement;
  /** What stands in `type` for the one. */
  readonly type: readonly unknown[];
}

/**
 * Reads the name of an element with a choice of types as JSON has it (FHIR R4, ElementDefinition.path: a differential
 * may say `valueQuantity` in place of `value[x]`, and then speaks of that type only).
 *
 * @param name `valueQuantity`
 * @param elements those that have the same parent
 * @returns undefined when it is no such name
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
 * What stands in `type` of an element for the type that a name ends in.
 *
 * @param ending `Quantity` of `valueQuantity`, `String` of `valueString`
 * @param choice an element with a choice of types
 */
export function typesNamed(ending: string, { type }: RawElement): readonly unknown[] {
  const types: readonly unknown[] = Array.isArray(type) ? type : [];
  return types.filter((one) => isObject(one) && typeof one['code'] === 'string' && capital(one['code']) === ending);
}
