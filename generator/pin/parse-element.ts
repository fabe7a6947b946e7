import { CodegenError, type Where } from '../errors.js';
import { DEFAULT_LIMITS } from './limits.js';
import { type Members } from '../fhir/members.js';
import type { FactLimits } from '../facts/fact.js';
import { FACTS, type FactRegistry } from '../facts/registry.js';
import { parseFacts } from '../facts/values.js';
import {
  DISCRIMINATOR_TYPES,
  type PinnedConstraint,
  type PinnedElement,
  type PinnedSlicing,
  type PinnedType,
} from './snapshot.js';
import { isElementId, isMax, isPath, isTypeCode } from '../fhir/element-name.js';

/**
 * Reads an element of a pinned file, and resolves its constraints.
 *
 * @param members raw
 * @param constraints the table of the file: name → constraint
 * @param where file and profile, for messages
 * @param facts the registry
 * @param limits of texts and values
 * @throws CodegenError that names the element
 */
export function parseElement(
  members: Members,
  constraints: ReadonlyMap<string, PinnedConstraint>,
  where: Where,
  facts: FactRegistry = FACTS,
  limits: FactLimits = DEFAULT_LIMITS,
): PinnedElement {
  const { idLength } = limits;
  const id = members.requiredString('id', idLength);
  const here: Where = { ...where, element: id };
  const element = members.at(here);
  const path = element.requiredString('path', idLength);
  if (!isPath(path)) throw element.wrong('path', 'made of element names');
  if (!isElementId(id)) throw element.wrong('id', 'made of element names');
  const base = element.object('base');
  const types = element.objects('types').map((type) => typeOf(type, idLength));
  const keys = element.strings('constraints');
  const sliceName = element.string('sliceName');
  const contentReference = element.string('contentReference');
  if (contentReference !== undefined && !isElementId(contentReference.replace(/^#/, ''))) {
    throw element.wrong('contentReference', 'made of element names');
  }
  const slicing = element.object('slicing');
  const spelled =
    keys.length === 0
      ? element
      : element.with(
          'constraints',
          keys.map((key) => constraints.get(key) ?? unknownConstraint(key, here)),
        );
  return {
    id,
    path,
    min: element.requiredCount('min'),
    max: maxOf(element),
    ...(base !== undefined && { base: baseOf(base, idLength) }),
    ...(types.length > 0 && { types }),
    ...(contentReference !== undefined && { contentReference }),
    ...(slicing !== undefined && { slicing: slicingOf(slicing) }),
    ...(sliceName !== undefined && { sliceName }),
    ...parseFacts(spelled, limits, facts),
  };
}

function unknownConstraint(key: string, where: Where): never {
  throw new CodegenError(`constraint ${JSON.stringify(key)} is not in the table of constraints`, where);
}

function maxOf(members: Members): string {
  const max = members.requiredString('max');
  if (!isMax(max)) throw members.wrong('max', 'a number or *');
  return max;
}

function baseOf(base: Members, idLength: number): NonNullable<PinnedElement['base']> {
  const path = base.requiredString('path', idLength);
  if (!isPath(path)) throw base.wrong('path', 'made of element names');
  return { path, min: base.requiredCount('min'), max: maxOf(base) };
}

function typeOf(type: Members, idLength: number): PinnedType {
  const code = type.requiredString('code', idLength);
  if (!isTypeCode(code)) throw type.wrong('code', 'a FHIR type');
  const profiles = type.strings('profiles');
  const targetProfiles = type.strings('targetProfiles');
  const elementProfiles = type.objects('elementProfiles').map((item) => ({
    profile: item.requiredString('profile'),
    element: item.requiredString('element'),
  }));
  return {
    code,
    ...(profiles.length > 0 && { profiles }),
    ...(elementProfiles.length > 0 && { elementProfiles }),
    ...(targetProfiles.length > 0 && { targetProfiles }),
  };
}

function slicingOf(slicing: Members): PinnedSlicing {
  return {
    discriminators: slicing.objects('discriminators').map((item) => ({
      type: item.requiredOneOf('type', DISCRIMINATOR_TYPES),
      path: item.requiredString('path'),
    })),
    rules: slicing.requiredOneOf('rules', ['closed', 'open', 'openAtEnd']),
    ...(slicing.boolean('ordered') === true && { ordered: true as const }),
  };
}
