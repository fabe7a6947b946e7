import { join } from 'node:path';
import ts from 'typescript';
import { OPTIONS } from '../generated/compile.js';
import { programOfTexts } from '../programs.js';
import { inputOf, type Required } from './input.js';
import type { Input } from './mutate-inputs.js';
import type { Instance } from '../../generator/sample/synthesize.js';
import type { Workspace } from './workspace.js';
import type { Json } from '../../generator/fhir/json.js';

/** Valid instances of one profile, and the line of imports that declares the type `Input`. */
export interface Whole {
  readonly head: string;
  readonly instances: readonly Instance[];
}

/** Whether a member is omitted if some or all types of a union allow it. */
type Condition = 'some' | 'every';

/**
 * Inputs without any of the members that their type allows to omit: `create` has to write those that the profile
 * requires. If types of a union differ, one input omits the members that some of them allow to omit, and another those
 * that all of them do.
 *
 * @param workspace with the generated package
 * @param wholes by profile
 * @returns for each of them, inputs of which some may not compile
 */
export function leftOutInputs(workspace: Workspace, wholes: readonly Whole[]): readonly (readonly Input[])[] {
  const required: Required = new WeakMap();
  const sources = wholes.map(({ instances }) =>
    instances
      .filter(({ name }) => name === 'minimal' || name === 'full')
      .map((instance) => ({
        name: instance.name,
        json: inputOf(instance.root, [], { keyed: true, bare: false, lean: instance.name === 'minimal', required })
          .json,
      })),
  );
  const inputs = wholes.map((): Input[] => []);
  const texts = wholes.map(({ head }, at) => {
    const lines = (sources[at] ?? []).map(({ json }, index) => `const v${index}: Input = ${JSON.stringify(json)};`);
    return [join(workspace.folder, `left-out-${at}.ts`), [head, ...lines].join('\n')] as const;
  });
  const program = programOfTexts(new Map(texts), OPTIONS);
  const checker = program.getTypeChecker();
  for (const [at, [path]] of texts.entries()) {
    const statements = program.getSourceFile(path)?.statements.filter(ts.isVariableStatement) ?? [];
    for (const [index, statement] of statements.entries()) {
      const value = statement.declarationList.declarations[0]?.initializer;
      const source = sources[at]?.[index];
      if (value === undefined || source === undefined) continue;
      const made = new Set<string>();
      for (const condition of ['some', 'every'] as const) {
        const json = reduced(source.json, value, { checker, required, condition });
        const text = JSON.stringify(json);
        if (made.has(text)) continue;
        made.add(text);
        const place = `${source.name}, ${condition}`;
        inputs[at]?.push({ change: 'everything left out', form: 'keyed', place, detail: '', visible: true, json });
      }
    }
  }
  return inputs;
}

interface Reduction {
  readonly checker: ts.TypeChecker;
  readonly required: Required;
  readonly condition: Condition;
}

/** The value without optional members of its type; the text of the expression is JSON. */
function reduced(json: Json, expression: ts.Expression, reduction: Reduction): Json {
  if (Array.isArray(json) && ts.isArrayLiteralExpression(expression)) {
    return json.map((one: Json, at) => {
      const element = expression.elements[at];
      return element === undefined ? one : reduced(one, element, reduction);
    });
  }
  if (json === null || typeof json !== 'object' || !ts.isObjectLiteralExpression(expression)) return json;
  const members = new Map<string, Json>(Object.entries(json));
  const required = reduction.required.get(json);
  const type = reduction.checker.getContextualType(expression);
  for (const property of expression.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isStringLiteral(property.name)) continue;
    const key = property.name.text;
    const value = members.get(key);
    if (value === undefined) continue;
    if (required?.has(key) === true && type !== undefined && mayBeLeftOut(key, type, reduction)) members.delete(key);
    else members.set(key, reduced(value, property.initializer, reduction));
  }
  return Object.fromEntries(members);
}

function mayBeLeftOut(key: string, type: ts.Type, { checker, condition }: Reduction): boolean {
  const types = type.isUnion() ? type.types : [type];
  const own = types.flatMap((one) => checker.getPropertyOfType(one, key) ?? []);
  const isOptional = (symbol: ts.Symbol): boolean => (symbol.flags & ts.SymbolFlags.Optional) !== 0;
  return own.length > 0 && (condition === 'some' ? own.some(isOptional) : own.every(isOptional));
}
