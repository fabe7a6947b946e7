import type { Disk } from '../../generator/write/disk.js';
import { machineDisk } from '../../generator/write/disk.js';

/** Faults that a test injects into the disk. */
export interface Fault {
  /** Called before each operation that changes the disk, with its number and name; an exception makes it fail. */
  before(count: number, operation: string, path: string, from?: string): void;
}

/** An error with the code of the system. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code });
}

/** The real disk with injected faults: permissions do not apply to root, and no test fills the disk. */
export function faultyDisk(fault: Fault): Disk {
  let count = 0;
  const step = (operation: string, path: string, from?: string): void => fault.before(++count, operation, path, from);
  return {
    ...machineDisk,
    create(path, content) {
      try {
        step('create', path);
      } catch (error) {
        // A full disk or a killed process leaves half a file.
        machineDisk.create(path, content.slice(0, content.length / 2));
        throw error;
      }
      machineDisk.create(path, content);
    },
    makeFolder(path) {
      step('makeFolder', path);
      return machineDisk.makeFolder(path);
    },
    rename(from, to) {
      step('rename', to, from);
      machineDisk.rename(from, to);
    },
    link(from, to) {
      step('link', to);
      machineDisk.link(from, to);
    },
    removeFile(path) {
      step('removeFile', path);
      machineDisk.removeFile(path);
    },
    removeFolder(path) {
      step('removeFolder', path);
      machineDisk.removeFolder(path);
    },
    removeTree(path) {
      step('removeTree', path);
      machineDisk.removeTree(path);
    },
  };
}

/** A disk on which the process ends at its n-th change: that change and all later ones do not happen. */
export function dyingDisk(last: number): { disk: Disk; died: () => boolean } {
  let dead = false;
  const disk = faultyDisk({
    before(count) {
      if (count < last) return;
      dead = true;
      throw new Error('killed');
    },
  });
  return { disk, died: () => dead };
}
