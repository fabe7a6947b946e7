import { describe, expect, it } from 'vitest';
import { camelCase, isIdentifier, kebabCase, pascalCase } from '../../generator/names/identifier.js';
import { distinct, type Wish } from '../../generator/names/distinct.js';
import { scope } from '../../generator/names/scope.js';
import { sliceKey } from '../../generator/names/slice-key.js';

describe('a name of a type', () => {
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
  ])('is derived: %j becomes %s', (text, name) => {
    expect(pascalCase(text)).toBe(name);
  });

  it('is cut if absurdly long', () => {
    expect(pascalCase('x'.repeat(100_000)).length).toBeLessThanOrEqual(120);
  });
});

describe('a name of a member', () => {
  it.each([
    ['number-of-frames', 'numberOfFrames'],
    ['INS-NIR', 'insNIR'],
    ['URL', 'url'],
    ['studyInstanceUid', 'studyInstanceUid'],
  ])('is derived: %j becomes %s', (text, name) => {
    expect(camelCase(text)).toBe(name);
  });

  it.each([
    ['studyInstanceUid', 'studyInstanceUid'],
    ['Intervenant', 'Intervenant'],
    ['number-of-frames', 'numberOfFrames'],
    ['others', 'othersSlice'],
    ['__proto__', 'proto'],
  ])('is derived as the key of a slice: %j becomes %s', (slice, key) => {
    expect(sliceKey(slice)).toBe(key);
  });
});

describe('a name of a file', () => {
  it.each([
    ['fr-practitionerRole-document', 'fr-practitioner-role-document'],
    ['../../evil', 'evil'],
    ['C:\\Windows', 'c-windows'],
    ['nul\0', 'nul-x'],
    ['CON', 'con-x'],
    ['lpt1', 'lpt1-x'],
    ['é', 'e'],
    ['...', 'x'],
  ])('is derived: %j becomes %s', (text, name) => {
    expect(kebabCase(text)).toBe(name);
  });
});

describe('a scope', () => {
  it('assigns a name once, and others a suffix that depends only on their owner', () => {
    const first = scope([]);
    expect(first.claim('Patient', 'a')).toBe('Patient');
    const loser = first.claim('Patient', 'b');
    expect(loser).toMatch(/^Patient_[0-9a-f]{6}$/);
    const second = scope(['Patient', 'Observation']);
    expect(second.claim('Patient', 'b')).toBe(loser);
  });

  it('treats names that differ in case only as equal for files', () => {
    const files = scope([], { fold: true });
    expect(files.claim('a/Type', 'x')).toBe('a/Type');
    expect(files.claim('a/type', 'y')).not.toBe('a/type');
  });
});

/** Wishes with their number as id. */
function wishes(...all: readonly Wish['names'][]): readonly Wish[] {
  return all.map((names, index) => ({ id: String(index), names }));
}

describe('names that must be distinct', () => {
  it('use the short name if nothing else claims it', () => {
    const names = distinct(wishes(['author', 'resultAuthor'], ['author', 'requestAuthor'], ['code']));
    expect(Object.fromEntries(names)).toEqual({ 0: 'resultAuthor', 1: 'requestAuthor', 2: 'code' });
  });

  it('are found even if all claims are the same', () => {
    const names = [...distinct(wishes(['a'], ['a'], ['a'])).values()];
    expect(new Set(names).size).toBe(3);
    expect(names.every(isIdentifier)).toBe(true);
  });

  it('stay with their previous owner', () => {
    const names = distinct(wishes(['author', 'resultAuthor'], ['author', 'requestAuthor']), new Map([['1', 'author']]));
    expect(Object.fromEntries(names)).toEqual({ 0: 'resultAuthor', 1: 'author' });
  });

  it.each(['a-b', '__proto__', '', 'taken'])('do not include the previous name %j', (name) => {
    expect([...distinct(wishes(['code']), new Map([['0', name]]), ['taken']).values()]).toEqual(['code']);
  });
});
