// @vitest-environment happy-dom
import { type FRImagingStudyDocument, isFRImagingStudyDocument } from 'ans-document-fr-core';
import type { Element, Window } from 'happy-dom';
import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, onTestFinished } from 'vitest';
import type { FormLanguage } from '../../examples/react-form/labels.js';
import { StudyForm } from '../../examples/react-form/study-form.js';

const { document, HTMLInputElement, HTMLSelectElement } = globalThis as unknown as Window;
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
// Browsers have it; React Hook Form uses it to see whether a select changed before hydration.
Object.defineProperty(HTMLSelectElement.prototype, 'size', { value: 0 });

/** Sets a value as typing does, with the native setter, which React overrides on the element. */
function setValue(field: Element, value: string): void {
  const { prototype } = field instanceof HTMLInputElement ? HTMLInputElement : HTMLSelectElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
}

/** The form as a user sees it, by the labels of its fields. */
async function shown(language: FormLanguage): Promise<{
  readonly studies: readonly FRImagingStudyDocument[];
  readonly enter: (values: Readonly<Record<string, string>>) => Promise<void>;
  readonly press: (button: string) => Promise<void>;
  readonly messages: () => Readonly<Record<string, string>>;
  readonly choices: (label: string) => readonly string[];
}> {
  const container = document.createElement('div');
  document.body.append(container);
  const root = createRoot(container as unknown as Parameters<typeof createRoot>[0]);
  onTestFinished(() => act(() => root.unmount()));
  const studies: FRImagingStudyDocument[] = [];
  await act(() => root.render(createElement(StudyForm, { language, onStudy: (study) => studies.push(study) })));
  const fields = (): Map<string, Element> =>
    new Map(
      [...container.querySelectorAll('label')].map((label) => {
        const field = document.getElementById(label.getAttribute('for') ?? '');
        if (field === null) throw new Error(`no field for ${label.textContent}`);
        return [label.textContent, field];
      }),
    );
  const fieldOf = (label: string): Element => {
    const field = fields().get(label);
    if (field === undefined) throw new Error(`no field ${label}`);
    return field;
  };
  return {
    studies,
    enter: (values) =>
      act(async () => {
        for (const [label, value] of Object.entries(values)) {
          const field = fieldOf(label);
          setValue(field, value);
          field.dispatchEvent(new Event('input', { bubbles: true }) as never);
          field.dispatchEvent(new Event('change', { bubbles: true }) as never);
        }
        await Promise.resolve();
      }),
    press: (text) =>
      act(async () => {
        [...container.querySelectorAll('button')].find(({ textContent }) => textContent === text)?.click();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }),
    messages: () =>
      Object.fromEntries(
        [...fields()].flatMap(([label, field]) => {
          const message = document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
          return message === '' ? [] : [[label, message]];
        }),
      ),
    choices: (label) => [...fieldOf(label).querySelectorAll('option')].map((option) => option.textContent),
  };
}

it('shows the messages of the validator next to the fields, in French', async () => {
  const form = await shown('fr');
  expect(form.messages()).toEqual({});
  await form.press('Enregistrer');
  const required = 'au moins 1 élément requis, 0 trouvé';
  expect(form.messages()).toEqual({
    'UID de l’étude (urn:oid:…)': `slice studyInstanceUid : ${required}`,
    Modalité: required,
    'Patient (Patient/…)': required,
    'UID de la série': required,
    Latéralité: required,
    'UID de l’instance 1': 'ne doit pas être vide',
  });
  expect(form.studies).toEqual([]);
});

it('shows them in English, and removes them when the field is valid', async () => {
  const form = await shown('en');
  await form.enter({ 'Patient (Patient/…)': 'Medication/1', Started: 'yesterday', 'Series UID': '1.2.250.1.59.1.1' });
  await form.press('Save');
  expect(form.messages()).toMatchObject({
    'Patient (Patient/…)': expect.stringContaining('Medication') as string,
    Started: expect.stringContaining('"yesterday"') as string,
  });
  expect(form.messages()).not.toHaveProperty('Series UID');
  await form.enter({ Started: '2026-01-19' });
  expect(form.messages()).not.toHaveProperty('Started');
});

it('creates a study that conforms', async () => {
  const form = await shown('fr');
  expect(form.choices('Latéralité')).toContain('côté droit');
  await form.enter({
    'UID de l’étude (urn:oid:…)': 'urn:oid:1.2.250.1.59.1',
    Modalité: 'CT',
    'Patient (Patient/…)': 'Patient/patient-ins',
    'UID de la série': '1.2.250.1.59.1.1',
    Latéralité: '24028007',
    'UID de l’instance 1': '1.2.250.1.59.1.1.1',
    'Classe SOP 1': '1.2.840.10008.5.1.4.1.1.2',
  });
  await form.press('Enregistrer');
  expect(form.messages()).toEqual({});
  expect(form.studies).toHaveLength(1);
  expect(isFRImagingStudyDocument(form.studies[0])).toBe(true);
  expect(form.studies[0]).toMatchObject({
    status: 'available',
    identifier: [{ system: 'urn:dicom:uid', value: 'urn:oid:1.2.250.1.59.1' }],
    series: [{ laterality: { code: '24028007', display: 'côté droit' }, instance: [{ uid: '1.2.250.1.59.1.1.1' }] }],
  });
});

it('reports an issue of an added instance at that instance', async () => {
  const form = await shown('en');
  await form.press('Add an instance');
  await form.press('Save');
  expect(form.messages()['Instance UID 2']).toBe('must not be empty');
});
