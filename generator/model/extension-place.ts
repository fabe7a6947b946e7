import type { Warning } from '../errors.js';
import type { ElementModel, ProfileModel } from './model.js';

/** Places where profiles name an extension that is not allowed there. */
interface Misplaced {
  readonly extension: ProfileModel;
  readonly places: Set<string>;
}

/**
 * Extensions that profiles name at places that the definition of the extension does not allow (FHIR R4, Defining
 * Extensions, "Context"). They are accepted there, because the profile requires them; other validators may reject them.
 *
 * @param profiles all profiles
 * @returns one warning for each extension
 */
export function misplacedExtensions(profiles: ReadonlyMap<string, ProfileModel>): readonly Warning[] {
  const found = new Map<string, Misplaced>();
  const visit = (parent: ElementModel): void => {
    for (const element of parent.children) {
      if (/\.(?:modifierE|e)xtension$/.test(element.base.path)) visitSlices(parent, element);
      else visitAll(element);
    }
  };
  const visitAll = (element: ElementModel): void => {
    visit(element);
    for (const type of element.types) if (type.element !== undefined) visit(type.element);
    for (const slice of element.slicing?.slices ?? []) visitAll(slice.element);
  };
  const visitSlices = (parent: ElementModel, element: ElementModel): void => {
    const names = namesOf(parent);
    const path = pathOf(parent);
    for (const { element: slice } of element.slicing?.slices ?? []) {
      for (const url of slice.max === 0 ? [] : slice.types.flatMap((type) => type.profiles)) {
        const extension = profiles.get(url);
        const contexts = extension?.contexts;
        // Contexts within an extension, or given by FHIRPath, cannot be decided here.
        if (extension === undefined || contexts === undefined) continue;
        if (contexts.extensions.length > 0 || contexts.fhirpath.length > 0) continue;
        if (contexts.elements.some((each) => names.has(each))) continue;
        const own = found.get(url) ?? { extension, places: new Set<string>() };
        own.places.add(path);
        found.set(url, own);
      }
    }
  };
  for (const { root } of profiles.values()) visit(root);
  return [...found.values()].map(warningOf);
}

function warningOf({ extension, places }: Misplaced): Warning {
  const [first = '', ...others] = [...places].sort();
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const allowed = extension.contexts?.elements.join(', ') ?? '';
  const message = `its context is ${allowed}, but profiles use it on ${first}${more}: the models accept it there`;
  return { message, where: { package: extension.package, profile: extension.url } };
}

function pathOf({ id }: ElementModel): string {
  return id.replace(/:[^.]*/g, '').replace(/\[x\]/g, '');
}

/** The names of an element in contexts: its paths and types, and the more general ones. */
function namesOf(element: ElementModel): ReadonlySet<string> {
  const { base, types } = element;
  const path = pathOf(element);
  const general = path.includes('.') ? ['BackboneElement'] : ['Resource', 'DomainResource'];
  const names = [path, base.path.replace('[x]', ''), base.contentReference ?? path, ...types.map(({ code }) => code)];
  return new Set(['Element', ...general, ...names]);
}
