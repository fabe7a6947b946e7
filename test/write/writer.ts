/** Writes outputs into a folder until it is killed, or a given number of times. */
import { write } from '../../generator/write/write.js';
import { large } from './large.js';

const [folder = '', times = 'Infinity', first = '0'] = process.argv.slice(2);
process.stdout.write('ready\n');
for (let count = 0; count < Number(times); count++) await write(large(Number(first) + count), folder);
