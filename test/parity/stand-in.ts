import type { ConformanceResource, FhirPackage } from '../../generator/fhir/package.js';

/**
 * Definitions of extensions that packages refer to without defining them, in the requested version. The reference
 * rejects every instance of a slicing that refers to one; the generated validators only use its canonical as the fixed
 * `url` (FHIR R4, Extensibility, "The url is the canonical of the definition").
 *
 * @param packages all loaded ones
 */
export function standIns(packages: readonly FhirPackage[]): ConformanceResource[] {
  const definitions = packages.flatMap(({ resources }) =>
    resources.filter(({ resourceType }) => resourceType === 'StructureDefinition'),
  );
  const known = new Map(definitions.map((one) => [one.url, one]));
  const there = new Set(definitions.flatMap(({ url, version }) => [url, `${url}|${version ?? ''}`]));
  const wanted = new Set(definitions.flatMap(extensionsIn).filter((canonical) => !there.has(canonical)));
  return [...wanted].sort().map((canonical) => {
    const [url = canonical, version = '0.0.0'] = canonical.split('|');
    return { ...(known.get(url) ?? extension(url)), version };
  });
}

function extension(url: string): ConformanceResource {
  return {
    resourceType: 'StructureDefinition',
    url,
    name: 'StandIn',
    status: 'draft',
    fhirVersion: '4.0.1',
    kind: 'complex-type',
    abstract: false,
    context: [{ type: 'element', expression: 'Element' }],
    type: 'Extension',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
    derivation: 'constraint',
    differential: {
      element: [
        { id: 'Extension', path: 'Extension' },
        { id: 'Extension.url', path: 'Extension.url', fixedUri: url },
      ],
    },
  };
}

interface Definition {
  readonly snapshot?: Elements;
  readonly differential?: Elements;
}
interface Elements {
  readonly element?: readonly {
    readonly type?: readonly { readonly code?: string; readonly profile?: readonly string[] }[];
  }[];
}

function extensionsIn(resource: ConformanceResource): string[] {
  const { snapshot, differential } = resource as unknown as Definition;
  return [...(snapshot?.element ?? []), ...(differential?.element ?? [])]
    .flatMap(({ type }) => type ?? [])
    .filter(({ code }) => code === 'Extension')
    .flatMap(({ profile }) => profile ?? []);
}
