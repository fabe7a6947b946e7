import { CodegenError, messageOf, type Warning, type Where } from '../errors.js';
import type { Apply } from './apply.js';
import { chosenType, typesNamed } from './choice.js';
import type { SnapshotLimits } from './limits.js';
import { type RawElement, typesOf } from './raw-element.js';
import { headOf, parentOf, pathOf, SnapshotTree } from './tree.js';
import { maxOf } from '../fhir/cardinality.js';
import { isMax } from '../fhir/element-name.js';
import { isObject } from '../fhir/json.js';
import { ADDITIONAL_BINDING } from '../facts/value-set-limit.js';

/** The default discriminator of a slicing (FHIR R4, Profiling, "Slicing": extensions by url, choices by type). */
const IMPLIED_SLICING = {
  extension: { discriminator: [{ type: 'value', path: 'url' }], ordered: false, rules: 'open' },
  choice: { discriminator: [{ type: 'type', path: '$this' }], ordered: false, rules: 'open' },
} as const;

/** The elements of a snapshot that an element of a differential can affect: one, and some below it. */
interface Affected {
  readonly elements: readonly RawElement[];
  /** Whether it can change or add an element. */
  readonly isOpen: (id: string) => boolean;
}

/** Id of the first element that is passed to the snapshot generator, whose time grows with the depth of the element. */
const TOP = 'top';

/** The fixed cost of a step, in elements. */
const STEP = 20;

/** The context of {@link Application}. */
export interface ApplicationContext {
  readonly limits: SnapshotLimits;
  /** The profile whose snapshot is generated. */
  readonly where: Where;
}

/** The elements of a generated snapshot, and warnings about what was left out. */
export interface AppliedDifferential {
  readonly elements: readonly RawElement[];
  readonly warnings: readonly Warning[];
}

/**
 * Applies a differential to the snapshot of a base, element by element, and adds FHIR's rules of slices that the
 * snapshot generator lacks: slices are optional unless the differential requires them, and some discriminators are
 * implied.
 */
export class Application {
  private readonly tree: SnapshotTree;
  /** Elements with the content of their type, as the profile that they have to conform to is not available. */
  private readonly guesses: string[] = [];
  private readonly warnings: Warning[] = [];
  /** Slices that are the whole element: required slices of an element that occurs once. */
  private readonly whole = new Set<string>();
  /** Slices that the differential adds. */
  private readonly added = new Set<string>();
  private work = 0;

  /**
   * @param base the elements of its snapshot
   * @param apply applies one element of a differential
   * @param context the profile and limits
   * @throws CodegenError when the elements of the base are not a tree
   */
  constructor(
    base: readonly RawElement[],
    private readonly apply: Apply,
    private readonly context: ApplicationContext,
  ) {
    this.tree = new SnapshotTree(base, context.where);
  }

  /**
   * @param differential its elements, checked and with ids
   * @returns the elements of the snapshot, and warnings about what was left out
   * @throws CodegenError that names the element which cannot be applied or exceeds a limit
   */
  async all(differential: readonly RawElement[]): Promise<AppliedDifferential> {
    for (const element of differential) {
      const where = { ...this.context.where, element: element.id };
      await this.put(element).catch((error: unknown) => {
        if (!(error instanceof CodegenError)) throw error;
        const guess = this.guesses.find((id) => element.id.startsWith(`${id}.`));
        if (guess === undefined || error instanceof LimitError) {
          throw new CodegenError(`the differential cannot be applied: ${error.message}`, where, { cause: error });
        }
        const message = `left out, as the profile of ${guess} is not available: ${error.message}`;
        this.warnings.push({ message, where });
      });
    }
    return { elements: this.tree.all(), warnings: this.warnings };
  }

  private async put(stated: RawElement): Promise<void> {
    const names = stated.id.split('.');
    const last = names.pop() ?? '';
    const id = names.length === 0 ? last : this.idBelow(await this.reach(names), last);
    const isNew = isSlice(id) && this.tree.find(id) === undefined && !this.whole.has(id);
    this.checkConstraining(stated, id);
    const inherited = this.tree.find(id) ?? this.tree.find(headOf(id));
    const element = {
      ...this.narrowing(stated, inherited),
      id,
      path: pathOf(id),
      ...(isNew && { sliceName: sliceNameOf(id) }),
      ...wholeBinding(stated, inherited),
    };
    if (isNew) await this.slice(element);
    else await this.step(element);
    this.narrowToValue(id);
    this.narrowToSlice(element);
  }

