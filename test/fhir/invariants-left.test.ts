import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isBuiltIn, simpleCheck } from '../../generator/fhir/invariant.js';
import { parseSnapshot } from '../../generator/pin/parse.js';

const FILE = fileURLToPath(new URL('../../generator/pinned.json', import.meta.url));
const { structureDefinitions } = parseSnapshot(readFileSync(FILE, 'utf8'), 'generator/pinned.json');

/** Keys of the invariants in some definitions that only an engine evaluates. */
function left(definitions: typeof structureDefinitions): string[] {
  const constraints = definitions.flatMap(({ elements }) => elements.flatMap((element) => element.constraints ?? []));
  const keys = constraints
    .filter((one) => one.severity === 'error' && !isBuiltIn(one) && simpleCheck(one.expression ?? '') === undefined)
    .map(({ key }) => key);
  return [...new Set(keys)].sort();
}

it('of the invariants of datatypes, only this one needs an engine', () => {
  const datatypes = structureDefinitions.filter(
    (one) => one.kind === 'complex-type' && one.derivation !== 'constraint',
  );
  expect(left(datatypes.filter(({ type }) => type !== 'ElementDefinition'))).toEqual(['tim-9']);
});

it('of the invariants of the pinned guide, only these need an engine', () => {
  const own = structureDefinitions.filter((one) => one.package.startsWith('ans.document.fr.core#'));
  expect(left(own)).toEqual([
    'bdle-document-1',
    'child-relationship',
    'comp-1',
    'comp-3',
    'obs-7',
    'obs-pregnancy-status-value',
    'tim-9',
    'vs-1',
  ]);
});
