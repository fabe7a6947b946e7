import { spelledOut } from '../model/effective.js';
import type { ElementModel } from '../model/model.js';
import { camelCase } from '../names/identifier.js';
import { distinct } from '../names/names.js';
import { RUNTIME_EXPORTS } from '../names/runtime-exports.js';
import { arrayTypes, type SliceTypes } from './array-type.js';
import { stringLiteral } from './literal.js';
import { elementDoc } from './member-doc.js';
import { parenthesized, type TypeScope } from './type-scope.js';

/** A function that reads a slice, for the template. */
export interface ReaderView {
  readonly name: string;
  readonly doc: readonly string[];
  /** Slice name, safe in a comment. */
  readonly slice: string;
  readonly sliceLiteral: string;
  /** Type that the sliced array is a member of. */
  readonly parent: string;
  /** That member, as a literal. */
  readonly member: string;
  /** Where the sliced element stands in the profile, as a literal: `'series.instance.extension'`. */
  readonly path: string;
  readonly returns: string;
  readonly table: string;
}

interface Reader {
  readonly names: readonly [string, ...string[]];
  readonly view: Omit<ReaderView, 'name'>;
}

/**
 * A reader for each slice whose items can be told, also in the BackboneElements below.
 *
 * @param scope of the module, all types declared
 * @param root of the profile
 * @param table name of the profile's table
 */
export function readerViews(scope: TypeScope, root: ElementModel, table: string): ReaderView[] {
  const family = scope.context.names.profiles.get(scope.profile.url);
  const readers = readersOf(scope, root, '', family?.interface ?? scope.profile.name, table);
  // Those names are taken in the module, whatever a slice is called.
  const taken = [...RUNTIME_EXPORTS, ...Object.values(family ?? {})].map((name): [string] => [name]);
  const names = distinct([...taken, ...readers.map((reader) => reader.names)]).slice(taken.length);
  return readers.map((reader, index) => ({ name: names[index] ?? 'slice', ...reader.view }));
}

function readersOf(scope: TypeScope, element: ElementModel, parent: string, type: string, table: string): Reader[] {
  return spelledOut(element, scope.context).children.flatMap((child): Reader[] => {
    if (child.max === 0 || child.base.choice) return [];
    const part = parent === '' ? child.base.name : `${parent}.${child.base.name}`;
    const here = child.base.array && child.slicing !== undefined ? sliceReaders(scope, child, part, type, table) : [];
    if (child.base.children.length === 0 || child.children.length === 0) return here;
    const nested = scope.context.names.nested(scope.profile.url, part);
    return scope.declared.has(nested) ? [...here, ...readersOf(scope, child, part, nested, table)] : here;
  });
}

function sliceReaders(scope: TypeScope, child: ElementModel, part: string, parent: string, table: string): Reader[] {
  const { slices } = arrayTypes(scope, child, part);
  return slices
    .filter((one) => one.slice.tests.every((test) => test.kind !== 'undecidable'))
    .map((one): Reader => {
      const qualified = camelCase(`${part.replace(/\./g, ' ')} ${one.key}`);
      return {
        names: [`${camelCase(one.key)}Of`, `${qualified}Of`],
        view: {
          doc: elementDoc(scope, one.slice.element),
          slice: one.key,
          sliceLiteral: stringLiteral(one.slice.name),
          parent,
          member: stringLiteral(child.base.name),
          path: stringLiteral(part),
          returns: returns(one),
          table,
        },
      };
    });
}

/** What the cardinality of a slice promises. */
function returns(one: SliceTypes): string {
  const { min, max } = one.slice.element;
  const item = one.pair.type;
  if (max === 1) return min > 0 ? item : `${parenthesized(item)} | undefined`;
  return min > 0 ? `[${item}, ...${parenthesized(item)}[]]` : `${parenthesized(item)}[]`;
}
