/** Prints the report of an imaging examination, a document Bundle, as JSON. */
import { imagingDocument } from './document.js';

console.log(JSON.stringify(imagingDocument(), null, 2));
