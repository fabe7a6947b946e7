import { applyTargets, profilesOf, quoteCode } from './apply.js';
import { isIn } from './codes.js';
import { checkContained } from './contained.js';
import { isObject, type JsonObject, quote } from './json.js';
import { carries } from './node.js';
import { jsonType } from './primitive.js';
import type { Run } from './run.js';
import type { Element, Member, Shape } from './shape.js';
import { targetOf, typeOfText } from './target.js';

/**
 * Checks an object against its FHIR type, profiles aside (FHIR R4, JSON Representation of Resources).
 *
 * @param isTwin the underscore twin of a primitive that has a value, so that it may consist of an `id`
 */
export function checkObject(run: Run, shape: Shape, value: JsonObject, isTwin = false): void {
  run.enter();
  let content = 0;
  let choices: Map<Element, string> | undefined;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    if (key !== 'id' || isTwin) content++;
    const member = shape.members.get(key);
    if (!member) {
      run.failAt(key, 'unknown', quote(key));
      continue;
    }
    const { element, json, check } = member;
    // Most values are primitives that are right, and need no path.
    if (check && !member.codes && element.members.length === 1 && !element.list && check(item)) continue;
    if (element.members.length > 1) {
      choices ??= new Map();
      const other = choices.get(element);
      if (other === undefined) choices.set(element, json);
      else if (other !== json) run.failAt(element.label, 'choice', other, json);
    }
    run.path.push(element.label);
    if (member.twin) checkTwin(run, member, item, value[json]);
    else checkMember(run, member, item, value);
    run.path.pop();
  }
  for (const element of shape.required) {
    if (value[element.name] === undefined && !isThere(element, value)) run.failAt(element.label, 'min', element.min, 0);
  }
  // "ele-1": an element has a value or something below it.
  if (content === 0) run.fail('empty', quote(value));
  // "ext-1": an extension has extensions or a value.
  if (shape.code === 'Extension' && content > 0 && !choices === (value.extension === undefined)) {
    run.fail('invariant', 'ext-1', 'extension.exists() != value.exists()');
  }
  checkPrototype(run, shape, value);
  run.depth--;
}

function checkMember(run: Run, member: Member, item: unknown, host: JsonObject): void {
  if (!member.element.list) return checkItem(run, member, item);
  if (!Array.isArray(item)) return run.fail('json', 'array', quote(item));
  if (item.length === 0) return run.fail('empty', '[]');
  run.spend(item.length);
  const isModifier = member.json === 'modifierExtension';
  for (let index = 0; index < item.length; index++) {
    const each: unknown = item[index];
    run.path.push(index);
    if (each === null && member.check) {
      const twin = host[`_${member.json}`];
      if (!Array.isArray(twin) || !isObject(twin[index])) run.fail('null', 'null');
    } else checkItem(run, member, each);
    if (isModifier && isObject(each) && !run.known.has(each)) run.fail('modifier', quote(each.url));
    run.path.pop();
  }
  if (member.json === 'contained') checkContained(run, host, item);
}

function checkTwin(run: Run, member: Member, twin: unknown, value: unknown): void {
  const shape = member.shape();
  if (!shape) return;
  if (!member.element.list) return checkOneTwin(run, shape, twin, value);
  if (!Array.isArray(twin)) return run.fail('json', 'array', quote(twin));
  if (twin.length === 0) return run.fail('empty', '[]');
  run.spend(twin.length);
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  for (let index = 0; index < twin.length; index++) {
    const [each, own] = [twin[index] as unknown, values[index]];
    run.path.push(index);
    if (each !== null) checkOneTwin(run, shape, each, own);
    // Where both are null, that is reported for the value.
    else if (own === undefined) run.fail('null', 'null');
    run.path.pop();
  }
}

function checkOneTwin(run: Run, shape: Shape, twin: unknown, value: unknown): void {
  if (isObject(twin)) checkObject(run, shape, twin, value !== undefined && value !== null);
  else run.fail('json', 'object', quote(twin));
}

function checkItem(run: Run, member: Member, item: unknown): void {
  const { check, type, codes } = member;
  if (check) {
    if (!check(item)) {
      const wanted = jsonType(type);
      if (typeof item === wanted) run.fail('format', type, quote(item));
      else run.fail('json', wanted, quote(item));
    } else if (codes && isIn(codes, item) === false) run.fail('code', codes.url, quote(item));
    return;
  }
  if (!isObject(item)) return run.fail('json', 'object', quote(item));
  if (type === 'Resource' || type === 'DomainResource') return checkAnyResource(run, item);
  const shape = member.shape();
  if (shape) checkObject(run, shape, item);
  if (codes && isIn(codes, item) === false) run.fail('code', codes.url, quoteCode(item));
  if (type === 'Reference') checkReference(run, member, item);
}

/** A contained resource or one of a Bundle: checked by the profiles that it claims and that are at hand. */
function checkAnyResource(run: Run, value: JsonObject): void {
  const { resourceType } = value;
  if (typeof resourceType !== 'string' || resourceType === '') {
    return run.failAt('resourceType', 'json', 'string', quote(resourceType));
  }
  const claimed = profilesOf(run, value);
  const core = run.options.profiles?.get(`http://hl7.org/fhir/StructureDefinition/${resourceType}`);
  for (const table of claimed.length > 0 ? claimed : core ? [core] : []) {
    run.check(run, table, value, run.path.includes('contained', -2));
  }
}

/** FHIR R4, References: "Literal References", "Contained Resources", Reference.type. */
function checkReference(run: Run, { targets }: Member, value: JsonObject): void {
  const { reference, type } = value;
  if (targets) applyTargets(run, targets, value);
  if (typeof reference !== 'string') return;
  const stated = typeOfText(reference);
  if (reference.startsWith('#')) {
    if (run.scope.container && !targetOf(run, value).resource) run.failAt('reference', 'lost', quote(reference));
  } else if (stated === undefined && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(reference)) {
    run.failAt('reference', 'relative', quote(reference));
  }
  if (typeof type === 'string' && stated !== undefined && stated !== type) {
    run.failAt('type', 'target', stated, quote(type), quote(reference));
  }
}

function isThere({ members, list }: Element, value: JsonObject): boolean {
  return members.some(({ json, check }) => {
    if (value[json] !== undefined) return true;
    const twin = check && value[`_${json}`];
    return list && Array.isArray(twin) ? twin.some(carries) : carries(twin);
  });
}

/** Members that are inherited are in no JSON, yet a reader would find them: a guard must not vouch for them. */
function checkPrototype(run: Run, shape: Shape, value: JsonObject): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null) return;
  for (const key of shape.members.keys()) {
    if (key in value && !Object.hasOwn(value, key)) run.failAt(key, 'unknown', quote(key));
  }
}
