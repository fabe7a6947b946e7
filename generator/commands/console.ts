import { lineWithRepair, oneLine, type Warning } from '../errors.js';
import { collected } from './collected.js';

/** The output streams. */
export interface Streams {
  /** The options of the user. */
  readonly out: (text: string) => void;
  /** How it goes on, and what went wrong. */
  readonly err: (text: string) => void;
  /** Whether `err` is a terminal, on which a line can be written over. */
  readonly isErrTerminal?: boolean;
  /** The terminal that results are read on; absent where there is none. */
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

  /** What results are read on. */
  get terminal(): Terminal | undefined {
    return this.streams.terminal;
  }

  /** All warnings so far, one line each, each once. */
  get warnings(): readonly string[] {
    return [...this.seen];
  }

  /** The current step. */
  progress(line: string): void {
    if (!this.options.quiet) this.err(`${oneLine(line)}\n`);
  }

  /** How far a long stage is: on a terminal alone, where the next line takes its place. */
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

  /** Warnings of the run. What there may be very much of is reported in one line, unless the user wants each. */
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

  /** Failures that did not end the run. */
  fail(line: string): void {
    this.err(`error: ${oneLine(line)}\n`);
  }

  /**
   * The result of the command.
   *
   * @param json what `--json` prints
   * @param lines what people read
   * @param isResult whether the lines are what the command is run for: then `--quiet` does not leave them out
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
   * The result of a command that is run for its text: its lines keep their layout.
   *
   * @param json what `--json` prints
   * @param lines what people read; control characters, which terminals obey, become spaces
   */
  async report(json: object, lines: readonly string[]): Promise<void> {
    if (this.options.json) return this.summary(json, []);
    this.clearStep();
    this.streams.out(lines.map((line) => `${line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')}\n`).join(''));
  }

  /** A result that is printed as it is, `--quiet` or not. */
  result(text: string): void {
    this.clearStep();
    this.streams.out(text);
  }
}
