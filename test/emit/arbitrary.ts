import fc from 'fast-check';
import type { Comment, CommentLine, CommentPart } from '../../generator/emit/comment.js';
import type {
  ClassDeclaration,
  Declaration,
  Field,
  Method,
  Predicate,
  Statement,
} from '../../generator/emit/declaration.js';
import { fromFile, fromPackage, namespaceOf, type Import } from '../../generator/emit/imports.js';
import type { Module } from '../../generator/emit/module.js';
import {
  intersection,
  union,
  type Key,
  type Keyword,
  type Member,
  type Parameter,
  type ReferenceType,
  type RestElement,
  type Type,
  type TypeParameter,
} from '../../generator/emit/type.js';
import type { CallValue, NameValue, Property, ThunkValue, Value } from '../../generator/emit/value.js';

/** Names of any length that generated code has. */
const name = fc.oneof(
  fc.constantFrom('a', 'id', 'code', 'Coding', 'M', 'T'),
  fc.integer({ min: 1, max: 90 }).map((length) => 'Abcdefghij'.repeat(9).slice(0, length)),
  fc.constantFrom('FRImagingStudyDocumentSeriesPerformer', 'createFRObservationVitalSignsDocument'),
);

/** Any text of a package, including hostile ones. */
export const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 1, max: 130 }).map((length) => 'http://example.org/'.repeat(8).slice(0, length)),
  },
  {
    weight: 3,
    arbitrary: fc
      .array(
        fc.constantFrom(
          "'",
          '"',
          '\\',
          '\n',
          '\r',
          '*/',
          '/*',
          '*',
          '/',
          '//',
          '`',
          '${',
          '{',
          '}',
          '@',
          '{@link X}',
          ' @param ',
          '\u2028',
          '\u2029',
          '\ud800',
          '\udfff',
          '\u202e',
          '\u200b',
          '\ufeff',
          '😀',
          '漢字',
          'é',
          'е',
          '\u0301',
          '</script>',
          '<!--',
          '\0',
          '\t',
          ' ',
          'a',
          '1',
          '-',
          '__proto__',
          '\\u0041',
          '\u{10ffff}',
          'ꟑ',
          '\u00a0',
          '(',
          ')',
          '[',
          ']',
          '\u1680',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  },
);

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1, -1, 1e21, 1e-7, 0.5, -1.5e300),
);

const source: fc.Arbitrary<Import> = fc.oneof(
  fc
    .tuple(fc.constantFrom('runtime/index', 'a/b/c', 'a/d', 'e'), name)
    .map(([file, one]) => fromFile(file, `F${one}${file.length}`)),
  name.map((one) => fromPackage('fhir/r4.js', `P${one}`)),
);

const key: fc.Arbitrary<Key> = fc.oneof(
  { weight: 4, arbitrary: name },
  { weight: 3, arbitrary: text },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '__proto__',
      'new',
      'get',
      'set',
      'static',
      'readonly',
      'async',
      'constructor',
      '1',
      '1.5',
      'a-b',
      'déjà',
      'Ω',
      '漢',
      '',
      'in',
      '_a',
    ),
  },
  {
    weight: 1,
    arbitrary: name.map((one): Key => ({
      kind: 'computed',
      name: `c${one}`,
      import: fromFile('runtime/index', `c${one}`),
    })),
  },
);

const part: fc.Arbitrary<CommentPart> = fc.oneof(
  text,
  text.map((one): CommentPart => ({ kind: 'code', text: one })),
  name.map((one): CommentPart => ({ kind: 'link', name: one })),
  fc.tuple(text, text).map(([one, url]): CommentPart => ({ kind: 'url', text: one, url })),
);

const commentLine: fc.Arbitrary<CommentLine> = fc.oneof(
  text,
  fc.array(part, { maxLength: 4 }),
  fc.tuple(name, text).map(([one, about]): CommentLine => ({ kind: 'tag', tag: 'param', name: one, text: about })),
);

const comment: fc.Arbitrary<Comment> = fc.array(commentLine, { maxLength: 4 });
const doc = fc.option(comment, { nil: undefined, freq: 4 });

function maybe<T, K extends string>(field: K, value: T | undefined): Partial<Record<K, T>> {
  return (value === undefined ? {} : { [field]: value }) as Partial<Record<K, T>>;
}

const flag = fc.boolean();

