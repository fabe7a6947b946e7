import type { Change, ChangeKind, Impact } from './change.js';
import type { Verdicts } from '../facts/fact.js';
import { lastSegment } from '../fhir/canonical.js';
import { groupedBy } from '../order.js';
import { type Subject, subjectOf } from './subject.js';

/** A change that may occur in several places, reported once. */
export interface ReportEntry extends Verdicts {
  readonly kind: ChangeKind;
  readonly impact: Impact;
  /**
   * What changed, as a self-contained sentence. Where the changes differ only in the names of their profiles, these are
   * replaced by `<name>` and `<canonical>`, and elements are named without the type of the resource.
   */
  readonly sentence: string;
  /** All of the changes, in their order. */
  readonly changes: readonly Change[];
  /** Where they occur, each place once, in the order of the changes. */
  readonly places: readonly ReportPlace[];
}

/** The package, a profile or a value set, and the number of its changes. */
export interface ReportPlace extends Subject {
  readonly count: number;
}

/**
 * Groups equal changes: of the same kind, with the same verdicts, and with the same sentence apart from the names of
 * profiles and resources.
 *
 * @param changes in any order
 * @returns in the order of the first change of each
 */
export function entriesOf(changes: readonly Change[]): readonly ReportEntry[] {
  const keyOf = (change: Change): string =>
    JSON.stringify([change.impact, change.kind, change.write, change.read, generalSentence(change)]);
  return groupedBy(changes, keyOf).map((same) => {
    const [first] = same;
    const { kind, impact, write, read, sentence } = first;
    const isLiteral = same.every((change) => change.sentence === sentence);
    return {
      kind,
      impact,
      write,
      read,
      sentence: isLiteral ? sentence : generalSentence(first),
      changes: same,
      places: placesOf(same),
    };
  });
}

/**
 * The places of changes, each once.
 *
 * @param changes in any order
 * @returns in the order of the first change in each
 */
export function placesOf(changes: readonly Change[]): readonly ReportPlace[] {
  return groupedBy(changes, (change) => subjectOf(change).canonical ?? '').map((own) => ({
    ...subjectOf(own[0]),
    count: own.length,
  }));
}

/**
 * The number of places in words: `3 profiles`.
 *
 * @param places of one entry or theme
 */
export function placesText(places: readonly ReportPlace[]): string {
  const thing = places[0]?.about === 'value set' ? 'value set' : 'profile';
  return `${places.length} ${thing}${places.length === 1 ? '' : 's'}`;
}

/**
 * Whether the sentence of an entry names its subject.
 *
 * @param entry an entry with one place
 */
export function namesItsPlace({ sentence, places: [place] }: ReportEntry): boolean {
  return place === undefined || place.about === 'package' || replaceWord(sentence, place.name, '') !== sentence;
}

/** Shorter names also occur within ordinary words. */
const SHORTEST_NAME = 3;

/** The sentence of a change without the name of its profile or value set and without the type of its resource. */
function generalSentence(change: Change): string {
  const { sentence, name, element } = change;
  const { canonical } = subjectOf(change);
  let text = sentence;
  if (element !== undefined) {
    const root = /^[^.:]+/.exec(element)?.[0] ?? element;
    text = text.replaceAll(element, element === root ? 'the root element' : element.slice(root.length + 1));
  }
  if (canonical === undefined) return text;
  text = text.replaceAll(canonical, '<canonical>');
  // The name of a profile may differ from the last segment of its canonical.
  for (const own of [name, lastSegment(canonical)]) {
    if (own.length >= SHORTEST_NAME) text = replaceWord(text, own, '<name>');
  }
  return text;
}

/** Replaces a name as a whole word; derived names, such as `NameBuilder`, count as well. */
function replaceWord(text: string, name: string, by: string): string {
  const isPart = (character: string | undefined, pattern: RegExp): boolean =>
    character !== undefined && pattern.test(character);
  let result = '';
  let from = 0;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (isPart(text[at - 1], /[\w/-]/) || isPart(text[at + name.length], /[a-z0-9_-]/)) continue;
    result += text.slice(from, at) + by;
    from = at + name.length;
  }
  return result + text.slice(from);
}
