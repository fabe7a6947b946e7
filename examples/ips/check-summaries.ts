import { readdirSync, readFileSync } from 'node:fs';
import { isBundleUvIps, isPatientUvIps, profiles, validateBundleUvIps } from './generated/index.js';

// The summaries that the guide contains.
const folder = 'node_modules/hl7.fhir.uv.ips/example';
for (const file of readdirSync(folder).filter((name) => name.startsWith('Bundle-'))) {
  const summary: unknown = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
  if (isBundleUvIps(summary, { profiles })) {
    const patient = summary.entry.map(({ resource }) => resource).find((resource) => isPatientUvIps(resource));
    console.log(`${file}: the summary of ${patient?.name[0].family ?? 'a patient without family name'}`);
  } else {
    for (const { expression, diagnostics } of validateBundleUvIps(summary, { profiles }))
      console.log(`${file}: ${expression}: ${diagnostics}`);
  }
}
