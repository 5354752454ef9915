import { useState, type ReactNode } from 'react';
import type { Case, Track } from '../contract.js';
import { josa } from '../format.js';
import { useSpeech } from '../language.js';
import { PlanView } from '../plan/plan-view.js';
import { Button, Form, RadioField, TextArea, TextField } from '../pieces/form.js';
import { Instant } from '../pieces/show.js';
import { useAct } from '../reading.js';
import { useSession } from '../session.js';
import { TRACK } from '../terms.js';
import { ClockPanel } from './clock-panel.js';
import { CoursePanel } from './course-panel.js';
import { Person, usePeople } from './people.js';
import { possible, screenedNow } from './possible.js';

/** Where the case is, what comes next and whose act that is. */
export function SummaryTab({ the, onOpen }: { the: Case; onOpen: (tab: string) => void }) {
  const { t } = useSpeech();
  const { me } = useSession();
  const can = possible(the, me);
  return (
    <div className="summary">
      <div className="stack">
        <section className="panel" aria-labelledby="next">
          <h2 id="next">{t('다음 할 일', 'What comes next')}</h2>
          <Next the={the} onOpen={onOpen} />
        </section>
        {can.withdraw && the.status !== 'draft' && (
          <Reasoned
            the={the}
            path="withdrawal"
            open={t('신청 취하', 'Withdraw')}
            label={t('취하 사유', 'Why it is withdrawn')}
            done={{ ko: '신청을 취하했습니다.', en: 'The case is withdrawn.' }}
          />
        )}
        <section className="panel" aria-labelledby="plan-short">
          <div className="row spread">
            <h2 id="plan-short">{t(`계획서 ${the.plan.version}판`, `Plan, version ${the.plan.version}`)}</h2>
            <Button onClick={() => onOpen('plan')}>{t('판 비교', 'Compare versions')}</Button>
          </div>
          <PlanView plan={the.plan.content} />
        </section>
      </div>
      <div className="stack">
        <ClockPanel the={the} />
        <CoursePanel the={the} />
        <section className="panel steps-panel" aria-labelledby="steps">
          <h2 id="steps">{t('진행', 'Progress')}</h2>
          <Steps the={the} />
        </section>
      </div>
    </div>
  );
}

