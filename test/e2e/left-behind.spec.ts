import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, openBrowser, openWindow, signIn, type Trouble } from './browser.js';
import { startService, type RunningService } from './service.js';

const TITLE = '아무도 모르는 새 청사 예약';

describeInBrowser('what stays in a browser that several people use', () => {
  const trouble: Trouble = { errors: [], strangers: [] };
  let service: RunningService;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  /** All that the browser holds for scripts, as text. */
  const stored = (page: Page): Promise<string> =>
    page.evaluate(() => {
      const { localStorage, sessionStorage } = globalThis as unknown as Record<string, Record<string, string>>;
      return JSON.stringify([{ ...localStorage }, { ...sessionStorage }]);
    });
  const leave = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: '나가기' }).click();
    await page.getByRole('button', { name: '들어가기' }).waitFor();
  };
  const typed = (page: Page): Promise<string> => page.getByLabel('사업명').inputValue();

  it('is illegible once somebody has signed out, and comes back to them alone', async () => {
    const page = await openWindow(browser, service.url, trouble);
    await signIn(page, service.url, '수원시 정보통신과');
    await page.goto(`${service.url}/plans/new`);
    await page.getByLabel('사업명').fill(TITLE);
    // Out at once: what was typed last is not lost either.
    await leave(page);
    expect(await stored(page)).toMatch(/sajeon-draft:[\w+/=]{20,}":"[\w+/=]+\.[\w+/=]+"/);
    for (const legible of [TITLE, JSON.stringify(TITLE).slice(1, -1), 'title', 'suwon'])
      expect({ legible, is: (await stored(page)).includes(legible) }).toEqual({ legible, is: false });
    expect(await page.content()).not.toContain(TITLE);

    // Another person at the same machine.
    await signIn(page, service.url, '성남시');
    await page.goto(`${service.url}/plans/new`);
    expect(await typed(page)).toBe('');
    await leave(page);

    // The same person, also after the window was closed and the page loaded anew.
    await signIn(page, service.url, '수원시 정보통신과');
    await page.goto(`${service.url}/plans/new`);
    expect(await typed(page)).toBe(TITLE);
    await page.reload();
    await page.getByLabel('사업명').waitFor();
    expect(await typed(page)).toBe(TITLE);
    expect(await stored(page)).not.toContain(TITLE);
    expect(trouble).toEqual({ errors: [], strangers: [] });
  });
});
