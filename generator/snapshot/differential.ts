import { CodegenError, type Where } from '../errors.js';
import type { SnapshotLimits } from './limits.js';
import { membersOf, type RawElement } from './raw-element.js';
import { isElementId, isPath } from '../fhir/element-name.js';

/**
 * The elements of a differential, checked and with ids, by which the snapshot is generated. FHIR R4 does not require
 * ids in a differential (ElementDefinition.id is 0..1), and older tools write paths and slice names only.
 *
 * @param list `differential.element`
 * @param type the FHIR type of the elements
 * @param where the definition that it belongs to
 * @param limits see {@link SnapshotLimits}
 * @throws CodegenError when one is malformed, or an element of another type
 */
export function differentialOf(
  list: readonly unknown[],
  type: string,
  where: Where,
  limits: SnapshotLimits,
): readonly RawElement[] {
  const ids = new OpenIds();
  return list.map((item, index) => {
    const members = membersOf(item, `differential.element[${index}]`, where);
    const { path, id: stated, sliceName } = members;
    if (typeof path !== 'string') throw new CodegenError(`differential.element[${index}] has no path`, where);
    if (path.length > limits.idLength) throw tooLong(index, limits, where);
    if (!isPath(path)) {
      throw new CodegenError(`the path of differential.element[${index}] is not made of element names`, where);
    }
    if (sliceName !== undefined && (typeof sliceName !== 'string' || sliceName === '')) {
      throw new CodegenError('sliceName is not a name', { ...where, element: path });
    }
    const isUsable = typeof stated === 'string' && isElementId(stated) && firstOf(stated) === firstOf(path);
    const id = isUsable ? stated : ids.idOf(path, sliceName);
    if (id.length > limits.idLength) throw tooLong(index, limits, where);
    if (firstOf(id) !== type) {
      throw new CodegenError(`it constrains ${type}, but its differential describes ${firstOf(id)}`, where);
    }
    ids.open(path, id);
    return { ...members, id, path };
  });
}

function tooLong(index: number, { idLength }: SnapshotLimits, where: Where): CodegenError {
  const message = `the id of differential.element[${index}] exceeds the limit "idLength" of ${idLength} characters`;
  return new CodegenError(message, where);
}

function firstOf(id: string): string {
  const dot = id.indexOf('.');
  return dot < 0 ? id : id.slice(0, dot);
}

/** The element that a path means at some point of a differential: the last one with that path. */
class OpenIds {
  private readonly ids = new Map<string, string>();

  /** Marks the elements that follow as inside this one. */
  open(path: string, id: string): void {
    this.ids.set(path, id);
  }

  /** FHIR R4, ElementDefinition, "id": the path, each name followed by the name of the slice. */
  idOf(path: string, sliceName: string | undefined): string {
    const dot = path.lastIndexOf('.');
    if (dot < 0) return path;
    const id = `${this.last(path.slice(0, dot))}${path.slice(dot)}`;
    return sliceName === undefined ? id : `${id}:${sliceName}`;
  }

  /** An element inside another slice, or listed before its slice, does not count. */
  private last(path: string): string {
    const plain = this.idOf(path, undefined);
    const known = this.ids.get(path);
    return known?.startsWith(`${plain}:`) === true ? known : plain;
  }
}
