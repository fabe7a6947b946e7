import type { ResolvedElement, ResolvedModel, ResolvedSlice } from '../model/resolved.js';

/** Where a value set is bound. */
export interface ValueSetUse {
  /** Whether a required binding uses it, so that its codes close a type. */
  readonly isRequired: boolean;
  /** Names of the profiles that bind it. */
  readonly profiles: readonly string[];
  /** Canonicals of the profiles that bind it. */
  readonly canonicals: ReadonlySet<string>;
}

/**
 * Where each value set is bound, by its canonical.
 *
 * @param model the model of one side
 */
export function valueSetUses(model: ResolvedModel): ReadonlyMap<string, ValueSetUse> {
  const uses = new Map<string, { isRequired: boolean; profiles: string[]; canonicals: Set<string> }>();
  for (const { name, url, root } of model.profiles) {
    for (const { valueSet, isRequired } of bindingsOf(root)) {
      const use = uses.get(valueSet) ?? { isRequired: false, profiles: [], canonicals: new Set<string>() };
      use.isRequired ||= isRequired;
      if (use.profiles.at(-1) !== name) use.profiles.push(name);
      use.canonicals.add(url);
      uses.set(valueSet, use);
    }
  }
  return uses;
}

interface Use {
  readonly valueSet: string;
  readonly isRequired: boolean;
}

function bindingsOf(element: ResolvedElement): readonly Use[] {
  const { binding, members, options, slicing } = element;
  const own =
    binding === undefined ? [] : [{ valueSet: binding.valueSet, isRequired: binding.strength === 'required' }];
  return [...own, ...[...members, ...options, ...itemsOf(slicing?.slices ?? [])].flatMap(bindingsOf)];
}

function itemsOf(slices: readonly ResolvedSlice[]): readonly ResolvedElement[] {
  return slices.flatMap((slice) => [slice.item, ...itemsOf(slice.slices)]);
}
