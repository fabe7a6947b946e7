import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { narrow } from '../../generator/pin/narrow.js';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { serialize } from '../../generator/pin/serialize.js';
import { ROOT } from '../generated/compile.js';
import { inTurns } from './process.js';
import type { Section } from './section.js';

const PROFILE = 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-endpoint-wado-document';
const PROFILES = [1, 10, 100, 1000];
const ROUNDS = 3;

/** How the cost of generation grows with the number of profiles. */
export async function growth(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-growth-'));
  try {
    const files = PROFILES.map((count) => {
      const file = join(folder, `${count}.json`);
      writeFileSync(file, serialize(copies(count)));
      return file;
    });
    const commands = files.map((file, at) => (round: number) => ({
      args: [
        'npm',
        'run',
        '--silent',
        'codegen',
        '--',
        'generate',
        file,
        '--quiet',
        '--out',
        join(folder, `${round}-${at}`),
      ],
    }));
    const used = await inTurns(commands, ROUNDS);
    return {
      key: 'growth',
      title: 'Growth of generation',
      about: 'The profile FREndpointWadoDocument, copied under other names; whole processes, median of three.',
      tables: [
        {
          head: ['profiles', 'seconds', 'range', 'processor', 'MB'],
          rows: used.map(({ wall, least, most, processor, memory }, at) => [
            String(PROFILES[at]),
            wall.toFixed(2),
            `${least.toFixed(2)}–${most.toFixed(2)}`,
            processor.toFixed(2),
            memory.toFixed(0),
          ]),
        },
      ],
      plots: [
        {
          name: 'generation',
          title: 'Time to generate, by number of profiles',
          x: 'profiles',
          y: 'seconds',
          lines: [
            { name: 'wall time', points: used.map(({ wall }, at) => [PROFILES[at] ?? 1, wall]) },
            { name: 'processor time', points: used.map(({ processor }, at) => [PROFILES[at] ?? 1, processor]) },
          ],
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The pinned snapshot of one profile, repeated the given number of times. */
function copies(count: number): ReturnType<typeof parseSnapshot> {
  const path = join(ROOT, 'generator/pinned.json');
  const one = narrow(parseSnapshot(readFileSync(path, 'utf8'), path), [PROFILE]);
  const original = one.structureDefinitions.find(({ url }) => url === PROFILE);
  if (original === undefined) throw new Error(`${PROFILE} is not pinned`);
  const made = Array.from({ length: count }, (_, at) => ({
    ...original,
    url: `${PROFILE}-${at}`,
    name: `${original.name}${at}`,
  }));
  return {
    ...one,
    profiles: made.map(({ url }) => url).sort(),
    structureDefinitions: [...one.structureDefinitions.filter(({ url }) => url !== PROFILE), ...made],
  };
}
