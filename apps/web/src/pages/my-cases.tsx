import { useState } from 'react';
import { Link } from 'wouter';
import type { ApplicationRow } from '../contract.js';
import { useSpeech } from '../language.js';
import { CsvButton, Filter, focusOn, ListState, MoreButton, SearchBox, useSettled, withQuery } from '../pieces/case-list.js';
import { Button } from '../pieces/form.js';
import { useKeys } from '../pieces/keys.js';
import { Deadline, Empty, Instant, Money, StatusBadge, Title, Turn } from '../pieces/show.js';
import { useList } from '../reading.js';
import { OUTCOME, OVER, statusName } from '../terms.js';

/** 신청 현황: our own cases, drafts included. */
export default function MyCasesPage() {
  const { t } = useSpeech();
  return (
    <Applications
      title={t('신청 현황', 'My cases')}
      lead={t('우리 기관이 쓴 초안과 신청한 사전협의입니다.', 'Drafts and cases of your agency.')}
      withApplicant={false}
    />
  );
}

export function Applications({ title, lead, withApplicant }: { title: string; lead: string; withApplicant: boolean }) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState('');
  const [holder, setHolder] = useState('');
  const [sort, setSort] = useState('updated');
  const q = useSettled(typed);
  const path = withQuery('/v1/consultations', { q, holder, sort });
  const list = useList<ApplicationRow>(path);
  const { rows, more, readMore } = list;
  useKeys({ '/': () => focusOn('case-search') });
  return (
    <>
      <Title lead={lead}>{title}</Title>
      <div className="toolbar">
        <SearchBox id="case-search" label={t('찾기', 'Search')} value={typed} onChange={setTyped} />
        <Filter
          label={t('누구 차례', 'Whose turn')}
          value={holder}
          onChange={setHolder}
          choices={[
            ['', t('모두', 'All')],
            ['applicant', t('신청기관 차례', 'Applicant’s turn')],
            ['authority', t('협의기관 차례', 'Authority’s turn')],
          ]}
        />
        <Filter
          label={t('정렬', 'Sort')}
          value={sort}
          onChange={setSort}
          choices={[
            ['updated', t('최근 소식순', 'Latest news')],
            ['due', t('기한순', 'By due date')],
            ['title', t('가나다순', 'By title')],
          ]}
        />
        <div className="row push">
          <CsvButton<ApplicationRow>
            path={path}
            name="consultations"
            columns={{
              head: [
                '접수번호',
                '사업명',
                '신청기관',
                '협의기관',
                '총사업비(원)',
                '상태',
                '결과',
                '문서번호',
                '처리기한',
                '최근 소식',
              ],
              cells: (row) => [
                row.consultation,
                row.title,
                row.applicantName,
                row.authorityName,
                row.budgetKrw === null ? null : Number(row.budgetKrw),
                statusName(row.status).ko,
                row.outcome === null ? '' : OUTCOME[row.outcome].ko,
                row.documentNumber,
                row.dueOn,
                row.updatedAt,
              ],
            }}
          />
          <Button onClick={() => window.print()}>{t('인쇄', 'Print')}</Button>
        </div>
      </div>
      <ListState
        list={list}
        counted={['건', 'cases']}
        empty={
          <Empty
            title={
              q === '' && holder === ''
                ? t('아직 사건이 없습니다.', 'No cases yet.')
                : t('조건에 맞는 사건이 없습니다.', 'No case fits.')
            }
          >
            <p>
              {t(
                '사업계획을 쓰고 자가점검을 거쳐 신청하면 여기에서 진행을 볼 수 있습니다.',
                'Write a plan, check it and submit it: its progress then stands here.',
              )}
            </p>
          </Empty>
        }
      />
      {rows.length > 0 && (
        <table className="list">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('사업', 'Project')}
              </th>
              <th scope="col">{withApplicant ? t('신청기관', 'Applicant') : t('협의기관', 'Authority')}</th>
              <th scope="col">{t('총사업비', 'Budget')}</th>
              <th scope="col">{t('상태', 'Status')}</th>
              <th scope="col">{t('차례', 'Turn')}</th>
              <th scope="col">{t('기한', 'Due')}</th>
              <th scope="col">{t('최근 소식', 'Latest news')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.consultation}>
                <th scope="row">
                  <Link href={`/cases/${row.consultation}`}>{row.title}</Link>
                  <span className="quiet number">{row.consultation}</span>
                </th>
                <td data-label={withApplicant ? t('신청기관', 'Applicant') : t('협의기관', 'Authority')}>
                  {withApplicant ? row.applicantName : row.authorityName}
                </td>
                <td data-label={t('총사업비', 'Budget')}>
                  <Money amount={row.budgetKrw} />
                </td>
                <td data-label={t('상태', 'Status')}>
                  <StatusBadge status={row.status} outcome={row.outcome} />
                </td>
                <td data-label={t('차례', 'Turn')}>
                  <Turn holder={row.holder} />
                </td>
                <td data-label={t('기한', 'Due')}>
                  {row.respondBy !== null ? (
                    <Deadline date={row.respondBy} />
                  ) : row.dueOn !== null && !OVER.has(row.status) ? (
                    <Deadline date={row.dueOn} />
                  ) : (
                    <span className="quiet">–</span>
                  )}
                </td>
                <td data-label={t('최근 소식', 'Latest news')}>
                  <Instant at={row.updatedAt} />
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
