import { Link } from 'wouter';
import type { PlanClusters } from '../contract.js';
import { csv, download } from '../csv.js';
import { exactWon, todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { HeatTable } from '../pieces/chart.js';
import { Button } from '../pieces/form.js';
import { Badge, Empty, Likelihood, Money, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { FACET } from '../terms.js';

type Cluster = PlanClusters['clusters'][number];

/** 같은 회차 유사 계획: pending plans that may be one thing, so that they are built once. */
export default function ClustersPage() {
  const { t } = useSpeech();
  const { data, error } = useRead<PlanClusters>('/v1/plan-clusters');
  const clusters = data?.clusters ?? [];
  return (
    <>
      <Title
        lead={t(
          '지금 함께 협의 중인 계획 가운데 서로 같은 것을 만들려는 듯한 묶음입니다. 묶음 안의 어느 둘을 골라도 비슷합니다.',
          'Plans under consultation at the same time that may be one thing: any two of a group are alike.',
        )}
      >
        {t('유사 계획 묶음', 'Like plans of this round')}
      </Title>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && clusters.length === 0 && (
        <Empty title={t('서로 비슷한 계획이 없습니다.', 'No plans are alike.')}>
          <p>
            {t(
              '여러 기관의 계획이 동시에 협의 중일 때, 판별기가 비슷하다고 본 것들이 여기에 묶입니다. 사람이 ‘중복 아님’으로 판정한 쌍은 묶지 않습니다.',
              'When plans of several agencies are pending together, those the engine holds to be alike are grouped here. Dismissed pairs are not.',
            )}
          </p>
        </Empty>
      )}
      {clusters.length > 0 && (
        <div className="toolbar">
          <span className="quiet" role="status">
            {t(`${clusters.length}묶음`, `${clusters.length} groups`)}
          </span>
          <Button onClick={() => download(`clusters-${todayInSeoul()}.csv`, csv(HEAD, clusters.flatMap(rowsOf)))}>
            {t('엑셀(CSV) 내려받기', 'Download CSV')}
          </Button>
        </div>
      )}
      <div className="stack">
        {clusters.map((cluster) => (
          <OneCluster key={cluster.id} cluster={cluster} />
        ))}
      </div>
    </>
  );
}

const HEAD = ['묶음', '접수번호', '사업명', '신청기관', '협의기관', '총사업비(원)', '가장 낮은 유사도'];
function rowsOf({ id, members, weakest }: Cluster) {
  return members.map((one) => [
    id,
    one.consultation,
    one.title,
    one.applicantName,
    one.authorityName,
    one.requestedKrw === null ? null : Number(one.requestedKrw),
    weakest,
  ]);
}

function OneCluster({ cluster }: { cluster: Cluster }) {
  const { t, say, language } = useSpeech();
  const { members, pairs, suggestion } = cluster;
  const between = (a: string, b: string) =>
    pairs.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a));
  const named = (id: string): string => members.find(({ consultation }) => consultation === id)?.title ?? id;
  return (
    <section className="panel stack" aria-labelledby={cluster.id}>
      <div className="row spread">
        <h2 id={cluster.id}>
          {t(`${members[0]?.title ?? ''} 등 ${members.length}건`, `${members[0]?.title ?? ''} and ${members.length - 1} more`)}
        </h2>
        <Likelihood probability={cluster.weakest} />
      </div>
      {suggestion !== null && (
        <p className="warn">
          <strong>{t('공동구축 제안', 'Build it once?')}</strong> {say(suggestion.text)}
          {suggestion.totalKrw !== '0' &&
            ` ${t(`합한 사업비 ${exactWon(suggestion.totalKrw, language)}.`, `Together ${exactWon(suggestion.totalKrw, language)}.`)}`}
          {suggestion.functions.length > 0 && ` ${t('함께 쓸 기능', 'Functions')}: ${suggestion.functions.join(', ')}`}
        </p>
      )}
      <table className="list">
        <caption className="sr-only">{t('묶음의 계획', 'Plans of the group')}</caption>
        <thead>
          <tr>
            <th scope="col" className="wide">
              {t('사업', 'Project')}
            </th>
            <th scope="col">{t('신청기관', 'Applicant')}</th>
            <th scope="col">{t('협의기관', 'Authority')}</th>
            <th scope="col">{t('총사업비', 'Budget')}</th>
          </tr>
        </thead>
        <tbody>
          {members.map((one) => (
            <tr key={one.consultation}>
              <th scope="row">
                <Link href={`/cases/${one.consultation}`}>{one.title}</Link>
                <span className="quiet number">{one.consultation}</span>
              </th>
              <td data-label={t('신청기관', 'Applicant')}>{one.applicantName}</td>
              <td data-label={t('협의기관', 'Authority')}>{one.authorityName}</td>
              <td data-label={t('총사업비', 'Budget')}>
                <Money amount={one.requestedKrw} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <HeatTable
        title={t(`서로 얼마나 비슷한가: ${members[0]?.title ?? ''} 등`, `How alike any two are: ${members[0]?.title ?? ''}`)}
        of={t('계획', 'Plan')}
        columns={members.map(({ applicantName }, at) => `${at + 1}. ${applicantName}`)}
        rows={members.map((row, at) => ({
          label: `${at + 1}. ${row.title}`,
          values: members.map((column) => between(row.consultation, column.consultation)?.probability ?? null),
        }))}
        tell={(share) => `${Math.round(100 * share)}%`}
      />
      <details>
        <summary>{t('근거 보기', 'Evidence')}</summary>
        {pairs.map((pair) => (
          <div key={`${pair.a} ${pair.b}`}>
            <h3>
              {named(pair.a)} ↔ {named(pair.b)}
            </h3>
            <ul className="items">
              {pair.evidence.map(({ facet, terms, quoteA, quoteB }, index) => (
                <li key={index}>
                  <Badge tone="gray">
                    {say((FACET as Readonly<Record<string, { ko: string; en: string }>>)[facet] ?? { ko: facet, en: facet })}
                  </Badge>{' '}
                  “{quoteA}” ↔ “{quoteB}” <span className="quiet">{terms.join('·')}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </details>
    </section>
  );
}
