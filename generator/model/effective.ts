import { FACTS, type FactRegistry } from '../facts/registry.js';
import type { FactReach } from '../facts/fact.js';
import { baseFacts, factSignature } from '../facts/values.js';
import { childrenWithProfiles, steps, type DiscriminatorContext } from './discriminator.js';
import { elementsBelow, type FhirTypes } from './fhir-type.js';
import { remembering } from './memory.js';
import { merge, mergeChildren, mergeSlicing } from './merge.js';
import type { ElementModel, FhirElement, SliceModel, SliceTestModel, TypeModel, ValueTest } from './model.js';
import { capital } from '../fhir/choice.js';
import type { Json } from '../fhir/json.js';

/** The context in which effective elements are computed. */
export interface EffectiveContext extends DiscriminatorContext {
  readonly types: FhirTypes;
}

/**
 * An element of a FHIR type without constraints of a profile.
 *
 * @param base of the FHIR type
 */
export function unconstrained(base: FhirElement): ElementModel {
  return unconstrainedBy(FACTS, base);
}

/**
 * The same, for a registry of facts.
 *
 * @param facts the registry
 * @param base of the FHIR type
 */
export function unconstrainedBy(facts: FactRegistry, base: FhirElement): ElementModel {
  return remembered(memoryOf(facts).plain, base, () => plainElement(facts, base));
}

function plainElement(facts: FactRegistry, base: FhirElement): ElementModel {
  return {
    id: base.path,
    base,
    min: base.min,
    max: base.max,
    types: base.types.map((type) => ({
      code: type.code,
      profiles: [],
      unresolvedProfiles: [],
      ...(type.targets === undefined ? {} : { targets: type.targets.map((target) => ({ type: target })) }),
    })),
    ...baseFacts(base, facts),
    children: [],
  };
}

/**
 * Whether an element is narrower than its FHIR type, as far as TypeScript types show it.
 *
 * @param element of a profile
 */
export function isConstrained(element: ElementModel): boolean {
  return isConstrainedFor('type', element, FACTS);
}

/**
 * Whether two descriptions of an element are equal, as far as TypeScript types show it.
 *
 * @param a one
 * @param b the other
 */
export function sameFacts(a: ElementModel, b: ElementModel): boolean {
  return signature(a, 'type', FACTS) === signature(b, 'type', FACTS);
}

/**
 * Whether two descriptions of an element are equal for a validator.
 *
 * @param a one
 * @param b the other
 * @param facts the registry
 */
export function sameRules(a: ElementModel, b: ElementModel, facts: FactRegistry = FACTS): boolean {
  return signature(a, 'rule', facts) === signature(b, 'rule', facts);
}

function isConstrainedFor(reach: FactReach, element: ElementModel, facts: FactRegistry): boolean {
  const plain = unconstrainedBy(facts, element.base);
  if (element === plain) return false;
  if (element.min !== plain.min || element.max !== plain.max) return true;
  return signature(element, reach, facts) !== signature(plain, reach, facts);
}

/** Results cached per element; elements never change. */
interface Memory {
  readonly plain: WeakMap<FhirElement, ElementModel>;
  readonly signatures: Readonly<Record<FactReach, WeakMap<ElementModel, number>>>;
  /** A number for each text of a signature, used in the signatures of the elements around. */
  readonly numbers: Map<string, number>;
}

const memories = new WeakMap<FactRegistry, Memory>();

function memoryOf(facts: FactRegistry): Memory {
  return remembered(memories, facts, () => ({
    plain: new WeakMap(),
    signatures: { type: new WeakMap(), rule: new WeakMap() },
    numbers: new Map(),
  }));
}

function remembered<K extends object, V>(memory: WeakMap<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}

/** A number for all constraints of an element: equal for equal constraints; texts and places do not count. */
function signature(element: ElementModel, reach: FactReach, facts: FactRegistry): number {
  const { signatures, numbers } = memoryOf(facts);
  return remembered(signatures[reach], element, () => {
    const text = signed(element, reach, facts);
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  });
}

function signed(element: ElementModel, reach: FactReach, facts: FactRegistry): string {
  const { min, max, slicing } = element;
  return JSON.stringify([
    min,
    max === Infinity ? '*' : max,
    element.types.map((type) => [
      type.code,
      type.profiles,
      type.unresolvedProfiles,
      type.targets?.map((target) => [target.type, target.canonical ?? '']),
      type.element === undefined ? '' : signature(type.element, reach, facts),
    ]),
    factSignature(element, reach, facts),
    element.children
      .filter((child) => isConstrainedFor(reach, child, facts))
      .map((child) => [child.base.path, signature(child, reach, facts)]),
    slicing?.slices.map((slice) => [slice.name, slice.tests, signature(slice.element, reach, facts)]) ?? null,
    slicing?.rules ?? null,
  ]);
}

