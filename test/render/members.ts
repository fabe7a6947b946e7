import { nameAll } from '../../generator/names/names.js';
import type { PinnedValueSet } from '../../generator/pin/snapshot.js';
import { DEFAULT_CODE_LIMIT } from '../../generator/generate.js';
import { spelledOut } from '../../generator/model/effective.js';
import { renderContext } from '../../generator/render/context.js';
import { moduleImports } from '../../generator/render/module.js';
import { declareObject } from '../../generator/render/object-type.js';
import type { Declaration, TypeScope } from '../../generator/render/type-scope.js';
import { profileNamed, sampleModel, type SampleElement, type SampleProfile } from '../model/sample.js';

/** A profile named `Sample` and what it needs. */
export interface SampleOptions {
  readonly valueSets?: readonly PinnedValueSet[];
  readonly others?: readonly SampleProfile[];
}

/**
 * The types that a hand-written profile is given.
 *
 * @param type FHIR type
 * @param elements what the profile says
 * @param options other profiles and value sets
 */
export function declarationsOf(
  type: string,
  elements: readonly SampleElement[],
  options: SampleOptions = {},
): readonly Declaration[] {
  const model = sampleModel([{ name: 'Sample', type, elements }, ...(options.others ?? [])], options.valueSets);
  const context = renderContext(model, nameAll(model), DEFAULT_CODE_LIMIT);
  const profile = profileNamed(model, 'Sample');
  const scope: TypeScope = { context, profile, imports: moduleImports('x'), declarations: [], declared: new Map() };
  declareObject(scope, spelledOut(profile.root, context), { part: '', base: `fhir4.${type}`, all: true });
  return scope.declarations;
}

/**
 * One member of the profile's own type.
 *
 * @param member its name
 * @returns `name?: type`
 */
export function memberOf(
  type: string,
  elements: readonly SampleElement[],
  member: string,
  options: SampleOptions = {},
): string {
  const own = declarationsOf(type, elements, options).find((one) => one.name === 'Sample');
  const all = [...(own?.members ?? []), ...(own?.choices.flatMap((choice) => choice.members) ?? [])];
  const found = all.find((one) => one.key === member);
  return found === undefined ? '' : `${found.key}${found.optional ? '?' : ''}: ${found.type}`;
}
