/**
 * Whether a text matches a pattern. The time is proportional to the length of the text, whatever the pattern.
 *
 * @param pattern text in which `*` matches any text, even none; every other character matches itself, case-sensitively
 * @param text the whole text to match
 */
export function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  // The leftmost match of each part leaves the most text to the others, so no backtracking is needed.
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return at <= end;
}
