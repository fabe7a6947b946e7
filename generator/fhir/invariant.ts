/**
 * Values that a path selects, or a path below the values that satisfy a check. The path of the element itself is empty.
 */
export type CheckedValues = string | readonly ['where', CheckedValues, SimpleCheck, ...string[]];

/**
 * The condition of a simple invariant: values exist, a comparison of values holds, or a combination of these.
 * Validators check it without a FHIRPath engine. As in FHIRPath, a comparison of no values is empty, which is not true.
 */
export type SimpleCheck =
  | CheckedValues
  | readonly ['not', SimpleCheck]
  | readonly ['and' | 'or' | 'xor', SimpleCheck, SimpleCheck]
  /** The value is one of the strings. */
  | readonly ['is', CheckedValues, ...string[]]
  /** Some value starts with the string, or contains it. */
  | readonly ['starts' | 'contains', CheckedValues, string]
  /** All values can be compared and are in this order. */
  | readonly [Comparison, CheckedValues, CheckedValues | number];

type Comparison = '<' | '<=' | '>' | '>=';

/** Keys of the invariants of all elements, extensions, resources, references and Bundles. */
const BUILT_IN = new Set([
  ...['ele-1', 'ext-1', 'dom-2', 'dom-3', 'dom-4', 'dom-5', 'ref-1'],
  ...['bdl-3', 'bdl-4', 'bdl-7', 'bdl-8', 'bdl-9', 'bdl-10', 'bdl-11', 'bdl-12'],
]);

/**
 * Whether validators check an invariant for every profile, without a rule for it.
 *
 * @param constraint of an element or type; the format of xhtml covers `htmlChecks()` (FHIR R4, Narrative)
 */
export function isBuiltIn({ key, expression }: { readonly key: string; readonly expression?: string }): boolean {
  return BUILT_IN.has(key) || expression === 'htmlChecks()';
}

/** Expressions of FHIR R4 that reject what their description allows, with their corrections from later releases. */
const CORRECTED: ReadonlyMap<string, string> = new Map([
  // vs-1 of the vital signs considers dateTime only: for a Period the expression is empty, which is not true.
  ['($this as dateTime).toString().length() >= 8', '$this is dateTime implies $this.toString().length() >= 8'],
]);

/**
 * The expression of an invariant, with the errors corrected that FHIR R4 was published with.
 *
 * @param expression the FHIRPath expression as published
 */
export function correctedExpression(expression: string): string {
  return CORRECTED.get(expression) ?? expression;
}

/** Longer expressions are never simple. */
const LENGTH_LIMIT = 2_000;

/** Expressions of more names, strings and operators need an engine: each token may nest the check deeper. */
const TOKEN_LIMIT = 160;

/** Expressions with deeper parentheses need an engine. */
const DEPTH_LIMIT = 20;

/** UCUM (FHIR R4, FHIRPath, "Variables"). */
const UCUM = 'http://unitsofmeasure.org';

