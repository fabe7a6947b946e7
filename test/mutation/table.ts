import { CATEGORIES } from './category.js';
import { type Judgement, type Row } from './judge.js';

/**
 * The results by category, as a Markdown table.
 *
 * @param compiler what the compiler said, if it was asked
 * @param validator what the validators said, if they were asked
 */
export function tableOf(compiler: Judgement | undefined, validator: Judgement | undefined): string {
  const lines = CATEGORIES.flatMap((category) => {
    const seen = rowOf(compiler, category);
    const all = rowOf(validator, category);
    return seen === undefined && all === undefined ? [] : [line(category, seen, all)];
  });
  const total = line('**all**', sumOf(compiler), sumOf(validator));
  const valid = [compiler, validator].flatMap((one) =>
    one === undefined
      ? []
      : [`Valid instances accepted by the ${one.by}: ${one.instances - one.refused.length} of ${one.instances}.`],
  );
  return [
    '| category | visible to types | refused by the compiler | | mutants | refused by the validator | |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...lines,
    total,
    '',
    ...valid,
  ].join('\n');
}

function line(name: string, seen: Count | undefined, all: Count | undefined): string {
  return `| ${[name, ...cells(seen), ...cells(all)].join(' | ')} |`;
}

type Count = Pick<Row, 'mutants' | 'refused'>;

function cells(row: Count | undefined): string[] {
  if (row === undefined || row.mutants === 0) return ['', '', ''];
  return [String(row.mutants), String(row.refused), `${((100 * row.refused) / row.mutants).toFixed(1)} %`];
}

function rowOf(judgement: Judgement | undefined, category: Row['category']): Row | undefined {
  return judgement?.rows.find((row) => row.category === category);
}

function sumOf(judgement: Judgement | undefined): Count | undefined {
  if (judgement === undefined) return undefined;
  return {
    mutants: judgement.rows.reduce((sum, row) => sum + row.mutants, 0),
    refused: judgement.rows.reduce((sum, row) => sum + row.refused, 0),
  };
}

/**
 * What was not refused: counted by reason, and one by one where there is none.
 *
 * @param judgement of the compiler or the validators
 * @param limit of lines without a reason
 */
export function exceptionsOf(judgement: Judgement, limit: number): string {
  const accepted = judgement.rows.flatMap((row) => row.accepted);
  const reasons = new Map<string, number>();
  for (const { reason } of accepted) if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const unexplained = accepted.filter((one) => one.reason === undefined);
  return [
    ...[...reasons].map(([reason, count]) => `- ${count} by the ${judgement.by}: ${reason}`),
    ...unexplained
      .slice(0, limit)
      .map(
        ({ profile, mutant, said }) =>
          `- ${judgement.by}, no reason known: ${mutant.category}; ${profile}, ${mutant.place}: ${mutant.detail}${said && ` (but: ${said})`}`,
      ),
    ...(unexplained.length > limit ? [`- … and ${unexplained.length - limit} more`] : []),
    ...grouped(judgement.refused)
      .slice(0, limit)
      .map((text) => `- valid, but refused by the ${judgement.by}: ${text}`),
  ].join('\n');
}

/** Texts of the form `place: message`, those with the same message in one line. */
function grouped(texts: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const text of texts) {
    const [place = '', ...message] = (text.split('\n')[0] ?? '').split(': ');
    const key = message.join(': ');
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  return [...groups].map(([message, places]) =>
    places.length === 1 ? `${places[0]}: ${message}` : `${places[0]} and ${places.length - 1} more: ${message}`,
  );
}
