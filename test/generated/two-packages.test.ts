import { afterAll, describe, expect, it } from 'vitest';
import { canonical, sampleModel } from '../model/sample.js';
import { openWorkspace, type Workspace } from '../mutation/workspace.js';
import { rendered } from '../rendered.js';
import { diagnose } from './compile.js';

/** A package of two equal profiles of Patient, and of observations about the first. */
async function packageOf(first: string, ...others: readonly string[]): Promise<Workspace> {
  const patients = [first, ...others].map((name) => ({
    name,
    type: 'Patient',
    elements: [{ id: 'Patient.birthDate', min: 1, max: '1' }],
  }));
  const subject = {
    id: 'Observation.subject',
    min: 1,
    max: '1',
    types: [{ code: 'Reference', targetProfiles: [canonical(first)] }],
  };
  // A reference as guides constrain it if it must be resolvable.
  const text = { id: 'Observation.subject.reference', min: 1, max: '1', types: [{ code: 'string' }] };
  const observations = [
    { name: `About${first}`, type: 'Observation', elements: [subject] },
    { name: `Resolvable${first}`, type: 'Observation', elements: [subject, text] },
  ];
  return openWorkspace((await rendered(sampleModel([...patients, ...observations]))).files);
}

const packages = await Promise.all([packageOf('Shared', 'Left'), packageOf('Shared'), packageOf('Right')]);
afterAll(() => packages.forEach((one) => one.close()));
const [left, again, right] = packages.map((one) => `${one.generated}/index.js`);

const PRELUDE = `import { referenceTo, type AboutShared, type Left, type ResolvableShared, type Shared } from '${left}';
import type { AboutShared as AboutAgain, Shared as Again } from '${again}';
import { referenceTo as referenceToRight, type AboutRight, type ResolvableRight, type Right } from '${right}';
declare const shared: Shared; declare const again: Again; declare const leftOne: Left; declare const rightOne: Right;
export const used: [AboutShared, AboutAgain, AboutRight, ResolvableShared, ResolvableRight] | undefined = undefined;`;

const ACCEPTED = [
  'const value: Again = shared;',
  'const value: Shared = again;',
  "const value: AboutAgain['subject'] = referenceTo(shared);",
  "const value: AboutShared['subject'] = referenceToRight(again);",
  "const value: ResolvableShared['subject'] = { reference: 'Patient/1', display: 'x' };",
  "const value: ResolvableShared['subject'] = { ...referenceTo(shared), reference: 'Patient/1' };",
  "const value: AboutShared['subject'] = {} as ResolvableShared['subject'];",
];

const REJECTED = [
  'const value: Right = shared;',
  'const value: Shared = rightOne;',
  'const value: Left = rightOne;',
  'const value: Left = shared;',
  'const value: Shared = leftOne;',
  "const value: AboutRight['subject'] = referenceTo(shared);",
  "const value: AboutShared['subject'] = referenceToRight(rightOne);",
  "const value: ResolvableShared['subject'] = { display: 'x' };",
  "const value: ResolvableShared['subject'] = { reference: 'Group/1' };",
  "const value: ResolvableShared['subject'] = { reference: 'Patient/1', type: 'Group' };",
  "const value: ResolvableShared['subject'] = { ...referenceToRight(rightOne), reference: 'Patient/1' };",
  "const value: ResolvableRight['subject'] = {} as ResolvableShared['subject'];",
];

const statements = [...ACCEPTED, ...REJECTED];
const diagnostics = diagnose(`${PRELUDE}\n${statements.map((one) => `{ ${one} void value; }`).join('\n')}`);
const first = PRELUDE.split('\n').length;
const errorsFor = (statement: string): string[] =>
  diagnostics.filter(({ line }) => line === first + statements.indexOf(statement)).map(({ message }) => message);

describe('models of packages that are installed side by side', () => {
  it('compile', () => {
    expect(diagnostics.filter(({ line }) => line < first)).toEqual([]);
  });

  it.each(ACCEPTED)('are interchangeable if their canonicals are equal: %s', (statement) => {
    expect(errorsFor(statement)).toEqual([]);
  });

  it.each(REJECTED)('are not interchangeable if their canonicals differ: %s', (statement) => {
    expect(errorsFor(statement)).not.toEqual([]);
  });
});
