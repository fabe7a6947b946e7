import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ofFile: string[] = [];
const ofTest: string[] = [];

/** A new folder that is deleted after the tests of the file. */
export function folderOfTests(): string {
  return made(ofFile);
}

/** A new folder that is deleted after the test. */
export function newFolder(): string {
  return made(ofTest);
}

function made(list: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'fhir-profile-codegen-'));
  list.push(folder);
  return folder;
}

/** Deletes the folders of a test. */
export function deleteFoldersOfTest(): void {
  deleteAll(ofTest);
}

/** Deletes the folders of a file. */
export function deleteFoldersOfFile(): void {
  deleteAll(ofFile);
}

function deleteAll(list: string[]): void {
  for (const folder of list.splice(0)) rmSync(folder, { recursive: true, force: true });
}
