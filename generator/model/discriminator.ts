import type { FactRegistry } from '../facts/registry.js';
import type { Json } from '../fhir/json.js';
import type { DiscriminatorType } from '../pin/snapshot.js';
import { isJsonArray, withPartsThatSuffice } from './composite.js';
import { mergeChildren } from './merge.js';
import type {
  ElementModel,
  ProfileModel,
  SliceModel,
  SliceTestModel,
  SlicingModel,
  ValueSetModel,
  ValueTest,
} from './model.js';

/** The context in which discriminators are resolved. */
export interface DiscriminatorContext {
  readonly profiles: ReadonlyMap<string, ProfileModel>;
  readonly valueSets: ReadonlyMap<string, ValueSetModel>;
  /** The registry of facts; all if absent. */
  readonly facts?: FactRegistry | undefined;
}

/** The depth to which a value is followed into datatypes and profiles: a hostile guide may nest them in a cycle. */
const DEPTH_LIMIT = 8;

/**
 * Resolves the discriminators of all slicings below an element to tests. FHIR R4, Profiling FHIR, "Discriminator".
 *
 * @param element with slices that have no tests yet
 * @param context all profiles
 */
export function withTests(element: ElementModel, context: DiscriminatorContext): ElementModel {
  const { slicing } = element;
  return {
    ...element,
    types: element.types.map((type) =>
      type.element === undefined ? type : { ...type, element: withTests(type.element, context) },
    ),
    children: element.children.map((child) => withTests(child, context)),
    ...(slicing === undefined ? {} : { slicing: resolved(slicing, element, context) }),
  };
}

function resolved(slicing: SlicingModel, sliced: ElementModel, context: DiscriminatorContext): SlicingModel {
  const isUnstated = (slice: SliceModel, at: string): boolean => isNothingSaid(slice.element, at, context);
  const slices = slicing.slices.map((slice): SliceModel => {
    const element = withTests(slice.element, context);
    const whole = { ...element, children: mergeChildren(sliced.children, element.children, context.facts) };
    const tests = testsOf(whole, slicing.discriminators, context);
    return { name: slice.name, element, tests: tests.map((one) => withPosition(one, slice, slicing)) };
  });
  return { ...slicing, slices: distinguishable(withPartsThatSuffice(slices, isUnstated)) };
}

/**
 * Slices by position follow each other, so the start of one is known when those before it have a fixed number of items
 * (FHIR R5, ElementDefinition.slicing.discriminator.type, "position").
 */
function withPosition(test: SliceTestModel, slice: SliceModel, { slices }: SlicingModel): SliceTestModel {
  if (test.kind !== 'undecidable' || test.discriminator !== 'position') return test;
  const before = slices.slice(0, slices.indexOf(slice)).map(({ element }) => element);
  if (before.some(({ min, max }) => min !== max)) return test;
  const from = before.reduce((sum, { max }) => sum + max, 0);
  return { kind: 'position', at: test.at, from, to: from + slice.element.max };
}

/** Two slices with the same tests cannot be distinguished, and guessing would make a guard wrong. */
function distinguishable(slices: readonly SliceModel[]): SliceModel[] {
  const keys = slices.map((slice) => JSON.stringify(slice.tests));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return slices.map((slice, index) =>
    counts.get(keys[index] ?? '') === 1 ? slice : { ...slice, tests: undecided(slice.tests) },
  );
}

function undecided(tests: readonly SliceTestModel[]): SliceTestModel[] {
  return tests.map((test) =>
    test.kind === 'undecidable' ? test : { kind: 'undecidable', at: test.at, discriminator: test.kind },
  );
}

function testsOf(
  slice: ElementModel,
  discriminators: SlicingModel['discriminators'],
  context: DiscriminatorContext,
): SliceTestModel[] {
  if (slice.id.endsWith(':@default')) return [];
  if (discriminators.length === 0) return [{ kind: 'undecidable', at: '$this', discriminator: 'value' }];
  return discriminators.map(({ type, path }) => test(slice, type, path, context));
}

function test(slice: ElementModel, type: DiscriminatorType, at: string, context: DiscriminatorContext): SliceTestModel {
  const undecidable: SliceTestModel = { kind: 'undecidable', at, discriminator: type };
  for (const element of elementsAt(slice, at, context)) {
    const found = testAt(element, type, at, context);
    if (found.kind !== 'undecidable') return found;
  }
  const isValue = type === 'value' || type === 'pattern';
  return (
    (isValue ? (testOfParent(slice, at, context) ?? testOfProfiles(slice, type, at, context)) : undefined) ??
    extensionByCanonical(slice, at) ??
    undecidable
  );
}