/**
 * An element with all constraints on its value: those of the profile of its type, of a pattern and of its children. A
 * pattern becomes constraints on the members; for an array it becomes a required item. FHIR R4,
 * ElementDefinition.pattern[x].
 *
 * @param element of a profile
 * @param context all profiles and types
 */
export const withImpliedConstraints: (element: ElementModel, context: EffectiveContext) => ElementModel =
  remembering(impliedConstraints);

function impliedConstraints(element: ElementModel, context: EffectiveContext): ElementModel {
  const children = withExtensionUrl(element, childrenWithProfiles(element, context), context);
  const spelled = { ...element, children };
  return withCodes(element.pattern === undefined ? spelled : withPattern(spelled, element.pattern, context), context);
}

/** A concept of a required binding has a code of the value set (FHIR R4, Terminologies, "Binding Strengths"). */
function withCodes(element: ElementModel, { valueSets }: EffectiveContext): ElementModel {
  const { binding, children } = element;
  const isBound = binding?.strength === 'required' && valueSets.has(binding.valueSet);
  if (!isBound || onlyCode(element) !== 'CodeableConcept') return element;
  const isCoding = ({ base }: ElementModel): boolean => base.path === 'CodeableConcept.coding';
  if (!children.some(isCoding)) return element;
  return { ...element, children: children.map((child) => (isCoding(child) ? { ...child, needsCode: true } : child)) };
}

/** The url of an extension is the canonical of its profile, even where that profile is not available. */
function withExtensionUrl(
  element: ElementModel,
  children: readonly ElementModel[],
  context: EffectiveContext,
): readonly ElementModel[] {
  const [type] = element.types;
  const [url] = type?.unresolvedProfiles ?? [];
  if (type?.code !== 'Extension' || url === undefined) return children;
  const base = elementsBelow(element.base, 'Extension', context.types).find((one) => one.name === 'url');
  return base === undefined
    ? children
    : mergeChildren([{ ...unconstrained(base), fixed: url }], children, context.facts);
}

function withPattern(element: ElementModel, pattern: Json, context: EffectiveContext): ElementModel {
  if (pattern === null || typeof pattern !== 'object' || Array.isArray(pattern)) return element;
  const below = elementsBelow(element.base, onlyCode(element), context.types);
  const members = Object.entries(pattern).flatMap(([name, value]): ElementModel[] => {
    const known = below.map(unconstrained);
    const member = known.find(({ base }) => base.name === name && !base.choice) ?? chosen(known, name);
    return member === undefined ? [] : [required(member, value, context)];
  });
  return { ...element, children: mergeChildren(element.children, members, context.facts) };
}

/**
 * The choice whose type a JSON property names (FHIR R4, JSON, "Representing choice elements"), narrowed to that type.
 */
function chosen(elements: readonly ElementModel[], property: string): ElementModel | undefined {
  for (const element of elements) {
    const { base, types } = element;
    const type = base.choice ? types.find(({ code }) => `${base.name}${capital(code)}` === property) : undefined;
    if (type !== undefined) return { ...element, types: [type] };
  }
  return undefined;
}

function required(element: ElementModel, pattern: Json, context: EffectiveContext): ElementModel {
  if (!element.base.array) return { ...element, min: 1, pattern };
  const items: readonly Json[] = Array.isArray(pattern) ? pattern : [];
  return {
    ...element,
    min: Math.max(element.min, items.length),
    slicing: {
      rules: 'open',
      ordered: false,
      discriminators: [],
      slices: items.map((item) =>
        synthetic(withImpliedConstraints({ ...element, min: 1, max: 1, pattern: item }, context), item),
      ),
    },
  };
}

/** An item that a pattern or a discriminator requires: a slice without a name. */
function synthetic(element: ElementModel, pattern: Json): SliceModel {
  return { name: '', tests: [{ kind: 'value', at: '$this', is: { pattern } }], element: { ...element, min: 1 } };
}

function onlyCode(element: ElementModel): string | undefined {
  return element.types.length === 1 ? element.types[0]?.code : undefined;
}

/**
 * An item of a slice with all its constraints: those of every item, of the slice, and of its discriminators, because an
 * item without them is not in the slice.
 *
 * @param sliced the element that is sliced
 * @param slice one of its slices
 * @param context all profiles and types
 */
