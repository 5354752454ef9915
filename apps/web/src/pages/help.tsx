import { Link } from 'wouter';
import type { Message, Role, Status } from '../contract.js';
import { useSpeech } from '../language.js';
import { Facts, ReadProblem, Title } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { ROLE, SEVERITY, statusName } from '../terms.js';

type HelpedRole = Exclude<Role, 'system'>;

/** 먼저 할 일: what somebody does on the first day, step by step. */
const FIRST: Readonly<Record<HelpedRole, readonly Message[]>> = {
  applicant: [
    {
      ko: '‘대상여부 판정’에서 물음에 답해 사전협의를 받아야 하는 사업인지 봅니다.',
      en: 'See under “Must I consult?” whether the project has to be consulted at all.',
    },
    {
      ko: '‘사업계획 작성’에서 계획을 적습니다. 적는 동안 이 브라우저에 저절로 보관됩니다. 기능은 한 줄에 하나씩 적습니다.',
      en: 'Write the plan under “New plan”, one function a line. What you type is kept in this browser.',
    },
    {
      ko: '‘자가점검’으로 이미 있는 시스템과 겹치는지 먼저 확인하고, 겹치면 고치거나 다른 점을 적습니다.',
      en: 'Check it against what exists before you file, and change it or say what is different.',
    },
    {
      ko: '다 쓴 초안은 우리 기관 결재자(정보화책임관)에게 결재를 올립니다. 신청한 뒤에는 ‘오늘 할 일’만 보면 됩니다. 보완요청과 조건의 기한이 모두 거기에 나타납니다.',
      en: 'Put the draft before your agency’s approver. Once filed, “To do today” is enough: corrections and conditions appear there with their dates.',
    },
  ],
  'applicant-approver': [
    {
      ko: '‘오늘 할 일’의 ‘결재할 신청’에서 기안자가 올린 초안을 엽니다.',
      en: 'Open what your colleagues put before you under “To do today”.',
    },
    {
      ko: '초안을 읽고 신청하거나, 까닭을 적어 돌려보냅니다. 올라오지 않은 초안도 전결로 신청할 수 있습니다.',
      en: 'Submit it, or send it back and say why. A draft that nobody put before you can be submitted too.',
    },
    {
      ko: '자리를 비울 때는 ‘내 계정’의 대결·전결에서 기간을 정해 위임합니다.',
      en: 'Delegate for a term under “Account” while you are away.',
    },
  ],
  reviewer: [
    {
      ko: '‘검토 대기열’에서 급한 사건부터 엽니다. 새 신청은 요건을 보고 접수하거나 반려합니다.',
      en: 'Open the most urgent case of the review queue. New ones are received or returned.',
    },
    {
      ko: '‘중복 증거’ 탭에서 후보마다 중복인지 아닌지 판정하고 까닭을 적습니다. 판별기의 숫자는 제안일 뿐입니다.',
      en: 'Settle each candidate under “Overlap evidence” and say why. The engine’s number is only a suggestion.',
    },
    {
      ko: '모자란 것은 ‘보완’ 탭에서 한 번에 모아 요청합니다. 답이 올 때까지 처리기간은 멈춥니다.',
      en: 'Ask for everything that is missing at once under “Corrections”. The clock stops until the answer comes.',
    },
    {
      ko: '‘결정’ 탭에서 항목마다 의견을 적어 결정안을 올립니다. 결재는 다른 사람이 합니다.',
      en: 'Give an opinion on every item under “Decision” and propose. Somebody else approves.',
    },
  ],
  approver: [
    {
      ko: '‘검토 대기열’에서 상태를 ‘결재중’으로 좁히면 결재할 사건만 보입니다.',
      en: 'Narrow the review queue to “Awaiting approval”.',
    },
    {
      ko: '결정안의 항목별 의견과 조건을 보고 결재하거나, 고칠 점을 적어 돌려보냅니다. 자기가 올린 것은 결재할 수 없습니다.',
      en: 'Approve, or send it back and say why. Nobody approves what they proposed.',
    },
    {
      ko: '자리를 비울 때는 ‘내 계정’의 대결·전결에서 기간을 정해 위임합니다.',
      en: 'Delegate for a term under “Account” while you are away.',
    },
  ],
  owner: [
    {
      ko: '‘공동검토 받은함’에서 우리 시스템과 겹친다는 계획을 보고 의견을 냅니다. 기한 안에 내지 않으면 의견 없이 진행될 수 있습니다.',
      en: 'Answer under “Opinions asked” about plans that overlap your systems. After the date they may go on without you.',
    },
    {
      ko: '‘우리 기관 시스템’에서 등록된 내용이 맞는지 봅니다. 틀린 것은 관리자에게 고쳐 달라고 합니다.',
      en: 'Look whether your systems are registered rightly, and ask an administrator to correct them.',
    },
  ],
  auditor: [
    {
      ko: '‘전체 사건’에서 찾거나 ‘감사 업무’에서 표본을 뽑고, 정해진 질문을 기록 전체에 묻습니다.',
      en: 'Search all cases, draw samples, or ask a saved question of the whole record.',
    },
    {
      ko: '사건의 ‘재생’ 탭에서 그때 담당자가 본 화면을 날짜마다 되돌려 봅니다.',
      en: 'The tab “Replay” of a case shows what the people saw at any moment.',
    },
    {
      ko: '감사자는 읽기만 합니다. 무엇을 열어 보았는지는 열람 기록에 남습니다.',
      en: 'Auditors change nothing, and what they open is recorded.',
    },
  ],
  administrator: [
    {
      ko: '‘이용자’에서 사람을 등록하고 기관의 역할을 기간을 정해 줍니다. 자기에게는 줄 수 없습니다.',
      en: 'Register people under “Users” and grant them roles for a term; never to yourself.',
    },
    {
      ko: '‘규칙’에서 처리기간과 문턱값을 시행일을 정해 바꿉니다. 바꾸기 전에 시험해 볼 수 있습니다.',
      en: 'Change rules from a date, and try them first.',
    },
    {
      ko: '‘운영 상태’가 모두 정상인지 하루 한 번 봅니다. 다른 시스템과의 연결은 ‘연계’에 있습니다.',
      en: 'Look at “Operations” once a day. Connections to other systems are under “Integrations”.',
    },
  ],
};

