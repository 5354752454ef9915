import { useState } from 'react';
import { Link } from 'wouter';
import type { ProjectRow } from '../contract.js';
import { useSpeech } from '../language.js';
import {
  CsvButton,
  focusOn,
  ListState,
  MoreButton,
  SearchBox,
  type Columns,
  useSettled,
  withQuery,
} from '../pieces/case-list.js';
import { useKeys } from '../pieces/keys.js';
import { Badge, Empty, Instant, LegalDate, Money, Title } from '../pieces/show.js';
import { useList } from '../reading.js';
import { useSession } from '../session.js';

const COLUMNS: Columns<ProjectRow> = {
  head: ['사업번호', '사업명', '총사업비(원)', '발주 예정일', '계획서 판', '등록일', '중단'],
  cells: (row) => [
    row.project,
    row.title,
    row.budgetKrw === null ? null : Number(row.budgetKrw),
    row.orderPlannedOn,
    row.planVersion,
    row.plannedAt,
    row.abandonedBecause,
  ],
};

/** 정보화사업: the projects of one's own agency, from the plan on. */
export default function ProjectsPage() {
  const { t } = useSpeech();
  const { is } = useSession();
  const [typed, setTyped] = useState('');
  const q = useSettled(typed);
  const path = withQuery('/v1/projects', { q });
  const list = useList<ProjectRow>(path);
  const { rows, more, readMore } = list;
  useKeys({ '/': () => focusOn('project-search') });
  return (
    <>
      <Title
        lead={t(
          '우리 기관의 정보화사업입니다. 사업마다 사전협의를 신청합니다.',
          'The projects of your agency; each is consulted before it is ordered.',
        )}
      >
        {t('정보화사업', 'Projects')}
      </Title>
      <div className="toolbar">
        <SearchBox id="project-search" label={t('찾기', 'Search')} value={typed} onChange={setTyped} />
        <div className="row push">
          {is('applicant') && (
            <Link href="/plans/sheet" className="krds-btn small tertiary">
              {t('엑셀로 한꺼번에 등록', 'Plans from Excel')}
            </Link>
          )}
          <CsvButton<ProjectRow> path={path} name="projects" columns={COLUMNS} />
        </div>
      </div>
      <ListState
        list={list}
        counted={['건', 'projects']}
        empty={
          <Empty title={t('등록한 사업이 없습니다.', 'No project.')}>
            <p>
              {t('사업계획을 하나씩 쓰거나 엑셀로 한꺼번에 올립니다.', 'Write plans one by one, or send them in one Excel file.')}
            </p>
          </Empty>
        }
      />
      {rows.length > 0 && (
        <table className="list">
          <caption>{t('정보화사업', 'Projects')}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('사업', 'Project')}
              </th>
              <th scope="col">{t('총사업비', 'Budget')}</th>
              <th scope="col">{t('발주 예정일', 'Planned tender')}</th>
              <th scope="col">{t('최근 변경', 'Last change')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.project}>
                <th scope="row">
                  <Link href={`/projects/${row.project}`}>{row.title}</Link>
                  <span className="quiet">
                    <span className="number">{row.project}</span>{' '}
                    {t(`계획서 ${row.planVersion}판`, `plan version ${row.planVersion}`)}
                  </span>
                  {row.abandonedAt !== null && <Badge tone="gray">{t('중단', 'Abandoned')}</Badge>}
                </th>
                <td data-label={t('총사업비', 'Budget')}>
                  <Money amount={row.budgetKrw} />
                </td>
                <td data-label={t('발주 예정일', 'Planned tender')}>
                  {row.orderPlannedOn === null ? (
                    <span className="quiet">{t('미정', 'open')}</span>
                  ) : (
                    <LegalDate date={row.orderPlannedOn} />
                  )}
                </td>
                <td data-label={t('최근 변경', 'Last change')}>
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
