import { afterAll, afterEach } from 'vitest';
import { deleteFoldersOfFile, deleteFoldersOfTest } from './folders.js';

// Run for every file of tests, also where files share a process: hooks of a module that they import belong to the first.
afterEach(deleteFoldersOfTest);
afterAll(deleteFoldersOfFile);