/** The one thing to do now, with its button; or whom the case waits for. */
function Next({ the, onOpen }: { the: Case; onOpen: (tab: string) => void }) {
  const { t, language } = useSpeech();
  const { me } = useSession();
  const can = possible(the, me);
  if (can.submit) return <SubmitDraft the={the} onOpen={onOpen} />;
  if (can.requestSubmission) return <RequestSubmission the={the} onOpen={onOpen} />;
  if (can.respond) {
    return (
      <Lead
        text={t(
          '보완요청이 왔습니다. 항목마다 답하고 필요하면 계획을 고쳐 제출하십시오.',
          'A correction was requested. Answer every item, and mend the plan where needed.',
        )}
      >
        <Button weight="primary" onClick={() => onOpen('corrections')}>
          {t('보완 답변 쓰기', 'Answer')}
        </Button>
      </Lead>
    );
  }
  if (can.receive) return <Receive the={the} />;
  if (can.settle && the.unsettled.length > 0) {
    return (
      <Lead
        text={t(
          `판별기가 표시한 후보 ${the.unsettled.length}건을 사람이 판정해야 결정할 수 있습니다.`,
          `${the.unsettled.length} flagged candidate(s) must be settled before a decision.`,
        )}
      >
        <Button weight="primary" onClick={() => onOpen('overlaps')}>
          {t('중복 판정하기', 'Settle the candidates')}
        </Button>
        <Button onClick={() => onOpen('corrections')}>{t('보완요청 쓰기', 'Request a correction')}</Button>
      </Lead>
    );
  }
  if (can.propose && screenedNow(the)) {
    return (
      <Lead
        text={t(
          '판정할 후보가 남지 않았습니다. 결정안을 올리거나 보완을 요청하십시오.',
          'Nothing is left to settle. Propose a decision or request a correction.',
        )}
      >
        <Button weight="primary" onClick={() => onOpen('decision')}>
          {t('결정안 쓰기', 'Propose a decision')}
        </Button>
        <Button onClick={() => onOpen('corrections')}>{t('보완요청 쓰기', 'Request a correction')}</Button>
      </Lead>
    );
  }
  if (can.propose)
    return (
      <Lead
        text={t(
          '지금 판의 유사·중복 검색을 기다리고 있습니다. 끝나면 저절로 나타납니다.',
          'The present version is being screened. The result appears by itself.',
        )}
      />
    );
  if (can.approve) {
    return (
      <Lead text={t('결정안이 결재를 기다립니다.', 'A proposal waits for your approval.')}>
        <Button weight="primary" onClick={() => onOpen('decision')}>
          {t('결정안 보기', 'Read the proposal')}
        </Button>
      </Lead>
    );
  }
  if (can.notify) {
    return (
      <Lead text={t('결재가 끝났습니다. 신청기관에 검토결과를 통보하십시오.', 'The decision is approved. Notify the applicant.')}>
        <Button weight="primary" onClick={() => onOpen('decision')}>
          {t('통보하기', 'Notify')}
        </Button>
      </Lead>
    );
  }
  const owed = (the.obligations ?? []).filter(({ status }) => status === 'open' || status === 'submitted');
  if (the.status === 'follow-up' && owed.length > 0) {
    return (
      <Lead
        text={t(
          `조건부추진으로 통보되었습니다. 이행이 끝나지 않은 조건이 ${owed.length}개 있습니다.`,
          `The result is conditional: ${owed.length} condition(s) are still to be met.`,
        )}
      >
        <Button weight="primary" onClick={() => onOpen('conditions')}>
          {t('조건 이행 보기', 'See the conditions')}
        </Button>
        <Button onClick={() => onOpen('decision')}>{t('통보 내용 보기', 'Read the result')}</Button>
      </Lead>
    );
  }
  if (the.letter !== null) {
    return (
      <Lead
        text={t(
          `검토결과가 문서번호 ${the.letter.documentNumber}로 통보되었습니다.`,
          `The result was notified as ${the.letter.documentNumber}.`,
        )}
      >
        <Button onClick={() => onOpen('decision')}>{t('통보 내용 보기', 'Read the result')}</Button>
      </Lead>
    );
  }
  if (the.ended !== null) {
    const how = the.ended.how === 'returned' ? t('반려', 'Returned') : t('취하', 'Withdrawn');
    return <Lead text={`${how}: ${the.ended.reason}`} />;
  }
  const waitsFor = the.holder === 'applicant' ? the.applicant.name : the.authority.name;
  return (
    <Lead
      text={
        language === 'ko'
          ? `${waitsFor}의 차례입니다. 새 소식이 있으면 이 화면이 저절로 바뀝니다.`
          : `It is the turn of ${waitsFor}. This page changes by itself when there is news.`
      }
    />
  );
}

function Lead({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <>
      <p>{text}</p>
      {children !== undefined && <div className="row">{children}</div>}
    </>
  );
}

function SubmitDraft({ the, onOpen }: { the: Case; onOpen: (tab: string) => void }) {
  const { t } = useSpeech();
  const { me } = useSession();
  const { act, busy, problem } = useAct();
  const people = usePeople(the.consultation);
  const requested = the.signOff?.requested ?? null;
  const submit = (
    <Form
      problem={problem}
      label={t('신청', 'Submit')}
      onSubmit={() =>
        void act({
          path: `/v1/consultations/${the.consultation}/submission`,
          revision: the.revision,
          done: { ko: '신청했습니다. 유사·중복 검색이 시작됩니다.', en: 'Submitted. Screening begins by itself.' },
        })
      }
    >
      <p>
        {t(
          `초안은 우리 기관만 볼 수 있습니다. 신청하면 ${the.authority.name}${josa(the.authority.name, '이', '가')} 검토합니다.`,
          `Only your agency sees the draft. Once submitted, ${the.authority.name} reviews it.`,
        )}
      </p>
      {requested !== null && (
        <p>
          {t('결재를 올린 사람', 'Put before you by')}: <Person id={requested.by.person} people={people} />,{' '}
          <Instant at={requested.at} />
        </p>
      )}
      <SentBack the={the} />
      <div className="row">
        <Button submit weight="primary" busy={busy}>
          {t('신청하기', 'Submit')}
        </Button>
        {possible(the, me).revise && <Button onClick={() => onOpen('plan')}>{t('계획 고치기', 'Revise the plan')}</Button>}
      </div>
    </Form>
  );
  if (requested === null) return submit;
  return (
    <>
      {submit}
      <Reasoned
        the={the}
        path="submission-return"
        open={t('돌려보내기', 'Send back')}
        label={t('돌려보내는 까닭', 'Why it is sent back')}
        done={{ ko: '초안을 기안자에게 돌려보냈습니다.', en: 'The draft is sent back.' }}
      />
    </>
  );
}

