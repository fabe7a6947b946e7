import type { Declaration } from '../emit/declaration.js';
import { fromFile, type Import, namespaceOf } from '../emit/imports.js';
import { imported, memberOf, type ReferenceType, type Type } from '../emit/type.js';
import type { ResolvedElement, ResolvedProfile } from '../model/resolved.js';
import type { ProfileNames } from '../names/names.js';
import type { RenderContext } from './context.js';
import type { TypePair } from './type-pair.js';

/** How an object type is declared. */
export interface ObjectOptions {
  /** The extended type. */
  readonly base: Type;
  /** The type that its input extends, if different. */
  readonly baseInput?: Type;
  /** Whether `base` cannot be extended, so that the type is an intersection with it. */
  readonly intersects?: true;
  /** Types of members that follow from the base, by name. */
  readonly memberTypes?: ReadonlyMap<string, Type>;
  /** The type where the profile declares no member. */
  readonly plain?: TypePair;
}

/** The scope in which the types of a profile are declared. */
export interface TypeScope {
  readonly context: RenderContext;
  readonly profile: ResolvedProfile;
  readonly names: ProfileNames;
  /** Declarations that the module needs, innermost first. */
  readonly declarations: Declaration[];
  /** The declarations, by path of the element. */
  readonly declared: Map<string, TypePair>;
  /** Declares the type of an object. Types of members declare objects in turn, so the function is passed here. */
  readonly declare: (scope: TypeScope, element: ResolvedElement, options: ObjectOptions) => TypePair;
}

/** The modules of the runtime: the public one, the one that generated code calls, and the FHIR types. */
const PUBLIC = 'runtime/index';
const INTERNAL = 'runtime/internal';
const FHIR = 'runtime/fhir';

const FHIR_TYPES: Import = namespaceOf({ kind: 'file', file: FHIR }, 'fhir4');

/**
 * A type of FHIR.
 *
 * @param name as `@types/fhir` has it: `ImagingStudySeries`
 */
export function fhirType(name: string): ReferenceType {
  return memberOf(FHIR_TYPES, name);
}

/**
 * A type of the runtime that users may name.
 *
 * @param name of the type
 * @param typeArguments of it
 */
export function runtimeType(name: string, ...typeArguments: readonly Type[]): ReferenceType {
  return imported(fromFile(PUBLIC, name), ...typeArguments);
}

/**
 * A name of the runtime that only generated code uses.
 *
 * @param name of a function, constant or type
 */
export function internalName(name: string): Import {
  return fromFile(INTERNAL, name);
}

/**
 * The interface of `@types/fhir` for a backbone element: the names of its path, joined.
 *
 * @param element a BackboneElement, or one that refers to such a one by contentReference
 * @returns `fhir4.ImagingStudySeriesInstance`
 */
export function fhirInterface({
  path,
  contentReference,
}: {
  readonly path: string;
  readonly contentReference?: string;
}): ReferenceType {
  const segments = (contentReference ?? path).split('.');
  return fhirType(segments.map((segment) => segment.charAt(0).toUpperCase() + segment.slice(1)).join(''));
}