const KEYWORDS: readonly Keyword[] = [
  'any',
  'bigint',
  'boolean',
  'never',
  'null',
  'number',
  'object',
  'string',
  'symbol',
  'this',
  'undefined',
  'unknown',
  'void',
];

const { type, reference } = fc.letrec<{
  type: Type;
  leaf: Type;
  reference: ReferenceType;
  rest: RestElement;
}>((tie) => ({
  type: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    tie('leaf'),
    tie('reference'),
    { weight: 3, arbitrary: fc.array(tie('type'), { minLength: 1, maxLength: 6 }).map(union) },
    fc
      .array(text, { minLength: 1, maxLength: 30 })
      .map((all) => union(all.map((value): Type => ({ kind: 'literal', value })))),
    fc.array(tie('type'), { minLength: 1, maxLength: 4 }).map(intersection),
    { weight: 2, arbitrary: tie('type').map((element): Type => ({ kind: 'array', element })) },
    fc.array(fc.oneof(tie('type'), tie('rest')), { maxLength: 4 }).map((all): Type => {
      const rests = all.filter((one) => one.kind === 'rest').slice(0, 1);
      return { kind: 'tuple', elements: [...all.filter((one) => one.kind !== 'rest'), ...rests] };
    }),
    fc.array(members(tie('type')), { maxLength: 3 }).map((all): Type => ({ kind: 'object', members: all })),
    tie('type').map((one): Type => ({ kind: 'operator', operator: 'keyof', type: one })),
    tie('type').map((one): Type => ({ kind: 'operator', operator: 'readonly', type: { kind: 'array', element: one } })),
    name.map((one): Type => ({ kind: 'query', name: one })),
    fc.tuple(tie('type'), tie('type')).map(([object, index]): Type => ({ kind: 'indexed-access', object, index })),
    fc.tuple(flag, parameters(tie('type')), tie('type')).map(([constructs, all, returns]): Type => ({
      kind: 'function-type',
      constructs,
      parameters: all,
      returns,
    })),
  ),
  leaf: fc.oneof(
    fc.constantFrom(...KEYWORDS).map((keyword): Type => ({ kind: 'keyword', keyword })),
    text.map((value): Type => ({ kind: 'literal', value })),
    number.map((value): Type => ({ kind: 'literal', value })),
    flag.map((value): Type => ({ kind: 'literal', value })),
  ),
  reference: fc.oneof(
    { depthSize: 'medium' },
    name.map((one): ReferenceType => ({ kind: 'reference', name: one, typeArguments: [] })),
    source.map((from): ReferenceType => ({ kind: 'reference', name: from.name, typeArguments: [], import: from })),
    fc.tuple(name, fc.array(tie('type'), { maxLength: 3 })).map(([one, typeArguments]): ReferenceType => ({
      kind: 'reference',
      name: one,
      namespace: 'fhir4',
      typeArguments,
      import: namespaceOf({ kind: 'package', specifier: 'fhir/r4.js' }, 'fhir4'),
    })),
    fc.tuple(name, fc.array(tie('type'), { maxLength: 3 })).map(([one, typeArguments]): ReferenceType => ({
      kind: 'reference',
      name: one,
      typeArguments,
    })),
  ),
  rest: tie('type').map((one): RestElement => ({ kind: 'rest', type: { kind: 'array', element: one } })),
}));

export { type };

/**
 * Types in values: TypeScript's parser does not read constructor types within an arrow function's object
 * (`() => ({ a: '' as [new (b: B) => C] })`).
 */
const typeInValue = type.map((one) => withoutConstructors(one));

function withoutConstructors<T>(node: T): T {
  if (Array.isArray(node)) return node.map(withoutConstructors) as T;
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([field, of]) => [
    field,
    field === 'constructs' ? false : withoutConstructors(of),
  ]);
  return Object.fromEntries(entries) as T;
}

function members(of: fc.Arbitrary<Type>): fc.Arbitrary<Member> {
  return fc.tuple(doc, flag, key, flag, of).map(([about, isReadonly, one, optional, is]) => ({
    ...maybe('doc', about),
    readonly: isReadonly,
    key: one,
    optional,
    type: is,
  }));
}

function parameters(of: fc.Arbitrary<Type>): fc.Arbitrary<readonly Parameter[]> {
  return fc.array(fc.tuple(name, of), { maxLength: 3 }).chain((all) =>
    fc.tuple(flag, flag).map(([rest, optional]) =>
      all.map(([one, is], index): Parameter => {
        const isLast = index === all.length - 1;
        const isRest = isLast && rest;
        return { name: `${one}${String(index)}`, rest: isRest, optional: isLast && !isRest && optional, type: is };
      }),
    ),
  );
}

