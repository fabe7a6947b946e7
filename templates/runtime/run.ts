import type { BundleRules } from './bundle-rules.js';
import type { Coded } from './coded-value.js';
import { type JsonObject, VALUE_LIMIT } from './json.js';
import type { Detail, Language } from './language.js';
import type { MessageName } from './messages.js';
import type { Node } from './node.js';
import { tablesWithin } from './reach.js';
import type { Shape } from './shape.js';
import type { CodeSet, MakeBundleRules, ProfileTable } from './table.js';

/** Deepest nesting that is looked into: far beyond any real resource, and safe for the stack of any engine. */
export const DEPTH_LIMIT = 200;
/** Most issues that are reported. */
export const ISSUE_LIMIT = 1000;

/**
 * Evaluates FHIRPath.
 *
 * @param value what the constraint is about
 * @param expression FHIRPath
 * @param context `%resource`, `%rootResource` and `%extension`, and the path of `value` by which an engine knows its type: the type
 * (`dateTime`), or for a part of a type its path there (`Observation.component`, `Dosage.doseAndRate`)
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

/** What validators take besides the value. */
export interface ValidateOptions {
  /**
   * Language of `diagnostics`; English when absent. A bundle has English alone: there French is imported and given as
   * `french`.
   */
  readonly language?: 'en' | 'fr' | Language;
  /**
   * Refuse as well what FHIR allows and no type shows: a required primitive that is absent for a stated reason
   * (data-absent-reason), `null` in an array of primitives or of their twins, and a code in another case than its
   * system writes it. With it a guard vouches for every word of the type.
   */
  readonly complete?: boolean;
  /** Evaluates the constraints of the profile; they are left alone when absent. */
  readonly fhirpath?: FhirPathEngine;
  /**
   * Remark, at the root, what is left alone: invariants of severity error, which need an engine, and profiles that
   * resources within others claim, which have to be given.
   */
  readonly report?: 'unevaluated';
  /**
   * Profiles by canonical, beside those that the profile names: contained resources, entries of Bundles and
   * targets of references are checked against those of them that they claim in `meta.profile`.
   */
  readonly profiles?: ReadonlyMap<string, ProfileTable>;
  /** Remark where it cannot be decided which items belong to a slice; otherwise nothing is said of it. */
  readonly undecided?: boolean;
}

/** A broken rule, before it is put in words. */
export interface Broken {
  readonly rule: MessageName;
  /** From the root type: names and indexes. */
  readonly path: readonly (string | number)[];
  readonly details: readonly (Detail | Coded)[];
  /** Names of the slices that an item was tried for which fits none; it broke this rule of the nearest. */
  readonly tried?: string;
  /** The resource that a reference leads to, when this may follow from what is wrong with it. */
  readonly about?: unknown;
}

/** What a broken rule is about: text that is fit to be shown, or a value, which validators put in words. */
export type Fact = Detail | { readonly value: unknown; readonly codes?: CodeSet } | { readonly bound: unknown };

/** What validators have besides guards. */
export interface Report {
  /** Where broken rules go. */
  readonly broken: Broken[];
  /** What a message says of a fact. */
  readonly detail: (fact: Fact) => Detail | Coded;
  /** The rule that a value breaks which is none of a primitive type. */
  readonly primitive: (type: string, value: unknown) => readonly [rule: MessageName, ...facts: Fact[]];
}

/** The resources around the value. */
export interface Scope {
  /** FHIR type of the nearest resource (or of the datatype that is validated), and how far down the path it stands. */
  readonly type: string;
  readonly at: number;
  /** That resource or datatype, and the elements of its type where they are known. */
  readonly value: unknown;
  readonly shape: Shape | undefined;
  /** The nearest resource. */
  readonly resource: JsonObject | undefined;
  /** The resource that `#id` is looked up in. */
  readonly container: JsonObject | undefined;
  /** The Bundle that references are looked up in. */
  readonly bundle: BundleRules | undefined;
}

/** Resources by what they are referred to with: made once, so that many references stay cheap. */
export type Index = ReadonlyMap<unknown, JsonObject | undefined>;

/** Thrown at the caller, whose FHIRPath engine cannot be used. */
export class EngineError extends TypeError {}

/** Thrown to give up: at the first error where only yes or no is wanted, or at a limit. */
export const STOP: unique symbol = /* @__PURE__ */ Symbol();

/** Checks an item against a profile: a resource as a whole, of a datatype what the profile adds to it. */
type Check = (run: Run, table: ProfileTable, node: Node, isContained: boolean) => void;

