import { indexStructureDefinitionBundle, loadDataType, OperationOutcomeError, validateResource } from '@medplum/core';
import { readFileSync } from 'node:fs';
import { parseSnapshot } from '../../generator/pin/parse.js';
import { ROOT } from '../generated/compile.js';
import type { Contender } from './contender.js';
import { definitions } from './definitions.js';
import { structureDefinition } from './structure-definition.js';

const PINNED = `${ROOT}generator/pinned.json`;
const PROFILE = 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-imaging-study-document';

type Definitions = Parameters<typeof indexStructureDefinitionBundle>[0];
type Definition = Parameters<typeof loadDataType>[0];
type Resource = Parameters<typeof validateResource>[0];

/**
 * Medplum's validator as its users call it, with the profile and the profiles on datatypes and extensions; and a second
 * time with the profile loaded in place of the FHIR type, so that it is not parsed for each value.
 */
export function medplum(): Contender[] {
  for (const name of ['types', 'resources']) {
    indexStructureDefinitionBundle(definitions(`profiles-${name}`) as Definitions);
  }
  const pinned = parseSnapshot(readFileSync(PINNED, 'utf8'), PINNED).structureDefinitions;
  // One profile on another resource has a discriminator that Medplum rejects to load.
  const isNeeded = pinned.filter(({ kind, derivation }) => kind === 'complex-type' && derivation === 'constraint');
  for (const each of isNeeded) loadDataType(structureDefinition(each) as Definition);
  const study = pinned.find(({ url }) => url === PROFILE);
  if (study === undefined) throw new Error(`${PROFILE} is not pinned`);
  const profile = structureDefinition(study) as Definition;
  loadDataType(profile);
  loadDataType({ ...profile, url: `http://hl7.org/fhir/StructureDefinition/${study.type}` });
  return [
    contender('@medplum/core', 'medplum', (value) => validateResource(value, { profile })),
    contender('@medplum/core, profile read once', 'read once', (value) => validateResource(value)),
  ];
}

/** OperationOutcome.issue, written here to avoid a dependency on Medplum's own types. */
interface Reported {
  readonly severity: string;
  readonly expression?: readonly string[];
  readonly details?: { readonly text?: string };
}

function contender(name: string, column: string, validate: (value: Resource) => unknown): Contender {
  const issuesOf = (value: unknown): readonly Reported[] => {
    try {
      validate(value as Resource);
      return [];
    } catch (error) {
      // It throws its issues if one of them is an error; anything else is a failure of Medplum itself.
      if (error instanceof OperationOutcomeError) return error.outcome.issue ?? [];
      throw error;
    }
  };
  return {
    name,
    column,
    run: issuesOf,
    errors: (value) =>
      issuesOf(value)
        .filter(({ severity }) => severity === 'error')
        .map(({ expression, details }) => `${String(expression)}: ${String(details?.text)}`),
  };
}
