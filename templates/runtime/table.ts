import type { BundleRules } from './bundle-rules.js';
import type { Run } from './run.js';

/**
 * The rules of profiles as data. One interpreter reads them: a fraction of the size of code per profile, and a bundled
 * program contains only the tables of the profiles that it uses.
 */

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/**
 * The elements of a FHIR type: element name → element. A choice keeps its `[x]`: `'value[x]'`. `id`, `extension`,
 * `modifierExtension` and the members of DomainResource are written like any other element.
 */
export type TypeTable = Readonly<Record<string, BaseElement>>;

/**
 * One element of a FHIR type, in the notation of the specification: `'1..1 code'`, `'0..* Reference(Patient|Group)'`,
 * `'0..1 Quantity|string'` (a choice), `'0..* #Questionnaire.item'` (contentReference). A max other than 1 means an
 * array in JSON. `'0..1 code(male|female)'` lists the codes of a required binding. With codes (a required binding) or
 * children (a BackboneElement, or an Element with children) it is an object.
 */
export type BaseElement =
  | string
  | {
      readonly is: string;
      readonly codes?: CodeSet;
      readonly children?: TypeTable;
      readonly invariants?: readonly InvariantRule[];
    };

/** A value set. */
export interface CodeSet {
  /** Canonical of the value set; empty where the table of a FHIR type lists the codes inline. */
  readonly url: string;
  /**
   * A system and its codes, `true` for any code; a third member where its codes are case-insensitive (FHIR R4,
   * CodeSystem.caseSensitive). Tuples, because a system may be any string.
   */
  readonly systems: readonly (readonly [system: string, codes: readonly string[] | true, anyCase?: 'anyCase'])[];
  /** The value set could not be expanded completely: a code that is not listed may still belong to it. */
  readonly open?: true;
}

/** A profile: what it adds to the FHIR type that it constrains. */
export interface ProfileTable {
  /** Canonical. */
  readonly url: string;
  /** FHIR type: `ImagingStudy`, `Identifier`, `Extension`. */
  readonly type: string;
  /** The elements of that type; omitted for datatypes, which the interpreter knows by name. */
  readonly base?: TypeTable;
  /** Canonicals of the profiles that this one derives from, nearest first. */
  readonly ancestors?: readonly string[];
  /** For an extension: where it is allowed; if absent, anywhere. */
  readonly contexts?: ExtensionContexts;
  /** For an extension: it is a `modifierExtension`. */
  readonly modifier?: true;
  readonly rule: ElementRule;
  /** For a Bundle: the rules that hold for Bundles only. */
  readonly bundle?: MakeBundleRules;
}

/** FHIR R4, Defining Extensions, "Context": one of the contexts, and all of the invariants. */
export interface ExtensionContexts {
  /** Types and paths of elements: `Patient`, `Patient.contact`, `HumanName`, `Element`. */
  readonly elements?: readonly string[];
  /** Canonicals of extensions. */
  readonly extensions?: readonly string[];
  /** FHIRPath of elements, from the resource. */
  readonly fhirpath?: readonly string[];
  readonly invariants?: readonly InvariantRule[];
}

/** Checks a coded value, and reports its faults. */
export type CheckCodes = (run: Run, value: unknown) => void;

/** Makes the rules of a Bundle. Part of the table, so that programs without Bundles do not contain its code. */
export type MakeBundleRules = (bundle: Readonly<Record<string, unknown>>) => BundleRules;

