import type { FactRegistry } from '../facts/registry.js';
import type { FhirType, ValueSetModel } from '../model/model.js';
import type { ResolvedModel, ResolvedProfile } from '../model/resolved.js';
import type { Names } from '../names/names.js';
import { baseTypesOf, type BaseTypes, type BaseTypesName } from './base-types.js';
import { wordsOf, type DocLanguage, type Words } from './words.js';

/** A union of this many codes costs the compiler almost nothing; one of 120,000 takes 1.2 s. */
export const DEFAULT_CODE_LIMIT = 10_000;

/** The lookups of the render stage. */
export interface RenderContext {
  readonly model: ResolvedModel;
  readonly names: Names;
  /** By canonical. */
  readonly profiles: ReadonlyMap<string, ResolvedProfile>;
  /** By canonical. */
  readonly valueSets: ReadonlyMap<string, ValueSetModel>;
  /** By name. */
  readonly types: ReadonlyMap<string, FhirType>;
  /** A union has at most this many codes. */
  readonly codeLimit: number;
  /** The FHIR types that the output uses. */
  readonly baseTypes: BaseTypes;
  /** The fixed sentences of comments. */
  readonly words: Words;
  /** The registered facts of elements; all if absent. */
  readonly facts?: FactRegistry | undefined;
}

/** Options of the output. */
export interface RenderChoices {
  /** `@types/fhir` if absent. */
  readonly baseTypes?: BaseTypesName | undefined;
  /** `en` if absent. */
  readonly docLanguage?: DocLanguage | undefined;
  /** The registered facts of elements; all if absent. */
  readonly facts?: FactRegistry | undefined;
}

/**
 * @param model all profiles
 * @param names their names
 * @param codeLimit see {@link RenderContext.codeLimit}
 * @param choices see {@link RenderChoices}
 */
export function renderContext(
  model: ResolvedModel,
  names: Names,
  codeLimit: number,
  choices: RenderChoices = {},
): RenderContext {
  return {
    model,
    names,
    profiles: new Map(model.profiles.map((profile) => [profile.url, profile])),
    valueSets: new Map(model.valueSets.map((valueSet) => [valueSet.url, valueSet])),
    types: new Map(model.fhirTypes.map((type) => [type.name, type])),
    codeLimit,
    baseTypes: baseTypesOf(choices.baseTypes ?? '@types/fhir', model.fhirVersion, {
      package: `${model.package.name}#${model.package.version}`,
    }),
    words: wordsOf(choices.docLanguage ?? 'en'),
    facts: choices.facts,
  };
}
