import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../generated/compile.js';
import { table } from './table.js';

const RUNS = 5;
const STUDY = 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-imaging-study-document';

/** What no generator can do without: it reads the pinned facts, and reads and writes the bytes of the output. */
const FLOOR = `
  import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
  import { dirname, join } from 'node:path';
  const [from, to] = process.argv.slice(1);
  JSON.parse(readFileSync('generator/pinned.json', 'utf8'));
  for (const path of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!path.isFile() || /node_modules|dist/.test(path.parentPath)) continue;
    const file = join(to, join(path.parentPath, path.name).slice(from.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, readFileSync(join(path.parentPath, path.name)));
  }`;

interface Measured {
  readonly wall: number;
  readonly processor: number;
}

/** Whole processes, each as a user starts it, in turn: times in seconds, the median of a few runs. */
export function processes(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const kept = join(folder, 'kept');
  cpSync(join(ROOT, 'generated'), kept, { recursive: true, filter: (path) => !/node_modules|dist$/.test(path) });
  const npm = (...args: readonly string[]): readonly string[] => ['npm', 'run', '--silent', 'codegen', '--', ...args];
  const subjects: readonly (readonly [name: string, command: (out: string) => readonly string[]])[] = [
    ['floor', (out) => [process.execPath, '--input-type=module', '-e', FLOOR, join(ROOT, 'generated'), out]],
    ['codegen --version', () => npm('--version')],
    ['generate, to an empty folder', (out) => npm('generate', '--quiet', '--out', out)],
    ['generate, nothing changed', () => npm('generate', '--quiet', '--out', kept)],
    ['check', () => npm('check', '--out', kept)],
    ['generate --profile of one', (out) => npm('generate', '--quiet', '--profile', STUDY, '--out', out)],
  ];
  const runs = subjects.map((): Measured[] => []);
  for (let round = 0; round < RUNS; round++) {
    subjects.forEach(([, command], at) => runs[at]?.push(measured(command(join(folder, `${round}-${at}`)))));
  }
  rmSync(folder, { recursive: true });
  const floor = median(runs[0]?.map(({ wall }) => wall) ?? []);
  const rows = subjects.map(([name], at) => {
    const walls = runs[at]?.map(({ wall }) => wall) ?? [];
    const wall = median(walls);
    const spread = `${Math.min(...walls).toFixed(2)}–${Math.max(...walls).toFixed(2)}`;
    const processor = median(runs[at]?.map((one) => one.processor) ?? []);
    return [name, wall.toFixed(2), spread, `${(wall / floor).toFixed(1)}×`, processor.toFixed(2)];
  });
  return `Whole processes, seconds\n${table([['', 'median', 'spread', 'floor', 'processor'], ...rows])}`;
}

/** The shell's `times` says what its children used, which Node.js does not. */
function measured(command: readonly string[]): Measured {
  const start = performance.now();
  const { stdout, status, stderr } = spawnSync('sh', ['-c', '"$@" > /dev/null || exit; times', 'sh', ...command], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const wall = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${command.join(' ')} failed:\n${stderr}`);
  const line = stdout.trim().split('\n').at(-1) ?? '';
  const processor = [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
    0,
  );
  return { wall, processor };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
