import type { Browser, Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { describeInBrowser, inDays, objections, openBrowser, openWindow, picture, signIn, type Trouble } from './browser.js';
import { Scene, type Json } from './scene.js';
import { startService, type RunningService } from './service.js';

/** Pictures where people would rather look than read: each says what its table says, on a desk and on a phone, in both languages. */
describeInBrowser('pictures in the browser', () => {
  const trouble: Trouble = { errors: [], strangers: [] };
  let service: RunningService;
  let browser: Browser;
  let scene: Scene;
  let id: string;

  const accessible = async (page: Page): Promise<void> => expect(await objections(page)).toEqual([]);
  const open = async (who: string, options = {}): Promise<Page> => {
    const page = await openWindow(browser, service.url, trouble, options);
    await signIn(page, service.url, who);
    return page;
  };
  const inEnglish = (page: Page): Promise<void> => page.getByRole('button', { name: 'English' }).click();
  const fits = async (page: Page): Promise<void> => expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);

  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), openBrowser()]);
    scene = new Scene(service.url);
    await scene.until('/v1/systems?q=예약&retired=false', 'demo-suwon', ({ rows }) => rows.length > 0);
    const plan = (title: string, purpose: string, functions: readonly string[]) => ({
      ...{ title, purpose, functions, text: '', technologies: ['웹'], users: ['시민'], data: ['이용 내역'] },
      ...{ budgetKrw: 780_000_000, orderPlannedOn: inDays(90) },
    });
    for (const [title, purpose, functions] of [
      ['수원시 체육시설 예약 누리집', '체육시설을 시민이 한 곳에서 찾아 예약하게 한다.', ['체육시설 검색', '온라인 예약과 결제']],
      ['수원시 일자리 정보 누리집', '구인과 구직 정보를 시민에게 제공한다.', ['구인 정보 검색', '구직 신청', '채용 정보 제공']],
      ['수원시 전자민원 창구', '민원을 온라인으로 신청하고 결과를 받는다.', ['민원 신청', '증명서 발급', '처리 결과 조회']],
    ] as const)
      await scene.received(plan(title, purpose, functions));
    ({ consultation: id } = await scene.received(
      plan('수원시 공유자원 통합예약 서비스', '회의실과 체육시설, 물품을 시민이 한 곳에서 찾아 예약하게 한다.', [
        ...['공유자원 검색', '시설 예약과 결제', '체육시설 예약'],
      ]),
    ));
    const reviewer = 'demo-gyeonggi-reviewer';
    await scene.act(id, reviewer, 'meetings', { heldOn: inDays(0), minutes: '공유누리와 함께 쓰기로 협의하였다.' });
    await scene.act(id, reviewer, 'correction-requests', {
      items: [{ kind: 'correction', pointer: '/functions', text: '결제 방식을 적어 주십시오.' }],
      respondBy: inDays(14),
    });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  afterEach(() => {
    expect(trouble.errors.splice(0)).toEqual([]);
    expect(trouble.strangers.splice(0)).toEqual([]);
  });

  it('which functions of plans exist in which systems is a map whose cells are numbers of cases, and a file', async () => {
    const counted: Json = await scene.ask('GET', '/v1/statistics?table=functions&by=function,system', 'demo-gyeonggi-reviewer');
    const [first] = counted.rows;
    // Two of the plans book what one system books already.
    expect(first.values.cases).toBe(2);
    const page = await open('경기도 검토자');
    await page.goto(`${service.url}/statistics`);
    await page.getByRole('button', { name: '겹친 기능', exact: true }).click();
    const map = page.getByRole('table', { name: /많이 겹친 시스템 \d+개/ });
    const cell = async (of: Page): Promise<string | null> => {
      const table = of.locator('table.heat');
      await table.waitFor();
      const column = (await table.getByRole('columnheader').allTextContents()).indexOf(first.names.system) - 1;
      return table
        .getByRole('row')
        .filter({ has: of.getByRole('rowheader', { name: first.cut.function, exact: true }) })
        .getByRole('cell')
        .nth(column)
        .textContent();
    };
    await map.waitFor();
    expect(await cell(page)).toBe(String(first.values.cases));
    await accessible(page);
    await picture(page, 'function-map');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '이 그림의 표(CSV) 내려받기' }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/^\ufeff겹친 기능,/);
    await page.setViewportSize({ width: 360, height: 740 });
    await fits(page);
    await accessible(page);
    await inEnglish(page);
    await page.getByRole('table', { name: /most-hit systems/ }).waitFor();
    expect(await cell(page)).toBe(String(first.values.cases));
    await fits(page);
    await accessible(page);
    await page.context().close();
  });

  it('a case is seen at a glance: what happened and when it is due', async () => {
    const page = await open('경기도 검토자');
    await page.goto(`${service.url}/cases/${id}/history`);
    await page.getByRole('heading', { name: '사건 한눈에 보기' }).waitFor();
    const long = page.locator('.glance-long');
    for (const word of ['신청', '접수', '대면회의 1', '보완요청 1차', '오늘', '처리기한'])
      await long.getByText(word, { exact: true }).waitFor();
    await accessible(page);
    await page.context().close();
  });

  it('a case of some weeks shows who had it when: its days are spread over weeks here, because the service cannot be made to wait', async () => {
    const page = await open('경기도 검토자');
    // The days of the picture are those of Seoul.
    const day = (days: number): string => new Date(Date.now() + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
    const at = (days: number): string => `${day(days)}T03:00:00Z`;
    const reader = 'demo-gyeonggi-reviewer';
    const the: Json = await scene.ask('GET', `/v1/consultations/${id}`, reader);
    const clock: Json = await scene.ask('GET', `/v1/consultations/${id}/clock`, reader);
    const moved = (act: Json, days: number): Json => ({ ...act, at: at(days) });
    const [round] = the.corrections;
    const weeks = {
      ...{ ...the, submitted: moved(the.submitted, -40), received: moved(the.received, -37) },
      meetings: [{ ...the.meetings[0], heldOn: day(-9) }],
      corrections: [
        { ...round, requested: moved(round.requested, -29), responded: { ...the.submitted, at: at(-15), planVersion: 1 } },
        { ...round, round: 2, requested: moved(round.requested, -5), respondBy: day(9) },
      ],
    };
    const stretch = (holder: string, from: number, to: number): Json => ({
      ...{ holder, from: day(from + 1), to: day(to), days: to - from, round: null },
    });
    const intervals = [
      ...[
        stretch('authority', -37, -29),
        stretch('applicant', -29, -15),
        stretch('authority', -15, -5),
        stretch('applicant', -5, 0),
      ],
    ];
    await page.route(`**/v1/consultations/${id}`, (route) => route.fulfill({ json: weeks }));
    await page.route(`**/v1/consultations/${id}/clock`, (route) =>
      route.fulfill({ json: { ...clock, intervals, dueOn: day(15) } }),
    );
    await page.goto(`${service.url}/cases/${id}/history`);
    const long = page.locator('.glance-long');
    await long.getByText('보완제출 1차', { exact: true }).waitFor();
    const drawn = long.locator('.glance-axis > span');
    const classes = await Promise.all((await drawn.all()).map((one) => one.getAttribute('class')));
    expect(classes).toEqual(['unreceived', 'authority', 'applicant', 'authority', 'applicant', 'ahead']);
    const boxes = await Promise.all((await long.locator('.glance-mark > *').all()).map((one) => one.boundingBox()));
    const overlapping = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => a !== null && b !== null && a.y + 1 < b.y + b.height && b.y + 1 < a.y + a.height)
        .filter((b) => a !== null && b !== null && a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width),
    );
    expect(overlapping).toEqual([]);
    await accessible(page);
    await picture(page, 'case-glance');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.locator('.glance-tall').getByText('처리기한', { exact: true }).waitFor();
    expect(await long.isVisible()).toBe(false);
    await fits(page);
    await accessible(page);
    await page.evaluate("document.querySelector('.glance').scrollIntoView()");
    await picture(page, 'case-glance-phone');
    await inEnglish(page);
    await page.locator('.glance-tall').getByText('Request 1', { exact: true }).waitFor();
    await fits(page);
    await accessible(page);
    await page.context().close();
  });
});
