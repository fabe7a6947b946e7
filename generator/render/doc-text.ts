/**
 * Text for a TSDoc comment: it cannot end the comment, break its line, or start a tag.
 *
 * @param text from a package
 * @returns one line
 */
export function docText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\s]+/gu, ' ')
    .replace(/\*\//g, '*\\/')
    .replace(/[@{}]/g, (character) => `\\${character}`)
    .replace(/`/g, "'")
    .trim();
}
