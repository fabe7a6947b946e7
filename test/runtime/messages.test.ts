import { describe, expect, it } from 'vitest';
import { french } from '../../templates/runtime/french.js';
import { languageOf, message, type Detail } from '../../templates/runtime/language.js';
import { english, type MessageName, type WordName } from '../../templates/runtime/messages.js';
import { validate } from '../../templates/runtime/validate.js';
import { codeSet, extensionProfile, extensionSlice, sample, sampleProfile } from './sample.js';

type Row = readonly [details: readonly Detail[], en: string, fr: string];

const URL = 'http://hl7.org/fhir/ValueSet/observation-status';

/** Every message with its details, in both languages. */
const MESSAGES: Readonly<Record<MessageName, readonly Row[]>> = {
  min: [
    [[1, 0], 'at least 1 required, 0 found', 'au moins 1 élément requis, 0 trouvé'],
    [[3, 2], 'at least 3 required, 2 found', 'au moins 3 éléments requis, 2 trouvés'],
  ],
  max: [[[1, 2], 'at most 1 allowed, 2 found', 'au plus 1 élément autorisé, 2 trouvés']],
  none: [[[], 'not allowed by the profile', 'interdit par le profil']],
  slice: [[['ins', 'must not be empty'], 'slice ins: must not be empty', 'slice ins : must not be empty']],
  json: [
    [['array', '{a}'], 'must be an array, found {a}', 'tableau attendu, valeur trouvée : {a}'],
    [['object', '"x"'], 'must be an object, found "x"', 'objet attendu, valeur trouvée : "x"'],
    [['text', '1'], 'must be a string, found 1', 'texte attendu, valeur trouvée : 1'],
    [['number', '"1"'], 'must be a number, found "1"', 'nombre attendu, valeur trouvée : "1"'],
    [
      ['boolean', '"yes"'],
      'must be true or false, found "yes"',
      'booléen (true ou false) attendu, valeur trouvée : "yes"',
    ],
  ],
  syntax: [[['Unexpected end'], 'not valid JSON: Unexpected end', 'JSON invalide : Unexpected end']],
  unknown: [[['"foo"'], 'unknown property "foo"', 'propriété inconnue : "foo"']],
  empty: [[[], 'must not be empty', 'ne doit pas être vide']],
  null: [[[], 'null is not allowed here', 'null n’est pas autorisé ici']],
  malformed: [[['"<p"'], 'not well-formed XHTML at "<p"', 'XHTML mal formé à "<p"']],
  'txt-1': [
    [['<script>'], 'txt-1: a narrative must not have <script>', 'txt-1 : le narratif ne doit pas comporter <script>'],
  ],
  'txt-2': [
    [[], 'txt-2: a narrative must have text or an image', 'txt-2 : le narratif doit contenir du texte ou une image'],
  ],
  resource: [
    [
      ['Patient', '"Group"'],
      'resourceType must be Patient, found "Group"',
      'resourceType doit valoir Patient, valeur trouvée : "Group"',
    ],
    [
      ['Patient', ''],
      'resourceType must be Patient, found nothing',
      'resourceType doit valoir Patient, valeur trouvée : aucune',
    ],
  ],
  format: [
    [
      ['id', '"a b"'],
      'must be 1 to 64 characters of A–Z a–z 0–9 - ., found "a b"',
      'format attendu : 1 à 64 caractères parmi A–Z a–z 0–9 - . ; valeur trouvée : "a b"',
    ],
    [
      ['date', '"2020-02-30"'],
      'must be a valid date: YYYY, YYYY-MM or YYYY-MM-DD, found "2020-02-30"',
      'format attendu : date valide : AAAA, AAAA-MM ou AAAA-MM-JJ ; valeur trouvée : "2020-02-30"',
    ],
  ],
  choice: [
    [
      ['valueString', 'valueCode'],
      'only one of valueString and valueCode is allowed',
      'valueString et valueCode s’excluent mutuellement',
    ],
  ],
  type: [
    [
      [['Quantity', 'string'], 'Range'],
      'must be of type Quantity or string, found Range',
      'type attendu : Quantity ou string ; type trouvé : Range',
    ],
  ],
  fixed: [[['"a"', '"b"'], 'must be exactly "a", found "b"', 'doit valoir exactement "a", valeur trouvée : "b"']],
  exact: [
    [
      ['"a"', '{id}'],
      'must be exactly "a", without id or extensions; also found {id}',
      'doit valoir exactement "a", sans id ni extension ; trouvé en plus : {id}',
    ],
  ],
  pattern: [[['{"a":1}', '{b}'], 'must contain {"a":1}, found {b}', 'doit contenir {"a":1}, valeur trouvée : {b}']],
  length: [
    [[1, 12], 'at most 1 character allowed, 12 found', 'au plus 1 caractère autorisé, 12 trouvés'],
    [[10, 12], 'at most 10 characters allowed, 12 found', 'au plus 10 caractères autorisés, 12 trouvés'],
  ],
  least: [[['1', '0'], 'must be at least 1, found 0', 'doit être supérieur ou égal à 1, valeur trouvée : 0']],
  most: [[['1', '2'], 'must be at most 1, found 2', 'doit être inférieur ou égal à 1, valeur trouvée : 2']],
  code: [
    [
      ['"finl"', 8, URL],
      `"finl" is not one of the 8 codes of ${URL}`,
      `"finl" ne fait pas partie des 8 codes de ${URL}`,
    ],
  ],
  few: [
    [
      ['"x"', ['a', 'b', 'c'], URL],
      `"x" is not one of the codes of ${URL}: a, b or c`,
      `"x" ne fait pas partie des codes de ${URL} : a, b ou c`,
    ],
  ],
  listed: [[['"x"', ['a', 'b']], '"x" is not one of the codes a or b', '"x" ne fait pas partie des codes a ou b']],
  outside: [[['"x"', 0, URL], `"x" is not in the value set ${URL}`, `"x" n’appartient pas au jeu de valeurs ${URL}`]],
  uncoded: [[['', 0, URL], `a code of ${URL} is required, none found`, `un code de ${URL} est requis, aucun trouvé`]],
  mean: [[['…', '"final"'], '…; did you mean "final"?', '… ; vouliez-vous dire "final" ?']],
  suggested: [
    [
      ['"x"', 0, URL],
      `"x" is not in ${URL} (extensible binding)`,
      `"x" n’appartient pas à ${URL} (binding extensible)`,
    ],
  ],
  closed: [[['a, b'], 'matches none of the slices: a, b', 'ne correspond à aucun des slices : a, b']],
  order: [[['a', 'b'], 'slice a must come before slice b', 'le slice a doit précéder le slice b']],
  last: [
    [
      ['a'],
      'slice a must come before the items that belong to no slice',
      'le slice a doit précéder les éléments hors slice',
    ],
  ],
  several: [[['a, b'], 'matches several slices: a, b', 'correspond à plusieurs slices : a, b']],
  tried: [
    [
      ['must not be empty', 'a, b'],
      'must not be empty (matches no slice; compared with a, b)',
      'must not be empty (ne correspond à aucun slice ; comparé à a, b)',
    ],
  ],
  absent: [[['"Patient/1"'], '"Patient/1" not found in the document', '"Patient/1" introuvable dans le document']],
  apart: [
    [
      ['"x"'],
      'no chain of references leads from the Composition to "x"',
      'aucune chaîne de références ne mène de la Composition à "x"',
    ],
  ],
  backward: [
    [
      ['"x"'],
      'no chain of references leads from the Composition to "x", which refers to the document; only a Provenance may',
      'aucune chaîne de références ne mène de la Composition à "x", qui référence le document ; seule une Provenance le peut',
    ],
  ],
  referring: [
    [
      ['"x"'],
      'no chain of references leads from the Composition to "x", which refers to the document',
      'aucune chaîne de références ne mène de la Composition à "x", qui référence le document',
    ],
  ],
  misnamed: [
    [
      ['"Patient/1"', '"urn:uuid:1"'],
      '"Patient/1" not found in the document; the entry with this type and id has the fullUrl "urn:uuid:1"',
      '"Patient/1" introuvable dans le document ; l’entrée de ce type et de cet id a pour fullUrl "urn:uuid:1"',
    ],
  ],
  'bdl-7': [
    [
      ['"urn:uuid:1"'],
      'bdl-7: another entry has the fullUrl "urn:uuid:1"',
      'bdl-7 : une autre entrée a le fullUrl "urn:uuid:1"',
    ],
  ],
  'bdl-8': [[['"x"'], 'bdl-8: "x" must not name a version', 'bdl-8 : "x" ne doit pas indiquer de version']],
  'bdl-9': [
    [
      [],
      'bdl-9: the identifier of a document must have a system and a value',
      'bdl-9 : l’identifier d’un document doit avoir un system et une value',
    ],
  ],
  first: [
    [
      ['bdl-11', 'Composition'],
      'bdl-11: the first entry must be a Composition',
      'bdl-11 : la première entrée doit être une ressource Composition',
    ],
  ],
  misplaced: [
    [
      ['bdl-3', 'document'],
      'bdl-3: not allowed in a Bundle of type document',
      'bdl-3 : interdit dans un Bundle de type document',
    ],
  ],
  address: [[['"/1"', '"x"'], 'must end with "/1", found "x"', 'doit se terminer par "/1", valeur trouvée : "x"']],
  undecided: [[['a'], 'cannot evaluate the discriminator of a', 'impossible d’évaluer le discriminant de a']],
  profile: [
    [
      ['http://a, http://b'],
      'conforms to none of the profiles http://a, http://b',
      'n’est conforme à aucun des profils http://a, http://b',
    ],
  ],
  modifier: [[['"http://m"'], 'unknown modifier extension "http://m"', 'modifierExtension inconnue : "http://m"']],
  modifying: [[['"http://m"'], '"http://m" must be a modifierExtension', '"http://m" doit être une modifierExtension']],
  unmodifying: [
    [['"http://m"'], '"http://m" must not be a modifierExtension', '"http://m" ne doit pas être une modifierExtension'],
  ],
  context: [
    [
      ['"http://e"', ['Patient', 'Group']],
      'extension "http://e" is not allowed here, only on Patient or Group',
      'extension "http://e" interdite ici, autorisée seulement sur Patient ou Group',
    ],
  ],
  target: [
    [
      [['Patient', 'Group'], '"Device/1"'],
      'must refer to Patient or Group, found "Device/1"',
      'doit référencer Patient ou Group, valeur trouvée : "Device/1"',
    ],
  ],
  reference: [
    [
      ['Type/id', '"x"'],
      'must be a URL, #id or Type/id, found "x"',
      'doit être une URL, #id ou Type/id, valeur trouvée : "x"',
    ],
  ],
  lost: [[['"#x"'], 'contained resource "#x" not found', 'ressource contenue "#x" introuvable']],
  uid: [[['"1.02"'], '"1.02" is not a valid DICOM UID', '"1.02" n’est pas un UID DICOM valide']],
  invariant: [
    [['per-1', 'start is before end', 'start <= end'], 'per-1: start is before end', 'per-1 : start is before end'],
  ],
  warning: [
    [
      ['dom-6', 'should have narrative', 'text.exists()'],
      'dom-6: should have narrative',
      'dom-6 : should have narrative',
    ],
  ],
  unevaluated: [[['x-1', '"Error"'], 'cannot evaluate x-1: "Error"', 'impossible d’évaluer x-1 : "Error"']],
  engine: [
    [
      [2, 'obs-7, tim-9'],
      '2 invariants not evaluated without a FHIRPath engine: obs-7, tim-9',
      '2 invariants non évalués faute de moteur FHIRPath : obs-7, tim-9',
    ],
  ],
  unloaded: [
    [
      [1, 'https://a.example/p'],
      '1 claimed profile not loaded, so not checked: https://a.example/p',
      '1 profil déclaré mais non chargé, donc non vérifié : https://a.example/p',
    ],
  ],
  'ext-1': [
    [
      [],
      'ext-1: an extension must have either a value or extensions, not both',
      'ext-1 : une extension doit porter soit une valeur, soit des extensions, jamais les deux',
    ],
  ],
  'dom-2': [
    [
      [],
      'dom-2: a contained resource must not contain resources',
      'dom-2 : une ressource contenue ne doit pas contenir de ressources',
    ],
  ],
  'dom-3': [
    [
      [],
      'dom-3: nothing in the resource refers to this contained resource, nor does it refer to the resource',
      'dom-3 : rien dans la ressource ne référence cette ressource contenue, qui ne référence pas non plus la ressource',
    ],
  ],
  namesake: [[['"a"'], 'another contained resource has the id "a"', 'une autre ressource contenue a l’id "a"']],
  'dom-4': [
    [
      [],
      'dom-4: a contained resource must not have meta.versionId or meta.lastUpdated',
      'dom-4 : une ressource contenue ne doit avoir ni meta.versionId ni meta.lastUpdated',
    ],
  ],
  'dom-5': [
    [
      [],
      'dom-5: a contained resource must not have meta.security',
      'dom-5 : une ressource contenue ne doit pas avoir de meta.security',
    ],
  ],
  unclaimed: [
    [
      [],
      'claims no known profile in meta.profile: not validated',
      'aucun profil connu dans meta.profile : ressource non validée',
    ],
  ],
  deep: [
    [
      [200],
      'nested more than 200 levels deep: the rest is not validated',
      'plus de 200 niveaux d’imbrication : la suite n’est pas validée',
    ],
  ],
  costly: [[[5], 'more than 5 values: the rest is not validated', 'plus de 5 valeurs : la suite n’est pas validée']],
  many: [
    [
      [1000],
      'more than 1000 issues: the rest is not listed',
      'plus de 1000 anomalies : les suivantes ne sont pas affichées',
    ],
  ],
  unreadable: [[['"Error"'], 'cannot be read: "Error"', 'lecture impossible : "Error"']],
  fine: [[[], 'no issues', 'aucune anomalie']],
};

