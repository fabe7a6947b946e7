import { beforeAll, describe, expect, it } from 'vitest';
import { oneLine } from '../../generator/errors.js';
import { generateFrom, type PackageGenerated } from '../../generator/index.js';
import { verify } from '../../generator/verify/verify.js';
import { folderOfTests } from '../folders.js';
import { cacheWith, profile } from '../hostile/guide.js';
import { canonical, type SampleElement } from '../model/sample.js';

const R5 = 'http://hl7.org/fhir/5.0/StructureDefinition/';

/** A slice of the extensions of Observation with the extension of the given canonical. */
function extension(name: string, url: string): SampleElement {
  return {
    id: `Observation.extension:${name}`,
    path: 'Observation.extension',
    sliceName: name,
    max: '1',
    base: { path: 'DomainResource.extension', min: 0, max: '*' },
    types: [{ code: 'Extension', profiles: [url] }],
  };
}

/** Members that later releases and tools add to profiles and elements. */
function withExtensions(raw: object): object {
  const obligation = {
    url: 'http://hl7.org/fhir/StructureDefinition/obligation',
    extension: [
      { url: 'code', valueCode: 'SHALL:populate' },
      { url: 'actor', valueCanonical: 'https://example.org/ActorDefinition/server' },
    ],
  };
  const imposed = {
    url: 'http://hl7.org/fhir/StructureDefinition/structuredefinition-imposeProfile',
    valueCanonical: canonical('imposed-by-nobody'),
  };
  const copy: { extension?: unknown; snapshot?: { element: object[] } } = structuredClone(raw);
  copy.extension = [imposed, obligation];
  const elements = copy.snapshot?.element ?? [];
  copy.snapshot = {
    element: elements.map((element) => ({
      ...element,
      extension: [obligation],
      obligation: [{ code: 'SHOULD:display' }],
      mustHaveValue: true,
      valueAlternatives: ['https://example.org/none'],
    })),
  };
  return copy;
}

let made: PackageGenerated;
beforeAll(async () => {
  const elements = [
    extension('plain', `${R5}extension-Observation.triggeredBy`),
    extension('encoded', `${R5}extension-Observation.value%5Bx%5D`),
    extension('present', `${R5}extension-Goal.acceptance%5Bx%5D|5.0.0`),
  ];
  const fhirCache = cacheWith({
    'versions.example#1.0.0': [
      withExtensions(profile({ id: 'crossing', elements })),
      profile({
        id: 'acceptance',
        name: 'Acceptance',
        url: `${R5}extension-Goal.acceptance[x]`,
        type: 'Extension',
        elements: [
          { id: 'Extension.url', fixed: { type: 'Uri', value: `${R5}extension-Goal.acceptance[x]` } },
          { id: 'Extension.value[x]', min: 1, max: '1', types: [{ code: 'boolean' }] },
        ],
      }),
    ],
  });
  const { packages } = await generateFrom(
    { packages: ['versions.example#1.0.0'], offline: true, fhirCache },
    { folder: folderOfTests(), write: false },
  );
  const [result] = packages;
  if (result === undefined || result.error !== undefined) throw new Error(oneLine(result?.error));
  made = result;
}, 120_000);

describe('extensions from other releases of FHIR in an R4 profile', () => {
  it('are resolved if a package has them, percent-encoded or not, and otherwise reported once each', () => {
    expect(made.failed).toEqual([]);
    // The core package of these tests is incomplete, so only the messages about R5 are compared.
    const missed = made.manifest.unresolved.filter((entry) => entry.canonical.startsWith(R5));
    expect(missed.map(({ canonical: url, usedBy }) => [url, usedBy])).toEqual([
      [`${R5}extension-Observation.triggeredBy`, [canonical('crossing')]],
      [`${R5}extension-Observation.value%5Bx%5D`, [canonical('crossing')]],
    ]);
    const text = made.files.find(({ path }) => path === 'versions.example/crossing.ts')?.content ?? '';
    expect(text).toContain('AcceptanceInput');
  });

  it('do not affect profiles and elements, and the output compiles', async () => {
    expect(made.warnings.map(oneLine).filter((line) => /obligation|impose/.test(line))).toEqual([]);
    expect(made.files.filter(({ content }) => /obligation|imposed-by-nobody/.test(content))).toEqual([]);
    expect(await verify(made.files)).toEqual([]);
  });
});
