/** FHIR R4, ElementDefinition.path: names between dots. Slice names are in the id only. */
const NAME = /^[A-Za-z][A-Za-z0-9_]*(\[x\])?$/;
const TYPE_CODE = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Whether a text is an element path: `Patient.contact.name`, `Observation.value[x]`. */
export function isPath(text: string): boolean {
  return text.split('.').every((name) => NAME.test(name));
}

/**
 * Whether a text is an element id: a path with slice names, `Patient.identifier:official.system`. A slice name may
 * contain any character, even dots: parts that are not valid element names continue it.
 */
export function isElementId(text: string): boolean {
  let sliced = false;
  for (const part of text.split('.')) {
    const colon = part.indexOf(':');
    const isName = NAME.test(colon < 0 ? part : part.slice(0, colon));
    if (!isName && !sliced) return false;
    if (isName) sliced = colon >= 0;
  }
  return true;
}

/** Whether a text can be the code of a FHIR type: `CodeableConcept`. */
export function isTypeCode(text: string): boolean {
  return TYPE_CODE.test(text);
}

/** Whether a text is a maximum cardinality: a number without leading zeros, or `*`. */
export function isMax(text: string): boolean {
  return /^(\*|0|[1-9][0-9]{0,8})$/.test(text);
}
