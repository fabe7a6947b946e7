/**
 * What a simple invariant asks for: an element that exists, by its path; a value; or a combination of these.
 * Validators check it without a FHIRPath engine.
 */
export type SimpleCheck =
  | string
  | readonly ['not', SimpleCheck]
  | readonly ['and' | 'or' | 'xor', SimpleCheck, SimpleCheck]
  | readonly ['is', string, string];

/** Those that hold for all elements, extensions, resources, references and Bundles. */
const BUILT_IN = new Set([
  ...['ele-1', 'ext-1', 'dom-2', 'dom-3', 'dom-4', 'dom-5', 'ref-1'],
  ...['bdl-3', 'bdl-4', 'bdl-7', 'bdl-8', 'bdl-9', 'bdl-10', 'bdl-11', 'bdl-12'],
]);

/**
 * Whether validators check an invariant by themselves, whatever the profile.
 *
 * @param constraint of an element or type; of `htmlChecks()`, the format of xhtml stands in (FHIR R4, Narrative)
 */
export function isBuiltIn({ key, expression }: { readonly key: string; readonly expression?: string }): boolean {
  return BUILT_IN.has(key) || expression === 'htmlChecks()';
}

/** Longer expressions are never simple. */
const LENGTH_LIMIT = 400;

/** Deeper parentheses are for an engine. */
const DEPTH_LIMIT = 20;

const TOKEN =
  /\s*(?:(\.(?:exists|empty|hasValue|not)\(\))|([A-Za-z]\w*(?:\.[A-Za-z]\w*)*(?![\w(]))|'([^'\\]*)'|([()=]))/y;

/** A part of an expression: what it means as a condition, or the path or text that a condition may be made of. */
type Part = { readonly check: SimpleCheck } | { readonly path: string } | { readonly text: string };

/**
 * The check that an invariant of a profile comes down to, if it is made of `exists()`, `empty()`, equality with a text,
 * and the operators of logic.
 * FHIRPath, "Boolean logic" and "Operator precedence".
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

  /** Operators of one precedence, from left to right; what is no condition cannot be combined. */
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
    chain(['implies'], () => chain(['or', 'xor'], () => chain(['and'], equality)));
  const equality = (): Part | undefined => chain(['='], operand);

  const operand = (): Part | undefined => {
    let part: Part | undefined;
    if (take('(') !== undefined) {
      depth += 1;
      part = depth > DEPTH_LIMIT ? undefined : implication();
      depth -= 1;
      if (take(')') === undefined) return undefined;
    } else {
      part = named(tokens[at]);
      at += 1;
    }
    for (let call = take('.exists()', '.hasValue()', '.empty()', '.not()'); call !== undefined && part !== undefined;) {
      part = called(part, call);
      call = take('.exists()', '.hasValue()', '.empty()', '.not()');
    }
    return part;
  };

  const whole = implication();
  return at === tokens.length && whole !== undefined && 'check' in whole ? whole.check : undefined;
}

const WORDS = new Set(['and', 'or', 'xor', 'implies']);

/** `undefined` when something stands there that is never simple. Texts keep their opening quote. */
function tokensOf(expression: string): string[] | undefined {
  if (expression.length > LENGTH_LIMIT) return undefined;
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = expression.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const [, call, name, literal, sign] = TOKEN.exec(text) ?? [];
    if (call === undefined && name === undefined && literal === undefined && sign === undefined) return undefined;
    tokens.push(call ?? name ?? sign ?? `'${literal ?? ''}`);
  }
  return tokens;
}

function named(token: string | undefined): Part | undefined {
  if (token === undefined || WORDS.has(token)) return undefined;
  if (token.startsWith("'")) return { text: token.slice(1) };
  // A path may begin with the type that it starts from.
  const path = token.replace(/^[A-Z]\w*\./, '');
  return /^[a-z]/.test(path) ? { path } : undefined;
}

function called(part: Part, call: string): Part | undefined {
  if (call === '.not()') return 'check' in part ? { check: ['not', part.check] } : undefined;
  if (!('path' in part)) return undefined;
  return { check: call === '.empty()' ? ['not', part.path] : part.path };
}

function combined(operator: string, left: Part, right: Part): Part | undefined {
  if (operator === '=') {
    if ('path' in left && 'text' in right) return { check: ['is', left.path, right.text] };
    if ('check' in left && 'check' in right) return { check: ['not', ['xor', left.check, right.check]] };
    return undefined;
  }
  if (!('check' in left && 'check' in right)) return undefined;
  if (operator === 'implies') return { check: ['or', ['not', left.check], right.check] };
  return operator === 'and' || operator === 'or' || operator === 'xor'
    ? { check: [operator, left.check, right.check] }
    : undefined;
}
