import { describe, expect, it } from 'vitest';
import { camelCase, isIdentifier, kebabCase, pascalCase } from '../../generator/names/identifier.js';
import { distinct, type Wish } from '../../generator/names/distinct.js';
import { scope } from '../../generator/names/scope.js';
import { sliceKey } from '../../generator/names/slice-key.js';

describe('names of types', () => {
  it.each([
    ['FRImagingStudyDocument', 'FRImagingStudyDocument'],
    ['fr-core patient', 'FrCorePatient'],
    ['Côté gauche', 'CoteGauche'],
    ['3D-image', 'X3DImage'],
    ['💉 vaccine 💉', 'Vaccine'],
    ['💉', 'X'],
    ['', 'X'],
    ["*/ alert('x') /*", 'AlertX'],
    ['__proto__', 'Proto'],
    ['a\u2028b`${c}', 'ABC'],
    ['../../etc/passwd', 'EtcPasswd'],
  ])('%j becomes %s', (text, name) => {
    expect(pascalCase(text)).toBe(name);
  });

  it('cuts a name that is absurdly long', () => {
    expect(pascalCase('x'.repeat(100_000)).length).toBeLessThanOrEqual(120);
  });
});

describe('names of members', () => {
  it.each([
    ['number-of-frames', 'numberOfFrames'],
    ['INS-NIR', 'insNIR'],
    ['URL', 'url'],
    ['studyInstanceUid', 'studyInstanceUid'],
  ])('%j becomes %s', (text, name) => {
    expect(camelCase(text)).toBe(name);
  });

  it.each([
    ['studyInstanceUid', 'studyInstanceUid'],
    ['Intervenant', 'Intervenant'],
    ['number-of-frames', 'numberOfFrames'],
    ['others', 'othersSlice'],
    ['__proto__', 'proto'],
  ])('slice %j has the key %s', (slice, key) => {
    expect(sliceKey(slice)).toBe(key);
  });
});

describe('names of files', () => {
  it.each([
    ['fr-practitionerRole-document', 'fr-practitioner-role-document'],
    ['../../evil', 'evil'],
    ['C:\\Windows', 'c-windows'],
    ['nul\0', 'nul-x'],
    ['CON', 'con-x'],
    ['lpt1', 'lpt1-x'],
    ['é', 'e'],
    ['...', 'x'],
  ])('%j becomes %s', (text, name) => {
    expect(kebabCase(text)).toBe(name);
  });
});

describe('a scope', () => {
  it('gives a name once, and the loser a suffix that depends on its owner alone', () => {
    const first = scope([]);
    expect(first.claim('Patient', 'a')).toBe('Patient');
    const loser = first.claim('Patient', 'b');
    expect(loser).toMatch(/^Patient_[0-9a-f]{6}$/);
    const second = scope(['Patient', 'Observation']);
    expect(second.claim('Patient', 'b')).toBe(loser);
  });

  it('takes names that differ in case only for one where disks do', () => {
    const files = scope([], { fold: true });
    expect(files.claim('a/Type', 'x')).toBe('a/Type');
    expect(files.claim('a/type', 'y')).not.toBe('a/type');
  });
});

/** Wishes of things that are known by their number. */
function wishes(...all: readonly Wish['names'][]): readonly Wish[] {
  return all.map((names, index) => ({ id: String(index), names }));
}

describe('names that have to differ among themselves', () => {
  it('prefers the short one where nobody else wants it', () => {
    const names = distinct(wishes(['author', 'resultAuthor'], ['author', 'requestAuthor'], ['code']));
    expect(Object.fromEntries(names)).toEqual({ 0: 'resultAuthor', 1: 'requestAuthor', 2: 'code' });
  });

  it('has an answer even when all wishes are the same', () => {
    const names = [...distinct(wishes(['a'], ['a'], ['a'])).values()];
    expect(new Set(names).size).toBe(3);
    expect(names.every(isIdentifier)).toBe(true);
  });

  it('leaves a name with what had it before', () => {
    const names = distinct(wishes(['author', 'resultAuthor'], ['author', 'requestAuthor']), new Map([['1', 'author']]));
    expect(Object.fromEntries(names)).toEqual({ 0: 'resultAuthor', 1: 'author' });
  });

  it.each(['a-b', '__proto__', '', 'taken'])('does not keep %j', (name) => {
    expect([...distinct(wishes(['code']), new Map([['0', name]]), ['taken']).values()]).toEqual(['code']);
  });
});