const typeParameter: fc.Arbitrary<TypeParameter> = fc
  .tuple(
    name,
    fc.constantFrom(undefined, 'in', 'out', 'in out'),
    fc.option(type, { nil: undefined }),
    fc.option(type, { nil: undefined }),
  )
  .map(([one, variance, constraint, given]) => ({
    name: one,
    ...maybe('variance', variance as TypeParameter['variance']),
    ...maybe('constraint', constraint),
    ...maybe('default', given),
  }));

const typeParameters = fc
  .array(typeParameter, { maxLength: 2 })
  .map((all) => all.map((one, index) => ({ ...one, name: `${one.name}${String(index)}` })));
/** Type parameters of functions have no variance. */
const plainParameters = typeParameters.map((all) => all.map(({ variance: _, ...one }) => one));

const nameValue: fc.Arbitrary<NameValue> = fc.oneof(
  name.map((one): NameValue => ({ kind: 'name', name: one })),
  source.map((from): NameValue => ({ kind: 'name', name: from.name, import: from })),
);

const { value } = fc.letrec<{ value: Value; call: CallValue; thunk: ThunkValue; body: ThunkValue['body'] }>((tie) => ({
  value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, { weight: 4, arbitrary: tie('body') }, tie('thunk')),
  body: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    text.map((one): ThunkValue['body'] => ({ kind: 'literal', value: one })),
    number.map((one): ThunkValue['body'] => ({ kind: 'literal', value: one })),
    fc.constantFrom(true, false, null).map((one): ThunkValue['body'] => ({ kind: 'literal', value: one })),
    nameValue,
    fc.tuple(nameValue, name).map(([object, one]): ThunkValue['body'] => ({ kind: 'property', object, name: one })),
    fc.constant<ThunkValue['body']>({ kind: 'property', object: { kind: 'name', name: 'this' }, name: 'abcdefghij' }),
    fc.array(number, { maxLength: 40 }).map((all): ThunkValue['body'] => ({
      kind: 'array',
      elements: all.map((one) => ({ kind: 'literal', value: one })),
    })),
    {
      weight: 3,
      arbitrary: fc
        .array(tie('value'), { maxLength: 5 })
        .map((elements): ThunkValue['body'] => ({ kind: 'array', elements })),
    },
    {
      weight: 4,
      arbitrary: fc
        .array(
          fc
            .tuple(doc, key, tie('value'))
            .map(([about, one, is]): Property => ({ ...maybe('doc', about), key: one, value: is })),
          { maxLength: 4 },
        )
        .map((properties): ThunkValue['body'] => ({ kind: 'object', properties })),
    },
    { weight: 3, arbitrary: tie('call') },
    fc
      .tuple(tie('body'), fc.oneof(fc.constant('const' as const), typeInValue))
      // `as const` stands behind literals only, and an intermediate `as` is never emitted.
      .map(([one, to]): ThunkValue['body'] =>
        one.kind === 'as'
          ? one
          : {
              kind: 'as',
              value: one,
              type:
                one.kind === 'object' || one.kind === 'array'
                  ? to
                  : to === 'const'
                    ? { kind: 'keyword', keyword: 'never' }
                    : to,
            },
      ),
  ),
  call: fc
    .tuple(
      fc.oneof(
        nameValue,
        fc
          .tuple(fc.oneof(nameValue, fc.constant<NameValue>({ kind: 'name', name: 'this' })), name)
          .map(([object, one]) => ({ kind: 'property' as const, object, name: one })),
      ),
      fc.array(typeInValue, { maxLength: 2 }),
      fc.array(tie('value'), { maxLength: 4 }),
      flag,
      flag,
    )
    .map(([callee, typeArguments, all, constructs, pure]) => ({
      kind: 'call',
      callee,
      typeArguments,
      arguments: all,
      constructs,
      pure,
    })),
  thunk: tie('body').map((body) => ({ kind: 'thunk', body })),
}));

export { value };

const statement: fc.Arbitrary<Statement> = fc.oneof(
  value.map((one): Statement => ({ kind: 'return', value: one })),
  value
    .filter((one) => one.kind === 'call' && one.pure !== true)
    .map((one): Statement => ({ kind: 'expression', value: one })),
);

