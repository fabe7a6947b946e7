import {
  type Issue,
  isFRBundleDocument,
  isFRPatientINSDocument,
  profiles,
  resolve,
  toOperationOutcome,
  validateByProfile,
  validateFRBundleDocument,
} from 'ans-document-fr-core';
import { compositionOf, organizationOf } from 'ans-document-fr-core/ans.document.fr.core/fr-bundle-document.js';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { describe, expect, it } from 'vitest';
import { imagingDocument } from '../../examples/imaging-report/document.js';
import { changed, FAULTS, urn } from './document-faults.js';

const short = (issues: readonly Issue[]): string[] =>
  issues.map(({ severity, code, expression }) => `${severity} ${code} ${expression}`);

describe('a document of an imaging examination', () => {
  const document = imagingDocument();

  it('has no issues, with any options', () => {
    const engine = (node: unknown, expression: string, { path, ...env }: { readonly path: string }): unknown =>
      fhirpath.evaluate(node, { base: path, expression }, env, r4);
    for (const options of [{}, { profiles }, { complete: true, profiles }, { profiles, fhirpath: engine }]) {
      expect(validateFRBundleDocument(document, options)).toEqual([]);
      expect(isFRBundleDocument(document, options)).toBe(true);
    }
    expect(validateByProfile(document)).toEqual([]);
  });

  it('is read by slice, and its references are resolved', () => {
    const { resource } = compositionOf(document);
    expect(organizationOf(document)).toHaveLength(1);
    const patient = resolve(document, resource.subject, isFRPatientINSDocument);
    expect(patient?.birthDate).toBe('1980-05-17');
    expect(resolve(document, resource.custodian)).toBe(organizationOf(document)[0].resource);
  });

  it('becomes an OperationOutcome', () => {
    expect(toOperationOutcome(validateFRBundleDocument(document)).issue).toHaveLength(1);
    const broken = changed('entry.1.resource.birthDate', '1980-13-01');
    expect(toOperationOutcome(validateFRBundleDocument(broken)).issue).toMatchObject([
      { severity: 'error', code: 'value', expression: ['Bundle.entry[1].resource.birthDate'] },
    ]);
  });

  it('names the slices that were tried for an entry without a claim', () => {
    const bare = changed('entry.1.resource.meta', undefined);
    expect(validateFRBundleDocument(bare)).toEqual([]);
    const [issue, ...others] = validateFRBundleDocument(changed('entry.1.resource.birthDate', '1980-13-01', bare));
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ code: 'value', expression: 'Bundle.entry[1].resource.birthDate' });
    expect(issue?.diagnostics).toContain('patient');
  });
});

describe('one fault in the document gives one issue at its place:', () => {
  it.each(FAULTS)('%s', (_, path, value, issue) => {
    const broken = changed(path, value);
    expect(short(validateFRBundleDocument(broken, { profiles }))).toEqual([`error ${issue}`]);
    expect(isFRBundleDocument(broken, { profiles })).toBe(false);
  });

  it.each(imagingDocument().entry.map(({ resource }, index) => [resource?.resourceType ?? '', index] as const))(
    'a missing %s, whatever refers to it',
    (_, index) => {
      const entry = imagingDocument().entry.filter((__, at) => at !== index);
      expect(validateFRBundleDocument({ ...imagingDocument(), entry }, { profiles })).toHaveLength(1);
    },
  );

  it('each of two references to missing entries', () => {
    const once = changed('entry.0.resource.subject.reference', urn(77));
    const twice = changed('entry.9.resource.endpoint.0.reference', urn(78), once);
    expect(short(validateFRBundleDocument(twice, { profiles }))).toEqual([
      'error not-found Bundle.entry[0].resource.subject',
      'error not-found Bundle.entry[9].resource.endpoint[0]',
    ]);
  });

  it('most faults, even without the option profiles', () => {
    const found = FAULTS.filter(([, path, value]) => !isFRBundleDocument(changed(path, value)));
    expect(found.length).toBeGreaterThanOrEqual(25);
  });
});
