import { useState } from 'react';
import type { Case, Clock, CorrectionRound, PlanContent, RequestKind } from '../contract.js';
import { daysUntil, legalDate, todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { Button, Form, SelectField, TextArea, TextField, type Choice } from '../pieces/form.js';
import { Deadline, Empty, Instant } from '../pieces/show.js';
import { contentOf, draftOf, readable, type PlanDraft } from '../plan/plan-draft.js';
import { PlanFields } from '../plan/plan-form.js';
import { PlanView } from '../plan/plan-view.js';
import { useKept } from '../plan/kept.js';
import { useAct, useRead } from '../reading.js';
import { useSession } from '../session.js';
import { pointerName, REQUEST } from '../terms.js';
import { possible } from './possible.js';
import { isOpen, ItemHead, Round, RoundActs, RoundHistory } from './round.js';
import { Reasoned } from './summary-tab.js';

/** Rounds of correction, newest first; and whichever of asking and answering is this person's turn. */
export function CorrectionsTab({ the }: { the: Case }) {
  const { t } = useSpeech();
  const { me } = useSession();
  const can = possible(the, me);
  const open = the.corrections.find(isOpen);
  return (
    <div className="stack">
      {can.respond && open !== undefined && <Answer the={the} round={open} />}
      {can.giveBack && the.status === 'awaiting-applicant' && (
        <Reasoned
          the={the}
          path="return"
          open={t('기한이 지나 반려', 'Return as overdue')}
          label={t('반려 사유', 'Why it is returned')}
          done={{ ko: '반려했습니다.', en: 'The case is returned.' }}
        />
      )}
      {can.requestCorrection && <Request the={the} />}
      {the.corrections.length === 0 && !can.requestCorrection && (
        <Empty title={t('보완요청이 없습니다.', 'No correction was requested.')}>
          <p>
            {t(
              '검토자가 보완을 요청하면 항목마다 답변과 바뀐 계획이 여기에 나란히 보입니다.',
              'When a reviewer requests one, every item, its answer and the changed plan stand here side by side.',
            )}
          </p>
        </Empty>
      )}
      {[...the.corrections]
        .reverse()
        .map((round) => (round === open && can.respond ? null : <Round key={round.round} the={the} round={round} />))}
    </div>
  );
}

/** Every place of the plan that an item may be pinned to. */
function usePlaces(plan: PlanContent): readonly Choice[] {
  const { say } = useSpeech();
  const listed = (['functions', 'data', 'users', 'technologies'] as const).flatMap((field) =>
    plan[field].map((text, index) => ({
      value: `/${field}/${index}`,
      label: `${say(pointerName(`/${field}/${index}`))}: ${text.slice(0, 40)}`,
    })),
  );
  const whole = [
    '',
    '/title',
    '/purpose',
    '/functions',
    '/data',
    '/users',
    '/technologies',
    '/budgetKrw',
    '/orderPlannedOn',
    '/text',
  ];
  return [...whole.map((value) => ({ value, label: say(pointerName(value)) })), ...listed];
}

interface Item {
  readonly kind: RequestKind;
  readonly pointer: string;
  readonly text: string;
  /** Why it is asked only now; sent when somebody wrote it. */
  readonly because: string;
}
const BLANK_ITEM: Item = { kind: 'correction', pointer: '', text: '', because: '' };

const LIBRARY = [
  {
    ko: '기능을 대상과 동작이 드러나게 나누어 적어 주십시오.',
    en: 'Divide the functions so that each names its object and verb.',
  },
  { ko: '이 기능이 기존 시스템과 어떻게 다른지 적어 주십시오.', en: 'Say how this function differs from the existing system.' },
  {
    ko: '기존 시스템을 재사용하거나 연계할 수 없는 까닭을 적어 주십시오.',
    en: 'Say why the existing system cannot be reused or linked.',
  },
  {
    ko: '데이터의 출처와 이미 있는 데이터의 활용 방안을 적어 주십시오.',
    en: 'Say where the data comes from, and how existing data is used.',
  },
] as const;

function daysFrom(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function Request({ the }: { the: Case }) {
  const { t, say } = useSpeech();
  const { act, busy, problem } = useAct();
  const [writing, setOpen] = useState(false);
  const { draft, setDraft, forget } = useKept<{ readonly items: readonly Item[]; readonly respondBy: string }>(
    `requests:${the.consultation}:${the.corrections.length}`,
    () => ({
      items: [BLANK_ITEM],
      respondBy: daysFrom(todayInSeoul(), 14),
    }),
  );
  const places = usePlaces(the.plan.content);
  const { items } = draft;
  const setItem = (index: number, change: Partial<Item>): void =>
    setDraft({ ...draft, items: items.map((item, at) => (at === index ? { ...item, ...change } : item)) });
  if (!writing) {
    return (
      <div>
        <Button weight="secondary" aria-expanded={false} onClick={() => setOpen(true)}>
          {t('보완요청 쓰기', 'Request a correction')}
        </Button>
      </div>
    );
  }
  return (
    <section className="panel" aria-labelledby="request">
      <h2 id="request">{t(`${the.corrections.length + 1}차 보완요청`, `Correction round ${the.corrections.length + 1}`)}</h2>
      <p className="quiet">
        {t(
          '보내면 신청기관의 차례가 됩니다. 신청기관은 항목마다 답해야 제출할 수 있습니다.',
          'Sending it makes it the applicant’s turn; every item must be answered.',
        )}
      </p>
      <ClockEffect the={the} respondBy={draft.respondBy} />
      <Form
        problem={problem}
        label={t('보완요청', 'Request a correction')}
        onSubmit={() =>
          void act({
            path: `/v1/consultations/${the.consultation}/correction-requests`,
            body: {
              respondBy: draft.respondBy,
              planVersion: the.plan.version,
              items: items.map(({ kind, pointer, text, because }) => ({
                kind,
                pointer,
                text,
                ...(because === '' ? {} : { because }),
              })),
            },
            revision: the.revision,
            done: { ko: '보완을 요청했습니다.', en: 'The correction is requested.' },
          }).then((receipt) => {
            if (receipt === null) return;
            forget();
            setOpen(false);
          })
        }
      >
        {items.map((item, index) => (
          <fieldset className="item" key={index}>
            <legend className="radios-legend">{t(`항목 ${index + 1}`, `Item ${index + 1}`)}</legend>
            <SelectField
              label={t(`항목 ${index + 1}의 종류`, `Kind of item ${index + 1}`)}
              pointer={`/items/${index}/kind`}
              value={item.kind}
              onChange={(kind) => setItem(index, { kind: kind as RequestKind })}
              choices={(Object.keys(REQUEST) as RequestKind[]).map((value) => ({ value, label: say(REQUEST[value]) }))}
            />
            <SelectField
              label={t(`항목 ${index + 1}의 자리`, `Place of item ${index + 1}`)}
              pointer={`/items/${index}/pointer`}
              value={item.pointer}
              onChange={(pointer) => setItem(index, { pointer })}
              choices={places}
            />
            <TextArea
              label={t(`항목 ${index + 1}의 내용`, `Text of item ${index + 1}`)}
              pointer={`/items/${index}/text`}
              required
              rows={2}
              value={item.text}
              onChange={(text) => setItem(index, { text })}
            />
            <div className="row">
              {LIBRARY.map((words) => (
                <button
                  key={words.en}
                  type="button"
                  className="chip"
                  onClick={() => setItem(index, { text: item.text === '' ? say(words) : `${item.text}\n${say(words)}` })}
                >
                  + {say(words)}
                </button>
              ))}
            </div>
            {the.corrections.length > 0 && (
              <TextField
                label={t(`항목 ${index + 1}을 이제야 묻는 까닭`, `Why item ${index + 1} is asked only now`)}
                pointer={`/items/${index}/because`}
                value={item.because}
                hint={t('앞선 요청 때와 글이 같은 자리라면 적어야 합니다.', 'Needed where an earlier round saw the same text.')}
                onChange={(because) => setItem(index, { because })}
              />
            )}
            {items.length > 1 && (
              <div>
                <Button onClick={() => setDraft({ ...draft, items: items.filter((_, at) => at !== index) })}>
                  {t(`항목 ${index + 1} 빼기`, `Remove item ${index + 1}`)}
                </Button>
              </div>
            )}
          </fieldset>
        ))}
        <div>
          <Button onClick={() => setDraft({ ...draft, items: [...items, BLANK_ITEM] })}>{t('항목 추가', 'Add an item')}</Button>
        </div>
        <TextField
          label={t('제출기한', 'Answer by')}
          pointer="/respondBy"
          type="date"
          required
          value={draft.respondBy}
          onChange={(respondBy) => setDraft({ ...draft, respondBy })}
        />
        <div className="row">
          <Button submit weight="primary" busy={busy}>
            {t('보완요청 보내기', 'Send the request')}
          </Button>
          <Button onClick={() => setOpen(false)}>{t('접어 두기', 'Close')}</Button>
        </div>
      </Form>
    </section>
  );
}

/** What sending a request does to the legal clock, told before it is sent. */
function ClockEffect({ the, respondBy }: { the: Case; respondBy: string }) {
  const { t, language } = useSpeech();
  const { data: clock } = useRead<Clock>(`/v1/consultations/${the.consultation}/clock`);
  const today = todayInSeoul();
  if (clock === undefined || clock.state !== 'running' || !/^\d{4}-\d{2}-\d{2}$/.test(respondBy) || respondBy < today)
    return null;
  const left = Math.max(0, clock.given - clock.used);
  const stopped = daysUntil(respondBy, today);
  const [now, then] = [legalDate(clock.dueOn, language), legalDate(daysFrom(respondBy, left), language)];
  return (
    <p className="warn" role="status">
      {t(
        `처리기간 ${clock.given}일 가운데 ${clock.used}일을 썼습니다. 지금 기한은 ${now}입니다. 보완하는 동안은 셈에서 빠지므로, 신청기관이 제출기한까지 채워 답하면 ${stopped}일 멈추고 남은 ${left}일은 그다음부터 셉니다. 기한은 ${then} 무렵으로 밀립니다.`,
        `${clock.used} of ${clock.given} days are used; it is due ${now}. The applicant’s days do not count: an answer on the last day stops the clock for ${stopped} days and leaves ${left}, so that it is due around ${then}.`,
      )}
    </p>
  );
}

/** Items left, plan right: every item needs an answer, and the difference to the plan under review is shown while it is typed. */
function Answer({ the, round }: { the: Case; round: CorrectionRound }) {
  const { t } = useSpeech();
  const { act, busy, problem } = useAct();
  const { draft, setDraft, forget, keptAt } = useKept<{
    readonly answers: Readonly<Record<number, string>>;
    readonly plan: PlanDraft;
  }>(`answer:${the.consultation}:${round.round}`, () => ({
    answers: {},
    plan: draftOf(the.plan.content),
  }));
  const answered = round.items.filter(({ number }) => (draft.answers[number] ?? '').trim() !== '').length;
  const content = contentOf(draft.plan);
  const comparable = readable(content);
  return (
    <section aria-labelledby="answering" className="stack">
      <div className="row spread">
        <h2 id="answering">{t(`${round.round}차 보완요청에 답하기`, `Answer correction round ${round.round}`)}</h2>
        <Deadline date={round.respondBy} />
      </div>
      <Form
        problem={problem}
        label={t('보완 답변', 'Answer')}
        onSubmit={() =>
          void act({
            path: `/v1/consultations/${the.consultation}/correction-requests/${round.round}/response`,
            body: { answers: round.items.map(({ number }) => ({ number, answer: draft.answers[number] ?? '' })), plan: content },
            revision: the.revision,
            done: {
              ko: '보완 답변을 제출했습니다. 바뀐 계획을 다시 검색합니다.',
              en: 'The answer is submitted; the changed plan is screened again.',
            },
          }).then((receipt) => receipt !== null && forget())
        }
      >
        <div className="answering">
          <div className="stack">
            <p role="status" className="quiet">
              {t(
                `${round.items.length}개 항목 가운데 ${answered}개에 답했습니다.`,
                `${answered} of ${round.items.length} items answered.`,
              )}
            </p>
            <ol className="items">
              {round.items.map((item, index) => (
                <li key={item.number}>
                  <p>
                    <ItemHead item={item} />
                  </p>
                  <TextArea
                    label={t(`항목 ${item.number} 답변`, `Answer to item ${item.number}`)}
                    pointer={`/answers/${index}/answer`}
                    required
                    rows={3}
                    value={draft.answers[item.number] ?? ''}
                    onChange={(text) => setDraft({ ...draft, answers: { ...draft.answers, [item.number]: text } })}
                  />
                </li>
              ))}
            </ol>
            <div className="row">
              <Button submit weight="primary" busy={busy}>
                {t('답변 제출', 'Submit the answer')}
              </Button>
              {keptAt !== null && (
                <span className="quiet">
                  {t('이 브라우저에 보관됨', 'Kept in this browser')} <Instant at={keptAt} />
                </span>
              )}
            </div>
          </div>
          <div className="stack">
            <details>
              <summary>{t('계획 고치기', 'Change the plan')}</summary>
              <PlanFields draft={draft.plan} onChange={(plan) => setDraft({ ...draft, plan })} />
            </details>
            <section className="panel" aria-labelledby="changes">
              <h3 id="changes">{t('바뀐 곳', 'Changes')}</h3>
              <PlanView plan={comparable} before={the.plan.content} onlyChanges />
            </section>
          </div>
        </div>
      </Form>
      <RoundHistory round={round} />
      <RoundActs the={the} round={round} />
    </section>
  );
}
