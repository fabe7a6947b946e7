import { CodegenError } from '../errors.js';
import type { PackageIdentity } from './package-id.js';
import type { ConformanceResource, FhirPackage } from './package.js';

/** A release of FHIR, with everything in which releases differ. */
export interface Release {
  readonly name: 'R4' | 'R4B' | 'R5';
  /** Its versions, technical corrections included. */
  readonly versions: RegExp;
  /** The core package that all packages for this release depend on. */
  readonly core: PackageIdentity;
  /** Another package with the same definitions, where the npm registry has no core package. */
  readonly coreOfNpm?: PackageIdentity;
  /** Releases with the same family share their types closely enough for StructureDefinitions to be read together. */
  readonly family: 4 | 5;
  /** Module of `@types/fhir` with its types. */
  readonly types: string;
  /** Folder of the runtime files that replace those for R4: other primitive types, other resource types. */
  readonly runtime?: string;
}

/** The supported releases: each has one entry here, and nowhere else. */
const RELEASES: readonly [Release, ...Release[]] = [
  {
    name: 'R4',
    versions: /^4\.0(\.|$)/,
    core: { name: 'hl7.fhir.r4.core', version: '4.0.1' },
    coreOfNpm: { name: 'hl7.fhir.r4.examples', version: '4.0.1' },
    family: 4,
    types: 'fhir/r4.js',
  },
  {
    name: 'R4B',
    versions: /^4\.3(\.|$)/,
    core: { name: 'hl7.fhir.r4b.core', version: '4.3.0' },
    family: 4,
    types: 'fhir/r4b.js',
  },
  {
    name: 'R5',
    versions: /^5\.0(\.|$)/,
    core: { name: 'hl7.fhir.r5.core', version: '5.0.0' },
    family: 5,
    types: 'fhir/r5.js',
    runtime: 'r5',
  },
];

const METADATA_RESOURCES = (
  'ActivityDefinition ChargeItemDefinition Citation CodeSystem ConceptMap ConditionDefinition EventDefinition Evidence ' +
  'EvidenceReport EvidenceVariable Library Measure MedicationKnowledge NamingSystem ObservationDefinition ' +
  'PlanDefinition Questionnaire SpecimenDefinition ValueSet'
).split(' ');

const CANONICAL_RESOURCES = [
  ...METADATA_RESOURCES,
  ...(
    'ActorDefinition CapabilityStatement CompartmentDefinition ExampleScenario GraphDefinition ImplementationGuide ' +
    'MessageDefinition OperationDefinition Requirements SearchParameter StructureDefinition StructureMap ' +
    'SubscriptionTopic TerminologyCapabilities TestPlan TestScript'
  ).split(' '),
];

/** Abstract resource types of R5, and those that implement them (extension structuredefinition-implements). */
const SPECIALISATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['CanonicalResource', CANONICAL_RESOURCES],
  ['MetadataResource', METADATA_RESOURCES],
]);

/**
 * The concrete resource types of an abstract one.
 *
 * @param type a resource type
 * @returns the type itself when it has instances, or when it means any resource
 */
export function concreteTypes(type: string): readonly string[] {
  return SPECIALISATIONS.get(type) ?? [type];
}

/** Other releases, by the first two numbers of their versions. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['0.0', 'DSTU1'],
  ['0.4', 'DSTU2'],
  ['0.5', 'DSTU2'],
  ['1.0', 'DSTU2'],
  ['1.1', 'STU3'],
  ['1.4', 'STU3'],
  ['1.6', 'STU3'],
  ['1.8', 'STU3'],
  ['3.0', 'STU3'],
  ['6.0', 'R6'],
]);

/** The packages of FHIR itself, one per release (FHIR "NPM Package Specification", core packages). */
const CORE = /^hl7\.fhir\.r\d+b?\.core$/;

/**
 * Whether a package is FHIR itself, of any release: two of them cannot be loaded together, since both define the same
 * canonicals.
 *
 * @param name of a package
 */
