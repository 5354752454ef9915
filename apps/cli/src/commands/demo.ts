import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { CommandFailed, EXIT, inWords } from '../terminal.js';

interface DemoFlags {
  readonly url?: string;
}

/** `sajeon demo`: one consultation from the plan to the audit, over HTTP, every step printed. */
export function demoCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('demo')
    .summary(inWords({ ko: '사전협의 한 건을 처음부터 끝까지 보여 준다', en: 'show one case from beginning to end' }, ' · '))
    .description(
      inWords({
        ko: '계획 제출, 중복 발견, 보완요청과 답변, 결정, 통보, 감사까지 HTTP로 한 걸음씩 해 보인다. 서버가 없으면 임시로 켠다.',
        en: 'Files a plan, finds its overlaps, asks for a correction, decides, notifies and audits, over HTTP, step by step. Starts a server of its own, for the while, when none runs.',
      }),
    )
    .option('-u, --url <url>', inWords({ ko: '서버 주소(기본 http://127.0.0.1:3000)', en: 'address of the server' }))
    .action(async (flags: DemoFlags) => {
      const server = await reach(flags.url);
      try {
        await new Story(server.url).tell();
        finish(EXIT.ok);
      } finally {
        await server.stop();
      }
    });
}

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

async function reach(given: string | undefined): Promise<Server> {
  const url = given ?? 'http://127.0.0.1:3000';
  const running = await fetch(`${url}/livez`).then(
    (answer) => answer.ok,
    () => false,
  );
  if (running) return { url, stop: async () => undefined };
  if (given !== undefined) {
    throw new CommandFailed(EXIT.store, {
      ko: `${given}에 서버가 없습니다. 먼저 npm start로 켜거나 --url을 빼십시오.`,
      en: `There is no server at ${given}. Start one with npm start, or leave --url out.`,
    });
  }
  return temporaryServer();
}

/** The service on a free port with data that is thrown away afterwards. */
async function temporaryServer(): Promise<Server> {
  say('서버가 없어 임시로 켭니다 · no server runs: starting one for the demo …');
  const home = mkdtempSync(join(tmpdir(), 'sajeon-demo-'));
  const main = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'api', 'src', 'main.js');
  const env = {
    ...process.env,
    PORT: '0',
    SAJEON_HOME: home,
    SAJEON_WORKER: 'inline',
    SAJEON_SAMPLE: 'yes',
    SAJEON_LOG: 'silent',
  };
  const child: ChildProcess = fork(main, [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { listening: string }).listening));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

interface Receipt {
  readonly id: string;
  readonly revision: string;
  readonly position: string;
}

interface Quote {
  readonly quote: string;
}

interface CaseView {
  readonly status: string;
  readonly revision: string;
  readonly position: string;
  readonly unsettled: readonly string[];
  readonly received: { readonly dueOn: string } | null;
  readonly finding: {
    readonly compared: number;
    readonly planVersion: number;
    readonly engine: Readonly<Record<string, string>>;
    readonly candidates: readonly {
      readonly id: string;
      readonly name: string;
      readonly agency: string;
      readonly kind: string;
      readonly probability: number;
      readonly flagged: boolean;
      readonly evidence: readonly { readonly plan: Quote; readonly candidate: Quote; readonly terms: readonly string[] }[];
    }[];
  } | null;
  readonly decision: { readonly basis: { readonly position: string; readonly viewHash: string } } | null;
  readonly letter: { readonly documentNumber: string } | null;
}

