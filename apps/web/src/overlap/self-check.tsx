import { useState } from 'react';
import type { Candidate, Dropped, Finding, PlanContent, ProblemDocument } from '../contract.js';
import { won } from '../format.js';
import { ask, Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { Button, ProblemSummary } from '../pieces/form.js';
import { Badge, Likelihood } from '../pieces/show.js';
import { readable, type SentPlan } from '../plan/plan-draft.js';
import { expired } from '../reading.js';
import { GROUND, percentOf, relationName } from '../terms.js';
import { EvidencePair, Facets } from './evidence.js';

interface Checked {
  readonly plan: PlanContent;
  readonly finding: Finding;
  /** The same plan without the functions that were set aside; null when none was. */
  readonly without: { readonly dropped: readonly number[]; readonly finding: Finding } | null;
}

/** More functions than this are set aside by hand: each costs a comparison with every record. */
const MOST_TRIED = 40;

/** 중복 자가점검: what a reviewer would see, before filing. Nothing is recorded and nobody else sees it. */
export function SelfCheck({ plan: sent }: { plan: SentPlan }) {
  const { t } = useSpeech();
  const plan = readable(sent);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [each, setEach] = useState<readonly Dropped[] | null>(null);
  const [dropped, setDropped] = useState<ReadonlySet<number>>(new Set());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);

  // The day of the tender says nothing about overlaps, and one that is half typed would be refused.
  const { orderPlannedOn: _, ...content } = plan;
  const working = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) expired.set(true);
      setProblem(error.document);
    } finally {
      setBusy(false);
    }
  };
  const screen = async (without: readonly number[]): Promise<Finding> =>
    (await ask<Finding>('/v1/self-checks', { method: 'POST', body: { ...content, without } })).body;
  const check = (setAside: ReadonlySet<number>): Promise<void> =>
    working(async () => {
      const gone = [...setAside].filter((place) => place < plan.functions.length).toSorted((a, b) => a - b);
      setDropped(new Set(gone));
      const [finding, other] = await Promise.all([screen([]), gone.length === 0 ? null : screen(gone)]);
      setChecked({ plan, finding, without: other === null ? null : { dropped: gone, finding: other } });
      // Places mean the functions of the plan that was asked about.
      if (checked !== null && checked.plan.functions.join('\n') !== plan.functions.join('\n')) setEach(null);
    });
  const tryEach = (): Promise<void> =>
    working(async () => {
      const { body } = await ask<{ readonly functions: readonly Dropped[] }>('/v1/self-checks/what-if', {
        method: 'POST',
        body: content,
      });
      setEach(body.functions);
    });

  return (
    <section className="panel self-check" aria-labelledby="self-check">
      <h2 id="self-check">{t('중복 자가점검', 'Self-check')}</h2>
      <p className="quiet">
        {t(
          '검토자가 보게 될 결과를 미리 봅니다. 아무것도 기록되지 않고 다른 사람은 볼 수 없습니다.',
          'See beforehand what a reviewer will see. Nothing is recorded and nobody else sees it.',
        )}
      </p>
      <div className="row">
        <Button weight="secondary" busy={busy} onClick={() => void check(dropped)}>
          {busy ? t('점검 중…', 'Checking…') : t('자가점검', 'Check now')}
        </Button>
        {checked !== null && plan.functions.length > 1 && plan.functions.length <= MOST_TRIED && (
          <Button busy={busy} onClick={() => void tryEach()}>
            {t('기능마다 빼 보기', 'Try without each function')}
          </Button>
        )}
      </div>
      <ProblemSummary problem={problem} />
      {plan.functions.length > 0 && checked !== null && (
        <fieldset className="what-if">
          <legend className="radios-legend">{t('이 기능을 뺀다면?', 'What if this function were dropped?')}</legend>
          {plan.functions.map((one, index) => (
            <div key={index}>
              <div className="krds-form-check">
                <input
                  type="checkbox"
                  id={`drop-${index}`}
                  checked={dropped.has(index)}
                  {...(each?.[index] === undefined ? {} : { 'aria-describedby': `dropped-${index}` })}
                  onChange={(event) => {
                    const next = new Set(dropped);
                    if (event.target.checked) next.add(index);
                    else next.delete(index);
                    void check(next);
                  }}
                />
                <label htmlFor={`drop-${index}`}>{one}</label>
              </div>
              {each?.[index] !== undefined && (
                <WithoutOne id={`dropped-${index}`} dropped={each[index]} finding={checked.finding} />
              )}
            </div>
          ))}
        </fieldset>
      )}
      <div role="status" className="stack">
        {checked !== null && <Result checked={checked} />}
      </div>
    </section>
  );
}

/** What would be left without one function, in a line. */
function WithoutOne({ id, dropped, finding }: { id: string; dropped: Dropped; finding: Finding }) {
  const { t, say } = useSpeech();
  const now = finding.candidates.filter(({ flagged }) => flagged).length;
  const left = dropped.flagged.length;
  return (
    <p id={id} className="quiet without">
      {left === now ? (
        t(`빼도 판정 대상 ${left}건`, `Still ${left} would be questioned`)
      ) : (
        <strong>{t(`빼면 판정 대상 ${now}건 → ${left}건`, `Without it ${left} instead of ${now} would be questioned`)}</strong>
      )}
      , {t('가장 높은 가능성', 'likeliest')} {say(percentOf(dropped.probability))}
    </p>
  );
}

