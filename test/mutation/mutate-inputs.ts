import type { Category } from './category.js';
import { edited } from './edit.js';
import { type Form, inputOf, keysOf } from './input.js';
import type { Pruned } from './prune.js';
import { membersOf } from '../../generator/sample/matches.js';
import { breaksIn } from './mutate.js';
import type { Break } from './mutant.js';
import { type Path, valuesOf } from '../../generator/sample/node.js';
import type { Context } from '../../generator/sample/spec.js';
import { type Instance } from '../../generator/sample/synthesize.js';
import type { Json } from '../../generator/fhir/json.js';

/** A change of an input. */
export type InputChange = Category | 'none' | 'slice left out' | 'slices swapped' | 'everything left out';

/** An input of `create`. */
export interface Input {
  readonly change: InputChange;
  readonly form: string;
  readonly place: string;
  readonly detail: string;
  /** Whether the type of the input shows the change: if it compiles, `create` has to correct it. */
  readonly visible: boolean;
  readonly json: Json;
}

const KEYED: Form = { keyed: true, bare: false, lean: true };
const BARE: Form = { keyed: true, bare: true, lean: true };
const FORMS: Readonly<Record<string, Form>> = {
  json: { keyed: false, bare: false, lean: true },
  keyed: KEYED,
  bare: BARE,
};

/**
 * Valid inputs: FHIR JSON, keyed slices, bare values.
 *
 * @param instance created with named slices
 */
export function validInputs(instance: Instance): Input[] {
  const seen = new Set<string>();
  return Object.entries(FORMS).flatMap(([form, how]): Input[] => {
    const { json } = inputOf(instance.root, [], { ...how, lean: instance.name === 'minimal' });
    const text = JSON.stringify(json);
    if (seen.has(text)) return [];
    seen.add(text);
    return [{ change: 'none', form, place: instance.name, detail: '', visible: true, json }];
  });
}

/**
 * Inputs in which one constraint is broken, or one part is omitted.
 *
 * @param instance created with named slices
 * @param context all profiles
 * @param tried the changes tried with other instances; new ones are added
 */
export function brokenInputs(instance: Instance, context: Context, tried: Set<string>): Input[] {
  const forms = formsOf(instance);
  return [
    ...breaksIn(instance, context, tried).flatMap((one) =>
      (['keyed', 'bare'] as const).flatMap((form) => broken(forms, one, form)),
    ),
    ...slicesChanged(instance, tried),
  ];
}

/** An instance in both keyed forms, reduced to a path. */
type Forms = (path: Path) => {
  readonly keyed: Pruned;
  /** `undefined` if it is the same as the other. */
  readonly bare: Pruned | undefined;
};

/** Many breaks share a path, and each instance is written once for it. */
function formsOf({ root }: Instance): Forms {
  const known = new Map<string, ReturnType<Forms>>();
  return (path) => {
    const key = JSON.stringify(path);
    const found = known.get(key);
    if (found !== undefined) return found;
    const [keyed, bare] = [inputOf(root, path, KEYED), inputOf(root, path, BARE)];
    const forms = { keyed, bare: JSON.stringify(keyed) === JSON.stringify(bare) ? undefined : bare };
    known.set(key, forms);
    return forms;
  };
}

function broken(forms: Forms, one: Break, form: 'keyed' | 'bare'): Input[] {
  const input = forms(one.path)[form];
  if (input === undefined) return [];
  const { category, detail, place, visible } = one;
  const at = one.up ? input.path.slice(0, -1) : input.path;
  // An item given as its value has nothing else to change.
  if (one.up && form === 'bare' && input.path.at(-1) !== one.path.at(-1)) return [];
  if (category === 'wrong resource type' && one.path.length > 1) return [];
  const changed = { change: category, form, place, detail, visible };
  // Most inputs are counted and not tried.
  return [
    {
      ...changed,
      get json() {
        return edited(input.json, at, one.change);
      },
    },
  ];
}

/** Omitted slices, and items given for another slice. */
function slicesChanged({ root }: Instance, tried: Set<string>): Input[] {
  const inputs: Input[] = [];
  const add = (
    change: InputChange,
    place: string,
    detail: string,
    path: Path,
    edit: (old: Json | undefined) => Json,
  ): void => {
    const key = `${change} ${place} ${detail}`;
    if (tried.has(key)) return;
    tried.add(key);
    const input = inputOf(root, path, { keyed: true, bare: false, lean: true });
    inputs.push({
      change,
      form: 'keyed',
      place,
      detail,
      visible: true,
      json: edited(input.json, path.length > 0 ? keyedPath(input.path) : [], edit),
    });
  };
  for (const node of valuesOf(root)) {
    for (const member of node.members) {
      const keys = keysOf(member);
      if (keys === undefined || member.twin) continue;
      const used = member.items.flatMap((item, at) => {
        const key = keys.get(item.slice?.name ?? '');
        return key === undefined ? [] : [{ key, at, name: item.slice?.name ?? '' }];
      });
      for (const { key, at } of used) {
        add('slice left out', member.place, key, [...member.path, at], (old) => without(old, key));
        const other = used.find((one) => one.key !== key)?.key ?? [...keys.values()].find((one) => one !== key);
        if (other === undefined) continue;
        add('slices swapped', member.place, `${key} as ${other}`, [...member.path, at], (old) => {
          const members = membersOf(old);
          const own = members.get(key) ?? null;
          members.delete(key);
          members.set(other, own);
          return Object.fromEntries(members);
        });
      }
    }
  }
  return inputs;

  /** The path from the item of a slice to the object keyed by slices. */
  function keyedPath(path: Path): Path {
    return typeof path.at(-1) === 'number' ? path.slice(0, -2) : path.slice(0, -1);
  }
}

function without(json: Json | undefined, key: string): Json {
  const members = membersOf(json);
  members.delete(key);
  return Object.fromEntries(members);
}
