import { CodegenError, messageOf, type Where } from '../errors.js';
import { isObject } from '../pin/members.js';
import type { Apply } from './apply.js';
import { capital, typeSliceOf } from './choice.js';
import type { SnapshotLimits } from './limits.js';
import { type RawElement, typesOf } from './raw-element.js';

/** What a slicing is by when nobody says so (FHIR R4, Profiling, "Slicing": extensions by url, choices by type). */
const IMPLIED_SLICING = {
  extension: { discriminator: [{ type: 'value', path: 'url' }], ordered: false, rules: 'open' },
  choice: { discriminator: [{ type: 'type', path: '$this' }], ordered: false, rules: 'open' },
} as const;

/**
 * Puts a differential on the snapshot of a base, element by element, and adds what FHIR says of slices where the
 * snapshot generator does not: they are optional unless the differential asks for them, and what they are told apart
 * by may go without saying.
 */
export class Application {
  private work = 0;

  /**
   * @param elements snapshot of the base
   * @param apply puts one element on it
   * @param limits see {@link SnapshotLimits}
   * @param where the profile that is made
   */
  constructor(
    private elements: readonly RawElement[],
    private readonly apply: Apply,
    private readonly limits: SnapshotLimits,
    private readonly where: Where,
  ) {}

  /**
   * @param differential checked, with ids
   * @returns elements of the snapshot
   * @throws CodegenError that names the element which cannot be put on, or with which a limit is passed
   */
  async all(differential: readonly RawElement[]): Promise<readonly RawElement[]> {
    for (const element of differential) await this.put(element);
    return this.elements;
  }

  private async put(stated: RawElement): Promise<void> {
    const names = stated.id.split('.');
    const last = names.pop() ?? '';
    const parent = names.length === 0 ? '' : await this.reach(names, stated.id);
    const id = parent === '' ? last : this.idBelow(parent, last);
    const isNew = this.find(id) === undefined && isSlice(id);
    const inherited = this.find(id) ?? this.find(headOf(id));
    const sliceName = isNew ? { sliceName: id.slice(id.lastIndexOf(':') + 1) } : {};
    const element = { ...stated, id, path: pathOf(id), ...sliceName, ...wholeBinding(stated, inherited) };
    await this.step(element, stated.id);
    if (isNew) this.complete(element);
    this.narrowChoice(element);
  }

  /**
   * Makes sure that the element is there which another stands in, and that its own elements are.
   *
   * @param names of its id
   * @param statedId of the element of the differential, for messages
   * @returns its id, which differs where the differential names a choice by its type, or slices what occurs once
   */
  private async reach(names: readonly string[], statedId: string): Promise<string> {
    let id = '';
    for (const name of names) {
      id = id === '' ? name : this.idBelow(id, name);
      if (isSlice(id) && this.find(id) === undefined) {
        const slice = { id, path: pathOf(id), sliceName: id.slice(id.lastIndexOf(':') + 1) };
        await this.step(slice, statedId);
        if (this.find(id) === undefined) id = headOf(id);
        else this.complete(slice);
      }
      // Every type has an id: asking for it brings in all elements of the type, or of the profile on it.
      if (!this.elements.some((one) => one.id.startsWith(`${id}.`))) {
        await this.step({ id: `${id}.id`, path: `${pathOf(id)}.id` }, statedId);
      }
    }
    return id;
  }

  /** `valueQuantity` below `Observation` is the slice of `value[x]` by that type. */
  private idBelow(parent: string, name: string): string {
    const id = `${parent}.${name}`;
    if (this.find(id) !== undefined || name.includes(':') || name.endsWith('[x]')) return id;
    // Inside a slice, publishers take it for the one type that is left, and so does the snapshot generator.
    return parent.includes(':') ? id : (typeSliceOf(parent, name, this.elements) ?? id);
  }

