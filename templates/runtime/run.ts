import type { BundleRules } from './bundle-rules.js';
import type { Coded } from './coded-value.js';
import { type JsonObject, VALUE_LIMIT } from './json.js';
import type { Detail, Language } from './language.js';
import type { MessageName } from './messages.js';
import type { Node } from './node.js';
import { tablesWithin } from './reach.js';
import type { Shape } from './shape.js';
import type { CodeSet, MakeBundleRules, ProfileTable } from './table.js';

/** Deepest nesting that is checked: far beyond any real resource, and safe for the stack of any engine. */
export const DEPTH_LIMIT = 200;
/** How many issues are reported at most. */
export const ISSUE_LIMIT = 1000;

/**
 * Evaluates FHIRPath.
 *
 * @param value the focus of the constraint
 * @param expression FHIRPath
 * @param context `%resource`, `%rootResource` and `%extension`, and the path of `value` that gives an engine its type:
 * the type (`dateTime`), or for a part of a type its path there (`Observation.component`, `Dosage.doseAndRate`)
 * @returns true, or a collection: `[true]`
 */
export type FhirPathEngine = (
  value: unknown,
  expression: string,
  context: {
    readonly resource: unknown;
    readonly rootResource: unknown;
    readonly path: string;
    readonly extension?: unknown;
  },
) => unknown;

/** Options of the validators. */
export interface ValidateOptions {
  /**
   * Language of `diagnostics`; English by default. A bundled program contains only English: import `french` and pass it
   * there.
   */
  readonly language?: 'en' | 'fr' | Language;
  /**
   * Also reject what FHIR allows but the types do not express: a required primitive that is absent for a stated reason
   * (data-absent-reason), `null` in an array of primitives or of their twins, and a code in another case than its
   * system writes it. With it, a guard guarantees every part of the type.
   */
  readonly complete?: boolean;
  /** Evaluates the invariants of the profile; without it, those that need FHIRPath are not checked. */
  readonly fhirpath?: FhirPathEngine;
  /**
   * Add a remark, at the root, for what is not checked: invariants of severity error, which need an engine, and
   * profiles that nested resources claim, which have to be given in `profiles`.
   */
  readonly report?: 'unevaluated';
  /**
   * Profiles by canonical, in addition to those that the profile names: contained resources, entries of Bundles and
   * targets of references are checked against the ones that they claim in `meta.profile`.
   */
  readonly profiles?: ReadonlyMap<string, ProfileTable>;
  /** Add a remark where it cannot be decided which items belong to a slice; by default nothing is reported. */
  readonly undecided?: boolean;
}

/** A broken rule, before its message is written. */
export interface Broken {
  readonly rule: MessageName;
  /** From the root type: names and indexes. */
  readonly path: readonly (string | number)[];
  readonly details: readonly (Detail | Coded)[];
  /** For an item that fits no slice: the names of the slices tried. The rule is that of the nearest slice. */
  readonly tried?: string;
  /** The target of a reference, when the broken rule may follow from a fault in that target. */
  readonly about?: unknown;
}

/** The subject of a broken rule: text ready to be shown, or a value, which validators describe. */
export type Fact = Detail | { readonly value: unknown; readonly codes?: CodeSet } | { readonly bound: unknown };

/** The report of a validator, which guards do not need. */
export interface Report {
  /** Collects the broken rules. */
  readonly broken: Broken[];
  /** The text of a fact in a message. */
  readonly detail: (fact: Fact) => Detail | Coded;
  /** The rule that an invalid value of a primitive type breaks. */
  readonly primitive: (type: string, value: unknown) => readonly [rule: MessageName, ...facts: Fact[]];
}

/** The resources around the value. */
export interface Scope {
  /** FHIR type of the nearest resource (or of the validated datatype), and its depth in the path. */
  readonly type: string;
  readonly at: number;
  /** That resource or datatype, and the elements of its type where known. */
  readonly value: unknown;
  readonly shape: Shape | undefined;
  /** The nearest resource. */
  readonly resource: JsonObject | undefined;
  /** The resource in which `#id` is looked up. */
  readonly container: JsonObject | undefined;
  /** The Bundle in which references are looked up. */
  readonly bundle: BundleRules | undefined;
}

/** Resources by the texts that refer to them: built once, so that many references stay cheap. */
export type Index = ReadonlyMap<unknown, JsonObject | undefined>;

/** Thrown to the caller, whose FHIRPath engine cannot be used. */
export class EngineError extends TypeError {}

/** Thrown to stop: at the first error if only true or false is needed, or at a limit. */
export const STOP: unique symbol = /* @__PURE__ */ Symbol();

/** Checks an item against a profile: a resource as a whole, a datatype only for what the profile adds to it. */
type Check = (run: Run, table: ProfileTable, node: Node, isContained: boolean) => void;

