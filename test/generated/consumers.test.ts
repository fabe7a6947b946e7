import { sValidator } from '@hono/standard-validator';
import { initTRPC } from '@trpc/server';
import {
  FRImagingStudyDocument,
  FRObservationResultDocument,
  type FhirPathEngine,
  type Issue,
  parseFRImagingStudyDocument,
  toOperationOutcome,
  validateByProfile,
  validateFRCoreAppointmentOperatorExtension,
  validateFRImagingStudyDocument,
  validateFRObservationResultDocument,
} from 'ans-document-fr-core';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { changeable, validStudy } from './study.js';

const broken = validStudy();
delete broken['series'];

describe('a profile as a Standard Schema', () => {
  it('validates the body of a request in Hono', async () => {
    const app = new Hono().post('/studies', sValidator('json', FRImagingStudyDocument), (context) =>
      context.json({ laterality: context.req.valid('json').series[0].laterality.code }),
    );
    const post = (body: unknown): Promise<Response> | Response =>
      app.request('/studies', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const good = await post(validStudy());
    expect(good.status).toBe(200);
    expect(await good.json()).toEqual({ laterality: '24028007' });
    const bad = await post(broken);
    expect(bad.status).toBe(400);
    expect(JSON.stringify(await bad.json())).toContain('ImagingStudy.series');
  });

  it('validates the input of a procedure in tRPC', async () => {
    const { router, procedure } = initTRPC.create();
    const caller = router({
      file: procedure.input(FRImagingStudyDocument).mutation(({ input }) => input.series[0].uid),
    }).createCaller({});
    const study = FRImagingStudyDocument['~standard'].validate(validStudy());
    if (study instanceof Promise || study.issues !== undefined) throw new Error('the study conforms');
    expect(await caller.file(study.value)).toBe('1.2.250.1.59.1');
    // @ts-expect-error a study has series
    await expect(caller.file(broken)).rejects.toThrow('ImagingStudy.series');
  });

  it('takes options as the validator does', () => {
    const options = { language: 'fr' } as const;
    const result = FRImagingStudyDocument.with(options)['~standard'].validate(broken);
    expect(result.issues?.map(({ message }) => message)).toEqual(
      validateFRImagingStudyDocument(broken, options)
        .filter(({ severity }) => severity === 'error')
        .map(({ expression, diagnostics }) => `${expression}: ${diagnostics}`),
    );
    expect(result).not.toEqual(FRImagingStudyDocument['~standard'].validate(broken));
    expect(FRImagingStudyDocument.with(null)['~standard'].validate(validStudy())).toMatchObject({ value: {} });
  });
});

describe('a profile', () => {
  it('parses JSON text', () => {
    expect(parseFRImagingStudyDocument(JSON.stringify(validStudy()))).toMatchObject({ ok: true });
    expect(parseFRImagingStudyDocument('{"resourceType":')).toMatchObject({ ok: false });
    expect(parseFRImagingStudyDocument(broken)).toMatchObject({
      ok: false,
      issues: [{ expression: 'ImagingStudy.series' }],
    });
  });

  it('returns an OperationOutcome', () => {
    expect(toOperationOutcome(validateFRImagingStudyDocument(broken))).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'required', expression: ['ImagingStudy.series'] }],
    });
  });

  it('reports issues in French', () => {
    const [issue] = validateFRImagingStudyDocument(broken, { language: 'fr' });
    expect(issue?.diagnostics).toBe('au moins 1 élément requis, 0 trouvé');
  });

  it('is selected by the claim of a resource', () => {
    const meta = {
      profile: ['https://interop.esante.gouv.fr/ig/document/core/StructureDefinition/fr-imaging-study-document'],
    };
    expect(validateByProfile(Object.assign(validStudy(), { meta }))).toEqual([]);
    expect(validateByProfile(Object.assign(changeable(broken), { meta }))).toMatchObject([
      { severity: 'error', code: 'required' },
    ]);
    expect(validateByProfile(validStudy())).toMatchObject([{ severity: 'information', code: 'not-supported' }]);
    for (const odd of [undefined, null, 1, 'x', [], { meta: { profile: 'x' } }]) {
      expect(validateByProfile(odd)).toMatchObject([{ severity: 'error', expression: 'Resource.resourceType' }]);
    }
  });

  const engine: FhirPathEngine = (value, expression, { path, ...context }): unknown =>
    fhirpath.evaluate(value, { base: path, expression }, context, r4);

  it('has invariants of its datatypes evaluated by the given engine', () => {
    const url = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-appointment-operator';
    const broken = (value: object): unknown[] =>
      validateFRCoreAppointmentOperatorExtension({ url, ...value }, { fhirpath: engine }).map(
        ({ expression, diagnostics }) => [expression, /[a-z]{3}-\d/.exec(diagnostics)?.[0]],
      );
    expect(broken({ valuePeriod: { start: '2020', end: '2021' } })).toEqual([]);
    expect(broken({ valuePeriod: { start: '2021', end: '2020' } })).toEqual([['Extension.value', 'per-1']]);
    expect(broken({ valueAge: { value: -3, code: 'a', system: 'http://unitsofmeasure.org' } })).toEqual([
      ['Extension.value', 'age-1'],
    ]);
    expect(broken({ valueTiming: { repeat: { duration: -1, durationUnit: 'h' } } })).toEqual([
      ['Extension.value.repeat', 'tim-4'],
    ]);
  });

  it('has its own invariants evaluated by the given engine', () => {
    const observation = changeable({
      resourceType: 'Observation',
      identifier: [{ value: '1' }],
      status: 'final',
      code: { text: 'Glycémie' },
      subject: { reference: 'Patient/1' },
      effectiveDateTime: '2026-01-19',
      valueQuantity: { value: 1 },
      referenceRange: [{ type: { text: 'normal' } }],
    });
    const invariants = (issues: readonly Issue[]): unknown[] =>
      issues
        .filter((issue) => issue.code === 'invariant')
        .map((issue) => [issue.expression, issue.severity, /[a-z]{3}-\d/.exec(issue.diagnostics)?.[0]]);
    // Simple ones need no engine.
    const simple = ['Observation.referenceRange[0]', 'error', 'obs-3'];
    expect(invariants(validateFRObservationResultDocument(observation))).toEqual([simple]);
    expect(invariants(validateFRObservationResultDocument(observation, { fhirpath: engine }))).toEqual([
      ['Observation', 'warning', 'dom-6'],
      simple,
    ]);
    expect(FRObservationResultDocument['~standard'].vendor).toBe('fhir-profile-codegen');
  });
});