/** What a status says about whose turn it is. */
const MEANING: Readonly<Record<Status, Message>> = {
  draft: { ko: '신청기관이 적는 중입니다. 다른 기관은 볼 수 없습니다.', en: 'The applicant is writing; nobody else sees it.' },
  submitted: {
    ko: '협의기관의 접수를 기다립니다. 처리기간은 아직 시작하지 않았습니다.',
    en: 'Waits to be received; the clock has not begun.',
  },
  received: {
    ko: '접수되어 처리기간이 흐릅니다. 유사·중복을 검색합니다.',
    en: 'Received: the clock runs and overlaps are looked for.',
  },
  'under-review': { ko: '협의기관이 후보를 판정하고 검토합니다.', en: 'The authority settles candidates and reviews.' },
  'awaiting-applicant': {
    ko: '신청기관의 답을 기다립니다. 그동안 처리기간이 멈춥니다.',
    en: 'The applicant is to answer; the clock has stopped.',
  },
  'pending-approval': { ko: '결정안이 결재를 기다립니다.', en: 'The proposed decision waits for approval.' },
  approved: { ko: '결재되었고 통보가 남았습니다.', en: 'Approved; the letter is still to be sent.' },
  objection: { ko: '신청기관의 이의를 다른 결재자가 다시 봅니다.', en: 'Another approver looks at the applicant’s objection.' },
  notified: { ko: '검토결과를 문서로 통보했습니다.', en: 'The result was notified by letter.' },
  'follow-up': {
    ko: '통보에 붙은 조건을 신청기관이 이행하고 있습니다.',
    en: 'The applicant is meeting the conditions of the letter.',
  },
  closed: { ko: '조건까지 모두 끝났습니다.', en: 'Everything is done, conditions included.' },
  returned: {
    ko: '요건이 모자라 접수하지 않고 돌려보냈습니다. 고쳐 다시 신청합니다.',
    en: 'Sent back without review: file again once it is complete.',
  },
  withdrawn: { ko: '신청기관이 거두었습니다.', en: 'The applicant has taken it back.' },
};

