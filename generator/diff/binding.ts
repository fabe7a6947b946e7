import type { PinnedElement, PinnedValueSet } from '../pin/snapshot.js';
import type { ChangeFact } from './change.js';
import { listed, without } from './list.js';
import type { Sides } from './sides.js';
import { parseCanonical } from '../fhir/canonical.js';

/**
 * How the binding of an element changed. Only required bindings close a type (FHIR R4, Terminologies, "Binding
 * strengths"); what happens inside a value set that stays bound is told once, of the value set.
 *
 * @param id of the element, for sentences
 * @param before the element in the old snapshot
 * @param after the element in the new snapshot
 * @param sides of the comparison
 */
export function bindingChanges(id: string, before: PinnedElement, after: PinnedElement, sides: Sides): ChangeFact[] {
  const old = before.binding;
  const next = after.binding;
  if (old === undefined && next === undefined) return [];
  const both = { before: describe(old, sides), after: describe(next, sides) };
  const wasRequired = old?.strength === 'required';
  const isRequired = next?.strength === 'required';
  if (isRequired && !wasRequired) {
    const sentence = `${id} must have a code from ${both.after}`;
    return [{ kind: 'binding-strength', impact: 'breaking', ...both, sentence }];
  }
  if (wasRequired && !isRequired) {
    const sentence = `${id} may have any code: whoever reads it must expect others than those of ${both.before}`;
    return [{ kind: 'binding-strength', impact: 'breaking', ...both, sentence }];
  }
  const isOther =
    canonicalOf(old, (url) => sides.translate(url)) !== canonicalOf(next, (url) => parseCanonical(url).url);
  if (isRequired && isOther) return [otherValueSet(id, old?.valueSet ?? '', next.valueSet ?? '', both, sides)];
  if (!isOther && old?.strength === next?.strength) return [];
  const kind = old?.strength === next?.strength ? 'binding-value-set' : 'binding-strength';
  const sentence =
    next === undefined
      ? `codes for ${id} are no longer suggested from ${both.before}`
      : `codes for ${id} are suggested from ${both.after}${old === undefined ? '' : ` in place of ${both.before}`}`;
  return [{ kind, impact: 'documentation', ...both, sentence }];
}

function otherValueSet(
  id: string,
  oldUrl: string,
  newUrl: string,
  both: { readonly before: string; readonly after: string },
  sides: Sides,
): ChangeFact {
  const kind = 'binding-value-set';
  const start = `${id} must have a code from ${both.after} in place of ${both.before}`;
  const old = sides.oldValueSet(oldUrl);
  const next = sides.newValueSet(newUrl);
  if (old === undefined || next === undefined || isOpen(old) || isOpen(next)) {
    const sentence = `${start}; their codes are not all known and cannot be compared`;
    return { kind, impact: 'breaking', ...both, sentence };
  }
  const gone = without(codesOf(old), codesOf(next));
  if (gone.length === 0) return { kind, impact: 'compatible', ...both, sentence: `${start}, which has all its codes` };
  return { kind, impact: 'breaking', ...both, sentence: `${start}, which lacks ${listed(gone)}` };
}

/**
 * The codes of a value set as `system|code`.
 *
 * @param valueSet as pinned
 */
export function codesOf(valueSet: PinnedValueSet): readonly string[] {
  return valueSet.systems.flatMap(({ system, concepts }) => concepts.map(({ code }) => `${system}|${code}`));
}

/**
 * Whether a value set may have codes that are not listed.
 *
 * @param valueSet as pinned
 */
export function isOpen(valueSet: PinnedValueSet): boolean {
  return valueSet.open === true || valueSet.systems.some((system) => system.open === true);
}

function describe(binding: PinnedElement['binding'], sides: Sides): string {
  if (binding === undefined) return 'none';
  const name = binding.valueSet === undefined ? 'no value set' : sides.nameOf(parseCanonical(binding.valueSet).url);
  return `${name} (${binding.strength})`;
}

function canonicalOf(binding: PinnedElement['binding'], read: (canonical: string) => string): string | undefined {
  return binding?.valueSet === undefined ? undefined : read(binding.valueSet);
}
