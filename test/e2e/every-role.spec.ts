import type { Browser, Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import {
  describeInBrowser,
  inDays,
  objections,
  openBrowser,
  openWindow,
  picture,
  settled,
  signIn,
  tabTo,
  type Trouble,
} from './browser.js';
import { startService, type RunningService } from './service.js';

/**
 * One consultation from the first word of its plan to the auditor's look back, each role in a window of its own, against the service as
 * it is shipped. The tests are steps of one story and run in order.
 */
describeInBrowser('the whole of a consultation in the browser', () => {
  const TITLE = '수원시 청년 고용·취업 종합정보서비스 구축';
  const LINKED_BY = inDays(120);
  // as the platform writes it: 2027. 3. 31.(수)까지
  const LINKED_BY_TOLD = `${new Date(LINKED_BY).toLocaleDateString('ko-KR', { timeZone: 'UTC' })}(${new Date(LINKED_BY).toLocaleDateString('ko-KR', { timeZone: 'UTC', weekday: 'short' })})까지`;
  const trouble: Trouble = { errors: [], strangers: [] };
  let service: RunningService;
  let browser: Browser;
  let applicant: Page;
  let reviewer: Page;
  let approver: Page;
  let auditor: Page;
  let address = '';

  const open = (): Promise<Page> => openWindow(browser, service.url, trouble);

  const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();
  const accessible = async (page: Page): Promise<void> => expect(await objections(page)).toEqual([]);

  // A step needs what the one before has done: after a failure the rest is not tried, and says so.
  let failed = '';
  const step = (sentence: string, act: () => Promise<void>): void =>
    it(sentence, async () => {
      if (failed !== '') throw new Error(`not tried, because this failed before: ${failed}`);
      failed = sentence;
      await act();
      failed = '';
    });

  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), openBrowser()]);
    [applicant, reviewer, approver, auditor] = await Promise.all([open(), open(), open(), open()]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  afterEach(() => {
    expect(trouble.errors.splice(0)).toEqual([]);
    expect(trouble.strangers.splice(0)).toEqual([]);
  });

  step(
    'an address of the application is a page; an unknown one of the service, or a file that is not there, never is',
    async () => {
      const answer = async (path: string, method = 'GET') => {
        const { status, headers } = await fetch(`${service.url}${path}`, { method, headers: { accept: 'text/html' } });
        return [status, headers.get('content-type')?.split(';')[0], headers.get('cache-control')];
      };
      const html = await (await fetch(service.url)).text();
      const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
      expect(await answer('/')).toEqual([200, 'text/html', 'no-cache']);
      expect(await answer('/', 'HEAD')).toEqual([200, 'text/html', 'no-cache']);
      expect(await answer('/cases/anything/overlaps')).toEqual([200, 'text/html', 'no-cache']);
      expect(await answer(script)).toEqual([200, 'text/javascript', 'public, max-age=31536000, immutable']);
      for (const path of ['/v1/no-such-thing', '/assets/no-such-file.js']) {
        expect((await answer(path)).slice(0, 2)).toEqual([404, 'application/problem+json']);
      }
      expect((await answer('/livez'))[1]).toBe('application/json');
    },
  );

  step('a wrong password is refused at its field, in the reader’s language', async () => {
    const page = applicant;
    await page.goto(service.url);
    await accessible(page);
    await picture(page, 'sign-in');
    await page.getByLabel('아이디').fill('nobody');
    await page.getByLabel('비밀번호').fill('nobody');
    await page.getByRole('button', { name: '들어가기' }).click();
    const field = page.getByLabel('비밀번호');
    await page.getByRole('alert').filter({ hasText: '아이디나 비밀번호가 맞지 않습니다' }).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await accessible(page);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('alert').filter({ hasText: 'Login or password is wrong' }).waitFor();
    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('alert').getByRole('link').click();
    expect(
      await field.evaluate((input: { ownerDocument: { activeElement: unknown } }) => input.ownerDocument.activeElement === input),
    ).toBe(true);
  });

  step(
    'an applicant writes a plan, sees before filing what it overlaps with, and what dropping a function would change',
    async () => {
      const page = applicant;
      await signIn(page, service.url, '수원시 정보통신과');
      await page.getByRole('heading', { name: '오늘 할 일' }).waitFor();
      await page.getByText('지금 할 일이 없습니다.').waitFor();
      await accessible(page);
      await page.getByRole('link', { name: '사업계획 작성' }).click();
      await page.getByRole('button', { name: '신청하기' }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByLabel('사업명').getAttribute('aria-invalid')).toBe('true');
      await accessible(page);

      await page.getByLabel('사업명').fill(TITLE);
      await page.getByLabel('추진 목적').fill('일자리와 직업훈련 등 노동시장 정보를 모아 청년에게 한꺼번에 제공한다.');
      await page.getByLabel('구현 기능 1', { exact: true }).fill('고용·취업 정보 통합 제공');
      await page.keyboard.press('Enter');
      await page.keyboard.type('노동시장 정보 연계');
      await page.keyboard.press('Enter');
      await page.keyboard.type('민간 인적자원정보 연계');
      await page.getByLabel('보유·수집 데이터 1', { exact: true }).fill('취업 정보');
      await page.getByLabel('총사업비').fill('3.5억');
      await page.getByText('= 350,000,000원').waitFor();

      await page.getByRole('button', { name: '자가점검' }).click();
      const check = page.getByRole('region', { name: '중복 자가점검' });
      await check.getByText(/기록 \d+건과 견주/).waitFor();
      await check.getByLabel('민간 인적자원정보 연계').check({ force: true });
      await check
        .getByText(/빼면|빼도/)
        .first()
        .waitFor();
      await accessible(page);
      await picture(page, 'new-plan');

      await page.getByText('이 브라우저에 보관됨').waitFor();
      await page.reload();
      expect(await page.getByLabel('사업명').inputValue()).toBe(TITLE);

      await page.getByRole('button', { name: '신청하기' }).click();
      await page.getByRole('heading', { name: TITLE }).waitFor();
      address = new URL(page.url()).pathname;
      expect(address).toMatch(/^\/cases\/[0-9a-z]{10}$/);
      await page.getByText('경기도의 차례입니다').waitFor();
      await accessible(page);
      await page.getByRole('link', { name: '신청 현황' }).click();
      await page.getByRole('link', { name: TITLE }).waitFor();
      await accessible(page);
      await page.goto(`${service.url}${address}`);
    },
  );

  step('a reviewer without a mouse finds the case, receives it and settles every candidate', async () => {
    const page = reviewer;
    await page.goto(service.url);
    await tabTo(page, page.getByRole('button', { name: '경기도 검토자' }));
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: TITLE }).waitFor();
    await accessible(page);
    const singleKeys = page.getByRole('button', { name: '한 글자 단축키' });
    await tabTo(page, singleKeys);
    await page.keyboard.press('Enter');
    await page.keyboard.press('o');
    expect(new URL(page.url()).pathname).toBe('/queue');
    await page.keyboard.press('Enter');
    await page.keyboard.press('/');
    await page.keyboard.type('청년고용');
    await page.keyboard.press('Enter');
    await page.getByText('1건', { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('o');
    await page.getByRole('heading', { name: TITLE }).waitFor();

    await tabTo(page, page.getByRole('button', { name: '접수하기' }));
    await page.keyboard.press('Enter');
    await page.getByText(/까지, \d+일 남음/).waitFor();
    await picture(page, 'case-summary');

    await tabTo(page, page.getByRole('tab', { name: '요약' }));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: '증거' }).waitFor();
    await accessible(page);
    await picture(page, 'case-overlaps');
    const toSettle = page.getByRole('listitem').filter({ hasText: '판정 필요' });
    let left = await toSettle.count();
    expect(left).toBeGreaterThan(0);
    while (left > 0) {
      await toSettle.first().waitFor();
      await tabTo(page, page.getByRole('radio', { name: '중복으로 확정' }));
      await page.keyboard.press('Space');
      if (left > 1) await page.keyboard.press('ArrowRight');
      await tabTo(page, page.getByLabel('판단 사유'));
      await page.keyboard.type(left > 1 ? '대상과 업무가 다르다.' : '통합 제공 기능이 같다.');
      await tabTo(page, page.getByRole('button', { name: '판정 기록' }));
      await page.keyboard.press('Enter');
      await expectCount(toSettle, --left);
    }
    await accessible(page);
  });

  step('a reviewer asks for a correction and the applicant hears of it at once', async () => {
    const page = reviewer;
    await tab(page, '보완');
    await page.getByRole('button', { name: '보완요청 쓰기' }).click();
    await page.getByRole('button', { name: '보완요청 보내기' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('항목 1의 내용').getAttribute('aria-invalid')).toBe('true');
    await accessible(page);
    await page.getByLabel('항목 1의 자리').selectOption('/functions/2');
    await page.getByLabel('항목 1의 내용').fill('인적자원정보는 기존 시스템의 것을 재사용하십시오.');
    await picture(page, 'case-corrections');
    await page.getByRole('button', { name: '보완요청 보내기' }).click();
    await page.getByText('1차 보완요청').waitFor();

    await applicant.getByRole('button', { name: '보완 답변 쓰기' }).waitFor();
    await applicant.getByRole('link', { name: '오늘 할 일' }).click();
    await applicant.getByText('보완요청에 답하기').waitFor();
    await accessible(applicant);
    await picture(applicant, 'today');
  });

  step('the applicant answers item by item and sees what changes in the plan', async () => {
    const page = applicant;
    await page.getByRole('link', { name: TITLE }).click();
    await page.getByLabel('항목 1 답변').fill('새로 만들지 않고 기존 시스템의 것을 받아 쓰기로 했습니다.');
    await page.getByText('계획 고치기').click();
    await page.getByLabel('구현 기능 3', { exact: true }).fill('국가 취업정보 시스템의 인적자원정보 활용');
    await page.getByText('1개 항목 가운데 1개에 답했습니다.').waitFor();
    expect(await page.locator('del', { hasText: '민간 인적자원정보 연계' }).count()).toBe(1);
    expect(await page.locator('ins', { hasText: '국가 취업정보 시스템의 인적자원정보 활용' }).count()).toBe(1);
    await accessible(page);
    await picture(page, 'case-answer');
    await page.getByRole('button', { name: '답변 제출' }).click();
    await page.getByRole('heading', { name: '바뀐 계획' }).waitFor();
    await tab(page, '이력');
    await page.getByText('보완').last().waitFor();
    await accessible(page);
    await picture(page, 'case-history');
  });

  step('what somebody types survives a lost session, and another person’s token does not take its place', async () => {
    const page = reviewer;
    await tab(page, '신청서');
    await page.getByText('1판 → 2판').waitFor();
    await accessible(page);
    await picture(page, 'case-plan');
    await tab(page, '중복 증거');
    await settleTheRest(page);
    await tab(page, '결정');
    await page.getByRole('button', { name: '결정안 올리기' }).click();
    await page.getByRole('alert').waitFor();
    await accessible(page);
    await writeProposal(page);
    // The service no longer knows the token: it is sent another one and gives its real answer.
    await page.route('**/v1/**', (route) =>
      route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer gone' } }),
    );
    await page.getByRole('button', { name: '결정안 올리기' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('다시 로그인하십시오').waitFor();
    await accessible(page);
    await page.unroute('**/v1/**');
    await dialog.getByLabel('아이디').fill('demo-suwon');
    await dialog.getByLabel('비밀번호').fill('demo-suwon');
    await dialog.getByRole('button', { name: '이어서 하기' }).click();
    await dialog.getByText('다른 사람의 계정입니다').waitFor();
    await dialog.getByLabel('아이디').fill('demo-gyeonggi-reviewer');
    await dialog.getByLabel('비밀번호').fill('demo-gyeonggi-reviewer');
    await dialog.getByRole('button', { name: '이어서 하기' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('검토 의견').inputValue()).toBe('연계를 조건으로 추진할 수 있다.');
    await picture(page, 'case-decision');
    await page.getByRole('button', { name: '결정안 올리기' }).click();
    await page.getByRole('heading', { name: '결정안 1' }).waitFor();
    await accessible(page);
  });

  step('the approver sends a proposal back, and approves the next one', async () => {
    const page = approver;
    await signIn(page, service.url, '경기도 결재자');
    await page.getByRole('link', { name: TITLE }).click();
    await page.getByRole('button', { name: '결정안 보기' }).click();
    await page.getByRole('button', { name: '돌려보내기' }).click();
    await page.getByLabel('돌려보내는 까닭').fill('이행 기한을 적으십시오.');
    await accessible(page);
    await page.getByRole('button', { name: '돌려보내기', exact: true }).click();
    await reviewer.getByText('이행 기한을 적으십시오.').waitFor();
    await writeProposal(reviewer);
    await reviewer.getByLabel('조건 1의 이행 기한').fill(LINKED_BY);
    await reviewer.getByRole('button', { name: '결정안 올리기' }).click();
    await page.getByRole('button', { name: '결정안 2 결재' }).click();
    await page.getByRole('heading', { name: '검토결과 통보' }).waitFor();
    await accessible(page);
  });

  step('a document number that no letter could bear is refused at its field; the right one tells the applicant', async () => {
    const page = reviewer;
    await page.getByLabel('문서번호').fill('1234');
    await page.getByRole('button', { name: '통보하기' }).click();
    await page.getByRole('alert').filter({ hasText: '부서명-일련번호' }).waitFor();
    expect(await page.getByLabel('문서번호').getAttribute('aria-invalid')).toBe('true');
    await accessible(page);
    await page.getByLabel('문서번호').fill('디지털정책과-1234');
    await page.getByRole('button', { name: '통보하기' }).click();
    await page.getByText('디지털정책과-1234').first().waitFor();
    await tab(applicant, '결정');
    await applicant.getByText('디지털정책과-1234').waitFor();
    await applicant.getByText(LINKED_BY_TOLD).first().waitFor();
    await accessible(applicant);
  });

  step(
    'a condition is an obligation: the applicant shows how it was met, the authority looks at it, and the case closes',
    async () => {
      await tab(applicant, '조건');
      await applicant.getByRole('button', { name: '조치결과 내기' }).click();
      await applicant.getByRole('button', { name: '조치결과 내기', exact: true }).click();
      await applicant.getByRole('alert').waitFor();
      await accessible(applicant);
      await applicant
        .getByRole('textbox', { name: '조치결과' })
        .fill('국가 취업정보 시스템과 연계하기로 합의하고 연계 방안을 확정했다.');
      await applicant.getByLabel('요구 증빙 1').fill('연계 합의서');
      await applicant.getByLabel('그 밖의 증빙').fill('연계 방안');
      await applicant.getByRole('button', { name: '조치결과 내기', exact: true }).click();
      await applicant.getByText('점검 대기').waitFor();

      const page = reviewer;
      await tab(page, '조건');
      await page.getByText('증빙: 연계 합의서, 연계 방안').waitFor();
      await picture(page, 'case-conditions');
      await page.getByRole('button', { name: '이행완료로 점검' }).click();
      await page.getByRole('textbox', { name: '점검 의견' }).fill('합의서를 확인함');
      await accessible(page);
      await page.getByRole('button', { name: '이행완료로 점검', exact: true }).click();
      await page.getByText('조건 1개 가운데 1개가 끝났습니다.').waitFor();
      await applicant.getByText('조건 1개 가운데 1개가 끝났습니다.').waitFor();
      await accessible(page);
    },
  );

  step('somebody who acts on an old state is told so, and keeps what was typed', async () => {
    // What the second window logs about requests that this test itself breaks is no trouble.
    const [first, second] = await Promise.all([open(), openWindow(browser, service.url, { errors: [], strangers: [] })]);
    for (const page of [first, second]) {
      await signIn(page, service.url, '행정안전부 검토자');
      await page.getByRole('link', { name: '통합무역 정보서비스 기반 구축' }).click();
      await page.getByRole('button', { name: '접수하기' }).waitFor();
    }
    // The second window does not hear of what the first one does.
    await second.route('**/v1/consultations/sample-case-003', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    await second.getByRole('button', { name: '반려하기' }).click();
    await second.getByLabel('반려 사유').fill('형식 요건을 갖추지 못했습니다.');
    await first.getByRole('button', { name: '접수하기' }).click();
    await first.getByText(/까지, \d+일 남음/).waitFor();
    await second.getByRole('button', { name: '반려하기', exact: true }).click();
    await second.getByText('다른 사람이 먼저 바꾸었습니다').waitFor();
    expect(await second.getByLabel('반려 사유').inputValue()).toBe('형식 요건을 갖추지 못했습니다.');
    await accessible(second);
    await Promise.all([first.context().close(), second.context().close()]);
  });

  step('an auditor finds the case and sees what it showed then beside what it shows now', async () => {
    const page = auditor;
    await signIn(page, service.url, '감사원');
    await page.getByLabel('찾기').fill('ㅅㅇㅅㅊㄴ');
    await page.getByRole('link', { name: TITLE }).waitFor();
    await accessible(page);
    await picture(page, 'all-cases');
    await page.getByRole('link', { name: TITLE }).click();
    await tab(page, '재생');
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    const status = page.getByRole('row').filter({ hasText: '상태' });
    await status
      .filter({ hasText: '작성중' })
      .filter({ hasText: /통보|조건 이행중|종결/ })
      .waitFor();
    await page.keyboard.press('ArrowRight');
    await status.filter({ hasText: '신청' }).waitFor();
    await page.getByRole('button', { name: '달라진 것만' }).click();
    await page.getByRole('row').filter({ hasText: '계획서의 구현 기능' }).waitFor();
    await accessible(page);
    await picture(page, 'case-replay');
    await page.getByRole('button', { name: '지금', exact: true }).click();
    await page.getByText('지금과 다른 것 0가지').waitFor();
    await tab(page, '이력');
    const [bundle] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '증거 묶음 내려받기' }).click(),
    ]);
    const lines = readFileSync(await bundle.path(), 'utf8')
      .trim()
      .split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'header' });
    expect(lines.filter((line) => line.includes('consultation-drafted')).length).toBeGreaterThan(0);
  });

  step('everybody searches the inventory by initial consonants, and agencies by their names', async () => {
    const page = auditor;
    await page.getByRole('button', { name: '찾아보기' }).click();
    await page.getByRole('link', { name: '정보시스템' }).click();
    await page.getByLabel('찾기').fill('ㅇㅍㅁㅇ');
    await page
      .getByRole('status')
      .filter({ hasText: /^\d건$/ })
      .waitFor();
    await page.getByRole('link', { name: '우편모아' }).first().waitFor();
    await accessible(page);
    await picture(page, 'systems');
    await page.getByRole('link', { name: '우편모아' }).first().click();
    await page.getByText('출처').waitFor();
    await accessible(page);
    await page.getByRole('link', { name: '기관', exact: true }).click();
    await page.getByLabel('찾기').fill('강원');
    await page
      .getByRole('rowheader', { name: /강원특별자치도/ })
      .first()
      .waitFor();
    await accessible(page);
    await picture(page, 'agencies');
    await page.getByLabel('통합검색').fill('청년 고용');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: TITLE }).waitFor();
    await accessible(page);
    await page.goto(`${service.url}/no-such-page`);
    await page.getByRole('heading', { name: '그런 화면이 없습니다' }).waitFor();
    await accessible(page);
  });

  step('an administrator sees which views have read the whole record', async () => {
    const page = await open();
    await signIn(page, service.url, '관리자');
    await page.getByRole('heading', { name: '운영 상태' }).waitFor();
    await page.getByRole('rowheader', { name: '검토 대기열' }).waitFor();
    await accessible(page);
    await picture(page, 'operations');
    await page.context().close();
  });

  step('the whole list comes as a file that Korean Excel opens and that runs no formula', async () => {
    const page = await open();
    await signIn(page, service.url, '행정안전부 검토자');
    await page.getByRole('rowheader').first().waitFor();
    await picture(page, 'queue');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '엑셀(CSV) 내려받기' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^queue-\d{4}-\d{2}-\d{2}\.csv$/);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text.startsWith('\ufeff접수번호,사업명,')).toBe(true);
    expect(text.trim().split('\r\n').length - 1).toBe(await page.getByRole('rowheader').count());
    await page.context().close();
  });

  step('at 360 pixels every page fits its width, in Korean and in English', async () => {
    const page = await openWindow(browser, service.url, trouble, { width: 360, height: 740 });
    await signIn(page, service.url, '경기도 검토자');
    for (const language of ['한국어', 'English']) {
      const button = page.getByRole('button', { name: language });
      if ((await button.count()) > 0) await button.click();
      for (const path of [
        '/queue',
        '/systems',
        '/agencies',
        address,
        `${address}/plan`,
        `${address}/overlaps`,
        `${address}/corrections`,
        `${address}/decision`,
        `${address}/history`,
        `${address}/replay`,
      ]) {
        await page.goto(`${service.url}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await settled(page);
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect(`${path} ${width}`).toBe(`${path} 360`);
      }
      await accessible(page);
    }
    await page.goto(`${service.url}/queue`);
    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('button', { name: '모두', exact: true }).click();
    await page.getByRole('link', { name: TITLE }).waitFor();
    await picture(page, 'queue-phone');
    await page.context().close();
  });

  /** An opinion on every item of the checklist, and one condition of the library with the evidence that will show it. */
  async function writeProposal(page: Page): Promise<void> {
    await page.getByRole('button', { name: '나머지 모두 적합' }).click();
    await page.getByLabel('검토 의견').fill('연계를 조건으로 추진할 수 있다.');
    await page.locator('label', { hasText: /^조건부추진$/ }).click();
    await page.getByLabel('조건 1의 내용').fill('발주 전에 연계 방안을 제출한다.');
    await page.getByLabel('조건 1의 증빙').fill('연계 합의서');
  }

  async function expectCount(found: ReturnType<Page['getByRole']>, count: number): Promise<void> {
    const until = Date.now() + 45_000;
    while ((await found.count()) !== count) {
      if (Date.now() > until) expect(await found.count()).toBe(count);
      await found.page().waitForTimeout(50);
    }
  }

  /** A changed plan may have made candidates more probable: those must be settled again. */
  async function settleTheRest(page: Page): Promise<void> {
    await page.getByText(/지금 판.*검색하는 중/).waitFor({ state: 'hidden' });
    const toSettle = page.getByRole('listitem').filter({ hasText: '판정 필요' });
    for (let left = await toSettle.count(); left > 0; left--) {
      await toSettle.first().getByRole('button').click();
      await page.getByRole('radio', { name: '중복 아님' }).check({ force: true });
      await page.getByLabel('판단 사유').fill('보완된 계획에서 다른 점이 분명해졌다.');
      await page.getByRole('button', { name: '판정 기록' }).click();
      await expectCount(toSettle, left - 1);
    }
  }
});
