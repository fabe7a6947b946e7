import { CodegenError, oneLine, type Warning } from '../errors.js';
import { FACTS, type FactRegistry } from '../facts/registry.js';
import type { PinnedSnapshot, PinnedStructureDefinition, Unresolved } from '../pin/snapshot.js';
import { misplacedExtensions } from './extension-place.js';
import { extensionContexts } from '../fhir/extension-context.js';
import { type ContradictionContext, contradictions } from './contradiction.js';
import { withConceptAndReference } from './codeable-reference.js';
import { withElementProfiles } from './element-profile.js';
import { withTests } from './discriminator.js';
import { elementModel, type ElementContext } from './element.js';
import { elementTree } from './element-tree.js';
import { fhirType } from './fhir-type.js';
import type { FhirElement, FhirType, Model, ProfileModel, ValueSetModel } from './model.js';
import { byCodeUnit } from '../order.js';
import { valueSetKeys, valueSetModel } from './value-set.js';
import { oneVersion } from './version.js';
import { fhirTypeName, withoutVersion } from '../fhir/canonical.js';
import { releaseOfVersion } from '../fhir/release.js';

/** A longer chain of base definitions is a cycle. */
const ANCESTOR_LIMIT = 50;

/**
 * Builds the profile models from the pinned facts. Everything that needs knowledge of FHIR happens here, once.
 *
 * @param snapshot the pinned facts
 * @param facts the registry
 * @returns the model; it omits a profile that cannot be modelled, with a warning and an entry in `unresolved`
 */
export function buildModel(snapshot: PinnedSnapshot, facts: FactRegistry = FACTS): Model {
  const { definitions, warnings } = oneVersion(snapshot);
  const isProfile = (one: PinnedStructureDefinition): boolean => one.derivation === 'constraint';
  const family = releaseOfVersion(snapshot.fhirVersion)?.family ?? 4;
  const valueSetKey = valueSetKeys(snapshot.valueSets);
  const types = new Map(
    definitions
      .filter((one) => !isProfile(one))
      .map((one): [string, FhirType] => [one.type, fhirType(one, valueSetKey)]),
  );
  const valueSets = new Map(
    snapshot.valueSets
      .map((one) => valueSetModel(one, valueSetKey))
      .map((one): [string, ValueSetModel] => [one.url, one]),
  );
  const constraints = definitions.filter((one) => isProfile(one) && one.kind !== 'primitive-type');

  let profileTypes = new Map(constraints.map((one): [string, string] => [one.url, one.type]));
  let failures: readonly Failure[] = [];
  let profiles = new Map<string, ProfileModel>();
  // A profile that fails is unknown to those that refer to it, so these are built again without it.
  for (let settled = false; !settled;) {
    profiles = new Map();
    const failed: Failure[] = [];
    for (const definition of constraints.filter((one) => profileTypes.has(one.url))) {
      try {
        const model = profileModel(
          definition,
          { profile: definition.url, family, types, profileTypes, valueSetKey, facts },
          snapshot,
          definitions,
        );
        profiles.set(model.url, model);
      } catch (error) {
        if (!(error instanceof CodegenError)) throw error;
        failed.push({
          canonical: definition.url,
          warning: { message: error.message, where: { ...error.where, package: definition.package } },
        });
      }
    }
    settled = failed.length === 0;
    failures = [...failures, ...failed];
    profileTypes = new Map([...profileTypes].filter(([url]) => !failed.some((one) => one.canonical === url)));
  }

  const used = withElementProfiles([...profiles.values()], constraints, facts);
  profiles = new Map(used.profiles.map((profile): [string, ProfileModel] => [profile.url, profile]));
  const context = { profiles, valueSets, facts };
  const tested = [...profiles.values()]
    .map((profile) => ({ ...profile, root: withTests(profile.root, context) }))
    .sort((a, b) => byCodeUnit(a.url, b.url));
  const byUrl = new Map(tested.map((profile) => [profile.url, profile]));
  return {
    package: snapshot.package,
    fhirVersion: snapshot.fhirVersion,
    profiles: tested,
    valueSets: [...valueSets.values()].sort((a, b) => byCodeUnit(a.url, b.url)),
    fhirTypes: [...types.values()].sort((a, b) => byCodeUnit(a.name, b.name)),
    unresolved: withFailures(snapshot.unresolved, failures),
    warnings: [
      ...warnings,
      ...failures.map((failure) => failure.warning),
      ...contradictionsIn(constraints, byUrl, { types, valueSets, profileTypes, profiles: byUrl }),
      ...misplacedExtensions(profiles),
      ...used.warnings,
    ],
  };
}

