import { afterAll, afterEach } from 'vitest';
import { deleteFoldersOfFile, deleteFoldersOfTest } from './folders.js';

// Runs for each test file, also if files share a process: hooks in an imported module would belong to the first file.
afterEach(deleteFoldersOfTest);
afterAll(deleteFoldersOfFile);
