import type { Predicate, Signature } from '../declaration.js';
import type { Imports } from '../imports.js';
import type { Type, TypeParameter } from '../type.js';
import { TRAILING_COMMA, group, indent, join, line, onNextLine, softline, type Doc } from './doc.js';
import { isParameterGroup, parametersDoc, typeDoc } from './type.js';

/**
 * `<T>(a: A): B`.
 *
 * @param signature of a function or method
 * @param imports that it adds to
 */
export function signatureDoc(signature: Signature, imports: Imports): Doc {
  const { returns } = signature;
  const returnsDoc: Doc = returns === undefined ? '' : [': ', returnDoc(returns, imports)];
  const parameters = parametersDoc(signature.parameters, imports);
  const isGrouped = isParameterGroup(signature, returnsDoc);
  return [
    typeParametersDoc(signature.typeParameters ?? [], imports),
    group([isGrouped ? group(parameters) : parameters, returnsDoc]),
  ];
}

function returnDoc(returns: Type | Predicate, imports: Imports): Doc {
  if (returns.kind !== 'predicate') return typeDoc(returns, imports);
  return [returns.asserts ? 'asserts ' : '', returns.parameter, ' is ', typeDoc(returns.type, imports)];
}

/**
 * `<out M extends string = 'a'>`; nothing for none.
 *
 * @param parameters in their order
 * @param imports that they add to
 */
export function typeParametersDoc(parameters: readonly TypeParameter[], imports: Imports): Doc {
  if (parameters.length === 0) return '';
  const docs = parameters.map((one) => typeParameterDoc(one, imports));
  return group(['<', indent([softline, join([',', line], docs)]), TRAILING_COMMA, softline, '>']);
}

function typeParameterDoc(parameter: TypeParameter, imports: Imports): Doc {
  const { constraint, default: given } = parameter;
  return group([
    parameter.variance === undefined ? '' : `${parameter.variance} `,
    parameter.name,
    constraint === undefined ? '' : [' extends', onNextLine(typeDoc(constraint, imports))],
    given === undefined ? '' : [' =', onNextLine(typeDoc(given, imports))],
  ]);
}
