import { describe, expect, test } from 'vitest';
import { defineConfig } from '../../generator/config/config.js';
import { parseConfig } from '../../generator/config/parse-config.js';
import { UsageError } from '../../generator/errors.js';

const URL_A = 'https://guide.example/StructureDefinition/a';

describe('an invalid configuration', () => {
  test.each<[unknown, string]>([
    [{ pakages: [] }, 'there is no key "pakages": did you mean packages?'],
    [{ docLang: 'fr' }, 'there is no key "docLang": did you mean docLanguage?'],
    [{ zzzzzzzzzz: 1 }, 'there is no key "zzzzzzzzzz": known keys are packages, fhirCache,'],
    [{ ['__proto__x']: 1 }, 'there is no key "__proto__x"'],
    [{ packages: [{ spec: 'a#1', exlude: [] }] }, 'there is no key "exlude" in packages[0]: did you mean exclude?'],
    [{ packages: [{ spec: 'a#1', offline: true }] }, 'there is no key "offline" in packages[0]'],
    [{ packages: [{ out: 'x' }] }, 'packages[0].spec is missing'],
    [{ packages: 'a#1' }, 'packages must be a list, not "a#1"'],
    [{ packages: [7] }, 'packages[0] must be an object, not 7'],
    [{ packages: [''] }, 'packages[0] is empty'],
    [{ out: '' }, 'out is empty'],
    [{ include: ['a', null] }, 'include[1] must be a string, not null'],
    [{ offline: 'yes' }, 'offline must be true or false, not "yes"'],
    [{ registry: 'packages.example' }, 'registry: "packages.example" is not the URL of a registry'],
    [{ buildServer: 'build.example' }, 'buildServer: "build.example" is not the URL of a build server'],
    [{ limits: { pin: { slice: 1 } } }, 'there is no key "slice" in limits.pin: did you mean slices?'],
    [{ limits: { pins: {} } }, 'there is no key "pins" in limits: did you mean pin?'],
    [{ limits: { load: { entries: '1' } } }, 'limits.load.entries must be a whole number, not "1"'],
    [{ with: 'a#1' }, 'with must be a list, not "a#1"'],
    [{ codeLimit: -1 }, 'codeLimit must be a whole number, not -1'],
    [{ codeLimit: 1.5 }, 'codeLimit must be a whole number, not 1.5'],
    [{ docLanguage: 'de' }, "docLanguage must be 'en' or 'fr', not \"de\""],
    [{ baseTypes: 'fhir' }, "baseTypes must be '@types/fhir' or '@medplum/fhirtypes', not \"fhir\""],
    [{ npmName: '../evil' }, 'npmName: "../evil" is not a valid npm package name'],
    [{ npmVersion: '1.x' }, 'npmVersion: "1.x" is not an npm version'],
    [{ names: { [URL_A]: 'a b' } }, `names["${URL_A}"]: "a b" is not a TypeScript identifier`],
    [{ names: { [URL_A]: 'class' } }, `names["${URL_A}"]: "class" is a reserved word of TypeScript`],
    [{ names: { [URL_A]: 'Issue' } }, `names["${URL_A}"]: "Issue" is a name of the runtime`],
    [{ names: { [URL_A]: 'A', other: 'A' } }, `names: both ${URL_A} and other are called "A"`],
    [{ aliases: { 'a.b': '../evil' } }, 'aliases["a.b"]: "../evil" is not a valid folder name'],
    [{ aliases: { 'a.b': 'runtime' } }, '"runtime" is a folder name that the output reserves'],
    [{ aliases: { 'a.b': [] } }, 'aliases["a.b"] is empty'],
    [{ profiles: ['a'], exclude: ['b'] }, 'profiles cannot be combined with include and exclude'],
    [{ packages: [{ spec: 'a#1', profiles: [], include: [] }] }, 'packages[0].profiles cannot be combined'],
    [[], 'the configuration must be an object, not a list'],
    [() => ({}), 'the configuration must be an object, not a function'],
    [Promise.resolve({}), 'the configuration must be an object, not a promise'],
  ])('is rejected with the key and the reason: %j', (config, message) => {
    expect(() => parseConfig(config)).toThrow(UsageError);
    expect(() => parseConfig(config)).toThrow(message);
  });
});

test('a valid configuration is kept as written', () => {
  const config = defineConfig({
    packages: ['a#1', { spec: './guide', out: 'b', npmName: '@scope/b', npmVersion: '1.0.0-rc.1', profiles: ['x'] }],
    fhirCache: 'cache',
    registry: 'https://packages.example',
    buildServer: 'https://build.example',
    offline: false,
    with: ['./given'],
    limits: { load: { entries: 7 }, pin: { slices: 8 } },
    include: ['*'],
    exclude: [],
    names: { [URL_A]: 'A' },
    aliases: { 'guide.example': 'guide', 'other.example': ['other', 'guide.former'] },
    baseTypes: '@medplum/fhirtypes',
    docLanguage: 'fr',
    codeLimit: 0,
  });
  expect(parseConfig(config)).toEqual(config);
});
