import { useState } from 'react';
import { useSpeech } from '../language.js';
import { ActForm } from '../pieces/act-form.js';
import { CsvButton, Filter, ListState, MoreButton, withQuery } from '../pieces/case-list.js';
import { Badge, Empty, Instant, Money, Title } from '../pieces/show.js';
import { useList } from '../reading.js';
import { PRELIMINARY } from '../terms.js';

interface Row {
  readonly place: string;
  readonly project: string;
  readonly request: number;
  readonly fiscalYear: number;
  readonly title: string;
  readonly applicantName: string;
  readonly authorityName: string;
  readonly budgetKrw: string | null;
  readonly status: 'requested' | 'answered' | 'withdrawn';
  readonly flagged: number | null;
  readonly verdict: 'NO_OBJECTION' | 'ADJUST' | 'RECONSIDER' | null;
  readonly requestedAt: string;
  readonly revision: string;
}

const STATUS = {
  requested: { ko: '의견 대기', en: 'Waiting', tone: 'warning' },
  answered: { ko: '의견 냄', en: 'Answered', tone: 'success' },
  withdrawn: { ko: '거둠', en: 'Withdrawn', tone: 'gray' },
} as const;
/** 예비검토: before the budget is asked for, a word on whether the project overlaps. */
export default function PreliminaryReviewsPage() {
  const { t, say } = useSpeech();
  const [status, setStatus] = useState('requested');
  const path = withQuery('/v1/preliminary-reviews', { status });
  const list = useList<Row>(path);
  const { rows, more, readMore } = list;
  return (
    <>
      <Title
        lead={t(
          '예산을 요구하기 전에 개요만으로 묻는 것입니다. 짧은 의견을 내면 신청기관이 예산 요구에 붙입니다.',
          'Asked with an outline before the budget is; the applicant attaches the short opinion to its request.',
        )}
      >
        {t('예비검토', 'Preliminary reviews')}
      </Title>
      <div className="toolbar">
        <Filter
          label={t('상태', 'Status')}
          value={status}
          onChange={setStatus}
          choices={[
            ['', t('모두', 'All')],
            ...(Object.keys(STATUS) as Row['status'][]).map((one) => [one, say(STATUS[one])] as const),
          ]}
        />
        <div className="row push">
          <CsvButton<Row>
            path={path}
            name="preliminary-reviews"
            columns={{
              head: ['사업', '회차', '회계연도', '사업명', '신청기관', '총사업비(원)', '상태', '판정 대상 후보', '의견'],
              cells: (row) => [
                row.project,
                row.request,
                row.fiscalYear,
                row.title,
                row.applicantName,
                row.budgetKrw === null ? null : Number(row.budgetKrw),
                STATUS[row.status].ko,
                row.flagged,
                row.verdict === null ? '' : PRELIMINARY[row.verdict].ko,
              ],
            }}
          />
        </div>
      </div>
      <ListState
        list={list}
        counted={['건', 'requests']}
        empty={
          <Empty title={t('예비검토 요청이 없습니다.', 'Nothing was asked.')}>
            <p>
              {t(
                '신청기관이 사업 화면에서 예비검토를 요청하면 여기에 나타납니다.',
                'What applicants ask on the page of a project appears here.',
              )}
            </p>
          </Empty>
        }
      />
      {rows.length > 0 && (
        <table className="list">
          <caption>{t('예비검토', 'Preliminary reviews')}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('사업', 'Project')}
              </th>
              <th scope="col">{t('신청기관', 'Applicant')}</th>
              <th scope="col">{t('총사업비', 'Budget')}</th>
              <th scope="col">{t('비슷한 것', 'Alike')}</th>
              <th scope="col">{t('상태', 'Status')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.place}>
                <th scope="row">
                  {row.title}
                  <span className="quiet">
                    {t(`${row.fiscalYear}년 예산`, `Budget of ${row.fiscalYear}`)} · <Instant at={row.requestedAt} />
                  </span>
                </th>
                <td data-label={t('신청기관', 'Applicant')}>{row.applicantName}</td>
                <td data-label={t('총사업비', 'Budget')}>
                  <Money amount={row.budgetKrw} />
                </td>
                <td data-label={t('비슷한 것', 'Alike')}>
                  {row.flagged === null ? (
                    <span className="quiet">{t('검색 중', 'Screening')}</span>
                  ) : (
                    t(`${row.flagged}건`, String(row.flagged))
                  )}
                </td>
                <td data-label={t('상태', 'Status')}>
                  <Badge tone={STATUS[row.status].tone}>{say(STATUS[row.status])}</Badge>{' '}
                  {row.verdict !== null && say(PRELIMINARY[row.verdict])}
                  {row.status === 'requested' && (
                    <ActForm
                      path={`/v1/projects/${row.project}/preliminary-reviews/${row.request}/opinion`}
                      revision={row.revision}
                      open={t('의견 내기', 'Give an opinion')}
                      fields={[
                        {
                          name: 'verdict',
                          label: t('판단', 'Verdict'),
                          kind: 'choice',
                          choices: (Object.keys(PRELIMINARY) as (keyof typeof PRELIMINARY)[]).map((value) => ({
                            value,
                            label: say(PRELIMINARY[value]),
                          })),
                        },
                        { name: 'text', label: t('의견', 'Opinion'), kind: 'area' },
                      ]}
                      done={{ ko: '예비검토 의견을 냈습니다.', en: 'The opinion is given.' }}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreButton more={more} onMore={readMore} />
    </>
  );
}
