import { STRENGTHS, type PinnedBinding } from '../facts/binding-strength.js';
import type { PinnedElement, PinnedType } from '../pin/snapshot.js';
import { capital } from '../fhir/choice.js';
import type { ElementNode } from './element-tree.js';

const CODE = 'CodeableReference';

/**
 * Moves the rules of each CodeableReference to its parts: the binding to `concept`, the target profiles to `reference`
 * (FHIR R5, CodeableReference, "Binding and target profiles"). Later steps find them there, as if the profile stated
 * them there.
 *
 * @param node an element of a profile
 */
export function withConceptAndReference(node: ElementNode): ElementNode {
  const children = mapped(node.children);
  const slices = mapped(node.slices);
  const type = node.element.types?.find(({ code }) => code === CODE);
  const below: ElementNode = { ...node, children, slices };
  if (type === undefined) return below;
  return node.element.types?.length === 1 ? split(below, type) : withSlice(below, type);
}

function mapped(nodes: ElementNode['children']): Map<string, ElementNode> {
  return new Map([...nodes].map(([name, node]) => [name, withConceptAndReference(node)]));
}

function split(node: ElementNode, { targetProfiles, ...type }: PinnedType): ElementNode {
  const { binding, maxValueSet, minValueSet, conditionalBindings, ...element } = node.element;
  const children = new Map(node.children);
  const concept = children.get('concept') ?? part(element, 'concept', { code: 'CodeableConcept' });
  const reference = children.get('reference') ?? part(element, 'reference', { code: 'Reference' });
  const codes = [binding, maxValueSet, minValueSet, conditionalBindings];
  if (codes.some((each) => each !== undefined)) {
    const both = {
      ...(maxValueSet !== undefined && { maxValueSet }),
      ...(minValueSet !== undefined && { minValueSet }),
      ...(conditionalBindings !== undefined && { conditionalBindings }),
      ...concept.element,
    };
    children.set('concept', { ...concept, element: { ...both, ...stronger(concept.element.binding, binding) } });
  }
  if (targetProfiles !== undefined) {
    children.set('reference', { ...reference, element: withTargets(reference.element, targetProfiles) });
  }
  return { ...node, element: { ...element, types: [type] }, children };
}

/** The rule of the part itself applies, unless it is weaker. */
function stronger(own: PinnedBinding | undefined, moved: PinnedBinding | undefined): Pick<PinnedElement, 'binding'> {
  const [first = moved, second = own] = [own, moved];
  if (first === undefined || second === undefined) return {};
  return { binding: STRENGTHS.indexOf(second.strength) > STRENGTHS.indexOf(first.strength) ? second : first };
}

function withTargets(element: PinnedElement, targetProfiles: readonly string[]): PinnedElement {
  const [own] = element.types ?? [];
  return { ...element, types: [{ targetProfiles, code: 'Reference', ...own }] };
}

/** In a choice of types, the slice of this type gets its rules; the choice keeps the rules of the others. */
function withSlice(node: ElementNode, type: PinnedType): ElementNode {
  const { binding, slicing } = node.element;
  const isStated = binding !== undefined || type.targetProfiles !== undefined;
  // Closed rules prohibit a type that has no slice.
  if (!isStated || !node.name.endsWith('[x]') || slicing?.rules === 'closed') return node;
  const isOfType = ({ element }: ElementNode): boolean =>
    element.types?.length === 1 && element.types[0]?.code === CODE;
  if ([...node.slices.values()].some(isOfType)) return node;
  const name = node.name.replace('[x]', capital(CODE));
  const { slicing: _rules, fixed: _fixed, pattern: _pattern, ...element } = node.element;
  const slice: ElementNode = {
    element: { ...element, id: `${element.id}:${name}`, min: 0, max: '1', types: [type], sliceName: name },
    name: node.name,
    children: new Map(),
    slices: new Map(),
  };
  return { ...node, slices: new Map([...node.slices, [name, split(slice, type)]]) };
}

function part(host: PinnedElement, name: string, type: PinnedType): ElementNode {
  const element: PinnedElement = {
    id: `${host.id}.${name}`,
    path: `${host.path}.${name}`,
    min: 0,
    max: '1',
    base: { path: `${CODE}.${name}`, min: 0, max: '1' },
    types: [type],
  };
  return { element, name, children: new Map(), slices: new Map() };
}
