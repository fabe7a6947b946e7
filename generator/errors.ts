/**
 * An error that the user can resolve. Its message is one line that names the package, the profile and the element, and
 * says what is wrong and what to do. Every error that the generator throws on purpose is one of these; any other error
 * is a bug in the generator and is reported as such.
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
  /** `name#version`, a path or a URL, as the user writes it. */
  readonly package?: string | undefined;
  /** Canonical URL of the profile. */
  readonly profile?: string | undefined;
  /** ElementDefinition.id. */
  readonly element?: string | undefined;
}

/** A problem that does not stop the run but that the user should know about; it has the same form as an error. */
export interface Warning {
  readonly message: string;
  readonly where: Where;
  /** The unresolved canonical, if the warning is about one: there may be so many that they are reported together. */
  readonly unresolved?: string | undefined;
  /** The packages of a definition that is needed in several versions: such warnings are reported together as well. */
  readonly versions?: VersionChoice | undefined;
  /**
   * The key of the configuration that can repair it, unless that is a patch of the profile that the warning is about.
   */
  readonly repair?: Repair;
  /** It may affect the whole output, so it is shown even when the user asks for errors only. */
  readonly isLoud?: true;
}

/** Packages that have the same definition, `name#version`. */
export interface VersionChoice {
  readonly used: string;
  readonly others: readonly string[];
}

/** The key of the configuration, or the flag, by which a user can repair a fault of a package. */
export type Repair = 'patches' | 'terminology' | 'with';

const REPAIRS: Readonly<Record<Repair, string>> = {
  patches: 'patches or leaveOut',
  terminology: 'terminology',
  with: '--with',
};

/**
 * A warning with the key that can repair it. A patch can repair what a message about a profile reports.
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
