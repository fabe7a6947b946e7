import type { GeneratedFile } from '../../generator/render/file.js';

/** An output as the generator returns it: the files and their manifest. */
export function output(files: Readonly<Record<string, string>>): GeneratedFile[] {
  const manifest = { generator: { name: 'fhir-profile-codegen', version: '0.1.0' }, profiles: [] };
  return [
    ...Object.entries(files).map(([path, content]) => ({ path, content })),
    { path: 'manifest.json', content: JSON.stringify(manifest) },
  ];
}
