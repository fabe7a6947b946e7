import type { Contender } from './contender.js';

/** Processor time of a measurement, and the number of measurements. */
const MICROSECONDS = 200_000;
const ROUNDS = 7;

/**
 * Validations per second of processor time, which other programs affect less than wall time. The contenders take turns,
 * so that other load affects all equally; the result is the median of the rounds.
 *
 * @returns a rate for each contender
 */
export function rates(contenders: readonly Contender[], value: unknown): readonly number[] {
  const counts = contenders.map(({ run }) => repetitions(run, value));
  const rounds = contenders.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    contenders.forEach(({ run }, at) => {
      const count = counts[at] ?? 1;
      rounds[at]?.push((count * 1e6) / timeOf(run, value, count));
    });
  }
  return rounds.map((measured) => measured.sort((a, b) => a - b)[ROUNDS >> 1] ?? NaN);
}

/** The number of calls that fills the time of a measurement; finding it also warms the code up. */
function repetitions(run: Contender['run'], value: unknown): number {
  for (let count = 1; ; count *= 2) {
    const time = timeOf(run, value, count);
    if (time > MICROSECONDS) return Math.ceil((count * MICROSECONDS) / time);
  }
}

function timeOf(run: Contender['run'], value: unknown, count: number): number {
  const start = process.cpuUsage();
  for (let i = 0; i < count; i++) run(value);
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
