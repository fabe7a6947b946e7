import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { print } from '../../generator/emit/print/module.js';
import { MARK, convert } from './convert.js';

/** One of each kind of generated module. */
const MODULES = [
  'ans.document.fr.core/fr-imaging-study-document',
  'ans.document.fr.core/fr-composition-document',
  'ans.document.fr.core/fr-observation-vital-signs-document',
  'hl7.fhir.fr.core/fr-core-patient-ins',
  'ans.fr.terminologies/value-sets/jdv-j129-categorie-etablissement-rass',
  'ans.document.fr.core/value-sets/fr-vs-result-type-document',
  'hl7.fhir.r4.core/types/bundle',
  'runtime/datatypes',
  'index',
];

const OUT = new URL('../../generated/', import.meta.url);

/** The comments of a module: whatever they say, their place is part of the layout. */
const COMMENT = / *\/\*\*(?:[^*]|\*(?!\/))*\*\//g;

describe('modules that prettier has laid out', () => {
  it.each(MODULES)('%s is printed the same', async (file) => {
    const text = await readFile(new URL(`${file}.ts`, OUT), 'utf8');
    const { module, comments } = convert(file, text);
    const printed = print(module);
    expect(comments.length).toBe(text.match(COMMENT)?.length ?? 0);
    // Comments of one line may stand on three in what was written by templates.
    const place = (all: string): string => all.replace(COMMENT, (one) => one.slice(0, one.indexOf('/')) + '/** */');
    expect(place(printed)).toBe(place(text));
    expect(printed).toContain(comments.length > 0 ? MARK : '');
  });
});