/** A profile that could not be modelled. */
interface Failure {
  readonly canonical: string;
  readonly warning: Warning;
}

/** The contradictions of profiles; an inherited one is reported only for the base profile. */
function contradictionsIn(
  definitions: readonly PinnedStructureDefinition[],
  profiles: ReadonlyMap<string, ProfileModel>,
  context: ContradictionContext,
): readonly Warning[] {
  const found = new Map(
    definitions.flatMap((definition): [string, readonly Warning[]][] => {
      const profile = profiles.get(definition.url);
      return profile === undefined ? [] : [[definition.url, contradictions(profile, definition, context)]];
    }),
  );
  const isSame = (a: Warning) => (b: Warning) => a.message === b.message && a.where.element === b.where.element;
  return [...found].flatMap(([url, own]) => {
    const inherited = (profiles.get(url)?.ancestors ?? []).flatMap((ancestor) => found.get(ancestor) ?? []);
    return own.filter((warning) => !inherited.some(isSame(warning)));
  });
}

function profileModel(
  definition: PinnedStructureDefinition,
  context: ElementContext,
  snapshot: PinnedSnapshot,
  all: readonly PinnedStructureDefinition[],
): ProfileModel {
  const type = context.types.get(definition.type);
  if (type === undefined) {
    throw new CodegenError(`constrains ${definition.type}, which the loaded FHIR core package does not define`, {
      profile: definition.url,
    });
  }
  const tree = withConceptAndReference(elementTree(definition.elements, definition.url));
  const root = elementModel(tree, rootElement(type), context);
  const page = pageOf(definition, snapshot);
  const contexts = extensionContexts(definition.contexts ?? [], definition.contextInvariants ?? []);
  const isModifier = type.name === 'Extension' && definition.elements[0]?.isModifier === true;
  return {
    url: definition.url,
    ...(definition.version === undefined ? {} : { version: definition.version }),
    id: definition.id,
    name: definition.name,
    ...(definition.title === undefined ? {} : { title: definition.title }),
    kind: type.kind === 'resource' ? 'resource' : type.name === 'Extension' ? 'extension' : 'datatype',
    type: definition.type,
    abstract: definition.abstract === true,
    package: definition.package,
    ...(page === undefined ? {} : { page }),
    ancestors: ancestorsOf(definition, all),
    wanted: snapshot.profiles.includes(definition.url),
    ...(contexts !== undefined && { contexts }),
    ...(isModifier && { modifier: true }),
    root,
  };
}

/** The type as an element, so that the root of a profile is an element like any other. */
function rootElement(type: FhirType): FhirElement {
  return {
    name: type.name,
    path: type.name,
    choice: false,
    min: 0,
    max: Infinity,
    array: false,
    types: [{ code: type.name }],
    children: type.elements,
    constraints: type.constraints,
  };
}

function ancestorsOf(definition: PinnedStructureDefinition, all: readonly PinnedStructureDefinition[]): string[] {
  const ancestors: string[] = [];
  let base = definition.baseDefinition;
  while (base !== undefined && ancestors.length < ANCESTOR_LIMIT) {
    const url = withoutVersion(base);
    const parent = all.find((one) => one.url === url);
    if (parent?.derivation !== 'constraint' || ancestors.includes(url)) break;
    ancestors.push(url);
    base = parent.baseDefinition;
  }
  return ancestors;
}

/** The IG publisher names a page after its resource. */
function pageOf(definition: PinnedStructureDefinition, snapshot: PinnedSnapshot): string | undefined {
  const own = snapshot.packages.find((one) => `${one.name}#${one.version}` === definition.package);
  if (own?.canonical === undefined || fhirTypeName(definition.url) !== undefined) return undefined;
  if (definition.url.includes('#')) return undefined;
  return `${own.canonical}/StructureDefinition-${definition.id}.html`;
}

function withFailures(unresolved: readonly Unresolved[], failures: readonly Failure[]): Unresolved[] {
  const known = new Set(unresolved.map((one) => one.canonical));
  const more = failures
    .filter((failure) => !known.has(failure.canonical))
    .map((failure): Unresolved => ({
      canonical: failure.canonical,
      kind: 'StructureDefinition',
      usedBy: [oneLine(failure.warning)],
    }));
  return [...unresolved, ...more].sort((a, b) => byCodeUnit(a.canonical, b.canonical));
}
