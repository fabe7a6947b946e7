/** A wrong value, and the compiler error for it. */
export interface Wrong {
  /** The kind of constraint, and the mistake. */
  readonly name: string;
  /** The type that the value is assigned to; without it, the value is an expression on its own. */
  readonly type?: string;
  /** TypeScript on one line. */
  readonly value: string;
  /**
   * The text that editors underline, and after a colon the message, which names the element, slice or code at fault.
   */
  readonly message: RegExp;
}
