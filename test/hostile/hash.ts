/** Prints the hashes of generated output, in the language and time zone of this process. */
import { hashes } from './bytes.js';

console.log((await hashes()).join(' '));
