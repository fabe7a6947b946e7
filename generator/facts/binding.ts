import { canonicalWithin } from '../fhir/canonical.js';
import { bindingChanges } from './binding-change.js';
import { type Binding, type PinnedBinding, STRENGTHS } from './binding-strength.js';
import { type BaseFacts, fact } from './fact.js';

const START = { en: 'Binding:', fr: 'Binding :' };

/** ElementDefinition.binding: the value set that codes come from (FHIR R4, Terminologies). */
export const binding = fact({
  key: 'binding',
  kinds: ['binding-strength', 'binding-value-set'],
  read(element, { profile }): PinnedBinding | undefined {
    const found = element.object('binding');
    if (found === undefined) return undefined;
    const valueSet = found.string('valueSet');
    return {
      strength: found.oneOf('strength', STRENGTHS) ?? 'example',
      ...(valueSet !== undefined && { valueSet: canonicalWithin(valueSet, profile) }),
    };
  },
  parse(element): PinnedBinding | undefined {
    const stored = element.object('binding');
    if (stored === undefined) return undefined;
    const valueSet = stored.string('valueSet');
    return { strength: stored.requiredOneOf('strength', STRENGTHS), ...(valueSet !== undefined && { valueSet }) };
  },
  declared(pinned, { base, valueSetKey }): Binding | undefined {
    const own = bindingOf(pinned, valueSetKey);
    return own === undefined ? undefined : joined(own, bindingOfBase(base));
  },
  ofBase: bindingOfBase,
  signature(value, reach) {
    if (value?.strength === 'required') return value.also ? [value.valueSet, ...value.also] : value.valueSet;
    return reach === 'rule' && value?.strength === 'extensible' ? [value.valueSet] : null;
  },
  // A snapshot repeats the binding of the FHIR type where a guide says nothing; it must not override the guide.
  merge(general, specific, base) {
    if (general === undefined || specific === undefined) return specific ?? general;
    const isRepeated = specific.valueSet === base.binding?.valueSet && specific.strength === general.strength;
    if (isRepeated) return general;
    if (STRENGTHS.indexOf(general.strength) > STRENGTHS.indexOf(specific.strength)) return general;
    return joined(specific, general);
  },
  differential: (own, general, base) => (isSame(own, general) ? bindingOfBase(base) : own),
  rules(value, base) {
    // The requirements of the FHIR type are in its own table.
    if (value === undefined || isSame(value, base.binding)) return [];
    const codes = { kind: 'codes', valueSet: value.valueSet } as const;
    if (value.strength === 'required') return [['codes', codes]];
    return value.strength === 'extensible' ? [['suggested', codes]] : [];
  },
  doc: (value, { language, valueSet }) =>
    value === undefined
      ? undefined
      : { place: 'line', text: `${START[language]} ${value.strength}, ${valueSet(value.valueSet)}.` },
  compare: bindingChanges,
});

/**
 * A binding, if it names a value set.
 *
 * @param pinned of an element
 * @param valueSetKey see `DeclaredFacts`
 */
export function bindingOf(
  pinned: PinnedBinding | undefined,
  valueSetKey: (canonical: string) => string,
): Binding | undefined {
  return pinned?.valueSet === undefined
    ? undefined
    : { strength: pinned.strength, valueSet: valueSetKey(pinned.valueSet) };
}

/** Two required bindings both apply; of others, the narrower description applies. */
function joined(specific: Binding, general: Binding | undefined): Binding {
  if (specific.strength !== 'required' || general?.strength !== 'required') return specific;
  const all = [...(specific.also ?? []), general.valueSet, ...(general.also ?? [])];
  const also = [...new Set(all)].filter((valueSet) => valueSet !== specific.valueSet);
  return also.length === 0 ? specific : { ...specific, also };
}

function bindingOfBase({ binding: of }: BaseFacts): Binding | undefined {
  const strength = STRENGTHS.find((one) => one === of?.strength);
  return of === undefined || strength === undefined ? undefined : { strength, valueSet: of.valueSet };
}

function isSame(a: BaseFacts['binding'], b: BaseFacts['binding']): boolean {
  return a?.strength === b?.strength && a?.valueSet === b?.valueSet;
}
