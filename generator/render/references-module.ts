import type { Module } from '../emit/module.js';
import { keyword, literal, literals, union } from '../emit/type.js';
import type { ResolvedProfile } from '../model/resolved.js';
import type { RenderContext } from './context.js';
import { headerOf } from './header.js';
import { runtimeType } from './scope.js';

/**
 * For each package, the module with the types of references to the resources of its profiles. Profiles refer to each
 * other by these: the interface of a target would make compilers load its module, and all that it refers to.
 *
 * @param context all profiles
 */
export function referencesModules(context: RenderContext): Module[] {
  const byFile = new Map<string, Module>();
  for (const profile of context.model.profiles) {
    const names = context.names.profiles.get(profile.url);
    if (names === undefined || profile.kind !== 'resource') continue;
    const known = byFile.get(names.references);
    byFile.set(names.references, {
      file: names.references,
      header: known?.header ?? headerOf(profile.package),
      declarations: [
        ...(known?.declarations ?? []),
        {
          // An interface with a member: compilers quote its name, but the expansion of others.
          kind: 'interface',
          name: names.reference,
          doc: [context.words.referenceTo(names.interface)],
          extends: [profiledReference(profile)],
          members: [{ key: 'type', optional: true, type: union([literal(profile.type), keyword('undefined')]) }],
        },
      ],
    });
  }
  return [...byFile.values()];
}

function profiledReference({ type, url, ancestors }: ResolvedProfile): ReturnType<typeof runtimeType> {
  return runtimeType('ProfiledReference', literals([type]), literals([url, ...ancestors]));
}
