import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Case, Rounds } from '../contract.js';
import { useSpeech } from '../language.js';
import { ActForm } from '../pieces/act-form.js';
import { Button, Form, TextArea } from '../pieces/form.js';
import { Badge, Facts, Instant, StatusBadge } from '../pieces/show.js';
import { contentOf, draftOf } from '../plan/plan-draft.js';
import { PlanFields } from '../plan/plan-form.js';
import { useAct, useRead } from '../reading.js';
import { useSession } from '../session.js';
import { AGAIN, MATERIAL } from '../terms.js';

/** What may follow a letter: an objection, a change of the plan, another round, or the end of a plan on hold. */
export function AfterLetter({ the }: { the: Case }) {
  return (
    <>
      <Objections the={the} />
      <Changes the={the} />
      <OtherRounds the={the} />
    </>
  );
}

function Objections({ the }: { the: Case }) {
  const { t } = useSpeech();
  const { me } = useSession();
  const objections = the.objections ?? [];
  const applicant = me.agency === the.applicant.id && me.roles.includes('applicant');
  const approver = me.agency === the.authority.id && me.roles.includes('approver');
  const open = objections.find(({ decided }) => decided === null);
  // A letter is contested once: what was dismissed is not heard again.
  const heard = objections.some(({ letter, decided }) => decided?.upheld === false && letter === the.letter?.documentNumber);
  const mayObject =
    applicant && the.letter !== null && open === undefined && !heard && ['notified', 'follow-up'].includes(the.status);
  if (objections.length === 0 && !mayObject) return null;
  const at = `/v1/consultations/${the.consultation}/objections`;
  return (
    <section className="panel" aria-labelledby="objections-title">
      <h2 id="objections-title">{t('이의 신청', 'Objections')}</h2>
      {objections.map(({ objection, letter, raised, grounds, decided }) => (
        <div key={objection} className="stack">
          <p className="row">
            <strong>{t(`이의 ${objection}`, `Objection ${objection}`)}</strong> <span className="number">{letter}</span>
            <Instant at={raised.at} />
            <Badge tone={decided === null ? 'warning' : decided.upheld ? 'success' : 'gray'}>
              {decided === null ? t('검토중', 'Under review') : decided.upheld ? t('인용', 'Upheld') : t('기각', 'Dismissed')}
            </Badge>
          </p>
          <p className="prose">{grounds}</p>
          {decided !== null && <p className="prose answer">{decided.reason}</p>}
          {decided === null && approver && (
            <div className="row acts">
              <ActForm
                path={`${at}/${objection}/upholding`}
                revision={the.revision}
                open={t('인용', 'Uphold')}
                fields={[{ name: 'reason', label: t('인용하는 까닭', 'Why it is upheld'), kind: 'area' }]}
                done={{ ko: '이의를 인용했습니다. 결정을 다시 올리십시오.', en: 'Upheld: the decision is made anew.' }}
              />
              <ActForm
                path={`${at}/${objection}/dismissal`}
                revision={the.revision}
                open={t('기각', 'Dismiss')}
                fields={[{ name: 'reason', label: t('기각하는 까닭', 'Why it is dismissed'), kind: 'area' }]}
                done={{ ko: '이의를 기각했습니다.', en: 'The objection is dismissed.' }}
              />
            </div>
          )}
        </div>
      ))}
      {mayObject && (
        <ActForm
          path={at}
          revision={the.revision}
          open={t('이의 신청', 'Object')}
          fields={[{ name: 'grounds', label: t('이의 사유', 'Grounds'), kind: 'area' }]}
          done={{ ko: '이의를 신청했습니다.', en: 'The objection is filed.' }}
        />
      )}
    </section>
  );
}

function Changes({ the }: { the: Case }) {
  const { t, say } = useSpeech();
  const { me } = useSession();
  const changes = the.changes ?? [];
  const mayReport =
    me.agency === the.applicant.id && me.roles.includes('applicant') && ['notified', 'follow-up', 'closed'].includes(the.status);
  if (changes.length === 0 && !mayReport) return null;
  return (
    <section className="panel" aria-labelledby="changes-title">
      <h2 id="changes-title">{t('통보 뒤의 계획 변경', 'Changes after the letter')}</h2>
      {changes.length > 0 && (
        <Facts
          rows={changes.map(({ change, reported, plan, reason, material }) => [
            t(`변경 ${change} (${plan.version}판)`, `Change ${change} (version ${plan.version})`),
            <>
              {reason} · <Instant at={reported.at} />
              {'\n'}
              {material.length === 0 ? (
                <Badge tone="success">{t('다시 협의하지 않아도 됨', 'Needs no further consultation')}</Badge>
              ) : (
                <Badge tone="danger">
                  {t('다시 협의해야 함', 'Must be consulted again')}:{' '}
                  {material.map(({ kind }) => say(MATERIAL[kind] ?? { ko: kind, en: kind })).join(', ')}
                </Badge>
              )}
            </>,
          ])}
        />
      )}
      {mayReport && <ReportChange the={the} />}
    </section>
  );
}