/** Who drafts and does not sign: puts the draft before the agency’s approver. */
function RequestSubmission({ the, onOpen }: { the: Case; onOpen: (tab: string) => void }) {
  const { t } = useSpeech();
  const { act, busy, problem } = useAct();
  const requested = the.signOff?.requested ?? null;
  if (requested !== null) {
    return (
      <>
        <p>
          {t('결재를 기다립니다. 올린 때', 'It waits for approval, since')}: <Instant at={requested.at} />
        </p>
        <Lead
          text={t(
            '계획을 고치면 올린 결재가 거두어지므로 다시 올려야 합니다.',
            'Revising the plan takes the request back; it must be put forward again.',
          )}
        >
          <Button onClick={() => onOpen('plan')}>{t('계획 고치기', 'Revise the plan')}</Button>
        </Lead>
      </>
    );
  }
  return (
    <Form
      problem={problem}
      label={t('결재 올리기', 'Put before the approver')}
      onSubmit={() =>
        void act({
          path: `/v1/consultations/${the.consultation}/submission-request`,
          revision: the.revision,
          done: { ko: '결재를 올렸습니다.', en: 'The draft waits for approval.' },
        })
      }
    >
      <p>
        {t(
          '초안은 우리 기관만 볼 수 있습니다. 결재를 올리면 우리 기관 결재자(정보화책임관)가 신청하거나 돌려보냅니다.',
          'Only your agency sees the draft. Its approver submits it or sends it back.',
        )}
      </p>
      <SentBack the={the} />
      <div className="row">
        <Button submit weight="primary" busy={busy}>
          {t('결재 올리기', 'Put before the approver')}
        </Button>
        <Button onClick={() => onOpen('plan')}>{t('계획 고치기', 'Revise the plan')}</Button>
      </div>
    </Form>
  );
}

function SentBack({ the }: { the: Case }) {
  const { t } = useSpeech();
  const sentBack = the.signOff?.sentBack ?? null;
  if (sentBack === null) return null;
  return (
    <p>
      <strong>{t('돌려보낸 까닭', 'Why it was sent back')}</strong> {sentBack.reason} (<Instant at={sentBack.at} />)
    </p>
  );
}

function Receive({ the }: { the: Case }) {
  const { t, say } = useSpeech();
  const { act, busy, problem } = useAct();
  const [track, setTrack] = useState<Track>('standard');
  return (
    <>
      <Form
        problem={problem}
        label={t('접수', 'Receive')}
        onSubmit={() =>
          void act({
            path: `/v1/consultations/${the.consultation}/receipt`,
            body: { track },
            revision: the.revision,
            done: { ko: '접수했습니다. 처리기한이 정해졌습니다.', en: 'Received. The due date is set.' },
          })
        }
      >
        <p>
          {t(
            '형식 요건을 확인하고 접수하면 처리기한이 시작됩니다.',
            'Check that the filing is complete. Receiving it starts the clock.',
          )}
        </p>
        <RadioField
          label={t('처리 유형', 'Track')}
          name="track"
          value={track}
          onChange={(value) => setTrack(value as Track)}
          choices={(Object.keys(TRACK) as Track[]).map((value) => ({ value, label: say(TRACK[value]) }))}
        />
        <div>
          <Button submit weight="primary" busy={busy}>
            {t('접수하기', 'Receive')}
          </Button>
        </div>
      </Form>
      <Reasoned
        the={the}
        path="return"
        open={t('반려하기', 'Return without review')}
        label={t('반려 사유', 'Why it is returned')}
        done={{ ko: '반려했습니다.', en: 'The case is returned.' }}
      />
    </>
  );
}

/** An act that ends the case: behind a second step, because nothing takes it back. */
export function Reasoned({
  the,
  path,
  open,
  label,
  done,
}: {
  the: Case;
  path: string;
  open: string;
  label: string;
  done: { ko: string; en: string };
}) {
  const { t } = useSpeech();
  const { act, busy, problem } = useAct();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (!isOpen) {
    return (
      <div>
        <Button aria-expanded={false} onClick={() => setOpen(true)}>
          {open}…
        </Button>
      </div>
    );
  }
  return (
    <Form
      problem={problem}
      label={open}
      onSubmit={() =>
        void act({ path: `/v1/consultations/${the.consultation}/${path}`, body: { reason }, revision: the.revision, done })
      }
    >
      <TextArea label={label} pointer="/reason" required value={reason} onChange={setReason} />
      <div className="row">
        <Button submit weight="danger" busy={busy}>
          {open}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('그만두기', 'Cancel')}</Button>
      </div>
    </Form>
  );
}

