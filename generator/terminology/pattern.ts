import { type CharacterTest, parsePattern, type PatternNode } from './pattern-syntax.js';

/** The number of states of one pattern; counted repetition (`{3,20}`) multiplies them. */
const STATE_LIMIT = 2_000;

/** The number of states that may be visited for one filter, over all codes: about a second. */
const VISIT_LIMIT = 50_000_000;

/** One state of the automaton: a step over a character, a fork without one, or the end. */
type State =
  | { readonly kind: 'step'; readonly test: CharacterTest; next: number }
  | { readonly kind: 'fork'; next: readonly number[] }
  | { readonly kind: 'end' };

/**
 * Compiles a regular expression from a package. It is not given to JavaScript's engine, which backtracks: an expression
 * such as `(a+)+b` would run for years. This engine reads each character of a text once.
 *
 * The whole text must match, as the value sets of the specification expect (`[A-Z]{3}` means three letters).
 *
 * @param source the expression: what Java and JavaScript have in common, without look-around and back references
 * @returns `undefined` when the expression is not supported or too large; else the test, which returns `undefined` once
 *   all its calls together have taken about a second
 */
export function compilePattern(source: string): ((text: string) => boolean | undefined) | undefined {
  const node = parsePattern(source);
  const states = node === undefined ? undefined : statesOf(node);
  if (states === undefined) return undefined;
  let visits = 0;
  return (text) => {
    let current = closureOf(states, [0]);
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      const next: number[] = [];
      for (const index of current) {
        const state = states[index];
        if (state?.kind === 'step' && state.test(codePoint)) next.push(state.next);
      }
      visits += current.length;
      if (visits > VISIT_LIMIT) return undefined;
      if (next.length === 0) return false;
      current = closureOf(states, next);
    }
    return current.some((index) => states[index]?.kind === 'end');
  };
}

/** The states that are reachable without another character. */
function closureOf(states: readonly State[], start: readonly number[]): readonly number[] {
  const reached = new Set(start);
  for (const index of reached) {
    const state = states[index];
    if (state?.kind === 'fork') for (const next of state.next) reached.add(next);
  }
  return [...reached];
}

/** Thompson's construction, from the end backwards, so that each state refers to the next one. State 0 is the start. */
function statesOf(node: PatternNode): readonly State[] | undefined {
  const start = { kind: 'fork' as const, next: [] as readonly number[] };
  const states: State[] = [start, { kind: 'end' }];
  const add = (state: State): number => {
    if (states.length >= STATE_LIMIT) throw new TooLarge();
    states.push(state);
    return states.length - 1;
  };
  const build = (part: PatternNode, next: number): number => {
    switch (part.kind) {
      case 'character':
        return add({ kind: 'step', test: part.test, next });
      case 'sequence':
        return part.parts.reduceRight((after, item) => build(item, after), next);
      case 'choice':
        return add({ kind: 'fork', next: part.parts.map((item) => build(item, next)) });
      case 'repeat':
        return repeat(part, next);
    }
  };
  const repeat = ({ part, min, max }: PatternNode & { kind: 'repeat' }, next: number): number => {
    let entry = next;
    if (max === Infinity) {
      const loop: State & { kind: 'fork' } = { kind: 'fork', next: [next] };
      entry = add(loop);
      loop.next = [next, build(part, entry)];
    } else {
      for (let count = min; count < max; count++) entry = add({ kind: 'fork', next: [next, build(part, entry)] });
    }
    for (let count = 0; count < min; count++) entry = build(part, entry);
    return entry;
  };
  try {
    start.next = [build(node, 1)];
    return states;
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

class TooLarge extends Error {}
