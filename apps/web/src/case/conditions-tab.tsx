import type { Case, Obligation } from '../contract.js';
import { useSpeech } from '../language.js';
import { ActForm } from '../pieces/act-form.js';
import { Badge, Deadline, Empty, Facts, Instant, LegalDate } from '../pieces/show.js';
import { useSession } from '../session.js';
import { OBLIGATION } from '../terms.js';

const TONE: Readonly<Record<Obligation['status'], string>> = {
  open: 'warning',
  submitted: 'information',
  fulfilled: 'success',
  waived: 'gray',
  lapsed: 'gray',
};

/** 조건 이행: each condition of the letter as an obligation, with what was done about it and what this person can do now. */
export function ConditionsTab({ the }: { the: Case }) {
  const { t } = useSpeech();
  const obligations = the.obligations ?? [];
  if (obligations.length === 0) {
    return (
      <Empty title={t('이행할 조건이 없습니다.', 'There is no condition to meet.')}>
        <p>
          {t(
            '조건부추진으로 통보되면 조건마다 기한과 증빙을 여기에서 다룹니다.',
            'After a conditional result, every condition stands here with its date and evidence.',
          )}
        </p>
      </Empty>
    );
  }
  const settled = obligations.filter(({ status }) => status === 'fulfilled' || status === 'waived').length;
  return (
    <div className="stack">
      <p role="status">
        {t(
          `조건 ${obligations.length}개 가운데 ${settled}개가 끝났습니다.`,
          `${settled} of ${obligations.length} conditions are settled.`,
        )}
      </p>
      {obligations.map((owed) => (
        <OneCondition key={owed.condition} the={the} owed={owed} />
      ))}
    </div>
  );
}

function OneCondition({ the, owed }: { the: Case; owed: Obligation }) {
  const { t, say } = useSpeech();
  const title = `condition-${owed.condition}`;
  return (
    <section className="panel" aria-labelledby={title}>
      <div className="row spread">
        <h2 id={title}>{t(`조건 ${owed.condition}`, `Condition ${owed.condition}`)}</h2>
        <span className="row">
          {owed.overdue && <Badge tone="danger">{t('기한초과', 'Overdue')}</Badge>}
          <Badge tone={TONE[owed.status]}>{say(OBLIGATION[owed.status])}</Badge>
        </span>
      </div>
      <p className="prose">{owed.text}</p>
      {owed.dueOn !== null && owed.status !== 'fulfilled' && owed.status !== 'waived' && (
        <p>
          <Deadline date={owed.dueOn} />
        </p>
      )}
      <History owed={owed} />
      <Acts the={the} owed={owed} />
    </section>
  );
}

/** What was done about it, oldest first. */
function History({ owed }: { owed: Obligation }) {
  const { t } = useSpeech();
  const rows: (readonly [string, React.ReactNode])[] = [];
  if (owed.actionPlan !== null) {
    rows.push([
      t('조치계획', 'Action plan'),
      <>
        {owed.actionPlan.actionPlan} (<LegalDate date={owed.actionPlan.completeBy} />)
      </>,
    ]);
  }
  for (const extension of owed.extensions) {
    rows.push([
      t('기한 연장', 'Extended'),
      <>
        <LegalDate date={extension.formerDueOn} /> → <LegalDate date={extension.dueOn} />: {extension.reason}
      </>,
    ]);
  }
  for (const result of owed.results) {
    rows.push([
      t(`조치결과 ${result.submission}`, `Result ${result.submission}`),
      <>
        {result.result}
        {'\n'}
        {t('증빙', 'Evidence')}: {result.evidence.map(({ text }) => text).join(', ')}
        {result.rejected !== null && `\n${t('인정되지 않음', 'Not accepted')}: ${result.rejected.reason}`}
      </>,
    ]);
  }
  for (const advice of owed.recommendations) {
    rows.push([
      t(`개선권고 ${advice.recommendation}`, `Recommendation ${advice.recommendation}`),
      <>
        {advice.text} (<LegalDate date={advice.answerBy} />)
        {advice.answered !== null && `\n${t('답변', 'Answer')}: ${advice.answered.answer}`}
      </>,
    ]);
  }
  if (owed.waiver !== null) {
    rows.push([
      t('면제안', 'Waiver'),
      owed.waiver.declined === null
        ? owed.waiver.reason
        : `${owed.waiver.reason}\n${t('받아들이지 않음', 'Declined')}: ${owed.waiver.declined.reason}`,
    ]);
  }
  if (owed.settled !== null) {
    rows.push([
      t('종결', 'Settled'),
      <>
        {owed.settled.remarks} · <Instant at={owed.settled.at} />
      </>,
    ]);
  }
  return rows.length === 0 ? null : <Facts rows={rows} />;
}

