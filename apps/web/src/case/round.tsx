import type { ReactNode } from 'react';
import type { Case, CorrectionItem, CorrectionRound, PlanContent, RoundComparison } from '../contract.js';
import { todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { ActForm } from '../pieces/act-form.js';
import { Badge, Deadline, Facts, Instant, LegalDate } from '../pieces/show.js';
import { PlanView } from '../plan/plan-view.js';
import { useRead } from '../reading.js';
import { useSession } from '../session.js';
import { pointerName, REQUEST } from '../terms.js';

/** Neither answered nor gone over. */
export function isOpen({ responded, onFile }: CorrectionRound): boolean {
  return responded === null && onFile === undefined;
}

function planAt(the: Case, version: number): PlanContent | undefined {
  return [...the.earlierPlans, the.plan].find((plan) => plan.version === version)?.content;
}

/** One round of requests: items, answers, what became of its day, and what may be done about it. */
export function Round({ the, round }: { the: Case; round: CorrectionRound }) {
  const { t } = useSpeech();
  const after = round.responded === null ? undefined : planAt(the, round.responded.planVersion);
  const before = round.responded === null ? undefined : planAt(the, round.responded.planVersion - 1);
  return (
    <section className="panel" aria-labelledby={`round-${round.round}`}>
      <div className="row spread">
        <h2 id={`round-${round.round}`}>{t(`${round.round}차 보완요청`, `Correction round ${round.round}`)}</h2>
        <RoundState round={round} />
      </div>
      <p className="quiet">
        {t('요청', 'Requested')} <Instant at={round.requested.at} />
        {round.responded !== null && (
          <>
            {' · '}
            {t('답변', 'Answered')} <Instant at={round.responded.at} />
          </>
        )}
      </p>
      <ol className="items">
        {round.items.map((item) => (
          <li key={item.number}>
            <p>
              <ItemHead item={item} />
            </p>
            {item.answer !== null && (
              <p className="answer prose">
                <strong>{t('답변', 'Answer')}</strong> {item.answer}
              </p>
            )}
            {round.responded !== null && <BeforeAfter the={the} round={round.round} number={item.number} />}
          </li>
        ))}
      </ol>
      <RoundHistory round={round} />
      <RoundActs the={the} round={round} />
      {after !== undefined && before !== undefined && (
        <>
          <h3>{t('바뀐 계획', 'What changed in the plan')}</h3>
          <PlanView plan={after} before={before} onlyChanges />
        </>
      )}
    </section>
  );
}

export function ItemHead({ item }: { item: CorrectionItem }) {
  const { t, say } = useSpeech();
  return (
    <>
      {item.kind !== undefined && <Badge tone="information">{say(REQUEST[item.kind])}</Badge>}{' '}
      <Badge tone="gray">{say(pointerName(item.pointer))}</Badge> <span className="prose">{item.text}</span>
      {item.quote !== undefined && <q className="quiet">{item.quote}</q>}
      {item.because !== undefined && (
        <span className="quiet">
          {' '}
          ({t('이제야 묻는 까닭', 'Asked only now because')}: {item.because})
        </span>
      )}
    </>
  );
}

function RoundState({ round }: { round: CorrectionRound }) {
  const { t } = useSpeech();
  if (round.onFile !== undefined) return <Badge tone="warning">{t('답변 없이 검토', 'Reviewed on file')}</Badge>;
  if (round.responded === null) return <Deadline date={round.respondBy} />;
  if (round.verdict === undefined) return <Badge tone="success">{t('답변함', 'Answered')}</Badge>;
  return round.verdict.accepted ? (
    <Badge tone="success">{t('답변 인정', 'Accepted')}</Badge>
  ) : (
    <Badge tone="danger">{t('답변 부족', 'Not accepted')}</Badge>
  );
}

/** 신구대조 of the very place that the item was about. */
function BeforeAfter({ the, round, number }: { the: Case; round: number; number: number }) {
  const { t } = useSpeech();
  const { data } = useRead<RoundComparison>(`/v1/consultations/${the.consultation}/correction-requests/${round}`);
  const place = data?.items.find((item) => item.number === number)?.comparison ?? null;
  if (place === null) return null;
  if (place.before === place.after)
    return <p className="quiet">{t('이 자리의 글은 바뀌지 않았습니다.', 'The text here did not change.')}</p>;
  return (
    <dl className="facts before-after">
      <div>
        <dt>{t('전', 'Before')}</dt>
        <dd>
          <del>{place.before}</del>
        </dd>
      </div>
      <div>
        <dt>{t('후', 'After')}</dt>
        <dd>{place.after === null ? t('(뺌)', '(removed)') : <ins>{place.after}</ins>}</dd>
      </div>
    </dl>
  );
}

/** What became of the day to answer, and of the answer. */
export function RoundHistory({ round }: { round: CorrectionRound }) {
  const { t } = useSpeech();
  const rows: (readonly [string, ReactNode])[] = [];
  if (round.extensionAsked !== undefined) {
    const { respondBy, reason, declined } = round.extensionAsked;
    rows.push([
      t('연장 신청', 'More time asked'),
      <>
        <LegalDate date={respondBy} />: {reason}
        {declined !== null && ` → ${t('받아들이지 않음', 'declined')}: ${declined.reason}`}
      </>,
    ]);
  }
  for (const extension of round.extensions ?? []) {
    rows.push([
      t('기한 연장', 'Extended'),
      <>
        <LegalDate date={extension.formerRespondBy} /> → <LegalDate date={extension.respondBy} />: {extension.reason}
      </>,
    ]);
  }
  for (const reminder of round.reminders ?? [])
    rows.push([t('독촉', 'Reminded'), <Instant key={reminder.at} at={reminder.at} />]);
  if (round.overdue !== undefined)
    rows.push([t('기한초과', 'Overdue'), <LegalDate key="overdue" date={round.overdue.respondBy} />]);
  if (round.onFile !== undefined) rows.push([t('답변 없이 검토', 'Reviewed on file'), round.onFile.reason]);
  if (round.verdict !== undefined) {
    rows.push([round.verdict.accepted ? t('답변 인정', 'Accepted') : t('답변 부족', 'Not accepted'), round.verdict.remarks]);
  }
  return rows.length === 0 ? null : <Facts rows={rows} />;
}

/** What either side may do about the day to answer, and the authority about the answer. */
export function RoundActs({ the, round }: { the: Case; round: CorrectionRound }) {
  const { t } = useSpeech();
  const { me } = useSession();
  const applicant = me.agency === the.applicant.id && me.roles.includes('applicant');
  const reviewer = me.agency === the.authority.id && (me.roles.includes('reviewer') || me.roles.includes('approver'));
  const at = `/v1/consultations/${the.consultation}/correction-requests/${round.round}`;
  const shared = { revision: the.revision };
  const asked = round.extensionAsked !== undefined && round.extensionAsked.declined === null;
  const under = the.status === 'under-review' && round.round === the.corrections.at(-1)?.round;
  if (isOpen(round) && the.status === 'awaiting-applicant') {
    return (
      <div className="row acts">
        {applicant && (
          <ActForm
            {...shared}
            path={`${at}/extension-request`}
            open={t('기한 연장 신청', 'Ask for more time')}
            fields={[
              { name: 'respondBy', label: t('바라는 기한', 'Wished for'), kind: 'date' },
              { name: 'reason', label: t('사유', 'Why'), kind: 'area' },
            ]}
            done={{ ko: '연장을 신청했습니다.', en: 'More time is asked for.' }}
          />
        )}
        {reviewer && (
          <>
            <ActForm
              {...shared}
              path={`${at}/extension`}
              open={t('기한 연장', 'Give more time')}
              fields={[
                { name: 'respondBy', label: t('새 기한', 'New day'), kind: 'date' },
                { name: 'reason', label: t('사유', 'Why'), kind: 'area' },
              ]}
              done={{ ko: '답변 기한을 늦추었습니다.', en: 'The day to answer is later now.' }}
            />
            {asked && (
              <ActForm
                {...shared}
                path={`${at}/extension-refusal`}
                open={t('연장 거절', 'Decline more time')}
                fields={[{ name: 'reason', label: t('사유', 'Why'), kind: 'area' }]}
                done={{ ko: '연장을 거절했습니다.', en: 'More time is declined.' }}
              />
            )}
            <ActForm
              {...shared}
              path={`${at}/reminder`}
              open={t('독촉', 'Remind')}
              fields={[]}
              body={() => undefined}
              done={{ ko: '신청기관에 알렸습니다.', en: 'The applicant is reminded.' }}
            />
            {round.respondBy < todayInSeoul() && (
              <ActForm
                {...shared}
                path={`${at}/on-file`}
                open={t('답변 없이 검토', 'Go on with what is on file')}
                fields={[{ name: 'reason', label: t('사유', 'Why'), kind: 'area' }]}
                done={{ ko: '답변 없이 검토를 이어 갑니다.', en: 'The review goes on without an answer.' }}
              />
            )}
          </>
        )}
      </div>
    );
  }
  if (!reviewer || !under || round.responded === null || round.verdict !== undefined) return null;
  return (
    <div className="row acts">
      <ActForm
        {...shared}
        path={`${at}/acceptance`}
        open={t('답변 인정', 'Accept the answer')}
        fields={[{ name: 'remarks', label: t('의견', 'Remarks'), kind: 'area', optional: true }]}
        done={{ ko: '답변을 인정했습니다.', en: 'The answer is accepted.' }}
      />
      <ActForm
        {...shared}
        path={`${at}/rejection`}
        open={t('답변 부족', 'Do not accept')}
        fields={[{ name: 'reason', label: t('무엇이 부족한가', 'What is missing'), kind: 'area' }]}
        done={{ ko: '답변이 부족하다고 알렸습니다.', en: 'The answer is not accepted.' }}
      />
    </div>
  );
}
