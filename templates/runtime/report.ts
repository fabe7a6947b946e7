import { boundText } from './bound-text.js';
import { type Coded, codedOf } from './coded-value.js';
import { quote } from './json.js';
import type { Detail } from './language.js';
import { narrativeFault } from './narrative.js';
import type { Broken, Fact, Report } from './run.js';

/** The report of a validator, which guards do not need: it describes the facts as soon as a rule is broken. */
export function reportTo(broken: Broken[]): Report {
  return { broken, detail: detailOf, primitive: primitiveFault };
}

function detailOf(fact: Fact): Detail | Coded {
  if (typeof fact !== 'object') return fact;
  if ('bound' in fact) return boundText(fact.bound);
  if (!('value' in fact)) return fact;
  return fact.codes ? codedOf(fact.codes, fact.value) : quote(fact.value);
}

/** The value has another JSON type, or another format. */
function primitiveFault(type: string, value: unknown): ReturnType<Report['primitive']> {
  const json = type === 'boolean' ? type : /^(?:dec|integer$|uns|pos)/.test(type) ? 'number' : 'string';
  const fault = type === 'xhtml' && typeof value === 'string' ? narrativeFault(value, quote) : undefined;
  if (fault) return [fault.rule, fault.found];
  if (typeof value === json) return ['format', type, { value }];
  return ['json', json === 'string' ? 'text' : json, { value }];
}
