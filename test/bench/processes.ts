import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../generated/compile.js';
import { atomic } from './atomic.js';
import { type Command, inTurns } from './process.js';
import type { Section } from './section.js';

const ROUNDS = 5;
const GUIDE = 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition';
const SHARED = join(ROOT, '../shared');
const PACKAGES = join(SHARED, 'fhir-packages');
const CACHE = join(SHARED, 'fhir-cache');

/** The minimum for any generator: reads the pinned snapshot, and reads and writes the bytes of the output. */
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

/** A command, given an empty folder. */
interface Subject {
  readonly name: string;
  readonly command: (out: string) => Command;
}

/** Whole processes, started as users start them. */
export async function processes(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const notes: string[] = [];
  const peer = existsSync(CACHE) ? await atomic(CACHE, join(folder, 'atomic')) : undefined;
  try {
    const kept = join(folder, 'kept');
    cpSync(join(ROOT, 'generated'), kept, { recursive: true, filter: (path) => !/node_modules|dist$/.test(path) });
    const subjects = [...ownSubjects(kept), ...packageSubjects(), ...(peer?.subjects ?? [])];
    if (peer === undefined)
      notes.push('Without the packages of ../shared, there is no peer and no package from an archive.');
    const used = await inTurns(
      subjects.map(
        ({ command }, at) =>
          (round: number) =>
            command(join(folder, `${round}-${at}`)),
      ),
      ROUNDS,
    );
    const [floor] = used;
    const rows = used.map(({ wall, least, most, processor, memory }, at) => [
      subjects[at]?.name ?? '',
      wall.toFixed(2),
      `${least.toFixed(2)}–${most.toFixed(2)}`,
      `${(wall / (floor?.wall ?? NaN)).toFixed(1)}×`,
      processor.toFixed(2),
      memory.toFixed(0),
    ]);
    return {
      key: 'processes',
      title: 'Generation',
      about:
        'Whole processes as a user starts them, in turns, median of five. `floor` reads the pinned snapshot and copies the ' +
        'output; processor time and memory are those of Node.js processes, that of npm included.',
      tables: [{ head: ['', 'seconds', 'range', '× floor', 'processor', 'MB'], rows }],
      notes,
    };
  } finally {
    peer?.close();
    rmSync(folder, { recursive: true });
  }
}

function ownSubjects(kept: string): readonly Subject[] {
  return [
    {
      name: 'floor',
      command: (out) => ({
        args: [process.execPath, '--input-type=module', '-e', FLOOR, join(ROOT, 'generated'), out],
      }),
    },
    { name: 'codegen --version', command: () => npm('--version') },
    { name: 'generate, to an empty folder', command: (out) => npm('generate', '--quiet', '--out', out) },
    { name: 'generate, nothing changed', command: () => npm('generate', '--quiet', '--out', kept) },
    { name: 'check', command: () => npm('check', '--quiet', '--out', kept) },
    ...['fr-imaging-study-document', 'fr-endpoint-wado-document'].map((id) => ({
      name: `generate --profile ${id}`,
      command: (out: string) => npm('generate', '--quiet', '--profile', `${GUIDE}/${id}`, '--out', out),
    })),
  ];
}

/** Measurements that need packages outside this project. */
function packageSubjects(): readonly Subject[] {
  const us = join(PACKAGES, 'hl7.fhir.us.core-7.0.0.tgz');
  const fr = ['2.1.0', '2.2.0'].map((version) => join(PACKAGES, `hl7.fhir.fr.core-${version}.tgz`));
  if (![us, ...fr].every((path) => existsSync(path))) return [];
  const offline = ['--quiet', '--offline', '--fhir-cache', CACHE];
  return [
    { name: 'generate hl7.fhir.us.core-7.0.0.tgz', command: (out) => npm('generate', us, ...offline, '--out', out) },
    { name: 'diff of FR Core 2.1.0 and 2.2.0', command: () => npm('diff', ...fr, ...offline) },
  ];
}

function npm(...args: readonly string[]): Command {
  return { args: ['npm', 'run', '--silent', 'codegen', '--', ...args] };
}
