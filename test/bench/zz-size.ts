import { bundle } from './bundle.js';
import { GUARD_AND_VALIDATOR } from './ours.js';
const b = await bundle(GUARD_AND_VALIDATOR);
console.log(b.min, b.gzip);
for (const [m, n] of b.modules) console.log(n, m);
