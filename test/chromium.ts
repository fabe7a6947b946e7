import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, launch, type Page } from 'puppeteer-core';

/** The usual paths of Chromium. */
const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser for tests: `CHROMIUM`, or the first of the usual paths that exists; `undefined` if there is none. */
export const CHROMIUM: string | undefined = process.env['CHROMIUM'] ?? USUAL.find((path) => existsSync(path));

/** For the titles of tests that are skipped without a browser. */
export const NEEDS_CHROMIUM = 'skipped where there is no Chromium: set CHROMIUM to its path';

/** Starts the browser in headless mode. */
export async function launchChromium(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error(NEEDS_CHROMIUM);
  // As root, for example in containers, there is no sandbox; the pages are the project's own.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return launch({ executablePath: CHROMIUM, args: [...args, '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** A size of the window and a colour scheme. */
export interface View {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** A phone and a desktop, in light and dark mode. */
export const VIEWS: readonly View[] = [
  { width: 360, scheme: 'light' },
  { width: 360, scheme: 'dark' },
  { width: 1280, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
];

/**
 * A new tab in the given view, which collects console messages and errors of scripts.
 *
 * @param browser see {@link launchChromium}
 * @param view see {@link View}
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
 * Accessibility rules that a page breaks, with the places.
 *
 * @param page any
 */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // Through the protocol of the debugger, which the policy of the page does not restrict.
  await page.evaluate(readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
  const found = await page.evaluate(`axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>
    id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 120) + ' ' + failureSummary).join('; ')))`);
  return found as readonly string[];
}

/**
 * Saves a screenshot of a page to the folder `SCREENSHOTS` or to one below the system's temporary folder.
 *
 * @param page any
 * @param name of the file, without extension
 */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'] ?? join(tmpdir(), 'fhir-profile-codegen-screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