describe('every message', () => {
  const rows = Object.entries(MESSAGES).flatMap(([name, samples]) =>
    samples.map(([details, en, fr]) => [name as MessageName, details, en, fr] as const),
  );

  it.each(rows)('%s', (name, details, en, fr) => {
    expect(message(languageOf('en'), name, details)).toBe(en);
    expect(message(languageOf('fr'), name, details)).toBe(fr);
  });

  it('has placeholders for the same details in both languages', () => {
    const placesOf = (text: string): string[] => [...new Set(text.match(/\{\d/g))].sort();
    for (const [name, text] of Object.entries(english.texts)) {
      expect(placesOf(french.texts[name as MessageName]), name).toEqual(placesOf(text));
    }
  });

  it('has words in both languages that fit on a line', () => {
    expect(Object.keys(french.words)).toEqual(Object.keys(english.words));
    for (const [name, word] of Object.entries(english.words)) {
      expect(french.words[name as WordName], name).not.toBe(word);
      expect(word.length, name).toBeLessThan(120);
    }
  });
});

describe('the language of messages', () => {
  const table = sampleProfile({ code: { min: 1 } });

  it('is English by default', () => {
    const [issue] = validate(table, sample());
    expect(issue?.diagnostics).toBe('at least 1 required, 0 found');
    for (const language of ['fr', french] as const) {
      expect(validate(table, sample(), { language })[0]?.diagnostics).toBe('au moins 1 élément requis, 0 trouvé');
    }
  });

  it('may be a partial translation, with English for missing messages', () => {
    const { min, ...texts } = french.texts;
    expect(min).toContain('requis');
    const language = { ...french, texts } as typeof french;
    expect(validate(table, sample(), { language })[0]?.diagnostics).toBe('at least 1 required, 0 found');
  });
});

const messagesOf = (...args: Parameters<typeof validate>): string[] =>
  validate(...args).map(({ expression, diagnostics }) => `${expression}: ${diagnostics}`);

describe('a code outside a value set', () => {
  const codes = codeSet(['draft', 'final', 'amended', 'corrected', 'cancelled', 'X1']);
  const all = 'https://example.org/codes';
  const table = sampleProfile({ code: { codes }, alias: { codes }, coding: { codes: codeSet(['a', 'b']) } });
  const coding = (code: unknown, system?: unknown): object => ({ code: { coding: [{ code, system }] } });

  it.each<[object, string]>([
    [{ alias: ['finl'] }, `Sample.alias[0]: "finl" is not one of the 6 codes of ${all}; did you mean "final"?`],
    [{ alias: ['Draft'] }, `Sample.alias[0]: "Draft" is not one of the 6 codes of ${all}; did you mean "draft"?`],
    [{ alias: ['unheard-of'] }, `Sample.alias[0]: "unheard-of" is not one of the 6 codes of ${all}`],
    [
      coding('final', 'https://example.org/other'),
      `Sample.code: https://example.org/other|final is not one of the 6 codes of ${all}; did you mean https://example.org/s|final?`,
    ],
    [coding('8'), `Sample.code: 8 without system is not one of the 6 codes of ${all}`],
    [{ code: { text: 'x' } }, `Sample.code: a code of ${all} is required, none found`],
    [{ coding: { code: 'c', system: 's' } }, `Sample.coding: s|c is not one of the codes of ${all}: a or b`],
  ])('is reported with a suggestion: %j', (members, expected) => {
    expect(messagesOf(table, sample(members))).toEqual([expected]);
  });

  it('is reported without a canonical if the FHIR type lists the codes', () => {
    const base = { status: '1..1 code(draft|final)', use: '0..1 code(a|b|c|d|e|final)' };
    const listing = { ...sampleProfile(), base };
    const messages = messagesOf(listing, { resourceType: 'Sample', status: 'x', use: 'finl' });
    expect(messages).toEqual([
      'Sample.status: "x" is not one of the codes draft or final',
      'Sample.use: "finl" is not one of the codes a, b, c, d, e or final; did you mean "final"?',
    ]);
  });

  it('has no suggestion if the codes are numbers', () => {
    const numbers = codeSet(['24028007', '7771000', '51440002', '66459002', '261665006', '419161000']);
    expect(messagesOf(sampleProfile({ alias: { codes: numbers } }), sample({ alias: ['24028008'] }))).toEqual([
      `Sample.alias[0]: "24028008" is not one of the 6 codes of ${all}`,
    ]);
  });
});

describe('issues', () => {
  const profile = extensionProfile('https://example.org/named', 'string');

  it('are in document order, with missing elements at the end', () => {
    const table = sampleProfile({ code: { min: 1 }, date: { fixed: '2020' } });
    const value = {
      resourceType: 'Sample',
      foo: 1,
      valueString: 1,
      part: [{ name: 'x' }, { name: 1 }],
      _alias: [{ bar: 1 }],
      date: '2021',
      status: 1,
    };
    expect(validate(table, value).map(({ expression }) => expression)).toEqual([
      'Sample.foo',
      'Sample.value',
      'Sample.part[1].name',
      'Sample.alias[0].bar',
      'Sample.date',
      'Sample.status',
      'Sample.code',
    ]);
  });

  it.each<[string, ReturnType<typeof sampleProfile>, object, string[]]>([
    [
      'a missing slice and min',
      sampleProfile({
        identifier: {
          min: 2,
          slicing: {
            rules: 'open',
            slices: ['a', 'b'].map((name) => ({
              name,
              when: [{ at: 'system', is: { fixed: `urn:${name}` } }],
              rule: { min: 1 },
            })),
          },
        },
      }),
      { identifier: [{ system: 'urn:a', value: '1' }] },
      ['Sample.identifier: slice b: at least 1 required, 0 found'],
    ],
    [
      'an extension without value',
      sampleProfile({ extension: { slicing: { rules: 'open', slices: [extensionSlice('one', profile)] } } }),
      { extension: [{ url: 'https://example.org/named' }] },
      ['Sample.extension[0].value: at least 1 required, 0 found'],
    ],
    [
      'a prohibited element, and an invariant about it',
      sampleProfile(
        { date: { max: 0 } },
        {
          invariants: [
            { key: 's-1', severity: 'error', human: 'No date.', expression: 'date.empty()', check: ['not', 'date'] },
          ],
        },
      ),
      { date: '2020' },
      ['Sample.date: not allowed by the profile'],
    ],
    [
      'a fixed value and a binding',
      sampleProfile({ alias: { fixed: 'a', codes: codeSet(['a']) } }),
      { alias: ['b'] },
      ['Sample.alias[0]: must be exactly "a", found "b"'],
    ],
    ['an empty object', sampleProfile(), { part: [{}] }, ['Sample.part[0]: must not be empty']],
  ])('are reported once for one fault: %s', (_, table, members, issues) => {
    expect(messagesOf(table, sample(members))).toEqual(issues);
  });

  it('have the text of the invariant, and its expression as details', () => {
    const invariants = [
      { key: 's-1', severity: 'error', human: 'Un code.', expression: 'code.exists()', check: 'code' },
    ] as const;
    expect(validate(sampleProfile({}, { invariants }), sample())).toEqual([
      {
        severity: 'error',
        code: 'invariant',
        expression: 'Sample',
        diagnostics: 's-1: Un code.',
        details: 'code.exists()',
      },
    ]);
  });
});
