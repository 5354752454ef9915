import type { Browser } from 'playwright-core';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { createHmac } from 'node:crypto';
import { Pool } from 'pg';
import { describeInBrowser, objections, openBrowser, openWindow, picture, signIn, type Trouble } from './browser.js';
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
  let database: FreshDatabase;
  let pool: Pool;
  const before = { ...process.env };
  beforeAll(async () => {
    process.env['SAJEON_SECOND_FACTOR'] = 'reviewer';
    // One that the journey can reach too, to let time pass.
    database = await freshDatabase();
    const { host, port, user, password, database: name } = database.config;
    process.env['DATABASE_URL'] =
      `postgres://${user}:${password ?? ''}@/${name}?host=${encodeURIComponent(host ?? '')}&port=${port ?? 5432}`;
    pool = new Pool({ ...database.config, max: 1 });
    [service, browser] = await Promise.all([startService(), openBrowser()]);
  });
  afterAll(async () => {
    for (const name of ['SAJEON_SECOND_FACTOR', 'DATABASE_URL']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await browser?.close();
    await service?.stop();
    await pool?.end();
    await database?.drop();
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
    let own: string = password;
    const enter = async (): Promise<void> => {
      await page.getByLabel('아이디').fill('hong');
      await page.getByLabel('비밀번호').fill(own);
      await page.getByRole('button', { name: '들어가기' }).click();
    };
    await enter();
    // First a password of one's own, also after the page is loaded again.
    await page.getByRole('heading', { name: '새 비밀번호 정하기' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.reload();
    await page.getByRole('heading', { name: '새 비밀번호 정하기' }).waitFor();
    expect(await objections(page)).toEqual([]);
    await picture(page, 'first-password');
    await page.getByLabel('지금 비밀번호').fill(password);
    await page.getByLabel('새 비밀번호', { exact: true }).fill('sajeon-sajeon-1');
    await page.getByLabel('새 비밀번호 한 번 더').fill('sajeon-sajeon-1');
    await page.getByRole('button', { name: '비밀번호 바꾸기' }).click();
    await page.getByText('누구나 먼저 넣어 볼 비밀번호입니다').first().waitFor();
    own = '호수 우산 열쇠 구름 기차';
    await page.getByLabel('새 비밀번호', { exact: true }).fill(own);
    await page.getByLabel('새 비밀번호 한 번 더').fill(own);
    await page.getByRole('button', { name: '비밀번호 바꾸기' }).click();
    await page.getByRole('heading', { name: '인증 앱 등록' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    // Also after the page is loaded again.
    await page.reload();
    await page.getByRole('heading', { name: '인증 앱 등록' }).waitFor();
    await page.getByLabel('비밀번호').fill(own);
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

  it('and the password are asked for once more before a sign-in elsewhere is ended, which then ends by itself', async () => {
    const [page, elsewhere] = [await openWindow(browser, service.url, trouble), await openWindow(browser, service.url, trouble)];
    for (const each of [page, elsewhere]) await signIn(each, service.url, '경기도 검토자');
    await page.goto(`${service.url}/account`);
    await pool.query(`update identity_session set proved_at = now() - interval '1 hour'`);
    const end = page.getByRole('button', { name: /로그인 끝내기/ });
    await end.first().click();
    const dialog = page.getByRole('dialog', { name: '본인 확인' });
    await dialog.waitFor();
    expect(await objections(page)).toEqual([]);
    await picture(page, 'prove-again');
    // Who would rather not is told why nothing happened.
    await dialog.getByRole('button', { name: '그만두기' }).click();
    await page.getByText('본인임을 다시 확인해야 하는 일입니다').first().waitFor();
    expect(await end.count()).toBe(1);
    await end.first().click();
    await dialog.getByLabel('비밀번호').fill('wrong');
    await dialog.getByRole('button', { name: '확인' }).click();
    await dialog.getByText('비밀번호나 인증번호가 맞지 않습니다').first().waitFor();
    await dialog.getByLabel('비밀번호').fill('demo-gyeonggi-reviewer');
    await dialog.getByRole('button', { name: '확인' }).click();
    await page.getByText('로그인을 끝냈습니다.').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    expect(await end.count()).toBe(0);
    await elsewhere.reload();
    await elsewhere.getByRole('button', { name: '들어가기' }).waitFor();
    expect(trouble).toEqual({ errors: [], strangers: [] });
  });
});
