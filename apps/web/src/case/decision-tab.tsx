import type { ReactNode } from 'react';
import type { Case, Condition, Outcome, Proposal } from '../contract.js';
import { useSpeech } from '../language.js';
import { Button, Form, RadioField, SelectField, TextArea, TextField } from '../pieces/form.js';
import { Badge, Empty, Instant, LegalDate } from '../pieces/show.js';
import { useKept } from '../plan/kept.js';
import { useAct } from '../reading.js';
import { useSession } from '../session.js';
import { OUTCOME } from '../terms.js';
import { possible, screenedNow } from './possible.js';
import { Notify, Reasoned } from './summary-tab.js';

const TONE: Readonly<Record<Outcome, string>> = { PROCEED: 'success', PROCEED_CONDITIONALLY: 'warning', HOLD: 'danger' };

export function DecisionTab({ the }: { the: Case }) {
  const { t } = useSpeech();
  const { me } = useSession();
  const can = possible(the, me);
  const pending = the.status === 'pending-approval' ? the.proposals.at(-1) : undefined;
  return (
    <div className="stack">
      {the.letter !== null && (
        <section className="panel letter" aria-labelledby="letter">
          <h2 id="letter">{t('검토결과 통보', 'Notified result')}</h2>
          <p className="number">
            {the.letter.documentNumber} · <Instant at={the.letter.notified.at} />
          </p>
          <Decided the={the} {...the.letter} />
        </section>
      )}
      {can.notify && (
        <section className="panel" aria-labelledby="notify">
          <h2 id="notify">{t('검토결과 통보', 'Notify the result')}</h2>
          <Notify the={the} />
        </section>
      )}
      {pending !== undefined && can.approve && <Approve the={the} pending={pending} />}
      {can.propose && (screenedNow(the) && the.unsettled.length === 0 ? <Propose the={the} /> : <NotYet the={the} />)}
      {the.proposals.length === 0 && the.letter === null && !can.propose && (
        <Empty title={t('아직 결정이 없습니다.', 'There is no decision yet.')}>
          <p>
            {t(
              '검토결과가 통보되면 결과와 조건이 여기에 보입니다. 통보 전의 결정안은 협의기관 안에서만 보입니다.',
              'The result and its conditions appear here once notified. Until then a proposal is seen by the authority only.',
            )}
          </p>
        </Empty>
      )}
      {[...the.proposals].reverse().map((proposal) => (
        <ProposalCard key={proposal.proposal} the={the} proposal={proposal} />
      ))}
    </div>
  );
}

function NotYet({ the }: { the: Case }) {
  const { t } = useSpeech();
  return (
    <Empty title={t('아직 결정안을 올릴 수 없습니다.', 'A decision cannot be proposed yet.')}>
      <p>
        {screenedNow(the)
          ? t(
              `중복 여부를 정하지 않은 후보가 ${the.unsettled.length}건 있습니다. ‘중복 증거’에서 하나씩 판정하십시오.`,
              `${the.unsettled.length} candidate(s) are not settled. Settle each under “Overlaps”.`,
            )
          : t('지금 판의 유사·중복 검색이 끝나기를 기다리고 있습니다.', 'Screening of the present version is not done.')}
      </p>
    </Empty>
  );
}

function ProposalCard({ the, proposal }: { the: Case; proposal: Proposal }) {
  const { t } = useSpeech();
  const state =
    proposal.sentBack !== null ? (
      <Badge tone="danger">{t('돌려보냄', 'Sent back')}</Badge>
    ) : proposal.approved !== null ? (
      <Badge tone="success">{t('결재함', 'Approved')}</Badge>
    ) : (
      <Badge tone="secondary">{t('결재 대기', 'Pending')}</Badge>
    );
  return (
    <section className="panel" aria-labelledby={`proposal-${proposal.proposal}`}>
      <div className="row spread">
        <h2 id={`proposal-${proposal.proposal}`}>{t(`결정안 ${proposal.proposal}`, `Proposal ${proposal.proposal}`)}</h2>
        {state}
      </div>
      <ol className="approval-line" aria-label={t('결재선', 'Approval line')}>
        <Signature role={t('기안', 'Proposed')} person={proposal.proposed.by.person} at={proposal.proposed.at} />
        {proposal.approved !== null ? (
          <Signature role={t('결재', 'Approved')} person={proposal.approved.by.person} at={proposal.approved.at} />
        ) : proposal.sentBack !== null ? (
          <Signature role={t('반송', 'Sent back')} person={proposal.sentBack.by.person} at={proposal.sentBack.at} />
        ) : (
          <Signature role={t('결재', 'Approval')} person={t('기다림', 'waiting')} at={null} />
        )}
      </ol>
      <Decided the={the} {...proposal} />
      {proposal.sentBack !== null && (
        <p className="warn">
          <strong>{t('돌려보낸 까닭', 'Sent back because')}</strong> {proposal.sentBack.reason}
        </p>
      )}
      <p className="quiet">
        {t('근거로 본 기록', 'Decided on the record')} {t('위치', 'position')} {proposal.basis.position} · SHA-256{' '}
        <code title={proposal.basis.viewHash}>{proposal.basis.viewHash.slice(0, 12)}…</code>
      </p>
    </section>
  );
}

