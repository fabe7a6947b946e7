import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../generator/emit/declaration.js';
import { fromFile, namespaceOf } from '../../generator/emit/imports.js';
import { LAYOUT } from '../../generator/emit/print/doc.js';
import { print } from '../../generator/emit/print/module.js';
import { keyText, numberText, stringText } from '../../generator/emit/print/text.js';
import {
  arrayOf,
  computed,
  imported,
  intersection,
  jsonType,
  keyword,
  literal,
  literals,
  memberOf,
  named,
  objectType,
  rest,
  tuple,
  union,
  type Type,
} from '../../generator/emit/type.js';
import { array, as, call, jsonValue, name, object, property, thunk, type Value } from '../../generator/emit/value.js';

const FHIR = namespaceOf({ kind: 'package', specifier: 'fhir/r4.js' }, 'fhir4');
const LONG = 'FRImagingStudyDocumentSeriesPerformer';
const CODES = Array.from({ length: 12 }, (_, index) => `code-number-${String(index)}`);

function alias(type: Type): Declaration {
  return { kind: 'alias', name: 'A', type };
}

function constant(value: Value): Declaration {
  return { kind: 'constant', name: 'a', value };
}

function one(declaration: Declaration): string {
  return print({ file: 'a/b', declarations: [declaration] });
}

