import { CodegenError, type Where } from '../errors.js';
import type { ConformanceResource } from '../load/definitions.js';
import { pinElement } from './element.js';
import type { PinLimits } from './limits.js';
import { isObject, lineOf, Members } from './members.js';
import type { PinnedStructureDefinition } from './snapshot.js';

/** Makes the snapshot elements of a profile that has only a differential; `undefined` when it cannot. */
export type SnapshotOf = (definition: ConformanceResource) => readonly unknown[] | undefined;

/**
 * The facts of one StructureDefinition (FHIR R4, StructureDefinition).
 *
 * @param resource as a package has it
 * @param packageId `name#version` of that package
 * @param snapshotOf what to do when it has no snapshot
 * @param limits see {@link PinLimits}
 * @throws CodegenError that names package, profile and element, when it has no snapshot or a member is malformed
 */
export function pinStructureDefinition(
  resource: ConformanceResource,
  packageId: string,
  snapshotOf: SnapshotOf | undefined,
  limits: PinLimits,
): PinnedStructureDefinition {
  const where: Where = { package: packageId, profile: resource.url };
  const members = Members.of(resource, '', where);
  const version = members.string('version');
  const id = members.string('id') ?? lastSegment(resource.url);
  const title = members.string('title');
  const derivation = members.oneOf('derivation', ['constraint', 'specialization']);
  const baseDefinition = members.string('baseDefinition');
  const type = members.requiredString('type');
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(type)) throw members.wrong('type', 'a FHIR type');

  const raw = elementsOf(resource, members, snapshotOf, where);
  if (raw.length > limits.elements) {
    throw new CodegenError(`the snapshot has ${raw.length} elements; the limit is ${limits.elements}`, where);
  }
  const elements = raw.map((element) => pinElement(element, where, limits));
  if (elements[0]?.path !== type) {
    throw new CodegenError(`the snapshot begins with ${elements[0]?.path ?? 'nothing'}, not with ${type}`, where);
  }
  const stray = elements.find((element) => element.path !== type && !element.path.startsWith(`${type}.`));
  if (stray !== undefined) {
    throw new CodegenError(`the element is not part of ${type}`, { ...where, element: stray.id });
  }
  return {
    url: resource.url,
    ...(version !== undefined && { version }),
    id,
    name: members.string('name') ?? id,
    ...(title !== undefined && { title: lineOf(title, limits.textLength) }),
    kind: members.oneOf('kind', ['resource', 'complex-type', 'primitive-type']) ?? missingKind(where),
    type,
    ...(members.boolean('abstract') === true && { abstract: true as const }),
    ...(derivation !== undefined && { derivation }),
    ...(baseDefinition !== undefined && { baseDefinition }),
    package: packageId,
    elements,
  };
}

function elementsOf(
  resource: ConformanceResource,
  members: Members,
  snapshotOf: SnapshotOf | undefined,
  where: Where,
): readonly unknown[] {
  const snapshot = members.object('snapshot');
  if (snapshot !== undefined) return snapshot.list('element');
  const made = isObject(members.get('differential')) ? snapshotOf?.(resource) : undefined;
  if (made === undefined) {
    throw new CodegenError('it has no snapshot, and none could be made: publish the package with snapshots', where);
  }
  return made;
}

function missingKind(where: Where): never {
  throw new CodegenError('kind is missing', where);
}

function lastSegment(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
