import type { Upgrade } from '../bump-package.js';
import type { CompareOptions, Comparison } from '../compare.js';
import type { OutputOptions } from '../config/plan.js';
import type { Generated, GenerateOptions } from '../generate.js';
import type { Loaded, LoadOptions } from '../load/load.js';
import type { Definitions } from '../load/definitions.js';
import type { PinOptions } from '../pin-package.js';
import type { PinLimits } from '../pin/limits.js';
import type { Pinned } from '../pin/pin.js';
import type { PinnedSnapshot } from '../pin/snapshot.js';
import type { Assets } from '../assets.js';
import type { Proven } from '../prove/prove.js';
import type { GeneratorIdentity } from '../render/manifest.js';
import type { SnapshotOptions, WithSnapshots } from '../snapshot/with-snapshots.js';

/** The stages that commands call; tests replace them. */
export interface Stages {
  load(spec: string, options: LoadOptions): Promise<Loaded>;
  withSnapshots(definitions: Definitions, options: SnapshotOptions): Promise<WithSnapshots>;
  pin(definitions: Definitions, options: PinOptions): Promise<Pinned>;
  parse(text: string, where: string, limits?: Partial<PinLimits>): Promise<PinnedSnapshot>;
  serialize(snapshot: PinnedSnapshot): Promise<string>;
  narrow(snapshot: PinnedSnapshot, profiles: readonly string[]): Promise<PinnedSnapshot>;
  generate(
    snapshot: PinnedSnapshot,
    assets: Assets,
    generator: GeneratorIdentity,
    options: OutputOptions & Pick<GenerateOptions, 'ledger'>,
  ): Promise<Generated>;
  upgrade(old: PinnedSnapshot, next: PinnedSnapshot, options: CompareOptions): Promise<Upgrade>;
  diff(old: PinnedSnapshot, next: PinnedSnapshot, options?: CompareOptions): Promise<Comparison>;
  prove(old: PinnedSnapshot, next: PinnedSnapshot, assets: Assets, options?: CompareOptions): Promise<Proven>;
}

/** The real stages, each imported on its first call, so that `--help` and usage errors are immediate. */
export const lazyStages: Stages = {
  load: async (spec, options) => (await import('../load/load.js')).load(spec, options),
  withSnapshots: async (definitions, options) =>
    (await import('../snapshot/with-snapshots.js')).withSnapshots(definitions, options),
  pin: async (definitions, options) => (await import('../pin-package.js')).pin(definitions, options),
  parse: async (text, where, limits) => (await import('../pin/parse.js')).parseSnapshot(text, where, undefined, limits),
  serialize: async (snapshot) => (await import('../pin/serialize.js')).serialize(snapshot),
  narrow: async (snapshot, profiles) => (await import('../pin/narrow.js')).narrow(snapshot, profiles),
  generate: async (snapshot, assets, generator, options) =>
    (await import('../generate.js')).generate(snapshot, { ...options, assets, generator }),
  upgrade: async (old, next, options) => (await import('../bump-package.js')).upgradeOf(old, next, options),
  diff: async (old, next, options) => (await import('../compare.js')).comparisonOf(old, next, options),
  prove: async (old, next, assets, options) => (await import('../prove/prove.js')).prove(old, next, assets, options),
};
