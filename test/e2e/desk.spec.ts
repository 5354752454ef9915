import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, objections, openBrowser, openWindow, picture, settled, signIn, type Trouble } from './browser.js';
import { startService, type RunningService } from './service.js';

/** What people keep on their desk besides the cases: plans before they are consulted, delegations, other systems, search and help. */
describeInBrowser('what is on everybody’s desk', () => {
  const trouble: Trouble = { errors: [], strangers: [] };
  let service: RunningService;
  let browser: Browser;
  /** A machine of the agency that is told what happens; it answers with this status. */
  let receiver: Server;
  let status = 204;
  const signatures: string[] = [];

  const accessible = async (page: Page): Promise<void> => {
    // A button that is on its way back from its busy colours would be found too pale.
    await page.evaluate(
      'Promise.race([Promise.allSettled(document.getAnimations().map((one) => one.finished)), new Promise((late) => setTimeout(late, 2000))]).then(() => true)',
    );
    expect(await objections(page)).toEqual([]);
  };
  const show = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${service.url}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    // A page may wait for several things.
    await settled(page);
  };
  const enter = async (who: string, width = 1280): Promise<Page> => {
    const page = await openWindow(browser, service.url, trouble, { width });
    await signIn(page, service.url, who);
    return page;
  };
  async function call<T>(token: string, method: string, path: string, body?: object, revision?: string): Promise<T> {
    const answer = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = (await answer.json()) as T;
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(told)}`);
    return told;
  }
  interface Receipt {
    readonly id: string;
    readonly revision: string;
  }
  /** Nothing in the inventory of the sample is like this. */
  const UNHEARD_OF = {
    title: '뜸부기 둥지 탁본',
    purpose: '뜸부기 둥지를 탁본한다.',
    functions: ['뜸부기 둥지 탁본'],
    data: ['뜸부기 탁본'],
  };
  const plan = (title: string) => ({
    ...UNHEARD_OF,
    title,
    users: [],
    technologies: [],
    text: '',
    budgetKrw: null,
    orderPlannedOn: null,
  });
  const planned = (title: string): Promise<Receipt> => call('demo-suwon', 'POST', '/v1/projects', { plan: plan(title) });

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      signatures.push(String(request.headers['webhook-signature']));
      request.resume().on('end', () => response.writeHead(status).end());
    });
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
    process.env['SAJEON_WEBHOOKS_NEARBY'] = 'yes';
    process.env['SAJEON_CONTACT'] = '경기도 디지털정책과 사전협의팀 · 031-000-0000';
    [service, browser] = await Promise.all([startService(), openBrowser()]);
    delete process.env['SAJEON_WEBHOOKS_NEARBY'];
    delete process.env['SAJEON_CONTACT'];
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    receiver?.close();
  });
  afterEach(() => {
    expect(trouble.errors.splice(0)).toEqual([]);
    expect(trouble.strangers.splice(0)).toEqual([]);
  });

  it('help stands at the same place on every page, also before anybody has signed in, and says whom to ask', async () => {
    const page = await openWindow(browser, service.url, trouble);
    await page.goto(service.url);
    await page.getByRole('button', { name: 'English' }).waitFor();
    const afterTheLanguage = (): Promise<string> =>
      page.evaluate(
        `[...document.querySelectorAll('button')].find((one) => one.querySelector('span[lang]')).nextElementSibling.textContent`,
      );
    expect(await afterTheLanguage()).toBe('도움말');
    await page.getByRole('link', { name: '도움말' }).click();
    await page.getByRole('heading', { level: 1, name: '도움말' }).waitFor();
    await page.getByText('경기도 디지털정책과 사전협의팀 · 031-000-0000').waitFor();
    await page.getByText('보완을 요청한 날부터 답을 낼 때까지는 멈춥니다.').waitFor();
    expect(await afterTheLanguage()).toBe('도움말');
    await accessible(page);
    await page.getByText('신청', { exact: true }).first().waitFor();

    const reviewer = await enter('행정안전부 검토자');
    for (const path of ['/queue', '/systems', '/account', '/help', '/no-such-page']) {
      await show(reviewer, path);
      const told: string = await reviewer.evaluate(
        `[...document.querySelectorAll('button')].find((one) => one.querySelector('span[lang]')).nextElementSibling.textContent`,
      );
      expect(`${path} ${told}`).toBe(`${path} 도움말`);
    }
    await reviewer.getByRole('link', { name: '도움말' }).click();
    // One's own part stands open; the others are folded away.
    await reviewer.getByText('‘검토 대기열’에서 급한 사건부터 엽니다.').waitFor();
    expect(await reviewer.getByText('‘대상여부 판정’에서 물음에 답해').isVisible()).toBe(false);
    await accessible(reviewer);
    await picture(reviewer, 'help');
    await Promise.all([page.context().close(), reviewer.context().close()]);
  });

  it('the queue tells a case that is like nothing from one that waits for its screening, in the file, too', async () => {
    const project = await planned(UNHEARD_OF.title);
    const draft = await call<Receipt>('demo-suwon', 'POST', '/v1/consultations', { project: project.id });
    await call('demo-suwon', 'POST', `/v1/consultations/${draft.id}/submission`, undefined, draft.revision);
    const page = await enter('경기도 검토자');
    await show(page, '/queue');
    const row = page.getByRole('row').filter({ hasText: UNHEARD_OF.title });
    await row.getByText('유사 후보 없음').waitFor();
    await accessible(page);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '엑셀(CSV) 내려받기' }).click(),
    ]);
    const line = readFileSync(await file.path(), 'utf8')
      .split('\r\n')
      .find((one) => one.includes(UNHEARD_OF.title));
    expect(line).toContain('유사 후보 없음');
    await page.context().close();
  });

  it('a table that the browser has as a whole is searched by initial consonants and on the wrong keyboard', async () => {
    const page = await enter('관리자');
    const year = new Date().getUTCFullYear();
    await show(page, '/holidays');
    const found = async (typed: string): Promise<void> => {
      await page.getByRole('searchbox', { name: `${year}년 공휴일 찾기` }).fill(typed);
      await page.getByRole('row').filter({ hasText: '어린이날' }).waitFor();
      await page.getByText('1건', { exact: true }).waitFor();
    };
    await found('ㅇㄹㅇㄴ');
    await found('djflsdl');
    await found('어린이 날');
    await page.getByRole('searchbox', { name: `${year}년 공휴일 찾기` }).fill('ㅋㅋㅋ');
    await page.getByText('찾는 말에 맞는 줄이 없습니다.').waitFor();
    await accessible(page);
    await page.context().close();
  });

  it('a plan that nobody reviews is revised from its project, and two people’s changes are merged part by part', async () => {
    const { id } = await planned('수원시 화성 방문 예약');
    const [first, second] = await Promise.all([enter('수원시 정보통신과'), enter('수원시 정보통신과')]);
    await show(first, `/projects/${id}`);
    await first.getByRole('link', { name: '사업계획 고치기' }).click();
    await first.getByRole('heading', { level: 1, name: '사업계획 고치기' }).waitFor();
    await show(second, `/projects/${id}/plan`);
    await accessible(first);
    await picture(first, 'project-plan');
    await second.getByLabel('추진 목적').fill('화성을 찾는 사람이 줄을 서지 않게 한다.');
    await second.getByText('이 브라우저에 보관됨').waitFor();

    await first.getByLabel('총사업비').fill('2억');
    await first.getByRole('button', { name: '2판으로 저장' }).click();
    await first.getByRole('heading', { level: 1, name: '수원시 화성 방문 예약' }).waitFor();
    await first.getByText('계획서를 2판으로 고쳤습니다.').waitFor();

    // The second one has not heard of it yet, and keeps what was typed, also over a new start.
    await second.reload();
    await second.getByRole('heading', { name: '다른 사람이 초안을 고쳤습니다' }).waitFor();
    await accessible(second);
    await second.getByRole('button', { name: '합쳐서 이어 쓰기' }).click();
    expect(await second.getByLabel('총사업비').inputValue()).toBe('200,000,000');
    expect(await second.getByLabel('추진 목적').inputValue()).toBe('화성을 찾는 사람이 줄을 서지 않게 한다.');
    await second.getByRole('button', { name: '3판으로 저장' }).click();
    await second.getByText('계획서를 3판으로 고쳤습니다.').waitFor();

    // Once a consultation is drafted, the plan is written there.
    await second.getByRole('button', { name: '사전협의 쓰기' }).click();
    await second.waitForURL('**/cases/*');
    await show(second, `/projects/${id}/plan`);
    await second.getByText('협의 중인 계획은 여기서 고칠 수 없습니다.').waitFor();
    expect(await second.getByLabel('추진 목적').count()).toBe(0);
    await accessible(second);
    await Promise.all([first.context().close(), second.context().close()]);
  });

  it('authority is passed on to a colleague for a term, exercised by them, and taken back', async () => {
    const boss = await enter('행정안전부 결재자');
    await show(boss, '/account');
    await boss.getByText('위임한 권한이 없습니다.').waitFor();
    await boss.getByRole('button', { name: '위임하기…' }).click();
    await boss.getByLabel('위임받을 사람').selectOption('person-demo-mois-reviewer');
    await boss.getByRole('button', { name: '위임하기', exact: true }).click();
    await boss.getByRole('alert').waitFor();
    expect(await boss.getByLabel('마지막 날').getAttribute('aria-invalid')).toBe('true');
    await accessible(boss);
    await boss.getByLabel('마지막 날').fill('2099-12-31');
    await boss.getByRole('button', { name: '위임하기', exact: true }).click();
    const given = boss.getByRole('row').filter({ hasText: 'person-demo-mois-reviewer' });
    await given.getByText('시행 중').waitFor();
    await accessible(boss);
    await boss.getByRole('heading', { name: '대결·전결' }).scrollIntoViewIfNeeded();
    await picture(boss, 'delegations');

    const deputy = await enter('행정안전부 검토자');
    await show(deputy, '/account');
    await deputy.getByRole('row').filter({ hasText: 'person-demo-mois-approver' }).getByText('시행 중').waitFor();
    await deputy.getByLabel('기관 전환').selectOption({ index: 1 });
    await deputy.getByRole('button', { name: '바꾸기', exact: true }).click();
    // Whoever acts as somebody else begins where that one's day begins.
    await deputy.getByRole('heading', { level: 1, name: '검토 대기열' }).waitFor();
    await deputy.getByRole('link', { name: '내 계정' }).click();
    await deputy.getByText('위임받은 것은 다시 위임할 수 없습니다.').waitFor();

    const administrator = await enter('관리자');
    await show(administrator, '/users');
    await administrator.getByRole('searchbox', { name: '찾기' }).fill('mois-approver');
    await administrator.getByRole('button', { name: 'person-demo-mois-approver: 위임한 것' }).click();
    await administrator.getByRole('row').filter({ hasText: '시행 중' }).getByText('person-demo-mois-reviewer').waitFor();
    await accessible(administrator);

    await given.getByRole('button', { name: '위임 거두기…' }).click();
    await given.getByLabel('사유').fill('휴가에서 돌아왔다.');
    await given.getByRole('button', { name: '위임 거두기', exact: true }).click();
    await given.getByText('거둠', { exact: true }).waitFor();
    await Promise.all([boss, deputy, administrator].map((page) => page.context().close()));
  });

  it('an administrator has a system told what happens, changes its secret, and sends again what it did not take', async () => {
    const page = await enter('관리자');
    await page.getByRole('button', { name: '기준·관리' }).click();
    await page.getByRole('link', { name: '연계' }).click();
    await page.getByText('알릴 곳이 없습니다.').waitFor();
    await accessible(page);
    await page.getByRole('button', { name: '알림 만들기…' }).click();
    await page.getByLabel('받는 주소').fill('ftp://nowhere');
    await page.getByRole('button', { name: '알림 만들기', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('받는 주소').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('받는 주소').fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
    await page.getByLabel('무엇에 쓰는지').first().fill('전자결재 연계');
    await page.getByLabel('신청', { exact: true }).check({ force: true });
    await accessible(page);
    await page.getByRole('button', { name: '알림 만들기', exact: true }).click();
    const secret = page.locator('pre.token');
    const first = await secret.textContent();
    expect(first).toMatch(/^whsec_/);
    await page.getByRole('button', { name: '옮겨 적었습니다' }).click();
    await secret.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '전자결재 연계: 비밀 바꾸기' }).click();
    await page.getByText('함께 서명합니다.').waitFor();
    expect(await secret.textContent()).not.toBe(first);
    await page.getByRole('button', { name: '옮겨 적었습니다' }).click();

    // 경기도 files with the ministry, whose administrator this is. The receiver is out of order first.
    status = 204;
    const project = await call<Receipt>('demo-gyeonggi', 'POST', '/v1/projects', { plan: plan('경기도 알림 시험') });
    const draft = await call<Receipt>('demo-gyeonggi', 'POST', '/v1/consultations', { project: project.id });
    await call('demo-gyeonggi', 'POST', `/v1/consultations/${draft.id}/submission`, undefined, draft.revision);
    await page.getByRole('button', { name: '전자결재 연계: 보낸 내역' }).click();
    const delivered = page.getByRole('row').filter({ hasText: draft.id });
    for (let looked = 0; looked < 200 && !(await delivered.getByText('보냄', { exact: true }).isVisible()); looked++) {
      await page.getByRole('button', { name: '다시 읽기' }).click();
      await page.waitForTimeout(100);
    }
    await delivered.getByText('204').waitFor();
    // Both secrets sign while one takes the place of the other.
    expect(signatures.at(-1)?.split(' ')).toHaveLength(2);
    await accessible(page);
    await picture(page, 'integrations');
    const before = signatures.length;
    await delivered.getByRole('button', { name: /다시 보내기/ }).click();
    await page.getByText('다시 보낼 줄에 넣었습니다.').first().waitFor();
    const until = Date.now() + 20_000;
    while (signatures.length === before && Date.now() < until) await page.waitForTimeout(50);
    expect(signatures.length).toBe(before + 1);
    await page.getByLabel('첫 기록 위치').fill('1');
    await page.getByRole('form', { name: '기록 위치부터 다시 보내기' }).getByRole('button', { name: '다시 보내기' }).click();
    await page.getByText(/까지 살펴 \d+건을 다시 보낼 줄에 넣었습니다/).waitFor();
    await page.getByRole('button', { name: '전자결재 연계: 알림 끝내기' }).click();
    await page.getByRole('button', { name: '끝내면 되살릴 수 없습니다. 끝내기' }).click();
    await page.getByRole('row').filter({ hasText: '전자결재 연계' }).getByText('끝남').waitFor();
    await accessible(page);
    await page.context().close();
  });

  it('a clerk puts a draft before the approver of the agency, who sees who asks, sends it back and files it in the end', async () => {
    const project = await planned('결재를 거치는 사업');
    const draft = await call<Receipt>('demo-suwon-clerk', 'POST', '/v1/consultations', { project: project.id });
    const [clerk, boss] = await Promise.all([enter('수원시 기안자'), enter('수원시 정보통신과')]);
    await show(clerk, `/cases/${draft.id}`);
    expect(await clerk.getByRole('button', { name: '신청하기' }).count()).toBe(0);
    await clerk.getByRole('button', { name: '결재 올리기' }).click();
    await clerk.getByText('결재를 기다립니다').waitFor();
    await accessible(clerk);

    await show(boss, '/today');
    const waiting = boss.getByRole('listitem').filter({ hasText: '결재할 신청' });
    await waiting.getByRole('link', { name: '결재를 거치는 사업' }).click();
    await boss.getByText('person-demo-suwon-clerk').first().waitFor();
    await accessible(boss);
    await boss.getByRole('button', { name: '돌려보내기' }).click();
    await boss.getByLabel('돌려보내는 까닭').fill('산출 근거를 덧붙일 것');
    await boss.getByRole('button', { name: '돌려보내기', exact: true }).click();
    await boss.getByText('돌려보낸 까닭').waitFor();

    await show(clerk, `/cases/${draft.id}`);
    await clerk.getByText('산출 근거를 덧붙일 것').first().waitFor();
    await clerk.getByRole('button', { name: '결재 올리기' }).click();
    await clerk.getByText('결재를 기다립니다').waitFor();
    await show(boss, `/cases/${draft.id}`);
    await boss.getByRole('button', { name: '신청하기' }).click();
    await boss.getByText('신청했습니다.').first().waitFor();
    await Promise.all([clerk.close(), boss.close()]);
  });

  it('at 360 pixels all of this fits its width, in Korean and in English', async () => {
    const { id } = await planned('수원시 좁은 화면 시험');
    for (const [who, paths] of [
      ['수원시 정보통신과', ['/help', `/projects/${id}`, `/projects/${id}/plan`, '/account']],
      ['관리자', ['/integrations', '/users', '/holidays', '/help']],
      ['행정안전부 결재자', ['/account', '/queue']],
    ] as const) {
      const page = await enter(who, 360);
      for (const language of ['한국어', 'English']) {
        const button = page.getByRole('button', { name: language });
        if ((await button.count()) > 0) await button.click();
        for (const path of paths) {
          await show(page, path);
          const width = await page.evaluate('document.documentElement.scrollWidth');
          expect(`${who} ${path} ${width}`).toBe(`${who} ${path} 360`);
          await accessible(page);
        }
      }
      await page.context().close();
    }
  });
});
