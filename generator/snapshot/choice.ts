import { type RawElement, typesOf } from './raw-element.js';

/**
 * Reads the name of an element with a choice of types as JSON has it (FHIR R4, ElementDefinition.path: a differential
 * may say `valueQuantity` in place of `value[x]`, and then speaks of that type only).
 *
 * @param parent id of the element that it stands in
 * @param name `valueQuantity`
 * @param elements of the snapshot, those below the parent included
 * @returns the id of the slice, `….value[x]:valueQuantity`; undefined when it is no such name
 */
export function typeSliceOf(parent: string, name: string, elements: readonly RawElement[]): string | undefined {
  const choices = elements.filter(({ id }) => id.startsWith(`${parent}.`) && id.endsWith('[x]'));
  const choice = choices.find((element) => {
    const stem = element.id.slice(parent.length + 1, -'[x]'.length);
    return name.startsWith(stem) && typesOf(element).some(({ code }) => `${stem}${capital(code)}` === name);
  });
  return choice === undefined ? undefined : `${choice.id}:${name}`;
}

/**
 * @param code of a FHIR type
 * @returns the code as it stands at the end of a name
 */
export function capital(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1);
}
