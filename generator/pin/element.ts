import { CodegenError, type Where } from '../errors.js';
import type { FactSource } from '../facts/fact.js';
import { FACTS, type FactRegistry } from '../facts/registry.js';
import { readFacts } from '../facts/values.js';
import { isElementId, isMax, isPath, isTypeCode } from '../fhir/element-name.js';
import { canonicalWithin } from '../fhir/canonical.js';
import { Members } from '../fhir/members.js';
import { FHIR_TYPE_EXTENSION, idTypeAt, systemType, typeCode } from '../fhir/type-code.js';
import { DISCRIMINATOR_TYPES, type PinnedElement, type PinnedSlicing, type PinnedType } from './snapshot.js';

/**
 * The facts of one ElementDefinition (FHIR R4, ElementDefinition) of a snapshot.
 *
 * @param raw an item of `snapshot.element`
 * @param name its name in messages until its id is known
 * @param where package and profile, for messages
 * @param source the profile, with its ancestors and limits
 * @param facts the registry
 * @throws CodegenError that names the element, when a member does not have FHIR's type
 */
export function pinElement(
  raw: unknown,
  name: string,
  where: Where,
  source: FactSource,
  facts: FactRegistry = FACTS,
): PinnedElement {
  const id = Members.of(raw, name, where).requiredString('id', source.limits.idLength);
  const here: Where = { ...where, element: id };
  const members = Members.of(raw, '', here);
  const path = members.requiredString('path', source.limits.idLength);
  if (!isPath(path)) throw members.wrong('path', 'made of element names');
  if (!isElementId(id)) throw members.wrong('id', 'made of element names');

  const base = baseOf(members);
  const idType = idTypeAt(base?.path ?? path);
  const types = idType === undefined ? members.objects('type').map((type) => pinType(type, here)) : [{ code: idType }];
  const contentReference = members.string('contentReference');
  const slicing = slicingOf(members);
  const sliceName = members.string('sliceName');
  return {
    id,
    path,
    // A snapshot repeats the base's cardinality where the profile states none; some tools omit it.
    min: members.count('min') ?? base?.min ?? members.requiredCount('min'),
    max: maxOf(members) ?? base?.max ?? members.requiredString('max'),
    ...(base !== undefined && { base }),
    ...(types.length > 0 && { types }),
    ...(contentReference !== undefined && { contentReference: fragmentOf(contentReference, here) }),
    ...(slicing !== undefined && { slicing }),
    ...(sliceName !== undefined && { sliceName }),
    ...readFacts(members, source, facts),
  };
}

function baseOf(members: Members): PinnedElement['base'] {
  const base = members.object('base');
  if (base === undefined) return undefined;
  const path = base.requiredString('path');
  if (!isPath(path)) throw base.wrong('path', 'made of element names');
  return { path, min: base.count('min') ?? 0, max: maxOf(base) ?? '*' };
}

function maxOf(members: Members): string | undefined {
  const max = members.string('max');
  if (max !== undefined && !isMax(max)) throw members.wrong('max', 'a number or *');
  return max;
}

/** ElementDefinition.type, with FHIRPath types replaced by the corresponding FHIR types. */
function pinType(members: Members, where: Where): PinnedType {
  const code = fhirTypeOf(members);
  if (!isTypeCode(code)) throw new CodegenError(`type ${JSON.stringify(code)} is not a FHIR type`, where);
  const within = (canonical: string): string => canonicalWithin(canonical, where.profile ?? '');
  const elements = elementsOf(members, where);
  const all = members.strings('profile').map(within);
  const profiles = all.filter((_, index) => elements[index] === undefined);
  const elementProfiles = all.flatMap((profile, index) => {
    const element = elements[index];
    return element === undefined ? [] : [{ profile, element }];
  });
  const targetProfiles = members.strings('targetProfile').map(within);
  return {
    code,
    ...(profiles.length > 0 && { profiles }),
    ...(elementProfiles.length > 0 && { elementProfiles }),
    ...(targetProfiles.length > 0 && { targetProfiles }),
  };
}

const PROFILE_ELEMENT = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-profile-element';

/** For each profile of a type, the element of it that applies, if it is not the profile itself. */
function elementsOf(type: Members, where: Where): readonly (string | undefined)[] {
  return type.list('_profile').map((item) => {
    if (item === null) return undefined;
    const extensions = Members.of(item, '_profile', where).objects('extension');
    return extensions.find((extension) => extension.get('url') === PROFILE_ELEMENT)?.string('valueString');
  });
}

function fhirTypeOf(type: Members): string {
  const code = type.requiredString('code');
  const system = systemType(code);
  if (system === undefined) return typeCode(code);
  const extension = type.objects('extension').find((item) => item.get('url') === FHIR_TYPE_EXTENSION);
  return extension?.string('valueUrl') ?? extension?.string('valueUri') ?? system;
}

/** `#Questionnaire.item`; newer tools write the whole canonical before the hash. */
function fragmentOf(reference: string, where: Where): string {
  const path = reference.slice(reference.indexOf('#') + 1);
  if (!reference.includes('#') || !isElementId(path)) {
    throw new CodegenError(`contentReference ${JSON.stringify(reference)} names no element`, where);
  }
  return `#${path}`;
}

function slicingOf(members: Members): PinnedSlicing | undefined {
  const slicing = members.object('slicing');
  if (slicing === undefined) return undefined;
  const discriminators = slicing.objects('discriminator').map((item) => ({
    type: item.oneOf('type', DISCRIMINATOR_TYPES) ?? ('value' as const),
    path: item.requiredString('path'),
  }));
  return {
    discriminators,
    rules: slicing.oneOf('rules', ['closed', 'open', 'openAtEnd']) ?? 'open',
    ...(slicing.boolean('ordered') === true && { ordered: true as const }),
  };
}
