import type { Unresolved } from '../pin/snapshot.js';
import { byCodeUnit } from '../order.js';
import type { RenderContext } from './context.js';

/** `manifest.json` of the output, which other tools rely on. */
export interface Manifest {
  readonly package: { readonly name: string; readonly version: string };
  readonly fhirVersion: string;
  readonly generator: { readonly name: string; readonly version: string };
  readonly profiles: readonly ManifestProfile[];
  readonly unresolved: readonly Unresolved[];
  /** All files of the output, this one included, sorted: the generator's own, which it may replace or remove. */
  readonly files: readonly string[];
}

/** A profile and where its model is. */
export interface ManifestProfile {
  readonly url: string;
  readonly version?: string;
  readonly name: string;
  readonly type: string;
  readonly kind: 'resource' | 'datatype' | 'extension';
  /** ESM specifier relative to the output folder. */
  readonly module: string;
  /** Identifiers of that module. */
  readonly exports: {
    readonly interface: string;
    readonly builder: string;
    readonly guard: string;
    readonly validate: string;
    readonly create: string;
  };
}

/** Name and version of this generator, as manifests state them. */
export interface GeneratorIdentity {
  readonly name: string;
  readonly version: string;
}

/**
 * @param context all profiles
 * @param generator name and version of the generator
 * @param paths of all other files
 */
export function manifestOf(context: RenderContext, generator: GeneratorIdentity, paths: readonly string[]): Manifest {
  const { model, names } = context;
  return {
    package: { name: model.package.name, version: model.package.version },
    fhirVersion: model.fhirVersion,
    generator,
    profiles: model.profiles.flatMap((profile): ManifestProfile[] => {
      const own = names.profiles.get(profile.url);
      if (own === undefined) return [];
      return [
        {
          url: profile.url,
          ...(profile.version === undefined ? {} : { version: profile.version }),
          name: profile.name,
          type: profile.type,
          kind: profile.kind,
          module: `./${own.file}.js`,
          exports: {
            interface: own.interface,
            builder: own.builder,
            guard: own.guard,
            validate: own.validate,
            create: own.create,
          },
        },
      ];
    }),
    unresolved: model.unresolved,
    files: [...paths, 'manifest.json'].sort(byCodeUnit),
  };
}
