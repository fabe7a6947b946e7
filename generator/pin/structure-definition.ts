import { CodegenError, type Where } from '../errors.js';
import type { ExtensionContext } from '../fhir/extension-context.js';
import type { ConformanceResource } from '../fhir/package.js';
import { pinElement } from './element.js';
import type { FactSource } from '../facts/fact.js';
import type { PinLimits } from './limits.js';
import { FACTS, type FactRegistry } from '../facts/registry.js';
import { lastSegment } from '../fhir/canonical.js';
import { Members } from '../fhir/members.js';
import type { PinnedElement, PinnedStructureDefinition } from './snapshot.js';

/** Name of a FHIR type (FHIR R4, StructureDefinition.type); that of a logical model is a URL. */
export const TYPE_NAME = /^[A-Za-z][A-Za-z0-9]*$/;

/**
 * The facts of one StructureDefinition (FHIR R4, StructureDefinition).
 *
 * @param resource a resource of a package
 * @param packageId `name#version` of that package
 * @param limits see {@link PinLimits}
 * @param facts the registered facts of elements
 * @param ancestors canonicals of the definitions that it derives from
 * @throws CodegenError that names package, profile and element, when it has no snapshot or a member is malformed
 */
export function pinStructureDefinition(
  resource: ConformanceResource,
  packageId: string,
  limits: PinLimits,
  facts: FactRegistry = FACTS,
  ancestors: readonly string[] = [],
): PinnedStructureDefinition {
  const where: Where = { package: packageId, profile: resource.url };
  const members = Members.of(resource, '', where);
  members.requiredString('url', limits.idLength);
  const version = members.string('version');
  const id = members.string('id', limits.idLength) ?? lastSegment(resource.url);
  const title = members.line('title', limits.textLength);
  const derivation = members.oneOf('derivation', ['constraint', 'specialization']);
  const baseDefinition = members.string('baseDefinition');
  const type = members.requiredString('type');
  if (!TYPE_NAME.test(type)) throw members.wrong('type', 'a FHIR type');

  const raw = elementsOf(members, where);
  if (raw.length > limits.elements) {
    throw new CodegenError(
      `the snapshot has ${raw.length} elements; the limit "elements" is ${limits.elements}`,
      where,
    );
  }
  const source: FactSource = { profile: resource.url, ancestors, limits };
  const elements = raw.map((element, index) => pinElement(element, `snapshot.element[${index}]`, where, source, facts));
  checkTree(elements, type, where);
  checkSlices(elements, limits, where);
  return {
    url: resource.url,
    ...(version !== undefined && { version }),
    id,
    name: members.string('name', limits.idLength) ?? id,
    ...(title !== undefined && { title }),
    kind: members.requiredOneOf('kind', ['resource', 'complex-type', 'primitive-type']),
    type,
    ...(members.boolean('abstract') === true && { abstract: true as const }),
    ...(derivation !== undefined && { derivation }),
    ...(baseDefinition !== undefined && { baseDefinition }),
    ...(type === 'Extension' && contextsOf(members, limits)),
    package: packageId,
    elements,
  };
}

/** Where an extension may be used; a malformed context is ignored. */
function contextsOf(members: Members, { idLength }: PinLimits): Partial<PinnedStructureDefinition> {
  const contexts = members.objects('context').flatMap((item): ExtensionContext[] => {
    const [type, expression] = [item.string('type'), item.string('expression', idLength)];
    const isKnown = type === 'element' || type === 'extension' || type === 'fhirpath';
    return isKnown && expression !== undefined ? [{ type, expression }] : [];
  });
  const contextInvariants = members.strings('contextInvariant');
  return {
    ...(contexts.length > 0 && { contexts }),
    ...(contextInvariants.length > 0 && { contextInvariants }),
  };
}

function elementsOf(members: Members, where: Where): readonly unknown[] {
  const snapshot = members.object('snapshot');
  if (snapshot !== undefined) return snapshot.list('element');
  throw new CodegenError('it has no snapshot, and none could be made: publish the package with snapshots', where);
}

/**
 * FHIR R4, StructureDefinition, "Snapshots": the root comes first, each element after its parent, and no id twice.
 * Later stages build a tree without checking.
 *
 * @param elements of one snapshot
 * @param type the FHIR type of the root
 * @param where package and profile, for messages
 * @throws CodegenError that names the element
 */
export function checkTree(elements: readonly PinnedElement[], type: string, where: Where): void {
  if (elements[0]?.path !== type) {
    throw new CodegenError(`the snapshot begins with ${elements[0]?.path ?? 'nothing'}, not with ${type}`, where);
  }
  const ids = new Set<string>();
  const paths = new Set<string>();
  for (const { id, path } of elements) {
    const here: Where = { ...where, element: id };
    if (ids.has(id)) throw new CodegenError('two elements of the snapshot have this id', here);
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')));
    if (parent === '' ? ids.size > 0 : !paths.has(parent)) {
      throw new CodegenError(`the snapshot has no parent element before ${path}`, here);
    }
    ids.add(id);
    paths.add(path);
  }
}

/** Types and validators examine each slice of an element for each of its items. */
function checkSlices(elements: readonly PinnedElement[], { slices }: PinLimits, where: Where): void {
  const counts = new Map<string, number>();
  for (const { id, sliceName = '' } of elements) {
    // FHIR R4, ElementDefinition.id: the element's id, a colon, the slice's name, which may contain dots.
    const colon = id.endsWith(`:${sliceName}`)
      ? id.length - sliceName.length - 1
      : id.indexOf(':', id.lastIndexOf('.'));
    if (colon === -1) continue;
    const sliced = id.slice(0, colon);
    counts.set(sliced, (counts.get(sliced) ?? 0) + 1);
  }
  for (const [element, count] of counts) {
    if (count <= slices) continue;
    throw new CodegenError(`it has ${count} slices, more than the limit "slices" of ${slices}`, { ...where, element });
  }
}