function Signature({ role, person, at }: { role: string; person: string; at: string | null }) {
  return (
    <li>
      <span className="quiet">{role}</span>
      <strong>{person}</strong>
      {at !== null && <Instant at={at} />}
    </li>
  );
}

/** Outcome, opinion and conditions, as proposed or as notified. */
function Decided({
  the,
  outcome,
  reasons,
  conditions,
}: {
  the: Case;
  outcome: Outcome;
  reasons: string;
  conditions: readonly Condition[];
}): ReactNode {
  const { t, say } = useSpeech();
  const nameOf = (id: string): string => the.finding?.candidates.find((candidate) => candidate.id === id)?.name ?? id;
  return (
    <>
      <p>
        <Badge tone={TONE[outcome]}>{say(OUTCOME[outcome])}</Badge>
      </p>
      {reasons !== '' && <p className="prose">{reasons}</p>}
      {conditions.length > 0 && (
        <>
          <h3>{t('조건', 'Conditions')}</h3>
          <ol className="items">
            {conditions.map((condition) => (
              <li key={condition.number}>
                <span className="prose">{condition.text}</span>
                {condition.dueOn !== null && (
                  <span className="quiet">
                    {' · '}
                    <LegalDate date={condition.dueOn} />
                    {t('까지', '')}
                  </span>
                )}
                {condition.candidate !== null && <Badge tone="gray">{nameOf(condition.candidate)}</Badge>}
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function Approve({ the, pending }: { the: Case; pending: Proposal }) {
  const { t } = useSpeech();
  const { me } = useSession();
  const { act, busy, problem } = useAct();
  if (pending.proposed.by.person === me.person) {
    return (
      <p className="warn">
        {t(
          '스스로 올린 결정안은 결재할 수 없습니다. 다른 결재권자를 기다립니다.',
          'You proposed this yourself: another person must approve it.',
        )}
      </p>
    );
  }
  return (
    <section className="panel" aria-labelledby="approve">
      <h2 id="approve">{t('결재', 'Approval')}</h2>
      <p className="quiet">
        {t(
          '아래 결정안과 ‘중복 증거’를 확인하고 결재하십시오. 본 내용의 지문이 근거로 남습니다.',
          'Read the proposal below and the evidence. A fingerprint of what you saw is recorded as the basis.',
        )}
      </p>
      <Form
        problem={problem}
        label={t('결재', 'Approve')}
        onSubmit={() =>
          void act({
            path: `/v1/consultations/${the.consultation}/decisions/${pending.proposal}/approval`,
            revision: the.revision,
            done: { ko: '결재했습니다.', en: 'Approved.' },
          })
        }
      >
        <div>
          <Button submit weight="primary" busy={busy}>
            {t(`결정안 ${pending.proposal} 결재`, `Approve proposal ${pending.proposal}`)}
          </Button>
        </div>
      </Form>
      <Reasoned
        the={the}
        path={`decisions/${pending.proposal}/return`}
        open={t('돌려보내기', 'Send back')}
        label={t('돌려보내는 까닭', 'Why it is sent back')}
        done={{ ko: '결정안을 돌려보냈습니다.', en: 'The proposal is sent back.' }}
      />
    </section>
  );
}

interface TypedCondition {
  readonly text: string;
  readonly dueOn: string;
  readonly candidate: string;
}
const BLANK: TypedCondition = { text: '', dueOn: '', candidate: '' };
const CONDITIONS = [
  {
    ko: '발주 전에 기존 시스템과의 연계 방안을 확정하고 제출한다.',
    en: 'Settle and submit how it links to the existing system before the tender.',
  },
  {
    ko: '중복되는 기능은 빼고 기존 시스템을 재사용한다.',
    en: 'Leave the overlapping function out and reuse the existing system.',
  },
  { ko: '완료 후 6개월 안에 이용 실적을 제출한다.', en: 'Report usage within six months of completion.' },
] as const;

function Propose({ the }: { the: Case }) {
  const { t, say } = useSpeech();
  const { act, busy, problem } = useAct();
  const confirmed = (the.finding?.candidates ?? []).filter(({ settlement }) => settlement?.verdict === 'confirmed');
  const { draft, setDraft, forget } = useKept<{
    readonly outcome: Outcome;
    readonly reasons: string;
    readonly conditions: readonly TypedCondition[];
  }>(`decision:${the.consultation}:${the.proposals.length}`, () => ({
    outcome: confirmed.length > 0 ? 'PROCEED_CONDITIONALLY' : 'PROCEED',
    reasons: '',
    conditions: [{ ...BLANK, candidate: confirmed[0]?.id ?? '' }],
  }));
  const { outcome, reasons, conditions } = draft;
  const conditional = outcome === 'PROCEED_CONDITIONALLY';
  const set = (index: number, change: Partial<TypedCondition>): void =>
    setDraft({ ...draft, conditions: conditions.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  return (
    <section className="panel" aria-labelledby="propose">
      <h2 id="propose">{t('결정안 쓰기', 'Propose a decision')}</h2>
      <Form
        problem={problem}
        label={t('결정안', 'Proposal')}
        onSubmit={() =>
          void act({
            path: `/v1/consultations/${the.consultation}/decisions`,
            body: {
              outcome,
              reasons,
              conditions: conditional
                ? conditions.map(({ text, dueOn, candidate }) => ({ text, dueOn: dueOn || null, candidate: candidate || null }))
                : [],
            },
            revision: the.revision,
            done: { ko: '결정안을 올렸습니다. 다른 사람의 결재를 기다립니다.', en: 'Proposed. Another person must approve it.' },
          }).then((receipt) => receipt !== null && forget())
        }
      >
        <RadioField
          label={t('검토 결과', 'Outcome')}
          name="outcome"
          value={outcome}
          onChange={(value) => setDraft({ ...draft, outcome: value as Outcome })}
          choices={(Object.keys(OUTCOME) as Outcome[]).map((value) => ({ value, label: say(OUTCOME[value]) }))}
        />
        <TextArea
          label={t('검토 의견', 'Opinion')}
          pointer="/reasons"
          required
          value={reasons}
          onChange={(value) => setDraft({ ...draft, reasons: value })}
        />
        {conditional && (
          <>
            {conditions.map((condition, index) => (
              <fieldset className="item" key={index}>
                <legend className="radios-legend">{t(`조건 ${index + 1}`, `Condition ${index + 1}`)}</legend>
                <TextArea
                  label={t(`조건 ${index + 1}의 내용`, `Text of condition ${index + 1}`)}
                  pointer={`/conditions/${index}/text`}
                  required
                  rows={2}
                  value={condition.text}
                  onChange={(text) => set(index, { text })}
                />
                <div className="row">
                  {CONDITIONS.map((words) => (
                    <button
                      key={words.en}
                      type="button"
                      className="chip"
                      onClick={() =>
                        set(index, { text: condition.text === '' ? say(words) : `${condition.text}\n${say(words)}` })
                      }
                    >
                      + {say(words)}
                    </button>
                  ))}
                </div>
                <div className="two">
                  <TextField
                    label={t(`조건 ${index + 1}의 이행 기한`, `Condition ${index + 1} due by`)}
                    pointer={`/conditions/${index}/dueOn`}
                    type="date"
                    value={condition.dueOn}
                    onChange={(dueOn) => set(index, { dueOn })}
                  />
                  <SelectField
                    label={t(`조건 ${index + 1}의 근거 후보`, `Condition ${index + 1} follows from`)}
                    pointer={`/conditions/${index}/candidate`}
                    value={condition.candidate}
                    onChange={(candidate) => set(index, { candidate })}
                    choices={[
                      { value: '', label: t('없음', 'Nothing in particular') },
                      ...(the.finding?.candidates ?? []).map(({ id, name }) => ({ value: id, label: name })),
                    ]}
                  />
                </div>
                {conditions.length > 1 && (
                  <div>
                    <Button onClick={() => setDraft({ ...draft, conditions: conditions.filter((_, at) => at !== index) })}>
                      {t(`조건 ${index + 1} 빼기`, `Remove condition ${index + 1}`)}
                    </Button>
                  </div>
                )}
              </fieldset>
            ))}
            <div>
              <Button onClick={() => setDraft({ ...draft, conditions: [...conditions, BLANK] })}>
                {t('조건 추가', 'Add a condition')}
              </Button>
            </div>
          </>
        )}
        <div>
          <Button submit weight="primary" busy={busy}>
            {t('결정안 올리기', 'Propose')}
          </Button>
        </div>
      </Form>
    </section>
  );
}