/** One validation: its place, its findings, its remaining budget. */
export class Run {
  readonly check: Check;
  readonly table: ProfileTable;
  readonly options: ValidateOptions;
  /** Without it the first error stops the run. */
  readonly report: Report | undefined;
  /** The current destination of broken rules. */
  broken: Broken[] | undefined;
  /** From the root to the current place: names and indexes. */
  readonly path: (string | number)[] = [];
  depth = 0;
  scope: Scope | undefined;
  /** Keys of the invariants of severity error that nothing evaluated. */
  readonly unevaluated = new Set<string>();
  /** Canonicals of profiles that nested resources claim and that are not loaded. */
  readonly unloaded = new Set<string>();
  /** Modifier extensions that the profile knows. */
  readonly known = new Set<unknown>();
  /** Items that may or may not belong to a slice. */
  readonly doubtful = new Set<unknown>();
  /** Contained resources by the texts that refer to them, per list. */
  readonly indexes = new Map<unknown, Index>();
  /** The rules of Bundles, by Bundle. */
  readonly bundles = new Map<unknown, BundleRules>();
  /** Whether values conform to profiles, for the pairs checked so far. */
  readonly verdicts = new Map<unknown, Map<ProfileTable, boolean>>();
  /** Nested resources whose elements a table named, so that each reference was followed. */
  readonly walked = new Set<unknown>();
  readonly #done = new Map<unknown, Map<ProfileTable, unknown>>();
  #left = VALUE_LIMIT;
  #asked: string | undefined;
  #profile: ProfileTable | undefined;

  /**
   * @param check checks an item against a profile
   * @param table of the profile for the whole value
   * @param options of the validator
   * @param report of validators; without it the first error stops the run
   */
  constructor(check: Check, table: ProfileTable, options: ValidateOptions, report: Report | undefined) {
    this.check = check;
    this.table = table;
    this.options = options;
    const { profiles } = options;
    // Otherwise the error would be reported for the value.
    if (profiles && typeof profiles.get !== 'function') throw new TypeError('options.profiles is not a Map');
    this.report = report;
    this.broken = report?.broken;
  }

  /** Reports an error. */
  fail(rule: MessageName, ...facts: readonly Fact[]): void {
    const { report, broken } = this;
    if (!report || !broken) throw STOP;
    broken.push({ rule, path: [...this.path], details: facts.map(report.detail) });
    if (broken.length >= ISSUE_LIMIT) throw STOP;
  }

  /** Reports an error that may follow from a fault in a resource. */
  failFor(about: unknown, rule: MessageName, ...facts: readonly Fact[]): void {
    this.fail(rule, ...facts);
    const own = this.broken?.pop();
    if (own) this.broken?.push({ ...own, about });
  }

  /** Reports a remark; however many there are, they leave room for an error and do not end the check. */
  remark(rule: MessageName, ...facts: readonly Fact[]): void {
    if (this.broken && this.broken.length < ISSUE_LIMIT - 1) this.fail(rule, ...facts);
  }

  /** Reports an error one step down the path; `undefined` for no step. */
  failAt(step: string | number | undefined, rule: MessageName, ...facts: readonly Fact[]): void {
    if (step !== undefined) this.path.push(step);
    this.fail(rule, ...facts);
    if (step !== undefined) this.path.pop();
  }

  /** Reports an invalid value of a primitive type: it has another JSON type, or another format. */
  failPrimitive(type: string, value: unknown): void {
    this.fail(...(this.report?.primitive(type, value) ?? (['format'] as const)));
  }

  /** Counts the values about to be visited, and the level about to be entered. */
  spend(count: number): void {
    this.#left -= count;
    if (this.#left >= 0 && this.depth <= DEPTH_LIMIT) return;
    if (this.#left < 0) this.fail('costly', VALUE_LIMIT);
    else this.fail('deep', DEPTH_LIMIT);
    throw STOP;
  }

  /**
   * Runs `check` with another destination for its reports.
   *
   * @param broken the destination; without it the first error ends the check
   * @returns whether the check finished
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

  /** Whether a value conforms to a profile; each pair is checked once. */
  verdict(value: unknown, table: ProfileTable, check: () => void): boolean {
    const verdicts = this.verdicts.get(value) ?? new Map<ProfileTable, boolean>();
    this.verdicts.set(value, verdicts);
    // A cycle of references conforms unless something else is wrong with it.
    if (!verdicts.has(table)) verdicts.set(table, true).set(table, this.try(check));
    return verdicts.get(table) === true;
  }

  /** The rules of a Bundle, made once. */
  bundle(bundle: JsonObject, make: MakeBundleRules): BundleRules {
    const rules = this.bundles.get(bundle) ?? make(bundle);
    this.bundles.set(bundle, rules);
    return rules;
  }

  /** A known profile: given in the options, or loaded with the profile of the whole value. */
  profile(canonical: string): ProfileTable | undefined {
    // The items of an array look up the same profile.
    if (canonical !== this.#asked) {
      this.#asked = canonical;
      this.#profile = this.options.profiles?.get(canonical) ?? tablesWithin(this.table).get(canonical);
    }
    return this.#profile;
  }

  /**
   * Whether the same check ran before with the same destination: an entry of a Bundle is checked for a slice and for
   * its own claim.
   *
   * @param isNow the check runs now
   */
  done(value: unknown, table: ProfileTable, isNow = false): boolean {
    const tables = this.#done.get(value) ?? new Map<ProfileTable, unknown>();
    if (isNow) this.#done.set(value, tables.set(table, this.broken));
    return tables.has(table) && tables.get(table) === this.broken;
  }

  /** How many values there are; without `complete`, a reason for a missing value counts as a value. */
  count(nodes: readonly { readonly value: unknown }[]): number {
    return this.options.complete ? nodes.filter(({ value }) => value !== undefined).length : nodes.length;
  }
}
