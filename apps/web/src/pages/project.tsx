import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { PreliminaryReviews, ProjectThread } from '../contract.js';
import { csv, download } from '../csv.js';
import { todayInSeoul } from '../format.js';
import { Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { ActForm, type AskedField } from '../pieces/act-form.js';
import { Filter } from '../pieces/case-list.js';
import { Button, ProblemSummary } from '../pieces/form.js';
import { Badge, Empty, Instant, LegalDate, ReadProblem, StatusBadge, Title, Waiting } from '../pieces/show.js';
import { wonOf } from '../plan/plan-draft.js';
import { nextRound, stepsOf, type Step, type StepKind } from '../project/steps.js';
import { TokenPanel } from '../project/token.js';
import { useAct, useRead } from '../reading.js';
import { useSession } from '../session.js';

const KINDS: Readonly<Record<StepKind, readonly [ko: string, en: string]>> = {
  plan: ['계획', 'Plan'],
  eligibility: ['대상여부', 'Eligibility'],
  preliminary: ['예비검토', 'Preliminary'],
  consultation: ['사전협의', 'Consultation'],
  budget: ['예산', 'Budget'],
  order: ['발주', 'Order'],
  progress: ['진척', 'Progress'],
  performance: ['성과·포상', 'Performance'],
};

/** One project from its plan to its performance, and what this person may do about it. */
export default function ProjectPage({ id }: { id: string }) {
  const { t } = useSpeech();
  const thread = useRead<ProjectThread>(`/v1/projects/${id}/thread`);
  const preliminary = useRead<PreliminaryReviews>(`/v1/projects/${id}/preliminary-reviews`, { fromLog: true });
  const [token, setToken] = useState('');
  if (thread.error !== null) return <ReadProblem error={thread.error} />;
  if (thread.data === undefined) return <Waiting />;
  const the = thread.data;
  // A project that nobody asked a preliminary review for has none.
  const none = preliminary.error instanceof Problem && preliminary.error.status === 404;
  return (
    <>
      <p className="back">
        <Link href="/projects">{t('← 정보화사업', '← Projects')}</Link>
      </p>
      <Title lead={<Head the={the} />}>{the.title}</Title>
      {preliminary.error !== null && !none && <ReadProblem error={preliminary.error} />}
      <div className="beside">
        <Timeline the={the} steps={stepsOf(the, preliminary.data)} />
        <div className="stack">
          <Acts the={the} preliminary={preliminary.data} token={token} />
          <Consultations the={the} />
          <TokenPanel project={the.project} onIssued={setToken} />
        </div>
      </div>
    </>
  );
}

function Head({ the }: { the: ProjectThread }) {
  const { t } = useSpeech();
  return (
    <>
      <span className="number">{the.project}</span>{' '}
      {the.abandoned !== null && <Badge tone="gray">{t('중단', 'Abandoned')}</Badge>}
      {the.omissions.length > 0 && (
        <Badge tone="danger">{t(`미이행 ${the.omissions.length}건`, `${the.omissions.length} not consulted`)}</Badge>
      )}
    </>
  );
}

function Timeline({ the, steps }: { the: ProjectThread; steps: readonly Step[] }) {
  const { t, say } = useSpeech();
  const [kind, setKind] = useState('');
  const [newest, setNewest] = useState(false);
  const present = (Object.keys(KINDS) as StepKind[]).filter((each) => steps.some((step) => step.kind === each));
  const shown = steps.filter((step) => kind === '' || step.kind === kind);
  return (
    <section className="panel" aria-labelledby="thread">
      <div className="row spread">
        <h2 id="thread">{t('사업의 발자취', 'Timeline')}</h2>
        <div className="row">
          <Button aria-pressed={newest} onClick={() => setNewest(!newest)}>
            {t('최근 것부터', 'Newest first')}
          </Button>
          <Button
            onClick={() =>
              download(
                `project-${the.project}-${todayInSeoul()}.csv`,
                csv(
                  ['때', '구분', '내용', '덧붙임'],
                  shown.map((step) => [step.at, KINDS[step.kind][0], step.text.ko, step.detail ?? '']),
                ),
              )
            }
          >
            {t('엑셀(CSV) 내려받기', 'Download CSV')}
          </Button>
        </div>
      </div>
      <Filter
        label={t('구분', 'Kind')}
        value={kind}
        onChange={setKind}
        choices={[['', t('모두', 'All')], ...present.map((each) => [each, t(...KINDS[each])] as const)]}
      />
      <ol className="timeline">
        {(newest ? shown.toReversed() : shown).map((step, index) => (
          <li key={`${step.at} ${index}`} {...(step.tone === undefined ? {} : { className: step.tone })}>
            <span className="row">
              {step.at.length === 10 ? <LegalDate date={step.at} /> : <Instant at={step.at} />}
              <Badge tone={step.tone ?? 'gray'}>{t(...KINDS[step.kind])}</Badge>
            </span>
            <p>
              {say(step.text)} {step.to !== undefined && <Link href={step.to}>{t('사건 보기', 'See the case')}</Link>}
            </p>
            {step.detail !== undefined && step.detail !== '' && <p className="quiet prose">{step.detail}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Consultations({ the }: { the: ProjectThread }) {
  const { t } = useSpeech();
  return (
    <section className="panel" aria-labelledby="rounds">
      <h2 id="rounds">{t('사전협의', 'Consultations')}</h2>
      {the.consultations.length === 0 ? (
        <Empty title={t('아직 협의하지 않았습니다.', 'Not consulted yet.')}>
          <p>
            <Link href={`/wizard?project=${the.project}`}>{t('대상인지 판정해 보기', 'See whether it must be')}</Link>
          </p>
        </Empty>
      ) : (
        <ul className="cards">
          {the.consultations.map(({ consultation, authority, phase, letters, openConditions, planVersion }) => (
            <li key={consultation}>
              <Link href={`/cases/${consultation}`}>
                {t(`${authority.name} · 계획서 ${planVersion}판`, `${authority.name}, plan version ${planVersion}`)}
              </Link>
              <StatusBadge status={phase} outcome={letters.at(-1)?.outcome ?? null} />
              {openConditions > 0 && (
                <span className="quiet">{t(`남은 조건 ${openConditions}개`, `${openConditions} open condition(s)`)}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What the person may do now; the service has the last word. */
function Acts({ the, preliminary, token }: { the: ProjectThread; preliminary: PreliminaryReviews | undefined; token: string }) {
  const { t } = useSpeech();
  const { me, is } = useSession();
  const [, go] = useLocation();
  const { act, busy, problem } = useAct();
  const owner = me.agency === the.agency && is('applicant') && the.abandoned === null;
  const authority = the.consultations.some((round) => round.authority.id === me.agency);
  const reviews = authority && is('reviewer', 'approver');
  const next = nextRound(the);
  const waiting = preliminary?.requests.find(({ opinion, withdrawn }) => opinion === null && withdrawn === null);
  const at = `/v1/projects/${the.project}`;
  const year = todayInSeoul().slice(0, 4);
  if (!owner && !reviews) return null;
  const draft = async (): Promise<void> => {
    const done = { ko: '사전협의 초안을 만들었습니다.', en: 'A consultation is drafted.' };
    const previous = next?.previous === undefined ? {} : { previousConsultation: next.previous };
    const receipt = await act({ path: '/v1/consultations', body: { project: the.project, ...previous }, done });
    if (receipt !== null) go(`/cases/${receipt.id}`);
  };
  return (
    <section className="panel" aria-labelledby="acts">
      <h2 id="acts">{t('할 수 있는 일', 'What you may do')}</h2>
      <ProblemSummary problem={problem} />
      {owner && (
        <>
          <div className="row">
            {next !== null && (
              <Button weight="primary" busy={busy} onClick={() => void draft()}>
                {next.previous === undefined
                  ? t('사전협의 쓰기', 'Draft a consultation')
                  : t('다음 사전협의 쓰기', 'Draft the next consultation')}
              </Button>
            )}
            <Link href={`/projects/${the.project}/plan`} className="krds-btn small tertiary">
              {t('사업계획 고치기', 'Revise the plan')}
            </Link>
            <Link href={`/wizard?project=${the.project}`} className="krds-btn small tertiary">
              {t('대상여부 판정', 'Must it be consulted?')}
            </Link>
          </div>
        </>
      )}
      <div className="row acts">
        {owner && (
          <>
            {waiting === undefined ? (
              <ActForm
                path={`${at}/preliminary-reviews`}
                open={t('예비검토 요청', 'Ask for a preliminary review')}
                fields={[
                  {
                    name: 'fiscalYear',
                    label: t('회계연도', 'Fiscal year'),
                    kind: 'text',
                    hint: t(`예산을 쓸 해, 예: ${Number(year) + 1}`, `The year of the budget, e.g. ${Number(year) + 1}`),
                  },
                ]}
                body={({ fiscalYear }) => ({ fiscalYear: numberOf(fiscalYear) })}
                done={{ ko: '예비검토를 요청했습니다.', en: 'A preliminary review is asked for.' }}
              />
            ) : (
              preliminary !== undefined && (
                <ActForm
                  path={`${at}/preliminary-reviews/${waiting.number}/withdrawal`}
                  revision={preliminary.revision}
                  open={t('예비검토 취하', 'Withdraw the preliminary review')}
                  fields={[{ name: 'reason', label: t('까닭', 'Why'), kind: 'area' }]}
                  done={{ ko: '예비검토를 취하했습니다.', en: 'The preliminary review is withdrawn.' }}
                />
              )
            )}
            <ActForm
              path={`${at}/budget-reflections`}
              revision={the.revision}
              open={t('예산 반영 기록', 'Record the budget')}
              fields={[
                { name: 'fiscalYear', label: t('회계연도', 'Fiscal year'), kind: 'text' },
                { name: 'requestedKrw', label: t('요구액(원)', 'Asked for (won)'), kind: 'text', hint: wonHint(t) },
                { name: 'reflectedKrw', label: t('반영액(원)', 'Given (won)'), kind: 'text' },
                { name: 'remarks', label: t('비고', 'Remarks'), kind: 'text', optional: true },
              ]}
              body={({ fiscalYear, requestedKrw = '', reflectedKrw = '', remarks }) => ({
                fiscalYear: numberOf(fiscalYear),
                requestedKrw: wonOf(requestedKrw),
                reflectedKrw: wonOf(reflectedKrw),
                remarks,
              })}
              done={{ ko: '예산 반영을 기록했습니다.', en: 'The budget is recorded.' }}
            />
            <OrderForm the={the} token={token} />
            <ActForm
              path={`${at}/progress`}
              revision={the.revision}
              open={t('분기 진척 보고', 'Report progress')}
              fields={[
                { name: 'year', label: t('연도', 'Year'), kind: 'text' },
                {
                  name: 'quarter',
                  label: t('분기', 'Quarter'),
                  kind: 'choice',
                  choices: ['1', '2', '3', '4'].map((value) => ({ value, label: t(`${value}분기`, `Q${value}`) })),
                },
                { name: 'plannedPercent', label: t('계획 진척률(%)', 'Planned (%)'), kind: 'text' },
                { name: 'donePercent', label: t('실적 진척률(%)', 'Done (%)'), kind: 'text' },
                { name: 'remarks', label: t('비고', 'Remarks'), kind: 'text', optional: true },
              ]}
              body={({ remarks, ...numbers }) => ({
                ...Object.fromEntries(Object.entries(numbers).map(([name, typed]) => [name, numberOf(typed)])),
                remarks,
              })}
              done={{ ko: '진척을 보고했습니다.', en: 'Progress is reported.' }}
            />
          </>
        )}
        <ActForm
          path={`${at}/performance`}
          revision={the.revision}
          open={t('성과측정 기록', 'Record performance')}
          fields={[
            { name: 'measuredOn', label: t('측정일', 'Measured on'), kind: 'date' },
            {
              name: 'of',
              label: t('대상', 'What'),
              kind: 'choice',
              choices: [
                { value: 'system', label: t('운영 중인 정보시스템', 'System in operation') },
                { value: 'public-app', label: t('공공 앱', 'Public app') },
              ],
            },
            { name: 'score', label: t('점수(0–100)', 'Score (0–100)'), kind: 'text' },
            { name: 'remarks', label: t('비고', 'Remarks'), kind: 'text', optional: true },
          ]}
          body={({ score, ...rest }) => ({ ...rest, score: numberOf(score) })}
          done={{ ko: '성과를 기록했습니다.', en: 'Performance is recorded.' }}
        />
        {authority && is('approver') && (
          <ActForm
            path={`${at}/awards`}
            revision={the.revision}
            open={t('포상 기록', 'Record an award')}
            fields={[
              { name: 'award', label: t('포상 이름', 'Award'), kind: 'text' },
              { name: 'awardedOn', label: t('수여일', 'Awarded on'), kind: 'date' },
              { name: 'ground', label: t('공적', 'Ground'), kind: 'area' },
            ]}
            done={{ ko: '포상을 기록했습니다.', en: 'The award is recorded.' }}
          />
        )}
        {owner && (
          <ActForm
            path={`${at}/abandonment`}
            revision={the.revision}
            open={t('사업 중단', 'Abandon the project')}
            fields={[{ name: 'reason', label: t('중단하는 까닭', 'Why'), kind: 'area' }]}
            done={{ ko: '사업을 중단했습니다.', en: 'The project is abandoned.' }}
          />
        )}
      </div>
    </section>
  );
}

/** 발주 등록: by the token that was just issued, or by a version of the plan. */
function OrderForm({ the, token }: { the: ProjectThread; token: string }) {
  const { t } = useSpeech();
  const plans = the.plans
    .toReversed()
    .map(({ version, hash }) => ({ value: hash, label: t(`계획서 ${version}판`, `Plan version ${version}`) }));
  const byToken = { value: 'token', label: t('방금 발급한 토큰이 말하는 계획서', 'The plan of the token just issued') };
  const fields: readonly AskedField[] = [
    { name: 'order', label: t('입찰공고번호·계약번호', 'Tender or contract number'), kind: 'text' },
    { name: 'orderedOn', label: t('발주일', 'Ordered on'), kind: 'date' },
    { name: 'amountKrw', label: t('발주금액(원)', 'Amount (won)'), kind: 'text', optional: true, hint: wonHint(t) },
    {
      name: 'plan',
      pointer: '/planHash',
      label: t('발주한 계획서', 'Plan that was ordered'),
      kind: 'choice',
      choices: token === '' ? plans : [byToken, ...plans],
    },
  ];
  return (
    <ActForm
      path={`/v1/projects/${the.project}/procurements`}
      revision={the.revision}
      open={t('발주 등록', 'Record an order')}
      fields={fields}
      body={({ plan, amountKrw = '', ...rest }) => ({
        ...rest,
        amountKrw: wonOf(amountKrw),
        ...(plan === 'token' ? { token } : { planHash: plan }),
      })}
      done={{ ko: '발주를 등록했습니다.', en: 'The order is recorded.' }}
    />
  );
}

const wonHint = (t: (ko: string, en: string) => string): string =>
  t('원 단위 숫자, 또는 3.5억처럼 적습니다.', 'Whole won, or like 3.5억.');

/** What is no number goes as it was typed, so that the service says what is wrong with it. */
function numberOf(typed: string | undefined): number | string {
  const text = (typed ?? '').trim();
  return text === '' || Number.isNaN(Number(text)) ? text : Number(text);
}