/** A fixed value or pattern of a parent gives the value at the path, whether the path has elements or not. */
function testOfParent(slice: ElementModel, at: string, context: DiscriminatorContext): SliceTestModel | undefined {
  const path = steps(at);
  for (let length = path.length - 1; length >= 0; length--) {
    const above = path.slice(0, length).join('.') || '$this';
    for (const element of elementsAt(slice, above, context).flatMap(withOnlyType)) {
      const pattern = partAt(element.fixed ?? element.pattern, path.slice(length));
      if (pattern !== undefined) return { kind: 'value', at: above, is: { pattern } };
    }
  }
  return undefined;
}

/** The constraints of a choice are with its remaining types. */
function withOnlyType(element: ElementModel): ElementModel[] {
  const [type, ...others] = element.types;
  return [element, ...(others.length === 0 && type?.element !== undefined ? [type.element] : [])];
}

/** The part of a value on a path; `undefined` when there is no value at its end. */
function partAt(value: Json | undefined, [step, ...rest]: readonly string[]): Json | undefined {
  if (step === undefined || value === undefined) return value;
  if (isJsonArray(value)) {
    const parts = value.flatMap((item) => partAt(item, [step, ...rest]) ?? []);
    return parts.length === 0 ? undefined : parts;
  }
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
  const part = partAt(value[step], rest);
  return part === undefined ? undefined : { [step]: part };
}

/** Where a value may have one of several profiles, the constraints of one of them identify it. */
function testOfProfiles(
  slice: ElementModel,
  type: DiscriminatorType,
  at: string,
  context: DiscriminatorContext,
): SliceTestModel | undefined {
  const [own, ...others] = slice.types;
  if (own === undefined || others.length > 0) return undefined;
  const profiles = [
    ...own.profiles.map((url) => ({ profiles: [url], unresolvedProfiles: [] })),
    ...own.unresolvedProfiles.map((url) => ({ profiles: [], unresolvedProfiles: [url] })),
  ];
  if (profiles.length < 2) return undefined;
  const tests = profiles.map((one) => test({ ...slice, types: [{ ...own, ...one }] }, type, at, context));
  const values = tests.flatMap((one) => (one.kind === 'value' && one.at === at ? [one.is] : []));
  if (values.length < tests.length) return undefined;
  const [first, ...distinct] = new Map(values.map((is) => [JSON.stringify(is), is])).values();
  if (first === undefined) return undefined;
  return { kind: 'value', at, is: distinct.length === 0 ? first : { anyOf: [first, ...distinct] } };
}

/** Whether there is no constraint at the path of a discriminator, as opposed to one that cannot be decided. */
function isNothingSaid(slice: ElementModel, at: string, context: DiscriminatorContext): boolean {
  return [slice, ...elementsAt(slice, at, context)].every(
    ({ binding, types }) =>
      binding?.strength !== 'required' && types.every(({ unresolvedProfiles }) => unresolvedProfiles.length === 0),
  );
}

function testAt(
  element: ElementModel,
  type: DiscriminatorType,
  at: string,
  context: DiscriminatorContext,
): SliceTestModel {
  const undecidable: SliceTestModel = { kind: 'undecidable', at, discriminator: type };
  switch (type) {
    case 'exists':
      if (element.max === 0) return { kind: 'exists', at, exists: false };
      return element.min > 0 ? { kind: 'exists', at, exists: true } : undecidable;
    case 'type': {
      const types = element.types.map((one) => one.code);
      return types.length === 0 || types.includes('Resource') ? undecidable : { kind: 'type', at, types };
    }
    case 'profile': {
      const profiles = element.types.flatMap((one) => one.profiles);
      const isComplete = element.types.every((one) => one.unresolvedProfiles.length === 0);
      return profiles.length === 0 || !isComplete ? undecidable : { kind: 'profile', at, profiles };
    }
    case 'position':
      return undecidable;
    case 'value':
    case 'pattern': {
      const is = valueTest(element, context, DEPTH_LIMIT);
      return is === undefined ? undecidable : { kind: 'value', at, is };
    }
  }
}

/** An extension's canonical is its url (FHIR R4, Extensibility), so it identifies even an unresolved extension. */
function extensionByCanonical(slice: ElementModel, at: string): SliceTestModel | undefined {
  const [only] = slice.types;
  const canonical = only?.unresolvedProfiles[0];
  if (at !== 'url' || only?.code !== 'Extension' || canonical === undefined) return undefined;
  return { kind: 'value', at, is: { fixed: canonical } };
}

