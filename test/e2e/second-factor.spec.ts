import type { Browser } from 'playwright-core';
import { createHmac } from 'node:crypto';
import { describeInBrowser, objections, openBrowser, openWindow, picture, type Trouble } from './browser.js';
import { Scene } from './scene.js';
import { startService, type RunningService } from './service.js';

/** What an authenticator app shows for the letters that the page gives it. */
function shownBy(secret: string, stepsOn = 0): string {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(
    Array.from({ length: bits.length >> 3 }, (_, index) => parseInt(bits.slice(index * 8, index * 8 + 8), 2)),
  );
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(Math.floor(Date.now() / 30_000) + stepsOn, 4);
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describeInBrowser('an authenticator app in the browser', () => {
  const trouble: Trouble = { errors: [], strangers: [] };
  let service: RunningService;
  let browser: Browser;
  const before = process.env['SAJEON_SECOND_FACTOR'];
  beforeAll(async () => {
    process.env['SAJEON_SECOND_FACTOR'] = 'reviewer';
    [service, browser] = await Promise.all([startService(), openBrowser()]);
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['SAJEON_SECOND_FACTOR'];
    else process.env['SAJEON_SECOND_FACTOR'] = before;
    await browser?.close();
    await service?.stop();
  });

  it('is enrolled before a reviewer sees anything, asked for at the next sign-in, and replaced once by a recovery code', async () => {
    const scene = new Scene(service.url);
    await scene.ask('POST', '/v1/users', 'demo-admin', { user: 'p-hong' });
    const user = await scene.until('/v1/users/p-hong', 'demo-admin', () => true);
    const grant = { agency: 'gyeonggi', roles: ['reviewer'], from: '2026-01-01' };
    await scene.ask('POST', '/v1/users/p-hong/grants', 'demo-admin', grant, user['revision']);
    const { password } = await scene.ask('POST', '/v1/users/p-hong/account', 'demo-admin', { login: 'hong' });

    const page = await openWindow(browser, service.url, trouble);
    await page.goto(service.url);
    const enter = async (): Promise<void> => {
      await page.getByLabel('아이디').fill('hong');
      await page.getByLabel('비밀번호').fill(password);
      await page.getByRole('button', { name: '들어가기' }).click();
    };
    await enter();
    await page.getByRole('heading', { name: '인증 앱 등록' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    // Also after the page is loaded again.
    await page.reload();
    await page.getByRole('heading', { name: '인증 앱 등록' }).waitFor();
    await page.getByLabel('비밀번호').fill(password);
    await page.getByRole('button', { name: '등록 시작' }).click();
    const secret = (await page.locator('code').textContent()) ?? '';
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const picturesWidth = await page.getByRole('img').evaluate((image: { naturalWidth: number }) => image.naturalWidth);
    expect(picturesWidth).toBeGreaterThan(0);
    expect(await objections(page)).toEqual([]);
    await picture(page, 'second-factor');
    await page.getByLabel('인증번호').fill('000000');
    await page.getByRole('button', { name: '확인' }).click();
    await page.getByText('인증번호가 맞지 않습니다').first().waitFor();
    await page.getByLabel('인증번호').fill(shownBy(secret));
    await page.getByRole('button', { name: '확인' }).click();
    const codes = ((await page.locator('pre.token').textContent()) ?? '').split('\n');
    expect(codes).toHaveLength(10);
    await page.getByRole('button', { name: '보관했습니다' }).click();
    await page.getByRole('navigation').waitFor();

    await page.goto(`${service.url}/account`);
    await page.getByText('남은 복구 코드 10개').waitFor();
    expect(await objections(page)).toEqual([]);
    await page.context().clearCookies();
    await page.evaluate(() => (globalThis as unknown as { localStorage: { clear(): void } }).localStorage.clear());
    await page.goto(service.url);
    await enter();
    await page.getByText('여섯 자리 인증번호를 적으십시오').first().waitFor();
    await page.getByLabel('인증번호').fill(codes[0] ?? '');
    await page.getByRole('button', { name: '들어가기' }).click();
    await page.getByRole('navigation').waitFor();
    await page.goto(`${service.url}/account`);
    await page.getByText('남은 복구 코드 9개').waitFor();
    expect(trouble).toEqual({ errors: [], strangers: [] });
  });
});