  private async step(element: RawElement, statedId: string): Promise<void> {
    const here: Where = { ...this.where, element: statedId };
    // Each name in the id may walk through all elements once.
    this.work += element.id.split('.').length * this.elements.length;
    if (this.work > this.limits.work) throw this.beyond('work', here);
    this.elements = await this.apply(this.elements, element).catch((error: unknown) => {
      throw new CodegenError(`the differential cannot be applied: ${messageOf(error)}`, here, { cause: error });
    });
    if (this.elements.length > this.limits.elements) throw this.beyond('elements', here);
  }

  /** Settles what a new slice has by being one. */
  private complete({ id, min, type }: RawElement): void {
    const slice = this.find(id);
    const head = this.find(headOf(id));
    if (slice === undefined) return;
    const own = type === undefined && head?.id.endsWith('[x]') === true ? onlyType(slice) : undefined;
    this.replace({ ...slice, ...(min === undefined && { min: 0 }), ...(own !== undefined && { type: own }) });
    if (head !== undefined && hasOwnProfile(slice, head)) this.prune(id);
    if (head === undefined || head['slicing'] !== undefined) return;
    if (/\.(modifierE|e)xtension$/.test(head.path)) this.replace({ ...head, slicing: IMPLIED_SLICING.extension });
    else if (head.path.endsWith('[x]')) this.replace({ ...head, slicing: IMPLIED_SLICING.choice });
  }

  /** An element occurs once: a choice of which one type is required has no other (FHIR R4, "Choice of Data Types"). */
  private narrowChoice({ id, min }: RawElement): void {
    const head = this.find(headOf(id));
    const slice = this.find(id);
    if (head === undefined || slice === undefined || head === slice || !head.id.endsWith('[x]')) return;
    if (typeof min !== 'number' || min < 1 || typesOf(slice).length !== 1) return;
    this.replace({ ...head, min, type: slice['type'] });
  }

  /** Copies of what all items have give way to what the profile of the slice has, once the differential asks for it. */
  private prune(id: string): void {
    this.elements = this.elements.filter((element) => !element.id.startsWith(`${id}.`));
  }

  private find(id: string): RawElement | undefined {
    return this.elements.find((element) => element.id === id);
  }

  private replace(changed: RawElement): void {
    this.elements = this.elements.map((element) => (element.id === changed.id ? changed : element));
  }

  private beyond(limit: keyof SnapshotLimits, where: Where): CodegenError {
    const message = `the snapshot goes beyond the limit "${limit}" of ${this.limits[limit]} at this element`;
    return new CodegenError(message, where);
  }
}

/** A binding that leaves the value set or the strength as it is in the base does not take it away. */
function wholeBinding(element: RawElement, inherited: RawElement | undefined): { readonly binding?: unknown } {
  const [own, known] = [element['binding'], inherited?.['binding']];
  return isObject(own) && isObject(known) ? { binding: { ...known, ...own } } : {};
}

function hasOwnProfile(slice: RawElement, head: RawElement): boolean {
  const [type, ...others] = typesOf(slice);
  const [profile, ...more] = type?.profiles ?? [];
  if (profile === undefined || others.length + more.length > 0) return false;
  return !typesOf(head).some(({ profiles }) => profiles.includes(profile));
}

/** The types of a slice of a choice that has the name of a type: that type. */
function onlyType({ id, type }: RawElement): unknown {
  const [, choice, name] = /([^.]*)\[x\]:([^.]*)$/.exec(id) ?? [];
  if (choice === undefined || name === undefined || !Array.isArray(type)) return undefined;
  const own = type.filter(
    (one: unknown) => isObject(one) && typeof one['code'] === 'string' && choice + capital(one['code']) === name,
  );
  return own.length === 1 ? own : undefined;
}

function isSlice(id: string): boolean {
  return id.includes(':', id.lastIndexOf('.') + 1);
}

/** The sliced element that a slice is one of; the element itself when it is no slice. */
function headOf(id: string): string {
  const last = id.lastIndexOf('.') + 1;
  const colon = id.indexOf(':', last);
  return colon < 0 ? id : id.slice(0, colon);
}

function pathOf(id: string): string {
  return id
    .split('.')
    .map((name) => name.replace(/:.*$/, ''))
    .join('.');
}
