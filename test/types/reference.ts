import type { Patient, Reference as FhirReference } from 'fhir/r4.js';
import { ref, referenceTo } from '../../templates/runtime/reference.js';
import type { Exactly, HasSlice, Reference, UncheckedReference } from '../../templates/runtime/types.js';
import type { FinalStudy, Study } from './samples/study.js';

/** Compiled, never run: which references fit where. */

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

// A derived profile fits where its ancestor is wanted, not the other way round.
export const ancestor: PatientA = patientAB;
export const toA: Reference<'Patient', A> = referenceTo(patientA);
export const toADerived: Reference<'Patient', A> = referenceTo(patientAB);
export const toB: Reference<'Patient', B> = referenceTo(patientAB);
export const toEither: Reference<'Patient', A> | Reference<'Patient', B> = referenceTo(patientA);
// @ts-expect-error another profile
export const wrongProfile: Reference<'Patient', B> = referenceTo(patientA);
// @ts-expect-error no profile is promised
export const noProfile: Reference<'Patient', A> = referenceTo(patient);
export const anyProfile: Reference<'Patient'> = referenceTo(patientA);
export const plain: Reference<'Patient'> = referenceTo(patient);
export const written: Reference<'Patient'> = referenceTo({ resourceType: 'Patient', id: '1' });
// @ts-expect-error another type
export const wrongWritten: Reference<'Group'> = referenceTo({ resourceType: 'Patient', id: '1' });
// @ts-expect-error another type
export const wrongType: Reference<'Group'> = referenceTo(patient);
export const bundled: Reference<'Patient', A> = referenceTo(patientA, 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0');
// @ts-expect-error the text names another type
referenceTo(patientA, 'Group/1');

// Literals promise nothing, so they fit any profile of the type.
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
// @ts-expect-error a text that could be anything
export const anyText: Reference<'Patient'> = { reference: text };

// Any reference is a FHIR reference; fewer types fit where more are wanted.
export const fhir: FhirReference = toA;
export const fhirs: FhirReference[] = [toA, plain];
export const wider: Reference<'Patient' | 'Group'> = plain;
export const union: Reference<'Patient', A> | Reference<'Group'> = ref('Group', '1');
// @ts-expect-error more types do not fit where fewer are wanted
export const narrower: Reference<'Patient'> = wider;

// Interfaces: a profile of a profile, and its reference.
declare const final: FinalStudy;
declare const study: Study;
export const base: Study = final;
export const toStudy: Reference<'ImagingStudy', { readonly 'https://example.org/study': true }> = referenceTo(final);
// @ts-expect-error the ancestor does not promise what the derived profile does
export const toFinal: Reference<'ImagingStudy', { readonly 'https://example.org/final': true }> = referenceTo(study);

// Slices: several are intersected, and the array stays an array.
declare const several: string[] & HasSlice<'a'> & HasSlice<'b'>;
export const one: string[] & HasSlice<'b'> = several;
export const both: string[] & HasSlice<'a' | 'b'> = several;
// @ts-expect-error a literal does not vouch for a slice
export const bare: string[] & HasSlice<'a'> = ['x'];

// Fixed values: nothing but what is fixed.
interface Code {
  system?: string | undefined;
  code?: string | undefined;
  display?: string | undefined;
}
type Fixed = Exactly<Code, { system: 'urn:x'; code: 'y' }>;
export const exact: Fixed = { system: 'urn:x', code: 'y' };
export const exactIsCode: Code = exact;
// @ts-expect-error a member that is not fixed
export const surplus: Fixed = { system: 'urn:x', code: 'y', display: 'z' };
// @ts-expect-error a member that is missing
export const lacking: Fixed = { system: 'urn:x' };
