import type { Binding } from './binding-strength.js';
import type { FactChange, FactComparison, Verdicts } from './fact.js';
import { listed, without } from './list.js';
import { NARROWER_TYPE, SAFE, STRICTER_RULE, typeVerdicts, UNKNOWN, WIDER_TYPE } from './verdict.js';

type BindingChange = FactChange<'binding-strength' | 'binding-value-set'>;

/**
 * How the binding of an element changed. Only required bindings close a type (FHIR R4, Terminologies, "Binding
 * strengths"). Changes within a value set that stays bound are reported once, for the value set.
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
  const both = { before: described(old), after: described(next) };
  const isOther = (old === undefined ? undefined : comparison.translate(old.valueSet)) !== next?.valueSet;
  if (!isOther && old?.strength === next?.strength) return [];
  const wasRequired = old?.strength === 'required';
  const isRequired = next?.strength === 'required';
  if (isRequired && wasRequired) return [otherValueSet(old, next, both, comparison)];
  const kind = old?.strength === next?.strength ? 'binding-value-set' : 'binding-strength';
  if (isRequired) {
    const verdicts = closing(comparison, 'after', next, NARROWER_TYPE, STRICTER_RULE);
    return [{ kind, ...verdicts, ...both, sentence: `${id} must have a code from ${short(next, comparison)}` }];
  }
  if (wasRequired) {
    const verdicts = closing(comparison, 'before', old, WIDER_TYPE, SAFE);
    const sentence = `${id} may have any code: readers must expect codes other than those of ${short(old, comparison)}`;
    return [{ kind, ...verdicts, ...both, sentence }];
  }
  const former = old === undefined ? '' : ` in place of ${short(old, comparison)}`;
  const sentence =
    next === undefined
      ? `codes for ${id} are no longer suggested from ${short(old, comparison)}`
      : `codes for ${id} are suggested from ${short(next, comparison)}${former}`;
  return [{ kind, ...SAFE, documentation: true, ...both, sentence }];
}

/** A type is closed only if all codes are known; a validator decides by the codes that it knows. */
function closing(
  comparison: FactComparison,
  side: 'before' | 'after',
  { valueSet }: Binding,
  byType: Verdicts,
  byRule: Verdicts,
): Verdicts {
  if (comparison.codesOf(side, valueSet) !== undefined) return byType;
  return comparison.isResolved(side, valueSet) ? byRule : UNKNOWN;
}

function otherValueSet(
  old: Binding,
  next: Binding,
  both: { readonly before: string; readonly after: string },
  comparison: FactComparison,
): BindingChange {
  const kind = 'binding-value-set';
  const start = `${comparison.id} must have a code from ${short(next, comparison)} in place of ${short(old, comparison)}`;
  const [was, is] = [comparison.codesOf('before', old.valueSet), comparison.codesOf('after', next.valueSet)];
  if (was === undefined || is === undefined) {
    const sentence = `${start}; their codes are not all known and cannot be compared`;
    return { kind, ...UNKNOWN, ...both, sentence };
  }
  const removed = without(was, is);
  const verdicts = typeVerdicts(removed.length > 0, without(is, was).length > 0);
  const sentence = `${start}, ${removed.length === 0 ? 'which has all its codes' : `which lacks ${listed(removed)}`}`;
  return { kind, ...verdicts, ...both, sentence };
}

/** With the whole canonical. */
function described(binding: Binding | undefined): string {
  return binding === undefined ? 'none' : `${binding.valueSet} (${binding.strength})`;
}

function short(binding: Binding | undefined, comparison: FactComparison): string {
  return binding === undefined ? 'none' : `${comparison.nameOf(binding.valueSet)} (${binding.strength})`;
}