  /**
   * FHIR R5, ElementDefinition.sliceIsConstraining: when true, "an ancestor profile SHALL have a slicing definition
   * with this name"; when false, none may. Without it, or when it is wrong, the name decides.
   */
  private checkConstraining(stated: RawElement, id: string): void {
    const isConstraining = stated['sliceIsConstraining'];
    if (typeof isConstraining !== 'boolean' || !isSlice(id)) return;
    const isInherited = !this.added.has(id) && (this.tree.find(id) !== undefined || this.whole.has(id));
    if (isConstraining === isInherited) return;
    const message = isConstraining
      ? 'sliceIsConstraining is true, but no base has a slice of this name: it is treated as a new slice'
      : 'sliceIsConstraining is false, but a base has a slice of this name: that slice is constrained';
    this.warnings.push({ message, where: { ...this.context.where, element: stated.id } });
  }

  /**
   * The element without a cardinality that is wider than the inherited one: a constraint may only narrow it (FHIR R4,
   * Profiling, "Limitations of Use"). A new slice may be optional when its element is not.
   */
  private narrowing(stated: RawElement, inherited: RawElement | undefined): RawElement {
    const { min, max, ...rest } = stated;
    const [least, most] = [inherited?.['min'], inherited?.['max']];
    const isNewSlice =
      inherited !== undefined && headOf(stated.id) !== stated.id && headOf(inherited.id) === inherited.id;
    const isBelow = typeof min === 'number' && typeof least === 'number' && min < least && !isNewSlice;
    const isAbove = isMaxText(max) && isMaxText(most) && maxOf(max) > maxOf(most);
    const where = { ...this.context.where, element: stated.id };
    if (isBelow) {
      this.warnings.push({ message: `min ${min} is less than the ${least} of its base, which is kept`, where });
    }
    if (isAbove) {
      this.warnings.push({ message: `max ${max} is more than the ${most} of its base, which is kept`, where });
    }
    return {
      ...rest,
      ...(!isBelow && min !== undefined && { min }),
      ...(!isAbove && max !== undefined && { max }),
    };
  }

  /**
   * Adds a slice. The snapshot generator treats a slice of an element that occurs once as the element itself, which is
   * correct only if the slice is required: otherwise its rules apply to matching values only (FHIR R4, Profiling,
   * "Slicing"). The generator is therefore given an element that repeats.
   */
  private async slice(slice: RawElement): Promise<void> {
    this.added.add(slice.id);
    const head = this.tree.find(headOf(slice.id));
    if (head === undefined || !isOptionalSliceOfOne(slice, head)) {
      await this.step(slice);
    } else {
      const { min, max, base } = head;
      this.tree.put({ ...head, max: '*', ...(isObject(base) && { base: { ...base, max: '*' } }) });
      await this.step({ ...slice, max: slice['max'] ?? '1' }).finally(() => {
        for (const one of [this.tree.find(head.id), this.tree.find(slice.id)]) {
          if (one?.id === head.id) this.tree.put({ ...one, min, max, base });
          else if (one !== undefined) this.tree.put({ ...one, base });
        }
      });
    }
    if (this.tree.find(slice.id) === undefined) this.whole.add(slice.id);
    else this.complete(slice);
  }

  /**
   * Ensures that the parent of an element exists, with its child elements.
   *
   * @param names the names in its id
   * @returns its id, which differs when the differential names a choice by its type, or slices an element that occurs
   *   once
   */
  private async reach(names: readonly string[]): Promise<string> {
    let id = '';
    for (const name of names) {
      id = id === '' ? name : this.idBelow(id, name);
      if (isSlice(id) && this.tree.find(id) === undefined) {
        if (!this.whole.has(id)) await this.slice({ id, path: pathOf(id), sliceName: sliceNameOf(id) });
        if (this.whole.has(id)) id = headOf(id);
      }
      // Every type has an id: a step to it adds all elements of the type, or of the profile on it.
      if (!this.tree.hasChildren(id)) await this.step({ id: `${id}.id`, path: `${pathOf(id)}.id` });
    }
    return id;
  }

