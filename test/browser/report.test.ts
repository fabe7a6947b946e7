import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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
import { manyChanges, pageText, SAMPLE } from '../diff/page-sample.js';
import { folderOfTests } from '../folders.js';

const DESK = { width: 1280, scheme: 'light' } as const;

describe.skipIf(CHROMIUM === undefined)(`HTML reports in a browser (${NEEDS_CHROMIUM})`, () => {
  let folder = '';
  const urlOf = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return pathToFileURL(path).href;
  };
  let report = '';
  let browser: Browser;
  beforeAll(async () => {
    folder = folderOfTests();
    report = urlOf('report.html', pageText());
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });

  const shownRows = (page: Page): Promise<number> =>
    page.$$eval('main tbody > tr', (rows) => rows.filter((row) => row.closest('[hidden]') === null).length);
  const results = (page: Page): Promise<string> => page.$eval('#results', (node) => node.textContent);

  it.each(VIEWS)('has no finding of axe, and cuts nothing off: $width px, $scheme', async (view) => {
    const { page, messages } = await openTab(browser, view);
    await page.goto(report);
    await keepScreenshot(page, `report-${view.scheme}-${view.width}`);
    // Checked with all sections unfolded.
    await page.$$eval('details', (all) => {
      for (const details of all) details.open = true;
    });
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(view.width);
    expect(messages).toEqual([]);
    await page.close();
  });

  it('moves the focus to every control, in order and visibly, with Tab', async () => {
    const { page } = await openTab(browser, DESK);
    await page.goto(report);
    const expected = await page.$$eval('a[href], input, select, button, summary', (all) =>
      all.filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 80)),
    );
    const walked: string[] = [];
    for (let step = 0; step <= expected.length; step++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const node = document.activeElement;
        if (node === null || node === document.body) return undefined;
        const { outlineStyle, outlineWidth } = getComputedStyle(node);
        const { bottom, top, right, left } = node.getBoundingClientRect();
        const isSeen = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
        const isMarked = isSeen && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
        return { text: node.outerHTML.slice(0, 80), isMarked };
      });
      if (at === undefined) break;
      expect(at).toEqual({ text: at.text, isMarked: true });
      walked.push(at.text);
    }
    expect(expected.length).toBeGreaterThan(15);
    expect(walked).toEqual(expected);
    await page.close();
  });

  it('works by keyboard: skip link, search, filter, reset, unfold, follow links', async () => {
    const { page } = await openTab(browser, DESK);
    await page.goto(report);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('changes');

    await page.focus('#query');
    await page.keyboard.type('beta');
    await page.waitForFunction(`document.querySelector('#results').textContent.includes(' of ')`);
    expect([await shownRows(page), await results(page)]).toEqual([2, '2 of 9 changes, in 1 place']);

    await page.focus('button[type=reset]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(`document.querySelector('#results').textContent === '9 changes'`);
    expect(await shownRows(page)).toBe(SAMPLE.length);

    await page.focus('[name=impact][value=documentation]');
    await page.keyboard.press('Space');
    await page.focus('#write');
    await page.keyboard.type('fails');
    await page.waitForFunction(`document.querySelector('#results').textContent.startsWith('1 of')`);
    expect(await shownRows(page)).toBe(1);
    await keepScreenshot(page, 'report-filtered');
    await page.focus('button[type=reset]');
    await page.keyboard.press('Space');
    await page.waitForFunction(`document.querySelector('#results').textContent === '9 changes'`);

    await page.focus('.types summary');
    await page.keyboard.press('Enter');
    expect(await page.$eval('.types', (details) => (details as HTMLDetailsElement).open)).toBe(true);
    await keepScreenshot(page, 'report-types');

    await page.focus('nav .branch:nth-of-type(2) summary');
    await page.keyboard.press('Enter');
    await page.focus('nav .branch:nth-of-type(2) a');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.querySelector('h3')?.textContent)).toMatch(/^Gamma/);
    await page.close();
  });

  it('shows the whole report where scripts are disabled', async () => {
    const { page } = await openTab(browser, DESK);
    await page.setJavaScriptEnabled(false);
    await page.goto(report);
    expect(await shownRows(page)).toBe(SAMPLE.length);
    expect(await page.$eval('#filters', (form) => form.checkVisibility())).toBe(false);
    await page.close();
  });

  it('executes only its own script, even if a text was not escaped', async () => {
    const { page, messages } = await openTab(browser, DESK);
    const broken = pageText().replace(
      '<main',
      '<script>document.title = "run"</script><img src=x onerror="document.title = 1"><main',
    );
    await page.goto(urlOf('broken.html', broken));
    expect(await page.title()).toBe('guide#1.0.0 → guide#2.0.0');
    expect(await results(page)).toBe('9 changes');
    expect(messages.join('\n')).toContain('Content Security Policy');
    await page.close();
  });

  it('filters a thousand changes', async () => {
    const { page } = await openTab(browser, DESK);
    await page.goto(urlOf('many.html', pageText(manyChanges(1000))));
    await page.evaluate(() => {
      const query = document.querySelector<HTMLInputElement>('#query');
      if (query !== null) query.value = 'hues';
      document.querySelector('#filters')?.dispatchEvent(new Event('submit', { cancelable: true }));
    });
    expect(await results(page)).toBe('250 of 1000 changes, in 50 places');
    await page.close();
  });
});
