import { param, returns } from '../emit/comment.js';
import { returning } from '../emit/declaration.js';
import { fromFile } from '../emit/imports.js';
import type { Module } from '../emit/module.js';
import { keyword, named } from '../emit/type.js';
import { array, call, name, value } from '../emit/value.js';
import type { RenderContext } from './context.js';
import { headerOf } from './header.js';
import { internalName, runtimeType } from './scope.js';

/**
 * The module that finds profiles by canonical.
 *
 * @param context all profiles
 * @param packageId `name#version` of the package that everything is generated from
 */
export function profilesModule({ model, names, words }: RenderContext, packageId: string): Module {
  const rows = model.profiles.flatMap((profile) => {
    const own = names.profiles.get(profile.url);
    if (profile.kind === 'datatype' || own === undefined) return [];
    return [array([value(profile.url), name(fromFile(own.file, own.table))])];
  });
  const entry = [keyword('string'), runtimeType('ProfileTable')];
  return {
    file: 'profiles',
    header: headerOf(packageId),
    declarations: [
      {
        kind: 'constant',
        name: 'profiles',
        doc: [words.profiles],
        type: named('ReadonlyMap', ...entry),
        value: call(name('Map'), [array(rows)], { constructs: true, typeArguments: entry, pure: true }),
      },
      {
        kind: 'function',
        name: 'validateByProfile',
        doc: [
          words.byProfile,
          '',
          param('resource', words.anyValue),
          param('options', words.options),
          returns(words.byProfileIssues),
        ],
        parameters: [
          { name: 'resource', type: keyword('unknown') },
          { name: 'options', optional: true, type: runtimeType('ValidateOptions') },
        ],
        returns: {
          kind: 'operator',
          operator: 'readonly',
          type: { kind: 'array', element: runtimeType('Issue') },
        },
        body: [
          returning(call(name(internalName('validateClaims')), [name('profiles'), name('resource'), name('options')])),
        ],
      },
    ],
  };
}
