/** Members of a generated package.json about the publisher of the package and its terms; npm defines them. */
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

/** These members, with the values that npm accepts. */
export type PackageJson = Readonly<Partial<Record<(typeof PACKAGE_JSON_KEYS)[number], unknown>>>;