/** 재사용 제안: functions of the plan that exist already, and what using them may save. */
function Reuse({ plan, finding }: { plan: PlanContent; finding: Finding }) {
  const { t, language } = useSpeech();
  const reuse = finding.reuse ?? [];
  const range = ({ lowKrw, highKrw }: { readonly lowKrw: number; readonly highKrw: number }): string =>
    [...new Set([won(lowKrw, language), won(highKrw, language)])].join(' – ');
  if (reuse.length === 0) return null;
  return (
    <div className="reuse">
      <h3>{t('다시 쓸 수 있는 것 (제안)', 'What could be reused (a suggestion)')}</h3>
      <ul className="cards">
        {reuse.map(({ candidate, functions, of, saving }) => (
          <li key={candidate}>
            <strong>{finding.candidates.find(({ id }) => id === candidate)?.name ?? candidate}</strong>
            <span>
              {t(`기능 ${of}개 가운데 ${functions.length}개`, `${functions.length} of ${of} functions`)}:{' '}
              {functions.map((place) => plan.functions[place] ?? '').join(', ')}
            </span>
            <span className={saving === null ? 'quiet' : ''}>
              {saving === null
                ? t('절감액은 모름: 비용 내역을 적으면 셈합니다.', 'Saving unknown: fill in the cost table to have it computed.')
                : t(`절감 가능액 ${range(saving)}`, `May save ${range(saving)}`)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How the two may stand to each other, with the grounds; the person who reviews decides. */
function Suggested({ relation }: { relation: NonNullable<Candidate['relation']> }) {
  const { t, say } = useSpeech();
  const grounds = relation.because.map(({ ground, quote }) => {
    const words = say(GROUND[ground] ?? { ko: ground, en: ground });
    return quote === undefined ? words : `${words}(‘${quote}’)`;
  });
  return (
    <p className="quiet">
      {t('관계 제안', 'Suggested relation')}: {say(relationName(relation.relation))}
      {grounds.length > 0 && ` — ${grounds.join(', ')}`}
    </p>
  );
}

function Result({ checked: { plan, finding, without } }: { checked: Checked }) {
  const { t } = useSpeech();
  const shown = finding.candidates.slice(0, 5);
  const flagged = finding.candidates.filter(({ flagged: is }) => is).length;
  const after = (id: string): Candidate | undefined => without?.finding.candidates.find((candidate) => candidate.id === id);
  return (
    <>
      <p>
        {flagged === 0
          ? t(
              `기록 ${finding.compared}건과 견주었습니다. 판정이 필요할 만큼 비슷한 것은 없습니다.`,
              `Compared with ${finding.compared} records. Nothing is alike enough to be questioned.`,
            )
          : t(
              `기록 ${finding.compared}건과 견주어 ${flagged}건이 판정 대상입니다. 다른 점을 계획에 밝히거나 기능을 조정해 보십시오.`,
              `Compared with ${finding.compared} records; ${flagged} would be questioned. Say what differs, or change a function.`,
            )}
      </p>
      {finding.judgeable === false && (
        <p className="warn">
          {t(
            '적힌 말이 적어 판별하기 어렵습니다. 기능과 데이터를 더 적으십시오.',
            'There is too little to judge. Describe more functions and data.',
          )}
        </p>
      )}
      <Reuse plan={plan} finding={finding} />
      <ol className="checked">
        {shown.map((candidate) => (
          <li key={candidate.id}>
            <p className="row">
              <strong>{candidate.name}</strong>
              <span className="quiet">{candidate.agency}</span>
              {candidate.flagged && <Badge tone="danger">{t('판정 대상', 'Would be questioned')}</Badge>}
            </p>
            <p className="row">
              <Likelihood probability={candidate.probability} />
              {without !== null && <Change before={candidate.probability} after={after(candidate.id)?.probability ?? null} />}
            </p>
            {candidate.relation !== undefined && <Suggested relation={candidate.relation} />}
            {candidate.evidence.length > 0 && (
              <details>
                <summary>
                  {t('증거 보기', 'See the evidence')}
                  <span className="sr-only">: {candidate.name}</span>
                </summary>
                <Facets facets={candidate.facets} />
                <ol className="evidences">
                  {candidate.evidence.map((evidence, index) => (
                    <EvidencePair key={index} evidence={evidence} plan={plan} candidate={candidate} />
                  ))}
                </ol>
              </details>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Change({ before, after }: { before: number; after: number | null }) {
  const { t } = useSpeech();
  if (after === null) return <Badge tone="success">{t('빼면 목록에서 사라짐', 'Gone when dropped')}</Badge>;
  const points = Math.round(after * 100) - Math.round(before * 100);
  if (points === 0) return <span className="quiet">{t('빼도 그대로', 'No change when dropped')}</span>;
  return (
    <Badge tone={points < 0 ? 'success' : 'warning'}>
      {t(points < 0 ? '빼면 낮아짐' : '빼면 높아짐', points < 0 ? 'Lower when dropped' : 'Higher when dropped')} (
      {points > 0 ? '+' : '−'}
      {Math.abs(points)}
      {t('%p', ' points')})
    </Badge>
  );
}
