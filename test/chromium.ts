import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, launch, type Page } from 'puppeteer-core';

/** Where Chromium is on the machines that people have. */
const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser that tests run: `CHROMIUM`, or what stands at one of the usual paths; nothing where there is none. */
export const CHROMIUM: string | undefined = process.env['CHROMIUM'] ?? USUAL.find((path) => existsSync(path));

/** For the title of tests that are skipped without a browser. */
export const NEEDS_CHROMIUM = 'skipped where there is no Chromium: set CHROMIUM to its path';

/** Starts the browser without a window. */
export async function launchChromium(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error(NEEDS_CHROMIUM);
  // Root, as in containers, has no sandbox; the pages are the project's own.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return launch({ executablePath: CHROMIUM, args: [...args, '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** How a page is seen. */
export interface View {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** A phone and a desk, by day and by night. */
export const VIEWS: readonly View[] = [
  { width: 360, scheme: 'light' },
  { width: 360, scheme: 'dark' },
  { width: 1280, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
];

/**
 * A new tab in such a view. What the page writes to its console, and errors of its script, are kept.
 *
 * @param browser see {@link launchChromium}
 * @param view see there
 * @returns the tab, and the messages so far
 */
export async function openTab(
  browser: Browser,
  { width, scheme }: View,
): Promise<{ readonly page: Page; readonly messages: readonly string[] }> {
  const page = await browser.newPage();
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  return { page, messages };
}

/**
 * Rules of accessibility that a page breaks, with where.
 *
 * @param page any
 */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // By the protocol of the debugger, which no policy of the page forbids.
  await page.evaluate(readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
  const found = await page.evaluate(`axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>
    id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 120) + ' ' + failureSummary).join('; ')))`);
  return found as readonly string[];
}

/**
 * Keeps a picture of a page for people, in the folder `SCREENSHOTS` or in one below the system's temporary folder.
 *
 * @param page any
 * @param name of the file, without its ending
 */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'fhir-profile-codegen-screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
