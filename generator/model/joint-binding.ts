import { token, tokenParts } from '../fhir/token.js';
import { groupedBy } from '../order.js';
import type { BindingModel, ValueSetModel } from './model.js';

/**
 * The combination of several required bindings that apply at once: that of a profile, and those of the FHIR type or of
 * the profile on the datatype, which it narrows (FHIR R4, Terminologies, "Binding strengths").
 */
export type JointBinding =
  /** One coding satisfies all of them: those that the value sets share. */
  | { readonly kind: 'common'; readonly systems: readonly CommonSystem[] }
  /** No coding satisfies all, so a concept has one from each value set; a single coding is never valid. */
  | { readonly kind: 'each'; readonly valueSets: readonly string[] };

/** Codes of one system that several value sets share. */
export interface CommonSystem {
  readonly system: string;
  readonly codes: readonly string[];
}

/**
 * Combines the required bindings of an element.
 *
 * @param binding of the element
 * @param valueSets by canonical
 * @returns `undefined` where the value set of the element is enough, and where not all codes are known
 */
export function jointBinding(
  binding: BindingModel | undefined,
  valueSets: ReadonlyMap<string, ValueSetModel>,
): JointBinding | undefined {
  if (binding?.strength !== 'required' || binding.also === undefined) return undefined;
  const own = tokensOf(valueSets.get(binding.valueSet));
  if (own === undefined) return undefined;
  const others = binding.also.flatMap((url) => {
    const tokens = tokensOf(valueSets.get(url));
    return tokens === undefined || [...own].every((one) => tokens.has(one)) ? [] : [{ url, tokens }];
  });
  if (others.length === 0) return undefined;
  const common = [...own].filter((one) => others.every(({ tokens }) => tokens.has(one)));
  if (common.length === 0) return { kind: 'each', valueSets: [binding.valueSet, ...others.map(({ url }) => url)] };
  const systems = groupedBy(common.map(tokenParts), ([system]) => system);
  return {
    kind: 'common',
    systems: systems.map((tokens) => ({
      system: tokens[0][0].replaceAll('%7C', '|'),
      codes: tokens.map(([, code]) => code),
    })),
  };
}

/** All codings of a value set; `undefined` where they are not all known. */
function tokensOf(valueSet: ValueSetModel | undefined): ReadonlySet<string> | undefined {
  if (valueSet?.closed !== true) return undefined;
  return new Set(valueSet.systems.flatMap(({ system, concepts }) => concepts.map(({ code }) => token(system, code))));
}
