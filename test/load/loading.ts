import { oneLine } from '../../generator/errors.js';
import { load, type Loaded, type LoadOptions } from '../../generator/load/load.js';
import { definition, structureDefinition } from '../guide/definitions.js';

/** A guide with three definitions, and files that are not definitions. */
export const GUIDE = {
  name: 'example.guide',
  version: '1.0.0',
  files: {
    'StructureDefinition-b.json': structureDefinition('http://example.org/b'),
    'StructureDefinition-a.json': structureDefinition('http://example.org/a'),
    'ValueSet-c.json': definition('ValueSet', 'http://example.org/c'),
    'SearchParameter-d.json': { resourceType: 'SearchParameter', url: 'http://example.org/d' },
    'example/Patient-e.json': { resourceType: 'Patient' },
    'example/StructureDefinition-f.json': structureDefinition('http://example.org/f'),
    '.index.json': 'not even JSON',
  },
};

/** Loads from a cache only. */
export async function offline(spec: string, fhirCache: string, more: LoadOptions = {}): Promise<Loaded> {
  return load(spec, { fhirCache, offline: true, ...more });
}

/** The line that the user sees. */
export async function failure(loading: Promise<unknown>): Promise<string> {
  return loading.then(
    () => 'nothing failed',
    (error: unknown) => oneLine(error),
  );
}

/** `name#version` of the packages in the order of lookup. */
export function labelsOf({ definitions }: Loaded): string[] {
  return definitions.packages.map(({ name, version }) => `${name}#${version}`);
}
