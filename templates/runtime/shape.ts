import { datatypes } from './datatypes.js';
import { type Check, primitives } from './primitive.js';
import type { CodeSet, TypeTable } from './table.js';
import { type Targets, targetsOf } from './target.js';

/** A FHIR type made ready for the interpreter. */
export interface Shape {
  /** FHIR type code: `Identifier`, `BackboneElement`, `ImagingStudy`. */
  readonly code: string;
  /** JSON member → what it is; `_name` included. In the order of the type. */
  readonly members: ReadonlyMap<string, Member>;
  readonly elements: ReadonlyMap<string, Element>;
  readonly required: readonly Element[];
}

/** An element of a FHIR type. */
export interface Element {
  /** As tables and FHIR write it, `[x]` included. */
  readonly name: string;
  /** As FHIRPath writes it. */
  readonly label: string;
  readonly min: number;
  /** An array in JSON. */
  readonly list: boolean;
  /** One per type: a choice has several. */
  readonly members: Member[];
}

/** A member of a JSON object: an element in one of its types. */
export interface Member {
  readonly element: Element;
  /** Name in JSON, without the underscore of a twin. */
  readonly json: string;
  /** FHIR type code. */
  readonly type: string;
  /** The underscore twin of a primitive. */
  readonly twin: boolean;
  /** Of a primitive. */
  readonly check: Check | undefined;
  /** Of anything else, where it is known. */
  readonly shape: () => Shape | undefined;
  readonly codes: CodeSet | undefined;
  /** What a reference may point to; `undefined` for anything. */
  readonly targets: Targets | undefined;
}

const ANY_ELEMENT: TypeTable = { id: '0..1 string', extension: '0..* Extension' };

const shapes = new WeakMap<TypeTable, Shape>();

/** The shape of a datatype by its name, `undefined` when there is no such complex type. */
export function datatypeShape(type: string): Shape | undefined {
  const table = Object.hasOwn(datatypes, type) ? datatypes[type] : undefined;
  return table && shapeOf(table, type, table);
}

/** The shape of what every primitive has in its underscore twin. */
export function twinShape(): Shape {
  return shapeOf(ANY_ELEMENT, 'Element', ANY_ELEMENT);
}

/**
 * The shape of a resource type.
 *
 * @param table its elements
 * @param type its name
 */
export function resourceShape(table: TypeTable, type: string): Shape {
  return shapeOf(table, type, table, { resourceType: '1..1 code' });
}

/**
 * @param root where content references lead into
 * @param first elements that come before those of the table
 */
function shapeOf(table: TypeTable, code: string, root: TypeTable, first: TypeTable = {}): Shape {
  let shape = shapes.get(table);
  if (!shape) {
    shape = makeShape({ ...first, ...table }, code, root);
    shapes.set(table, shape);
  }
  return shape;
}

/** `0..* Reference(Patient|Group)`: cardinality, then types. */
const NOTATION = /^(\d+)\.\.(\S+) (.*)$/;
const TYPE = /([^|(]+)(?:\(([^)]*)\))?/g;

function makeShape(table: TypeTable, code: string, root: TypeTable): Shape {
  const members = new Map<string, Member>();
  const elements = new Map<string, Element>();
  for (const [name, base] of Object.entries(table)) {
    const { is, codes, children } = typeof base === 'string' ? { is: base } : base;
    const [, min, max, types = ''] = NOTATION.exec(is) ?? [];
    const label = name.replace('[x]', '');
    const element: Element = { name, label, min: Number(min), list: max !== '1', members: [] };
    elements.set(name, element);
    for (const [, type = '', targets] of types.matchAll(TYPE)) {
      // SimpleQuantity is a profile: its values are written as Quantity.
      const json = label === name ? name : label + capital(type.replace('Simple', ''));
      const check = primitives.get(type);
      let shape: Shape | undefined;
      const member: Member = {
        element,
        json,
        type,
        twin: false,
        check,
        shape: () => {
          if (shape) return shape;
          const own = type.startsWith('#') ? childrenAt(root, type) : children;
          return (shape = own ? shapeOf(own, type, root) : datatypeShape(type));
        },
        codes,
        targets: targets === undefined ? undefined : targetsOf(targets.split('|')),
      };
      element.members.push(member);
      members.set(json, member);
      if (check) members.set(`_${json}`, { ...member, twin: true, check: undefined, shape: twinShape });
    }
  }
  return { code, members, elements, required: [...elements.values()].filter((element) => element.min > 0) };
}

/** The elements of `#Questionnaire.item`. */
function childrenAt(root: TypeTable, reference: string): TypeTable | undefined {
  let table: TypeTable | undefined = root;
  for (const name of reference.split('.').slice(1)) {
    const element: TypeTable[string] | undefined = table && Object.hasOwn(table, name) ? table[name] : undefined;
    table = typeof element === 'object' ? element.children : undefined;
  }
  return table;
}

/** `dateTime` → `DateTime`, as the names of choice members have it. */
export function capital(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}
