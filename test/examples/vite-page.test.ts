import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { isFRImagingStudyDocument } from 'ans-document-fr-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  axeViolations,
  CHROMIUM,
  keepScreenshot,
  launchChromium,
  NEEDS_CHROMIUM,
  openTab,
  VIEWS,
} from '../chromium.js';
import { bundleOf, scriptOf } from './bundle.js';

/** Files of the bundled page, by their path. */
let files: ReadonlyMap<string, string> = new Map();

beforeAll(async () => {
  files = await bundleOf('examples/vite-page');
});

describe('a page bundled by Vite', () => {
  it('has a policy without unsafe-eval and unsafe-inline, and no code that needs them', () => {
    const page = files.get('/index.html') ?? '';
    expect(page).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(page).not.toMatch(/unsafe-|<script(?![^>]* src=)|<style| on\w+=| style=/);
    expect(scriptOf(files)).not.toMatch(/\beval\s*\(|\bnew Function\b|\bFunction\s*\(/);
  });

  it('has one script of at most 36 KB, compressed', () => {
    expect(gzipSync(scriptOf(files), { level: 9 }).length).toBeLessThan(36_000);
  });
});

describe.skipIf(CHROMIUM === undefined)(`the page in a browser (${NEEDS_CHROMIUM})`, () => {
  const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
  let browser: Browser;
  let server: Server;
  let address = '';
  beforeAll(async () => {
    server = createServer(({ url = '/' }, response) => {
      const path = url === '/' ? '/index.html' : url;
      const type = Object.entries(TYPES).find(([ending]) => path.endsWith(`.${ending}`))?.[1];
      const text = files.get(path);
      response.writeHead(text === undefined ? 404 : 200, { 'content-type': `${type ?? 'text/plain'}; charset=utf-8` });
      response.end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  const verdictOf = (page: Page): Promise<string> => page.$eval('#verdict', (node) => node.textContent);
  const jsonOf = (page: Page): Promise<string> => page.$eval('#json', (node) => (node as HTMLTextAreaElement).value);

  it('creates a study that conforms, and reports the issues of one that does not', async () => {
    const { page, messages } = await openTab(browser, { width: 1280, scheme: 'light' });
    await page.goto(address);
    await page.select('#modality', 'Magnetic resonance');
    await page.select('#laterality', 'right');
    await page.click('#study button');
    expect(await verdictOf(page)).toBe('none: it conforms to FRImagingStudyDocument');
    const study: unknown = JSON.parse(await jsonOf(page));
    expect(isFRImagingStudyDocument(study)).toBe(true);
    expect(study).toMatchObject({ modality: [{ code: 'MR' }], series: [{ laterality: { code: '24028007' } }] });

    await page.$eval('#json', (node) => {
      const field = node as HTMLTextAreaElement;
      field.value = field.value.replace('"available"', '"lost"');
    });
    await page.click('#check button');
    expect(await verdictOf(page)).toBe('1:');
    expect(await page.$$eval('#issues li', (items) => items.map((item) => item.textContent))).toEqual([
      expect.stringContaining('ImagingStudy.status') as string,
    ]);
    await keepScreenshot(page, 'vite-page');
    // No violation of the policy, and no other error.
    expect(messages.filter((message) => !message.includes('favicon'))).toEqual([]);
    await page.close();
  });

  it.each(VIEWS)('has no finding of axe: $width px, $scheme', async (view) => {
    const { page } = await openTab(browser, view);
    await page.goto(address);
    await page.click('#study button');
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(view.width);
    await page.close();
  });
});
