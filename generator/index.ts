/**
 * The generator as a function, `generateFrom`, which generates the packages of a configuration like the command line;
 * and its stages as functions: `load` and `write` access disk and network, the others are pure.
 *
 * @example
 * const { ok, packages, warnings } = await generateFrom({ packages: ['guide.example#1.0.0'], out: 'models' });
 *
 * @example
 * const { definitions } = await load('guide.example#1.0.0', { offline: true });
 * const { snapshot } = pin(definitions);
 * const { files } = await generate(snapshot, { assets: await readAssets(), generator: { name, version } });
 * await write(files, 'generated');
 *
 * @packageDocumentation
 */
export {
  CodegenError,
  oneLine,
  UsageError,
  type Repair,
  type VersionChoice,
  type Warning,
  type Where,
} from './errors.js';
export type { Definitions, MissingPackage } from './load/definitions.js';
export type { FhirPackage } from './fhir/package.js';
export { defineConfig, type Config, type OutputConfig, type PackageConfig } from './config/config.js';
export { loadConfig, type LoadedConfig } from './config/load-config.js';
export { parseConfig } from './config/parse-config.js';
export { planRuns, type OutputOptions, type Places, type Run, type RunFlags } from './config/plan.js';
export { pinnedProfilesOf, profilesOf, select, type Candidate, type Patterns, type Selected } from './config/select.js';
export type { LoadLimits } from './load/limits.js';
export { load, type Loaded, type LoadOptions } from './load/load.js';
export type { Patch } from './repair/repairs.js';
export type { SnapshotLimits } from './snapshot/limits.js';
export {
  withSnapshots,
  type SnapshotFailure,
  type SnapshotOptions,
  type WithSnapshots,
} from './snapshot/with-snapshots.js';
export { pin, type PinOptions } from './pin-package.js';
export type { PinLimits } from './pin/limits.js';
export type { Pinned } from './pin/pin.js';
export { narrow } from './pin/narrow.js';
export { parseSnapshot } from './pin/parse.js';
export { serialize } from './pin/serialize.js';
export type { PinnedSnapshot, Unresolved } from './pin/snapshot.js';
export {
  generateFrom,
  type GeneratedFrom,
  type GenerateFromOptions,
  type PackageFailed,
  type PackageGenerated,
  type PackageResult,
} from './generate-from.js';
export type { Limits } from './config/limits.js';
export { generate, type Generated, type GenerateOptions } from './generate.js';
export { parseLedger } from './names/ledger-file.js';
export type { NameLedger, ProfileLedger, ValueSetLedger } from './names/ledger.js';
export { readAssets, type Assets } from './assets.js';
export type { BaseTypesName } from './render/base-types.js';
export type { PackageJson } from './render/package-json.js';
export type { DocLanguage } from './render/words.js';
export type { GeneratedFile } from './render/file.js';
export type { GeneratorIdentity, Manifest, ManifestProfile } from './render/manifest.js';
export { compare, type Comparison } from './write/compare.js';
export { write, type WriteOptions, type Written } from './write/write.js';
export { diff } from './diff/diff.js';
export type { Verdict } from './facts/fact.js';
export type { Mapping } from './diff/mapping.js';
export type { Change, ChangeKind, Impact } from './diff/change.js';
export { reportOf, type Bump, type Compared, type Report, type ReportGroup, type ReportParts } from './diff/report.js';
export { formatReport, type ReportFormat, type TextOptions, type ReportTemplates } from './diff/format.js';
export type { DeclarationChange } from './diff/declarations.js';
export type { ReportEntry, ReportPlace } from './diff/entry.js';
export type { ReportFilter } from './diff/filter.js';
export type { Gravity } from './diff/gravity.js';
export type { Paint, Screen, Style } from './diff/layout.js';
export type { Subject } from './diff/subject.js';
export type { ReportTheme } from './diff/theme.js';
export type { PackageIdentity } from './fhir/package-id.js';
