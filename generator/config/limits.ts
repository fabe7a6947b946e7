import { DEFAULT_LIMITS as LOAD_LIMITS, type LoadLimits } from '../load/limits.js';
import { DEFAULT_LIMITS as PIN_LIMITS, type PinLimits } from '../pin/limits.js';
import { DEFAULT_LIMITS as SNAPSHOT_LIMITS, type SnapshotLimits } from '../snapshot/limits.js';
import { count, members, type Read } from './read.js';

/** Limits that differ from the defaults, by the stage that enforces them. Messages name the limit that was exceeded. */
export interface Limits {
  /** Limits of packages and their files. */
  readonly load?: Partial<LoadLimits> | undefined;
  /** Limits of generated snapshots. */
  readonly snapshot?: Partial<SnapshotLimits> | undefined;
  /** Limits of profiles and value sets. */
  readonly pin?: Partial<PinLimits> | undefined;
}

const STAGES = ['load', 'snapshot', 'pin'] as const satisfies readonly (keyof Limits)[];

/** Reads limits. */
export const limits: Read<Limits> = (value, at) => {
  const member = members(value, at, STAGES);
  return {
    load: member('load', numbersOf(LOAD_LIMITS)),
    snapshot: member('snapshot', numbersOf(SNAPSHOT_LIMITS)),
    pin: member('pin', numbersOf(PIN_LIMITS)),
  };
};

/** Reads some of the numbers of an object. */
function numbersOf<T extends object>(all: T): Read<Partial<Record<keyof T & string, number>>> {
  const keys = Object.keys(all).filter((key): key is keyof T & string => Object.hasOwn(all, key));
  return (value, at) => {
    const member = members(value, at, keys);
    const given: Partial<Record<keyof T & string, number>> = {};
    for (const key of keys) {
      const number = member(key, count);
      if (number !== undefined) given[key] = number;
    }
    return given;
  };
}
