import { readFileSync } from 'node:fs';
import * as XLSX from '@e965/xlsx';
import type { Browser, Locator, Page } from 'playwright-core';
import { describeInBrowser, inDays, objections, openBrowser, openWindow, picture, signIn, type Trouble } from './browser.js';
import { Scene, type Json } from './scene.js';
import { startService, type RunningService } from './service.js';

/**
 * What does not happen in every case, and must not fail in the one where it does: more time, another track, an owner who disagrees, a
 * condition that is not met, an objection, a case that goes to the ministry, a session that ends. Each act is clicked by the one whose act it is.
 */
describeInBrowser('the exceptions of a consultation in the browser', () => {
  const REVIEWER = 'demo-gyeonggi-reviewer';
  const trouble: Trouble = { errors: [], strangers: [] };
  let service: RunningService;
  let browser: Browser;
  let scene: Scene;
  let applicant: Page;
  let reviewer: Page;
  let approver: Page;

  const accessible = async (page: Page): Promise<void> => expect(await objections(page)).toEqual([]);
  const show = async (page: Page, id: string, tab = ''): Promise<void> => {
    await page.goto(`${service.url}/cases/${id}${tab === '' ? '' : `/${tab}`}`);
    await page.getByRole('tabpanel').waitFor();
  };
  const part = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
  /** Opens the act, looks at it as it stands open, fills its fields and does it. */
  async function act(
    page: Page,
    where: Page | Locator,
    name: string,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await where.getByRole('button', { name: `${name}…`, exact: true }).click();
    await accessible(page);
    const form = where.getByRole('form', { name, exact: true });
    for (const [label, value] of Object.entries(fields)) {
      const field = form.getByLabel(label, { exact: false }).first();
      if ((await field.evaluate((element: { tagName: string }) => element.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
    await form.getByRole('button', { name, exact: true }).click();
    const refused = form.getByRole('alert').first();
    await Promise.race([form.waitFor({ state: 'detached' }), refused.waitFor()]);
    if (await refused.isVisible()) throw new Error(`${name}: ${await refused.innerText()}`);
  }

  beforeAll(async () => {
    [service, browser] = await Promise.all([startService(), openBrowser()]);
    scene = new Scene(service.url);
    [applicant, reviewer, approver] = (await Promise.all([0, 1, 2].map(() => openWindow(browser, service.url, trouble)))) as [
      Page,
      Page,
      Page,
    ];
    await signIn(applicant, service.url, '수원시 정보통신과');
    await signIn(reviewer, service.url, '경기도 검토자');
    await signIn(approver, service.url, '경기도 국장');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });
  afterEach(() => {
    expect(trouble.errors.splice(0)).toEqual([]);
    expect(trouble.strangers.splice(0)).toEqual([]);
  });

  const plan = (title: string, more: object = {}): object => ({
    ...{
      title,
      purpose: '시민이 신청하고 담당자가 처리한다.',
      text: '',
      technologies: ['웹'],
      users: ['시민'],
      data: ['신청 내역'],
    },
    ...{ functions: ['신청 접수', '처리 결과 안내'], budgetKrw: 450_000_000, orderPlannedOn: '2027-04-01', ...more },
  });

  it('the review has a lead, is put on the fast track and taken off it, meets, and tells of a delay', async () => {
    const { consultation } = await scene.received(plan('반려동물 등록 안내 서비스'));
    const page = reviewer;
    await show(page, consultation);
    const course = part(page, '검토 진행');
    await act(page, course, '주심 배정', { '담당자 번호': 'person-demo-gyeonggi-reviewer' });
    await show(approver, consultation);
    const directed = part(approver, '검토 진행');
    await act(approver, directed, '주심 바꾸기', { '담당자 번호': 'person-demo-gyeonggi-approver', 사유: '업무를 나누었다.' });
    await directed.getByText('person-demo-gyeonggi-approver').waitFor();
    await course.getByText('person-demo-gyeonggi-approver').waitFor();
    await act(page, course, '신속처리 지정', { '재난·안전상 까닭': '집중호우 대비 긴급 구축이 필요하다.' });
    await course.getByText('집중호우 대비').waitFor();
    await accessible(page);
    await act(page, course, '신속처리 해제', { 사유: '긴급하지 않은 것으로 확인되었다.' });
    await course.getByText('긴급하지 않은').waitFor();
    await act(page, course, '대면회의 기록', { '회의한 날': inDays(0), '회의 내용': '연계 방안을 논의하였다.' });
    await act(page, course, '지연 통지', { '결과 통보 예정일': inDays(60), 사유: '관계기관 협의가 길어졌다.' });
    await course.getByText('관계기관 협의가 길어졌다.').waitFor();
    await accessible(page);
    await picture(page, 'case-course');
    await show(applicant, consultation);
    await applicant.getByText('관계기관 협의가 길어졌다.').waitFor();
    await accessible(applicant);
    await applicant.getByRole('button', { name: '신청 취하…' }).click();
    await applicant.getByLabel('취하 사유').fill('사업을 내년으로 미루었다.');
    await accessible(applicant);
    await applicant.getByRole('button', { name: '신청 취하', exact: true }).click();
    await applicant.getByText('취하: 사업을 내년으로 미루었다.').waitFor();
    await accessible(applicant);
  });

  it('more time is asked for, declined, given after all; an answer is found wanting, and the next one is accepted', async () => {
    const { consultation } = await scene.received(plan('골목상권 할인권 발급 서비스'));
    const respond = async (round: number, answer: string): Promise<void> => {
      await scene.act(consultation, 'demo-suwon', `correction-requests/${round}/response`, {
        answers: [{ number: 1, answer }],
      });
    };
    const ask = (): Promise<Json> =>
      scene.act(consultation, REVIEWER, 'correction-requests', {
        items: [{ kind: 'correction', pointer: '/functions', text: '기능을 나누어 적어 주십시오.' }],
        respondBy: inDays(14),
      });
    await ask();
    await show(applicant, consultation, 'corrections');
    await act(applicant, applicant, '기한 연장 신청', { '바라는 기한': inDays(28), 사유: '자료를 모으는 데 시간이 걸린다.' });
    await applicant.getByText('자료를 모으는 데 시간이 걸린다.').waitFor();
    await accessible(applicant);
    await show(reviewer, consultation, 'corrections');
    await act(reviewer, reviewer, '연장 거절', { 사유: '일주일이면 충분하다.' });
    await reviewer.getByText('일주일이면 충분하다.').waitFor();
    await act(reviewer, reviewer, '기한 연장', { '새 기한': inDays(21), 사유: '일주일을 더 준다.' });
    await reviewer.getByText('일주일을 더 준다.').waitFor();
    await accessible(reviewer);
    await respond(1, '나누어 적었습니다.');
    await act(reviewer, reviewer, '답변 부족', { '무엇이 부족한가': '대상이 드러나지 않는다.' });
    await reviewer.getByText('대상이 드러나지 않는다.').waitFor();
    await accessible(reviewer);
  });

  it('an owner and an applicant agree who does what, and the authority closes the joint review', async () => {
    const systems = await scene.ask('GET', '/v1/systems?q=행정안전부&retired=false&limit=200', REVIEWER);
    const { system, title } = systems.rows.find(({ agency }: Json) => agency === '행정안전부');
    const { consultation } = await scene.received(plan('마을회관 예약 서비스'));
    await show(reviewer, consultation, 'overlaps');
    await act(reviewer, reviewer, '빠진 후보 추가', {
      '관리번호 또는 접수번호': system,
      '왜 겹친다고 보는가': '예약을 이미 받고 있다.',
    });
    await reviewer.getByRole('listitem').filter({ hasText: title }).getByText('사람이 추가').waitFor();
    await show(reviewer, consultation, 'joint');
    await act(reviewer, reviewer, '운영 기관에 의견 묻기', {
      '겹치는 시스템': system,
      '운영 기관': 'mois',
      '의견 기한': inDays(20),
    });
    const review = part(reviewer, `${title} ↔ 행정안전부`);
    await review.waitFor();
    await accessible(reviewer);

    await show(applicant, consultation, 'joint');
    await act(applicant, applicant, `${title}: 무엇이 다른지 소명하기`, { '다른 점': '마을회관만 다룬다.' });
    await applicant.getByText('마을회관만 다룬다.').waitFor();
    await act(applicant, applicant, '과업 조정안 내기', { '누가 무엇을 맡는지': '예약은 기존 시스템이 맡고 안내만 만든다.' });
    await accessible(applicant);
    const owner = await openWindow(browser, service.url, trouble);
    await signIn(owner, service.url, '시스템 담당자');
    await show(owner, consultation, 'joint');
    await owner.getByText('예약은 기존 시스템이 맡고').waitFor();
    await act(owner, owner, '조정안에 동의');
    await owner.getByText('두 기관이 합의했습니다.').waitFor();
    await reviewer.getByText('두 기관이 합의했습니다.').waitFor();
    expect(await reviewer.getByRole('button', { name: '공동검토 마치기…' }).count()).toBe(0);
    await act(owner, owner, '의견 내기', { 의견: 'LINK', '조건이나 까닭': '예약 창구를 열어 준다.' });
    await reviewer.getByText('예약 창구를 열어 준다.').waitFor();
    await accessible(owner);
    await owner.context().close();
    await act(reviewer, reviewer, '공동검토 마치기', { 결과: 'AGREEMENT', 의견: '합의한 대로 한다.' });
    await reviewer.getByText('합의한 대로 한다.').waitFor();
    await accessible(reviewer);
    await picture(reviewer, 'case-joint-review');
  });

  it('a city’s case that overlaps a system of the government goes up to the ministry, and the ministry has it', async () => {
    const systems = await scene.ask('GET', '/v1/systems?q=행정안전부&retired=false&limit=200', REVIEWER);
    const { system, title } = systems.rows.find(({ agency, level }: Json) => agency === '행정안전부' && level === 'central');
    const TITLE = '주민 전자민원 통합창구';
    const { consultation } = await scene.received(plan(TITLE));
    await scene.act(consultation, REVIEWER, 'overlaps', { kind: 'system', id: system, reason: '같은 민원을 받는다.' });
    await show(reviewer, consultation, 'overlaps');
    await reviewer.getByRole('listitem').filter({ hasText: title }).getByRole('button').click();
    await reviewer.getByRole('radio', { name: '중복으로 확정' }).check({ force: true });
    await reviewer.getByLabel('판단 사유').fill('같은 민원을 같은 사람에게서 받는다.');
    await reviewer.getByRole('button', { name: '판정 기록' }).click();
    await reviewer.getByRole('listitem').filter({ hasText: title }).getByText('중복').first().waitFor();
    await reviewer.getByRole('listitem').filter({ hasText: title }).getByRole('button').click();
    await reviewer.getByText('결재자가 행정안전부로 이관할 수 있습니다.', { exact: false }).waitFor();
    await accessible(reviewer);
    await show(approver, consultation, 'overlaps');
    await approver.getByRole('listitem').filter({ hasText: title }).getByRole('button').click();
    await act(approver, approver, '행정안전부로 이관', { '이관 사유': '중앙행정기관과 조정하여야 한다.' });
    await approver.getByText('경기도에서 이관: 중앙행정기관과 조정하여야 한다.').waitFor();
    await accessible(approver);
    const ministry = await openWindow(browser, service.url, trouble);
    await signIn(ministry, service.url, '행정안전부 검토자');
    await ministry.getByRole('searchbox', { name: '찾기', exact: true }).fill(TITLE);
    await ministry.getByRole('row').filter({ hasText: TITLE }).getByText('시·도에서 이관').waitFor();
    await accessible(ministry);
    await ministry.context().close();
  });

  it('conditions: planned, shown and not accepted, recommended, answered, extended; a waiver declined and one granted', async () => {
    const { consultation } = await scene.received(plan('빈집 정보 안내 서비스'));
    const conditions = [
      { code: 'link', text: '연계하고 결과를 낼 것', dueOn: inDays(90), evidence: ['연계 시험 결과서'] },
      { code: 'link', text: '개방할 데이터를 정할 것', dueOn: inDays(120), evidence: ['데이터 목록'] },
    ];
    await scene.decided(consultation, 'PROCEED_CONDITIONALLY', '디지털정책과-5001', conditions);
    await show(applicant, consultation, 'conditions');
    await show(reviewer, consultation, 'conditions');
    await show(approver, consultation, 'conditions');
    const [mine, theirs] = [part(applicant, '조건 1'), part(reviewer, '조건 1')];
    await act(applicant, mine, '조치계획 내기', { 조치계획: '연계 규격을 정하고 시험한다.', '완료 예정일': inDays(60) });
    await act(applicant, mine, '조치결과 내기', { 조치결과: '규격만 정했다.', '요구 증빙 1': '연계 규격서' });
    await act(reviewer, theirs, '인정하지 않음', { '인정하지 않는 까닭': '시험 결과가 없다.' });
    await theirs.getByText('시험 결과가 없다.').waitFor();
    await act(reviewer, theirs, '개선권고', { '권고 내용': '시험 일정을 정할 것', '답변 기한': inDays(30) });
    await act(applicant, mine, '개선권고에 답하기', { 답변: '다음 달에 시험한다.' });
    await theirs.getByText('다음 달에 시험한다.').waitFor();
    await act(reviewer, theirs, '기한 연장', { '새 이행 기한': inDays(150), '연장 사유': '상대 기관의 일정이 늦다.' });
    await theirs.getByText('상대 기관의 일정이 늦다.').waitFor();
    await accessible(reviewer);
    await picture(reviewer, 'case-condition-history');
    const [proposed, granted] = [part(reviewer, '조건 2'), part(approver, '조건 2')];
    await act(reviewer, proposed, '면제안 올리기', { '면제 사유': '데이터를 만들지 않기로 했다.' });
    await act(approver, granted, '면제 거절', { '거절 사유': '계획서에는 데이터가 남아 있다.' });
    await proposed.getByText('계획서에는 데이터가 남아 있다.').waitFor();
    await act(reviewer, proposed, '면제안 올리기', { '면제 사유': '계획을 바꾸어 데이터가 없다.' });
    await act(approver, granted, '면제 승인');
    await approver.getByText('조건 2개 가운데 1개가 끝났습니다.').waitFor();
    await accessible(approver);
  });

  it('an objection is dismissed; another one is upheld, and a new letter takes the place of the old one', async () => {
    const { consultation } = await scene.received(plan('공유 자전거 반납소 안내'));
    await scene.decided(consultation, 'HOLD', '디지털정책과-5002');
    for (const page of [applicant, approver]) await show(page, consultation, 'decision');
    await act(applicant, applicant, '이의 신청', { '이의 사유': '겹친다고 본 시스템은 없어졌습니다.' });
    await applicant.getByText('검토중').first().waitFor();
    await accessible(applicant);
    expect(await applicant.getByRole('button', { name: '고쳐서 다시 협의' }).count()).toBe(0);
    await reviewer.goto(`${service.url}/queue`);
    await reviewer.getByRole('heading', { name: '이의 심사 1' }).waitFor();
    await accessible(reviewer);
    await act(approver, approver, '인용', { '인용하는 까닭': '폐기된 시스템임을 확인하였다.' });
    await approver.getByText('폐기된 시스템임을 확인하였다.').waitFor();
    await accessible(approver);
    await scene.decided(consultation, 'PROCEED', '디지털정책과-5003');
    await applicant.getByText('디지털정책과-5003').first().waitFor();
    await accessible(applicant);
    await picture(applicant, 'case-objection');

    const other = await scene.received(plan('전통시장 주차 안내'));
    await scene.decided(other.consultation, 'PROCEED', '디지털정책과-5004');
    for (const page of [applicant, approver]) await show(page, other.consultation, 'decision');
    await act(applicant, applicant, '이의 신청', { '이의 사유': '조건 없이 추진하기 어렵습니다.' });
    await act(approver, approver, '기각', { '기각하는 까닭': '결과는 신청한 대로이다.' });
    await applicant.getByText('결과는 신청한 대로이다.').waitFor();
    expect(await applicant.getByRole('button', { name: '이의 신청…' }).count()).toBe(0);
    await accessible(applicant);
    await applicant.getByRole('button', { name: '계획 변경 신고…' }).click();
    await applicant.getByLabel('총사업비').fill('9억');
    await applicant.getByLabel('바꾸는 까닭').fill('대상 시장이 늘었다.');
    await accessible(applicant);
    await applicant.getByRole('button', { name: '변경 신고', exact: true }).click();
    await applicant.getByText('다시 협의해야 함').waitFor();
    await accessible(applicant);
  });

  it('a plan on hold is consulted again, and given up', async () => {
    const { consultation } = await scene.received(plan('야간 산책길 안내'));
    await scene.decided(consultation, 'HOLD', '디지털정책과-5005');
    await show(applicant, consultation, 'decision');
    await act(applicant, applicant, '사업 포기', { '포기하는 까닭': '예산을 얻지 못했다.' });
    await applicant.getByText('보류된 사업을 포기했습니다').waitFor();
    await accessible(applicant);
    const second = await scene.received(plan('새벽 배송 안내'));
    await scene.decided(second.consultation, 'HOLD', '디지털정책과-5006');
    await show(applicant, second.consultation, 'decision');
    await applicant.getByRole('button', { name: '고쳐서 다시 협의' }).click();
    await applicant.getByText('초안은 우리 기관만 볼 수 있습니다.', { exact: false }).waitFor();
    await applicant.getByRole('tab', { name: '결정' }).click();
    await applicant.getByText('2차 (이 사건)').waitFor();
    await accessible(applicant);
  });

  it('a preliminary review is answered in the list where it waits', async () => {
    const TITLE = '청소년 진로 상담 예약';
    const { id } = await scene.ask('POST', '/v1/projects', 'demo-suwon', { plan: plan(TITLE) });
    const { revision } = await scene.until(`/v1/projects/${id}`, 'demo-suwon', () => true);
    await scene.ask('POST', `/v1/projects/${id}/preliminary-reviews`, 'demo-suwon', { fiscalYear: 2027 }, revision);
    await scene.until('/v1/preliminary-reviews?status=requested', REVIEWER, ({ rows }) =>
      rows.some((row: Json) => row.title === TITLE),
    );
    await reviewer.goto(`${service.url}/preliminary-reviews`);
    const row = reviewer.getByRole('row').filter({ hasText: TITLE });
    await row.waitFor();
    await accessible(reviewer);
    await act(reviewer, row, '의견 내기', { 판단: 'ADJUST', 의견: '상담 예약은 기존 것을 쓰십시오.' });
    await row.waitFor({ state: 'detached' });
    await reviewer.getByRole('button', { name: '의견 냄' }).click();
    await reviewer.getByRole('row').filter({ hasText: TITLE }).waitFor();
    await accessible(reviewer);
    await picture(reviewer, 'preliminary-reviews');
  });

  it('a sheet with a fault comes back with what to mend in it, and the mended one is recorded', async () => {
    const page = applicant;
    await page.goto(`${service.url}/plans/sheet`);
    const file = page.getByLabel('엑셀 파일(.xlsx)');
    await file.setInputFiles({ name: '2027년 계획.xlsx', mimeType: '', buffer: sheet('3.5') });
    await page.getByText('등록할 수 있는 사업 1건, 고칠 줄 1개').waitFor();
    await accessible(page);
    await picture(page, 'plan-sheet');
    const [back] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '고칠 점을 적은 엑셀 받기' }).click(),
    ]);
    const marked = XLSX.read(readFileSync(await back.path())).Sheets['사업계획'];
    expect(marked?.['A2']?.v).toContain('총사업비(원)');
    await file.setInputFiles({ name: '2027년 계획.xlsx', mimeType: '', buffer: sheet('350000000') });
    await page.getByRole('button', { name: '사업 2건 등록' }).click();
    await page.getByText('사업 2건을 등록했습니다.').waitFor();
    await accessible(page);
  });

  it('a draft of rules tells which cases it would change, before anybody adopts it', async () => {
    const page = await openWindow(browser, service.url, trouble);
    await signIn(page, service.url, '관리자');
    await page.goto(`${service.url}/rules`);
    await page.getByRole('button', { name: '지금 규칙으로 채우기' }).click();
    const draft = page.getByLabel('규칙 초안 (JSON)');
    const content: Json = JSON.parse(await draft.inputValue());
    for (const rule of content.reviewDays) rule.value.days += 7;
    await draft.fill(JSON.stringify(content));
    await page.getByRole('button', { name: '적용해 보기' }).click();
    await page.getByText(/사건 [1-9]\d*건이 달라집니다/).waitFor();
    await page.getByRole('listitem').filter({ hasText: '빈집 정보 안내 서비스' }).waitFor();
    await accessible(page);
    await picture(page, 'rules-simulated');
    await page.context().close();
  });

  it('somebody who acts for two agencies switches between them, and sees the cases of the other', async () => {
    const user = '/v1/users/person-demo-seongnam';
    const { revision } = await scene.ask('GET', user, 'demo-admin');
    const granted = { agency: 'gyeonggi', roles: ['reviewer'], from: inDays(-1) };
    await scene.ask('POST', `${user}/grants`, 'demo-admin', granted, revision);
    await scene.until(user, 'demo-admin', ({ grants }) => grants.some(({ agency }: Json) => agency === 'gyeonggi'));
    const page = await openWindow(browser, service.url, trouble);
    await signIn(page, service.url, '성남시');
    const choice = page.getByRole('combobox', { name: '기관 전환' });
    await page.getByRole('heading', { name: '오늘 할 일' }).waitFor();
    await accessible(page);
    await choice.selectOption({ label: '경기도 (검토)' });
    await page.getByRole('button', { name: '바꾸기' }).click();
    await page.getByRole('heading', { name: '검토 대기열' }).waitFor();
    await page.getByText('경기도가 검토할 사전협의입니다.', { exact: false }).waitFor();
    await accessible(page);
    await picture(page, 'acting-for');
    await page.context().close();
  });

  it('a session that is about to end says so, goes on by one press, and otherwise asks who is there', async () => {
    const page = await openWindow(browser, service.url, trouble);
    await page.clock.install();
    await signIn(page, service.url, '수원시 정보통신과');
    await page.getByRole('link', { name: '사업계획 작성' }).click();
    await page.getByLabel('사업명').fill('적던 사업');
    const { idleMinutes } = (await page.evaluate("fetch('/v1/session').then((answer) => answer.json())")) as Json;
    const ending = page.getByRole('dialog', { name: '곧 로그아웃됩니다' });
    // In small steps: an answer of the service that is still on its way begins the time anew.
    const unused = async (): Promise<void> => {
      for (let half = 0; half < 2 * idleMinutes + 2 && !(await ending.isVisible()); half++) await page.clock.fastForward(30_000);
      await ending.waitFor();
    };
    await unused();
    await ending.getByText(/[1-3]분 안에 로그아웃됩니다/).waitFor();
    await accessible(page);
    await picture(page, 'session-end');
    await ending.getByRole('button', { name: '계속 쓰기' }).click();
    await ending.waitFor({ state: 'hidden' });
    await unused();
    await page.clock.fastForward(3 * 60_000);
    const again = page.getByRole('dialog', { name: '다시 로그인하십시오' });
    await again.waitFor();
    expect(await ending.count()).toBe(0);
    await accessible(page);
    await again.getByLabel('아이디').fill('demo-suwon');
    await again.getByLabel('비밀번호').fill('demo-suwon');
    await again.getByRole('button', { name: '이어서 하기' }).click();
    await again.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('사업명').inputValue()).toBe('적던 사업');
    await page.context().close();
  });

  /** Two plans, the first with this budget. */
  function sheet(budget: string): Buffer {
    const book = XLSX.utils.book_new();
    const rows = [
      ['사업명', '기능', '총사업비(원)'],
      ['공원 물품 대여', '물품 대여', budget],
      ['도서 교환 안내', '교환 안내', '20000000'],
    ];
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), '사업계획');
    return Buffer.from(XLSX.write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
  }
});