function Acts({ the, owed }: { the: Case; owed: Obligation }) {
  const { t } = useSpeech();
  const { me } = useSession();
  if (the.status !== 'follow-up' || owed.status === 'fulfilled' || owed.status === 'waived') return null;
  const applicant = me.agency === the.applicant.id && me.roles.includes('applicant');
  const approver = me.agency === the.authority.id && me.roles.includes('approver');
  const reviewer = approver || (me.agency === the.authority.id && me.roles.includes('reviewer'));
  const at = `/v1/consultations/${the.consultation}/conditions/${owed.condition}`;
  const last = owed.results.at(-1);
  // Each piece that the letter asks for has a field of its own, so that none can be forgotten.
  const asked = the.letter?.conditions.find(({ number }) => number === owed.condition)?.evidence ?? [];
  const open = owed.recommendations.find(({ answered }) => answered === null);
  const waiver = owed.waiver !== null && owed.waiver.declined === null ? owed.waiver : null;
  const shared = { revision: the.revision };
  return (
    <div className="row acts">
      {applicant && owed.status === 'open' && (
        <>
          <ActForm
            {...shared}
            path={`${at}/action-plan`}
            open={t('조치계획 내기', 'Submit an action plan')}
            fields={[
              { name: 'actionPlan', label: t('조치계획', 'Action plan'), kind: 'area' },
              { name: 'completeBy', label: t('완료 예정일', 'Complete by'), kind: 'date' },
            ]}
            done={{ ko: '조치계획을 냈습니다.', en: 'The action plan is submitted.' }}
          />
          <ActForm
            {...shared}
            path={`${at}/results`}
            open={t('조치결과 내기', 'Submit the result')}
            fields={[
              { name: 'result', label: t('조치결과', 'Result'), kind: 'area' },
              ...asked.map((piece, index) => ({
                name: `asked-${index}`,
                label: t(`요구 증빙 ${index + 1}: ${piece}`, `Required evidence ${index + 1}: ${piece}`),
                kind: 'text' as const,
                pointer: index === 0 ? '/evidence' : `/evidence/${index}/text`,
                hint: t('그 문서의 이름과 번호를 적습니다.', 'Name and number of the document.'),
              })),
              {
                name: 'others',
                label: t('그 밖의 증빙 (한 줄에 하나)', 'Other evidence, one a line'),
                kind: 'area',
                pointer: asked.length === 0 ? '/evidence' : `/evidence/${asked.length}/text`,
                optional: asked.length > 0,
              },
            ]}
            body={({ result = '', others = '', ...typed }) => ({
              result,
              evidence: [
                ...asked.map((_, index) => ({ text: (typed[`asked-${index}`] ?? '').trim(), requirement: index + 1 })),
                ...others.split('\n').map((text) => ({ text: text.trim() })),
              ].filter(({ text }) => text !== ''),
            })}
            done={{
              ko: '조치결과를 냈습니다. 협의기관이 점검합니다.',
              en: 'The result is submitted; the authority verifies it.',
            }}
          />
        </>
      )}
      {applicant && open !== undefined && (
        <ActForm
          {...shared}
          path={`/v1/consultations/${the.consultation}/recommendations/${open.recommendation}/answer`}
          open={t('개선권고에 답하기', 'Answer the recommendation')}
          fields={[{ name: 'answer', label: t('답변', 'Answer'), kind: 'area' }]}
          done={{ ko: '개선권고에 답했습니다.', en: 'The recommendation is answered.' }}
        />
      )}
      {reviewer && owed.status === 'submitted' && last !== undefined && (
        <>
          <ActForm
            {...shared}
            path={`${at}/results/${last.submission}/verification`}
            open={t('이행완료로 점검', 'Verify')}
            fields={[{ name: 'remarks', label: t('점검 의견', 'Remarks'), kind: 'area' }]}
            done={{ ko: '조건이 이행되었습니다.', en: 'The condition is fulfilled.' }}
          />
          <ActForm
            {...shared}
            path={`${at}/results/${last.submission}/rejection`}
            open={t('인정하지 않음', 'Do not accept')}
            fields={[{ name: 'reason', label: t('인정하지 않는 까닭', 'Why it is not accepted'), kind: 'area' }]}
            done={{ ko: '조치결과를 돌려보냈습니다.', en: 'The result is sent back.' }}
          />
        </>
      )}
      {reviewer && (
        <>
          {owed.dueOn !== null && (
            <ActForm
              {...shared}
              path={`${at}/extension`}
              open={t('기한 연장', 'Extend')}
              fields={[
                { name: 'dueOn', label: t('새 이행 기한', 'New date'), kind: 'date' },
                { name: 'reason', label: t('연장 사유', 'Why it is extended'), kind: 'area' },
              ]}
              done={{ ko: '이행 기한을 연장했습니다.', en: 'The date is extended.' }}
            />
          )}
          {waiver === null && (
            <ActForm
              {...shared}
              path={`${at}/waiver-proposal`}
              open={t('면제안 올리기', 'Propose a waiver')}
              fields={[{ name: 'reason', label: t('면제 사유', 'Why it is waived'), kind: 'area' }]}
              done={{ ko: '면제안을 올렸습니다. 다른 사람의 결재를 기다립니다.', en: 'Proposed; another person must grant it.' }}
            />
          )}
          {open === undefined && (owed.overdue || last?.rejected != null) && (
            <ActForm
              {...shared}
              path={`/v1/consultations/${the.consultation}/recommendations`}
              open={t('개선권고', 'Recommend an improvement')}
              fields={[
                { name: 'text', label: t('권고 내용', 'Recommendation'), kind: 'area' },
                { name: 'answerBy', label: t('답변 기한', 'Answer by'), kind: 'date' },
              ]}
              body={(typed) => ({ condition: owed.condition, ...typed })}
              done={{ ko: '개선을 권고했습니다.', en: 'The improvement is recommended.' }}
            />
          )}
        </>
      )}
      {approver && waiver !== null && waiver.by.person !== me.person && (
        <>
          <ActForm
            {...shared}
            path={`${at}/waiver`}
            open={t('면제 승인', 'Grant the waiver')}
            fields={[]}
            body={() => undefined}
            done={{ ko: '조건을 면제했습니다.', en: 'The condition is waived.' }}
          />
          <ActForm
            {...shared}
            path={`${at}/waiver-proposal/refusal`}
            open={t('면제 거절', 'Decline the waiver')}
            fields={[{ name: 'reason', label: t('거절 사유', 'Why it is declined'), kind: 'area' }]}
            done={{ ko: '면제안을 거절했습니다.', en: 'The waiver is declined.' }}
          />
        </>
      )}
    </div>
  );
}
