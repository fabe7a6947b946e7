import { readAssets } from '../../generator/assets.js';
import type { PinnedSnapshot } from '../../generator/pin/snapshot.js';
import { prove, type Proven } from '../../generator/prove/prove.js';
import { canonical, type SampleProfile, sampleSnapshot } from '../model/sample.js';
import { BOUND, HELPERS, type Kind, KINDS, UNRESOLVED, VALUE_SETS } from './kinds.js';

/** The name of the profile for a kind. */
export function nameOf(kind: Kind): string {
  return `Kind${KINDS.indexOf(kind)}`;
}

function snapshotOf(side: 'before' | 'after'): PinnedSnapshot {
  const profiles = KINDS.map((kind): SampleProfile => ({ name: nameOf(kind), type: kind.type, elements: kind[side] }));
  const bound = BOUND.map(([name, element]): SampleProfile => ({ name, type: 'Observation', elements: [element] }));
  const unresolved = side === 'before' ? [] : [{ canonical: UNRESOLVED, kind: 'ValueSet' as const, usedBy: [] }];
  const missing = [{ canonical: canonical('Missing'), kind: 'StructureDefinition' as const, usedBy: [] }];
  return {
    ...sampleSnapshot([...HELPERS, ...profiles, ...bound], VALUE_SETS[side]),
    unresolved: [...missing, ...unresolved],
  };
}

/** All changes between the two versions, and the compiler's verdicts, from one program for all kinds. */
export async function provenVersions(): Promise<Proven> {
  return prove(snapshotOf('before'), snapshotOf('after'), await readAssets());
}
