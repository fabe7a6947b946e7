import { fhirTypeCanonical } from './canonical.js';

/** FHIR R4, StructureDefinition snapshots: the FHIR type behind a FHIRPath type is given by this extension. */
export const FHIR_TYPE_EXTENSION = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';

/** FHIRPath types (FHIR R4, FHIRPath, "Using FHIR types in expressions") where the extension is absent. */
const SYSTEM_TYPES: ReadonlyMap<string, string> = new Map([
  ['http://hl7.org/fhirpath/System.String', 'string'],
  ['http://hl7.org/fhirpath/System.Boolean', 'boolean'],
  ['http://hl7.org/fhirpath/System.Integer', 'integer'],
  ['http://hl7.org/fhirpath/System.Decimal', 'decimal'],
  ['http://hl7.org/fhirpath/System.Date', 'date'],
  ['http://hl7.org/fhirpath/System.DateTime', 'dateTime'],
  ['http://hl7.org/fhirpath/System.Time', 'time'],
  ['http://hl7.org/fhirpath/System.Quantity', 'Quantity'],
]);

/**
 * FHIR R4, Resource and Element: the id of a resource is of type `id`, that of an element is a `string`. The snapshots
 * of R4's own resources state "string" for both, those of some newer tools "id".
 */
const ID_TYPES: ReadonlyMap<string, string> = new Map([
  ['Resource.id', 'id'],
  ['Element.id', 'string'],
]);

/** Primitives that a binding applies to: code, string, uri, and the types derived from string and uri. */
const CODED: ReadonlySet<string> = new Set([
  'code',
  'string',
  'markdown',
  'id',
  'uri',
  'url',
  'canonical',
  'oid',
  'uuid',
]);

/**
 * The FHIR type of a FHIRPath type.
 *
 * @param code ElementDefinition.type.code
 * @returns `string` for `http://hl7.org/fhirpath/System.String`, `undefined` for a code that is not a FHIRPath type
 */
export function systemType(code: string): string | undefined {
  return SYSTEM_TYPES.get(code);
}

/**
 * A type code without the URL that it is relative to (FHIR R4, ElementDefinition.type.code), which some tools write
 * out.
 *
 * @param code ElementDefinition.type.code
 */
export function typeCode(code: string): string {
  const prefix = fhirTypeCanonical('');
  return code.startsWith(prefix) ? code.slice(prefix.length) : code;
}

/**
 * The type of `Resource.id` and `Element.id`, about which snapshots disagree.
 *
 * @param path of the element in the type that defines it (ElementDefinition.base.path)
 */
export function idTypeAt(path: string): string | undefined {
  return ID_TYPES.get(path);
}

/**
 * Whether a binding applies to a primitive (FHIR R4, Terminologies, "Bindings").
 *
 * @param code of a primitive type
 */
export function isCoded(code: string): boolean {
  return CODED.has(code);
}
