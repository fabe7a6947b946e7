import { groupedBy } from '../../generator/order.js';
import { CATEGORIES } from './category.js';
import { type Judgement, type Row } from './judge.js';

/**
 * The results by category, as a Markdown table.
 *
 * @param compiler results of the compiler, if it ran
 * @param validator results of the validators, if they ran
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
      : [`Valid instances accepted by the ${one.by}: ${one.instances - one.rejected.length} of ${one.instances}.`],
  );
  return [
    '| category | visible to types | rejected by the compiler | | mutants | rejected by the validator | |',
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

type Count = Pick<Row, 'mutants' | 'rejected'>;

function cells(row: Count | undefined): string[] {
  if (row === undefined || row.mutants === 0) return ['', '', ''];
  return [String(row.mutants), String(row.rejected), `${((100 * row.rejected) / row.mutants).toFixed(1)} %`];
}

function rowOf(judgement: Judgement | undefined, category: Row['category']): Row | undefined {
  return judgement?.rows.find((row) => row.category === category);
}

function sumOf(judgement: Judgement | undefined): Count | undefined {
  if (judgement === undefined) return undefined;
  return {
    mutants: judgement.rows.reduce((sum, row) => sum + row.mutants, 0),
    rejected: judgement.rows.reduce((sum, row) => sum + row.rejected, 0),
  };
}

/** The results for one package. */
export interface Result {
  readonly name: string;
  readonly profiles: number;
  readonly compiler: Judgement | undefined;
  readonly validator: Judgement | undefined;
  readonly examples: string;
}

/**
 * The results by package, and those of all packages together by category.
 *
 * @param results of the packages
 */
export function summaryOf(results: readonly Result[]): string {
  const head = [
    'package',
    'profiles',
    'valid instances accepted by both',
    'mutants visible to types',
    'rejected by the compiler',
    'mutants',
    'rejected by the validator',
    'examples rejected by compiler, validator',
  ];
  const rows = results.map(({ name, profiles, compiler, validator, examples }) => {
    const [seen, all] = [sumOf(compiler), sumOf(validator)];
    const instances = (validator ?? compiler)?.instances ?? 0;
    const wrong = new Set([...(compiler?.rejected ?? []), ...(validator?.rejected ?? [])].map(placeOf));
    const accepted = `${instances - wrong.size} of ${instances}`;
    return [name, profiles, accepted, seen?.mutants, seen?.rejected, all?.mutants, all?.rejected, examples];
  });
  const lines = [head, ['---', ...head.slice(1).map(() => '--:')], ...rows].map(
    (cells) => `| ${cells.map((cell) => String(cell ?? '')).join(' | ')} |`,
  );
  const together = (by: 'compiler' | 'validator'): Judgement | undefined =>
    merged(results.flatMap((result) => result[by] ?? []));
  return [...lines, '', tableOf(together('compiler'), together('validator'))].join('\n');
}

function placeOf(text: string): string {
  return text.split(': ')[0] ?? text;
}

function merged(judgements: readonly Judgement[]): Judgement | undefined {
  const [first] = judgements;
  if (first === undefined) return undefined;
  return {
    by: first.by,
    instances: judgements.reduce((sum, { instances }) => sum + instances, 0),
    rejected: judgements.flatMap(({ rejected }) => rejected),
    rows: CATEGORIES.map((category) => {
      const rows = judgements.flatMap((one) => rowOf(one, category) ?? []);
      return {
        category,
        mutants: rows.reduce((sum, { mutants }) => sum + mutants, 0),
        rejected: rows.reduce((sum, { rejected }) => sum + rejected, 0),
        accepted: rows.flatMap(({ accepted }) => accepted),
      };
    }).filter(({ mutants }) => mutants > 0),
  };
}

/**
 * The accepted mutants: counted by known reason, and listed if there is none.
 *
 * @param judgement of the compiler or the validators
 * @param limit of listed mutants
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
        ({ profile, mutant, note }) =>
          `- ${judgement.by}, no reason known: ${mutant.category}; ${profile}, ${mutant.place}: ${mutant.detail}${note && ` (but: ${note})`}`,
      ),
    ...(unexplained.length > limit ? [`- … and ${unexplained.length - limit} more`] : []),
    ...grouped(judgement.rejected)
      .slice(0, limit)
      .map((text) => `- valid, but rejected by the ${judgement.by}: ${text}`),
  ].join('\n');
}

/** Texts of the form `place: message`, grouped by message in a line each. */
function grouped(texts: readonly string[]): string[] {
  const parts = texts.map((text) => {
    const [place = '', ...message] = (text.split('\n')[0] ?? '').split(': ');
    return { place, message: message.join(': ') };
  });
  return groupedBy(parts, ({ message }) => message).map(([{ place, message }, ...others]) =>
    others.length === 0 ? `${place}: ${message}` : `${place} and ${others.length} more: ${message}`,
  );
}
