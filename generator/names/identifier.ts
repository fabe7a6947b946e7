/** Words that cannot name a class, type, function or constant in strict ECMAScript and TypeScript. */
const RESERVED_WORDS = new Set(
  (
    'abstract any as asserts async await bigint boolean break case catch class const constructor continue debugger ' +
    'declare default delete do else enum export extends false finally for from function get global if implements ' +
    'import in infer instanceof interface intrinsic is keyof let module namespace never new null number object of ' +
    'out override package private protected public readonly require return satisfies set static string super switch ' +
    'symbol this throw true try type typeof undefined unique unknown using var void while with yield'
  ).split(' '),
);

/** Longest identifier made from a package's text; a hash replaces the rest. */
const LENGTH_LIMIT = 120;

/**
 * The words of any text, for an identifier: accents are dropped, everything else that is not a letter or digit
 * separates two words.
 *
 * @param text from a package
 * @returns ASCII words, in their spelling
 */
function words(text: string): string[] {
  const plain = text
    .slice(0, LENGTH_LIMIT * 2)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
  return plain.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
}

/**
 * A name for a type or class.
 *
 * @param text from a package: `fr-core patient`, `FRImagingStudyDocument`
 * @returns `FrCorePatient`, `FRImagingStudyDocument`: an identifier, which may be reserved
 */
export function pascalCase(text: string): string {
  const joined = words(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .slice(0, LENGTH_LIMIT);
  return /^[A-Za-z]/.test(joined) ? joined : `X${joined}`;
}

/**
 * A name for a member or function.
 *
 * @param text from a package: `number-of-frames`, `studyInstanceUid`, `INS-NIR`
 * @returns `numberOfFrames`, `studyInstanceUid`, `insNir`
 */
export function camelCase(text: string): string {
  const pascal = pascalCase(text);
  const [first = ''] = words(text);
  // A leading acronym becomes lower case as a whole: `INS-NIR` reads as `insNIR`, `URLPart` as `urlPart`.
  const acronym = /^[A-Z]+$/.test(first) ? first : (/^[A-Z]+(?=[A-Z][a-z])/.exec(pascal)?.[0] ?? pascal.charAt(0));
  return acronym.toLowerCase() + pascal.slice(acronym.length);
}

/**
 * Whether a text is a valid identifier.
 *
 * @param text anything
 */
export function isIdentifier(text: string): boolean {
  return text.length <= LENGTH_LIMIT && /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text) && !text.startsWith('__');
}

/**
 * Whether a declaration may have this name.
 *
 * @param name an identifier
 */
export function isReserved(name: string): boolean {
  return RESERVED_WORDS.has(name);
}

/**
 * A file name without extension, safe on every file system.
 *
 * @param text from a package: `fr-practitionerRole-document`
 * @returns `fr-practitioner-role-document`
 */
export function kebabCase(text: string): string {
  const spaced = text.replace(/([a-z0-9])([A-Z])/g, '$1-$2');
  const joined = words(spaced).join('-').toLowerCase().slice(0, LENGTH_LIMIT).replace(/-+$/, '');
  if (joined === '') return 'x';
  // FHIR ids may be Windows device names, which are not valid file names.
  return /^(con|prn|aux|nul|com\d|lpt\d)$/.test(joined) ? `${joined}-x` : joined;
}
