/** A text of which a part differs from another text. */
export interface MarkedText {
  readonly head: string;
  /** What differs; empty where nothing does, or everything. */
  readonly changed: string;
  readonly tail: string;
}

/** What was and what is, with what differs between them. */
export interface MarkedPair {
  readonly before: MarkedText;
  readonly after: MarkedText;
}

/** Longer texts are cut: value sets may have ten thousand codes, of which a page shows what differs. */
const WHOLE = 2400;
const CONTEXT = 200;
const CHANGED = 2000;

/**
 * Marks what differs between two texts, by words. A text without a counterpart, or without a word in common with it, has
 * no mark.
 *
 * @param before what was; empty when there was nothing
 * @param after what is
 */
export function markedPair(before: string, after: string): MarkedPair {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return { before: cut(marked(a, start, end)), after: cut(marked(b, start, end)) };
}

/** Words, and what stands between them: joined again, they are the text. */
function wordsOf(text: string): readonly string[] {
  return text.match(/[^\s,]+|[\s,]+/g) ?? [];
}

function marked(words: readonly string[], start: number, end: number): MarkedText {
  const rest = words.length - end;
  if ((start === 0 && end === 0) || start === rest) return { head: words.join(''), changed: '', tail: '' };
  return {
    head: words.slice(0, start).join(''),
    changed: words.slice(start, rest).join(''),
    tail: words.slice(rest).join(''),
  };
}

function cut(text: MarkedText): MarkedText {
  const { head, changed, tail } = text;
  if (head.length + changed.length + tail.length <= WHOLE) return text;
  if (changed === '') return { head: firstOf(head, CHANGED), changed, tail: firstOf(tail, CONTEXT) };
  return {
    head: head.length > CONTEXT ? `…${sliced(head, -CONTEXT)}` : head,
    changed: firstOf(changed, CHANGED),
    tail: firstOf(tail, CONTEXT),
  };
}

function firstOf(text: string, limit: number): string {
  return text.length > limit ? `${sliced(text, 0, limit)}… (${text.length - limit} more characters)` : text;
}

/** A part of a text in which no character is halved. */
function sliced(text: string, start: number, end?: number): string {
  return text.slice(start, end).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
