import type { Browser, Page } from 'playwright-core';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { createHmac } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { RunningProvider, SECRET, STRONG } from '../stories/running-provider.js';
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

function addressOf({ config: { host, port, user, password, database } }: FreshDatabase): string {
  return `postgres://${user}:${password ?? ''}@/${database}?host=${encodeURIComponent(host ?? '')}&port=${port ?? 5432}`;
}

describeInBrowser('an authenticator app in the browser', () => {
  const trouble: Trouble = { errors: [], strangers: [] };
  let service: RunningService;
  let browser: Browser;
  let database: FreshDatabase;
  let pool: Pool;
  beforeAll(async () => {
    // One that the journey can reach too, to let time pass.
    database = await freshDatabase();
    pool = new Pool({ ...database.config, max: 1 });
    const env = { SAJEON_SECOND_FACTOR: 'reviewer', DATABASE_URL: addressOf(database) };
    [service, browser] = await Promise.all([startService(env), openBrowser()]);
  });
  afterAll(async () => {
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
    await end.first().waitFor({ state: 'detached' });
    await elsewhere.reload();
    await elsewhere.getByRole('button', { name: '들어가기' }).waitFor();
    expect(trouble).toEqual({ errors: [], strangers: [] });
  });
});

describeInBrowser('signing in at the provider in the browser', () => {
  const trouble: Trouble = { errors: [], strangers: [] };
  let provider: RunningProvider;
  let service: RunningService;
  let browser: Browser;
  let database: FreshDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await freshDatabase();
    pool = new Pool({ ...database.config, max: 1 });
    // The provider must know beforehand where to send people back to.
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    provider = await RunningProvider.start(`${url}/v1/sign-in/provider/answer`);
    const env = {
      ...{ SAJEON_SECOND_FACTOR: 'reviewer', DATABASE_URL: addressOf(database), PORT: String(port), SAJEON_PUBLIC_URL: url },
      ...{ SAJEON_OIDC_ISSUER: provider.issuer, SAJEON_OIDC_CLIENT_ID: 'sajeon', SAJEON_OIDC_CLIENT_SECRET: SECRET },
      SAJEON_OIDC_ACR: STRONG,
    };
    [service, browser] = await Promise.all([startService(env), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    await provider?.stop();
    await pool?.end();
    await database?.drop();
  });

  /** Through the provider's own pages. */
  async function asks(page: Page, login: string): Promise<void> {
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${service.url}/**`);
  }

  it('leads to a stronger sign-in where the role takes one, and asks there once more before a sign-in elsewhere is ended', async () => {
    const page = await openWindow(browser, service.url, trouble);
    await page.goto(service.url);
    await page.getByRole('link', { name: '기관 통합로그인으로 들어가기' }).click();
    await asks(page, 'kim+pwd');
    await page.getByRole('button', { name: '들어가기' }).waitFor();
    const { rows } = await pool.query<{ person: string }>(`select person from identity_session where method = 'provider'`);
    const person = rows[0]?.person ?? '';
    const scene = new Scene(service.url);
    await scene.ask('POST', '/v1/users', 'demo-admin', { user: person });
    const user = await scene.until(`/v1/users/${person}`, 'demo-admin', () => true);
    const grant = { agency: 'gyeonggi', roles: ['reviewer'], from: '2026-01-01' };
    await scene.ask('POST', `/v1/users/${person}/grants`, 'demo-admin', grant, user['revision']);

    await page.getByRole('link', { name: '기관 통합로그인으로 들어가기' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: '더 강한 인증으로 로그인' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await objections(page)).toEqual([]);
    await picture(page, 'sign-in-stronger');
    await page.getByRole('link', { name: '통합로그인에서 다시 로그인' }).click();
    await asks(page, 'kim+otp');
    await page.getByRole('navigation').waitFor();

    const elsewhere = await openWindow(browser, service.url, trouble);
    await elsewhere.goto(service.url);
    await elsewhere.getByRole('link', { name: '기관 통합로그인으로 들어가기' }).click();
    await asks(elsewhere, 'kim+otp');
    await elsewhere.getByRole('navigation').waitFor();

    await page.goto(`${service.url}/account`);
    await pool.query(`update identity_session set proved_at = now() - interval '1 hour'`);
    const ends = page.getByRole('button', { name: /로그인 끝내기/ });
    await ends.first().waitFor();
    expect(await ends.count()).toBe(1);
    await ends.first().click();
    await page.getByRole('dialog', { name: '본인 확인' }).getByRole('link', { name: '통합로그인에서 확인하기' }).click();
    await asks(page, 'kim+otp');
    await page.waitForURL(`${service.url}/account`);
    await ends.first().waitFor();
    await ends.first().click();
    await page.getByText('로그인을 끝냈습니다.').waitFor();
    await ends.first().waitFor({ state: 'detached' });

    // An answer that is none of ours is told in words.
    await page.context().clearCookies();
    await page.goto(`${service.url}/v1/sign-in/provider/answer?state=made-up&code=x`);
    await page.getByText('기관 통합로그인에서 확인되지 않아 들어오지 못했습니다').waitFor();
    expect(await objections(page)).toEqual([]);
    // The provider's own pages would have a typeface from the internet.
    expect(trouble.errors.filter((error) => !/ERR_(NAME_NOT_RESOLVED|INTERNET_DISCONNECTED)/.test(error))).toEqual([]);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
