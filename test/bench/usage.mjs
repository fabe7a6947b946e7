// Loaded into measured processes: writes down what each has used when it ends.
import { appendFileSync } from 'node:fs';
import process from 'node:process';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  appendFileSync(process.env['BENCH_USAGE'] ?? '', `${userCPUTime + systemCPUTime} ${maxRSS}\n`);
});
