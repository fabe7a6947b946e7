import { CodegenError, type Where } from '../errors.js';
import { releaseOfVersion } from '../fhir/release.js';

/** The packages of FHIR types that the output can be based on. */
export const BASE_TYPES = ['@types/fhir', '@medplum/fhirtypes'] as const;

/** Name of one of them. */
export type BaseTypesName = (typeof BASE_TYPES)[number];

/** The description of a package of FHIR types. */
export interface BaseTypes {
  readonly name: BaseTypesName;
  /** Version of the dependency. */
  readonly version: string;
  /** Template of the file from which all others import the FHIR types. */
  readonly template: string;
  /** Module of the package that has them. */
  readonly specifier: string;
  /** Interfaces of elements of type Resource that the package makes narrower than FHIR R4 does, by path. */
  readonly resources: ReadonlyMap<string, string>;
  /**
   * Whether the package declares optional members as `?: T | undefined`. If it declares `?: T`, its types are
   * compatible with the generated ones only without the option.
   */
  readonly exactOptionalPropertyTypes: boolean;
}

const TYPES_FHIR: BaseTypes = {
  name: '@types/fhir',
  // The tag `latest` has no R4.
  version: '0.0.44',
  template: 'fhir',
  specifier: 'fhir/r4.js',
  resources: new Map(),
  exactOptionalPropertyTypes: true,
};

const MEDPLUM: BaseTypes = {
  name: '@medplum/fhirtypes',
  version: '^4.0.0',
  template: 'medplum',
  specifier: '@medplum/fhirtypes',
  resources: new Map([['Bundle.entry.response.outcome', 'OperationOutcome']]),
  exactOptionalPropertyTypes: false,
};

/**
 * The description of a package of FHIR types.
 *
 * @param name of the package
 * @param fhirVersion version of FHIR that the output is for: `4.0.1`, `4.3.0`, `5.0.0`
 * @param where the FHIR package, for messages
 * @throws CodegenError when the package does not have the types of that version
 */
export function baseTypesOf(name: BaseTypesName, fhirVersion: string, where: Where = {}): BaseTypes {
  const release = releaseOfVersion(fhirVersion);
  const specifier = release?.types ?? TYPES_FHIR.specifier;
  if (name !== '@medplum/fhirtypes') return { ...TYPES_FHIR, specifier };
  if (specifier === TYPES_FHIR.specifier) return MEDPLUM;
  throw new CodegenError(`${name} has the types of FHIR R4 only, not of ${fhirVersion}: use ${TYPES_FHIR.name}`, where);
}