const CLOCK: readonly Message[] = [
  {
    ko: '처리기간은 협의기관이 접수한 날부터 흐릅니다. 며칠인지, 접수한 첫날을 세는지, 마지막 날이 쉬는 날이면 언제까지인지는 접수한 날의 규칙이 정합니다.',
    en: 'The clock begins when the authority receives the case. How many days, whether the first one counts, and what happens when the last one is a holiday is set by the rules of the day of receipt.',
  },
  {
    ko: '토요일과 공휴일도 셉니다. 화면의 ‘근무일’은 남은 날 가운데 일하는 날만 센 것입니다.',
    en: 'Saturdays and holidays count. “Working days” are those of the remaining days on which people work.',
  },
  {
    ko: '보완을 요청한 날부터 답을 낼 때까지는 멈춥니다. 멈춘 날만큼 처리기한이 뒤로 갑니다. 그 밖에는 멈추지 않습니다.',
    en: 'It stops from a request for correction until the answer, and the due date moves by as much. Nothing else stops it.',
  },
  {
    ko: '날마다 왜 세었고 왜 세지 않았는지는 사건의 ‘요약’ 탭 ‘하루하루 셈 보기’에 있습니다.',
    en: 'Every day and why it counts is told in the case, tab “Summary”.',
  },
];

const KEYS: readonly (readonly [keys: string, Message])[] = [
  ['/', { ko: '이 화면의 찾기 칸으로', en: 'To the search box of the page' }],
  ['j / k', { ko: '다음·이전 사건(검토 대기열), 후보(중복 증거)', en: 'Next and previous case of the queue, or candidate' }],
  ['o', { ko: '고른 사건이나 후보 열기', en: 'Open the chosen case or candidate' }],
  ['a', { ko: '고른 사건의 주심 맡기', en: 'Take the lead of the chosen case' }],
  ['c', { ko: '대기열: 보완 탭 열기. 중복 증거: 중복으로 확정', en: 'Queue: its corrections. Evidence: confirm the overlap' }],
  ['d', { ko: '중복 증거: 중복 아님', en: 'Evidence: dismiss the candidate' }],
  ['← / →', { ko: '탭 사이를 옮기기 (탭에 있을 때)', en: 'From tab to tab, when a tab has the focus' }],
  ['Tab / Enter', { ko: '모든 단추와 칸에 차례로, 누르기', en: 'To every button and field, and press' }],
];

