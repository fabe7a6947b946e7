/** A text, with the part that differs from another text. */
export interface MarkedText {
  readonly head: string;
  /** The part that differs; empty when nothing differs, or everything. */
  readonly changed: string;
  readonly tail: string;
}

/** The old and the new text, with their difference. */
export interface MarkedPair {
  readonly before: MarkedText;
  readonly after: MarkedText;
}

/** Longer texts are cut: value sets may have ten thousand codes, of which a page shows those that differ. */
const WHOLE = 2400;
const CONTEXT = 200;
const CHANGED = 2000;

/**
 * Marks the difference of two texts, by words. Texts without a common word at either end have no mark.
 *
 * @param before the old text; empty when there was none
 * @param after the new text
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

/** Words and the separators between them; joined, they give the text again. */
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

/** A part of a text that does not cut through a surrogate pair. */
function sliced(text: string, start: number, end?: number): string {
  return text.slice(start, end).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
