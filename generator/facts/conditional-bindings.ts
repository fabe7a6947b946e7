import { isSameJson, type Json } from '../fhir/json.js';
import { fact, type FactReader } from './fact.js';
import { SAFE, STRICTER_RULE } from './verdict.js';
import { canonicalWithin } from '../fhir/canonical.js';
import { readAdditional } from './value-set-limit.js';

/**
 * A code or a quantity that an element is compared with. A type alias, because an interface is not assignable to JSON.
 */
export type UsageValue = Readonly<Record<string, string | number>>;

/** A required binding that applies where another element of the resource has one of some values. */
export interface ConditionalBinding {
  /** Path of that element: `Observation.category`. */
  readonly at: string;
  readonly is: readonly UsageValue[];
  readonly valueSet: string;
}

type Bindings = readonly ConditionalBinding[];

const SENTENCES = {
  en: (at: string, is: string, valueSet: string) => `Where ${at} is ${is}, all codes from: ${valueSet}.`,
  fr: (at: string, is: string, valueSet: string) => `Quand ${at} vaut ${is}, tous les codes de : ${valueSet}.`,
};

/**
 * Additional bindings whose condition the resource itself shows: their usage names an element of the profile and its
 * value (FHIR R5, ElementDefinition.binding.additional.usage). The condition of all others is known only outside the
 * resource.
 */
export const conditionalBindings = fact({
  key: 'conditionalBindings',
  kinds: ['conditional-bindings'],
  read: (element, source): Bindings | undefined =>
    someOf(
      readAdditional(element, source).flatMap(({ isLimit, valueSet, condition }) =>
        isLimit && condition !== undefined && valueSet !== undefined
          ? [{ ...condition, valueSet: canonicalWithin(valueSet, source.profile) }]
          : [],
      ),
    ),
  parse: (element): Bindings | undefined =>
    someOf(
      element.objects('conditionalBindings').map((one) => ({
        at: one.requiredString('at'),
        is: one.objects('is').map(usageValue),
        valueSet: one.requiredString('valueSet'),
      })),
    ),
  declared: (pinned: Bindings | undefined, { valueSetKey }): Bindings | undefined =>
    pinned?.map((one) => ({ ...one, valueSet: valueSetKey(one.valueSet) })),
  ofBase: () => undefined,
  signature: (value, reach) => (reach === 'type' || value === undefined ? null : value.map(jsonOf)),
  merge: (general, specific) => someOf([...(general ?? []), ...without(specific, general)]),
  differential: (own, general) => someOf(without(own, general)),
  rules: (value) => (value === undefined ? [] : [['codesWhere', { kind: 'codes-where', bindings: value }]]),
  doc: (value, { language, valueSet }) =>
    value === undefined
      ? undefined
      : {
          place: 'line',
          text: value.map((one) => SENTENCES[language](one.at, shown(one), valueSet(one.valueSet))).join(' '),
        },
  compare(before, after, { id, translate }) {
    const old = before?.map((one) => ({ ...one, valueSet: translate(one.valueSet) }));
    const added = without(after, old);
    if (added.length === 0 && without(old, after).length === 0) return [];
    const texts = [before, after].map((some) => some?.map(described).join('; ') ?? 'none');
    const both = { before: texts[0] ?? '', after: texts[1] ?? '' };
    const sentence = `what is required of the codes of ${id} in some uses changed`;
    return [{ kind: 'conditional-bindings', ...(added.length > 0 ? STRICTER_RULE : SAFE), ...both, sentence }];
  },
});

function usageValue(one: FactReader): UsageValue {
  const members = one.names().map((name) => [name, one.json(name, 1)] as const);
  return Object.fromEntries(
    members.filter((member): member is [string, string | number] => ['string', 'number'].includes(typeof member[1])),
  );
}

function someOf(bindings: Bindings): Bindings | undefined {
  return bindings.length === 0 ? undefined : bindings;
}

function without(some: Bindings = [], others: Bindings = []): Bindings {
  return some.filter((one) => !others.some((other) => isSameJson(jsonOf(one), jsonOf(other))));
}

function jsonOf({ at, is, valueSet }: ConditionalBinding): Json {
  return [at, [...is], valueSet];
}

/** `http://loinc.org|1-8` */
function shown({ is }: ConditionalBinding): string {
  return is.map((one) => Object.values(one).join('|')).join(', ');
}

function described(binding: ConditionalBinding): string {
  return `${binding.valueSet} where ${binding.at} is ${shown(binding)}`;
}
