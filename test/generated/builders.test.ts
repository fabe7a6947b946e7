import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { pascalCase } from '../../generator/names/identifier.js';
import manifest from '../../generated/manifest.json' with { type: 'json' };
import { OPTIONS, ROOT } from './compile.js';

const program = ts.createProgram([`${ROOT}generated/index.ts`], OPTIONS);
const checker = program.getTypeChecker();

/** The exports of a module, by name. */
function exportsOf(module: string): ReadonlyMap<string, ts.Symbol> {
  const source = program.getSourceFile(`${ROOT}generated/${module.slice(2).replace(/\.js$/, '.ts')}`);
  const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  return new Map((symbol === undefined ? [] : checker.getExportsOfModule(symbol)).map((one) => [one.name, one]));
}

/** The result of a builder's methods: the input of `create` for a profile, the result of `build` for a part. */
function filledBy(builder: ts.Symbol, create: { readonly builder: string; readonly function: ts.Symbol }): ts.Type {
  if (builder.name === create.builder) return parameterOf(create.function).type;
  const build = checker.getPropertyOfType(checker.getDeclaredTypeOfSymbol(builder), 'build');
  const type = build === undefined ? undefined : checker.getTypeOfSymbol(build);
  // While required members may be missing, `build` is a function or an object that names them.
  const [signature] = (type?.isUnion() === true ? type.types : [type]).flatMap((one) => one?.getCallSignatures() ?? []);
  if (signature === undefined) throw new Error(`${builder.name} builds nothing`);
  return checker.getNonNullableType(signature.getReturnType());
}

/** The builders of a module: an interface and a constructor with the same name. */
function buildersOf(found: ReadonlyMap<string, ts.Symbol>): ts.Symbol[] {
  const both = ts.SymbolFlags.Interface | ts.SymbolFlags.BlockScopedVariable;
  return [...found.values()].filter((one) => (one.flags & both) === both && one.name.endsWith('Builder'));
}

function signatureOf(symbol: ts.Symbol | undefined): ts.Signature {
  const [signature] = symbol === undefined ? [] : checker.getTypeOfSymbol(symbol).getCallSignatures();
  if (signature === undefined) throw new Error(`${symbol?.name ?? 'nothing'} is not a function`);
  return signature;
}

/** The types of one value of a parameter: adders of optional members also take arrays of items and `undefined`. */
function parameterOf(method: ts.Symbol): { readonly type: ts.Type; readonly values: readonly ts.Type[] } {
  const [parameter] = signatureOf(method).getParameters();
  if (parameter === undefined) throw new Error(`${method.name} takes nothing`);
  const type = checker.getTypeOfSymbol(parameter);
  const declaration = parameter.valueDeclaration;
  const many = declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined;
  if (!many) return { type, values: constituents(type) };
  const items = type.getNumberIndexType() ?? type;
  const values = constituents(items).flatMap((one) =>
    checker.isArrayType(one) ? constituents(one.getNumberIndexType() ?? one) : [one],
  );
  return { type, values };
}

/** The members of a union except `undefined`. */
function constituents(type: ts.Type): readonly ts.Type[] {
  const given = checker.getNonNullableType(type);
  return given.isUnion() ? given.types : [given];
}

/** The values that one call may give a member: its value, an item of an array, or an item outside the slices. */
function valuesOf(member: ts.Symbol): readonly ts.Type[] {
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(member));
  const arms = type.isUnion() ? type.types : [type];
  const arrays = arms.filter((arm) => checker.isArrayType(arm) || checker.isTupleType(arm) || arm.isIntersection());
  const others = arms.flatMap((arm) => checker.getPropertyOfType(arm, 'others') ?? []);
  const items = arrays.flatMap((arm) => arm.getNumberIndexType() ?? []);
  return items.length > 0 ? [...items, ...others.flatMap(valuesOf)] : [type];
}

describe.each(manifest.profiles.map((profile) => ({ ...profile, title: profile.exports.builder })))(
  '$title',
  (profile) => {
    it('takes in its methods exactly what `create` takes', () => {
      const found = exportsOf(profile.module);
      const create = found.get(profile.exports.create);
      if (create === undefined) throw new Error('no create');
      const builders = buildersOf(found);
      expect(builders.map((one) => one.name)).toContain(profile.exports.builder);
      const wider: string[] = [];
      let compared = 0;
      for (const builder of builders) {
        const methods = checker.getDeclaredTypeOfSymbol(builder);
        for (const member of checker.getPropertiesOfType(
          filledBy(builder, { builder: profile.exports.builder, function: create }),
        )) {
          // The underscore member of a primitive is not a separate element.
          if (member.name.startsWith('_')) continue;
          const name = pascalCase(member.name);
          const method = [`set${name}`, `add${name}`].flatMap(
            (one) => checker.getPropertyOfType(methods, one) ?? [],
          )[0];
          if (method === undefined) continue;
          const { type, values } = parameterOf(method);
          compared += 1;
          const wanted = valuesOf(member);
          if (!values.every((one) => wanted.some((value) => checker.isTypeAssignableTo(one, value)))) {
            wider.push(`${builder.name}.${method.name}(${checker.typeToString(type)})`);
          }
        }
      }
      expect(wider).toEqual([]);
      expect(compared).toBeGreaterThan(0);
    });
  },
);
