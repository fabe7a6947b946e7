/** Whether a character, given by its code point, matches. */
export type CharacterTest = (codePoint: number) => boolean;

/** A parsed regular expression. */
export type PatternNode =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number };

const LENGTH_LIMIT = 1_000;
/** The depth of nested groups: the parser is recursive. */
const DEPTH_LIMIT = 50;
const REPEAT_LIMIT = 1_000;

/**
 * Parses the common syntax of Java's and JavaScript's regular expressions: characters, `.`, classes, `\d \w \s` and
 * their opposites, groups, `|`, and `* + ? {n,m}`, lazy or not. `^` and `$` may be at the ends, where they add nothing,
 * as the expression has to match the whole text.
 *
 * @param source the expression
 * @returns `undefined` when it uses anything else, or is not valid
 */
export function parsePattern(source: string): PatternNode | undefined {
  if (source.length > LENGTH_LIMIT) return undefined;
  const parser = new Parser([...source.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')]);
  try {
    return parser.parse();
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

class NotUnderstood extends Error {}

class Parser {
  private at = 0;

  constructor(private readonly characters: readonly string[]) {}

  parse(): PatternNode {
    const node = this.choice(0);
    if (this.at < this.characters.length) throw new NotUnderstood();
    return node;
  }

  private choice(depth: number): PatternNode {
    if (depth > DEPTH_LIMIT) throw new NotUnderstood();
    const parts = [this.sequence(depth)];
    while (this.take('|')) parts.push(this.sequence(depth));
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'choice', parts };
  }

  private sequence(depth: number): PatternNode {
    const parts: PatternNode[] = [];
    for (let next = this.peek(); next !== undefined && next !== '|' && next !== ')'; next = this.peek()) {
      parts.push(this.repeated(this.atom(depth)));
    }
    return { kind: 'sequence', parts };
  }

  private repeated(part: PatternNode): PatternNode {
    const [min, max] = this.quantifier();
    if (min === undefined || max === undefined) return part;
    this.take('?');
    // `a**` and `a*+` are not valid, or have another meaning in Java.
    if (/^[*+?{]$/.test(this.peek() ?? '')) throw new NotUnderstood();
    return { kind: 'repeat', part, min, max };
  }

  private quantifier(): readonly [min?: number, max?: number] {
    if (this.take('*')) return [0, Infinity];
    if (this.take('+')) return [1, Infinity];
    if (this.take('?')) return [0, 1];
    if (!this.take('{')) return [];
    const min = this.number();
    let max = min;
    if (this.take(',')) max = this.peek() === '}' ? Infinity : this.number();
    if (!this.take('}') || max < min) throw new NotUnderstood();
    return [min, max];
  }

  private number(): number {
    let digits = '';
    for (let next = this.peek(); next !== undefined && /^[0-9]$/.test(next); next = this.peek()) {
      digits += next;
      this.at++;
    }
    const number = Number(digits);
    if (digits === '' || number > REPEAT_LIMIT) throw new NotUnderstood();
    return number;
  }

  private atom(depth: number): PatternNode {
    const character = this.next();
    switch (character) {
      case '(': {
        if (this.take('?') && !this.take(':')) throw new NotUnderstood();
        const node = this.choice(depth + 1);
        if (!this.take(')')) throw new NotUnderstood();
        return node;
      }
      case '[':
        return { kind: 'character', test: this.class() };
      case '.':
        return { kind: 'character', test: (point) => !/^[\n\r\u2028\u2029]$/.test(String.fromCodePoint(point)) };
      case '\\':
        return { kind: 'character', test: this.escape() };
      default:
        if (/^[*+?{}\]^$]$/.test(character)) throw new NotUnderstood();
        return { kind: 'character', test: exactly(character) };
    }
  }

  private class(): CharacterTest {
    const negated = this.take('^');
    const tests: CharacterTest[] = [];
    while (!this.take(']')) {
      const [test, first] = this.classMember();
      const isRange = first !== undefined && this.peek() === '-' && this.characters[this.at + 1] !== ']';
      if (!isRange) {
        tests.push(test);
        continue;
      }
      this.at++;
      const [, last] = this.classMember();
      if (last === undefined || last < first) throw new NotUnderstood();
      tests.push((point) => point >= first && point <= last);
    }
    if (tests.length === 0) throw new NotUnderstood();
    return (point) => tests.some((test) => test(point)) !== negated;
  }

  /**
   * A member of a character class; its code point if it is a single character, which may be the start or end of a
   * range.
   */
  private classMember(): readonly [CharacterTest, number?] {
    const character = this.next();
    if (character === '\\') {
      const escaped = this.peek();
      const test = this.escape();
      return escaped !== undefined && /^[^A-Za-z0-9]$/u.test(escaped) ? [test, escaped.codePointAt(0) ?? 0] : [test];
    }
    // Java reads `[a[b]]` and `[a&&b]` as set operations, JavaScript does not.
    if (character === '[' || (character === '&' && this.peek() === '&')) throw new NotUnderstood();
    return [exactly(character), character.codePointAt(0) ?? 0];
  }

  private escape(): CharacterTest {
    const character = this.next();
    const known = ESCAPES.get(character);
    if (known !== undefined) {
      return (point) => known.test(String.fromCodePoint(point));
    }
    if (/^[A-Za-z0-9]$/.test(character)) throw new NotUnderstood();
    return exactly(character);
  }

  private peek(): string | undefined {
    return this.characters[this.at];
  }

  private next(): string {
    const character = this.peek();
    if (character === undefined) throw new NotUnderstood();
    this.at++;
    return character;
  }

  private take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }
}

/** ASCII, as in Java and in JavaScript, except `\s`, on which they differ: this is Java's. */
const ESCAPES: ReadonlyMap<string, RegExp> = new Map([
  ['d', /^[0-9]$/],
  ['D', /^[^0-9]$/u],
  ['w', /^[A-Za-z0-9_]$/],
  ['W', /^[^A-Za-z0-9_]$/u],
  ['s', /^[ \t\n\v\f\r]$/],
  ['S', /^[^ \t\n\v\f\r]$/u],
  ['t', /^\t$/],
  ['n', /^\n$/],
  ['r', /^\r$/],
]);

function exactly(character: string): CharacterTest {
  const wanted = character.codePointAt(0);
  return (point) => point === wanted;
}
