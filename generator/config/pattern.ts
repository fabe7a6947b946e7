/**
 * Whether a text is what a pattern describes. Takes time in proportion to the text, whatever the pattern.
 *
 * @param pattern text in which `*` stands for any text, also none; everything else for itself, case included
 * @param text all of which is compared
 */
export function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  // The leftmost place of each part leaves most to the others, so there is nothing to come back to.
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return at <= end;
}
