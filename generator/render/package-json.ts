/** Members of a generated package.json that say who publishes the package, and on which terms; npm says what they mean. */
export const PACKAGE_JSON_KEYS = [
  'author',
  'bugs',
  'contributors',
  'funding',
  'homepage',
  'keywords',
  'license',
  'private',
  'publishConfig',
  'repository',
] as const;

/** These members, with the values that npm takes. */
export type PackageJson = Readonly<Partial<Record<(typeof PACKAGE_JSON_KEYS)[number], unknown>>>;