/** The steps of a discriminator path: names, `ofType(X)`, `extension('url')`, `resolve()`. */
export function steps(path: string): string[] {
  return path === '$this' ? [] : (path.match(/(?:[^.()']|\([^()']*\)|\('[^']*'\))+/g) ?? []);
}

/**
 * The elements that a discriminator path may lead to: where it passes through a sliced element, the constraints of its
 * required slices count too, because their items are present.
 *
 * @param element to start from
 * @param path of the discriminator
 * @param context all profiles
 */
export function elementsAt(
  element: ElementModel,
  path: string,
  context: DiscriminatorContext,
): readonly ElementModel[] {
  let at: readonly ElementModel[] = [element];
  for (const step of steps(path)) {
    at = at.flatMap((one) => {
      const found = next(one, step, context);
      return found === undefined ? [] : [found, ...requiredSlices(found)];
    });
  }
  return at;
}

function requiredSlices(element: ElementModel): ElementModel[] {
  const slices = element.slicing?.slices.filter((slice) => slice.element.min > 0) ?? [];
  return slices.map((slice) => slice.element);
}

function next(element: ElementModel, step: string, context: DiscriminatorContext): ElementModel | undefined {
  if (step === '$this') return element;
  if (step === 'resolve()') {
    const targets = element.types.flatMap((type) => type.targets ?? []);
    const types = [...new Set(targets.map((target) => target.type))];
    const profiles = targets.flatMap((target) => (target.profile === undefined ? [] : [target.profile]));
    return {
      ...element,
      types: types.map((code) => ({
        code,
        profiles: profiles.filter((url) => context.profiles.get(url)?.type === code),
        unresolvedProfiles: [],
      })),
      children: profiles.length === 1 ? (context.profiles.get(profiles[0] ?? '')?.root.children ?? []) : [],
    };
  }
  const ofType = /^ofType\((\w+)\)$/.exec(step)?.[1];
  if (ofType !== undefined) {
    const type = element.types.find((one) => one.code === ofType);
    return type === undefined ? undefined : (type.element ?? { ...element, types: [type] });
  }
  const url = /^extension\('(.*)'\)$/.exec(step)?.[1];
  const children = childrenWithProfiles(element, context);
  if (url !== undefined) {
    const extension = children.find((child) => child.base.name === 'extension');
    return extension?.slicing?.slices.find((slice) => urlOf(slice, context) === url)?.element;
  }
  return children.find((child) => child.base.name === step || `${child.base.name}[x]` === step);
}

function urlOf(slice: SliceModel, context: DiscriminatorContext): unknown {
  const [url] = elementsAt(slice.element, 'url', context);
  return url?.fixed ?? url?.pattern ?? slice.element.types[0]?.unresolvedProfiles[0];
}

/**
 * The children of an element, including those from the only profile of its only type.
 *
 * @param element of a profile
 * @param context all profiles
 */
export function childrenWithProfiles(element: ElementModel, context: DiscriminatorContext): readonly ElementModel[] {
  const [type, ...others] = element.types;
  if (type === undefined || others.length > 0 || type.profiles.length !== 1) return element.children;
  // A value that may have an unknown profile need not conform to this one.
  if (type.unresolvedProfiles.length > 0) return element.children;
  const general = context.profiles.get(type.profiles[0] ?? '')?.root.children ?? [];
  return mergeChildren(general, element.children, context.facts);
}

function valueTest(element: ElementModel, context: DiscriminatorContext, depth: number): ValueTest | undefined {
  if (element.fixed !== undefined) return { fixed: element.fixed };
  if (element.pattern !== undefined) return { pattern: element.pattern };
  if (element.binding?.strength === 'required' && context.valueSets.get(element.binding.valueSet)?.closed === true) {
    return { valueSet: element.binding.valueSet };
  }
  if (depth === 0) return undefined;
  const children: Record<string, ValueTest> = {};
  for (const child of childrenWithProfiles(element, context)) {
    if (child.max === 0 || !isOwnFact(child)) continue;
    const [is] = [child, ...requiredSlices(child)].flatMap((one) => valueTest(one, context, depth - 1) ?? []);
    if (is !== undefined) children[child.base.choice ? `${child.base.name}[x]` : child.base.name] = is;
  }
  // Displays are for people (FHIR R4, Datatypes, Coding); a concept is identified by its system and code.
  if ('code' in children || 'system' in children) delete children['display'];
  return Object.keys(children).length === 0 ? undefined : { children };
}

/** A binding of the FHIR type applies to every item and identifies no slice. */
function isOwnFact(child: ElementModel): boolean {
  return (
    child.binding === undefined ||
    child.binding.valueSet !== child.base.binding?.valueSet ||
    child.fixed !== undefined ||
    child.pattern !== undefined ||
    child.children.length > 0
  );
}
