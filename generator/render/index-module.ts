import type { Declaration } from '../emit/declaration.js';
import type { Module } from '../emit/module.js';
import { byCodeUnit } from '../order.js';
import { headerOf } from './header.js';

/** The module that exports all others. */
export const INDEX = 'index';

/** Modules that the index exports whole, besides those of profiles and value sets. */
const WHOLE = ['profiles', 'runtime/index'];

/**
 * The module that exports all others. Readers of slices stay in the modules of their profiles, so that their names do
 * not depend on other profiles.
 *
 * @param packageId `name#version` of the package that everything is generated from
 * @param modules of profiles and value sets
 */
export function indexModule(packageId: string, modules: readonly Module[]): Module {
  const whole = WHOLE.map((file): Declaration => ({ kind: 're-export', from: { kind: 'file', file } }));
  return { file: INDEX, header: headerOf(packageId), declarations: [...whole, ...modules.flatMap(reExports)] };
}

function reExports({ file, declarations }: Module): Declaration[] {
  const values = new Set<string>();
  const types = new Set<string>();
  for (const declaration of declarations) {
    if (declaration.kind === 're-export' || declaration.exported === false || declaration.unlisted === true) continue;
    const isType = declaration.kind === 'interface' || declaration.kind === 'alias';
    (isType ? types : values).add(declaration.name);
  }
  const from = { kind: 'file', file } as const;
  const named = (names: Iterable<string>): string[] => [...names].sort(byCodeUnit);
  const onlyTypes = named([...types].filter((name) => !values.has(name)));
  return [
    ...(values.size === 0 ? [] : [{ kind: 're-export', from, names: named(values) } as const]),
    ...(onlyTypes.length === 0 ? [] : [{ kind: 're-export', from, names: onlyTypes, typeOnly: true } as const]),
  ];
}
