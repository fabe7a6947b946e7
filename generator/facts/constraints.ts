import { correctedExpression, isBuiltIn, simpleCheck } from '../fhir/invariant.js';
import type { Json } from '../fhir/json.js';
import { codeText } from './doc-text.js';
import { fact, type FactChange, jsonRule } from './fact.js';
import { SAFE, STRICTER_RULE } from './verdict.js';

/** ElementDefinition.constraint. */
export interface Constraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  /** The requirement, in the words of the guide: the message of validators where it is broken. */
  readonly human?: string;
  readonly expression?: string;
}

type Constraints = readonly Constraint[];
type ConstraintChange = FactChange<'constraint-added' | 'constraint-removed' | 'constraint-changed'>;

const START = { en: 'Invariants: ', fr: 'Invariants : ' };

/** ElementDefinition.constraint: the invariants that the profile adds to those of the FHIR type. */
export const constraints = fact({
  key: 'constraints',
  kinds: ['constraint-added', 'constraint-removed', 'constraint-changed'],
  read: (element, { limits }): Constraints | undefined =>
    listOf(
      element.objects('constraint').map((item) => {
        const human = item.line('human', limits.textLength);
        const expression = item.string('expression');
        return {
          key: item.requiredString('key'),
          severity: item.oneOf('severity', ['error', 'warning']) ?? 'error',
          ...(human !== undefined && { human }),
          ...(expression !== undefined && { expression }),
        };
      }),
    ),
  parse: (element): Constraints | undefined =>
    listOf(
      element.objects('constraints').map((item) => {
        const human = item.string('human');
        const expression = item.string('expression');
        return {
          key: item.requiredString('key'),
          severity: item.requiredOneOf('severity', ['error', 'warning']),
          ...(human !== undefined && { human }),
          ...(expression !== undefined && { expression }),
        };
      }),
    ),
  // A snapshot repeats the invariants of datatypes where they are used; the rest are the element's own.
  declared: (pinned, { hasTypeInvariant }): Constraints =>
    (pinned ?? []).filter((constraint) => !isBuiltIn(constraint) && !hasTypeInvariant(constraint.key)),
  ofBase: () => [],
  signature: (value, reach) =>
    reach === 'type' || value.length === 0
      ? null
      : value.map(({ key, severity, expression }) => [key, severity, expression ?? null]),
  // FHIR R4, ElementDefinition.constraint: the key is unique in the profile.
  merge(general, specific) {
    const merged = new Map([...general, ...specific].map((constraint) => [constraint.key, constraint]));
    return [...merged.values()];
  },
  differential: (own, general) => own.filter((one) => !general.some((other) => isSameConstraint(one, other))),
  rules: (value) => jsonRule('invariants', invariantRules(value)),
  doc: (value, { language }) =>
    value.length === 0
      ? undefined
      : {
          place: 'line',
          text: [START[language], ...value.flatMap(({ key }, index) => [index === 0 ? '' : ', ', codeText(key)]), '.'],
        },
  compare(before, after, { id }): readonly ConstraintChange[] {
    const old = new Map(before.map((constraint) => [constraint.key, constraint]));
    const next = new Map(after.map((constraint) => [constraint.key, constraint]));
    return [
      ...[...next.values()].flatMap((constraint) => addedOrChanged(id, old.get(constraint.key), constraint)),
      ...[...old.values()].flatMap((constraint) => (next.has(constraint.key) ? [] : [removed(id, constraint)])),
    ];
  },
});

/** An invariant as a validator reads it. A type alias, because an interface is not assignable to JSON. */
export type InvariantJson = {
  readonly key: string;
  readonly severity: string;
  readonly human?: string;
  readonly expression: string;
  readonly check?: Json;
};

/**
 * Invariants as a validator reads them.
 *
 * @param constraints of an element or a datatype
 * @returns `undefined` when none has an expression
 */
export function invariantRules(constraints: Constraints): readonly InvariantJson[] | undefined {
  const rules = constraints.flatMap(({ key, severity, human, expression: published }): InvariantJson[] => {
    if (published === undefined) return [];
    const expression = correctedExpression(published);
    const check = simpleCheck(expression);
    return [
      { key, severity, ...(human !== undefined && { human }), expression, ...(check !== undefined && { check }) },
    ];
  });
  return rules.length === 0 ? undefined : rules;
}

function listOf(found: Constraints): Constraints | undefined {
  return found.length === 0 ? undefined : found;
}

function isSameConstraint(a: Constraint, b: Constraint): boolean {
  return a.key === b.key && a.expression === b.expression && a.severity === b.severity;
}

/** A warning does not make a guard return false. */
const REMARK = { ...SAFE, documentation: true } as const;

/** Invariants run in the guard; warnings do not make it return false. */
function addedOrChanged(id: string, old: Constraint | undefined, next: Constraint): readonly ConstraintChange[] {
  const { key, severity } = next;
  const verdicts = severity === 'error' ? STRICTER_RULE : REMARK;
  const after = describe(next);
  if (old === undefined) {
    const sentence = `${id} ${severity === 'error' ? 'has to meet' : 'is expected to meet'} the new invariant ${key}`;
    return [{ kind: 'constraint-added', ...verdicts, after, sentence }];
  }
  const before = describe(old);
  if (before === after) return [];
  return [
    { kind: 'constraint-changed', ...verdicts, before, after, sentence: `the invariant ${key} of ${id} changed` },
  ];
}

function removed(id: string, old: Constraint): ConstraintChange {
  const verdicts = old.severity === 'error' ? SAFE : REMARK;
  const sentence = `${id} no longer has to meet the invariant ${old.key}`;
  return { kind: 'constraint-removed', ...verdicts, before: describe(old), sentence };
}

function describe({ severity, expression }: Constraint): string {
  return `${severity}: ${expression ?? 'no expression'}`;
}
