import type { BaseTypesName } from '../generator/render/base-types.js';
import type { GeneratedFile } from '../generator/render/file.js';
import { type Finding, verify } from '../generator/verify/verify.js';

/**
 * Compiles what an output says of its package. The runtime is the same in all of them, and compiled by other tests: it
 * takes four fifths of the time.
 *
 * @param files of the output
 * @param name of the package of FHIR types that it uses
 */
export function verifyModels(files: readonly GeneratedFile[], name?: BaseTypesName): Promise<readonly Finding[]> {
  return verify(files, name, (path) => !path.startsWith('runtime/') || path === 'runtime/invariant-texts.ts');
}
