import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { ManifestProfile } from '../../generator/render/manifest.js';
import { membersOf } from '../../generator/sample/matches.js';
import type { Workspace } from './workspace.js';
import type { Json } from '../../generator/fhir/json.js';

/** A call of a builder. */
export interface Call {
  readonly method: string;
  readonly values: readonly Json[];
}

/** A method of a builder in the generated source. */
interface Method {
  readonly name: string;
  readonly many: boolean;
  readonly member: string;
  readonly slice: string | undefined;
}

/** Members of all builders; types decide whether they can be called. */
const SHARED = ['id', 'meta', 'implicitRules', 'language', 'text', 'contained[]', 'extension[]', 'modifierExtension[]'];

/** `value[x].valueQuantity`, `note[]`, `modality[0]`, `identifier:official[]`. */
const TARGET = /^(?:\w+\[x\]\.)?(\w+)(?::(.+?))?(\[0?\])?$/;

const known = new WeakMap<ManifestProfile, readonly Method[]>();

/**
 * The methods of a profile's builder.
 *
 * @param workspace with the generated package
 * @param profile of its manifest
 */
export function methodsOf(workspace: Workspace, profile: ManifestProfile): readonly Method[] {
  const methods = known.get(profile) ?? readMethods(workspace, profile);
  known.set(profile, methods);
  return methods;
}

function readMethods(workspace: Workspace, profile: ManifestProfile): readonly Method[] {
  const path = join(workspace.generated, profile.module.replace(/\.js$/, '.ts'));
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);
  const made = source.statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) => [...statement.declarationList.declarations])
    .find(({ name }) => ts.isIdentifier(name) && name.text === profile.exports.builder)?.initializer;
  if (made === undefined || !ts.isCallExpression(made)) throw new Error(`${path}: no ${profile.exports.builder}`);
  const [, , targets, named] = made.arguments;
  const own = targets !== undefined && ts.isArrayLiteralExpression(targets) ? targets.elements : [];
  const others: readonly ts.ObjectLiteralElementLike[] =
    named !== undefined && ts.isObjectLiteralExpression(named) ? named.properties : [];
  return [
    ...others.flatMap((one) =>
      ts.isPropertyAssignment(one) ? [methodOf(textOf(one.initializer), textOf(one.name))] : [],
    ),
    ...[...own.map(textOf), ...SHARED].map((target) => methodOf(target)),
  ];
}

function textOf(node: ts.Node): string {
  if (ts.isStringLiteral(node) || ts.isIdentifier(node)) return node.text;
  throw new Error(`a name is expected, not ${ts.SyntaxKind[node.kind]}`);
}

function methodOf(target: string, own?: string): Method {
  const [, member = '', slice, list] = TARGET.exec(target) ?? [];
  const key = slice ?? member;
  const regular = (list === '[]' || slice !== undefined ? 'add' : 'set') + key.charAt(0).toUpperCase() + key.slice(1);
  return { name: own ?? regular, many: list === '[]', member, slice: slice === 'others' ? undefined : slice };
}

/**
 * An input of `create` as a program of its builder.
 *
 * @param json the input
 * @param methods of the builder
 * @returns `undefined` if the builder has no method for a part of it
 */
export function programOf(json: Json, methods: readonly Method[]): readonly Call[] | undefined {
  const calls: Call[] = [];
  for (const [key, value] of membersOf(json)) {
    const whole = methods.find((method) => method.member === key && method.slice === undefined);
    if (whole !== undefined && !(isObject(value) && isSliced(key, methods))) {
      calls.push(...callsOf(whole, value));
      continue;
    }
    if (!isObject(value)) return undefined;
    for (const [slice, items] of membersOf(value)) {
      const method = slice === 'others' ? whole : methods.find((one) => one.member === key && one.slice === slice);
      if (method === undefined) return undefined;
      calls.push(...callsOf(method, items));
    }
  }
  return calls;
}

function isSliced(key: string, methods: readonly Method[]): boolean {
  return methods.some((method) => method.member === key && method.slice !== undefined);
}

function isObject(value: Json): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function callsOf({ name, many, slice }: Method, value: Json): Call[] {
  const values: readonly Json[] = Array.isArray(value) ? value : [value];
  if (many) return values.length === 0 ? [] : [{ method: name, values }];
  // A builder takes the only item of an array without the array.
  return slice === undefined && !Array.isArray(value)
    ? [{ method: name, values: [value] }]
    : values.map((one) => ({ method: name, values: [one] }));
}

/**
 * The program as source text.
 *
 * @param builder name of the class
 * @param calls of its methods
 */
export function programText(builder: string, calls: readonly Call[]): string {
  const text = calls.map(({ method, values }) => `.${method}(${values.map((one) => JSON.stringify(one)).join(', ')})`);
  return `new ${builder}()${text.join('')}.build()`;
}