export function isCore(name: string): boolean {
  return CORE.test(name);
}

/**
 * The package with the definitions of a core package that is not published on the npm registry: HL7 publishes R4 there
 * as hl7.fhir.r4.examples, which has all definitions besides the examples.
 *
 * @param name of a core package
 * @returns `undefined` when there is no such package
 */
export function coreOfNpm(name: string): PackageIdentity | undefined {
  return RELEASES.find(({ core }) => core.name === name)?.coreOfNpm;
}

/**
 * The release of a version of FHIR.
 *
 * @param version `4.0.1`
 * @returns `undefined` when the release is not supported
 */
export function releaseOfVersion(version: string): Release | undefined {
  return RELEASES.find(({ versions }) => versions.test(version));
}

/**
 * The release that a package is made for, as stated by its package.json, or else by its StructureDefinitions, or else
 * by its dependency on a core package; R4 when none of them states it.
 *
 * @param root the package to generate
 * @throws CodegenError when it is made for a release other than R4, R4B and R5, or consists of logical models
 */
export function releaseOf(root: FhirPackage): Release {
  const where = { package: `${root.name}#${root.version}` };
  const kinds = root.resources
    .filter(({ resourceType }) => resourceType === 'StructureDefinition')
    .map((one) => one['kind']);
  if (kinds.length > 0 && kinds.every((kind) => kind === 'logical')) {
    throw new CodegenError(
      `all of its ${kinds.length} StructureDefinitions are logical models, such as those of CDA; only profiles of FHIR's ` +
        'resources and datatypes are supported.',
      where,
    );
  }
  const stated = statedVersions(root);
  const release = RELEASES.find(({ versions }) => stated.some((version) => versions.test(version)));
  if (release !== undefined) return release;
  if (stated.length > 0) {
    throw new CodegenError(
      `it is made for FHIR ${stated.slice(0, 5).map(withName).join(', ')}; only packages for R4 (4.0.x), R4B (4.3.x) and R5 (5.0.x) are supported.`,
      where,
    );
  }
  return RELEASES[0];
}

/** `3.0.2 (STU3)` */
function withName(version: string): string {
  const name = OTHERS.get(version.split('.', 2).join('.'));
  return name === undefined ? version : `${version} (${name})`;
}

/**
 * Whether a definition of a dependency can be used, whatever release its package is made for: terminology is the same
 * in all releases, a StructureDefinition is not (those of R5 refer to types that R4 lacks).
 *
 * @param resource a definition
 * @param owner the package that holds it
 * @param release the release of the output
 */
export function isUsable(resource: ConformanceResource, owner: FhirPackage, { family }: Release): boolean {
  const isAccepted = (version: string): boolean => releaseOfVersion(version)?.family === family;
  if (resource.resourceType !== 'StructureDefinition' || owner.fhirVersions.some(isAccepted)) return true;
  const own = resource['fhirVersion'];
  return typeof own === 'string' ? isAccepted(own) : owner.fhirVersions.length === 0;
}

/**
 * Whether a package is the core package of a release whose types differ from those of another.
 *
 * @param name of a package
 * @param release the other release
 */
export function isForeignCore(name: string, { family }: Release): boolean {
  return isCore(name) && RELEASES.find(({ core }) => core.name === name)?.family !== family;
}

function statedVersions(root: FhirPackage): readonly string[] {
  if (root.fhirVersions.length > 0) return root.fhirVersions;
  const versions = new Set<string>();
  for (const resource of root.resources) {
    const version = resource['fhirVersion'];
    if (resource.resourceType === 'StructureDefinition' && typeof version === 'string') versions.add(version);
  }
  if (versions.size > 0) return [...versions];
  return coreDependencies(root).map(({ version }) => version);
}

function coreDependencies(root: FhirPackage): readonly PackageIdentity[] {
  return Object.entries(root.dependencies)
    .filter(([name]) => isCore(name))
    .map(([name, version]) => ({ name, version }));
}