  private idBelow(parent: string, name: string): string {
    const id = `${parent}.${name}`;
    if (this.tree.find(headOf(id)) !== undefined) return id;
    const chosen = chosenType(name, this.tree.childrenOf(parent));
    if (chosen === undefined) throw new CodegenError(`there is no element ${name} in ${parent}`);
    const { choice, type } = chosen;
    // `valueQuantity` is the slice of `value[x]` by that type. Inside a slice, publishers and the snapshot generator
    // treat it as the only remaining type.
    if (!parent.includes(':')) return `${choice.id}:${name}`;
    this.tree.put({ ...choice, type });
    return choice.id;
  }

  private async step(element: RawElement): Promise<void> {
    const { elements, isOpen } = this.affectedBy(element.id);
    const [{ id: top } = element] = elements;
    this.spend(STEP + elements.length);
    const made = await this.apply(
      elements.map((one) => moved(one, top, TOP)),
      moved(element, top, TOP),
    ).catch((error: unknown) => {
      const message = messageOf(error).replace(/'top(?=['.])/g, () => `'${top}`);
      throw new CodegenError(message, {}, { cause: error });
    });
    this.spend(made.elements.length);
    if (made.isGuess) this.guesses.push(parentOf(element.id));
    for (const one of made.elements) {
      const { id } = moved(one, TOP, top);
      if (id.length > this.context.limits.idLength) throw beyond('idLength', this.context.limits);
      // FHIR R4, ElementDefinition.path: the id without the names of slices.
      if (isOpen(id)) this.tree.put({ ...one, id, path: this.tree.find(id)?.path ?? pathOf(id) });
    }
    if (this.tree.size > this.context.limits.elements) throw beyond('elements', this.context.limits);
  }

  private spend(elements: number): void {
    this.work += elements;
    if (this.work > this.context.limits.work) throw beyond('work', this.context.limits);
  }

  /**
   * The elements that a step affects. No others are passed on, as the snapshot generator reads each element several
   * times.
   */
  private affectedBy(id: string): Affected {
    const [parentId, head] = [parentOf(id), headOf(id)];
    const [parent, own] = [this.tree.find(parentId), this.tree.find(id)];
    const around = parent === undefined ? [] : [parent];
    if (own !== undefined) return { elements: [...around, own], isOpen: (one) => one === id };
    if (isSlice(id)) {
      const isOpen = (one: string) => one === head || one === id || one.startsWith(`${id}.`);
      const resliced = this.resliced(id);
      if (resliced === undefined) return { elements: [...around, ...this.tree.block(head)], isOpen };
      return { elements: [...around, ...resliced], isOpen: (one) => one !== head && isOpen(one) };
    }
    const isOpen = (one: string) => one === parentId || one.startsWith(`${parentId}.`);
    return { elements: [...around, ...this.tree.childrenOf(parentId)], isOpen };
  }

  /**
   * A reslice `a/b` is a slice of the items of `a` (FHIR R4, Profiling, "Re-slicing"), and starts with their elements.
   */
  private resliced(id: string): readonly RawElement[] | undefined {
    const from = id.slice(0, Math.max(0, id.lastIndexOf('/')));
    const head = headOf(id);
    if (!from.startsWith(`${head}:`) || this.tree.find(from) === undefined) return undefined;
    return this.tree.block(from).map((element) => {
      const { sliceName: _sliceName, ...bare } = element;
      return moved(element.id === from ? bare : element, from, head);
    });
  }

  /** Completes a new slice with what FHIR implies. */
  private complete({ id, min, type }: RawElement): void {
    const slice = this.tree.find(id);
    const head = this.tree.find(headOf(id));
    if (slice === undefined || head === undefined) return;
    const named = type === undefined && head.id.endsWith('[x]') ? typesNamed(endingOf(id), slice) : [];
    this.tree.put({ ...slice, ...(min === undefined && { min: 0 }), ...(named.length > 0 && { type: named }) });
    // Copies of the elements of all items are removed; those of the profile are added when the differential refers to
    // them.
    if (hasOwnProfile(slice, head)) this.tree.prune(id);
    if (head['slicing'] !== undefined) return;
    if (/\.(modifierE|e)xtension$/.test(head.path)) this.tree.put({ ...head, slicing: IMPLIED_SLICING.extension });
    else if (head.path.endsWith('[x]')) this.tree.put({ ...head, slicing: IMPLIED_SLICING.choice });
  }

  /**
   * A choice with a fixed value or a pattern has the type of that value (FHIR R4, ElementDefinition, eld-6 and eld-7).
   */
  private narrowToValue(id: string): void {
    const element = this.tree.find(id);
    if (element === undefined || !headOf(id).endsWith('[x]') || typesOf(element).length < 2) return;
    const member = Object.keys(element).find((name) => /^(fixed|pattern)[A-Z]/.test(name));
    const type = member === undefined ? [] : typesNamed(member.replace(/^(fixed|pattern)/, ''), element);
    if (type.length > 0) this.tree.put({ ...element, type });
  }

  /** An element occurs once: a choice with a required type has no other type (FHIR R4, "Choice of Data Types"). */
  private narrowToSlice({ id, min }: RawElement): void {
    const head = this.tree.find(headOf(id));
    const slice = this.tree.find(id);
    if (head === undefined || slice === undefined || head === slice || !head.id.endsWith('[x]')) return;
    if (typeof min !== 'number' || min < 1 || typesOf(slice).length !== 1) return;
    this.tree.put({ ...head, min, type: slice['type'] });
  }
}

