import type { Change, ChangeKind, Impact } from './change.js';
import type { Verdicts } from '../facts/fact.js';
import { lastSegment } from '../fhir/canonical.js';
import { groupedBy } from '../order.js';
import { type Subject, subjectOf } from './subject.js';

/** The same change, once, with everything that it happened in. */
export interface ReportEntry extends Verdicts {
  readonly kind: ChangeKind;
  readonly impact: Impact;
  /**
   * What changed, to be read on its own. Where the changes differ only in what their profiles are called, `<name>` and
   * `<canonical>` stand in place of that, and elements are called without the type of the resource.
   */
  readonly sentence: string;
  /** All of them, in their order. */
  readonly changes: readonly Change[];
  /** What they happened in, each once, in the order of the changes. */
  readonly places: readonly ReportPlace[];
}

/** The package, a profile or a value set, and how many changes happened in it. */
export interface ReportPlace extends Subject {
  readonly count: number;
}

/**
 * Puts changes together that say the same: of the same kind, with the same verdicts, and with the same sentence but for
 * what their profiles and resources are called.
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
 * What changes happened in, each once.
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
 * How many places there are, in words: `3 profiles`.
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
 * @param entry of one place
 */
export function namesItsPlace({ sentence, places: [place] }: ReportEntry): boolean {
  return place === undefined || place.about === 'package' || replaceWord(sentence, place.name, '') !== sentence;
}

/** Names that are shorter stand in ordinary words as well. */
const SHORTEST_NAME = 3;

/** The sentence of a change without what its own profile or value set is called, and the type of its resource. */
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
  // A profile may have another name than the file of its definition.
  for (const own of [name, lastSegment(canonical)]) {
    if (own.length >= SHORTEST_NAME) text = replaceWord(text, own, '<name>');
  }
  return text;
}

/** Replaces a name where no word goes on before or after it; what is derived from it, `NameBuilder`, counts too. */
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
