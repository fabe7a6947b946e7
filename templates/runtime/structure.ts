import { checkContained } from './contained.js';
import { isDicomUid } from './dicom-uid.js';
import { checkExtension } from './extension.js';
import { applyInvariants } from './invariant.js';
import { isObject, type JsonObject, listOf } from './json.js';
import { knownType } from './known-type.js';
import { carries, nodeOf } from './node.js';
import { isResourceType } from './resource-types.js';
import { DEPTH_LIMIT, type Run } from './run.js';
import type { Element, Member, Shape } from './shape.js';
import { targetOf, typeName } from './target.js';
import { applyTargets, isContained, profilesOf } from './type-rule.js';
import { applyCodes } from './value-rule.js';

/**
 * Checks an object against its FHIR type, without profiles (FHIR R4, JSON Representation of Resources).
 *
 * @param isExtension the object is an Extension, which has a further invariant
 * @param hasValue the object is the twin of a value, so it may have only an `id`
 */
export function checkObject(run: Run, shape: Shape, value: JsonObject, isExtension = false, hasValue = false): void {
  run.depth++;
  run.spend(1);
  const { members, required } = shape;
  let content = 0;
  let found = 0;
  let choices: Member[] | undefined;
  let hasExtension = false;
  // This is the fastest way to read the members of a plain object; inherited members are not in JSON.
  const isPlain = isPlainObject(value);
  for (const key in value) {
    const item = value[key];
    if (!isPlain && !Object.hasOwn(value, key)) continue;
    if (item === undefined) continue;
    if (key !== 'id' || hasValue) content++;
    if (isExtension && key === 'extension') hasExtension = true;
    const member = members.get(key);
    if (!member) {
      // Only members that someone added to Object.prototype are inherited here.
      if (shape.open || !Object.hasOwn(value, key)) continue;
      if (key !== 'resourceType' || run.scope?.resource !== value) run.failAt(key, 'unknown', { value: key });
      continue;
    }
    const { list, name, weight } = member;
    const isChoice = member.members.length > 1;
    if (!isChoice) found += weight;
    // Most values are valid primitives, and need no path.
    if (member.plain?.(item)) continue;
    run.path.push(name);
    if (isChoice) {
      const other = choices?.find(({ members }) => members === member.members);
      if (other && other.json !== member.json) run.fail('choice', other.json, member.json);
      if (other) choices?.splice(choices.indexOf(other), 1);
      else found += weight;
      (choices ??= []).push(member);
    }
    if (!list) checkItem(run, member, item, member.twin ? value[member.json] : undefined);
    else if (!Array.isArray(item)) run.fail('json', 'array', { value: item });
    else checkList(run, member, item, value);
    run.path.pop();
  }
  if (found < required.length) {
    for (const element of required) {
      if (value[element.name] === undefined && !isThere(element, value, run.options.complete)) {
        run.failAt(element.name, 'min', element.min, 0);
      }
    }
  }
  // "ele-1": an element has a value or children.
  if (content === 0) run.fail('empty');
  // "ext-1": an extension has extensions or a value.
  else if (isExtension && !choices === !hasExtension) run.fail('ext-1');
  if (!isPlain) checkPrototype(run, shape, value);
  run.depth--;
}

function checkList(run: Run, member: Member, items: readonly unknown[], host: JsonObject): void {
  const { json, name, twin, check } = member;
  if (items.length === 0) return run.fail('empty');
  run.spend(items.length);
  // In arrays, a primitive or its twin may be null where the other is not.
  const others = twin || check ? listOf(host[twin ? json : `_${json}`]) : NONE;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const other = others[index];
    run.path.push(index);
    if (item !== null || !(twin || check)) checkItem(run, member, item, other);
    else if (run.options.complete || (twin ? other === undefined : !isObject(other))) run.fail('null');
    if (member.type === 'Extension' && isObject(item)) checkExtension(run, item, host, name === 'modifierExtension');
    run.path.pop();
  }
  if (name === 'contained') checkContained(run, host, items);
}

const NONE: readonly unknown[] = [];

