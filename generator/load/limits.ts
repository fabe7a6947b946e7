/**
 * Limits on the cost of a package. A package is input from the internet: each limit stops one way to exhaust the
 * memory, the disk or the time of its readers. The defaults leave an order of magnitude above what published packages
 * need (R4 core, the largest that nearly everyone loads: 27 MB, 4,600 files, 0.8 million JSON values, depth 19).
 */
export interface LoadLimits {
  /** Bytes of one JSON file; a larger one is left out with a warning. */
  readonly fileBytes: number;
  /** Nesting of objects and arrays in one JSON file; a deeper one is left out with a warning. */
  readonly fileDepth: number;
  /** Values (members and items, about 50 bytes of memory each) in one JSON file; a larger one is left out. */
  readonly fileValues: number;
  /** Values in all definitions of a run together; files that would exceed it are left out with a warning. */
  readonly totalValues: number;
  /** Bytes of all definitions of a run together, likewise. */
  readonly totalBytes: number;
  /** Bytes of a package.json. */
  readonly packageJsonBytes: number;
  /** Packages among all dependencies, including those that cannot be loaded. */
  readonly packages: number;
  /** Files and folders in a package or in its archive. */
  readonly entries: number;
  /** Bytes of an archive as received. */
  readonly archiveBytes: number;
  /** Bytes of an unpacked archive. */
  readonly unpackedBytes: number;
  /** Bytes of a registry's list of versions, and of a build server's list of builds. */
  readonly listingBytes: number;
  /** Seconds that a download may take in total, even if data keeps arriving. */
  readonly downloadSeconds: number;
}

/** The default limits. */
export const DEFAULT_LIMITS: LoadLimits = {
  fileBytes: 64 * 1024 * 1024,
  fileDepth: 200,
  fileValues: 3_000_000,
  totalValues: 6_000_000,
  totalBytes: 256 * 1024 * 1024,
  packageJsonBytes: 1024 * 1024,
  packages: 200,
  entries: 100_000,
  archiveBytes: 128 * 1024 * 1024,
  unpackedBytes: 512 * 1024 * 1024,
  listingBytes: 32 * 1024 * 1024,
  downloadSeconds: 300,
};
