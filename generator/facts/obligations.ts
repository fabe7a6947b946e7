import { adviceFact } from './advice.js';
import type { FactReader } from './fact.js';

const EXTENSION = 'http://hl7.org/fhir/StructureDefinition/obligation';
/** How many obligations of one element are kept: comments are for people. */
const LIMIT = 20;

/**
 * The extension obligation (FHIR R5, Obligations): what systems do with the element, `SHALL:populate`, each with its
 * actor. It constrains systems: no value breaks it.
 */
export const obligations = adviceFact({
  key: 'obligations',
  kind: 'obligations',
  start: { en: 'Obligations:', fr: 'Obligations :' },
  called: 'obligations',
  read(element, { limits }) {
    const found = element
      .objects('extension')
      .filter((one) => one.string('url') === EXTENSION)
      .flatMap((one) => textsOf(one, limits.textLength));
    return [...new Set(found)].slice(0, LIMIT);
  },
});

/** `SHALL:populate (http://example.org/ActorDefinition/sender)` */
function textsOf(extension: FactReader, limit: number): string[] {
  const parts = extension.objects('extension');
  const of = (url: string): readonly FactReader[] => parts.filter((part) => part.string('url') === url);
  const actors = of('actor').flatMap((part) => part.string('valueCanonical') ?? []);
  const suffix = actors.length === 0 ? '' : ` (${actors.join(', ')})`;
  return of('code').flatMap((part) => {
    const code = part.line('valueCode', limit);
    return code === undefined ? [] : [`${code}${suffix}`.slice(0, limit)];
  });
}
