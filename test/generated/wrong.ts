/** A wrong value, and what the compiler says of it. */
export interface Wrong {
  /** The kind of constraint (issue 4, "Coverage"), and what is wrong. */
  readonly name: string;
  /** What the value is assigned to; without it, the value is an expression that stands by itself. */
  readonly type?: string;
  /** TypeScript, in one line. */
  readonly value: string;
  /** What editors underline, and behind a colon the message: names the element, the slice or the code at fault. */
  readonly says: RegExp;
}
