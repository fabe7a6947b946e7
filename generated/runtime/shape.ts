import { datatypes, invariants } from './datatypes.js';
import { memo } from './json.js';
import { primitives } from './primitive.js';
import { type Check, repeated } from './primitive-check.js';
import type { BaseElement, CodeSet, InvariantRule, ProfileTable, TypeTable } from './table.js';

/** A FHIR type, prepared for the interpreter. */
export interface Shape {
  /** By JSON name, `_name` included, in the order of the type. */
  readonly members: ReadonlyMap<string, Member>;
  readonly required: readonly Element[];
  /** Other members are allowed. */
  readonly open?: true;
}

/** An element of a FHIR type. */
export interface Element {
  /** As in FHIRPath. */
  readonly name: string;
  readonly min: number;
  /** An array in JSON. */
  readonly list: boolean;
  /** One per type: a choice has several. */
  readonly members: Member[];
}

/** A member of a JSON object: an element in one of its types. */
export interface Member extends Element {
  /** Name in JSON, without the underscore of a twin. */
  readonly json: string;
  /** Its position in the order of the type. */
  readonly at: number;
  /** FHIR type code. */
  readonly type: string;
  /** The underscore twin of a primitive. */
  readonly twin: boolean;
  /** Of a primitive. */
  readonly check: Check | undefined;
  /** The same, where nothing else has to be checked. */
  readonly plain: Check | undefined;
  /** 1 for a required member. */
  readonly weight: number;
  /** For any other type, where it is known. */
  readonly shape: () => Shape | undefined;
  readonly codes: CodeSet | undefined;
  /** Targets that a reference may have, as in tables; `undefined` for any. */
  readonly targets: readonly string[] | undefined;
  /** Invariants of the element, in a datatype, and of its datatype. */
  readonly invariants: readonly InvariantRule[];
}

/** The members of the underscore twin of every primitive. */
const TWIN: TypeTable = { id: '0..1 string', extension: '0..* Extension' };

/** The shape of a datatype by its name; `undefined` when there is no such complex type. */
export function datatypeShape(type: string): Shape | undefined {
  const table = Object.hasOwn(datatypes, type) ? datatypes[type] : undefined;
  return table && shapeOf(table);
}

/** The invariants of a datatype (FHIR R4, Data Types, "Constraints"). */
export function invariantsOf(type: string): readonly InvariantRule[] {
  const own = Object.hasOwn(invariants, type) ? invariants[type] : undefined;
  return own?.map((rule) => ({ ...rule, datatype: type })) ?? [];
}

/** The shape of the type that a profile constrains. */
export function shapeOfProfile({ base, type }: ProfileTable): Shape | undefined {
  return base ? shapeOf(base) : datatypeShape(type);
}

/** The shape of a resource type, or of a datatype. */
export const shapeOf = /* @__PURE__ */ memo((table: TypeTable) => shapeWithin(table)(table));

/** The shapes of the parts of a type, which may refer to each other. */
function shapeWithin(root: TypeTable): (table: TypeTable) => Shape {
  const shape = memo((table: TypeTable): Shape => {
    const members = new Map<string, Member>();
    const elements = Object.entries(table).map(([name, base]) => addElement(members, name, base));
    return { members, required: elements.filter(({ min }) => min > 0) };
  });

  /** `0..* Reference(Patient|Group)`: cardinality, then types. */
  function addElement(members: Map<string, Member>, written: string, base: BaseElement): Element {
    const whole: Exclude<BaseElement, string> = typeof base === 'string' ? { is: base } : base;
    const { is, codes: given, children, invariants = [] } = whole;
    const [cardinality = '', types = ''] = is.split(' ');
    const name = written.replace('[x]', '');
    const element = { name, min: parseInt(cardinality), list: !cardinality.endsWith('..1'), members: [] as Member[] };
    for (const [, type = '', list] of types.matchAll(/([^|(]+)(?:\(([^)]*)\))?/g)) {
      // SimpleQuantity is a profile: its values are written as Quantity.
      const json = name === written ? name : name + capital(type.replace('Simple', ''));
      const own = type.startsWith('#') ? childrenAt(root, type) : children;
      // `code(male|female)` lists codes, `Reference(Patient|Group)` lists targets.
      const isCode = type === 'code' && list !== undefined;
      const check = primitives.get(type);
      let made: Shape | undefined;
      // Always the same object shape, which is fast to read.
      const member: Member = {
        name,
        min: element.min,
        list: element.list,
        members: element.members,
        json,
        at: members.size,
        type,
        twin: false,
        check,
        plain:
          isCode || given || element.list || name !== written
            ? undefined
            : type === 'uri' && check
              ? repeated(check)
              : check,
        weight: element.min && 1,
        shape: () => (made ??= own ? shape(own) : datatypeShape(type)),
        codes: isCode ? { url: '', systems: [['', list.split('|')]] } : given,
        targets: isCode ? undefined : list?.split('|'),
        invariants: [...invariants, ...invariantsOf(type)],
      };
      element.members.push(member);
      members.set(json, member);
      if (member.check) {
        members.set(`_${json}`, {
          ...member,
          at: members.size,
          twin: true,
          check: undefined,
          plain: undefined,
          weight: 0,
          codes: undefined,
          shape: () => shapeOf(TWIN),
        });
      }
    }
    return element;
  }
  return shape;
}

/** The elements of `#Questionnaire.item`. */
function childrenAt(root: TypeTable, reference: string): TypeTable | undefined {
  let table: TypeTable | undefined = root;
  for (const name of reference.split('.').slice(1)) {
    const element: BaseElement | undefined = table && Object.hasOwn(table, name) ? table[name] : undefined;
    table = typeof element === 'object' ? element.children : undefined;
  }
  return table;
}

/** `dateTime` → `DateTime`, as in the names of choice members. */
export function capital(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}
