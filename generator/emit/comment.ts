/**
 * A TSDoc comment. Every string in it is plain text from any source: the printer escapes it, so that it cannot end the
 * comment, break its line or start a tag.
 */
export type Comment = readonly CommentLine[];

/** One line; an empty string is an empty line. */
export type CommentLine = string | readonly CommentPart[] | CommentTag;

/** A piece of a line. */
export type CommentPart = string | CommentCode | CommentLink | CommentUrl;

/** Text in backticks. */
export interface CommentCode {
  readonly kind: 'code';
  readonly text: string;
}

/** `{@link name}`. */
export interface CommentLink {
  readonly kind: 'link';
  /** An identifier of the module. */
  readonly name: string;
}

/** A link to a page: `[text](url)`. */
export interface CommentUrl {
  readonly kind: 'url';
  readonly text: string | CommentCode;
  readonly url: string;
}

/** A block tag with its text: `@param value anything`. */
export interface CommentTag {
  readonly kind: 'tag';
  readonly tag: 'param' | 'returns' | 'throws' | 'see' | 'remarks' | 'deprecated' | 'internal';
  /** The name of a parameter. */
  readonly name?: string;
  /** The thrown type. */
  readonly type?: string;
  readonly text: string | readonly CommentPart[];
}

/**
 * Text in backticks.
 *
 * @param text any
 */
export function code(text: string): CommentCode {
  return { kind: 'code', text };
}

/**
 * A link to a declaration.
 *
 * @param name its identifier
 */
export function linkTo(name: string): CommentLink {
  return { kind: 'link', name };
}

/**
 * A link to a page.
 *
 * @param text of the link
 * @param url of the page
 */
export function linkToPage(text: string | CommentCode, url: string): CommentUrl {
  return { kind: 'url', text, url };
}

/**
 * `@param name text`.
 *
 * @param name of the parameter
 * @param text description
 */
export function param(name: string, text: string | readonly CommentPart[]): CommentTag {
  return { kind: 'tag', tag: 'param', name, text };
}

/**
 * `@returns text`.
 *
 * @param text description of the result
 */
export function returns(text: string | readonly CommentPart[]): CommentTag {
  return { kind: 'tag', tag: 'returns', text };
}

/**
 * `@see text`.
 *
 * @param text a page
 */
export function see(text: string | readonly CommentPart[]): CommentTag {
  return { kind: 'tag', tag: 'see', text };
}
