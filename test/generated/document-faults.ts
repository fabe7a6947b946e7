import { imagingDocument } from '../../examples/imaging-report/document.js';

/** JSON that a test changes. */
type Changeable = Record<string, never>;

const SD = 'https://interop.esante.gouv.fr/ig/document/core/StructureDefinition';

/**
 * A copy of the document, changed at a path.
 *
 * @param path names and indexes
 * @param value `undefined` removes the member
 * @param of the document, or a changed copy
 */
export function changed(path: string, value: unknown, of: unknown = imagingDocument()): unknown {
  const copy = JSON.parse(JSON.stringify(of)) as Changeable;
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at: Changeable = copy;
  for (const step of steps) at = at[step] as unknown as Changeable;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else Reflect.set(at, last, value);
  return copy;
}

/** The fullUrl of an entry; from 77 on, that of no entry. */
export const urn = (index: number): string => `urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6${index}`;

/** A fault by path and value, and its only issue; entries are in the order of the document. */
export const FAULTS: readonly (readonly [name: string, path: string, value: unknown, issue: string])[] = [
  // Entries
  ['a document without identifier', 'identifier', undefined, 'required Bundle.identifier'],
  ['an identifier without system', 'identifier.system', undefined, 'invariant Bundle.identifier'],
  ['no timestamp', 'timestamp', undefined, 'required Bundle.timestamp'],
  [
    'an entry without fullUrl',
    'entry.16',
    { resource: { resourceType: 'Basic', code: { text: 'x' } } },
    'required Bundle.entry[16].fullUrl',
  ],
  [
    'a second entry with the same fullUrl',
    'entry.16',
    { fullUrl: urn(13), resource: { resourceType: 'Basic', code: { text: 'x' } } },
    'invariant Bundle.entry[16].fullUrl',
  ],
  [
    'a fullUrl that is not that of the resource',
    'entry.16',
    { fullUrl: 'https://a.example/Basic/1', resource: { resourceType: 'Basic', id: '2', code: { text: 'x' } } },
    'value Bundle.entry[16].fullUrl',
  ],
  ['a request', 'entry.4.request', { method: 'PUT', url: 'Organization/1' }, 'invariant Bundle.entry[4].request'],
  ['a wrong birth date', 'entry.1.resource.birthDate', '1980-13-01', 'value Bundle.entry[1].resource.birthDate'],
  ['no birth date', 'entry.1.resource.birthDate', undefined, 'required Bundle.entry[1].resource.birthDate'],
  [
    'a code of gender outside its value set',
    'entry.1.resource.gender',
    'femme',
    'code-invalid Bundle.entry[1].resource.gender',
  ],
  [
    'a role without organization',
    'entry.2.resource.organization',
    undefined,
    'required Bundle.entry[2].resource.organization',
  ],
  ['an encounter without period', 'entry.5.resource.period', undefined, 'required Bundle.entry[5].resource.period'],
  ['a location with an unknown property', 'entry.6.resource.nom', 'x', 'structure Bundle.entry[6].resource.nom'],
  ['a device without owner', 'entry.7.resource.owner', undefined, 'required Bundle.entry[7].resource.owner'],
  [
    'a report with a code outside its value set',
    'entry.8.resource.code.coding.0.code',
    'x',
    'code-invalid Bundle.entry[8].resource.code',
  ],
  ['a study without series', 'entry.9.resource.series', undefined, 'required Bundle.entry[9].resource.series'],
  [
    'a study with a wrong laterality',
    'entry.9.resource.series.0.laterality.code',
    'x',
    'code-invalid Bundle.entry[9].resource.series[0].laterality',
  ],
  ['an order without category', 'entry.11.resource.category', undefined, 'required Bundle.entry[11].resource.category'],
  ['an address that is a number', 'entry.14.fullUrl', 14, 'structure Bundle.entry[14].fullUrl'],
  ['no Composition', 'entry.0.resource', { resourceType: 'Basic', code: { text: 'x' } }, 'required Bundle.entry'],
  // References
  [
    'a subject that is no entry',
    'entry.0.resource.subject.reference',
    urn(77),
    'not-found Bundle.entry[0].resource.subject',
  ],
  [
    'a subject of another server',
    'entry.0.resource.subject.reference',
    'https://a.example/Patient/1',
    'not-found Bundle.entry[0].resource.subject',
  ],
  [
    'a relative reference to an entry with a urn',
    'entry.0.resource.custodian.reference',
    'Organization/organization',
    'not-found Bundle.entry[0].resource.custodian',
  ],
  [
    'a section entry that is no entry',
    'entry.0.resource.section.0.entry.1.reference',
    urn(78),
    'not-found Bundle.entry[0].resource.section[0].entry[1]',
  ],
  [
    'a subject of the wrong type',
    'entry.9.resource.subject.reference',
    urn(13),
    'structure Bundle.entry[9].resource.subject',
  ],
  [
    'a type that contradicts the target',
    'entry.9.resource.procedureReference.type',
    'Patient',
    'structure Bundle.entry[9].resource.procedureReference',
  ],
  [
    'a reference of a report to nothing',
    'entry.8.resource.imagingStudy.0.reference',
    urn(79),
    'not-found Bundle.entry[8].resource.imagingStudy[0]',
  ],
  [
    'a reference to nothing contained',
    'entry.12.resource.performer.0.reference',
    '#x',
    'not-found Bundle.entry[12].resource.performer[0]',
  ],
  [
    'a reference that is none',
    'entry.10.resource.subject.reference',
    'patient',
    'value Bundle.entry[10].resource.subject',
  ],
  // Narrative
  [
    'a narrative that is none',
    'entry.0.resource.section.0.text.div',
    'Genou',
    'value Bundle.entry[0].resource.section[0].text.`div`',
  ],
  [
    'a narrative without status',
    'entry.0.resource.section.0.text.status',
    undefined,
    'required Bundle.entry[0].resource.section[0].text.status',
  ],
  [
    'a script',
    'entry.9.resource.text.div',
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>x</p><script>x()</script></div>',
    'invariant Bundle.entry[9].resource.text.`div`',
  ],
  [
    'an event',
    'entry.8.resource.text.div',
    '<div xmlns="http://www.w3.org/1999/xhtml"><p onclick="x()">x</p></div>',
    'invariant Bundle.entry[8].resource.text.`div`',
  ],
  [
    'a narrative without text',
    'entry.1.resource.text.div',
    '<div xmlns="http://www.w3.org/1999/xhtml"><p> </p></div>',
    'invariant Bundle.entry[1].resource.text.`div`',
  ],
  // Extensions
  [
    'a number of frames that is a text',
    'entry.9.resource.series.0.instance.0.extension.0',
    { url: `${SD}/fr-number-of-frames-extension`, valueString: '1' },
    'structure Bundle.entry[9].resource.series[0].instance[0].extension[0].value',
  ],
  [
    'no version of the Composition',
    'entry.0.resource.extension.0.url',
    'https://a.example/x',
    'required Bundle.entry[0].resource.extension',
  ],
  [
    'an author without time',
    'entry.0.resource.author.0.extension.0.url',
    'https://a.example/x',
    'required Bundle.entry[0].resource.author[0].extension',
  ],
  [
    'an unknown modifier extension',
    'entry.10.resource.modifierExtension',
    [{ url: 'https://a.example/x', valueString: 'x' }],
    'extension Bundle.entry[10].resource.modifierExtension[0]',
  ],
];
