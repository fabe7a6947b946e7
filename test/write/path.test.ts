import { describe, expect, test } from 'vitest';
import { checkPaths, foldersOf, pathFault } from '../../generator/write/path.js';

describe('pathFault', () => {
  test.each([
    ['', 'is empty'],
    ['/etc/passwd', 'is absolute'],
    ['C:/x.ts', 'is absolute'],
    ['c:x.ts', 'is absolute'],
    ['../x.ts', 'has a part . or ..'],
    ['a/../../x.ts', 'has a part . or ..'],
    ['./x.ts', 'has a part . or ..'],
    ['a//x.ts', 'has an empty part'],
    ['a/', 'has an empty part'],
    ['a\\x.ts', 'has a character that not every file system allows'],
    ['a\0.ts', 'has a character that not every file system allows'],
    ['a\n.ts', 'has a character that not every file system allows'],
    ['a\u2028.ts', 'has a character that not every file system allows'],
    ['a\ud800.ts', 'has a character that not every file system allows'],
    ['x.ts:stream', 'has a character that not every file system allows'],
    ['what?.ts', 'has a character that not every file system allows'],
    ['a./x.ts', 'has a part that ends in a dot or a space'],
    ['a /x.ts', 'has a part that ends in a dot or a space'],
    ['con', 'has a part that is a device on Windows'],
    ['a/AUX.ts', 'has a part that is a device on Windows'],
    ['lpt1/x.ts', 'has a part that is a device on Windows'],
    ['COM\u00b9.txt', 'has a part that is a device on Windows'],
    [`${'é'.repeat(130)}.ts`, 'has a part of more than 255 bytes'],
    ['abc/'.repeat(300) + 'x', 'has more than 1024 characters'],
    ['.git/hooks/post-checkout', 'leads into a folder of other programs'],
    ['a/.GIT/config', 'leads into a folder of other programs'],
    ['node_modules/x/index.js', 'leads into a folder of other programs'],
  ])('reports for %j: %s', (path, fault) => {
    expect(pathFault(path)).toBe(fault);
  });

  test.each(['index.ts', 'a.b.c/d-e.ts', 'runtime/été.ts', 'console.ts', 'com10.ts', '.gitattributes', '...a', "o'x"])(
    'accepts %j',
    (path) => {
      expect(pathFault(path)).toBeUndefined();
    },
  );
});

describe('checkPaths', () => {
  test.each([
    [['a.ts', 'a.ts'], "the output paths 'a.ts' and 'a.ts' are the same file on some disks"],
    [['Type.ts', 'type.ts'], "the output paths 'Type.ts' and 'type.ts' are the same file on some disks"],
    [['\u00e9.ts', 'e\u0301.ts'], 'are the same file on some disks'],
    [['a', 'a/b.ts'], "the output path 'a' is a file and, for 'a/b.ts', a folder"],
    [['A/b.ts', 'a'], "the output path 'a' is a file and, for 'A/b.ts', a folder"],
    [['A/b.ts', 'a/c.ts'], "the output folders 'A' and 'a' are the same folder on some disks"],
    [['ok.ts', '../x.ts'], "the output path '../x.ts' has a part . or .."],
  ])('rejects %j', (paths, message) => {
    expect(() => checkPaths(paths)).toThrow(message);
  });

  test('accepts paths that can exist side by side', () => {
    expect(() => checkPaths(['a/b.ts', 'a/c.ts', 'a.ts', 'b/b.ts'])).not.toThrow();
  });
});

test('foldersOf lists the outermost folder first', () => {
  expect(foldersOf('a/b/c.ts')).toEqual(['a', 'a/b']);
  expect(foldersOf('c.ts')).toEqual([]);
});
