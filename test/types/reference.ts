import type { Bundle, Composition, FhirResource, Group, Patient, Reference as FhirReference } from 'fhir/r4.js';
import { collectionBundle, documentBundle } from '../../templates/runtime/make-bundle.js';
import { isReferenceTo, ref, referenceFrom, referenceTo } from '../../templates/runtime/reference.js';
import { resolve, resolver } from '../../templates/runtime/resolve.js';
import type { Exactly, HasSlice, Reference, UncheckedReference } from '../../templates/runtime/types.js';
import type { FinalStudy, Study } from './samples/study.js';

/** Compiled and never run: references that are and are not assignable. */

type A = { readonly 'https://example.org/a': true };
type B = { readonly 'https://example.org/b': true };
interface PatientA extends Patient {
  readonly '~profile'?: A;
}
interface PatientAB extends PatientA {
  readonly '~profile'?: A & B;
}
declare const patient: Patient;
declare const patientA: PatientA;
declare const patientAB: PatientAB;

// A derived profile is assignable to its ancestor, not the other way round.
export const ancestor: PatientA = patientAB;
export const toA: Reference<'Patient', A> = referenceTo(patientA);
export const toADerived: Reference<'Patient', A> = referenceTo(patientAB);
export const toB: Reference<'Patient', B> = referenceTo(patientAB);
export const toEither: Reference<'Patient', A> | Reference<'Patient', B> = referenceTo(patientA);
// @ts-expect-error another profile
export const wrongProfile: Reference<'Patient', B> = referenceTo(patientA);
// @ts-expect-error the reference has no profile
export const noProfile: Reference<'Patient', A> = referenceTo(patient);
export const withText: Reference<'Patient', A> & { reference: string } = referenceTo(patientA);
export const anyProfile: Reference<'Patient'> = referenceTo(patientA);
export const plain: Reference<'Patient'> = referenceTo(patient);
export const written: Reference<'Patient'> = referenceTo({ resourceType: 'Patient', id: '1' });
// @ts-expect-error another type
export const wrongWritten: Reference<'Group'> = referenceTo({ resourceType: 'Patient', id: '1' });
// @ts-expect-error another type
export const wrongType: Reference<'Group'> = referenceTo(patient);
export const bundled: Reference<'Patient', A> = referenceTo(patientA, 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0');
// @ts-expect-error the text has another type
referenceTo(patientA, 'Group/1');

// Literals have no profile, so they are assignable for any profile of the type.
export const literal: Reference<'Patient', A> = { reference: 'Patient/1', display: 'x' };
export const helped: Reference<'Patient', A> = ref('Patient', '1');
export const absolute: Reference<'Patient', A> = { reference: 'https://example.org/fhir/Patient/1/_history/2' };
export const conditional: Reference<'Patient'> = { reference: 'Patient?identifier=1' };
export const contained: Reference<'Patient'> = { reference: '#p', type: 'Patient' };
export const logical: Reference<'Patient'> = { identifier: { value: '1' } };
export const typed: Reference<'Patient' | 'Group'> = { type: 'Group' };
export const unchecked: Reference<'Patient'> = { reference: 'https://example.org/p' as UncheckedReference };
// @ts-expect-error another type
export const wrongText: Reference<'Patient'> = { reference: 'Group/1' };
// @ts-expect-error another type
export const wrongUrl: Reference<'Patient'> = { reference: 'https://example.org/fhir/Group/1' };
// @ts-expect-error another type
export const wrongTypeMember: Reference<'Patient'> = { type: 'Group' };
// @ts-expect-error another type
export const wrongRef: Reference<'Patient'> = ref('Group', '1');
declare const text: string;
// @ts-expect-error an arbitrary string
export const anyText: Reference<'Patient'> = { reference: text };

// Variables: addresses of entries, references of other resources.
export const addressed: Reference<'Patient', A> = referenceTo(patientA, text);
// @ts-expect-error an address without a resource type
ref('Dossier', '1');
// @ts-expect-error a type of R4 that is not a resource
ref('Quantity', '1');
declare const foreign: FhirReference;
// @ts-expect-error a reference with an unknown type
export const unknownTarget: Reference<'Patient'> = foreign;
export const fromReference: Reference<'Patient'> = referenceFrom(foreign, 'Patient');
export const fromText: Reference<'Patient' | 'Group'> = referenceFrom(text, 'Patient', 'Group');
// @ts-expect-error more types than allowed
export const fromMore: Reference<'Patient'> = referenceFrom(text, 'Patient', 'Group');
// @ts-expect-error no type at all
referenceFrom(text);
export const checked: Reference<'Patient'> | undefined = isReferenceTo(foreign, 'Patient') ? foreign : undefined;

// Targets in a Bundle have the type of the reference, or that of the guard.
declare const bundle: Bundle;
declare const toGroup: Reference<'Patient', A> | Reference<'Group'>;
declare function isPatientA(value: unknown): value is PatientA;
export const target: Patient | undefined = resolve(bundle, toA);
export const either: Patient | Group | undefined = resolver(bundle)(toGroup);
export const anyTarget: FhirResource | undefined = resolve(bundle, foreign);
export const profiled: PatientA | undefined = resolve(bundle, foreign, isPatientA);
export const followed: PatientA | undefined = resolver(bundle)(toA, isPatientA);
// @ts-expect-error the target has another type
export const wrongTarget: Group | undefined = resolve(bundle, toA);

// Entries have the types of their resources.
declare const composition: Composition;
const members = { identifier: { system: 'urn:ietf:rfc:3986', value: text }, timestamp: text };
const made = documentBundle([composition, patientA, { fullUrl: text, resource: patientAB }], members);
export const made0: Composition = made.entry[0].resource;
export const made1: PatientA = made.entry[1].resource;
export const made2: PatientAB = made.entry[2].resource;
export const madeBundle: Bundle = made;
export const madeType: 'document' = made.type;
// @ts-expect-error not that profile
export const madeWrong: PatientAB = made.entry[1].resource;
// @ts-expect-error a document has an identifier
documentBundle([composition], { timestamp: text });
// @ts-expect-error not a resource
documentBundle([], members);
export const collected: PatientA = collectionBundle([patientA]).entry[0].resource;
declare const many: PatientA[];
export const collectedMany: PatientA | undefined = collectionBundle(many, { id: text }).entry[0]?.resource;

// Any reference is a FHIR reference; one with fewer types is assignable to one with more.
export const fhir: FhirReference = toA;
export const fhirs: FhirReference[] = [toA, plain];
export const wider: Reference<'Patient' | 'Group'> = plain;
export const union: Reference<'Patient', A> | Reference<'Group'> = ref('Group', '1');
// @ts-expect-error one with more types is not assignable to one with fewer
export const narrower: Reference<'Patient'> = wider;

// Interfaces: a derived profile, and its reference.
declare const final: FinalStudy;
declare const study: Study;
export const base: Study = final;
export const toStudy: Reference<'ImagingStudy', { readonly 'https://example.org/study': true }> = referenceTo(final);
// @ts-expect-error the ancestor lacks constraints of the derived profile
export const toFinal: Reference<'ImagingStudy', { readonly 'https://example.org/final': true }> = referenceTo(study);

// Slices: several are intersected, and the array remains an array.
declare const several: string[] & HasSlice<'a'> & HasSlice<'b'>;
export const one: string[] & HasSlice<'b'> = several;
export const both: string[] & HasSlice<'a' | 'b'> = several;
// @ts-expect-error a literal does not have the brand of a slice
export const bare: string[] & HasSlice<'a'> = ['x'];

// Fixed values: only the fixed members.
interface Code {
  system?: string | undefined;
  code?: string | undefined;
  display?: string | undefined;
}
type Fixed = Exactly<Code, { system: 'urn:x'; code: 'y' }>;
export const exact: Fixed = { system: 'urn:x', code: 'y' };
export const exactIsCode: Code = exact;
// @ts-expect-error an additional member
export const surplus: Fixed = { system: 'urn:x', code: 'y', display: 'z' };
// @ts-expect-error a missing member
export const lacking: Fixed = { system: 'urn:x' };
