import { english, type MessageName, type WordName } from './messages.js';

/** The messages of the validator in one language: each language is a file, so that a bundle may contain only one. */
export interface Language {
  /**
   * `{0}`, `{1}` and `{2}` are placeholders for what the rule requires and what was found; `{0s}` is a plural ending,
   * `{0w}` one of the words.
   */
  readonly texts: Readonly<Record<MessageName, string>>;
  readonly words: Readonly<Record<WordName, string>>;
}

/** The loaded languages other than English. */
export const languages: Map<string, Language> = /* @__PURE__ */ new Map<string, Language>();

/**
 * The language that messages are written in.
 *
 * @param language the option; English if that language is not loaded
 */
export function languageOf(language: 'en' | 'fr' | Language | undefined): Language {
  return (typeof language === 'string' ? languages.get(language) : language) ?? english;
}

/** A part of a message: a list is shown as alternatives, an empty text is left out. */
export type Detail = string | number | undefined | readonly string[];

/** How many alternatives a message lists at most. */
const LISTED = 12;

/**
 * A message; in English where a custom language, which may be older, lacks it.
 *
 * @param name of the message
 * @param details fill the placeholders, ready to be shown
 */
export function message({ texts, words }: Language, name: MessageName, details: readonly Detail[]): string {
  const known: Partial<Language['texts']> = texts;
  return fill(known[name] ?? english.texts[name], words, details);
}

/** Fills the placeholders of a text. */
export function fill(text: string, words: Language['words'], details: readonly Detail[]): string {
  return text.replace(/\{(\d)([sw]?)\}/g, (_, place: string, form: string) => {
    const detail = details[Number(place)];
    if (form === 's') return Number(detail) > 1 ? form : '';
    if (typeof detail === 'object') return listed(detail, words.or);
    const shown = String(detail ?? '');
    if (form === 'w' && Object.hasOwn(words, shown)) return words[shown as WordName];
    return shown === '' ? words.nothing : shown;
  });
}

function listed(items: readonly string[], or: string): string {
  const shown = items.length > LISTED ? [...items.slice(0, LISTED), '…'] : items;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')}${or}${shown.at(-1) ?? ''}`;
}
