import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../generated/compile.js';
import { inTurns } from './process.js';
import type { Table } from './section.js';
import { times } from './table.js';

const require = createRequire(import.meta.url);
const ROUNDS = 5;
/** Where the editor's cursor is. */
const CURSOR = '/* here */';

/** A program with an unfinished line. */
interface Draft {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

function drafts(module: string): readonly Draft[] {
  const created = (from: string): string =>
    `import { createFRImagingStudyDocument } from '${from}';\n\ncreateFRImagingStudyDocument({ ${CURSOR} });\n`;
  return [
    {
      name: '@types/fhir alone',
      file: 'draft-plain.ts',
      text: `import type { ImagingStudy } from 'fhir/r4.js';\n\nexport const study: ImagingStudy = { ${CURSOR} };\n`,
    },
    { name: '1 profile, from its module', file: 'draft-module.ts', text: created(module) },
    { name: '1 profile', file: 'draft-root.ts', text: created(module.split('/')[0] ?? '') },
  ];
}

/**
 * The cost of the first completion in a newly started editor: a process that loads the compiler, opens a file and asks
 * for the members of a study.
 *
 * @param folder where the generated package is installed
 * @param module of the profile of studies
 */
export async function completions(folder: string, module: string): Promise<Table> {
  const subjects = drafts(module);
  for (const { file, text } of subjects) writeFileSync(join(folder, file), text);
  const script = join(ROOT, 'test/bench/completion.mjs');
  const compiler = require.resolve('typescript');
  const used = await inTurns(
    subjects.map(({ file, text }) => {
      const offset = text.indexOf(CURSOR);
      return () => ({ args: [process.execPath, script, compiler, folder, file, String(offset)] });
    }),
    ROUNDS,
  );
  const [plain] = used;
  return {
    head: ['first completion', 'seconds', 'range', 'processor', '×', 'MB', '×'],
    rows: used.map(({ wall, least, most, processor, memory }, at) => [
      subjects[at]?.name ?? '',
      wall.toFixed(2),
      `${least.toFixed(2)}–${most.toFixed(2)}`,
      processor.toFixed(2),
      times(processor, plain?.processor ?? NaN),
      memory.toFixed(0),
      times(memory, plain?.memory ?? NaN),
    ]),
  };
}