/** 도움말, at the same place on every page and without signing in. The parts of one's own roles come first. */
export default function HelpPage({ roles = [] }: { roles?: readonly Role[] }) {
  const { t, say } = useSpeech();
  const all = Object.keys(FIRST) as HelpedRole[];
  const own = all.filter((role) => roles.includes(role));
  const others = all.filter((role) => !own.includes(role));
  const steps = (role: HelpedRole) => (
    <ol className="first-steps">
      {FIRST[role].map((step) => (
        <li key={step.ko}>{say(step)}</li>
      ))}
    </ol>
  );
  return (
    <>
      <Title
        lead={t(
          '무엇부터 하는지, 화면의 말이 무슨 뜻인지, 기한을 어떻게 세는지, 막히면 어디에 물어보는지.',
          'What to do first, what the words mean, how time counts, and whom to ask.',
        )}
      >
        {t('도움말', 'Help')}
      </Title>
      <div className="stack help">
        <section className="panel" aria-labelledby="help-ask">
          <h2 id="help-ask">{t('물어볼 곳', 'Whom to ask')}</h2>
          <Contact />
        </section>
        <section className="panel" aria-labelledby="help-first">
          <h2 id="help-first">{t('먼저 할 일', 'What you do first')}</h2>
          {own.map((role) => (
            <div key={role} className="stack">
              <h3>{say(ROLE[role])}</h3>
              {steps(role)}
            </div>
          ))}
          {others.map((role) => (
            <details key={role}>
              <summary>{say(ROLE[role])}</summary>
              {steps(role)}
            </details>
          ))}
          <p className="quiet">
            {t(
              '누구나 로그인하지 않고 공개 대장을 보고 통보서가 진짜인지 확인할 수 있습니다.',
              'Anybody may read the public register and verify a letter without signing in.',
            )}{' '}
            <Link href="/public" className="back">
              {t('공개 대장', 'Public register')} →
            </Link>
          </p>
        </section>
        <section className="panel" aria-labelledby="help-status">
          <h2 id="help-status">{t('상태를 나타내는 말', 'What the statuses mean')}</h2>
          <Facts rows={(Object.keys(MEANING) as Status[]).map((status) => [say(statusName(status)), say(MEANING[status])])} />
        </section>
        <section className="panel" aria-labelledby="help-clock">
          <h2 id="help-clock">{t('처리기간을 세는 법', 'How the clock counts')}</h2>
          <ul className="plan-list">
            {CLOCK.map((sentence) => (
              <li key={sentence.ko}>{say(sentence)}</li>
            ))}
          </ul>
          <p>
            {t('급한 정도는 넷입니다', 'There are four grades')}:{' '}
            {Object.values(SEVERITY)
              .map((grade) => say(grade))
              .join(', ')}
            .
          </p>
        </section>
        <section className="panel" aria-labelledby="help-keys">
          <h2 id="help-keys">{t('단축키', 'Keys')}</h2>
          <p className="quiet">
            {t(
              '모두 화면의 단추로도 할 수 있습니다. 한 글자 단축키는 화면 맨 아래에서 끌 수 있습니다. 한글 상태에서 눌러도 됩니다.',
              'Each has a button, too. Single keys are switched off at the foot of the page; they work in the Korean layout as well.',
            )}
          </p>
          <table className="list">
            <caption>{t('단축키', 'Keys')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('글쇠', 'Key')}</th>
                <th scope="col" className="wide">
                  {t('하는 일', 'What it does')}
                </th>
              </tr>
            </thead>
            <tbody>
              {KEYS.map(([keys, does]) => (
                <tr key={keys}>
                  <th scope="row">
                    <kbd>{keys}</kbd>
                  </th>
                  <td data-label={t('하는 일', 'What it does')}>{say(does)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </>
  );
}

function Contact() {
  const { t } = useSpeech();
  const { data, error } = useRead<{ readonly contact: string | null }>('/v1/contact');
  return (
    <>
      {error !== null && <ReadProblem error={error} />}
      {data !== undefined && (
        <p>
          {data.contact === null
            ? t(
                '이 설치에는 담당 부서의 연락처가 적혀 있지 않습니다. 소속 기관의 정보화 부서나, 계정을 만들어 준 관리자에게 물어보십시오.',
                'This installation names no department. Ask the informatization department of your agency, or the administrator who made your account.',
              )
            : data.contact}
        </p>
      )}
      <p className="quiet">
        {t(
          '사건에 관한 물음은 사건 화면의 접수번호를, 오류라면 화면에 나온 요청 번호를 함께 알려 주십시오. 비밀번호는 누구에게도 알려 주지 마십시오.',
          'Give the number of the case, or the request number of an error. Never tell anybody your password.',
        )}
      </p>
      <p className="quiet">
        {t(
          '로그인할 수 없으면 한/영 상태를 먼저 보고, 여러 번 틀려 잠겼으면 잠시 기다리십시오. 비밀번호를 잊었으면 기관 관리자가 새로 만들어 줍니다.',
          'If you cannot sign in, look at the keyboard layout; after several failures wait a little. An administrator of your agency makes a new password.',
        )}
      </p>
    </>
  );
}
