import { exceeds } from './bound.js';
import { isIn } from './codes.js';
import { fits, isObject, lengthOf, listOf } from './json.js';
import type { Node } from './node.js';
import type { ItemCheck } from './rule.js';
import type { Run } from './run.js';
import type { CodeSet, ElementRule } from './table.js';

/** The checks of a rule for the value of an item: one for each common keyword, one for all rare keywords. */
export function valueChecks(source: ElementRule): readonly ItemCheck[] {
  const { fixed, pattern, codes, maxCodes, codesWhere, suggested } = source;
  const { maxLength = Infinity, valued, minValue, maxValue } = source;
  const checks: ItemCheck[] = [];
  if (fixed !== undefined) checks.push((run, node) => applyValue(run, fixed, node, 'fixed'));
  if (pattern !== undefined) checks.push((run, node) => applyValue(run, pattern, node, 'pattern'));
  if (codes ?? maxCodes ?? codesWhere ?? suggested) {
    checks.push((run, { value, type }) => {
      if (type && !BOUND.test(type)) return;
      if (codes) applyCodes(run, codes, value);
      codesWhere?.(run, value);
      // An element that is not allowed gets no further remark.
      if (maxCodes && isIn(maxCodes, value, run.options.complete) === false) applyCodes(run, maxCodes, value);
      else if (suggested && run.broken && isIn(suggested, value, false) === false)
        run.remark('suggested', { value, codes: suggested });
    });
  }
  if (maxLength < Infinity || (valued ?? minValue ?? maxValue) !== undefined) {
    checks.push((run, node) => {
      const { value } = node;
      const length = typeof value === 'string' && value.length > maxLength ? lengthOf(value) : 0;
      if (length > maxLength) run.fail('length', maxLength, length);
      if (valued && value === undefined && !standsIn(valued, node)) run.fail('min', 1, 0);
      if (minValue !== undefined && exceeds(minValue, value)) run.fail('least', { bound: minValue }, { bound: value });
      if (maxValue !== undefined && exceeds(value, maxValue)) run.fail('most', { bound: maxValue }, { bound: value });
    });
  }
  return checks;
}

/**
 * Types of a choice that a binding applies to; it does not apply to the others (FHIR R4, Terminologies, "Binding"). The
 * binding of a CodeableReference is on its concept.
 */
const BOUND = /^(?:Cod(?!.*Ref)|Quantity|String|Uri)/;

/** Whether one of the extensions replaces the value (FHIR R5, ElementDefinition.valueAlternatives). */
function standsIn(urls: readonly string[], { twin }: Node): boolean {
  const extensions = isObject(twin) ? listOf(twin['extension']) : [];
  return extensions.some((each) => isObject(each) && urls.includes(String(each['url'])));
}

/** A value of the wrong JSON type is reported where the FHIR type is known, and only there. */
function applyValue(run: Run, wanted: unknown, { value, twin, type }: Node, rule: 'fixed' | 'pattern'): void {
  if (fits(wanted, value, rule === 'fixed')) {
    // "Missing elements/attributes must also be missing" (FHIR R4, ElementDefinition.fixed[x]): id and extensions too.
    if (rule === 'fixed' && isObject(twin)) run.fail('exact', { value: wanted }, { value: twin });
    return;
  }
  if (typeof wanted === typeof value || value === undefined || type) {
    run.fail(rule, { value: typeof wanted === 'object' ? JSON.stringify(wanted) : wanted }, { value });
  }
}

/** Checks a required binding (FHIR R4, Terminologies, "Binding Strengths"). */
export function applyCodes(run: Run, codes: CodeSet, value: unknown): void {
  if (isIn(codes, value, run.options.complete) === false) run.fail('code', { value, codes });
}
