import { check } from './check.js';
import { codedText } from './coded-value.js';
import { inDocumentOrder } from './document-order.js';
import { expressionOf } from './expression.js';
import { faultsOf, sliceOf } from './fault.js';
import { invariantTexts } from './invariant-texts.js';
import { type Issue, issueTypeOf, severityOf } from './issue.js';
import { type Detail, type Language, languageOf, message } from './language.js';
import type { MessageName } from './messages.js';
import { reportTo } from './report.js';
import { type Broken, ISSUE_LIMIT, type ValidateOptions } from './run.js';
import type { ProfileTable } from './table.js';

export type { FhirPathEngine, ValidateOptions } from './run.js';

/**
 * Validates a value against a profile, its base profiles and its FHIR type (FHIR R4, Validating Resources).
 *
 * @param table the profile
 * @param value any value; never makes the validator throw
 * @returns the issues in document order, at most {@link ISSUE_LIMIT}; the value conforms when none has severity `error`
 */
export function validate(table: ProfileTable, value: unknown, options?: ValidateOptions | null): readonly Issue[] {
  return issuesAbout(table, value, options);
}

/**
 * The issues of some rules, or of all: see {@link validate}.
 *
 * @param rules names of rules
 */
export function issuesAbout(
  table: ProfileTable,
  value: unknown,
  options?: ValidateOptions | null,
  rules?: readonly MessageName[],
): readonly Issue[] {
  const all: Broken[] = [];
  check(table, value, options ?? {}, reportTo(all));
  const broken = rules === undefined ? all : all.filter(({ rule }) => rules.includes(rule));
  const isTooMuch = broken.length >= ISSUE_LIMIT;
  if (isTooMuch) broken.splice(ISSUE_LIMIT - 1);
  const faults = inDocumentOrder(faultsOf(broken.map(withTexts)), value);
  const many: Broken[] = isTooMuch ? [{ rule: 'many', path: [table.type], details: [ISSUE_LIMIT] }] : [];
  const language = languageOf(options?.language);
  return [...faults, ...many].map((fault) => issueOf(fault, language));
}

/** Adds the texts of an invariant of a datatype, which its table may omit. */
function withTexts(fault: Broken): Broken {
  const { rule, details } = fault;
  const [key, , expression] = details;
  const isSeparate = (rule === 'invariant' || rule === 'warning') && expression === undefined;
  const texts = isSeparate && typeof key === 'string' && Object.hasOwn(invariantTexts, key) && invariantTexts[key];
  return texts ? { ...fault, details: [key, ...texts] } : fault;
}

function issueOf(fault: Broken, language: Language): Issue {
  const { rule, path, details, tried } = fault;
  const text = textOf(fault, language);
  const expression = rule === 'invariant' || rule === 'warning' ? details[2] : undefined;
  return {
    severity: severityOf(rule),
    code: issueTypeOf(rule),
    expression: expressionOf(path),
    diagnostics: tried === undefined ? text : message(language, 'tried', [text, tried]),
    ...(typeof expression === 'string' && { details: expression }),
  };
}

function textOf(fault: Broken, language: Language): string {
  const { rule, details } = fault;
  const [coded] = details;
  if (typeof coded === 'object' && 'found' in coded) return codedText(language, coded, rule === 'code');
  const plain = details.map((detail): Detail => (typeof detail === 'object' && 'found' in detail ? '' : detail));
  const text = message(language, rule === 'max' && details[0] === 0 ? 'none' : rule, plain);
  const slice = sliceOf(fault);
  return slice === undefined ? text : message(language, 'slice', [slice, text]);
}