describe('layout', () => {
  it('uses the settings of the project', async () => {
    const settings: unknown = JSON.parse(await readFile(new URL('../../.prettierrc.json', import.meta.url), 'utf8'));
    expect(settings).toEqual({ printWidth: LAYOUT.printWidth, singleQuote: LAYOUT.singleQuote });
    const resolved = await resolveConfig(new URL('../../generated/index.ts', import.meta.url), { editorconfig: true });
    expect(resolved?.tabWidth ?? 2).toBe(LAYOUT.tabWidth);
  });

  const types: readonly (readonly [string, Type, string])[] = [
    ['a keyword', keyword('unknown'), 'unknown'],
    ['a global', named('Omit', named('B'), literal('c')), "Omit<B, 'c'>"],
    ['an array of a union', arrayOf(union([named('B'), keyword('null')])), '(B | null)[]'],
    ['an intersection in a union', union([intersection([named('B'), named('C')]), named('D')]), '(B & C) | D'],
    ['a tuple with a rest', tuple([named('B'), rest(arrayOf(union([named('C'), named('D')])))]), '[B, ...(C | D)[]]'],
    ['an empty tuple', tuple([]), '[]'],
    ['an object', objectType([{ key: 'b-c', optional: true, type: keyword('string') }]), "{ 'b-c'?: string }"],
    ['the key __proto__', jsonType({ ['__proto__']: 1 }), "{ ['__proto__']: 1 }"],
    ['a union of one type', union([named('B')]), 'B'],
    ['an empty union', union([]), 'never'],
    ['nested unions', union([named('B'), literals(['c', 1, true])]), "B | 'c' | 1 | true"],
  ];
  it.each(types)('%s', (_, type, text) => {
    expect(one(alias(type))).toBe(`export type A = ${text};\n`);
  });

  it('breaks long unions before each type', () => {
    const lines = CODES.map((code) => `  | '${code}'`).join('\n');
    expect(one(alias(literals(CODES)))).toBe(`export type A =\n${lines};\n`);
  });

  const values: readonly (readonly [string, Value, string])[] = [
    ['JSON', jsonValue({ a: [1, -2.5, null, true], 'b c': "it's" }), `{ a: [1, -2.5, null, true], 'b c': 'it\\'s' }`],
    [
      'a pure call',
      call(name('schema'), [name('B')], { typeArguments: [named('C')], pure: true }),
      '/* @__PURE__ */ schema<C>(B)',
    ],
    ['a call of a constructor', call(name('Map'), [array([])], { constructs: true }), 'new Map([])'],
    ['a method', call(property(name('this'), 'put'), [jsonValue('a')]), "this.put('a')"],
    ['an arrow function', object([['when', thunk(name('B'))]]), '{ when: () => B }'],
    ['an arrow function that returns an object', thunk(object([])), '() => ({})'],
    ['a constant object', as(object([]), 'const'), '{} as const'],
    [
      'members without values',
      object([
        ['a', undefined],
        ['b', name('c')],
      ]),
      '{ b: c }',
    ],
  ];
  it.each(values)('%s', (_, value, text) => {
    expect(one(constant(value))).toBe(`export const a = ${text.replace(`'it\\'s'`, '"it\'s"')};\n`);
  });

  it('keeps a short name on the line of its value', async () => {
    const url = `http://example.org/${'a'.repeat(120)}`;
    const text = one(constant(jsonValue({ url, fixed: url })));
    expect(text).toContain(`  url: '${url}',\n  fixed:\n    '${url}',\n`);
    expect(await format(text, { ...LAYOUT, parser: 'typescript' })).toBe(text);
  });

  it('prints interfaces and classes', () => {
    expect(
      one({
        kind: 'interface',
        doc: ['A study.', ['See ', { kind: 'link', name: 'B' }, '.']],
        name: LONG,
        extends: [memberOf(FHIR, 'ImagingStudy')],
        members: [
          { doc: ['One line.'], key: 'id', optional: true, type: union([keyword('string'), keyword('undefined')]) },
          { readonly: true, key: computed('profileTag', fromFile('runtime/index', 'profileTag')), type: named('T') },
        ],
      }),
    ).toBe(
      [
        "import type * as fhir4 from 'fhir/r4.js';",
        "import type { profileTag } from '../runtime/index.js';",
        '',
        '/**',
        ' * A study.',
        ' * See {@link B}.',
        ' */',
        `export interface ${LONG} extends fhir4.ImagingStudy {`,
        '  /** One line. */',
        '  id?: string | undefined;',
        '  readonly [profileTag]: T;',
        '}',
        '',
      ].join('\n'),
    );
    expect(
      one({
        kind: 'class',
        name: `${LONG}Builder`,
        typeParameters: [{ name: 'M', variance: 'out', constraint: keyword('string'), default: literal('actor') }],
        extends: imported(fromFile('runtime/index', 'PartBuilder'), named(LONG), named('M')),
        members: [
          {
            kind: 'method',
            name: 'setId',
            parameters: [{ name: 'value', type: keyword('string') }],
            returns: keyword('this'),
            body: [
              { kind: 'return', value: as(call(property(name('this'), 'put'), [name('value')]), keyword('this')) },
            ],
          },
        ],
      }),
    ).toBe(
      [
        "import { PartBuilder } from '../runtime/index.js';",
        '',
        `export class ${LONG}Builder<out M extends string = 'actor'> extends PartBuilder<`,
        `  ${LONG},`,
        '  M',
        '> {',
        '  setId(value: string): this {',
        '    return this.put(value) as this;',
        '  }',
        '}',
        '',
      ].join('\n'),
    );
  });
});

describe('imports', () => {
  it('are merged and sorted; a name is imported as a value if any use needs the value', () => {
    const from = (file: string, one: string) => fromFile(file, one);
    const text = print({
      file: 'a/b',
      header: 'Generated.',
      declarations: [
        alias(
          union([
            imported(from('z/z', 'Z')),
            imported(from('a/c', 'C')),
            imported(from('a/c', 'a')),
            imported(from('a/b', 'Own')),
          ]),
        ),
        constant(call(name(from('a/c', 'a')), [])),
      ],
    });
    expect(text).toBe(
      [
        '// Generated.',
        "import { type C, a } from './c.js';",
        "import type { Z } from '../z/z.js';",
        '',
        'export type A = Z | C | a | Own;',
        '',
        'export const a = a();',
        '',
      ].join('\n'),
    );
  });

  it('of one name from two modules are an error', () => {
    const both = union([imported(fromFile('a', 'X')), imported(fromFile('b', 'X'))]);
    expect(() => one(alias(both))).toThrow('two imports of the name X');
  });

  it('are not added for re-exports, which follow each other without blank lines', () => {
    const declarations: Declaration[] = [
      { kind: 're-export', from: { kind: 'file', file: 'profiles' } },
      { kind: 're-export', from: { kind: 'file', file: 'a/b' }, names: ['B'], typeOnly: true },
    ];
    expect(print({ file: 'index', header: 'Generated.', declarations })).toBe(
      "// Generated.\nexport * from './profiles.js';\nexport type { B } from './a/b.js';\n",
    );
  });
});

describe('literals', () => {
  it('escape characters that end, change or hide them', () => {
    expect(stringText('a\\b\n\u2028\u202e\ud800')).toBe("'a\\\\b\\x0a\\u2028\\u202e\\ud800'");
    expect(stringText('</script>')).toBe("'\\x3c/script>'");
    expect(stringText('"\'')).toBe("'\"\\''");
    expect(numberText(1e21)).toBe('1e21');
    expect(() => numberText(Infinity)).toThrow(RangeError);
  });

  it('quote member names only if necessary', () => {
    expect(['a', 'prénom', 'a-b', '1', '', '漢', 'Ωmega'].map(keyText)).toEqual([
      'a',
      'prénom',
      "'a-b'",
      "'1'",
      "''",
      "'\\u6f22'",
      "'\\u03a9mega'",
    ]);
  });
});
