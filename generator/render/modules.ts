import { filesUsedBy, type Module } from '../emit/module.js';
import { packageId } from '../fhir/package-id.js';
import type { RenderContext } from './context.js';
import { indexModule } from './index-module.js';
import { profileModule } from './profile-module.js';
import { profilesModule } from './profiles-module.js';
import { referencesModules } from './references-module.js';
import { datatypesModules, typeModule } from './type-modules.js';
import { valueSetModule } from './value-set-module.js';

/** The modules of a generated package, as data. */
export interface Modules {
  readonly profiles: readonly Module[];
  /** Those of value sets that some profile uses. */
  readonly valueSets: readonly Module[];
  /** Types of references to profiles. */
  readonly references: readonly Module[];
  /** All others: FHIR types, the list of profiles, the index. */
  readonly others: readonly Module[];
}

/**
 * The modules of a generated package.
 *
 * @param context all profiles
 */
export function modulesOf(context: RenderContext): Modules {
  const { model, names } = context;
  const source = packageId(model.package);
  const profiles = model.profiles.map((profile) => profileModule(context, profile));
  // Unused value sets are left out.
  const used = new Set(profiles.flatMap(filesUsedBy));
  const valueSets = model.valueSets
    .filter((valueSet) => used.has(names.valueSets.get(valueSet.url)?.file ?? ''))
    .map((valueSet) => valueSetModule(context, valueSet));
  const types = model.fhirTypes.filter((type) => used.has(names.fhirTypes.get(type.name)?.file ?? ''));
  const references = referencesModules(context);
  const others: readonly Module[] = [
    ...types.map((type) => typeModule(context, type)),
    ...datatypesModules(context, types),
    profilesModule(context, source),
    indexModule(source, [...profiles, ...references, ...valueSets]),
  ];
  return { profiles, valueSets, references, others };
}

/**
 * The modules that programs import: profiles, value sets and references.
 *
 * @param modules of a generated package
 */
export function apiModules({ profiles, valueSets, references }: Modules): readonly Module[] {
  return [...profiles, ...valueSets, ...references];
}
