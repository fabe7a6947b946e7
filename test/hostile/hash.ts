/** Prints the hashes of what is generated, in the language and time zone of this process. */
import { hashes } from './bytes.js';

console.log((await hashes()).join(' '));
