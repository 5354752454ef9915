import { Link, useLocation } from 'wouter';
import { ConditionsTab } from '../case/conditions-tab.js';
import { CorrectionsTab } from '../case/corrections-tab.js';
import { isOpen } from '../case/round.js';
import { DecisionTab } from '../case/decision-tab.js';
import { JointReviewTab } from '../case/joint-review-tab.js';
import { HistoryTab } from '../case/history-tab.js';
import { OverlapTab } from '../case/overlap-tab.js';
import { PrecedentsTab } from '../case/precedents-tab.js';
import { PlanTab } from '../case/plan-tab.js';
import { ReplayTab } from '../case/replay-tab.js';
import { SummaryTab } from '../case/summary-tab.js';
import type { Case, Clock } from '../contract.js';
import { useSpeech } from '../language.js';
import { Deadline, Money, ReadProblem, StatusBadge, Title, Turn, Waiting } from '../pieces/show.js';
import { Tabs } from '../pieces/tabs.js';
import { useRead } from '../reading.js';
import { OVER } from '../terms.js';

const TABS = [
  'summary',
  'plan',
  'overlaps',
  'joint',
  'corrections',
  'precedents',
  'decision',
  'conditions',
  'history',
  'replay',
] as const;
type TabId = (typeof TABS)[number];

/** One case: a head that stays, and its parts in tabs, each with an address of its own. */
export default function CasePage({ id, tab }: { id: string; tab?: string | undefined }) {
  const { t } = useSpeech();
  const [, go] = useLocation();
  const { data: the, error } = useRead<Case>(`/v1/consultations/${encodeURIComponent(id)}`);
  const runs = the !== undefined && the.received !== null && !OVER.has(the.status);
  const clock = useRead<Clock>(runs ? `/v1/consultations/${the.consultation}/clock` : null);
  if (error !== null && the === undefined) {
    return (
      <>
        <Title>{t('사건을 볼 수 없습니다', 'This case cannot be shown')}</Title>
        <ReadProblem error={error} />
        <p>
          <Link href="/" className="back">
            {t('처음 화면으로', 'To the first page')}
          </Link>
        </p>
      </>
    );
  }
  if (the === undefined) return <Waiting />;
  const openRound = the.corrections.find(isOpen);
  const owed = (the.obligations ?? []).filter(({ status }) => status === 'open' || status === 'submitted').length;
  const asked = (the.jointReviews ?? []).filter(({ closed }) => closed === null).length;
  // Most cases never have conditions: their tab comes with the first. Nor is anybody asked about a plan that nothing overlaps.
  const tabs = TABS.filter(
    (name) =>
      (name !== 'conditions' || (the.obligations ?? []).length > 0) &&
      (name !== 'joint' || (the.jointReviews ?? the.differences ?? []).length > 0 || (the.finding?.candidates ?? []).length > 0),
  );
  const open: TabId = tabs.find((name) => name === tab) ?? 'summary';
  const count = (number: number) => (number > 0 ? <span className="count">{number}</span> : null);
  const labels: Readonly<Record<TabId, React.ReactNode>> = {
    summary: t('요약', 'Summary'),
    plan: t('신청서', 'Plan'),
    overlaps: (
      <>
        {t('중복 증거', 'Overlaps')} {count(the.unsettled.length)}
      </>
    ),
    joint: (
      <>
        {t('관계기관 협의', 'Joint review')} {count(asked)}
      </>
    ),
    corrections: (
      <>
        {t('보완', 'Corrections')} {count(the.corrections.length)}
      </>
    ),
    precedents: t('선례', 'Precedents'),
    decision: t('결정', 'Decision'),
    conditions: (
      <>
        {t('조건', 'Conditions')} {count(owed)}
      </>
    ),
    history: t('이력', 'History'),
    replay: t('재생', 'Replay'),
  };
  return (
    <article className="case">
      <Title
        lead={
          <>
            {the.applicant.name} → {the.authority.name} · <span className="number">{the.consultation}</span>
            {the.escalation !== undefined && (
              <>
                {' · '}
                {t(`${the.escalation.from.name}에서 이관`, `Handed up by ${the.escalation.from.name}`)}: {the.escalation.reason}
              </>
            )}
          </>
        }
      >
        {the.plan.content.title}
      </Title>
      <dl className="case-head">
        <div>
          <dt>{t('상태', 'Status')}</dt>
          <dd>
            <StatusBadge status={the.status} outcome={the.letter?.outcome ?? null} />
          </dd>
        </div>
        <div>
          <dt>{t('차례', 'Turn')}</dt>
          <dd>
            <Turn holder={the.holder} />
          </dd>
        </div>
        <div>
          <dt>{t('총사업비', 'Budget')}</dt>
          <dd>
            <Money amount={the.plan.content.budgetKrw} />
          </dd>
        </div>
        <div>
          <dt>{openRound === undefined ? t('처리기한', 'Due') : t('보완기한', 'Answer due')}</dt>
          <dd>
            {openRound !== undefined ? (
              <Deadline date={openRound.respondBy} />
            ) : OVER.has(the.status) || the.status === 'objection' ? (
              <span className="quiet">{the.letter === null ? t('끝남', 'Closed') : t('통보함', 'Notified')}</span>
            ) : the.received === null ? (
              <span className="quiet">{t('접수하면 정해집니다', 'Set on receipt')}</span>
            ) : (
              <Deadline date={clock.data?.dueOn ?? the.received.dueOn} />
            )}
          </dd>
        </div>
      </dl>
      <Tabs
        label={t('사건의 부분', 'Parts of the case')}
        tabs={tabs.map((name) => ({ id: name, label: labels[name] }))}
        open={open}
        onOpen={(name) => go(`/cases/${id}${name === 'summary' ? '' : `/${name}`}`, { replace: true })}
      >
        {open === 'summary' && <SummaryTab the={the} onOpen={(name) => go(`/cases/${id}/${name}`)} />}
        {open === 'plan' && <PlanTab the={the} />}
        {open === 'overlaps' && <OverlapTab the={the} />}
        {open === 'joint' && <JointReviewTab the={the} />}
        {open === 'corrections' && <CorrectionsTab the={the} />}
        {open === 'precedents' && <PrecedentsTab the={the} />}
        {open === 'decision' && <DecisionTab the={the} />}
        {open === 'conditions' && <ConditionsTab the={the} />}
        {open === 'history' && <HistoryTab the={the} />}
        {open === 'replay' && <ReplayTab the={the} />}
      </Tabs>
    </article>
  );
}
