import { useState } from 'react';
import { Link } from 'wouter';
import type { ObligationRow } from '../contract.js';
import { todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import {
  CsvButton,
  Filter,
  focusOn,
  ListState,
  MoreButton,
  SearchBox,
  type Columns,
  useSettled,
  withQuery,
} from '../pieces/case-list.js';
import { useKeys } from '../pieces/keys.js';
import { Badge, Deadline, Empty, LegalDate, Title, Turn } from '../pieces/show.js';
import { useList } from '../reading.js';
import { useSession } from '../session.js';
import { OBLIGATION } from '../terms.js';

const COLUMNS: Columns<ObligationRow> = {
  head: [
    '접수번호',
    '사업명',
    '신청기관',
    '협의기관',
    '조건 번호',
    '조건',
    '이행 담당',
    '이행 기한',
    '완료 예정일',
    '상태',
    '차례',
    '제출한 결과',
  ],
  cells: (row) => [
    row.consultation,
    row.title,
    row.applicantName,
    row.authorityName,
    row.condition,
    row.text,
    row.owner,
    row.dueOn,
    row.completeBy,
    OBLIGATION[row.status].ko,
    row.holder === null ? '' : row.holder === 'applicant' ? '신청기관' : '협의기관',
    row.submissions,
  ],
};

/** 조건 이행 현황: every condition of every letter as something owed, what is overdue first. */
export default function ObligationsPage() {
  const { t, say } = useSpeech();
  const { is } = useSession();
  const today = todayInSeoul();
  const [wanted, setWanted] = useState({ holder: '', status: '', owner: '', dueBefore: '' });
  const [typed, setTyped] = useState('');
  const q = useSettled(typed);
  const path = withQuery('/v1/obligations', { ...wanted, q });
  const list = useList<ObligationRow>(path);
  const { rows, more, readMore } = list;
  useKeys({ '/': () => focusOn('obligation-search') });
  // Those that are on the page; the one that is asked for stays among them.
  const owners = [...new Set([...rows.map(({ owner }) => owner ?? ''), wanted.owner])].filter((owner) => owner !== '').toSorted();
  const ours = is('applicant') ? 'applicant' : 'authority';
  return (
    <>
      <Title
        lead={t(
          '조건부추진으로 통보된 사업이 지켜야 할 조건입니다. 기한이 지난 것부터 보입니다.',
          'What projects that may proceed conditionally owe, overdue first.',
        )}
      >
        {t('조건 이행 현황', 'Conditions')}
      </Title>
      <div className="toolbar">
        <SearchBox id="obligation-search" label={t('찾기', 'Search')} value={typed} onChange={setTyped} />
        <Filter
          label={t('누구 차례', 'Whose turn')}
          value={wanted.holder}
          onChange={(holder) => setWanted({ ...wanted, holder })}
          choices={[
            ['', t('모두', 'All')],
            [ours, t('우리 차례', 'Our turn')],
            ours === 'applicant'
              ? ['authority', t('협의기관 차례', 'Authority’s turn')]
              : ['applicant', t('신청기관 차례', 'Applicant’s turn')],
          ]}
        />
        <Filter
          label={t('상태', 'Status')}
          value={wanted.status}
          onChange={(status) => setWanted({ ...wanted, status })}
          choices={[
            ['', t('모든 상태', 'Any status')],
            ...(Object.keys(OBLIGATION) as ObligationRow['status'][]).map((one) => [one, say(OBLIGATION[one])] as const),
          ]}
        />
        {owners.length > 0 && (
          <Filter
            label={t('이행 담당', 'Unit')}
            value={wanted.owner}
            onChange={(owner) => setWanted({ ...wanted, owner })}
            choices={[['', t('모든 담당', 'Any unit')], ...owners.map((owner) => [owner, owner] as const)]}
          />
        )}
        <Filter
          label={t('기한', 'Due')}
          value={wanted.dueBefore}
          onChange={(dueBefore) => setWanted({ ...wanted, dueBefore })}
          choices={[
            ['', t('모두', 'All')],
            [today, t('기한초과만', 'Overdue only')],
          ]}
        />
        <div className="row push">
          <CsvButton<ObligationRow> path={path} name="obligations" columns={COLUMNS} />
        </div>
      </div>
      <ListState
        list={list}
        counted={['건', 'conditions']}
        empty={
          <Empty title={t('조건이 없습니다.', 'No condition.')}>
            <p>
              {t(
                '조건부추진으로 통보하면 조건마다 한 줄씩 여기에 나타나고, 이행하거나 면제될 때까지 남습니다.',
                'After a conditional letter every condition stands here, until it is fulfilled or waived.',
              )}
            </p>
          </Empty>
        }
      />
      {rows.length > 0 && (
        <table className="list">
          <caption>{t('조건 이행 현황', 'Conditions')}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('조건', 'Condition')}
              </th>
              <th scope="col">{t('신청기관', 'Applicant')}</th>
              <th scope="col">{t('상태', 'Status')}</th>
              <th scope="col">{t('차례', 'Turn')}</th>
              <th scope="col">{t('이행 기한', 'Due')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const owed = row.status === 'open' || row.status === 'submitted';
              return (
                <tr key={row.place}>
                  <th scope="row">
                    <Link href={`/cases/${row.consultation}/conditions`}>{row.text}</Link>
                    <span className="quiet">{row.title}</span>
                  </th>
                  <td data-label={t('신청기관', 'Applicant')}>
                    {row.applicantName}
                    {row.owner !== null && row.owner !== row.applicantName && <span className="quiet">{row.owner}</span>}
                  </td>
                  <td data-label={t('상태', 'Status')}>
                    <Badge tone={owed ? 'warning' : 'success'}>{say(OBLIGATION[row.status])}</Badge>
                    {row.recommended && <Badge tone="danger">{t('개선권고', 'Improvement recommended')}</Badge>}
                  </td>
                  <td data-label={t('차례', 'Turn')}>
                    <Turn holder={row.holder} />
                  </td>
                  <td data-label={t('이행 기한', 'Due')}>
                    {row.dueOn === null ? (
                      <span className="quiet">{t('기한 없음', 'No date')}</span>
                    ) : owed ? (
                      <Deadline date={row.dueOn} />
                    ) : (
                      <LegalDate date={row.dueOn} />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <MoreButton more={more} onMore={readMore} />
    </>
  );
}
