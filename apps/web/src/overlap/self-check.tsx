import { useState } from 'react';
import type { Candidate, Finding, PlanContent, ProblemDocument } from '../contract.js';
import { ask, Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { Button, ProblemSummary } from '../pieces/form.js';
import { Badge, Likelihood } from '../pieces/show.js';
import { expired } from '../reading.js';
import { EvidencePair, Facets } from './evidence.js';

interface Checked {
  readonly plan: PlanContent;
  readonly finding: Finding;
  /** The same plan without the functions that were set aside; null when none was. */
  readonly without: { readonly dropped: readonly string[]; readonly finding: Finding } | null;
}

/** 중복 자가점검: what a reviewer would see, before filing. Nothing is recorded and nobody else sees it. */
export function SelfCheck({ plan }: { plan: Omit<PlanContent, 'budgetKrw'> }) {
  const { t } = useSpeech();
  const [checked, setChecked] = useState<Checked | null>(null);
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);

  const screen = async (content: Omit<PlanContent, 'budgetKrw'>): Promise<Finding> => {
    const { title, purpose, functions, users, data, technologies, text } = content;
    return (
      await ask<Finding>('/v1/self-checks', {
        method: 'POST',
        body: { title, purpose, functions, users, data, technologies, text },
      })
    ).body;
  };
  const check = async (setAside: ReadonlySet<string>): Promise<void> => {
    setDropped(setAside);
    setBusy(true);
    setProblem(null);
    try {
      const gone = plan.functions.filter((one) => setAside.has(one));
      const [finding, other] = await Promise.all([
        screen(plan),
        gone.length === 0 ? null : screen({ ...plan, functions: plan.functions.filter((one) => !setAside.has(one)) }),
      ]);
      setChecked({
        plan: { ...plan, budgetKrw: null },
        finding,
        without: other === null ? null : { dropped: gone, finding: other },
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) expired.set(true);
      setProblem(error.document);
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="panel self-check" aria-labelledby="self-check">
      <h2 id="self-check">{t('중복 자가점검', 'Self-check')}</h2>
      <p className="quiet">
        {t(
          '검토자가 보게 될 결과를 미리 봅니다. 아무것도 기록되지 않고 다른 사람은 볼 수 없습니다.',
          'See beforehand what a reviewer will see. Nothing is recorded and nobody else sees it.',
        )}
      </p>
      <div>
        <Button weight="secondary" busy={busy} onClick={() => void check(dropped)}>
          {busy ? t('점검 중…', 'Checking…') : t('자가점검', 'Check now')}
        </Button>
      </div>
      <ProblemSummary problem={problem} />
      {plan.functions.length > 0 && checked !== null && (
        <fieldset className="what-if">
          <legend className="radios-legend">{t('이 기능을 뺀다면?', 'What if this function were dropped?')}</legend>
          {plan.functions.map((one, index) => (
            <div className="krds-form-check" key={index}>
              <input
                type="checkbox"
                id={`drop-${index}`}
                checked={dropped.has(one)}
                onChange={(event) => {
                  const next = new Set(dropped);
                  if (event.target.checked) next.add(one);
                  else next.delete(one);
                  void check(next);
                }}
              />
              <label htmlFor={`drop-${index}`}>{one}</label>
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
