import { Link } from 'wouter';
import type { Case, Outcome, Precedents } from '../contract.js';
import { useSpeech } from '../language.js';
import { BarChart } from '../pieces/chart.js';
import { Badge, Empty, LegalDate, Likelihood, ReadProblem, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { FACET, OUTCOME } from '../terms.js';

/** 선례: what was decided about like plans before, so that like cases are treated alike, or differ with a reason. */
export function PrecedentsTab({ the }: { the: Case }) {
  const { t, say } = useSpeech();
  const { data, error } = useRead<Precedents>(`/v1/consultations/${the.consultation}/precedents`);
  if (error !== null) return <ReadProblem error={error} />;
  if (data === undefined) return <Waiting />;
  const { precedents, outcomes } = data;
  if (precedents.length === 0) {
    return (
      <Empty title={t('비슷한 선례가 없습니다.', 'No like case has been decided.')}>
        <p>
          {t(
            '비슷한 계획에 검토결과가 통보되면, 그 결과와 조건이 여기에 나란히 보입니다. 다른 협의기관이 통보한 것도 보입니다.',
            'Once a like plan has its letter, its outcome and conditions stand here; those of other authorities too.',
          )}
        </p>
      </Empty>
    );
  }
  const counted = (Object.keys(OUTCOME) as Outcome[]).filter((outcome) => (outcomes[outcome] ?? 0) > 0);
  return (
    <div className="stack">
      <p className="quiet">
        {t(
          '통보된 것 가운데 이 계획과 비슷한 순서로 보입니다. 선례와 다르게 결정할 때에는 검토 의견에 까닭을 적으십시오.',
          'Decided cases, most alike first. Whoever decides otherwise says why in the opinion.',
        )}
      </p>
      <BarChart
        title={t('비슷한 사건의 결과', 'Outcomes of like cases')}
        of={t('결과', 'Outcome')}
        series={[t('건수', 'Cases')]}
        bars={counted.map((outcome) => ({ label: say(OUTCOME[outcome]), values: [outcomes[outcome] ?? 0] }))}
      />
      {precedents.map((one) => (
        <section className="panel" key={one.consultation} aria-labelledby={`precedent-${one.consultation}`}>
          <div className="row spread">
            <h2 id={`precedent-${one.consultation}`}>
              {one.mayOpen ? <Link href={`/cases/${one.consultation}`}>{one.title}</Link> : one.title}
            </h2>
            <Badge tone="success">{say(OUTCOME[one.outcome])}</Badge>
          </div>
          <p className="row">
            <span>
              {one.applicantName} → {one.authorityName}
            </span>
            <span className="quiet">
              {t('통보', 'Notified')} <LegalDate date={one.notifiedOn} />
            </span>
            <Likelihood probability={one.probability} />
          </p>
          {one.shared.length > 0 && (
            <p className="quiet">
              {t('함께 말하는 것', 'Both say')}:{' '}
              {one.shared.map(({ facet, terms }) => `${say(facetName(facet))} ${terms.join('·')}`).join(', ')}
            </p>
          )}
          {one.conditions.length > 0 && (
            <ol className="items">
              {one.conditions.map(({ number, text, dueOn }) => (
                <li key={number}>
                  {text} {dueOn !== null && <LegalDate date={dueOn} />}
                </li>
              ))}
            </ol>
          )}
        </section>
      ))}
    </div>
  );
}

function facetName(facet: string) {
  return (FACET as Readonly<Record<string, (typeof FACET)['title']>>)[facet] ?? { ko: facet, en: facet };
}
