import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import manifest from '../../generated/manifest.json' with { type: 'json' };
import { manyProfiles, oneProfile, plain } from '../bench/programs.js';
import { OPTIONS, programOf, ROOT } from '../generated/compile.js';

/** The cost of a program for the compiler, in figures that are the same on every machine. */
interface Cost {
  /** The number of files read and parsed. */
  readonly files: number;
  readonly instantiations: number;
}

function costOf(text: string): Cost {
  const { program, source } = programOf(`${ROOT}test/types/virtual.ts`, text, OPTIONS);
  const [first] = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  if (first !== undefined) throw new Error(ts.flattenDiagnosticMessageText(first.messageText, '\n'));
  return { files: program.getSourceFiles().length, instantiations: program.getInstantiationCount() };
}

const { profiles } = manifest;
const study = profiles.find((profile) => profile.name === 'FRImagingStudyDocument');
const many = profiles.filter(({ kind }) => kind === 'resource').slice(0, 20);
const PACKAGE = 'ans-document-fr-core';

describe('the cost of types', () => {
  const base = costOf(plain);

  it("is a few files in addition to FHIR's for one profile imported from its module", () => {
    const cost = costOf(oneProfile(PACKAGE + (study?.module.slice(1) ?? '')));
    expect(cost.files - base.files).toBeLessThan(100);
    expect(cost.instantiations).toBeLessThan(2_500);
  });

  it('is a limited number of instantiations for twenty profiles imported from the root', () => {
    const cost = costOf(manyProfiles(PACKAGE, many));
    expect(cost.instantiations).toBeLessThan(12_000);
  });
});
