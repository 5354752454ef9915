import { useEffect } from 'react';
import type { AgencyRow, Case, JointReview, SystemRow } from '../contract.js';
import { todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { ActForm } from '../pieces/act-form.js';
import { Badge, Deadline, Empty, Facts, Instant } from '../pieces/show.js';
import { useList, useRead } from '../reading.js';
import { useSession } from '../session.js';
import { CONCLUSION, OPINION } from '../terms.js';

/** 관계기관 협의: what the owners of overlapping systems and the applicant say about an overlap before the authority decides. */
export function JointReviewTab({ the }: { the: Case }) {
  const { t } = useSpeech();
  const { me } = useSession();
  const reviews = the.jointReviews ?? [];
  // A system that a person named is one like those that the engine flagged.
  const candidates: readonly Named[] = [
    ...(the.finding?.candidates ?? []).filter(({ flagged, settlement }) => flagged || settlement != null),
    ...(the.addedCandidates ?? []),
  ];
  const mayOpen =
    me.agency === the.authority.id &&
    (me.roles.includes('reviewer') || me.roles.includes('approver')) &&
    ['received', 'under-review', 'awaiting-applicant'].includes(the.status);
  return (
    <div className="stack">
      <section className="stack" aria-labelledby="joint-title">
        <h2 id="joint-title">{t('공동검토', 'Joint review')}</h2>
        {reviews.length === 0 && (
          <Empty title={t('의견을 물은 기관이 없습니다.', 'No agency was asked.')}>
            <p>
              {t(
                '겹치는 시스템을 운영하는 기관에 공동활용이나 연계가 되는지 물을 수 있습니다. 처리기간은 멈추지 않습니다.',
                'The agency that runs the overlapping system can be asked whether it can be reused or linked. The clock does not stop.',
              )}
            </p>
          </Empty>
        )}
        {reviews.map((review) => (
          <OneReview key={review.review} the={the} review={review} />
        ))}
        {mayOpen && candidates.length > 0 && <OpenReview the={the} candidates={candidates} />}
      </section>
      <Differences the={the} candidates={candidates} />
    </div>
  );
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly agency: string;
}
type Candidates = readonly Named[];

function OpenReview({ the, candidates }: { the: Case; candidates: Candidates }) {
  const { t } = useSpeech();
  const { rows, more, readMore } = useList<AgencyRow>('/v1/agencies');
  // Any agency may be the owner: the choice is whole only when every page is here.
  useEffect(() => {
    if (more) readMore();
  }, [more, rows.length]);
  const named = new Set(candidates.map(({ agency }) => agency));
  const owners = rows
    .filter(({ agency, dissolvedAt }) => agency !== the.applicant.id && dissolvedAt === null)
    .toSorted((a, b) => Number(named.has(b.name)) - Number(named.has(a.name)) || a.name.localeCompare(b.name, 'ko'));
  return (
    <ActForm
      path={`/v1/consultations/${the.consultation}/joint-reviews`}
      revision={the.revision}
      open={t('운영 기관에 의견 묻기', 'Ask an owner')}
      fields={[
        {
          name: 'candidate',
          label: t('겹치는 시스템', 'Overlapping system'),
          kind: 'choice',
          choices: candidates.map(({ id, name, agency }) => ({
            value: id,
            label: agency === '' ? name : `${name} (${agency})`,
          })),
        },
        {
          name: 'owner',
          label: t('운영 기관', 'Owner'),
          kind: 'choice',
          choices: owners.map(({ agency, name }) => ({ value: agency, label: name })),
        },
        { name: 'dueOn', label: t('의견 기한', 'Opinion due'), kind: 'date' },
      ]}
      done={{ ko: '의견을 물었습니다. 운영 기관이 이 사건을 볼 수 있게 되었습니다.', en: 'Asked; the owner now sees this case.' }}
    />
  );
}

function OneReview({ the, review }: { the: Case; review: JointReview }) {
  const { t, say } = useSpeech();
  const candidate = [...(the.finding?.candidates ?? []), ...(the.addedCandidates ?? [])].find(
    ({ id }) => id === review.candidate,
  );
  const entry = useRead<SystemRow>(candidate?.kind === 'system' ? `/v1/systems/${encodeURIComponent(review.candidate)}` : null);
  const title = `joint-${review.review}`;
  const rows: (readonly [string, React.ReactNode])[] = review.opinions.map((one) => [
    t('운영 기관 의견', 'Owner’s opinion'),
    <>
      <strong>{say(OPINION[one.opinion])}</strong> · <Instant at={one.at} />
      {`\n${one.terms}`}
    </>,
  ]);
  if (review.adjustment !== null) {
    const { adjustment, agreed } = review.adjustment;
    rows.push([
      t('과업 조정', 'Adjustment of tasks'),
      `${adjustment}\n${agreed === null ? t('상대 기관의 동의를 기다립니다.', 'Waits for the other side.') : t('두 기관이 합의했습니다.', 'Both sides agree.')}`,
    ]);
  }
  if (review.closed !== null) {
    rows.push([
      t('결과', 'Conclusion'),
      <>
        <strong>{say(CONCLUSION[review.closed.conclusion])}</strong> · <Instant at={review.closed.at} />
        {review.closed.remarks !== '' && `\n${review.closed.remarks}`}
      </>,
    ]);
  }
  return (
    <section className="panel" aria-labelledby={title}>
      <div className="row spread">
        <h3 id={title}>
          {candidate?.name ?? review.candidate} ↔ {review.owner.name}
        </h3>
        {review.closed === null ? (
          <Badge tone={review.opinions.length === 0 ? 'warning' : 'information'}>
            {review.opinions.length === 0 ? t('의견 기다림', 'Opinion awaited') : t('의견 있음', 'Opinion given')}
          </Badge>
        ) : (
          <Badge tone="gray">{say(CONCLUSION[review.closed.conclusion])}</Badge>
        )}
      </div>
      {review.closed === null && (
        <p>
          {t('의견 기한', 'Opinion due')}: <Deadline date={review.dueOn} />
        </p>
      )}
      {entry.data !== undefined && entry.data.functions.length > 0 && (
        <p className="quiet">
          {t('그 시스템의 기능', 'What that system does')}: {entry.data.functions.join(' · ')}
        </p>
      )}
      {rows.length > 0 && <Facts rows={rows} />}
      {review.closed === null && <ReviewActs the={the} review={review} />}
    </section>
  );
}

function ReviewActs({ the, review }: { the: Case; review: JointReview }) {
  const { t, say } = useSpeech();
  const { me } = useSession();
  const owner = me.agency === review.owner.id && me.roles.includes('owner');
  const applicant = me.agency === the.applicant.id && me.roles.includes('applicant');
  const reviewer = me.agency === the.authority.id && (me.roles.includes('reviewer') || me.roles.includes('approver'));
  const at = `/v1/consultations/${the.consultation}/joint-reviews/${review.review}`;
  const { adjustment } = review;
  const waiting = adjustment !== null && adjustment.agreed === null ? adjustment : null;
  const late = review.dueOn < todayInSeoul();
  // Only an owner that was heard can have agreed or not.
  const heard = review.opinions.length > 0;
  const conclusions = (['AGREEMENT', 'NO_AGREEMENT', 'SILENCE'] as const).filter((one) =>
    one === 'SILENCE' ? late && !heard : heard,
  );
  return (
    <div className="row acts">
      {owner && (
        <ActForm
          path={`${at}/opinion`}
          revision={the.revision}
          open={t('의견 내기', 'Give an opinion')}
          fields={[
            {
              name: 'opinion',
              label: t('의견', 'Opinion'),
              kind: 'choice',
              choices: (['REUSE_POSSIBLE', 'LINK', 'DIFFERENT', 'OBJECTION'] as const).map((value) => ({
                value,
                label: say(OPINION[value]),
              })),
            },
            {
              name: 'terms',
              label: t('조건이나 까닭', 'Terms, or why not'),
              kind: 'area',
              hint: t(
                '예: 예약 API를 열어 줄 수 있고 연계 비용은 신청기관이 낸다.',
                'E.g. the booking API can be opened; the applicant pays.',
              ),
            },
          ]}
          done={{ ko: '의견을 냈습니다.', en: 'Your opinion is recorded.' }}
        />
      )}
      {(owner || applicant) && (waiting === null || waiting.by.agency === me.agency) && (
        <ActForm
          path={`${at}/adjustment`}
          revision={the.revision}
          open={t('과업 조정안 내기', 'Propose an adjustment')}
          fields={[{ name: 'adjustment', label: t('누가 무엇을 맡는지', 'Who does what'), kind: 'area' }]}
          done={{ ko: '조정안을 냈습니다. 상대 기관의 동의를 기다립니다.', en: 'Proposed; the other side must agree.' }}
        />
      )}
      {(owner || applicant) && waiting !== null && waiting.by.agency !== me.agency && (
        <ActForm
          path={`${at}/adjustment/agreement`}
          revision={the.revision}
          open={t('조정안에 동의', 'Agree')}
          fields={[]}
          body={() => ({ adjustment: waiting.adjustment })}
          done={{ ko: '조정안에 동의했습니다.', en: 'You agreed to the adjustment.' }}
        />
      )}
      {reviewer && conclusions.length > 0 && (
        <ActForm
          path={`${at}/conclusion`}
          revision={the.revision}
          open={t('공동검토 마치기', 'Close the review')}
          fields={[
            {
              name: 'conclusion',
              label: t('결과', 'Conclusion'),
              kind: 'choice',
              choices: conclusions.map((value) => ({ value, label: say(CONCLUSION[value]) })),
            },
            { name: 'remarks', label: t('의견', 'Remarks'), kind: 'area', optional: true },
          ]}
          done={{ ko: '공동검토를 마쳤습니다.', en: 'The joint review is closed.' }}
        />
      )}
    </div>
  );
}

/** 소명: pair by pair, why the applicant holds its plan to be something else. */
function Differences({ the, candidates }: { the: Case; candidates: Candidates }) {
  const { t } = useSpeech();
  const { me } = useSession();
  const said = the.differences ?? [];
  const maySay =
    me.agency === the.applicant.id &&
    me.roles.includes('applicant') &&
    ['submitted', 'received', 'under-review', 'awaiting-applicant'].includes(the.status);
  if (said.length === 0 && !(maySay && candidates.length > 0)) return null;
  const name = (id: string): string =>
    [...(the.finding?.candidates ?? []), ...candidates].find((one) => one.id === id)?.name ?? id;
  const open = candidates.filter(({ id }) => !said.some(({ candidate }) => candidate === id));
  return (
    <section className="panel" aria-labelledby="differences-title">
      <h2 id="differences-title">{t('신청기관의 소명', 'What the applicant says')}</h2>
      {said.length > 0 && (
        <Facts
          rows={said.map(({ candidate, statement, at }) => [
            name(candidate),
            <>
              {statement}
              {'\n'}
              <span className="quiet">
                <Instant at={at} />
              </span>
            </>,
          ])}
        />
      )}
      {maySay &&
        (open.length > 0 ? open : candidates).map(({ id }) => (
          <ActForm
            key={id}
            path={`/v1/consultations/${the.consultation}/overlaps/${encodeURIComponent(id)}/difference`}
            revision={the.revision}
            open={t(`${name(id)}: 무엇이 다른지 소명하기`, `${name(id)}: say what differs`)}
            fields={[{ name: 'statement', label: t('다른 점', 'What differs'), kind: 'area' }]}
            done={{ ko: '소명을 냈습니다.', en: 'Your statement is recorded.' }}
          />
        ))}
    </section>
  );
}