function ReportChange({ the }: { the: Case }) {
  const { t } = useSpeech();
  const { act, busy, problem } = useAct();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(the.changes?.at(-1)?.plan.content ?? the.plan.content));
  const [reason, setReason] = useState('');
  if (!open) {
    return (
      <div>
        <Button aria-expanded={false} onClick={() => setOpen(true)}>
          {t('계획 변경 신고', 'Report a change')}…
        </Button>
      </div>
    );
  }
  return (
    <Form
      problem={problem}
      label={t('계획 변경 신고', 'Report a change')}
      onSubmit={() =>
        void act({
          path: `/v1/consultations/${the.consultation}/changes`,
          revision: the.revision,
          body: { plan: contentOf(draft), reason },
          done: {
            ko: '변경을 신고했습니다. 다시 협의해야 하는지는 아래에 보입니다.',
            en: 'Reported; whether it must be consulted again is shown below.',
          },
        }).then((receipt) => receipt !== null && setOpen(false))
      }
    >
      <PlanFields draft={draft} onChange={setDraft} />
      <TextArea label={t('바꾸는 까닭', 'Why it changes')} pointer="/reason" required value={reason} onChange={setReason} />
      <div className="row">
        <Button submit weight="primary" busy={busy}>
          {t('변경 신고', 'Report')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('그만두기', 'Cancel')}</Button>
      </div>
    </Form>
  );
}

/** The rounds before this one, and the ways on from a plan that did not go through. */
function OtherRounds({ the }: { the: Case }) {
  const { t, say } = useSpeech();
  const { me } = useSession();
  const [, go] = useLocation();
  const { act, busy } = useAct();
  const rounds = useRead<Rounds>(
    the.previousConsultation === undefined ? null : `/v1/consultations/${encodeURIComponent(the.consultation)}/rounds`,
  );
  const applicant = me.agency === the.applicant.id && me.roles.includes('applicant');
  const held = the.status === 'notified' && the.letter?.outcome === 'HOLD' && the.abandoned === undefined;
  const changed = (the.changes?.at(-1)?.material.length ?? 0) > 0;
  const again = applicant && (held || changed || the.status === 'returned' || the.status === 'withdrawn');
  if (!again && the.previousConsultation === undefined && the.abandoned === undefined) return null;
  const draftAgain = async (): Promise<void> => {
    const body = { project: the.project, previousConsultation: the.consultation };
    const done = { ko: '다음 사전협의의 초안을 만들었습니다.', en: 'The next consultation is drafted.' };
    const receipt = await act({ path: '/v1/consultations', body, done });
    if (receipt !== null) go(`/cases/${receipt.id}`);
  };
  return (
    <section className="panel" aria-labelledby="rounds-title">
      <h2 id="rounds-title">{t('이어지는 사전협의', 'Rounds of consultation')}</h2>
      {rounds.data !== undefined && (
        <ol className="cards">
          {rounds.data.rounds.map(({ consultation, round, status, outcome, documentNumber, because }) => (
            <li key={consultation}>
              {consultation === the.consultation ? (
                <strong>{t(`${round}차 (이 사건)`, `Round ${round} (this case)`)}</strong>
              ) : (
                <Link href={`/cases/${consultation}`}>{t(`${round}차`, `Round ${round}`)}</Link>
              )}
              <StatusBadge status={status} outcome={outcome} />
              <span className="quiet">
                {[because === null ? null : say(AGAIN[because] ?? { ko: because, en: because }), documentNumber]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ol>
      )}
      {the.abandoned !== undefined && (
        <p>
          {t('보류된 사업을 포기했습니다', 'The plan on hold was given up')}: {the.abandoned.reason}
        </p>
      )}
      {again && (
        <div className="row acts">
          <Button weight="primary" busy={busy} onClick={() => void draftAgain()}>
            {t('고쳐서 다시 협의', 'Consult again')}
          </Button>
          {held && (
            <ActForm
              path={`/v1/consultations/${the.consultation}/abandonment`}
              revision={the.revision}
              open={t('사업 포기', 'Give the plan up')}
              fields={[{ name: 'reason', label: t('포기하는 까닭', 'Why'), kind: 'area' }]}
              done={{ ko: '사업을 포기했습니다.', en: 'The plan is given up.' }}
            />
          )}
        </div>
      )}
    </section>
  );
}
