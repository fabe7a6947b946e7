/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** A form that builds a study, and a field that validates one: everything happens on the page. */
import { french, validateFRImagingStudyDocument } from 'ans-document-fr-core';
import { LATERALITIES, MODALITIES, studyOf } from './study.js';

const uid = find('uid', HTMLInputElement);
const json = find('json', HTMLTextAreaElement);
const modality = choiceOf('modality', MODALITIES);
const laterality = choiceOf('laterality', LATERALITIES);

find('study', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  json.value = JSON.stringify(studyOf({ uid: uid.value, modality: modality(), laterality: laterality() }), null, 2);
  check();
});
find('check', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  check();
});

/** Validates the content of the field; messages are in the language of the browser. */
function check(): void {
  const language = navigator.language.startsWith('fr') ? french : 'en';
  const lines = issuesOf(json.value, language);
  const verdict = find('verdict', HTMLElement);
  verdict.textContent = lines.length === 0 ? 'none: it conforms to FRImagingStudyDocument' : `${lines.length}:`;
  const items = lines.map((line) => {
    const item = document.createElement('li');
    item.textContent = line;
    return item;
  });
  find('issues', HTMLElement).replaceChildren(...items);
}

function issuesOf(text: string, language: typeof french | 'en'): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [String(error)];
  }
  return validateFRImagingStudyDocument(value, { language }).map(
    ({ severity, expression, diagnostics }) => `${severity}: ${expression}: ${diagnostics}`,
  );
}

/** Fills a list, and returns the selected value. */
function choiceOf<K extends string>(id: string, values: Readonly<Record<K, unknown>>): () => K {
  const select = find(id, HTMLSelectElement);
  const names: K[] = [];
  for (const name in values) {
    names.push(name);
    select.add(new Option(name));
  }
  return () => {
    const name = names[select.selectedIndex];
    if (name === undefined) throw new Error(`nothing is chosen for ${id}`);
    return name;
  };
}

function find<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no #${id}`);
  return found;
}
