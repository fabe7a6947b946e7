import { isObject, listOf } from './json.js';
import type { Scope } from './run.js';
import type { Member, Shape } from './shape.js';

/** A value with its underscore twin, or both arrays. */
interface Place {
  readonly value: unknown;
  readonly twin: unknown;
}

/**
 * The path that gives a FHIRPath engine the type of a value (FHIR R4, ElementDefinition.constraint: an expression is
 * evaluated on the element, which has one type): the datatype, `dateTime` or `Extension`; below a resource or datatype,
 * the path of a part without a named type, `Observation.component` or `Dosage.doseAndRate`.
 *
 * @param scope the nearest resource or datatype
 * @param path to the value
 */
export function typePath({ type, at, value, shape }: Scope, path: readonly (string | number)[]): string {
  let typed = type;
  let known: Shape | undefined = shape;
  let place: Place = { value, twin: undefined };
  for (const step of path.slice(at)) {
    if (typeof step === 'number') {
      place = { value: listOf(place.value)[step], twin: listOf(place.twin)[step] };
      continue;
    }
    const member = memberOf(known, place, step);
    place = below(place, member?.json ?? step);
    if (!member) typed += `.${step}`;
    else if (member.type.startsWith('#')) typed = member.type.slice(1);
    else if (/^(?:Backbone)?Element$/.test(member.type)) typed += `.${step}`;
    else typed = typeOf(member, place);
    known = member?.check ? known?.members.get(`_${member.json}`)?.shape() : member?.shape();
  }
  return typed;
}

/** The member that holds an element: a choice is found under the name of the present type. */
function memberOf(shape: Shape | undefined, place: Place, name: string): Member | undefined {
  const some = [...(shape?.members.values() ?? [])].find((member) => member.name === name);
  const [single, ...others] = some?.members ?? [];
  if (others.length === 0) return single;
  return some?.members.find(({ json }) => {
    const { value, twin } = below(place, json);
    return (value ?? twin) !== undefined;
  });
}

function below({ value, twin }: Place, json: string): Place {
  const host = isObject(value) ? value : isObject(twin) ? twin : {};
  return { value: host[json], twin: host[`_${json}`] };
}

function typeOf({ type }: Member, { value }: Place): string {
  if (type === 'Resource' && isObject(value) && typeof value['resourceType'] === 'string') return value['resourceType'];
  // SimpleQuantity is a profile.
  return type.replace('Simple', '');
}
