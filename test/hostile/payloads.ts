/** Sets a mark that tests look for: none of these may ever be executed. */
const CODE = 'globalThis.pwned = 1';

/** Texts that escape from the place where a careless generator puts them. */
export const ESCAPES: readonly string[] = [
  `*/ ${CODE} /*`,
  `\${${CODE}}`,
  `\`; ${CODE}; \``,
  `'; ${CODE}; '`,
  `"; ${CODE}; "`,
  `\\'; ${CODE}; //`,
  `\\`,
  `\n${CODE} //`,
  `\r\n${CODE} //`,
  `\u2028${CODE} //`,
  `\u2029${CODE} //`,
  `\u0085${CODE} //`,
  `</script><script>${CODE}</script>`,
  `<!--\n${CODE}`,
  `-->\n${CODE}`,
  `{{{${CODE}}}} {{#each this}}{{/each}} {{> member}}`,
  `{@link x} @example \`\`\`ts\n${CODE}\n\`\`\``,
  `// @ts-nocheck`,
  `# sourceMappingURL=data:text/plain,${CODE}`,
  `[x](javascript:${CODE}) <img src=x onerror="${CODE}"> | a |`,
  '\ud800',
  'x\udc00y\ud83d',
  '\ufeff',
  '\u202e\u2066 bidi',
  'a\u0000b',
];

/** Names that JavaScript objects, modules and types already have. */
export const TAKEN: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'then',
  'length',
  'class',
  'delete',
  'default',
  'await',
  'eval',
  'arguments',
  'undefined',
  'others',
  'build',
  'fhir4',
  'Array',
  'Observation',
  'Issue',
  'validate',
  'index',
  'profiles',
  'runtime',
];

/** Names that lead elsewhere as paths. */
export const PATHS: readonly string[] = [
  '..',
  '.',
  '../../../../pwned',
  '..\\..\\pwned',
  '/pwned',
  '//host/pwned',
  'C:\\pwned',
  'file:///pwned',
  '%2e%2e%2fpwned',
  'pwned.ts\u0000.json',
  'CON',
  'aux.ts',
  'nul',
  'com1',
  'LPT9.x',
  '.git',
  'node_modules',
  'package.json',
];

/** Names that are nearly equal as identifiers or files. */
export const ALIKE: readonly string[] = [
  'type',
  'Type',
  'TYPE',
  'a-b',
  'aB',
  'a_b',
  'A b',
  'AB',
  'é',
  'e',
  'e\u0301',
  '1abc',
  '👩‍⚕️',
  '🩺',
  '中文',
  'x'.repeat(300),
  `${'x'.repeat(300)}y`,
];

/** All of them. */
export const PAYLOADS: readonly string[] = [...ESCAPES, ...TAKEN, ...PATHS, ...ALIKE];
