import type { SnapshotGeneratorConfig } from 'fhir-snapshot-generator';
import { CodegenError, messageOf } from '../errors.js';
import { isRawElement, type RawElement } from './raw-element.js';
import type { PackageIdentity } from '../fhir/package-id.js';
import { isObject } from '../fhir/json.js';

/** The source of the elements below a type or profile. */
export interface ElementSource {
  /** Returns the elements of a FHIR type; throws when there is no such type. */
  type(code: string): readonly RawElement[];
  /** Returns the elements of a profile on a type, by its canonical; throws when not even the type is known. */
  profile(canonical: string): Promise<ProfileElements>;
}

/** The child elements of a profile on a type. */
export interface ProfileElements {
  readonly elements: readonly RawElement[];
  /** Whether these are the elements of the type, as the profile is not available. */
  readonly isGuess: boolean;
}

/** Applies one element of a differential to the elements of a snapshot, and returns those of the next snapshot. */
export type Apply = (snapshot: readonly RawElement[], element: RawElement) => Promise<Applied>;

/** Elements of the next snapshot. */
export interface Applied {
  readonly elements: readonly RawElement[];
  /** Whether some are elements of a type, as its profile is not available. */
  readonly isGuess: boolean;
}

/** A request of the generator to its package explorer: for a named file, a FHIR type, or a profile. */
interface ResourceQuery {
  readonly filename?: string;
  readonly id?: string;
  readonly url?: string;
}

/** The base of the current step, and the profile that consists of one differential element. */
const [BASE, STEP] = ['base', 'step'];

/** The generator shares resources between all of its instances in a process, by package and file name. */
let instances = 0;

/**
 * An adapter of fhir-snapshot-generator to loaded definitions. Its own package explorer downloads, retries and writes
 * into the FHIR cache; this one works in memory. It gets one element of a differential at a time, so that an error has
 * a place, and a differential that multiplies its elements can be stopped.
 *
 * @param source the source of elements
 * @param core FHIR's own package, which it recognises by name
 * @returns a function that applies an element; one call at a time
 */
export async function snapshotApplier(source: ElementSource, core: PackageIdentity): Promise<Apply> {
  const { FhirSnapshotGenerator } = await import('fhir-snapshot-generator');
  const prefix = `${++instances}/`;
  const packageOf = { __packageId: core.name, __packageVersion: core.version };
  const profiles = new Map<string, readonly RawElement[]>();
  let current: { readonly snapshot: readonly RawElement[]; readonly element: RawElement } | undefined;
  let complaint: string | undefined;
  let isGuess = false;

  const explorer = {
    getCachePath: () => '',
    // Metadata is requested for the base of the snapshot only.
    resolveMeta: async () => ({ derivation: 'specialization', filename: prefix + BASE, ...packageOf }),
    resolve: async ({ filename, id, url }: ResourceQuery): Promise<object> => {
      if (filename === prefix + STEP) {
        return { url: STEP, baseDefinition: BASE, differential: { element: [current?.element] } };
      }
      if (filename === prefix + BASE) return { snapshot: { element: current?.snapshot } };
      if (filename !== undefined) return { snapshot: { element: profiles.get(filename) } };
      if (id !== undefined) return { url: id, snapshot: { element: source.type(id) } };
      const canonical = url ?? '';
      const found = await source.profile(canonical);
      profiles.set(canonical, found.elements);
      isGuess ||= found.isGuess;
      // The elements of a profile are final too: its snapshot must not be generated again.
      return { derivation: 'specialization', filename: canonical, ...packageOf };
    },
  };
  const generator = await FhirSnapshotGenerator.create({
    // The explorer is a class with private members, so no other object has its type; these are the only methods called.
    fpe: explorer as unknown as SnapshotGeneratorConfig['fpe'],
    fhirVersion: core.version.slice(0, 3),
    cacheMode: 'none',
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message: unknown) => (complaint = reasonOf(String(message))),
      error: () => undefined,
    },
  });

  return async (snapshot, element) => {
    current = { snapshot, element };
    complaint = undefined;
    isGuess = false;
    try {
      const made: unknown = await generator.getSnapshot({
        derivation: 'constraint',
        filename: prefix + STEP,
        ...packageOf,
      });
      return { elements: elementsIn(made), isGuess };
    } catch (error) {
      // The reason is in its log; the error only says that there is no snapshot to fall back on.
      throw new CodegenError(complaint ?? messageOf(error), { element: element.id }, { cause: error });
    }
  };
}

/** Its log reads `Failed to generate snapshot for 'step': <reason>` and continues in a second line. */
function reasonOf(message: string): string {
  return message.replace(/^Failed to generate snapshot for '[^']*': /, '').replace(/\n[^\n]*$/, '');
}

function elementsIn(made: unknown): readonly RawElement[] {
  const snapshot = isObject(made) ? made['snapshot'] : undefined;
  const list: unknown = isObject(snapshot) ? snapshot['element'] : undefined;
  if (!Array.isArray(list) || !list.every(isRawElement)) {
    throw new CodegenError('fhir-snapshot-generator did not return elements');
  }
  return list;
}
