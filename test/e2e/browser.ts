import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const CHROMIUM = process.env['CHROMIUM'] ?? PLACES.find((place) => existsSync(place)) ?? '/usr/bin/chromium';
const MISSING = `no browser at ${CHROMIUM}: apt-get install chromium fonts-noto-cjk, or name another one in the environment variable CHROMIUM`;
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 A and AA, and what axe holds to be good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PICTURES = join(__dirname, '..', '..', 'docs', 'screens');

/**
 * A story told in a real Chromium. CI must have one. Elsewhere its absence is reported loudly as skipped, never as passed: a newcomer's
 * machine need not have a browser for everything else to be tested.
 */
export function describeInBrowser(story: string, steps: () => void): void {
  if (existsSync(CHROMIUM) || process.env['CI']) {
    describe(story, steps);
    return;
  }
  const notTested = `${story}: NOT TESTED, ${MISSING}`;
  describe.skip(notTested, steps);
  // the summary of a long run counts skipped tests and does not name them
  process.stderr.write(`\nSKIPPED: ${notTested}\n`);
}

export function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error(MISSING);
  return chromium.launch({
    executablePath: CHROMIUM,
    // Date fields are drawn in the language of the machine.
    env: { ...process.env, LANGUAGE: 'ko' },
    args: [
      '--no-sandbox',
      '--lang=ko-KR',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** What no journey may cause: collected while it runs, looked at when it is over. */
export interface Trouble {
  readonly errors: string[];
  readonly strangers: string[];
}

/** A refusal that the page shows to the person is logged by Chromium as an error too; those are told from ours by their status. */
const SHOWN_REFUSAL = /^Failed to load resource: the server responded with a status of 4\d\d/;

export async function openWindow(
  browser: Browser,
  origin: string,
  trouble: Trouble,
  options: { readonly width?: number; readonly height?: number } = {},
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    locale: 'ko-KR',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(45_000);
  context.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) trouble.strangers.push(request.url());
  });
  context.on('weberror', (error) => trouble.errors.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' && !SHOWN_REFUSAL.test(message.text())) trouble.errors.push(message.text());
  });
  return context.newPage();
}

/** So many days from today: what is due must lie ahead whenever the journeys run. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** By one press on the sign-in page. */
export async function signIn(page: Page, origin: string, who: string): Promise<void> {
  await page.goto(origin);
  await page.getByRole('button', { name: who }).click();
  await page.getByRole('navigation').waitFor();
}

/** Until no part of the page waits for an answer any more. The page's own policy forbids it to evaluate what a test would have it wait for. */
export async function settled(page: Page): Promise<void> {
  while ((await page.locator('.waiting').count()) > 0) await page.waitForTimeout(20);
}

/** @returns what axe objects to on the page as it stands, one line each; none when it is accessible */
export async function objections(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    interface Found {
      readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
    }
    const { axe } = globalThis as unknown as { axe: { run(where: unknown, options: object): Promise<Found> } };
    const { document } = globalThis as unknown as { document: unknown };
    const { violations } = await axe.run(document, { runOnly: rules });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  }, RULES);
}

/** Presses Tab until the element has the focus, as somebody without a mouse would. */
export async function tabTo(page: Page, target: Locator, most = 120): Promise<void> {
  for (let pressed = 0; pressed < most; pressed++) {
    if (
      await target.evaluate(
        (element: { ownerDocument: { activeElement: unknown } }) => element.ownerDocument.activeElement === element,
      )
    )
      return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by ${most} presses of Tab: ${target}`);
}

/** With SAJEON_SCREENS=yes the journeys also take the pictures of docs/screens. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['SAJEON_SCREENS'] !== 'yes') return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}
