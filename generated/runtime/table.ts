import type { BundleRules } from './bundle-rules.js';
import type { Run } from './run.js';

/**
 * The facts of profiles as data. One interpreter reads them: that is a fraction of the size of straight-line code
 * per profile, and a bundle holds only the tables of the profiles that it uses.
 */

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/**
 * The elements of a FHIR type: element name → element. A choice keeps its `[x]`: `'value[x]'`.
 * `id`, `extension`, `modifierExtension` and the members of DomainResource are written like any other.
 */
export type TypeTable = Readonly<Record<string, BaseElement>>;

/**
 * One element of a FHIR type, in the notation of the specification: `'1..1 code'`, `'0..* Reference(Patient|Group)'`,
 * `'0..1 Quantity|string'` (a choice), `'0..* #Questionnaire.item'` (contentReference). A max other than 1 is an
 * array in JSON. `'0..1 code(male|female)'` lists the codes of a required binding. With codes (a required binding) or children (a BackboneElement or Element of its own) it is an object.
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
  /** Canonical of the value set; empty where the table of a FHIR type lists the codes in place. */
  readonly url: string;
  /**
   * System and its codes; `true` is any code of the system; codes of any case where its codes compare without case
   * (FHIR R4, CodeSystem.caseSensitive). Tuples, as a system may be any string.
   */
  readonly systems: readonly (readonly [system: string, codes: readonly string[] | true, anyCase?: 'anyCase'])[];
  /** The value set could not be expanded completely: a code that is not here may still belong to it. */
  readonly open?: true;
}

/** A profile: what it adds to the FHIR type that it constrains. */
export interface ProfileTable {
  /** Canonical. */
  readonly url: string;
  /** FHIR type: `ImagingStudy`, `Identifier`, `Extension`. */
  readonly type: string;
  /** The elements of that type; left out for datatypes, which the interpreter knows by name. */
  readonly base?: TypeTable;
  /** Canonicals of the profiles that this one derives from, nearest first. */
  readonly ancestors?: readonly string[];
  /** Of an extension: where it may stand; absent: anywhere. */
  readonly contexts?: ExtensionContexts;
  /** Of an extension: it changes the meaning of what it stands in, and is a `modifierExtension`. */
  readonly modifier?: true;
  readonly rule: ElementRule;
  /** Of a Bundle: what holds of Bundles only. */
  readonly bundle?: MakeBundleRules;
}

/** FHIR R4, Defining Extensions, "Context": one of the places, and all of the invariants. */
export interface ExtensionContexts {
  /** Types and paths of elements: `Patient`, `Patient.contact`, `HumanName`, `Element`. */
  readonly elements?: readonly string[];
  /** Canonicals of extensions. */
  readonly extensions?: readonly string[];
  /** FHIRPath of elements, from the resource. */
  readonly fhirpath?: readonly string[];
  readonly invariants?: readonly InvariantRule[];
}

/** Checks a coded value, and reports what is wrong with it. */
export type CheckCodes = (run: Run, value: unknown) => void;

/** Gives the rules of a Bundle; a part of the table, so that programs without Bundles do without its code. */
export type MakeBundleRules = (bundle: Readonly<Record<string, unknown>>) => BundleRules;

/** What a profile says of one element beyond its FHIR type. Absent members say nothing. */
export interface ElementRule extends Omit<TypeRule, 'code'> {
  /** Cardinality, where it differs from the FHIR type's; for a slice, that of the slice. `max` absent: no limit. */
  readonly min?: number;
  readonly max?: number;
  /** The only type that is left; its `profiles`, `base` and `targets` stand beside it. */
  readonly type?: string;
  /** The types that are left, with their profiles and targets, where there are several. */
  readonly types?: readonly TypeRule[];
  readonly fixed?: Json;
  readonly pattern?: Json;
  /** Required binding. */
  readonly codes?: CodeSet;
  /** Limit of an extensible or preferred binding, which is as good as a required one (maxValueSet). */
  readonly maxCodes?: CodeSet;
  /** Bindings that hold in some uses: gives the check, so that programs without such bindings do without its code. */
  readonly codesWhere?: CheckCodes;
  /** Extensible binding: a code outside it is worth a remark, no more. */
  readonly suggested?: CodeSet;
  readonly maxLength?: number;
  /** Of a primitive: extensions that may stand for its value; none in the list: nothing does. */
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
  /** The value conforms to at least one of them. Functions, as profiles may refer to each other in a circle. */
  readonly profiles?: readonly (() => ProfileTable)[];
  /** The elements of a resource of which no profile is asked. */
  readonly base?: TypeTable;
  /** As in {@link ProfileTable}. */
  readonly bundle?: MakeBundleRules;
  /** What a Reference or canonical may point to: `Patient`, or `Patient|<canonical>` for a profile of it. */
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
  /** FHIR slice name; `@default` takes what no other slice takes. */
  readonly name: string;
  /** The discriminators as tests: an item belongs to the slice when all hold. Left out where `url` is there. */
  readonly when?: readonly SliceTest[];
  /** Of extensions, which `url` alone identifies (FHIR R4, Extensibility): the only test. */
  readonly url?: string;
  /** Cardinality of the slice, and what holds for each of its items. Re-slices stand in `rule.slicing`. */
  readonly rule: ElementRule;
}

/**
 * One discriminator, resolved. `at` is its path in the notation of FHIR: `$this`, `type.coding`,
 * `value.ofType(Quantity)`, `extension('url')`, `resolve()`.
 */
export type SliceTest =
  /** value, pattern: some value there satisfies the fixed, pattern, codes (and these in children) of the rule. */
  | { readonly at: string; readonly is: ElementRule }
  /** The same, of one of several rules. */
  | { readonly at: string; readonly any: readonly ElementRule[] }
  | { readonly at: string; readonly exists: boolean }
  /** type: some value there has one of these FHIR types. */
  | { readonly at: string; readonly types: readonly string[] }
  /** profile: some value there conforms to one of these. */
  | { readonly at: string; readonly profiles: readonly (() => ProfileTable)[] }
  /** position: its index is at least `from` and less than `to`. */
  | { readonly at: string; readonly from: number; readonly to: number }
  /** The guide gives nothing to tell by: whether an item belongs to the slice cannot be decided. */
  | { readonly at: string; readonly undecidable: true };

/** ElementDefinition.constraint. */
export interface InvariantRule {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  /** What it demands, in the words of the guide. */
  readonly human?: string;
  /** FHIRPath. Left out, with `human`, where `check` stands for it and `invariant-texts.ts` has both. */
  readonly expression?: string;
  /** The datatype that it is of, when not the element itself. */
  readonly datatype?: string;
  /** What the expression comes down to, where that can be checked without a FHIRPath engine. */
  readonly check?: InvariantCheck;
}

/** What messages say of an invariant. */
export type InvariantTexts = readonly [human: string, expression: string];

/**
 * An element that exists, by its path, which is empty for the element itself; or an operator with what it is about:
 * `['is', path, …texts]`, `['<', path, path or number]`, `['or', check, check]`. Instead of a path there may be what leads to
 * values by way of those that satisfy a check: `['where', path, check, path below them]`.
 */
export type InvariantCheck =
  string | readonly [operator: string, a: InvariantCheck, b?: InvariantCheck | number, ...more: string[]];
