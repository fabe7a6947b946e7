import type { FactText } from '../facts/fact.js';
import { type FactStatement, factStatements } from '../facts/values.js';
import { cardinality } from '../fhir/cardinality.js';
import { simpleCheck } from '../fhir/invariant.js';
import type { SliceTestModel } from '../model/model.js';
import type { ResolvedElement, ResolvedModel, ResolvedProfile } from '../model/resolved.js';

const COMPILER = 'compiler, validator';
const VALIDATOR = 'validator';
const NEITHER = 'not enforced';

/**
 * A profile: its metadata, its source, and the elements that it constrains.
 *
 * @param profile any
 * @returns lines
 */
export function explainProfile(profile: ResolvedProfile): readonly string[] {
  const { name, title, type, url, version, ancestors, package: source, page, root } = profile;
  const all = elementsOf(profile).filter((one) => one.name !== '');
  const elements = all.filter(({ element }) => element.isConstrained || element.mustSupport === true);
  const width = Math.max(0, ...elements.map((one) => one.name.length));
  return [
    `${name}: ${title ?? name}`,
    ...(root.short === undefined ? [] : [`  ${root.short}`]),
    `  profile of ${type}, ${url}${version === undefined ? '' : `|${version}`}`,
    `  defined by ${source}${page === undefined ? '' : `, ${page}`}`,
    ...ancestors.map((ancestor) => `  derives from ${ancestor}`),
    '',
    ...elements.map(({ name: own, element }) => {
      const flag = element.mustSupport === true ? 'S' : ' ';
      const short = element.short ?? element.base.short ?? '';
      return `  ${own.padEnd(width)}  ${occurrence(element).padEnd(5)} ${flag} ${short}`.trimEnd();
    }),
    '',
    `  S: must support. ${all.length - elements.length} more elements are as in FHIR.`,
    `  explain ${name} <element> shows what is enforced, and what enforces it.`,
  ];
}

/**
 * An element: its rules, what enforces each of them, and their sources.
 *
 * @param profile the profile
 * @param element an element of the profile
 * @param model the model, for its value sets
 * @returns lines
 */
export function explainElement(
  profile: ResolvedProfile,
  element: ResolvedElement,
  model: ResolvedModel,
): readonly string[] {
  const { base } = element;
  const valueSets = new Map(model.valueSets.map((valueSet) => [valueSet.url, valueSet]));
  const statements = factStatements(element, base, {
    language: 'en',
    valueSet: (canonical) => {
      const known = valueSets.get(canonical);
      return known === undefined ? canonical : `${known.title ?? known.name} (${canonical})`;
    },
  });
  const own = occurrence(element);
  const inFhir = cardinality(base.min, base.max);
  const types = element.types.map(({ code }) => code);
  return [
    `${profile.name}: ${element.id}`,
    ...statements.filter(({ place }) => place === 'lead').map(({ text }) => `  ${plainText(text)}`),
    '',
    rule(own === inFhir ? `cardinality ${own}, as in FHIR` : `cardinality ${own}, in FHIR ${inFhir}`, COMPILER),
    ...(types.length === 0 ? [] : [rule(`type ${types.join(', ')}`, COMPILER)]),
    ...element.types.flatMap(({ profiles }) => profiles.map((url) => rule(`conforms to ${url}`, COMPILER))),
    ...element.types.flatMap(({ targets }) =>
      (targets ?? []).map(({ type, canonical }) => rule(`may refer to ${canonical ?? type}`, COMPILER)),
    ),
    ...element.removed.map(({ code }) => rule(`not of type ${code}`, COMPILER)),
    // The invariants have lines of their own, with their texts.
    ...statements.filter(({ fact, place }) => place !== 'lead' && fact !== 'constraints').map(statementLine),
    ...(element.isFilled ? [`  optional in create, which fills it in`] : []),
    ...element.constraints.map(({ key, severity, human, expression = '' }) =>
      rule(
        `invariant ${key} (${severity}): ${human}`,
        simpleCheck(expression) === undefined ? `${VALIDATOR}, with a FHIRPath engine` : VALIDATOR,
      ),
    ),
    ...(element.slicing?.slices ?? []).map(({ name, item, tests, isDecidable }) =>
      rule(
        `slice ${name} ${occurrence(item)}, by ${tests.map(testText).join(' and ')}`,
        isDecidable ? COMPILER : `${NEITHER}: nothing in an item identifies the slice`,
      ),
    ),
    '',
    `  from ${profile.url}, ElementDefinition ${element.id}`,
    `  defined by ${profile.package}${profile.page === undefined ? '' : `, ${profile.page}`}`,
  ];
}

function occurrence({ min, max }: ResolvedElement): string {
  return cardinality(min, max);
}

function statementLine({ text, byCompiler, byValidator }: FactStatement): string {
  const statement = plainText(text).replace(/\.$/, '');
  if (byCompiler) return rule(statement, COMPILER);
  return rule(statement, byValidator ? VALIDATOR : NEITHER);
}

function rule(text: string, by: string): string {
  return `  ${text} [${by}]`;
}

function plainText(text: string | readonly FactText[]): string {
  if (typeof text === 'string') return text;
  return text.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

function testText(test: SliceTestModel): string {
  return `${test.kind === 'undecidable' ? test.discriminator : test.kind} of ${test.at}`;
}

/** An element, and its name within its profile: `series.laterality`, `identifier:official.system`. */
export interface PlacedElement {
  readonly name: string;
  readonly element: ResolvedElement;
}

/**
 * All elements of a profile, including those of slices and choices, each once.
 *
 * @param profile any
 */
export function elementsOf({ root, type }: ResolvedProfile): readonly PlacedElement[] {
  const found = new Map<string, PlacedElement>();
  const visit = (element: ResolvedElement, name: string): void => {
    if (found.has(name)) return;
    found.set(name, { name, element });
    for (const slice of element.slicing?.slices ?? []) visit(slice.item, `${name}:${slice.name}`);
    for (const member of [...element.members, ...element.options]) {
      // Elements of a profile on a datatype have its type in their id.
      const isOwn = member.id.startsWith(`${type}.`);
      const last = /[^.]*$/.exec(member.id)?.[0] ?? member.base.name;
      visit(member, isOwn ? member.id.slice(type.length + 1) : `${name}.${last}`);
    }
  };
  visit(root, '');
  return [...found.values()];
}