/** @param value the value of the twin, if the item is a twin */
function checkItem(
  run: Run,
  { check, type, codes, shape, targets, twin, invariants }: Member,
  item: unknown,
  value: unknown,
): void {
  if (check) {
    if (check(item)) return codes && applyCodes(run, codes, item);
    run.failPrimitive(type, item);
  } else if (!isObject(item)) run.fail('json', 'object', { value: item });
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

/** A contained resource or one in a Bundle: checked against the loaded profiles that it claims, or only its type. */
function checkResource(run: Run, value: JsonObject): void {
  const { resourceType } = value;
  if (typeof resourceType !== 'string') return run.fail('resource', 'text', { value: resourceType });
  const core = run.options.profiles?.get(`http://hl7.org/fhir/StructureDefinition/${resourceType}`);
  const claimed = profilesOf(run, value);
  const type = core ?? (run.walked.has(value) ? undefined : knownType(run, resourceType));
  for (const table of claimed.length > 0 || !type ? claimed : [type])
    run.check(run, table, nodeOf(value), isContained(run));
  if (!run.walked.has(value)) checkReferences(run, resourceType, value);
}

/** Checks the references of a resource whose elements no table names. */
function checkReferences(run: Run, type: string, value: JsonObject): void {
  const outer = run.scope;
  const container = (isContained(run) && outer?.container) || value;
  const bundle = outer?.bundle;
  // References within another Bundle are resolved in that Bundle.
  if (type === 'Bundle') return;
  run.scope = { type, at: run.path.length, value, shape: undefined, resource: value, container, bundle };
  const visit = (host: object): void => {
    // Such deep nesting is an error only where a type allows it.
    if (run.depth >= DEPTH_LIMIT) return;
    run.depth++;
    run.spend(1);
    for (const [key, item] of Object.entries(host) as [string, unknown][]) {
      if (typeof item !== 'object' || item === null) continue;
      run.path.push(Array.isArray(host) ? Number(key) : key);
      if (!isObject(item)) visit(item);
      else if (typeof item['resourceType'] === 'string') checkReferences(run, item['resourceType'], item);
      else {
        checkReference(run, undefined, item);
        visit(item);
      }
      run.path.pop();
    }
    run.depth--;
  };
  visit(value);
  run.scope = outer;
}

/** FHIR R4, References: "Literal References", "Contained Resources", Reference.type. */
function checkReference(run: Run, targets: readonly string[] | undefined, value: JsonObject): void {
  const { reference, type } = value;
  const target = targetOf(run, value);
  if (targets) applyTargets(run, targets, value, target);
  if (typeof reference !== 'string') return;
  const { container, bundle, at = 0 } = run.scope ?? {};
  const { resource, stated } = target;
  if (reference.startsWith('#')) {
    if (container && !resource) run.fail('lost', { value: reference });
  } else if (/\s/.test(reference) || (stated ? !isResourceType(stated) : !/^[A-Za-z][\w+.-]*:/.test(reference))) {
    run.fail('reference', 'Type/id', { value: reference });
  } else {
    const lost = bundle?.lost(reference, container, run.path.slice(at));
    if (lost) run.fail(...lost);
  }
  const actual = stated ?? resource?.['resourceType'];
  if (typeof type === 'string' && actual && actual !== typeName(type))
    run.fail('target', { value: type }, { value: reference });
}

/** Adds a remark for a malformed identifier whose system is DICOM UID (FHIR R4, ImagingStudy, "Identifiers"). */
function remarkUid(run: Run, { system, value }: JsonObject): void {
  if (system !== 'urn:dicom:uid' || typeof value !== 'string' || isDicomUid(value)) return;
  run.path.push('value');
  run.remark('uid', { value });
  run.path.pop();
}

function isThere({ members, list }: Element, value: JsonObject, complete: boolean | undefined): boolean {
  return members.some(({ json, check }) => {
    const twin = check && !complete && value[`_${json}`];
    return value[json] !== undefined || (list ? listOf(twin).some(carries) : carries(twin));
  });
}

/** Whether a loop over the members of an object finds no inherited ones. */
function isPlainObject(value: JsonObject): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Inherited members are not in JSON, yet a program that reads the value finds them: a guard must not accept them. */
function checkPrototype(run: Run, { members }: Shape, value: JsonObject): void {
  for (const key of members.keys()) {
    if (key in value && !Object.hasOwn(value, key)) run.failAt(key, 'unknown', { value: key });
  }
}
