import type { Binding } from './binding.js';
import type { FactChange, FactComparison } from './fact.js';
import { listed, without } from './list.js';

type BindingChange = FactChange<'binding-strength' | 'binding-value-set'>;

/**
 * How the binding of an element changed. Only required bindings close a type (FHIR R4, Terminologies, "Binding
 * strengths"); what happens inside a value set that stays bound is told once, of the value set.
 *
 * @param old on the old side
 * @param next on the new side
 * @param comparison both sides
 */
export function bindingChanges(
  old: Binding | undefined,
  next: Binding | undefined,
  comparison: FactComparison,
): readonly BindingChange[] {
  if (old === undefined && next === undefined) return [];
  const { id } = comparison;
  const both = { before: describe(old, comparison), after: describe(next, comparison) };
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
  const isOther = (old === undefined ? undefined : comparison.translate(old.valueSet)) !== next?.valueSet;
  if (isRequired && isOther) return [otherValueSet(old?.valueSet ?? '', next.valueSet, both, comparison)];
  if (!isOther && old?.strength === next?.strength) return [];
  const kind = old?.strength === next?.strength ? 'binding-value-set' : 'binding-strength';
  const sentence =
    next === undefined
      ? `codes for ${id} are no longer suggested from ${both.before}`
      : `codes for ${id} are suggested from ${both.after}${old === undefined ? '' : ` in place of ${both.before}`}`;
  return [{ kind, impact: 'documentation', ...both, sentence }];
}

function otherValueSet(
  oldUrl: string,
  newUrl: string,
  both: { readonly before: string; readonly after: string },
  comparison: FactComparison,
): BindingChange {
  const kind = 'binding-value-set';
  const start = `${comparison.id} must have a code from ${both.after} in place of ${both.before}`;
  const old = comparison.codesOf('before', oldUrl);
  const next = comparison.codesOf('after', newUrl);
  if (old === undefined || next === undefined) {
    const sentence = `${start}; their codes are not all known and cannot be compared`;
    return { kind, impact: 'breaking', ...both, sentence };
  }
  const removed = without(old, next);
  return removed.length === 0
    ? { kind, impact: 'compatible', ...both, sentence: `${start}, which has all its codes` }
    : { kind, impact: 'breaking', ...both, sentence: `${start}, which lacks ${listed(removed)}` };
}

function describe(binding: Binding | undefined, comparison: FactComparison): string {
  return binding === undefined ? 'none' : `${comparison.nameOf(binding.valueSet)} (${binding.strength})`;
}
