import {readFileSync} from 'node:fs'; import {parseSnapshot} from '../../generator/pin/parse.js'; import {buildModel} from '../../generator/model/build.js';
const t = performance.now();
const m = buildModel(parseSnapshot(readFileSync('generator/pinned.json','utf8'),'x'));
for (const w of m.warnings) if(!/by its own definition/.test(w.message)) console.log(w.where.profile?.slice(-40), w.where.element, w.message);
console.log(m.warnings.length, performance.now()-t);
