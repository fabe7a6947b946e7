import { resolve } from 'node:path';
import type { LoadOptions } from '../load/load.js';
import { readTerminology } from '../load/terminology-files.js';
import type { Repairs } from '../repair/repairs.js';
import type { Config } from './config.js';
import { locate } from './plan.js';

/**
 * The options of load in a configuration.
 *
 * @param config the configuration
 * @param folder the folder that its paths are relative to
 */
export function sourcesOf(config: Config, folder: string): LoadOptions {
  const { fhirCache, registry, buildServer, offline, limits } = config;
  return {
    fhirCache: fhirCache === undefined ? undefined : resolve(folder, fhirCache),
    registry,
    buildServer,
    offline,
    installedFor: folder,
    packages: config.with?.map((spec) => locate(spec, folder)),
    limits: limits?.load,
  };
}

/**
 * The corrections to packages in a configuration.
 *
 * @param config the configuration
 * @param folder the folder that its paths are relative to
 * @throws CodegenError when a file with terminology cannot be used
 */
export function repairsOf(config: Config, folder: string): Repairs {
  const paths = config.terminology?.map((path) => resolve(folder, path)) ?? [];
  return {
    patches: config.patches ?? [],
    leaveOut: config.leaveOut ?? [],
    terminology: readTerminology(paths, config.limits?.load),
  };
}
