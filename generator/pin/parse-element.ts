import { CodegenError, type Where } from '../errors.js';
import { DEFAULT_LIMITS } from './limits.js';
import { type Members } from '../fhir/members.js';
import type { PinnedConstraint, PinnedElement, PinnedSlicing, PinnedType } from './snapshot.js';
import { isElementId, isMax, isPath, isTypeCode } from '../fhir/element-name.js';
import type { Json } from '../fhir/json.js';

const { depth, idLength } = DEFAULT_LIMITS;

/**
 * One element of a pinned file, with its constraints put back.
 *
 * @param members raw
 * @param constraints the table of the file: name → constraint
 * @param where file and profile, for messages
 * @throws CodegenError that names the element
 */
export function parseElement(
  members: Members,
  constraints: ReadonlyMap<string, PinnedConstraint>,
  where: Where,
): PinnedElement {
  const id = members.requiredString('id', idLength);
  const here: Where = { ...where, element: id };
  const element = members.at(here);
  const path = element.requiredString('path', idLength);
  if (!isPath(path)) throw element.wrong('path', 'made of element names');
  if (!isElementId(id)) throw element.wrong('id', 'made of element names');
  const base = element.object('base');
  const types = element.objects('types').map(typeOf);
  const binding = element.object('binding');
  const valueSet = binding?.string('valueSet');
  const keys = element.strings('constraints');
  const maxLength = element.count('maxLength');
  const minValue = element.json('minValue', depth);
  const maxValue = element.json('maxValue', depth);
  const short = element.string('short');
  const sliceName = element.string('sliceName');
  const contentReference = element.string('contentReference');
  if (contentReference !== undefined && !isElementId(contentReference.replace(/^#/, ''))) {
    throw element.wrong('contentReference', 'made of element names');
  }
  const slicing = element.object('slicing');
  const fixed = element.object('fixed');
  const pattern = element.object('pattern');
  return {
    id,
    path,
    ...(short !== undefined && { short }),
    min: element.requiredCount('min'),
    max: maxOf(element),
    ...(base !== undefined && { base: baseOf(base) }),
    ...(types.length > 0 && { types }),
    ...(contentReference !== undefined && { contentReference }),
    ...(fixed !== undefined && { fixed: valueOf(fixed) }),
    ...(pattern !== undefined && { pattern: valueOf(pattern) }),
    ...(slicing !== undefined && { slicing: slicingOf(slicing) }),
    ...(sliceName !== undefined && { sliceName }),
    ...(binding !== undefined && {
      binding: {
        strength: binding.requiredOneOf('strength', ['required', 'extensible', 'preferred', 'example']),
        ...(valueSet !== undefined && { valueSet }),
      },
    }),
    ...(keys.length > 0 && { constraints: keys.map((key) => constraints.get(key) ?? unknownConstraint(key, here)) }),
    ...(element.boolean('isModifier') === true && { isModifier: true as const }),
    ...(element.boolean('mustSupport') === true && { mustSupport: true as const }),
    ...(maxLength !== undefined && { maxLength }),
    ...(minValue !== undefined && { minValue }),
    ...(maxValue !== undefined && { maxValue }),
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

function baseOf(base: Members): NonNullable<PinnedElement['base']> {
  const path = base.requiredString('path', idLength);
  if (!isPath(path)) throw base.wrong('path', 'made of element names');
  return { path, min: base.requiredCount('min'), max: maxOf(base) };
}

function typeOf(type: Members): PinnedType {
  const code = type.requiredString('code', idLength);
  if (!isTypeCode(code)) throw type.wrong('code', 'a FHIR type');
  const profiles = type.strings('profiles');
  const targetProfiles = type.strings('targetProfiles');
  return {
    code,
    ...(profiles.length > 0 && { profiles }),
    ...(targetProfiles.length > 0 && { targetProfiles }),
  };
}

function valueOf(value: Members): { readonly type: string; readonly value: Json } {
  const type = value.requiredString('type', idLength);
  if (!isTypeCode(type)) throw value.wrong('type', 'a FHIR type');
  const json = value.json('value', depth);
  if (json === undefined) throw value.wrong('value', 'a value');
  return { type, value: json };
}

function slicingOf(slicing: Members): PinnedSlicing {
  return {
    discriminators: slicing.objects('discriminators').map((item) => ({
      type: item.requiredOneOf('type', ['value', 'exists', 'pattern', 'type', 'profile']),
      path: item.requiredString('path'),
    })),
    rules: slicing.requiredOneOf('rules', ['closed', 'open', 'openAtEnd']),
    ...(slicing.boolean('ordered') === true && { ordered: true as const }),
  };
}