/** A limit was exceeded, which always fails. */
class LimitError extends CodegenError {}

function beyond(limit: keyof SnapshotLimits, limits: SnapshotLimits): LimitError {
  return new LimitError(`the snapshot exceeds the limit "${limit}" of ${limits[limit]}`);
}

/** A binding that omits the value set, the strength or an additional binding inherits it from the base. */
function wholeBinding(element: RawElement, inherited: RawElement | undefined): { readonly binding?: unknown } {
  const [own, known] = [element['binding'], inherited?.['binding']];
  if (!isObject(own) || !isObject(known)) return {};
  return { binding: { ...known, ...own, ...added('additional', own, known), ...added('extension', own, known) } };
}

/**
 * Additional bindings add to each other (FHIR R5, ElementDefinition.binding.additional; an extension before); other
 * extensions of the profile replace those of the base.
 */
function added(name: string, own: RawMembers, known: RawMembers): Partial<RawMembers> {
  const [mine, theirs] = [own[name], known[name]];
  if (!Array.isArray(mine) || !Array.isArray(theirs)) return {};
  const urlOf = (one: unknown): unknown => (isObject(one) ? one['url'] : undefined);
  const replaced = new Set(mine.map(urlOf).filter((url) => url !== undefined && url !== ADDITIONAL_BINDING));
  const same = new Set(mine.map((one) => JSON.stringify(one)));
  return { [name]: [...theirs.filter((one) => !replaced.has(urlOf(one)) && !same.has(JSON.stringify(one))), ...mine] };
}

type RawMembers = Readonly<Record<string, unknown>>;

/** Whether the slice has to conform to a profile that other items need not. */
function hasOwnProfile(slice: RawElement, head: RawElement): boolean {
  const [type, ...others] = typesOf(slice);
  const [profile, ...more] = type?.profiles ?? [];
  if (profile === undefined || others.length + more.length > 0) return false;
  return !typesOf(head).some(({ profiles }) => profiles.includes(profile));
}

/** The element with another prefix of its id. */
function moved<T extends { readonly id: string }>(element: T, from: string, to: string): T {
  return { ...element, id: to + element.id.slice(from.length) };
}

/** Whether the element is an optional slice of an element that occurs once and is not a choice of types. */
function isOptionalSliceOfOne(slice: RawElement, head: RawElement | undefined): boolean {
  if (head === undefined || head.id.endsWith('[x]') || head['max'] !== '1') return false;
  return slice['min'] === undefined || slice['min'] === 0;
}

function isMaxText(max: unknown): max is string {
  return typeof max === 'string' && isMax(max);
}

function isSlice(id: string): boolean {
  return headOf(id) !== id;
}

function sliceNameOf(id: string): string {
  return id.slice(headOf(id).length + 1);
}

/** `Quantity` of `Observation.value[x]:valueQuantity`; empty when the slice is not named like that. */
function endingOf(id: string): string {
  const stem = headOf(id).slice(parentOf(id).length + 1, -'[x]'.length);
  const name = sliceNameOf(id);
  return name.startsWith(stem) ? name.slice(stem.length) : '';
}