/** So many days from today: whenever the story is told, what is due in it lies ahead. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const PLAN = {
  title: '수원시 공공시설 통합예약 서비스 구축',
  purpose:
    '시가 가진 회의실, 강당, 체육시설, 주차장을 시민이 한 곳에서 검색하고 예약·결제할 수 있게 하여 유휴 공공자원의 이용을 늘린다.',
  functions: ['공공시설 검색과 위치 안내', '온라인 예약과 승인', '이용료 결제와 환불', '이용 현황 통계'],
  users: ['시민', '시설 담당 공무원'],
  data: ['공공시설 대장', '예약 내역', '결제 내역'],
  technologies: ['웹', '모바일 앱'],
  text: '',
  budgetKrw: 780_000_000,
  orderPlannedOn: inDays(90),
} as const;

class Story {
  private step = 0;
  private position = '0';

  constructor(private readonly url: string) {}

  async tell(): Promise<void> {
    this.title('수원시가 정보화사업 계획을 등록한다', 'Suwon plans a project');
    const project = await this.write('demo-suwon', 'POST', '/v1/projects', { plan: PLAN });
    say(`   ${PLAN.title} · ${PLAN.budgetKrw.toLocaleString('ko-KR')}원 → project ${project.id}`);

    this.title('제출하기 전에 혼자 중복을 확인한다 (기록되지 않음)', 'It checks overlap privately; nothing is recorded');
    const self = await this.call('demo-suwon', 'POST', '/v1/self-checks', PLAN);
    this.candidates((self.body as NonNullable<CaseView['finding']>).candidates.slice(0, 3));

    this.title('그래도 사전협의를 신청한다', 'It files all the same');
    const drafted = await this.write('demo-suwon', 'POST', '/v1/consultations', { project: project.id });
    const id = drafted.id;
    const at = `/v1/consultations/${id}`;
    await this.write('demo-suwon', 'POST', `${at}/submission`, undefined, drafted.revision);
    say(`   사전협의 ${id} · 협의기관: 경기도`);

    this.title(
      '시스템이 기존 시스템과 다른 기관의 계획을 모두 견주어 기록한다',
      'The system compares it with everything on record and records the finding',
    );
    let page = await this.until('demo-gyeonggi-reviewer', at, (shown) => shown.finding !== null);
    say(
      `   ${page.finding?.compared}건과 비교 · compared with ${page.finding?.compared} records, engine ${JSON.stringify(page.finding?.engine)}`,
    );
    this.candidates(page.finding?.candidates ?? []);

    this.title('경기도 검토자가 접수한다: 처리기한이 시작된다', 'A reviewer of Gyeonggi receives it: the clock starts');
    page = await this.act('demo-gyeonggi-reviewer', at, '/receipt', { track: 'standard' }, page);
    say(`   처리기한 ${page.received?.dueOn} · due on ${page.received?.dueOn}`);

    this.title(
      '검토자가 시정을 요청하고, 신청 기관이 답하며 계획을 고친다',
      'The reviewer asks for a correction; the applicant answers and changes the plan',
    );
    const respondBy = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
    const items = [
      {
        pointer: '/functions/1',
        text: '행정안전부 공유누리에 있는 예약 기능과 무엇이 다른지 밝히고, 같으면 공유누리를 이용하십시오.',
      },
      { pointer: '/functions/2', text: '결제 기능을 따로 만들 이유를 밝히십시오.' },
    ];
    page = await this.act('demo-gyeonggi-reviewer', at, '/correction-requests', { items, respondBy }, page);
    const revised = {
      ...PLAN,
      title: '수원시 공공시설 공유누리 연계 및 시설관리 개선',
      purpose: '시가 가진 시설의 대장을 정비하고 공유누리와 연계하여, 예약과 결제는 공유누리에서 하고 시는 시설 관리만 한다.',
      functions: ['시설 대장 정비', '공유누리 연계', '시설 점검 이력 관리'],
      budgetKrw: 190_000_000,
    };
    const answers = [
      { number: 1, answer: '예약 기능을 빼고 공유누리를 이용하기로 하였습니다.' },
      { number: 2, answer: '결제 기능을 삭제하였습니다.' },
    ];
    page = await this.act('demo-suwon', at, '/correction-requests/1/response', { answers, plan: revised }, page);
    say(
      `   ${(PLAN.budgetKrw - revised.budgetKrw).toLocaleString('ko-KR')}원을 줄인 2판 제출 · version 2 filed, ${(PLAN.budgetKrw - revised.budgetKrw).toLocaleString('en')} won less`,
    );

    this.title('고친 계획도 다시 견준다', 'The changed plan is compared again');
    page = await this.until('demo-gyeonggi-reviewer', at, (shown) => shown.finding?.planVersion === 2);
    this.candidates((page.finding?.candidates ?? []).slice(0, 3));

    this.title('사람이 후보를 하나씩 판단한다', 'A person settles every candidate that must be settled');
    for (const candidate of [...page.unsettled]) {
      const name = page.finding?.candidates.find((other) => other.id === candidate)?.name ?? candidate;
      const reason = '2판에서 예약·결제 기능을 빼고 연계하기로 하였으므로 연계 대상임.';
      page = await this.act(
        'demo-gyeonggi-reviewer',
        at,
        `/overlaps/${candidate}/confirmation`,
        { relation: 'SHOULD_LINK', reason },
        page,
      );
      say(`   ${name}: 연계 대상 · SHOULD_LINK`);
    }
    if (page.unsettled.length === 0) say('   남은 후보 없음 · none left');

    this.title('검토자가 조건부추진을 제안하고, 다른 사람이 결재한다', 'The reviewer proposes; another person approves');
    const decision = {
      outcome: 'PROCEED_CONDITIONALLY',
      reasons: '공유누리와 기능이 겹치던 예약·결제를 제외하고 연계하기로 하였으므로 조건부로 추진함.',
      opinions: Array.from({ length: 13 }, (_, index) => ({
        ...{ item: index + 1, verdict: index === 1 ? 'SUITABLE_WITH_CONDITIONS' : 'SUITABLE' },
        text: index === 1 ? '공유누리와 겹치는 기능을 연계하여야 한다.' : '',
      })),
      conditions: [{ code: 'link', text: '공유누리 연계를 완료하고 결과를 제출할 것', dueOn: inDays(300) }],
    };
    page = await this.act('demo-gyeonggi-reviewer', at, '/decisions', decision, page);
    const refused = await this.call('demo-gyeonggi-reviewer', 'POST', `${at}/decisions/1/approval`, {}, page.revision);
    say(
      `   검토자 혼자서는 결재할 수 없음 (${refused.status} ${(refused.body as { code: string }).code}) · a reviewer alone cannot approve`,
    );
    page = await this.act('demo-gyeonggi-approver', at, '/decisions/1/approval', {}, page);
    page = await this.act(
      'demo-gyeonggi-reviewer',
      at,
      '/notification',
      { proposal: 1, documentNumber: `디지털정책담당관-${Date.now() % 100_000}` },
      page,
    );
    say(`   통보 ${page.letter?.documentNumber} · notified`);

    this.title('감사관이 기록을 되짚는다', 'An auditor replays the record');
    const history = await this.read<{ rows: { position: string; recordedAt: string; ko: string; en: string }[] }>(
      'demo-auditor',
      `${at}/timeline`,
    );
    for (const { position, ko, en } of history.rows) say(`   ${position.padStart(6)}  ${ko}\n           ${en}`);
    const basis = page.decision?.basis;
    const then = await this.read<CaseView>('demo-auditor', `${at}?asOf=${basis?.position}`);
    say(
      `   결정할 때 본 화면(위치 ${basis?.position}, ${basis?.viewHash.slice(0, 16)}…)을 다시 만들면: 상태 ${then.status}, 2판`,
    );
    say(`   The page as the decider saw it (position ${basis?.position}) made again: status ${then.status}.`);
    say(`\n   npm run --silent sajeon -- replay consultation-${id}\n`);
  }

  private title(ko: string, en: string): void {
    say(`\n${String(++this.step).padStart(2)}. ${ko}\n    ${en}`);
  }

  private candidates(candidates: NonNullable<CaseView['finding']>['candidates']): void {
    for (const { name, agency, probability, flagged, evidence } of candidates) {
      say(
        `   ${flagged ? '!' : ' '} ${(probability * 100).toFixed(0).padStart(3)} %  ${name}${agency === '' ? '' : ` (${agency})`}`,
      );
      const [best] = evidence;
      if (best) say(`            “${best.plan.quote}” ↔ “${best.candidate.quote}”`);
    }
  }

  /** A write to the case at the revision that was shown, and the page it leads to. */
  private async act(token: string, at: string, what: string, body: object, page: CaseView): Promise<CaseView> {
    await this.write(token, 'POST', `${at}${what}`, body, page.revision);
    return this.read<CaseView>(token, at);
  }

  private async write(token: string, method: string, path: string, body?: object, revision?: string): Promise<Receipt> {
    const { status, body: answer } = await this.call(token, method, path, body, revision);
    if (status >= 400) throw problem(status, path, answer);
    const receipt = answer as Receipt;
    this.position = receipt.position;
    return receipt;
  }

  private async read<T>(token: string, path: string): Promise<T> {
    const { status, body } = await this.call(token, 'GET', path);
    if (status >= 400) throw problem(status, path, body);
    return body as T;
  }

  private async until(token: string, path: string, ready: (page: CaseView) => boolean): Promise<CaseView> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const page = await this.read<CaseView>(token, path);
      if (ready(page)) return page;
      await sleep(100);
    }
    throw new CommandFailed(EXIT.problems, {
      ko: '10초 안에 중복 검토 결과가 나오지 않았습니다. 작업자가 도는지 /readyz에서 확인하십시오.',
      en: 'No finding within 10 seconds. See at /readyz whether a worker runs.',
    });
  }

  private async call(
    token: string,
    method: string,
    path: string,
    body?: object,
    revision?: string,
  ): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'x-after': this.position,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }
}

function problem(status: number, path: string, body: unknown): CommandFailed {
  const text = JSON.stringify(body);
  return new CommandFailed(EXIT.problems, { ko: `${path}: ${status} ${text}`, en: `${path}: ${status} ${text}` });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
