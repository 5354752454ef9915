import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import {
  describeInBrowser,
  inDays,
  objections,
  openBrowser,
  openWindow,
  picture,
  settled,
  signIn,
  type Trouble,
} from './browser.js';
import { startService, type RunningService } from './service.js';

/** What reviewers and administrators look up beside the cases themselves, against the service as it is shipped. */
describeInBrowser('the desk of a reviewer and of an administrator in the browser', () => {
  const trouble: Trouble = { errors: [], strangers: [] };
  let service: RunningService;
  let browser: Browser;
  let reviewer: Page;
  let administrator: Page;

  const accessible = async (page: Page): Promise<void> => expect(await objections(page)).toEqual([]);
  const show = async (page: Page, path: string, heading: string): Promise<void> => {
    await page.goto(`${service.url}${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await settled(page);
  };

  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), openBrowser()]);
    reviewer = await openWindow(browser, service.url, trouble);
    administrator = await openWindow(browser, service.url, trouble);
    await signIn(reviewer, service.url, '행정안전부 검토자');
    await signIn(administrator, service.url, '관리자');
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  afterEach(() => {
    expect(trouble.errors.splice(0)).toEqual([]);
    expect(trouble.strangers.splice(0)).toEqual([]);
  });

  it('a reviewer takes a case by one key; from then on the queue begins with the cases that the reviewer leads', async () => {
    const page = reviewer;
    await show(page, '/queue', '검토 대기열');
    await page.getByRole('link', { name: '통합무역 정보서비스 기반 구축' }).click();
    await page.getByRole('button', { name: '접수하기' }).click();
    await page.getByText(/까지, \d+일 남음\(근무일 \d+일\)/).waitFor();
    await show(page, '/queue', '검토 대기열');
    await page.getByRole('heading', { name: '여유 1' }).waitFor();
    await page.getByRole('searchbox', { name: '찾기', exact: true }).fill('통합무역');
    await page.getByText('1건', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.getByText('내가 주심', { exact: true }).waitFor();
    await accessible(page);
    await show(page, '/queue', '검토 대기열');
    await page.getByRole('button', { name: '내가 주심 1', pressed: true }).waitFor();
    await page.getByText('1건', { exact: true }).waitFor();
    await picture(page, 'queue-mine');
  });

  it('a request for correction says before it is sent what it does to the clock', async () => {
    const page = reviewer;
    await page.getByRole('link', { name: '통합무역 정보서비스 기반 구축' }).click();
    await page.getByRole('tab', { name: '보완' }).click();
    await page.getByRole('button', { name: '보완요청 쓰기' }).click();
    await page.getByText(/무렵으로 밀립니다/).waitFor();
    await accessible(page);
  });

  it('what the engine suggests stands beside the settlement and chooses nothing', async () => {
    const page = reviewer;
    await page.getByRole('tab', { name: '중복 증거' }).click();
    await page.getByRole('heading', { name: '증거' }).waitFor();
    for (const name of ['중복으로 확정', '중복 아님']) expect(await page.getByRole('radio', { name }).isChecked()).toBe(false);
    await page.getByText('기능·데이터를 하나씩 견주기').click();
    const beside = page.getByRole('region', { name: /^누구를 위해 어디에 만드나/ });
    for (const row of [/^기관 단계 중앙/, /^지역 .*한쪽이 전국/, /^이용 경로/, /^사업비/])
      await beside.getByRole('row', { name: row }).waitFor();
    await accessible(page);
    await page.getByRole('tab', { name: '선례' }).click();
    await page.getByText('비슷한 선례가 없습니다.').waitFor();
    await accessible(page);
    await page.getByRole('tab', { name: '재생' }).click();
    await page.getByRole('heading', { name: /재계산|다시 계산/ }).waitFor();
    await accessible(page);
  });

  it('plans of the same round that may be one thing stand together, with the pairs that make them so', async () => {
    const page = reviewer;
    await show(page, '/clusters', '유사 계획 묶음');
    await page.getByText('공동구축 제안').first().waitFor();
    await page.getByText('근거 보기').first().click();
    await accessible(page);
    await picture(page, 'clusters');
  });

  it('statistics are pictures of their own tables, and a file', async () => {
    const page = reviewer;
    await show(page, '/statistics', '통계');
    for (const table of ['처리기간', '진행중과 경과', '유사·중복', '조건 이행', '조정액', '이의와 변경', '결과']) {
      await page.getByRole('button', { name: table, exact: true }).click();
      await page
        .getByText(/셀 것이 없습니다|모든 숫자/)
        .first()
        .waitFor();
      await accessible(page);
    }
    await page.getByRole('columnheader', { name: '조건부추진' }).first().waitFor();
    await picture(page, 'statistics');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '엑셀(CSV) 내려받기' }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/^\ufeff연도,기관 유형,전체/);
  });

  it('the rules of a day are found, sorted and tried before anybody adopts them', async () => {
    const page = administrator;
    await show(page, '/rules', '규칙');
    await page.getByLabel('규칙 찾기').fill('threshold-basic');
    await page.getByRole('rowheader', { name: 'threshold-basic-2024' }).waitFor();
    await page.getByRole('button', { name: '시행' }).click();
    await page.getByText('표본', { exact: true }).waitFor();
    await accessible(page);
    await picture(page, 'rules');
    await page.getByRole('button', { name: '적용해 보기' }).click();
    await page.getByRole('alert').waitFor();
    await accessible(page);
    await page.getByRole('button', { name: '지금 규칙으로 채우기' }).click();
    await page.getByRole('button', { name: '적용해 보기' }).click();
    await page.getByText(/사업 \d+건과 사건 \d+건에 적용했습니다/).waitFor();
    await accessible(page);
  });

  it('an administrator gazettes a holiday, adds a word and registers a user with a role', async () => {
    const page = administrator;
    await show(page, '/holidays', '공휴일');
    const thisYear = (
      await page
        .getByRole('status')
        .filter({ hasText: /^\d{4}년$/ })
        .innerText()
    ).slice(0, 4);
    await page.getByRole('button', { name: '임시공휴일·선거일 등록' }).click();
    await page.getByLabel('날짜').fill(`${thisYear}-12-21`);
    await page.getByLabel('이름').fill('임시공휴일');
    await page.getByLabel('고시 또는 법률').fill('인사혁신처고시 시험');
    await page.getByLabel('고시한 날').fill('2026-11-20');
    await page.getByRole('button', { name: '임시공휴일·선거일 등록', exact: true }).click();
    await page.getByRole('rowheader', { name: `${thisYear}. 12. 21.` }).waitFor();
    await accessible(page);
    await picture(page, 'holidays');

    await show(page, '/thesaurus', '용어');
    await page.getByRole('button', { name: '같은 뜻의 말 더하기' }).click();
    await page.getByLabel('개념 이름').fill('x-jeonse-fraud');
    await page.getByLabel('같은 뜻의 말 (한').fill('전세 사기\n깡통 전세');
    await page.getByLabel('근거').fill('전세사기피해자 지원 및 주거안정에 관한 특별법 제2조');
    await page.getByRole('button', { name: '같은 뜻의 말 더하기', exact: true }).click();
    await page.getByRole('rowheader', { name: 'x-jeonse-fraud' }).waitFor();
    await accessible(page);
    await picture(page, 'thesaurus');

    await show(page, '/users', '이용자');
    await page.getByRole('button', { name: '이용자 등록' }).click();
    await page.getByLabel('이용자 번호').fill('p-1042');
    await page.getByRole('button', { name: '이용자 등록', exact: true }).click();
    const row = page.getByRole('row').filter({ hasText: 'p-1042' });
    await row.getByRole('button', { name: '역할 주기' }).click();
    await row.getByLabel('기관 코드').fill('gyeonggi');
    await row.getByRole('combobox', { name: '역할' }).selectOption('reviewer');
    await row.getByLabel('첫날').fill(inDays(1));
    await accessible(page);
    await row.getByRole('button', { name: '역할 주기', exact: true }).click();
    await row.getByText('gyeonggi: 검토').waitFor();
    await accessible(page);
    await picture(page, 'users');

    await show(page, '/permissions', '권한표');
    await page.getByRole('rowheader', { name: 'approve-decision' }).waitFor();
    await accessible(page);
    await picture(page, 'permissions');
    await show(page, '/preliminary-reviews', '예비검토');
  });

  it('at 360 pixels these pages fit their width', async () => {
    const page = await openWindow(browser, service.url, trouble, { width: 360, height: 740 });
    await signIn(page, service.url, '행정안전부 검토자');
    for (const path of ['/queue', '/clusters', '/statistics', '/preliminary-reviews', '/rules', '/holidays', '/permissions']) {
      await page.goto(`${service.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect(`${path} ${width}`).toBe(`${path} 360`);
      await accessible(page);
    }
    await page.context().close();
  });
});
