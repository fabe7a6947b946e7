import { constructedGuide } from './constructed-profiles.js';
import { judgeByCompiler, judgeByValidator } from './judge.js';
import { judgeInputs } from './judge-inputs.js';
import { sampled } from './sample.js';
import { openPackage, pinnedSnapshot } from './subject.js';
import { buildModel } from '../../generator/model/build.js';
import { rendered } from '../rendered.js';
import { contextOf } from '../../generator/sample/spec.js';
import { validInstances } from './synthesize.js';
import { appendFileSync } from 'node:fs';
let last = process.cpuUsage();
const t = (n: string) => { const u = process.cpuUsage(last); appendFileSync('/tmp/speed/zz.out', n.padEnd(30) + ((u.user+u.system)/1000).toFixed(0)+'\n'); last = process.cpuUsage(); };
for (const snapshot of [pinnedSnapshot(), constructedGuide()]) {
  t('start');
  if (process.argv[2] === 'x') { const m = buildModel(snapshot); t('model'); await rendered(m); t('rendered'); const c = contextOf(m); const i = c.model.profiles.map((p) => validInstances(p, c)); t('instances ' + i.reduce((s, o) => s + o.instances.length, 0)); }
  const opened = await openPackage(snapshot); t('open');
  const subjects = sampled(opened.subjects, 24);
  const n = opened.subjects.reduce((s, o) => s + o.mutants.length, 0);
  t('sampled of '+n+' '+subjects.reduce((s, o) => s + o.mutants.length, 0));
  judgeByCompiler(opened, subjects); t('compiler');
  await judgeByValidator(opened, subjects); t('validator');
  await judgeInputs(opened, 10); t('inputs');
  opened.workspace.close();
}
