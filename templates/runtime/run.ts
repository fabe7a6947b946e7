import type { JsonObject } from './json.js';
import type { RuleName } from './messages.js';
import type { ProfileTable } from './table.js';

/** Deepest nesting that is looked into: far beyond any real resource, and safe for the stack of any engine. */
export const DEPTH_LIMIT = 200;
/** Most values that are looked at: stops what shares or fakes its parts so that it never ends. */
export const VALUE_LIMIT = 10_000_000;
/** Most issues that are reported. */
export const ISSUE_LIMIT = 1000;

/**
 * Evaluates FHIRPath.
 *
 * @param value what the constraint is about
 * @param expression FHIRPath
 * @param context `%resource` and `%rootResource`, and the path of `value` in FHIR's terms (`Observation.component`),
 * from which an engine knows the type
 * @returns true, or a collection: `[true]`
 */
export type FhirPathEngine = (
  value: unknown,
  expression: string,
  context: { readonly resource: unknown; readonly rootResource: unknown; readonly path: string },
) => unknown;

/** What validators take besides the value. */
export interface ValidateOptions {
  /** Language of `diagnostics`; English when absent. */
  readonly language?: 'en' | 'fr';
  /** Evaluates the constraints of the profile; they are left alone when absent. */
  readonly fhirpath?: FhirPathEngine;
  /**
   * Profiles by canonical, for what is not told by the profile itself: contained resources, entries of Bundles and
   * targets of references, by their own `meta.profile`.
   */
  readonly profiles?: ReadonlyMap<string, ProfileTable>;
}

/** A broken rule, before it is put in words. */
export interface Broken {
  readonly rule: RuleName;
  readonly expression: string;
  readonly details: readonly unknown[];
}

/** Thrown to give up: at the first error where only yes or no is wanted, or at a limit. */
export const STOP: unique symbol = Symbol('stop');

/** Names that FHIRPath would take for something else (FHIRPath, "Keywords"). */
const KEYWORD = /^(?:and|div|false|implies|mod|or|true|xor)$/;

/** The resources around the value at hand. */
export interface Scope {
  /** FHIR type of the nearest resource (or of the datatype that is validated), and how far down the path it stands. */
  readonly type: string;
  readonly at: number;
  /** The nearest resource. */
  readonly resource: JsonObject | undefined;
  /** The resource that `#id` is looked up in. */
  readonly container: JsonObject | undefined;
  /** The Bundle that references are looked up in. */
  readonly bundle: JsonObject | undefined;
}

/** One validation: where it is, what it found, how much it may still do. */
export class Run {
  /** From the root to where it is: names and indexes. */
  readonly path: (string | number)[] = [];
  depth = 0;
  scope: Scope = { type: '', at: 0, resource: undefined, container: undefined, bundle: undefined };
  /** Modifier extensions that the profile knows. */
  readonly known = new Set<unknown>();
  /** Resources by what refers to them, per list that they stand in. */
  readonly indexes = new Map<unknown, ReadonlyMap<string, JsonObject | undefined>>();
  #left = VALUE_LIMIT;
  /** Whether values conform to profiles, as far as it was asked. */
  readonly #verdicts = new Map<unknown, Map<ProfileTable, boolean>>();

  /**
   * @param check validates a resource or datatype against a profile, structure and all
   * @param options of the validator
   * @param broken where broken rules go; without it the first error stops the run
   */
  constructor(
    readonly check: (run: Run, table: ProfileTable, value: unknown, contained: boolean) => void,
    readonly options: ValidateOptions,
    public broken: Broken[] | undefined,
  ) {}

  /** Reports an error. */
  fail(rule: RuleName, ...details: readonly unknown[]): void {
    if (!this.broken) throw STOP;
    this.broken.push({ rule, expression: this.expression(), details });
    if (this.broken.length >= ISSUE_LIMIT) throw STOP;
  }

  /** Reports an error of a member of the value at hand. */
  failAt(name: string, rule: RuleName, ...details: readonly unknown[]): void {
    this.path.push(name);
    this.fail(rule, ...details);
    this.path.pop();
  }

  /** Reports what is not an error. */
  remark(rule: RuleName, ...details: readonly unknown[]): void {
    if (this.broken) this.fail(rule, ...details);
  }

  /** Counts values that are about to be looked at. */
  spend(count: number): void {
    this.#left -= count;
    if (this.#left < 0) {
      this.fail('costly', VALUE_LIMIT);
      throw STOP;
    }
  }

  /** Goes down one level; the caller comes back with `depth--`. */
  enter(): void {
    this.spend(1);
    if (++this.depth <= DEPTH_LIMIT) return;
    this.fail('deep', DEPTH_LIMIT);
    throw STOP;
  }

  /**
   * What `check` would report.
   *
   * @param broken where to; without it the first error ends the check
   * @returns whether it came to its end
   */
  try(check: () => void, broken?: Broken[]): boolean {
    const { broken: outer, depth, scope } = this;
    const { length } = this.path;
    this.broken = broken;
    try {
      check();
      return true;
    } catch (error) {
      if (error !== STOP || this.#left < 0) throw error;
      return false;
    } finally {
      this.broken = outer;
      this.depth = depth;
      this.scope = scope;
      this.path.length = length;
    }
  }

  /** Whether a value conforms to a profile, by a check that is done once. */
  verdict(value: unknown, table: ProfileTable, check: () => void): boolean {
    let verdicts = this.#verdicts.get(value);
    if (!verdicts) this.#verdicts.set(value, (verdicts = new Map<ProfileTable, boolean>()));
    let verdict = verdicts.get(table);
    if (verdict === undefined) {
      // What refers to itself in a circle conforms unless something else speaks against it.
      verdicts.set(table, true);
      verdict = this.try(check);
      verdicts.set(table, verdict);
    }
    return verdict;
  }

  /** Where it is, as FHIRPath. */
  expression(): string {
    let text = '';
    for (const step of this.path) {
      if (typeof step === 'number') text += `[${step}]`;
      else text += (text && '.') + delimited(step.slice(0, NAME_LIMIT));
    }
    return text;
  }
}

/** Longest name of an unknown member that is shown. */
const NAME_LIMIT = 80;

/** FHIRPath, "Identifiers": between backticks, escaped as in JSON, unless it is a plain name. */
function delimited(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name) && !KEYWORD.test(name)) return name;
  return `\`${JSON.stringify(name).slice(1, -1).replace(/`/g, '\\`')}\``;
}
