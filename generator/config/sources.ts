import { resolve } from 'node:path';
import type { LoadOptions } from '../load/load.js';
import type { Config } from './config.js';
import { locate } from './plan.js';

/**
 * Where packages come from, as a configuration says it.
 *
 * @param config the configuration
 * @param folder where its paths start
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
