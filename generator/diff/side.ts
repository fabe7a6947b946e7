import { baseFacts } from '../facts/values.js';
import type { FactRegistry, FactValues } from '../facts/registry.js';
import type { FhirElement, FhirType, ValueSetModel } from '../model/model.js';
import type { ResolvedElement, ResolvedProfile, ResolvedSlicing, ResolvedType } from '../model/resolved.js';
import type { ExportingSide } from './exports.js';
import type { MatchedSide } from './mapping.js';

/** One side of a comparison: the resolved model of a version of a guide, with all names. */
export interface SideModel extends ExportingSide, MatchedSide {}

/**
 * The rules of an element on one side. A resolved model contains what a profile states beyond the type; the rest comes
 * from the profile on the type or from the type itself.
 */
export interface ElementView {
  readonly base: FhirElement;
  readonly min: number;
  readonly max: number;
  readonly types: readonly ResolvedType[];
  readonly facts: FactValues;
  readonly slicing?: ResolvedSlicing;
  /** The element of the resolved model; absent for an element of the FHIR type. */
  readonly source?: ResolvedElement;
}

/** Looks up definitions and elements of one side. */
export class Side {
  private readonly profiles: ReadonlyMap<string, ResolvedProfile>;
  private readonly valueSets: ReadonlyMap<string, ValueSetModel>;
  private readonly types: ReadonlyMap<string, FhirType>;

  /**
   * @param own the side
   * @param facts the registered facts of elements
   */
  constructor(
    readonly own: SideModel,
    private readonly facts: FactRegistry,
  ) {
    this.profiles = new Map(own.model.profiles.map((profile) => [profile.url, profile]));
    this.valueSets = new Map(own.model.valueSets.map((valueSet) => [valueSet.url, valueSet]));
    this.types = new Map(own.model.fhirTypes.map((type) => [type.name, type]));
  }

  profile(canonical: string): ResolvedProfile | undefined {
    return this.profiles.get(canonical);
  }

  valueSet(canonical: string): ValueSetModel | undefined {
    return this.valueSets.get(canonical);
  }

  /** A profile and those that it derives from, nearest first. */
  lineage(canonical: string): readonly string[] {
    return [canonical, ...(this.profiles.get(canonical)?.ancestors ?? [])];
  }

  /** The view of an element of the resolved model. */
  view(element: ResolvedElement): ElementView {
    const { base, min, max, types, slicing } = element;
    return { base, min, max, types, facts: element, source: element, ...(slicing === undefined ? {} : { slicing }) };
  }

  /** Paths of the FHIR elements below an element that its profile states, in their order. */
  statedMembers({ source }: ElementView): readonly string[] {
    return (source?.members ?? []).filter((member) => member.isStated).map((member) => member.base.path);
  }

  /** A child element with all its rules; `undefined` when there is none. */
  member(element: ElementView, path: string): ElementView | undefined {
    const own = (element.source?.members ?? []).find((member) => member.base.path === path);
    const found = own ?? this.profiledMember(element, path);
    if (found !== undefined) return this.view(found);
    const base = this.below(element).find((one) => one.path === path);
    return base === undefined ? undefined : this.plain(base);
  }

  /** The elements of a choice for each allowed type, by type code. */
  options(element: ElementView): ReadonlyMap<string, ElementView> {
    const { source } = element;
    if (source !== undefined && source.options.length > 0) {
      return new Map(source.options.map((option) => [option.types[0]?.code ?? '', this.view(option)]));
    }
    const { source: _source, ...plain } = element;
    return new Map(element.types.map((type) => [type.code, { ...plain, types: [type] }]));
  }

  /** The child element in the profile on the type. */
  private profiledMember({ types }: ElementView, path: string): ResolvedElement | undefined {
    const [url, ...others] = types.flatMap((type) => type.profiles);
    if (url === undefined || others.length > 0) return undefined;
    return this.profiles.get(url)?.root.members.find((member) => member.base.path === path);
  }

  private below({ base, types }: ElementView): readonly FhirElement[] {
    if (base.children.length > 0) return base.children;
    if (base.contentReference !== undefined) return this.at(base.contentReference)?.children ?? [];
    const [type, ...others] = types;
    return type === undefined || others.length > 0 ? [] : (this.types.get(type.code)?.elements ?? []);
  }

  /** The element of a FHIR type with a path. */
  private at(path: string): FhirElement | undefined {
    const [type, ...names] = path.split('.');
    let elements = this.types.get(type ?? '')?.elements ?? [];
    let found: FhirElement | undefined;
    for (const name of names) {
      found = elements.find((element) => element.path.endsWith(`.${name}`));
      elements = found?.children ?? [];
    }
    return found;
  }

  /** The view of an element of the FHIR type. */
  private plain(base: FhirElement): ElementView {
    const types = base.types.map(({ code, targets }): ResolvedType => ({
      code,
      profiles: [],
      unresolvedProfiles: [],
      ...(targets === undefined ? {} : { targets: targets.map((type) => ({ type })) }),
    }));
    return { base, min: base.min, max: base.max, types, facts: baseFacts(base, this.facts) };
  }
}
