import type { Predicate, Signature } from '../declaration.js';
import type { Type, TypeParameter } from '../type.js';
import { expanded, type Context } from './context.js';
import { TRAILING_COMMA, group, indent, join, line, onNextLine, softline, type Doc } from './doc.js';
import { isParameterGroup, parametersDoc, typeDoc } from './type.js';

/**
 * `<T>(a: A): B`.
 *
 * @param signature the signature of a function or method
 * @param context of the module
 */
export function signatureDoc(signature: Signature, context: Context): Doc {
  const { returns } = signature;
  const returnsDoc: Doc = returns === undefined ? '' : [': ', returnDoc(returns, expanded(context))];
  const parameters = parametersDoc(signature.parameters, context);
  const isGrouped = isParameterGroup(signature, returnsDoc);
  return [
    typeParametersDoc(signature.typeParameters ?? [], context),
    group([isGrouped ? group(parameters) : parameters, returnsDoc]),
  ];
}

function returnDoc(returns: Type | Predicate, context: Context): Doc {
  if (returns.kind !== 'predicate') return typeDoc(returns, context);
  return [returns.asserts ? 'asserts ' : '', returns.parameter, ' is ', typeDoc(returns.type, context)];
}

/**
 * `<out M extends string = 'a'>`; empty for no parameters.
 *
 * @param parameters in their order
 * @param context of the module
 */
export function typeParametersDoc(parameters: readonly TypeParameter[], context: Context): Doc {
  if (parameters.length === 0) return '';
  const docs = parameters.map((one) => typeParameterDoc(one, context));
  return group(['<', indent([softline, join([',', line], docs)]), TRAILING_COMMA, softline, '>']);
}

function typeParameterDoc(parameter: TypeParameter, context: Context): Doc {
  const { constraint, default: given } = parameter;
  return group([
    parameter.variance === undefined ? '' : `${parameter.variance} `,
    parameter.name,
    constraint === undefined ? '' : [' extends', onNextLine(typeDoc(constraint, context))],
    given === undefined ? '' : [' =', onNextLine(typeDoc(given, context))],
  ]);
}
