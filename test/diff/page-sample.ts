import { changeOf, type Change, type ChangeKind } from '../../generator/diff/change.js';
import type { DeclarationChange } from '../../generator/diff/declarations.js';
import { formatReport } from '../../generator/diff/format.js';
import { reportOf } from '../../generator/diff/report.js';
import type { Verdict } from '../../generator/facts/fact.js';
import { REPORT_TEMPLATES } from './templates.js';

/** Canonical of a profile of the sample. */
export function canonicalOf(name: string): string {
  return `https://guide.example/StructureDefinition/${name}`;
}

/** A change of a profile. */
export function changed(
  name: string,
  kind: ChangeKind,
  { write = 'safe', read = 'safe', before, after, documentation }: Partial<SampleChange> = {},
): Change {
  const place = { profile: canonicalOf(name), name, element: 'Patient.name' };
  return changeOf(place, {
    kind,
    write,
    read,
    sentence: `Patient.name of ${name}: ${kind}`,
    ...(documentation === true ? { documentation } : {}),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}

interface SampleChange {
  readonly write: Verdict;
  readonly read: Verdict;
  readonly before: string;
  readonly after: string;
  readonly documentation: true;
}

const SET = 'https://guide.example/ValueSet/colours';

/** Changes of all impacts and verdicts, in three profiles, a value set and the package. */
export const SAMPLE: readonly Change[] = [
  changeOf({ name: 'guide' }, { kind: 'package-version', ...both('safe'), documentation: true, sentence: 'it is 2.0' }),
  changed('Alpha', 'min-raised', { write: 'breaks-compile', before: '0..1', after: '1..1' }),
  changed('Alpha', 'type-added', { read: 'breaks-compile', before: 'dateTime', after: 'dateTime, Period' }),
  changed('Alpha', 'short', { documentation: true, before: 'the name of a patient', after: 'a name of a patient' }),
  changed('Beta', 'constraint-added', { write: 'breaks-validation', after: 'error: name.exists() or \'x\' = "y"' }),
  changed('Beta', 'max-raised', { before: '0..5', after: '0..6' }),
  changed('Gamma', 'profile-added'),
  changed('Gamma', 'short', { documentation: true, before: 'once', after: 'twice' }),
  changeOf(
    { name: 'colours', valueSet: SET },
    { kind: 'value-set-unresolved', ...both('unknown'), sentence: 'the value set colours cannot be resolved' },
  ),
];

/** TypeScript of a profile of the sample. */
export const DECLARATIONS: readonly DeclarationChange[] = [
  {
    canonical: canonicalOf('Alpha'),
    name: 'Alpha',
    before: 'export interface Alpha extends Patient {\n  name?: HumanName | undefined;\n}\n',
    after: 'export interface Alpha extends Patient {\n  name: HumanName;\n}\n',
  },
];

/** The sample, or other changes, as an HTML report. */
export function pageText(
  changes: readonly Change[] = SAMPLE,
  declarations: readonly DeclarationChange[] = DECLARATIONS,
): string {
  const side = (version: string): Parameters<typeof reportOf>[0] => ({ package: { name: 'guide', version } });
  return formatReport(reportOf(side('1.0.0'), side('2.0.0'), changes, { declarations }), 'html', REPORT_TEMPLATES);
}

/** Many changes, as in a large guide. */
export function manyChanges(count: number): readonly Change[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `Profile${Math.floor(index / 20)}`;
    return index % 4 === 0
      ? changed(name, 'binding-value-set', {
          read: 'breaks-compile',
          before: `https://guide.example/ValueSet/colours-of-${index} (required)`,
          after: `https://guide.example/ValueSet/hues-of-${index} (required)`,
        })
      : changed(name, 'short', { documentation: true, before: `text ${index} as it was`, after: `text ${index} now` });
  });
}

function both(verdict: Verdict): { readonly write: Verdict; readonly read: Verdict } {
  return { write: verdict, read: verdict };
}
