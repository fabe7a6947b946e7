import type { Change } from '../diff/change.js';
import type { ReportGroup } from '../diff/report.js';
import type { Rename } from '../migrate/renames.js';
import type { Release } from './changelog.js';
import type { DeclarationChange } from '../diff/declarations.js';
import { codeBlock, inline, inlineCode } from '../markdown.js';

/** What users of a generated package have to do for a new version. */
export interface Migration extends Release {
  /** Exports that were renamed, moved or removed. */
  readonly renames: readonly Rename[];
  /** The types of profiles that changed, before and after. */
  readonly differences: readonly DeclarationChange[];
  /** The command that renames them in programs. */
  readonly command: string;
}

/**
 * The section of MIGRATION.md for a new version.
 *
 * @param migration see {@link Migration}
 * @returns `undefined` when nothing breaks
 */
export function migrationSection({ version, report, renames, differences, command }: Migration): string | undefined {
  if (report.counts.breaking === 0) return undefined;
  const renamed = renames.filter(({ after }) => after !== undefined);
  const removed = renames.filter(({ after }) => after === undefined);
  const types = new Map(differences.map((one) => [one.canonical, one]));
  return [
    `## ${version}`,
    ...(renamed.length === 0
      ? []
      : [
          '### Renamed',
          `${inlineCode(command)} renames these in your programs.`,
          [...new Set(renamed.map(renameLine))].join('\n'),
        ]),
    ...(removed.length === 0 ? [] : ['### Removed', removed.map(removedLine).join('\n')]),
    ...report.groups.flatMap((group) => groupPart(group, types.get(group.canonical ?? ''))),
  ].join('\n\n');
}

function renameLine({ before, after }: Rename): string {
  const isMoved = before.file !== after?.file;
  const from = isMoved ? ` of ${inlineCode(`${before.file}.js`)}` : '';
  const to = isMoved ? ` of ${inlineCode(`${after?.file ?? ''}.js`)}` : '';
  return `- ${inlineCode(before.name)}${from} → ${inlineCode(after?.name ?? '')}${to}`;
}

function removedLine({ before }: Rename): string {
  return `- ${inlineCode(before.name)} of ${inlineCode(`${before.file}.js`)}`;
}

/** The breaking changes of a profile or a value set, in words and in types. */
function groupPart(group: ReportGroup, types: DeclarationChange | undefined): readonly string[] {
  const breaking = group.changes.filter(({ impact }) => impact === 'breaking');
  if (breaking.length === 0) return [];
  return [
    `### ${inline(group.name)}`,
    breaking.map((change) => `- ${inline(change.sentence)} ${affectedPrograms(change)}`).join('\n'),
    ...(types === undefined ? [] : ['Before:', codeBlock(types.before), 'After:', codeBlock(types.after)]),
  ];
}

/** Which programs a change breaks, and what reports it. */
function affectedPrograms({ write, read }: Change): string {
  const reporter = { 'breaks-compile': 'compiler', 'breaks-validation': 'validator' } as const;
  const parts = (
    [
      ['make values', write],
      ['read values', read],
    ] as const
  ).flatMap(([what, verdict]) =>
    verdict === 'breaks-compile' || verdict === 'breaks-validation'
      ? [`programs that ${what}: ${reporter[verdict]}`]
      : [],
  );
  return `(${parts.join('; ')})`;
}
