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
  type Trouble,
} from './browser.js';
import { startService, type RunningService } from './service.js';

/**
 * The day of somebody who applies: does this project have to be consulted, what does it repeat, what would be left without a function,
 * what is due, and may it be ordered. The authority's part is done over HTTP, as another system would do it. Steps of one story, in order.
 */
describeInBrowser('an applicant’s work in the browser', () => {
  const TITLE = '수원시 중장년 고용·취업 정보 서비스 구축';
  const trouble: Trouble = { errors: [], strangers: [] };
  let service: RunningService;
  let browser: Browser;
  let page: Page;
  let project = '';
  let consultation = '';

  const accessible = async (where: Page = page): Promise<void> => expect(await objections(where)).toEqual([]);
  const go = async (path: string): Promise<void> => {
    await page.goto(`${service.url}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };

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
    page = await openWindow(browser, service.url, trouble);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  afterEach(() => {
    expect(trouble.errors.splice(0)).toEqual([]);
    expect(trouble.strangers.splice(0)).toEqual([]);
  });

  step('the wizard says what is still to be known, and then that it must be consulted, by which rule', async () => {
    await signIn(page, service.url, '수원시 정보통신과');
    await page.getByRole('link', { name: '대상여부 판정' }).click();
    const kind = page.getByLabel('어떤 사업입니까?');
    await kind.waitFor();
    await accessible();
    await page.getByRole('button', { name: '판정하기' }).click();
    await page.getByRole('alert').waitFor();
    expect(await kind.getAttribute('aria-invalid')).toBe('true');
    await accessible();
    await kind.selectOption({ label: '시스템 구축' });
    await page.getByRole('button', { name: '판정하기' }).click();
    const answer = page.getByRole('region', { name: '판정', exact: true });
    await answer.getByText('아직 알 수 없음').waitFor();
    await accessible();
    await page.getByLabel('총사업비는 얼마입니까?').fill('3.5억');
    await page.getByText('= 350,000,000원').waitFor();
    await page.getByRole('button', { name: '판정하기' }).click();
    await expectCount(answer.getByRole('listitem').filter({ hasText: '자체 수입만으로 합니까?' }), 1);
    await page
      .getByRole('group', { name: /자체 수입만으로/ })
      .getByLabel('아니요')
      .check({ force: true });
    await page.getByRole('button', { name: '판정하기' }).click();
    await answer.getByText('사전협의 대상', { exact: true }).waitFor();
    await answer.getByRole('heading', { name: '근거' }).waitFor();
    await accessible();
    await page.evaluate('scrollTo(0, 0)');
    await picture(page, 'wizard');
  });

  step('a plan with costs shows what reuse may save, and what each function left out would change', async () => {
    await page.getByRole('link', { name: '사업계획 쓰기' }).click();
    await page.getByLabel('사업명').fill(TITLE);
    await page.getByLabel('추진 목적').fill('일자리와 직업훈련 등 노동시장 정보를 모아 중장년에게 한꺼번에 제공한다.');
    await page.getByLabel('구현 기능 1', { exact: true }).fill('고용·취업 정보 통합 제공');
    await page.keyboard.press('Enter');
    await page.keyboard.type('노동시장 정보 연계');
    await page.keyboard.press('Enter');
    await page.keyboard.type('동네 배움터 안내');
    await page.getByLabel('이용자 1', { exact: true }).fill('중장년 구직자');
    await page.getByLabel('총사업비').fill('3.5억');
    await page.getByRole('button', { name: '비용 추가' }).click();
    await page.getByLabel('비용 1 항목').fill('취업정보 개발');
    await page.getByLabel('비용 1 금액').fill('2억');
    await page.getByText('모든 기능에 함께 드는 비용').click();
    await page.getByRole('group', { name: '비용 1의 기능' }).getByLabel('고용·취업 정보 통합 제공').check({ force: true });
    await page.getByText('기능 1개의 비용').waitFor();

    await page.getByRole('button', { name: '자가점검' }).click();
    const check = page.getByRole('region', { name: '중복 자가점검' });
    await check.getByText(/기록 \d+건과 견주/).waitFor();
    await check.getByRole('button', { name: '기능마다 빼 보기' }).click();
    await expectCount(check.getByText(/빼(면|도) 판정 대상/), 3);
    await check.getByLabel('고용·취업 정보 통합 제공').check({ force: true });
    await check
      .getByText(/빼면 (낮아짐|목록에서 사라짐)|빼도 그대로/)
      .first()
      .waitFor();
    await accessible();
    await picture(page, 'self-check');

    await page.getByRole('button', { name: '초안으로 저장' }).click();
    await page.getByRole('heading', { name: TITLE }).waitFor();
    consultation = new URL(page.url()).pathname.split('/')[2] ?? '';
  });

  step('two people who change the same draft see both versions side by side and choose part by part', async () => {
    await go(`/cases/${consultation}/plan`);
    await page.getByLabel('추진 목적').fill('중장년이 새 일자리를 찾을 수 있게 취업 정보를 모은다.');
    await page.getByText('이 브라우저에 보관됨').waitFor();
    const at = `/v1/consultations/${consultation}`;
    const { plan, revision } = await read<{ plan: { content: object }; revision: string }>('demo-suwon', at);
    const theirs = { ...plan.content, purpose: '일자리센터가 정한 대로 고친다.', text: '2027년 상반기에 발주한다.' };
    await write('demo-suwon', 'PUT', `${at}/draft`, theirs, revision);
    await page.getByRole('heading', { name: '다른 사람이 초안을 고쳤습니다' }).waitFor();
    await page.getByText('고를 항목 1개가 남았습니다.').waitFor();
    expect(await page.locator('.merge h3').allTextContents()).toEqual(['추진 목적', '그 밖의 계획 내용']);
    await accessible();
    await picture(page, 'draft-merge');
    await page
      .getByRole('group', { name: /추진 목적: 둘 다 고쳤습니다/ })
      .getByLabel('내 것')
      .check({ force: true });
    await page.getByRole('button', { name: '합쳐서 이어 쓰기' }).click();
    expect(await page.getByLabel('추진 목적').inputValue()).toContain('중장년이 새 일자리를');
    expect(await page.getByLabel('그 밖의 계획 내용').inputValue()).toBe('2027년 상반기에 발주한다.');
    expect(await page.getByLabel('비용 1 금액').inputValue()).toBe('200,000,000');
    await page.getByRole('button', { name: '초안 저장' }).click();
    await page.getByText('초안을 저장했습니다.').waitFor();
  });

  step('the project has one timeline, and the answer of the wizard goes on record there', async () => {
    await page.getByRole('link', { name: '정보화사업' }).first().click();
    await page.getByRole('link', { name: TITLE, exact: true }).click();
    await page.getByRole('heading', { name: '사업의 발자취' }).waitFor();
    project = new URL(page.url()).pathname.split('/')[2] ?? '';
    await accessible();
    await page.getByRole('link', { name: '대상여부 판정' }).last().click();
    await page.getByLabel('어떤 사업입니까?').selectOption({ label: '시스템 구축' });
    await page.getByLabel('총사업비는 얼마입니까?').fill('3.5억');
    await page
      .getByRole('group', { name: /자체 수입만으로/ })
      .getByLabel('아니요')
      .check({ force: true });
    await page.getByRole('button', { name: '판정하기' }).click();
    expect(await page.getByLabel('기록할 사업').inputValue()).toBe(project);
    await page.getByRole('button', { name: '사업에 기록하기' }).click();
    await page.getByText('판정을 사업에 기록했습니다.').waitFor();
    await page.getByRole('link', { name: '사업 보기' }).click();
    await page.getByText('대상여부 판정: 사전협의 대상', { exact: false }).waitFor();
    await page.getByRole('button', { name: '예비검토 요청' }).click();
    await page.getByRole('button', { name: '예비검토 요청', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await accessible();
    await page.getByLabel('회계연도').fill('2027');
    await page.getByRole('button', { name: '예비검토 요청', exact: true }).click();
    await page.getByText('2027년도 예비검토 1 요청').waitFor();
  });

  step('before the letter nothing may be ordered, and the refusal says so', async () => {
    await page.getByRole('button', { name: '토큰 발급' }).click();
    await page.getByRole('alert').filter({ hasText: '발주할 수 없는 사업입니다' }).waitFor();
    await accessible();
  });

  step('what is due stands in the list of the day, the draft first and then the conditions of the letter', async () => {
    await page.getByRole('link', { name: '오늘 할 일' }).click();
    await page.getByText('초안 마저 쓰기').first().waitFor();
    await accessible();
    await decide();
    await page.getByText('조건 이행하기').first().waitFor();
    await page.getByRole('heading', { name: /기한초과|임박|여유/ }).waitFor();
    await accessible();
    await picture(page, 'to-do');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '엑셀(CSV) 내려받기' }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8').startsWith('\ufeff할 일,사업명,')).toBe(true);
  });

  step('the token is issued, saved, verified, and the order that shows it rests on the decision', async () => {
    await go(`/projects/${project}`);
    await page.getByRole('button', { name: '토큰 발급' }).click();
    await page.getByRole('button', { name: '토큰 내려받기' }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '토큰 내려받기' }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/^sajeon-procurement-token@1\n/);
    await page.getByText('받은 토큰 확인하기').click();
    await page.getByRole('button', { name: '방금 발급한 것 넣기' }).click();
    await page.getByRole('button', { name: '확인하기' }).click();
    await page.getByText('지금도 그대로 유효').waitFor();
    await accessible();
    await page
      .getByLabel('토큰', { exact: true })
      .fill((await page.getByLabel('토큰', { exact: true }).inputValue()).replace('수원시', '성남시'));
    await page.getByRole('button', { name: '확인하기' }).click();
    await page.getByText('서명이 맞지 않음').waitFor();

    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul', dateStyle: 'short' }).format(new Date());
    await page.getByRole('button', { name: '발주 등록' }).click();
    await page.getByLabel('입찰공고번호·계약번호').fill('20261228-00417');
    await page.getByLabel('발주일').fill(today);
    await page.getByLabel('발주금액(원)').fill('1.4억');
    await page.getByRole('button', { name: '발주 등록', exact: true }).click();
    await page.getByText(/발주 등록: 20261228-00417/).waitFor();
    await page.getByRole('button', { name: '예산 반영 기록' }).click();
    await page.getByLabel('회계연도').fill('2027');
    await page.getByLabel('요구액(원)').fill('3.5억');
    await page.getByLabel('반영액(원)').fill('2.8억');
    await page.getByRole('button', { name: '예산 반영 기록', exact: true }).click();
    await page.getByText('2027년 예산 반영: 요구 350,000,000원, 반영 280,000,000원').waitFor();
    await page.getByRole('group', { name: '구분' }).getByRole('button', { name: '발주' }).click();
    await expectCount(page.getByRole('region', { name: '사업의 발자취' }).getByRole('listitem'), 1);
    await page.getByRole('group', { name: '구분' }).getByRole('button', { name: '모두' }).click();
    await accessible();
    await page.evaluate('scrollTo(0, 0)');
    await picture(page, 'project');
  });

  step('the lists of one’s cases, projects and conditions, and what a search finds, hold the case of this story', async () => {
    for (const [path, name] of [
      ['/my-cases', 'my-cases'],
      ['/projects', 'projects'],
      ['/obligations', 'obligations'],
      [`/search?q=${encodeURIComponent('ㅅㅇㅅ ㅈㅈㄴ')}`, 'search'],
    ] as const) {
      await page.goto(`${service.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      await page.getByRole('main').getByText(TITLE).first().waitFor();
      await accessible();
      await picture(page, name);
    }
  });

  step('one sees where one is signed in, ends what is not oneself, and is told when the new password is too short', async () => {
    const elsewhere = await openWindow(browser, service.url, trouble);
    await signIn(elsewhere, service.url, '수원시 정보통신과');
    await page.getByRole('link', { name: '내 계정' }).click();
    const others = page.getByRole('button', { name: /로그인 끝내기/ });
    await others.first().waitFor();
    await accessible();
    const before = await others.count();
    await others.first().click();
    await expectCount(others, before - 1);
    await elsewhere.context().close();
    await page.getByLabel('지금 비밀번호').fill('demo-suwon');
    await page.getByLabel('새 비밀번호', { exact: true }).fill('짧은 것');
    await page.getByLabel('새 비밀번호 한 번 더').fill('다른 것');
    await page.getByRole('button', { name: '비밀번호 바꾸기' }).click();
    await page.getByRole('alert').filter({ hasText: '서로 다릅니다' }).waitFor();
    await accessible();
    await page.evaluate('scrollTo(0, 0)');
    await picture(page, 'account');
    const administrator = await openWindow(browser, service.url, trouble);
    await signIn(administrator, service.url, '관리자');
    await administrator.goto(`${service.url}/integrations`);
    await administrator.getByLabel('무엇에 쓰는지').fill('예산 시스템 연계');
    await administrator.getByRole('button', { name: '열쇠 만들기' }).click();
    await administrator.getByText('이 값은 다시 볼 수 없습니다.').waitFor();
    await administrator.getByRole('rowheader', { name: '예산 시스템 연계' }).waitFor();
    // The button is on its way back from its busy colours.
    while ((await administrator.evaluate('document.getAnimations().length')) !== 0) await administrator.waitForTimeout(20);
    await accessible(administrator);
    await administrator.context().close();
  });

  step('at 360 pixels every page of an applicant fits its width, in Korean and in English', async () => {
    const phone = await openWindow(browser, service.url, trouble, { width: 360, height: 740 });
    await signIn(phone, service.url, '수원시 정보통신과');
    for (const language of ['한국어', 'English']) {
      const button = phone.getByRole('button', { name: language });
      if ((await button.count()) > 0) await button.click();
      for (const path of ['/today', '/wizard', '/projects', `/projects/${project}`, '/plans/new', '/account']) {
        await phone.goto(`${service.url}${path}`);
        await phone.getByRole('heading', { level: 1 }).waitFor();
        await settled(phone);
        const width = await phone.evaluate('document.documentElement.scrollWidth');
        expect(`${path} ${width}`).toBe(`${path} 360`);
        await accessible(phone);
      }
    }
    await phone.getByRole('button', { name: '한국어' }).click();
    await phone.goto(`${service.url}/projects/${project}`);
    await phone.getByRole('heading', { level: 1 }).waitFor();
    await picture(phone, 'project-phone');
    await phone.context().close();
  });

  async function expectCount(found: ReturnType<Page['getByText']>, count: number): Promise<void> {
    const until = Date.now() + 45_000;
    while ((await found.count()) !== count) {
      if (Date.now() > until) expect(await found.count()).toBe(count);
      await found.page().waitForTimeout(50);
    }
  }

  async function call<T>(token: string, method: string, path: string, body?: object, revision?: string): Promise<T> {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
        ...(position === '' ? {} : { 'x-after': position }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    expect([path, response.status, response.ok ? '' : answer]).toEqual([path, response.status, '']);
    position = response.headers.get('x-position') ?? position;
    return answer as T;
  }
  function read<T>(token: string, path: string): Promise<T> {
    return call<T>(token, 'GET', path);
  }
  function write(token: string, method: string, path: string, body: object, revision: string): Promise<unknown> {
    return call(token, method, path, body, revision);
  }

  /** The authority's part: receives, settles, decides and tells. */
  async function decide(): Promise<void> {
    interface Shown {
      readonly revision: string;
      readonly finding: object | null;
      readonly unsettled: readonly string[];
    }
    const at = `/v1/consultations/${consultation}`;
    const shown = (): Promise<Shown> => read<Shown>('demo-gyeonggi-reviewer', at);
    const act = async (who: string, what: string, body: object): Promise<unknown> =>
      write(who, 'POST', `${at}${what}`, body, (await shown()).revision);
    const { revision } = await read<Shown>('demo-suwon', at);
    await write('demo-suwon', 'POST', `${at}/submission`, {}, revision);
    const until = Date.now() + 20_000;
    while ((await shown()).finding === null) {
      if (Date.now() > until) throw new Error('no finding');
      await page.waitForTimeout(100);
    }
    await act('demo-gyeonggi-reviewer', '/receipt', { track: 'standard' });
    for (const candidate of (await shown()).unsettled) {
      const body = { relation: 'SHOULD_LINK', reason: '연계하면 된다.' };
      await act('demo-gyeonggi-reviewer', `/overlaps/${candidate}/confirmation`, body);
    }
    await act('demo-gyeonggi-reviewer', '/decisions', {
      outcome: 'PROCEED_CONDITIONALLY',
      reasons: '국가 취업정보 시스템과 연계하는 조건으로 추진할 수 있다.',
      opinions: Array.from({ length: 13 }, (_, index) => ({
        ...{ item: index + 1, verdict: index === 1 ? 'SUITABLE_WITH_CONDITIONS' : 'SUITABLE' },
        text: index === 1 ? '겹치는 기능을 연계하여야 한다.' : '',
      })),
      conditions: [{ code: 'link', text: '국가 취업정보 시스템과 연계하고 결과를 제출할 것', dueOn: inDays(300) }],
    });
    await act('demo-gyeonggi-approver', '/decisions/1/approval', {});
    await act('demo-gyeonggi-reviewer', '/notification', { proposal: 1, documentNumber: '디지털정책과-4321' });
  }

  let position = '';
});