const TOKEN =
  /\s*(?:(\.(?:exists|empty|hasValue|not|count|toString)\(\)|\.?where\(|\.(?:exists|startsWith|contains)\(|\$this|%ucum)|(\.?[A-Za-z]\w*(?:\.[A-Za-z]\w*)*(?![\w(]))|'([^'\\]*)'|(\d{1,9}(?!\w|\.))|([<>]=?|[()=|+]))/y;

/** A part of an expression: a condition, or an operand of a condition. */
type Part =
  | { readonly check: SimpleCheck }
  | { readonly found: CheckedValues }
  | { readonly counted: SimpleCheck }
  | { readonly texts: readonly string[] }
  | { readonly number: number };

/**
 * The check that is equivalent to an invariant, if that consists of `exists()`, `empty()`, `where()`, equality with a
 * string, order, and the logical operators (FHIRPath, "Boolean logic" and "Operator precedence").
 *
 * @param expression FHIRPath
 * @returns `undefined` when only an engine can evaluate it
 */
export function simpleCheck(expression: string): SimpleCheck | undefined {
  const tokens = tokensOf(expression);
  if (tokens === undefined) return undefined;
  let at = 0;
  let depth = 0;

  const take = (...wanted: readonly string[]): string | undefined => {
    const token = tokens[at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    at += 1;
    return token;
  };

  /** Operators of one precedence, from left to right. */
  const chain = (operators: readonly string[], below: () => Part | undefined): Part | undefined => {
    let left = below();
    for (let operator = take(...operators); operator !== undefined; operator = take(...operators)) {
      const right = below();
      if (left === undefined || right === undefined) return undefined;
      left = combined(operator, left, right);
    }
    return left;
  };
  const implication = (): Part | undefined =>
    chain(['implies'], () => chain(['or', 'xor'], () => chain(['and'], membership)));
  const membership = (): Part | undefined => chain(['in'], equality);
  const equality = (): Part | undefined => chain(['='], inequality);
  const inequality = (): Part | undefined => chain(['<', '<=', '>', '>='], () => chain(['|'], sum));
  const sum = (): Part | undefined => chain(['+'], operand);

  /** The content of parentheses. */
  const group = (): Part | undefined => {
    depth += 1;
    const part = depth > DEPTH_LIMIT ? undefined : implication();
    depth -= 1;
    return take(')') === undefined ? undefined : part;
  };

  const operand = (): Part | undefined => {
    let part: Part | undefined;
    if (take('(') !== undefined) part = group();
    else if (tokens[at] === 'where(') part = { found: '' };
    else {
      part = named(tokens[at]);
      at += 1;
    }
    for (let token = tokens[at]; part !== undefined && token !== undefined; token = tokens[at]) {
      const isCall = token.endsWith('(');
      if (!isCall && !/^\.[A-Za-z]/.test(token)) break;
      at += 1;
      part = isCall ? calledWith(part, token.replace(/^\./, ''), group()) : called(part, token);
    }
    return part;
  };

  const whole = implication();
  return at === tokens.length && whole !== undefined && 'check' in whole ? whole.check : undefined;
}

const WORDS = new Set(['and', 'or', 'xor', 'implies', 'in', 'is', 'as', 'div', 'mod']);

/**
 * The tokens of an expression; `undefined` when it contains something that is never simple. Strings keep their opening
 * quote.
 */
function tokensOf(expression: string): string[] | undefined {
  if (expression.length > LENGTH_LIMIT) return undefined;
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = expression.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const [, call, name, literal, number, sign] = TOKEN.exec(text) ?? [];
    const token = call ?? name ?? number ?? sign ?? (literal === undefined ? undefined : `'${literal}`);
    if (token === undefined || tokens.length === TOKEN_LIMIT) return undefined;
    tokens.push(token);
  }
  return tokens;
}

function named(token: string | undefined): Part | undefined {
  if (token === undefined || WORDS.has(token)) return undefined;
  if (token.startsWith("'")) return { texts: [token.slice(1)] };
  if (/^\d/.test(token)) return { number: Number(token) };
  if (token === '%ucum') return { texts: [UCUM] };
  if (token === '$this') return { found: '' };
  // A path may begin with the name of its type.
  const path = token.replace(/^[A-Z]\w*\./, '');
  return /^[a-z]/.test(path) ? { found: path } : undefined;
}

/** A part with a function without arguments applied to it, or with more names appended to its path. */
function called(part: Part, call: string): Part | undefined {
  if (call === '.not()') return 'check' in part ? { check: ['not', part.check] } : undefined;
  if (!('found' in part)) return undefined;
  const { found } = part;
  if (call === '.toString()') return part;
  if (call === '.count()') return { counted: found };
  if (call === '.empty()') return { check: ['not', found] };
  if (call.endsWith('()')) return { check: found };
  if (typeof found === 'string') return { found: joined(found, call) };
  const [, host, condition, path = ''] = found;
  return { found: ['where', host, condition, joined(path, call)] };
}

function joined(path: string, more: string): string {
  return `${path}${more}`.replace(/^\./, '');
}

function calledWith(part: Part, call: string, argument: Part | undefined): Part | undefined {
  if (!('found' in part) || argument === undefined) return undefined;
  const { found } = part;
  if ('check' in argument) {
    const within: CheckedValues = ['where', found, argument.check];
    if (call === 'where(') return { found: within };
    return call === 'exists(' ? { check: within } : undefined;
  }
  const [text, ...others] = 'texts' in argument ? argument.texts : [];
  if (text === undefined || others.length > 0) return undefined;
  if (call === 'startsWith(') return { check: ['starts', found, text] };
  return call === 'contains(' ? { check: ['contains', found, text] } : undefined;
}

function combined(operator: string, left: Part, right: Part): Part | undefined {
  if (operator === '=' || operator === 'in') {
    if ('found' in left && 'texts' in right && (operator === 'in' || right.texts.length === 1)) {
      return { check: ['is', left.found, ...right.texts] };
    }
    if (operator === '=' && 'check' in left && 'check' in right) {
      return { check: ['not', ['xor', left.check, right.check]] };
    }
    return undefined;
  }
  if (operator === '|') {
    return 'texts' in left && 'texts' in right ? { texts: [...left.texts, ...right.texts] } : undefined;
  }
  if (operator === '+') {
    return 'counted' in left && 'counted' in right ? { counted: ['or', left.counted, right.counted] } : undefined;
  }
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    return compared(operator, left, right);
  }
  if (!('check' in left && 'check' in right)) return undefined;
  if (operator === 'implies') return { check: ['or', ['not', left.check], right.check] };
  return operator === 'and' || operator === 'or' || operator === 'xor'
    ? { check: [operator, left.check, right.check] }
    : undefined;
}

function compared(operator: Comparison, left: Part, right: Part): Part | undefined {
  if ('counted' in left) {
    return operator === '>' && 'number' in right && right.number === 0 ? { check: left.counted } : undefined;
  }
  if (!('found' in left)) return undefined;
  if ('number' in right) return { check: [operator, left.found, right.number] };
  return 'found' in right ? { check: [operator, left.found, right.found] } : undefined;
}
