import { describe, expect, it } from 'vitest';
import { camelCase, isIdentifier, kebabCase, pascalCase } from '../../generator/names/identifier.js';
import { distinct, sliceKey } from '../../generator/names/names.js';
import { scope } from '../../generator/names/scope.js';

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

describe('names that have to differ among themselves', () => {
  it('prefers the short one where nobody else wants it', () => {
    expect(distinct([['author', 'resultAuthor'], ['author', 'requestAuthor'], ['code']])).toEqual([
      'resultAuthor',
      'requestAuthor',
      'code',
    ]);
  });

  it('has an answer even when all wishes are the same', () => {
    const names = distinct([['a'], ['a'], ['a']]);
    expect(new Set(names).size).toBe(3);
    expect(names.every(isIdentifier)).toBe(true);
  });
});