const body = fc.array(statement, { maxLength: 2 });

const returns: fc.Arbitrary<Type | Predicate | undefined> = fc.oneof(
  type,
  fc.constant(undefined),
  fc
    .tuple(flag, name, type)
    .map(([asserts, parameter, is]): Predicate => ({ kind: 'predicate', asserts, parameter, type: is })),
);

const method: fc.Arbitrary<Method> = fc
  .tuple(
    doc,
    fc.constantFrom(undefined, 'protected', 'private'),
    flag,
    name,
    plainParameters,
    parameters(type),
    returns,
    body,
  )
  .map(([about, access, override, one, generic, all, gives, statements]) => ({
    kind: 'method',
    ...maybe('doc', about),
    ...maybe('access', access as Method['access']),
    override,
    name: one,
    typeParameters: generic,
    parameters: all,
    ...maybe('returns', gives),
    body: statements,
  }));

const getter: fc.Arbitrary<Method> = fc.tuple(doc, name, type, body).map(([about, one, gives, statements]) => ({
  kind: 'method',
  getter: true,
  override: true,
  access: 'protected',
  ...maybe('doc', about),
  name: one,
  parameters: [],
  returns: gives,
  body: statements,
}));

const field: fc.Arbitrary<Field> = fc
  .tuple(doc, flag, flag, flag, name, type)
  .map(([about, declare, isReadonly, optional, one, is]) => ({
    kind: 'field',
    ...maybe('doc', about),
    declare,
    readonly: isReadonly,
    optional,
    name: one,
    type: is,
  }));

const exported = fc.boolean();

const classDeclaration: fc.Arbitrary<ClassDeclaration> = fc
  .tuple(
    doc,
    exported,
    name,
    typeParameters,
    fc.option(reference, { nil: undefined }),
    fc.array(fc.oneof(method, getter, field), { maxLength: 3 }),
  )
  .map(([about, isExported, one, generic, base, all]) => ({
    kind: 'class',
    exported: isExported,
    ...maybe('doc', about),
    name: one,
    typeParameters: generic,
    ...maybe('extends', base),
    members: all,
  }));

const declaration: fc.Arbitrary<Declaration> = fc.oneof(
  fc
    .tuple(
      doc,
      exported,
      name,
      typeParameters,
      fc.array(reference, { maxLength: 2 }),
      fc.array(members(type), { maxLength: 4 }),
    )
    .map(([about, isExported, one, generic, bases, all]): Declaration => ({
      kind: 'interface',
      exported: isExported,
      ...maybe('doc', about),
      name: one,
      typeParameters: generic,
      extends: bases,
      members: all,
    })),
  fc.tuple(doc, exported, name, typeParameters, type).map(([about, isExported, one, generic, is]): Declaration => ({
    kind: 'alias',
    exported: isExported,
    ...maybe('doc', about),
    name: one,
    typeParameters: generic,
    type: is,
  })),
  {
    weight: 3,
    arbitrary: fc
      .tuple(doc, exported, name, fc.option(type, { nil: undefined }), value)
      .map(([about, isExported, one, is, gets]): Declaration => ({
        kind: 'constant',
        exported: isExported,
        ...maybe('doc', about),
        name: one,
        ...maybe('type', is),
        value: gets,
      })),
  },
  fc
    .tuple(doc, exported, name, plainParameters, parameters(type), returns, body)
    .map(([about, isExported, one, generic, all, gives, statements]): Declaration => ({
      kind: 'function',
      exported: isExported,
      ...maybe('doc', about),
      name: one,
      typeParameters: generic,
      parameters: all,
      ...maybe('returns', gives),
      body: statements,
    })),
  classDeclaration,
  fc
    .tuple(fc.option(fc.array(name, { minLength: 1, maxLength: 6 }), { nil: undefined }), flag)
    .map(([names, typeOnly]): Declaration => ({
      kind: 're-export',
      from: { kind: 'file', file: 'x/y' },
      ...maybe('names', names),
      typeOnly,
    })),
);

/** Modules of every kind of declaration. */
export const module: fc.Arbitrary<Module> = fc
  .tuple(
    fc.option(fc.constant('Generated. Changes made here are lost.'), { nil: undefined }),
    fc.array(declaration, { minLength: 1, maxLength: 3 }),
  )
  .map(([header, declarations]) => ({ file: 'a/module', ...maybe('header', header), declarations }));
