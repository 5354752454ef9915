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
import { Scene, type Json } from './scene.js';
import { startService, type RunningService } from './service.js';

/**
 * What comes after and around a review: the owner of a system that a plan overlaps, the auditor who looks back, the agency that answers, and
 * a citizen with a letter in hand. The tests are steps of one story and run in order.
 */
describeInBrowser('owner, auditor and citizen in the browser', () => {
  const TITLE = '수원시 공공시설 통합예약 서비스 구축';
  const NUMBER = '디지털정책담당관-4821';
  const trouble: Trouble = { errors: [], strangers: [] };
  let service: RunningService;
  let browser: Browser;
  let scene: Scene;
  let id: string;
  let system: { readonly system: string; readonly title: string };

  const open = (options = {}): Promise<Page> => openWindow(browser, service.url, trouble, options);
  const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();
  const accessible = async (page: Page): Promise<void> => expect(await objections(page)).toEqual([]);
  const close = (page: Page): Promise<void> => page.context().close();

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
    scene = new Scene(service.url);
    const systems = await scene.until(
      '/v1/systems?q=행정안전부&retired=false&limit=200',
      'demo-suwon',
      ({ rows }) => rows.length > 0,
    );
    system = systems.rows.find(({ agency }: Json) => agency === '행정안전부');
    const plan = {
      ...{ title: TITLE, purpose: '회의실과 체육시설을 시민이 한 곳에서 찾아 예약하게 한다.', text: '', technologies: ['웹'] },
      ...{ functions: ['공공시설 검색', '온라인 예약과 승인'], users: ['시민'], data: ['공공시설 대장', '예약 내역'] },
      ...{ budgetKrw: 780_000_000, orderPlannedOn: inDays(90) },
    };
    const project = await scene.ask('POST', '/v1/projects', 'demo-suwon', { plan });
    ({ id } = await scene.ask('POST', '/v1/consultations', 'demo-suwon', { project: project.id }));
    await scene.until(`/v1/consultations/${id}`, 'demo-suwon', () => true);
    await scene.act(id, 'demo-suwon', 'submission');
    await scene.until(`/v1/consultations/${id}`, 'demo-gyeonggi-reviewer', ({ finding }) => finding !== null);
    const received = await scene.act(id, 'demo-gyeonggi-reviewer', 'receipt', { track: 'standard' });
    const known = received.finding.candidates.some((candidate: Json) => candidate.id === system.system);
    const reason = '같은 시설의 예약을 이미 받고 있다고 들었다.';
    if (!known) await scene.act(id, 'demo-gyeonggi-reviewer', 'overlaps', { kind: 'system', id: system.system, reason });
    const asked = { candidate: system.system, owner: 'mois', dueOn: inDays(20) };
    await scene.act(id, 'demo-gyeonggi-reviewer', 'joint-reviews', asked);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  afterEach(() => {
    expect(trouble.errors.splice(0)).toEqual([]);
    expect(trouble.strangers.splice(0)).toEqual([]);
  });

  step('the owner of a system finds what it was asked, and answers from the evidence', async () => {
    const page = await open();
    await signIn(page, service.url, '시스템 담당자');
    await page.getByRole('heading', { name: '공동검토 받은함' }).waitFor();
    await page.getByRole('link', { name: TITLE }).waitFor();
    await accessible(page);
    await picture(page, 'joint-reviews');
    await page.getByRole('link', { name: '우리 기관 시스템' }).first().click();
    await page.getByRole('rowheader', { name: system.title }).first().waitFor();
    await page.getByRole('columnheader', { name: '겹친다고 본 계획' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: '겹친다고 본 계획' }).getByRole('button').click();
    expect(await page.getByRole('columnheader', { name: '겹친다고 본 계획' }).getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('row').nth(1).getByRole('link', { name: TITLE }).waitFor();
    await accessible(page);
    await picture(page, 'my-systems');
    await page.getByRole('row').nth(1).getByRole('link', { name: TITLE }).click();
    const opinion = page.getByRole('button', { name: '의견 내기' });
    await tabTo(page, opinion);
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: /^의견/ }).selectOption('LINK');
    await page.getByRole('textbox', { name: '조건' }).fill('예약 API를 2027년 3월부터 열어 줄 수 있다.');
    await accessible(page);
    await picture(page, 'owner-opinion');
    await page.getByRole('button', { name: '의견 내기', exact: true }).click();
    await page.getByText('예약 API를 2027년 3월부터 열어 줄 수 있다.').waitFor();
    await page.getByRole('link', { name: '공동검토 받은함' }).click();
    await page.getByText('의견을 낼 것이 없습니다.').waitFor();
    await accessible(page);
    await page.getByRole('button', { name: '끝난 것' }).click();
    await page.getByRole('row').filter({ hasText: TITLE }).getByText('연계').waitFor();
    await close(page);
  });

  step('the authority decides and notifies', async () => {
    const reviewer = 'demo-gyeonggi-reviewer';
    await scene.act(id, reviewer, 'joint-reviews/1/conclusion', { conclusion: 'AGREEMENT', remarks: '연계하기로 한다.' });
    const { unsettled } = await scene.ask('GET', `/v1/consultations/${id}`, reviewer);
    for (const candidate of unsettled)
      await scene.act(id, reviewer, `overlaps/${candidate}/dismissal`, { relation: 'UNRELATED', reason: '다른 업무이다.' });
    const { checklist } = await scene.ask('GET', `/v1/consultations/${id}/decision-rules`, reviewer);
    const opinions = checklist.map(({ number }: Json) => ({
      item: number,
      verdict: 'SUITABLE_WITH_CONDITIONS',
      text: '연계를 조건으로 적합하다.',
    }));
    const conditions = [{ code: 'link', dueOn: inDays(180), evidence: ['연계 협약', '연계 시험 결과서'] }];
    const decision = { outcome: 'PROCEED_CONDITIONALLY', reasons: '연계하면 추진할 수 있다.', opinions, conditions };
    await scene.act(id, reviewer, 'decisions', decision);
    await scene.act(id, 'demo-gyeonggi-approver', 'decisions/1/approval');
    await scene.act(id, reviewer, 'notification', { proposal: 1, documentNumber: NUMBER });
  });

  step('a citizen looks the decision up and verifies the letter by its number, without signing in', async () => {
    const page = await open();
    await page.goto(service.url);
    await page.getByRole('link', { name: /로그인하지 않고 공개 대장/ }).click();
    await page.getByRole('heading', { name: '사전협의 공개 대장' }).waitFor();
    await page.getByRole('rowheader', { name: TITLE }).waitFor();
    await accessible(page);
    const verify = page.getByRole('region', { name: '통보서 진위 확인' });
    await verify.getByLabel('문서번호').fill('없는과-1');
    await page.keyboard.press('Enter');
    await verify.getByText('이 기록에 없는 문서번호입니다').waitFor();
    await accessible(page);
    await verify.getByLabel('문서번호').fill(NUMBER);
    await page.keyboard.press('Enter');
    await verify.getByText('진짜이며 지금 효력이 있는 통보서').waitFor();
    await verify.getByText('경기도', { exact: true }).waitFor();
    await accessible(page);
    await picture(page, 'public');
    const [proof] = await Promise.all([
      page.waitForEvent('download'),
      verify.getByRole('button', { name: '증명 파일 내려받기' }).click(),
    ]);
    expect(readFileSync(await proof.path(), 'utf8')).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
    await page.getByLabel('찾기').fill('ㅅㅇㅅㄱㄱ');
    await page.getByRole('status').filter({ hasText: '1건' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Public register of decisions' }).waitFor();
    await accessible(page);
    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('link', { name: '로그인', exact: true }).click();
    await page.getByRole('heading', { name: '시연용 사용자' }).waitFor();
    await close(page);
  });

  let auditor: Page;
  step('an auditor draws a sample that anybody can draw again', async () => {
    auditor = await open();
    const page = auditor;
    await signIn(page, service.url, '감사원');
    await page.getByRole('link', { name: '감사 업무' }).click();
    await page.getByText('아직 뽑은 표본이 없습니다.').waitFor();
    await accessible(page);
    await page.getByLabel('건수').fill('3');
    await page.getByLabel('씨앗').fill('2026-감사-03');
    await page.getByRole('button', { name: '표본 뽑기' }).click();
    await page.getByText(/건 가운데 3건/).waitFor();
    const drawn = await page.getByRole('rowheader').allInnerTexts();
    await accessible(page);
    await picture(page, 'audit-sample');
    await page.getByRole('button', { name: '이 표본의 조건 다시 채우기' }).click();
    expect(await page.getByLabel('언제의 기록에서').inputValue()).toMatch(/^\d+$/);
    await page.getByRole('button', { name: '표본 뽑기' }).click();
    await page.getByText(/건 가운데 3건/).waitFor();
    expect(await page.getByRole('rowheader').allInnerTexts()).toEqual(drawn);
  });

  step('puts a saved question to the whole record, and writes a finding about what it saw', async () => {
    const page = auditor;
    await tab(page, '질문 모음');
    await page.getByRole('button', { name: '묻기' }).click();
    await page.getByText('해당하는 사건이 없습니다.').waitFor();
    await accessible(page);
    await picture(page, 'audit-question');
    await tab(page, '지적과 답변');
    await page.getByText('지적이 없습니다.').waitFor();
    await accessible(page);
    await page.getByLabel('어느 사건에 대해').fill(id);
    await page.getByRole('button', { name: '지적 쓰기' }).click();
    await page.getByRole('button', { name: '지적 쓰기', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await accessible(page);
    await page.getByLabel('제목').fill('연계 조건의 기한이 너무 멂');
    await page.getByLabel('지적 내용').fill('조건의 기한을 그렇게 정한 까닭을 밝힐 것.');
    await page.getByLabel('답변 기한').fill(inDays(40));
    await page.getByRole('button', { name: '지적 쓰기', exact: true }).click();
    await page.getByRole('heading', { name: '연계 조건의 기한이 너무 멂' }).waitFor();
    await accessible(page);
  });

  step('the agency answers the finding, and the auditor closes it', async () => {
    const page = await open();
    await signIn(page, service.url, '경기도 검토자');
    await page.getByRole('button', { name: '찾아보기' }).click();
    await page.getByRole('link', { name: '감사 지적' }).click();
    await page.getByRole('button', { name: '답변하기' }).click();
    await page.getByRole('textbox', { name: '답변' }).fill('연계 대상 시스템의 개편 일정에 맞추었다.');
    await page.getByRole('textbox', { name: '조치사항' }).fill('중간 점검일을 둠');
    await accessible(page);
    await picture(page, 'finding-answer');
    await page.getByRole('button', { name: '답변하기', exact: true }).click();
    await page.getByText('답변을 냈습니다.').waitFor();
    await close(page);
    await auditor.reload();
    await auditor.getByText('연계 대상 시스템의 개편 일정에 맞추었다.').waitFor();
    await picture(auditor, 'audit-findings');
    await auditor.getByRole('button', { name: '해소로 마치기' }).click();
    await auditor.getByRole('textbox', { name: '확인한 것' }).fill('일정표를 확인함');
    await auditor.getByRole('button', { name: '해소로 마치기', exact: true }).click();
    await auditor.getByText('일정표를 확인함').waitFor();
    await accessible(auditor);
  });

  step('goes back in time over queue and inventory, and sees what has changed since', async () => {
    const page = auditor;
    await page.getByRole('link', { name: '타임머신' }).click();
    await page.getByText(/그때 목록에는 0건이 있었습니다/).waitFor();
    await page.getByRole('row').filter({ hasText: TITLE }).getByText('새로 옴').waitFor();
    await accessible(page);
    const { rows } = await scene.ask('GET', `/v1/consultations/${id}/timeline?limit=200`, 'demo-auditor');
    const submitted = rows.find(({ type }: Json) => type === 'consultation-submitted');
    await page.getByLabel('언제', { exact: true }).fill(submitted.position);
    await page.getByRole('button', { name: '그때로 가기' }).click();
    const row = page.getByRole('row').filter({ hasText: TITLE });
    await row.getByText('다름').waitFor();
    await row.getByText(/^신청/).waitFor();
    await accessible(page);
    await picture(page, 'time-machine');
    await tab(page, '정보시스템');
    await page.getByText('그때와 지금이 같습니다.').waitFor();
    await page.getByRole('button', { name: '달라진 것만' }).click();
    await page.getByText('그대로').first().waitFor();
    await accessible(page);
    await page.getByLabel('언제', { exact: true }).fill('어제');
    await page.getByRole('button', { name: '그때로 가기' }).click();
    await page.getByText('그런 때가 없습니다.').waitFor();
  });

  step('has the finding and the decisions computed again, and takes the log along with what proves it', async () => {
    const page = auditor;
    await page.goto(`${service.url}/cases/${id}/replay`);
    await page.getByRole('button', { name: '다시 계산하기' }).click();
    await page.getByText('그대로 다시 나옴').first().waitFor();
    expect(await page.getByText('다르게 나옴').count()).toBe(0);
    await accessible(page);
    await page.getByRole('heading', { name: '다시 계산' }).scrollIntoViewIfNeeded();
    await picture(page, 'case-recomputed');
    await page.getByRole('link', { name: '감사 업무' }).click();
    await tab(page, '무결성과 내보내기');
    await page.getByRole('heading', { name: '로그의 공개키' }).waitFor();
    await page.getByText(/그날까지 봉인된 기록이 없습니다|마감 때 봉인된 기록 수/).waitFor();
    await accessible(page);
    await picture(page, 'audit-seal');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'OCEL 2.0 (JSON) 내려받기' }).click(),
    ]);
    expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toHaveProperty('events');
    await tab(page, '열람 기록');
    await page.getByText(`/v1/consultations/${id}/recomputation`).first().waitFor();
    await accessible(page);
    await picture(page, 'audit-access');
  });

  step('at 360 pixels every one of these pages fits its width, in Korean and in English', async () => {
    const pages: readonly (readonly [string, readonly string[]])[] = [
      ['시스템 담당자', ['/joint-reviews', '/my-systems', '/public']],
      [
        '감사원',
        ['/audit', '/audit/questions', '/audit/findings', '/audit/access', '/audit/seal', '/time', `/cases/${id}/replay`],
      ],
    ];
    for (const [who, paths] of pages) {
      const page = await open({ width: 360, height: 740 });
      await signIn(page, service.url, who);
      for (const language of ['한국어', 'English']) {
        const button = page.getByRole('button', { name: language });
        if ((await button.count()) > 0) await button.click();
        for (const path of paths) {
          await page.goto(`${service.url}${path}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await settled(page);
          const width = await page.evaluate('document.documentElement.scrollWidth');
          expect(`${path} ${width}`).toBe(`${path} 360`);
          await picture(page, `phone${path.replaceAll('/', '-').replace(id, 'case')}`);
        }
        await accessible(page);
      }
      await close(page);
    }
    await close(auditor);
  });
});
