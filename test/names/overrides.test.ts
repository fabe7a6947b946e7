import { describe, expect, test } from 'vitest';
import { resolveModel } from '../../generator/model/resolve.js';
import { nameAll } from '../../generator/names/names.js';
import { sampleModel } from '../model/sample.js';

const model = resolveModel(
  sampleModel([
    { name: 'First', type: 'Patient', elements: [{ id: 'Patient.contact.name', min: 1 }] },
    { name: 'Second', type: 'Patient', elements: [] },
  ]),
);
const [first = '', second = ''] = ['First', 'Second'].map(
  (name) => model.profiles.find((profile) => profile.name === name)?.url,
);

describe('names in the configuration', () => {
  test('replace those of the package, in all derived names', () => {
    const names = nameAll(model, { overrides: new Map([[first, 'Mine']]) });
    const before = nameAll(model);
    expect(names.profiles.get(first)).toMatchObject({
      interface: 'Mine',
      builder: 'MineBuilder',
      create: 'createMine',
      guard: 'isMine',
      validate: 'validateMine',
      file: before.profiles.get(first)?.file,
    });
    expect(names.profiles.get(second)).toEqual(before.profiles.get(second));
    expect(names.profiles.get(first)?.parts.get('contact')?.type).toBe('MineContact');
  });

  test('may be swapped', () => {
    const overrides = new Map([
      [first, 'Second'],
      [second, 'First'],
    ]);
    const names = nameAll(model, { overrides });
    expect([first, second].map((url) => names.profiles.get(url)?.interface)).toEqual(['Second', 'First']);
  });

  test('have no effect if the definition does not exist', () => {
    expect(nameAll(model, { overrides: new Map([['urn:none', 'Second']]) }).profiles).toEqual(nameAll(model).profiles);
  });

  test.each([
    ['class', 'the name "class" is a reserved word of TypeScript'],
    ['a-b', 'the name "a-b" is not a TypeScript identifier'],
    ['__proto__', 'the name "__proto__" is not a TypeScript identifier'],
    ['Issue', 'the name "Issue" is a name of the runtime'],
    ['Array', 'the name "Array" makes "Array", which is taken'],
    ['Second', `the name "Second" makes "Second", which ${second} has; give one of them another name`],
    ['SecondBuilder', 'the name "SecondBuilder" makes "SecondBuilder", which'],
  ])('must be valid and free: %s is rejected', (name, message) => {
    expect(() => nameAll(model, { overrides: new Map([[first, name]]) })).toThrow(message);
  });

  test('must be unique', () => {
    const both = new Map([
      [first, 'Mine'],
      [second, 'Mine'],
    ]);
    expect(() => nameAll(model, { overrides: both })).toThrow(`the name "Mine" makes "Mine", which ${first} has too`);
  });
});
