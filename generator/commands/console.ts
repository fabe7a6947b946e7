import { lineWithRepair, oneLine, type Warning } from '../errors.js';
import { collected } from './collected.js';

/** The output streams. */
export interface Streams {
  /** Receives results: standard output. */
  readonly out: (text: string) => void;
  /** Receives progress, warnings and errors: standard error. */
  readonly err: (text: string) => void;
  /** Whether `err` is a terminal, on which a line can be overwritten. */
  readonly isErrTerminal?: boolean;
  /** The terminal that shows results; absent when there is none. */
  readonly terminal?: Terminal;
}

/** A terminal. */
export interface Terminal {
  readonly columns: number;
  readonly hasColors: boolean;
}

/** Goes to the start of the line, and clears it (ECMA-48). */
export const CLEAR = '\r\u001b[K';

/** The output of a command. */
export class Console {
  private readonly seen = new Set<string>();
  /** Whether the last line of the terminal shows a step. */
  private hasStep = false;

  /**
   * @param streams where text goes
   * @param options `quiet`: results and errors only; `verbose`: each warning separately; `json`: one JSON document on
   *   standard output and nothing else
   */
  constructor(
    private readonly streams: Streams,
    private readonly options: { readonly quiet: boolean; readonly verbose: boolean; readonly json: boolean },
  ) {}

  /** The terminal that shows results. */
  get terminal(): Terminal | undefined {
    return this.streams.terminal;
  }

  /** All warnings of the run, one line each, each once. */
  get warnings(): readonly string[] {
    return [...this.seen];
  }

  /** Reports the current step. */
  progress(line: string): void {
    if (!this.options.quiet) this.err(`${oneLine(line)}\n`);
  }

  /** Reports the progress of a long stage: on a terminal only, where the next line replaces it. */
  step(text: string): void {
    const { quiet, json } = this.options;
    if (quiet || json || this.streams.isErrTerminal !== true) return;
    this.streams.err(`${CLEAR}${oneLine(text)}`);
    this.hasStep = true;
  }

  private err(text: string): void {
    this.clearStep();
    this.streams.err(text);
  }

  private clearStep(): void {
    if (this.hasStep) this.streams.err(CLEAR);
    this.hasStep = false;
  }

  /** Reports warnings of the run. Warnings of one kind that may be numerous share a line, unless the user asks for each. */
  warn(warnings: readonly Warning[]): void {
    const news = warnings.filter((warning) => {
      const line = oneLine(warning);
      return !this.seen.has(line) && this.seen.add(line);
    });
    const { lines, others } = this.options.verbose ? { lines: [], others: news } : collected(news);
    for (const warning of others) this.warning(lineWithRepair(warning), warning.isLoud);
    for (const line of lines) this.warning(line);
  }

  private warning(line: string, isLoud = false): void {
    if (isLoud || !this.options.quiet) this.err(`warning: ${line}\n`);
  }

  /** Reports a failure that does not end the run. */
  fail(line: string): void {
    this.err(`error: ${oneLine(line)}\n`);
  }

  /**
   * The result of the command.
   *
   * @param json what `--json` prints
   * @param lines the text for people
   * @param isResult whether the lines are the purpose of the command: `--quiet` then does not omit them
   */
  async summary(json: object, lines: readonly string[], isResult = false): Promise<void> {
    this.clearStep();
    if (this.options.json) {
      const { jsonText } = await import('../diff/view-json.js');
      this.streams.out(`${jsonText(json)}\n`);
    } else if (isResult || !this.options.quiet) {
      this.streams.out(lines.map((line) => `${oneLine(line)}\n`).join(''));
    }
  }

  /**
   * The result of a command whose purpose is its text: lines keep their layout.
   *
   * @param json what `--json` prints
   * @param lines the text for people; control characters, which terminals interpret, become spaces
   */
  async report(json: object, lines: readonly string[]): Promise<void> {
    if (this.options.json) return this.summary(json, []);
    this.clearStep();
    this.streams.out(lines.map((line) => `${line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')}\n`).join(''));
  }

  /** Prints a result unchanged, with `--quiet` too. */
  result(text: string): void {
    this.clearStep();
    this.streams.out(text);
  }
}
