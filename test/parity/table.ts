import type { Comparison } from './comparison.js';
import type { Difference, OutOfScope, Results } from './difference.js';
import type { Value } from './sample.js';

/** The results of both validators for a value, and the reasons for differences. */
export interface Outcome extends Comparison, Results {
  readonly value: Value;
}

/** The outcomes of a package. */
export interface Result {
  /** `name#version`. */
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  /** Values for which the reference failed. */
  readonly failures: readonly string[];
}

const HEAD = [
  'package',
  'values',
  'agree',
  'other place',
  'ours stricter',
  'ours laxer',
  'not explained',
  'agreement',
  'errors left out',
];

/**
 * The table of all packages in Markdown: the number of differences of each kind, and of those that are explained.
 *
 * @param results of each package
 */
export function tableOf(results: readonly Result[]): string {
  const rows = results.map(({ name, outcomes }) => rowOf(name, outcomes));
  const total =
    results.length > 1
      ? [
          rowOf(
            'together',
            results.flatMap(({ outcomes }) => outcomes),
          ),
        ]
      : [];
  const rule = HEAD.map((_, column) => (column === 0 ? '---' : '---:'));
  return [HEAD, rule, ...rows, ...total].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function rowOf(name: string, outcomes: readonly Outcome[]): string[] {
  const count = (agreement: Outcome['agreement']): number =>
    outcomes.filter((one) => one.agreement === agreement).length;
  const open = outcomes.filter(isUnexplained).length;
  const share = outcomes.length === 0 ? 1 : (count('agree') + count('elsewhere')) / outcomes.length;
  return [
    name,
    String(outcomes.length),
    ...(['agree', 'elsewhere', 'stricter', 'laxer'] as const).map((one) => String(count(one))),
    String(open),
    `${(share * 100).toFixed(1)} %`,
    String(outcomes.filter(({ beside }) => beside.length > 0).length),
  ];
}

/** Whether the validators differ without a known reason. */
export function isUnexplained({ agreement, because }: Outcome): boolean {
  return agreement !== 'agree' && because.length === 0;
}

/**
 * Each reason for a difference or for ignoring errors, with the number of values, in Markdown.
 *
 * @param results of each package
 */
export function reasonsOf(results: readonly Result[]): string {
  const counts = new Map<Difference | OutOfScope, number>();
  for (const { because, beside } of results.flatMap(({ outcomes }) => outcomes)) {
    for (const one of [...because, ...beside]) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([one, count]) => {
      const kind = 'needs' in one ? `left out; needs ${one.needs}` : `${one.agreements.join(', ')}; ${one.decided}`;
      return `- ${count} (${kind}): ${one.rule}`;
    })
    .join('\n');
}

/**
 * The unexplained differences of a package, in Markdown.
 *
 * @param result of the package
 * @param limit of listed values
 */
export function unexplainedOf({ name, outcomes, failures }: Result, limit: number): string {
  const open = outcomes.filter(isUnexplained);
  const lines = open
    .slice(0, limit)
    .flatMap(({ value, agreement, ours, theirs }) => [
      `- **${name}** ${agreement}: ${value.profile.name}, ${value.source} ${value.name}`,
      ...ours.slice(0, 3).map(({ place, text }) => `  - ours: \`${place}\`: ${text}`),
      ...theirs.slice(0, 3).map(({ place, text }) => `  - theirs: \`${place}\`: ${text}`),
    ]);
  const failed = failures.slice(0, limit).map((text) => `- **${name}** the reference failed: ${text}`);
  return [...lines, ...failed].join('\n');
}
