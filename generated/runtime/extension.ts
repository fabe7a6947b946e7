import { applyRule } from './apply.js';
import { anyOf, fits, isObject, type JsonObject, listOf, type Verdict } from './json.js';
import { applyInvariants, evaluate } from './invariant.js';
import { nodeOf } from './node.js';
import { ruleOf } from './rule.js';
import { EngineError, type Run, type Scope } from './run.js';
import type { ExtensionContexts, ProfileTable } from './table.js';
import { typePath } from './type-path.js';

/**
 * The extension that states why a value is missing; it may appear on any element (FHIR R4, Extensibility,
 * "data-absent-reason").
 */
const ABSENT: ProfileTable = {
  url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
  type: 'Extension',
  rule: {
    children: {
      extension: { max: 0 },
      'value[x]': {
        min: 1,
        type: 'code',
        codes: {
          url: 'http://hl7.org/fhir/ValueSet/data-absent-reason',
          systems: [
            [
              'http://terminology.hl7.org/CodeSystem/data-absent-reason',
              'unknown asked-unknown temp-unknown not-asked asked-declined masked not-applicable unsupported as-text error not-a-number negative-infinity positive-infinity not-performed not-permitted'.split(
                ' ',
              ),
            ],
          ],
        },
      },
    },
  },
};

/**
 * Checks an extension against its definition, on any element (FHIR R4, Extensibility).
 *
 * @param host the element that has it
 * @param isModifier it is a modifierExtension
 */
export function checkExtension(run: Run, extension: JsonObject, host: JsonObject, isModifier: boolean): void {
  const { url } = extension;
  const isSliced = run.known.has(extension);
  const table = typeof url !== 'string' ? undefined : (run.profile(url) ?? (url === ABSENT.url ? ABSENT : undefined));
  if (table?.type !== 'Extension') {
    if (isModifier && !isSliced) run.fail('modifier', { value: url });
    return;
  }
  if (table.modifier && !isModifier) run.fail('modifying', { value: url });
  // A slice has applied the definition already, and a profile that names an extension for an element allows it there,
  // whatever its context.
  if (isSliced) return;
  if (isModifier && !table.modifier) run.fail('unmodifying', { value: url });
  applyRule(run, ruleOf(table.rule), nodeOf(extension));
  if (table.contexts && !run.doubtful.has(extension)) checkContext(run, table.contexts, extension, host);
}

function checkContext(run: Run, contexts: ExtensionContexts, extension: JsonObject, host: JsonObject): void {
  const { elements = [], extensions = [], fhirpath = [], invariants = [] } = contexts;
  const places = [...elements, ...extensions, ...fhirpath];
  if (places.length > 0 && isWithin(run, contexts, host) === false) {
    return run.fail('context', { value: extension['url'] }, places);
  }
  if (invariants.length === 0) return;
  // Context invariants apply to the element that has the extension.
  const steps = run.path.splice(-2);
  applyInvariants(run, invariants, host, extension);
  run.path.push(...steps);
}

/** Whether an element is one of the contexts; `undefined` when it cannot be decided. */
function isWithin(run: Run, contexts: ExtensionContexts, host: JsonObject): Verdict {
  const { elements = [], extensions = [], fhirpath = [] } = contexts;
  const { scope } = run;
  const { url } = host;
  const path = run.path.slice(0, -2);
  const first = scope && path[scope.at];
  const isKnown = first === undefined || [...(scope?.shape?.members.values() ?? [])].some(({ name }) => name === first);
  // When a datatype is validated alone, the element around it is unknown.
  if (!scope?.resource || !isKnown || elements.includes('Element')) return undefined;
  if (typeof url === 'string' && extensions.some((each) => each.split('#').at(-1) === url)) return true;
  const names = placesOf(scope, path);
  if (elements.some((each) => names.has(each))) return true;
  return anyOf(fhirpath, (expression) => isFound(run, expression, scope, host));
}

/** The names of the element at a path in contexts: its type, and its paths from each type around it. */
function placesOf(scope: Scope, path: Run['path']): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = scope.at; at <= path.length; at++) {
    const below = path.slice(at).filter((step) => typeof step === 'string');
    names.add([typePath(scope, path.slice(0, at)), ...below].join('.'));
  }
  const type = typePath(scope, path);
  names.add(GENERAL.find(([, special]) => special.test(type))?.[0] ?? type);
  if (path.length === scope.at) names.add('Resource').add('DomainResource');
  else if (type.includes('.')) names.add('BackboneElement');
  return names;
}

/** Types that specialise others (FHIR R4, Data Types). */
const GENERAL: readonly (readonly [general: string, special: RegExp])[] = [
  ['Quantity', /^(?:Age|Count|Distance|Duration|MoneyQuantity)$/],
  ['string', /^(?:code|id|markdown)$/],
  ['uri', /^(?:url|canonical|uuid|oid)$/],
  ['integer', /^(?:unsigned|positive)Int$/],
];

/** Engines find values; a primitive that is represented here by an object, for its extension, is not one of them. */
function isFound(run: Run, expression: string, { type, value }: Scope, host: JsonObject): Verdict {
  if (!run.options.fhirpath) return undefined;
  try {
    const found = listOf(evaluate(run, value, expression, type, {}));
    return found.every(isObject) ? found.some((each) => fits(host, each, true)) : undefined;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    return undefined;
  }
}
