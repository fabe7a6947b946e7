import { childOf, type Rule, type Slice, type Test } from './rule.js';

const NOTHING: Rule = {
  min: 1,
  max: Infinity,
  types: [],
  fixed: undefined,
  pattern: undefined,
  codes: undefined,
  suggested: undefined,
  maxLength: Infinity,
  children: [],
  slicing: undefined,
  invariants: [],
};

/**
 * What the discriminators of a slice look for, as rules for its items: whatever tells a slice from others is
 * required of its items, even where the profile does not say so.
 */
export function expectedRules({ when }: Slice): Rule[] {
  return when.flatMap((test) => expectedRule(test) ?? []);
}

/** `undefined` where the discriminator does not say what to write, or where: behind a reference or an extension. */
function expectedRule({ is, steps }: Test): Rule | undefined {
  let rule = is && required(is);
  for (const { kind, text, child } of [...(steps ?? [])].reverse()) {
    if (!rule || kind === 'extension' || kind === 'resolve') return undefined;
    if (kind === 'name') rule = { ...NOTHING, children: [{ child, rule }] };
    else rule = { ...rule, types: [{ code: text, suffix: text, profiles: [], targets: undefined }] };
  }
  return rule;
}

function required({ fixed, pattern, children }: Rule): Rule {
  const all = children.map(({ child, rule }) => ({ child: childOf(child.name), rule: required(rule) }));
  return { ...NOTHING, fixed, pattern, children: all };
}
