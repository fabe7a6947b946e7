import Handlebars from 'handlebars';
import type { DocLanguage } from './words.js';

/** Templates by name (`profile`, `value-set`), as text. */
export type TemplateTexts = ReadonlyMap<string, string>;

/** Renders a template by name. */
export type RenderTemplate = (name: string, view: object) => string;

/**
 * Compiles templates. They only loop over their input: a view contains finished source text, so nothing is escaped and
 * there are no helpers.
 *
 * @param texts all templates; each is a partial of the others
 * @param language of the fixed sentences: `@fr` is true in French
 * @throws Error for a missing template: a defect of the generator
 */
export function compileTemplates(texts: TemplateTexts, language: DocLanguage = 'en'): RenderTemplate {
  const environment = Handlebars.create();
  for (const [name, text] of texts) environment.registerPartial(name, text);
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  return (name, view) => {
    const text = texts.get(name);
    if (text === undefined) throw new Error(`there is no template "${name}"`);
    const template = compiled.get(name) ?? environment.compile(text, { noEscape: true, strict: false });
    compiled.set(name, template);
    return template(view, { allowProtoPropertiesByDefault: false, data: { fr: language === 'fr' } });
  };
}
