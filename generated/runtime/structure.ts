import { applyCodes, applyInvariants, applyTargets, isContained, profilesOf } from './apply.js';
import { checkContained } from './contained.js';
import { isDicomUid } from './dicom-uid.js';
import { isObject, type JsonObject, listOf, quote } from './json.js';
import { carries } from './node.js';
import { jsonType } from './primitive.js';
import type { Run } from './run.js';
import type { Element, Member, Shape } from './shape.js';
import { targetOf, typeName, typeOfText } from './target.js';

/**
 * Checks an object against its FHIR type, profiles aside (FHIR R4, JSON Representation of Resources).
 *
 * @param isExtension it has an invariant of its own
 * @param hasValue it is the twin of a value, so that it may consist of an `id`
 */
export function checkObject(run: Run, shape: Shape, value: JsonObject, isExtension = false, hasValue = false): void {
  run.depth++;
  run.spend(1);
  const { members, required } = shape;
  let content = 0;
  let found = 0;
  let choices: Map<unknown, string> | undefined;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    if (key !== 'id' || hasValue) content++;
    const member = members.get(key);
    if (!member) {
      if (shape.open) continue;
      if (key !== 'resourceType' || run.scope?.resource !== value) run.failAt(key, 'unknown', quote(key));
      continue;
    }
    found += member.weight;
    // Most values are primitives that are right, and need no path.
    if (member.plain?.(item)) continue;
    const { list, name } = member;
    run.path.push(name);
    if (member.members.length > 1) {
      const other = choices?.get(member.members) ?? member.json;
      if (other !== member.json) run.fail('choice', other, member.json);
      choices ??= new Map<unknown, string>();
      choices.set(member.members, member.json);
    }
    if (!list) checkItem(run, member, item, value[member.json]);
    else if (!Array.isArray(item)) run.fail('json', 'array', quote(item));
    else checkList(run, member, item, value);
    run.path.pop();
  }
  // What is counted may be a choice, which is counted for each of its types.
  for (const element of found < required.length || choices ? required : []) {
    if (value[element.name] === undefined && !isThere(element, value, run.options.complete)) {
      run.failAt(element.name, 'min', element.min, 0);
    }
  }
  // "ele-1": an element has a value or something below it.
  if (content === 0) run.fail('empty');
  // "ext-1": an extension has extensions or a value.
  else if (isExtension && !choices === (value['extension'] === undefined)) {
    run.fail('invariant', 'ext-1', 'extension.exists() != value.exists()');
  }
  checkPrototype(run, shape, value);
  run.depth--;
}

function checkList(run: Run, member: Member, items: readonly unknown[], host: JsonObject): void {
  const { json, name, twin, check } = member;
  if (items.length === 0) return run.fail('empty');
  run.spend(items.length);
  // Of a primitive and its twin one may be null, where the other is not.
  const others = twin || check ? listOf(host[twin ? json : `_${json}`]) : [];
  for (let index = 0; index < items.length; index++) {
    const [item, other] = [items[index], others[index]];
    run.path.push(index);
    if (item !== null || !(twin || check)) checkItem(run, member, item, other);
    else if (run.options.complete || (twin ? other === undefined : !isObject(other))) run.fail('null');
    if (name === 'modifierExtension' && !run.known.has(item)) {
      run.fail('modifier', quote(isObject(item) ? item['url'] : item));
    }
    run.path.pop();
  }
  if (name === 'contained') checkContained(run, host, items);
}

/** @param value what the item is the twin of, if it is one */
function checkItem(
  run: Run,
  { check, type, codes, shape, targets, twin, invariants }: Member,
  item: unknown,
  value: unknown,
): void {
  if (check) {
    if (check(item)) return codes && applyCodes(run, codes, item);
    const wanted = jsonType(type);
    if (typeof item === wanted) run.fail('format', type, quote(item));
    else run.fail('json', wanted, quote(item));
  } else if (!isObject(item)) run.fail('json', 'object', quote(item));
  else if (type === 'Resource') checkResource(run, item);
  else {
    const known = shape();
    if (known) checkObject(run, known, item, type === 'Extension', twin && value !== undefined && value !== null);
    if (codes) applyCodes(run, codes, item);
    if (invariants.length > 0) applyInvariants(run, invariants, item);
    if (type === 'Reference') checkReference(run, targets, item);
    if (type === 'Identifier') remarkUid(run, item);
  }
}

/** A contained resource or one of a Bundle: checked by the profiles that it claims and that are at hand. */
function checkResource(run: Run, value: JsonObject): void {
  const { resourceType } = value;
  if (typeof resourceType !== 'string') return run.fail('resource', 'string', quote(resourceType));
  const core = run.options.profiles?.get(`http://hl7.org/fhir/StructureDefinition/${resourceType}`);
  const claimed = profilesOf(run, value);
  for (const table of claimed.length > 0 || !core ? claimed : [core]) run.check(run, table, value, isContained(run));
}

/** FHIR R4, References: "Literal References", "Contained Resources", Reference.type. */
function checkReference(run: Run, targets: readonly string[] | undefined, value: JsonObject): void {
  const { reference, type } = value;
  if (targets) applyTargets(run, targets, value);
  if (typeof reference !== 'string') return;
  const stated = typeOfText(reference);
  const isLocal = reference.startsWith('#');
  if (isLocal && run.scope?.container && !targetOf(run, value).resource) run.fail('lost', quote(reference));
  if (!isLocal && !stated && !/^[A-Za-z][\w+.-]*:/.test(reference)) run.fail('reference', 'Type/id', quote(reference));
  const actual = stated ?? targetOf(run, value).resource?.['resourceType'];
  if (typeof type === 'string' && actual && actual !== typeName(type))
    run.fail('target', quote(type), quote(reference));
}

/** An identifier that says that it is a DICOM UID (FHIR R4, ImagingStudy, "Identifiers"). */
function remarkUid(run: Run, { system, value }: JsonObject): void {
  if (system !== 'urn:dicom:uid' || typeof value !== 'string' || isDicomUid(value)) return;
  run.path.push('value');
  run.remark('uid', quote(value));
  run.path.pop();
}

function isThere({ members, list }: Element, value: JsonObject, complete: boolean | undefined): boolean {
  return members.some(({ json, check }) => {
    const twin = check && !complete && value[`_${json}`];
    return value[json] !== undefined || (list ? listOf(twin).some(carries) : carries(twin));
  });
}

/** Members that are inherited are in no JSON, yet a reader would find them: a guard must not vouch for them. */
function checkPrototype(run: Run, { members }: Shape, value: JsonObject): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return;
  for (const key of members.keys()) {
    if (key in value && !Object.hasOwn(value, key)) run.failAt(key, 'unknown', quote(key));
  }
}
