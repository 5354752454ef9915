import type { ReactNode } from 'react';
import type { Case, Condition, ItemOpinion, Outcome, Proposal } from '../contract.js';
import { useSpeech } from '../language.js';
import { Button, Form } from '../pieces/form.js';
import { Badge, Empty, Instant, LegalDate } from '../pieces/show.js';
import { useAct } from '../reading.js';
import { useSession } from '../session.js';
import { OUTCOME, VERDICT } from '../terms.js';
import { AfterLetter } from './after-letter.js';
import { Person, usePeople } from './people.js';
import { possible, screenedNow } from './possible.js';
import { Propose } from './propose.js';
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
      <AfterLetter the={the} />
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
  const people = usePeople(the.consultation);
  const signed = (by: string) => <Person id={by} people={people} />;
  const state =
    proposal.invalidated !== undefined ? (
      <Badge tone="danger">{t('결재 무효', 'Approval void')}</Badge>
    ) : proposal.sentBack !== null ? (
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
        <Signature role={t('기안', 'Proposed')} person={signed(proposal.proposed.by.person)} at={proposal.proposed.at} />
        {proposal.approved !== null ? (
          <Signature role={t('결재', 'Approved')} person={signed(proposal.approved.by.person)} at={proposal.approved.at} />
        ) : proposal.sentBack !== null ? (
          <Signature role={t('반송', 'Sent back')} person={signed(proposal.sentBack.by.person)} at={proposal.sentBack.at} />
        ) : (
          <Signature role={t('결재', 'Approval')} person={t('기다림', 'waiting')} at={null} />
        )}
      </ol>
      <Decided the={the} {...proposal} />
      {proposal.invalidated !== undefined && (
        <p className="warn">
          {t(
            '결재한 뒤에 내용이 바뀌어 결재가 무효가 되었습니다. 다시 결재해야 합니다.',
            'The content changed after the approval, so it is void. It must be approved anew.',
          )}{' '}
          <Instant at={proposal.invalidated.at} />
        </p>
      )}
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

function Signature({ role, person, at }: { role: string; person: ReactNode; at: string | null }) {
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
  opinions,
}: {
  the: Case;
  outcome: Outcome;
  reasons: string;
  conditions: readonly Condition[];
  opinions?: readonly ItemOpinion[];
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
                {condition.owner !== undefined && (
                  <span className="quiet">
                    {' '}
                    {t('이행 주체', 'To act')}: {condition.owner}
                  </span>
                )}
                {condition.evidence !== undefined && condition.evidence.length > 0 && (
                  <span className="quiet">
                    {' '}
                    {t('낼 증빙', 'Evidence')}: {condition.evidence.join(', ')}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      {opinions !== undefined && opinions.length > 0 && <Opinions opinions={opinions} />}
    </>
  );
}

/** 검토항목별 의견. */
function Opinions({ opinions }: { opinions: readonly ItemOpinion[] }) {
  const { t, say } = useSpeech();
  return (
    <details>
      <summary>{t(`검토항목 ${opinions.length}개의 의견`, `Opinions on ${opinions.length} items`)}</summary>
      <table className="list dense">
        <caption className="sr-only">{t('검토항목별 의견', 'Opinions item by item')}</caption>
        <thead>
          <tr>
            <th scope="col" className="wide">
              {t('검토항목', 'Item')}
            </th>
            <th scope="col">{t('판단', 'Verdict')}</th>
            <th scope="col" className="wide">
              {t('의견', 'Opinion')}
            </th>
          </tr>
        </thead>
        <tbody>
          {opinions.map(({ item, name, verdict, text }) => (
            <tr key={item}>
              <th scope="row">
                {item}. {say(name)}
              </th>
              <td data-label={t('판단', 'Verdict')}>
                <Badge tone={verdict === 'SUITABLE' ? 'success' : verdict === 'NOT_APPLICABLE' ? 'gray' : 'warning'}>
                  {say(VERDICT[verdict])}
                </Badge>
              </td>
              <td data-label={t('의견', 'Opinion')}>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
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