/** One validation: where it is, what it found, how much it may still do. */
export class Run {
  readonly check: Check;
  readonly table: ProfileTable;
  readonly options: ValidateOptions;
  /** Without it the first error stops the run. */
  readonly report: Report | undefined;
  /** Where broken rules go at present. */
  broken: Broken[] | undefined;
  /** From the root to where it is: names and indexes. */
  readonly path: (string | number)[] = [];
  depth = 0;
  scope: Scope | undefined;
  /** Keys of the invariants of severity error that nothing evaluated. */
  readonly unevaluated = new Set<string>();
  /** Canonicals of profiles that resources within others claim, and that are not loaded. */
  readonly unloaded = new Set<string>();
  /** Modifier extensions that the profile knows. */
  readonly known = new Set<unknown>();
  /** Items of which it is undecided whether they belong to a slice. */
  readonly doubtful = new Set<unknown>();
  /** Contained resources by what refers to them, per list that they stand in. */
  readonly indexes = new Map<unknown, Index>();
  /** The rules of Bundles, by Bundle. */
  readonly bundles = new Map<unknown, BundleRules>();
  /** Whether values conform to profiles, as far as it was asked. */
  readonly verdicts = new Map<unknown, Map<ProfileTable, boolean>>();
  /** Resources within others of which a table named all elements, so that each reference was followed. */
  readonly walked = new Set<unknown>();
  readonly #done = new Map<unknown, Map<ProfileTable, unknown>>();
  #left = VALUE_LIMIT;
  #asked: string | undefined;
  #profile: ProfileTable | undefined;

  /**
   * @param check checks an item against a profile
   * @param table of the profile that the whole value is validated against
   * @param options of the validator
   * @param report of validators; without it the first error stops the run
   */
  constructor(check: Check, table: ProfileTable, options: ValidateOptions, report: Report | undefined) {
    this.check = check;
    this.table = table;
    this.options = options;
    const { profiles } = options;
    // Otherwise the value would be blamed for it.
    if (profiles && typeof profiles.get !== 'function') throw new TypeError('options.profiles is no Map');
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

  /** Reports an error that may follow from what is wrong with a resource. */
  failFor(about: unknown, rule: MessageName, ...facts: readonly Fact[]): void {
    this.fail(rule, ...facts);
    const own = this.broken?.pop();
    if (own) this.broken?.push({ ...own, about });
  }

  /** Reports what is not an error; however many there are, they leave room for an error and do not end the check. */
  remark(rule: MessageName, ...facts: readonly Fact[]): void {
    if (this.broken && this.broken.length < ISSUE_LIMIT - 1) this.fail(rule, ...facts);
  }

  /** Reports an error one step down the path; `undefined` is no step. */
  failAt(step: string | number | undefined, rule: MessageName, ...facts: readonly Fact[]): void {
    if (step !== undefined) this.path.push(step);
    this.fail(rule, ...facts);
    if (step !== undefined) this.path.pop();
  }

  /** Reports a value that is none of a primitive type: it has another JSON type, or another format. */
  failPrimitive(type: string, value: unknown): void {
    this.fail(...(this.report?.primitive(type, value) ?? (['format'] as const)));
  }

  /** Counts values that are about to be looked at, and a level that is about to be entered. */
  spend(count: number): void {
    this.#left -= count;
    if (this.#left >= 0 && this.depth <= DEPTH_LIMIT) return;
    if (this.#left < 0) this.fail('costly', VALUE_LIMIT);
    else this.fail('deep', DEPTH_LIMIT);
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
    const verdicts = this.verdicts.get(value) ?? new Map<ProfileTable, boolean>();
    this.verdicts.set(value, verdicts);
    // What refers to itself in a circle conforms unless something else speaks against it.
    if (!verdicts.has(table)) verdicts.set(table, true).set(table, this.try(check));
    return verdicts.get(table) === true;
  }

  /** The rules of a Bundle, made once. */
  bundle(bundle: JsonObject, make: MakeBundleRules): BundleRules {
    const rules = this.bundles.get(bundle) ?? make(bundle);
    this.bundles.set(bundle, rules);
    return rules;
  }

  /** A known profile: given, or loaded with that of the whole value. */
  profile(canonical: string): ProfileTable | undefined {
    // Items of an array ask for the same one.
    if (canonical !== this.#asked) {
      this.#asked = canonical;
      this.#profile = this.options.profiles?.get(canonical) ?? tablesWithin(this.table).get(canonical);
    }
    return this.#profile;
  }

  /**
   * Whether the same check was done before, and what it reported is where this one would report it: an entry of a
   * Bundle is asked for by a slice and by its own claim.
   *
   * @param isNow it is done now
   */
  done(value: unknown, table: ProfileTable, isNow = false): boolean {
    const tables = this.#done.get(value) ?? new Map<ProfileTable, unknown>();
    if (isNow) this.#done.set(value, tables.set(table, this.broken));
    return tables.has(table) && tables.get(table) === this.broken;
  }

  /** How many values there are; without `complete` a reason for there being none counts as one. */
  count(nodes: readonly { readonly value: unknown }[]): number {
    return this.options.complete ? nodes.filter(({ value }) => value !== undefined).length : nodes.length;
  }
}