/** The rules of a profile for one element, beyond its FHIR type. An absent member is no rule. */
export interface ElementRule extends Omit<TypeRule, 'code'> {
  /** Cardinality, where it differs from the FHIR type's; for a slice, that of the slice. Without `max`: no limit. */
  readonly min?: number;
  readonly max?: number;
  /** The only remaining type, with its `profiles`, `base` and `targets` in this object. */
  readonly type?: string;
  /** The remaining types, with their profiles and targets, where there are several. */
  readonly types?: readonly TypeRule[];
  readonly fixed?: Json;
  readonly pattern?: Json;
  /** Required binding. */
  readonly codes?: CodeSet;
  /** maxValueSet of an extensible or preferred binding, which is checked like a required binding. */
  readonly maxCodes?: CodeSet;
  /**
   * Bindings that apply in some usage contexts, as a function, so that programs without them do not contain its code.
   */
  readonly codesWhere?: CheckCodes;
  /** Extensible binding: a code outside it gives a remark. */
  readonly suggested?: CodeSet;
  readonly maxLength?: number;
  /** For a primitive: extensions that may replace its value; an empty list allows none. */
  readonly valued?: readonly string[];
  readonly minValue?: Json;
  readonly maxValue?: Json;
  /** By element name, `[x]` included. For a primitive: `id` and `extension` of its `_name` twin. */
  readonly children?: Readonly<Record<string, ElementRule>>;
  readonly slicing?: SlicingRule;
  readonly invariants?: readonly InvariantRule[];
}

/** One allowed type. */
export interface TypeRule {
  /** FHIR type code. */
  readonly code: string;
  /** The value conforms to at least one of them. Functions, because profiles may refer to each other. */
  readonly profiles?: readonly (() => ProfileTable)[];
  /** The elements of a resource that needs no profile. */
  readonly base?: TypeTable;
  /** As in {@link ProfileTable}. */
  readonly bundle?: MakeBundleRules;
  /** Allowed targets of a Reference or canonical: `Patient`, or `Patient|<canonical>` for a profile of it. */
  readonly targets?: readonly string[];
}

/** FHIR R4, Profiling FHIR, "Slicing". */
export interface SlicingRule {
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly ordered?: true;
  readonly slices: readonly SliceRule[];
}

/** One slice. */
export interface SliceRule {
  /** FHIR slice name; `@default` has the items of no other slice. */
  readonly name: string;
  /** The discriminators as tests: an item belongs to the slice when all hold. Omitted where `url` is present. */
  readonly when?: readonly SliceTest[];
  /** For extensions, which `url` alone identifies (FHIR R4, Extensibility): the only test. */
  readonly url?: string;
  /** Cardinality of the slice, and the rules for each of its items. Reslices are in `rule.slicing`. */
  readonly rule: ElementRule;
}

/**
 * One discriminator, resolved. `at` is its path in the notation of FHIR: `$this`, `type.coding`,
 * `value.ofType(Quantity)`, `extension('url')`, `resolve()`.
 */
export type SliceTest =
  /** value, pattern: some value at the path satisfies `fixed`, `pattern` and `codes` of the rule and its children. */
  | { readonly at: string; readonly is: ElementRule }
  /** The same, for one of several rules. */
  | { readonly at: string; readonly any: readonly ElementRule[] }
  | { readonly at: string; readonly exists: boolean }
  /** type: some value at the path has one of these FHIR types. */
  | { readonly at: string; readonly types: readonly string[] }
  /** profile: some value at the path conforms to one of these. */
  | { readonly at: string; readonly profiles: readonly (() => ProfileTable)[] }
  /** position: its index is at least `from` and less than `to`. */
  | { readonly at: string; readonly from: number; readonly to: number }
  /** The guide defines no usable discriminator: whether an item belongs to the slice cannot be decided. */
  | { readonly at: string; readonly undecidable: true };

/** ElementDefinition.constraint. */
export interface InvariantRule {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  /** The requirement, in the words of the guide. */
  readonly human?: string;
  /** FHIRPath. Omitted, with `human`, where `check` replaces it and `invariant-texts.ts` has both. */
  readonly expression?: string;
  /** The datatype that defines it, if not the element. */
  readonly datatype?: string;
  /** The expression as data, where it can be checked without a FHIRPath engine. */
  readonly check?: InvariantCheck;
}

/** The texts of an invariant in messages. */
export type InvariantTexts = readonly [human: string, expression: string];

/**
 * The path of an element that must exist, empty for the element itself; or an operator with its operands: `['is', path,
 * …texts]`, `['<', path, path or number]`, `['or', check, check]`. Instead of a path, values may be reached through
 * those that satisfy a check: `['where', path, check, path below them]`.
 */
export type InvariantCheck =
  string | readonly [operator: string, a: InvariantCheck, b?: InvariantCheck | number, ...more: string[]];
