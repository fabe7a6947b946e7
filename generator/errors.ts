/**
 * What went wrong, in the words of the person who has to mend it: one line that names the package, the profile
 * and the element, says what is wrong and what to do. Every error that the generator raises on purpose is one of
 * these; anything else is a defect of ours and is reported as such.
 */
export class CodegenError extends Error {
  override readonly name = 'CodegenError';

  /**
   * @param message what is wrong and what to do, one sentence or two, no line breaks
   * @param where the package (`name#version`), profile (canonical) and element (id) at fault, as far as known
   * @param options the error that led to this one, shown only with `DEBUG`
   */
  constructor(
    message: string,
    readonly where: Where = {},
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

/** The command line was used wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The place that a message is about. */
export interface Where {
  /** `name#version`, a path or a URL, as the user knows it. */
  readonly package?: string | undefined;
  /** Canonical URL of the profile. */
  readonly profile?: string | undefined;
  /** ElementDefinition.id. */
  readonly element?: string | undefined;
}

/** Something that the run survived, but that the user should know: same form as an error. */
export interface Warning {
  readonly message: string;
  readonly where: Where;
  /** The unresolved canonical, if the warning is about one: there may be so many that they are reported together. */
  readonly unresolved?: string | undefined;
  /** The packages of a definition that is needed in several versions: such warnings are reported together as well. */
  readonly versions?: VersionChoice | undefined;
  /** What of the configuration would repair it, where it is not a patch of the profile that the warning is about. */
  readonly repair?: Repair;
  /** It may change everything that is made: said even where the user wants errors only. */
  readonly isLoud?: true;
}

/** Packages that have the same definition, `name#version`. */
export interface VersionChoice {
  readonly used: string;
  readonly others: readonly string[];
}

/** What a user can do about a fault of a package, by its place in the configuration. */
export type Repair = 'patches' | 'terminology' | 'with';

const REPAIRS: Readonly<Record<Repair, string>> = {
  patches: 'patches or leaveOut',
  terminology: 'terminology',
  with: '--with',
};

/**
 * A warning with what would repair it: messages about a profile are about what a patch can put right.
 *
 * @param warning any
 * @returns one line for a terminal
 */
export function lineWithRepair(warning: Warning): string {
  const { where, repair = where.profile === undefined ? undefined : 'patches' } = warning;
  return repair === undefined ? oneLine(warning) : `${oneLine(warning)} (${REPAIRS[repair]} can repair it)`;
}

/** Longest message that is shown; a hostile package must not flood a terminal. */
const MESSAGE_LIMIT = 600;

/**
 * One line for a terminal.
 *
 * @param error anything that was thrown, or a {@link Warning}
 * @returns `package › profile › element: message`, without control characters or line breaks
 */
export function oneLine(error: unknown): string {
  const where = error instanceof CodegenError || isWarning(error) ? error.where : {};
  const place = [where.package, where.profile, where.element].filter((part) => part !== undefined).join(' › ');
  const text = messageOf(error);
  return printable(place === '' ? text : `${place}: ${text}`);
}

/**
 * The message of anything that was thrown: `throw 'x'` is legal.
 *
 * @param error anything
 */
export function messageOf(error: unknown): string {
  if (error instanceof Error || isWarning(error)) return error.message;
  return String(error);
}

function isWarning(value: unknown): value is Warning {
  return typeof value === 'object' && value !== null && 'message' in value && 'where' in value;
}

/** Terminal escapes and line breaks from a package must not reach the user's terminal. */
function printable(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return line.length > MESSAGE_LIMIT ? `${line.slice(0, MESSAGE_LIMIT)}…` : line;
}
