import { parseCanonical } from '../fhir/canonical.js';
import { isTypeCode } from '../fhir/element-name.js';
import { type Json, isObject } from '../fhir/json.js';
import type { FactChange, FactComparison, FactLimits, FactReader, GivenValues } from './fact.js';
import { cut, sortedJson } from './shown.js';
import { NARROWER_TYPE, OTHER_TYPE, WIDER_TYPE } from './verdict.js';

/** A value with the type from the name of its member: `Uri` from `fixedUri`. */
export interface TypedValue {
  readonly type: string;
  readonly value: Json;
}

/**
 * Reads `fixed[x]` or `pattern[x]` of an ElementDefinition; FHIR allows at most one of each.
 *
 * @param element an ElementDefinition
 * @param prefix the name without the type
 * @param depth see `FactLimits`
 * @throws when there are two
 */
export function readGivenValue(
  element: FactReader,
  prefix: 'fixed' | 'pattern',
  depth: number,
): TypedValue | undefined {
  let found: TypedValue | undefined;
  for (const name of element.names()) {
    const type = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    const value = /^[A-Z][A-Za-z0-9]*$/.test(type) ? element.json(name, depth) : undefined;
    if (value === undefined) continue;
    if (found !== undefined) throw element.error(`the element has two ${prefix} values`);
    found = { type, value };
  }
  return found;
}

/**
 * Reads the same from a pinned file.
 *
 * @param element of the file
 * @param name of the member
 * @param limits see {@link FactLimits}
 */
export function parseGivenValue(element: FactReader, name: string, limits: FactLimits): TypedValue | undefined {
  const stored = element.object(name);
  if (stored === undefined) return undefined;
  const type = stored.requiredString('type', limits.idLength);
  if (!isTypeCode(type)) throw stored.wrong('type', 'a FHIR type');
  const value = stored.json('value', limits.depth);
  if (value === undefined) throw stored.wrong('value', 'a value');
  return { type, value };
}

/** A fixed value or pattern. For a primitive, a pattern means the same as a fixed value; otherwise it means less. */
interface Given {
  readonly kind: GivenKind;
  readonly value: Json;
  readonly exact: boolean;
}

/** Kinds of change of a given value. */
export type GivenKind = 'fixed-value' | 'pattern';

/**
 * Describes how the fixed value or pattern of an element changed. The fact that is present afterwards, or else the one
 * present before, reports it.
 *
 * @param kind of the calling fact
 * @param comparison both sides
 */
export function givenChanges<Kind extends GivenKind>(kind: Kind, comparison: FactComparison): FactChange<Kind>[] {
  const { id } = comparison;
  const old = givenOf(comparison.before);
  const next = givenOf(comparison.after);
  if ((next ?? old)?.kind !== kind) return [];
  const before = old === undefined ? undefined : translated(old.value, comparison);
  const [was, is] = [textOf(before), textOf(next?.value)];
  if (was === is && old?.exact === next?.exact) return [];
  const both = {
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { after: is }),
  };
  if (next === undefined) {
    // `create` wrote the value; now programs have to give it, or readers may get any value.
    const verdicts = comparison.isRequired ? OTHER_TYPE : WIDER_TYPE;
    return [{ kind, ...verdicts, ...both, sentence: `${id} no longer has the given value ${cut(was)}` }];
  }
  if (was !== is) {
    const former = was === undefined ? '' : ` in place of ${cut(was)}`;
    const verdicts = was === undefined ? NARROWER_TYPE : OTHER_TYPE;
    return [{ kind, ...verdicts, ...both, sentence: `${id} must have the value ${cut(is)}${former}` }];
  }
  return next.exact
    ? [{ kind, ...NARROWER_TYPE, ...both, sentence: `${id} must have its value and nothing beside it` }]
    : [{ kind, ...WIDER_TYPE, ...both, sentence: `${id} may have more than its given value` }];
}

function givenOf({ fixed, pattern }: GivenValues): Given | undefined {
  if (fixed !== undefined) return { kind: 'fixed-value', value: fixed, exact: isObject(fixed) || Array.isArray(fixed) };
  return pattern === undefined ? undefined : { kind: 'pattern', value: pattern, exact: false };
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : sortedJson(value);
}

/** The url of an extension is its canonical: a change is reported for the extension. */
function translated(value: Json, comparison: FactComparison): Json {
  if (typeof value !== 'string') return value;
  const { url } = parseCanonical(value);
  return `${comparison.translate(url)}${value.slice(url.length)}`;
}
