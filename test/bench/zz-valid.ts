import { openPackage } from '../mutation/subject.js';
import { judgeByValidator } from '../mutation/judge.js';
import { pinnedSnapshot } from '../mutation/subject.js';
const opened = await openPackage(pinnedSnapshot());
console.log(opened.failures);
const subjects = opened.subjects.map((s) => ({ ...s, mutants: [] }));
const j = await judgeByValidator(opened, subjects);
console.log(j.refused.length); const by = new Map<string, string[]>();
for (const r of j.refused) { const k = r.replace(/^.*?: /, '').slice(0,90); by.set(k, [...(by.get(k) ?? []), r.slice(0, 80)]); }
for (const [k, v] of by) console.log(v.length, k, '|', v[0]);
opened.workspace.close();
