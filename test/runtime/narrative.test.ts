import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { narrativeFault } from '../../templates/runtime/narrative.js';
import { validate } from '../../templates/runtime/validate.js';
import { sample, sampleProfile } from './sample.js';

const NS = 'xmlns="http://www.w3.org/1999/xhtml"';
const EXAMPLES = new URL('../../../shared/fhir-cache/hl7.fhir.r4.core#4.0.1/package/', import.meta.url);

const messageOf = (div: unknown): string | undefined =>
  validate(sampleProfile(), sample({ text: { status: 'generated', div } }))
    .map(({ expression, diagnostics }) => `${expression}: ${diagnostics}`)
    .join('\n');

describe('a narrative', () => {
  it.each([
    `<div ${NS}>x</div>`,
    '<div>x</div>',
    ` <div>x</div>\n`,
    `<div><p class='a' style="color: red" id="p1">x<br/>y &amp; z &#233; &#xE9; &nbsp;</p></div>`,
    '<div><img src="#logo" alt="x"/></div>',
    '<div><img src="data:image/png;base64,AAAA" alt="x"/></div>',
    '<div><a href="https://example.org/?a=1&amp;b=2" name="x">x</a></div>',
    '<div><table border="1" summary="s"><thead><tr><th colspan="2" scope="col">x</th></tr></thead></table></div>',
    '<div><!-- a comment < & --><![CDATA[a < b]]></div>',
    '<div><div xml:lang="fr" lang="fr" data-fhir="x"><span>é</span></div></div>',
  ])('may be %s', (div) => {
    expect(messageOf(div)).toBe('');
  });

  it.each([
    ['<div></div>', 'txt-2: a narrative must have text or an image'],
    ['<div/>', 'txt-2: a narrative must have text or an image'],
    ['<div> <p>&nbsp;</p><!-- x --> </div>', 'txt-2: a narrative must have text or an image'],
    ['<div><script>x</script></div>', 'txt-1: a narrative must not have <script>'],
    ['<div><SCRIPT>x</SCRIPT></div>', 'txt-1: a narrative must not have <SCRIPT>'],
    ['<div><iframe src="x">x</iframe></div>', 'txt-1: a narrative must not have <iframe>'],
    ['<div><form>x</form></div>', 'txt-1: a narrative must not have <form>'],
    ['<div><u>x</u></div>', 'txt-1: a narrative must not have <u>'],
    ['<div><del>x</del></div>', 'txt-1: a narrative must not have <del>'],
    ['<div onclick="x()">x</div>', 'txt-1: a narrative must not have onclick'],
    ['<div><img onerror="x"/></div>', 'txt-1: a narrative must not have onerror'],
    ['<div><p href="x">x</p></div>', 'txt-1: a narrative must not have href'],
    ['<div><a href="javascript:x()">x</a></div>', 'txt-1: a narrative must not have href="javascript:x()"'],
    ['<div><a href=" java&#x0A;script:x">x</a></div>', 'txt-1: a narrative must not have href=" java&#x0A;script:x"'],
    ['<div><a href="&#106;avascript&colon;x">x</a></div>', /^txt-1/],
    ['<div><a href="data:text/html,x">x</a></div>', /^txt-1/],
    ['<div xmlns="http://www.w3.org/2000/svg">x</div>', /^txt-1/],
    ['x', 'not well-formed XHTML at "x"'],
    ['<p>x</p>', 'not well-formed XHTML at "<p>x</p>"'],
    ['<div>x', 'not well-formed XHTML at "<div>x"'],
    ['<div><p>x</div>', 'not well-formed XHTML at "</div>"'],
    ['<div>x</div><div>y</div>', 'not well-formed XHTML at "<div>y</div>"'],
    ['<div>x</div>y', 'not well-formed XHTML at "y"'],
    ['<div>a & b</div>', 'not well-formed XHTML at "& b</div>"'],
    ['<div>a < b</div>', 'not well-formed XHTML at "< b</div>"'],
    ['<div class=a>x</div>', 'not well-formed XHTML at "<div class=a>x</div>"'],
    ['<div class="a" class="b">x</div>', /^not well-formed/],
    ['<!DOCTYPE div [<!ENTITY x SYSTEM "file:///etc/passwd">]><div>&x;</div>', /^not well-formed/],
    ['<?xml version="1.0"?><div>x</div>', /^not well-formed/],
    ['', /^not well-formed/],
  ])('may not be %s', (div, expected) => {
    const found = messageOf(div)?.replace(/^Sample\.text\.`div`: /, '');
    if (typeof expected === 'string') expect(found).toBe(expected);
    else expect(found).toMatch(expected);
  });

  it('must be a string', () => {
    expect(messageOf(1)).toBe('Sample.text.`div`: must be a string, found 1');
  });

  it.each([
    ['an open comment', '<div>' + '<!-- '.repeat(200_000)],
    ['open tags', '<div>'.repeat(200_000)],
    ['endless attributes', `<div ${'a="" '.repeat(200_000)}`],
    ['spaces in a tag', `<div${' '.repeat(1_000_000)}<`],
    ['a long name', `<div ${'a'.repeat(1_000_000)}`],
    ['ampersands', `<div>${'&amp;'.repeat(200_000)}&`],
  ])('is read in linear time: %s', (_, text) => {
    expect(narrativeFault(text)).toMatchObject({ rule: expect.stringMatching(/malformed|txt-1/) as unknown });
  });

  // The package is not part of the repository.
  it('follows the definitions of FHIR', () => {
    let count = 0;
    const folder = EXAMPLES;
    let files: readonly string[];
    try {
      files = readdirSync(folder).filter((name) =>
        /^(?:SearchParameter|CodeSystem|ValueSet|StructureDefinition)-a/.test(name),
      );
    } catch {
      return;
    }
    for (const file of files) {
      const { text } = JSON.parse(readFileSync(new URL(encodeURIComponent(file), folder), 'utf8')) as {
        text?: { div?: string };
      };
      if (text?.div === undefined) continue;
      count++;
      expect(narrativeFault(text.div), file).toBeUndefined();
    }
    expect(count).toBeGreaterThan(50);
  });
});
