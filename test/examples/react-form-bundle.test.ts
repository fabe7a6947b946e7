import { gzipSync } from 'node:zlib';
import { isFRImagingStudyDocument } from 'ans-document-fr-core';
import { JSDOM, VirtualConsole } from 'jsdom';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { bundleOf, scriptOf } from './bundle.js';

let files: ReadonlyMap<string, string> = new Map();
beforeAll(async () => {
  files = await bundleOf('examples/react-form');
});

/** The bundled page in a browser of a language, as a user works with it. */
async function opened(language: string): Promise<{
  readonly printed: readonly string[];
  readonly enter: (values: Readonly<Record<string, string>>) => void;
  readonly save: () => void;
  readonly messageOf: (label: string) => string;
}> {
  const printed: string[] = [];
  const virtualConsole = new VirtualConsole();
  virtualConsole.on('log', (text) => printed.push(String(text)));
  virtualConsole.on('jsdomError', (error) => {
    throw error;
  });
  // jsdom runs no modules: the script, which imports nothing, is run as it is.
  const html = (files.get('/index.html') ?? '').replace(/<script.*?<\/script>/s, '');
  const { window } = new JSDOM(html, { runScripts: 'outside-only', virtualConsole });
  onTestFinished(() => window.close());
  const { document } = window;
  Object.defineProperty(window.navigator, 'language', { value: language });
  window.eval(scriptOf(files));
  await vi.waitFor(() => expect(document.querySelector('form')).not.toBeNull());
  const fieldOf = (label: string): HTMLInputElement | HTMLSelectElement => {
    const id = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === label)?.htmlFor;
    const field = document.getElementById(id ?? '');
    if (field instanceof window.HTMLInputElement || field instanceof window.HTMLSelectElement) return field;
    throw new Error(`no field ${label}`);
  };
  return {
    printed,
    enter: (values) => {
      for (const [label, value] of Object.entries(values)) {
        const field = fieldOf(label);
        // React replaces the setter of the element itself.
        Reflect.set(Object.getPrototypeOf(field) as object, 'value', value, field);
        field.dispatchEvent(new window.Event('input', { bubbles: true }));
        field.dispatchEvent(new window.Event('change', { bubbles: true }));
      }
    },
    save: () => document.querySelector<HTMLButtonElement>('button[type=submit]')?.click(),
    messageOf: (label) => document.getElementById(`${fieldOf(label).id}-message`)?.textContent ?? '',
  };
}

describe('the form bundled by Vite', () => {
  it('has what the form needs: one profile, three value sets', () => {
    const script = scriptOf(files);
    const needed = ['fr-imaging-study-document', 'jdv-modalite-acquisition-cisis', 'ne doit pas être vide'];
    const others = ['fr-bundle-document', 'FRPatientINSDocument', 'jdv-j01', 'react-dom-client.development'];
    expect([...needed, ...others].filter((name) => script.includes(name))).toEqual(needed);
    expect(gzipSync(script, { level: 9 }).length).toBeLessThan(118_000);
  });

  it('is in the language of the browser, and prints a study that conforms', async () => {
    const form = await opened('fr-FR');
    form.save();
    await vi.waitFor(() => expect(form.messageOf('Modalité')).toBe('au moins 1 élément requis, 0 trouvé'));
    expect(form.printed).toEqual([]);
    form.enter({
      'UID de l’étude (urn:oid:…)': 'urn:oid:1.2.250.1.59.1',
      Modalité: 'CT',
      'Patient (Patient/…)': 'Patient/patient-ins',
      'UID de la série': '1.2.250.1.59.1.1',
      Latéralité: '24028007',
      'UID de l’instance 1': '1.2.250.1.59.1.1.1',
      'Classe SOP 1': '1.2.840.10008.5.1.4.1.1.2',
    });
    form.save();
    await vi.waitFor(() => expect(form.printed).toHaveLength(1));
    expect(isFRImagingStudyDocument(JSON.parse(form.printed[0] ?? ''))).toBe(true);
  });

  it('is in English elsewhere', async () => {
    const form = await opened('de');
    form.save();
    await vi.waitFor(() => expect(form.messageOf('Laterality')).toBe('at least 1 required, 0 found'));
  });
});