export function sliceItem(sliced: ElementModel, slice: SliceModel, context: EffectiveContext): ElementModel {
  return sliceItems(sliced, context)(slice, sliced);
}

const sliceItems = remembering((_sliced: ElementModel, context: EffectiveContext) =>
  remembering((slice: SliceModel, sliced: ElementModel): ElementModel => {
    const { slicing: _slicing, ...general } = relocated(sliced, sliced.id, slice.element.id);
    const item = merge({ ...general, min: 0, max: Infinity }, slice.element, context.facts);
    return slice.tests.reduce((element, test) => implied(element, test, context), item);
  }),
);

/**
 * An element without its slices: the constraints on each of its items.
 *
 * @param element any
 */
export function unsliced(element: ElementModel): ElementModel {
  return element.slicing === undefined
    ? element
    : remembered(withoutSlices, element, () => {
        const { slicing: _slicing, ...item } = element;
        return item;
      });
}

const withoutSlices = new WeakMap<ElementModel, ElementModel>();

/** The constraints on every item, as elements of one slice: snapshots may or may not repeat them there. */
function relocated(element: ElementModel, from: string, to: string): ElementModel {
  if (from === to) return element;
  const id = element.id === from || element.id.startsWith(`${from}.`) ? to + element.id.slice(from.length) : element.id;
  return { ...element, id, children: element.children.map((child) => relocated(child, from, to)) };
}

function implied(item: ElementModel, test: SliceTestModel, context: EffectiveContext): ElementModel {
  if (test.kind === 'undecidable') return item;
  if (test.kind === 'exists' && !test.exists)
    return changed(item, steps(test.at), (one) => ({ ...one, min: 0, max: 0 }), context);
  const { children } = test.kind === 'value' ? test.is : {};
  return changed(item, steps(test.at), (one) => withTested(one, children, context), context);
}

/** The element with everything required that a test reads below it. */
function withTested(
  element: ElementModel,
  children: Readonly<Record<string, ValueTest>> = {},
  context: EffectiveContext,
): ElementModel {
  return Object.entries(children).reduce(
    (one, [name, test]) =>
      changed(one, [name.replace(/\[x\]$/, '')], (child) => withTested(child, test.children, context), context),
    element,
  );
}

/** The element with everything on the path required; a path that types cannot follow changes nothing. */
function changed(
  element: ElementModel,
  path: readonly string[],
  last: (element: ElementModel) => ElementModel,
  context: EffectiveContext,
): ElementModel {
  const [step, ...rest] = path;
  if (step === undefined) return last(element);
  const known = childrenWithProfiles(element, context);
  const child =
    known.find((one) => one.base.name === step) ??
    elementsBelow(element.base, onlyCode(element), context.types)
      .filter((one) => one.name === step)
      .map(unconstrained)[0];
  if (child === undefined) return element;
  const isSearched = child.base.array && child.max > 1 && rest.length > 0;
  // A required slice of the array already describes its item.
  if (isSearched && child.slicing?.slices.some((slice) => slice.element.min > 0) === true) return element;
  const below = isSearched
    ? withItem(child, changed(itemOf(child), rest, last, context))
    : changed({ ...child, min: Math.max(1, child.min) }, rest, last, context);
  return { ...element, children: mergeChildren(known, [below], context.facts) };
}

function itemOf(array: ElementModel): ElementModel {
  const { slicing: _slicing, ...item } = array;
  return { ...item, min: 1, max: 1 };
}

/** A discriminator that looks into an array is satisfied by one of its items. */
function withItem(array: ElementModel, item: ElementModel): ElementModel {
  const slicing = mergeSlicing(array.slicing, {
    rules: 'open',
    ordered: false,
    discriminators: [],
    slices: [{ name: '', tests: [], element: item }],
  });
  return { ...array, min: Math.max(1, array.min), ...(slicing === undefined ? {} : { slicing }) };
}

/**
 * The element of a choice for one of its types, as if it were the only one.
 *
 * @param choice an element with `[x]`
 * @param type one of its types
 */
export const ofType: (choice: ElementModel, type: TypeModel) => ElementModel = remembering(optionOf);

function optionOf(choice: ElementModel, type: TypeModel): ElementModel {
  const base: FhirElement = {
    ...choice.base,
    name: `${choice.base.name}${capital(type.code)}`,
    types: choice.base.types.filter((one) => one.code === type.code),
    choice: false,
  };
  const { element: own, ...bare } = type;
  const general = { ...choice, base, types: [bare] };
  return own === undefined
    ? general
    : merge(general, { ...own, base, types: [bare], min: choice.min, max: choice.max });
}