/** 공문: the act that tells the applicant. */
export function Notify({ the }: { the: Case }) {
  const { t } = useSpeech();
  const { act, busy, problem } = useAct();
  const [documentNumber, setNumber] = useState('');
  return (
    <Form
      problem={problem}
      label={t('통보', 'Notify')}
      onSubmit={() =>
        void act({
          path: `/v1/consultations/${the.consultation}/notification`,
          body: { proposal: the.decision?.proposal ?? 0, documentNumber: documentNumber.trim() },
          revision: the.revision,
          done: { ko: '검토결과를 통보했습니다.', en: 'The applicant is notified.' },
        })
      }
    >
      <TextField
        label={t('문서번호', 'Document number')}
        pointer="/documentNumber"
        required
        value={documentNumber}
        onChange={setNumber}
        hint={t('부서명-일련번호로 적습니다. 예: 디지털정책과-1234', 'Department, hyphen, serial number, e.g. 디지털정책과-1234')}
      />
      <div>
        <Button submit weight="primary" busy={busy}>
          {t('통보하기', 'Notify')}
        </Button>
      </div>
    </Form>
  );
}

type StepState = 'done' | 'now' | 'later' | 'none';

function Steps({ the }: { the: Case }) {
  const { t } = useSpeech();
  const settled = (the.finding?.candidates ?? []).filter(({ settlement }) => settlement != null).length;
  const over = the.ended !== null;
  const proposal = the.proposals.at(-1);
  const steps: readonly (readonly [name: string, state: StepState, detail: ReactNode])[] = [
    [t('신청', 'Submission'), the.submitted === null ? 'now' : 'done', the.submitted && <Instant at={the.submitted.at} />],
    [
      t('유사·중복 검색', 'Screening'),
      screenedNow(the) ? 'done' : the.submitted === null ? 'later' : 'now',
      the.finding &&
        t(
          `${the.finding.compared}건과 비교, 후보 ${the.finding.candidates.length}건`,
          `Compared with ${the.finding.compared}; ${the.finding.candidates.length} candidates`,
        ),
    ],
    [
      t('접수', 'Receipt'),
      the.received !== null ? 'done' : the.submitted === null ? 'later' : 'now',
      the.received && <Instant at={the.received.at} />,
    ],
    [
      t('중복 판정', 'Settling'),
      the.finding === null || the.received === null ? 'later' : the.unsettled.length === 0 ? 'done' : 'now',
      the.finding &&
        t(`판정 ${settled}건, 남은 후보 ${the.unsettled.length}건`, `${settled} settled, ${the.unsettled.length} left`),
    ],
    [
      t('보완', 'Corrections'),
      the.corrections.length === 0 ? 'none' : the.corrections.every(({ responded }) => responded !== null) ? 'done' : 'now',
      the.corrections.length > 0 && t(`${the.corrections.length}차`, `${the.corrections.length} round(s)`),
    ],
    [
      t('결정안', 'Proposal'),
      the.status === 'pending-approval' || the.decision !== null
        ? 'done'
        : the.status === 'under-review' && the.unsettled.length === 0
          ? 'now'
          : 'later',
      proposal && <Instant at={proposal.proposed.at} />,
    ],
    [
      t('결재', 'Approval'),
      the.decision !== null ? 'done' : the.status === 'pending-approval' ? 'now' : 'later',
      the.decision?.approved && <Instant at={the.decision.approved.at} />,
    ],
    [
      t('통보', 'Notification'),
      the.letter !== null ? 'done' : the.status === 'approved' ? 'now' : 'later',
      the.letter?.documentNumber,
    ],
  ];
  const words: Readonly<Record<StepState, string>> = {
    done: t('완료', 'done'),
    now: t('진행', 'in progress'),
    later: t('대기', 'waiting'),
    none: t('해당없음', 'none'),
  };
  return (
    <ol className="steps">
      {steps.map(([name, state, detail]) => {
        const shown = over && state !== 'done' ? 'none' : state;
        return (
          <li key={name} className={shown}>
            <span className="step-name">{name}</span> <span className="step-state">{words[shown]}</span>
            {detail !== null && detail !== false && detail !== undefined && <span className="quiet step-detail">{detail}</span>}
          </li>
        );
      })}
    </ol>
  );
}
