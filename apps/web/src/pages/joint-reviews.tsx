import { useState } from 'react';
import { Link } from 'wouter';
import type { AskedOpinion } from '../contract.js';
import { useSpeech } from '../language.js';
import { Filter, MoreButton, withQuery } from '../pieces/case-list.js';
import { DataTable } from '../pieces/data-table.js';
import { Badge, Deadline, Empty, Instant, LegalDate, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { useList } from '../reading.js';
import { OPINION } from '../terms.js';

/** 공동검토 받은함: what other agencies' plans have in common with our systems, and what we were asked about it. */
export default function JointReviewsPage() {
  const { t, say } = useSpeech();
  const [state, setState] = useState('open');
  const { rows, loaded, error, more, readMore } = useList<AskedOpinion>(withQuery('/v1/joint-reviews', { state }));
  const told = ({ done, opinion }: AskedOpinion) =>
    done === null
      ? { ko: '의견 기다림', en: 'Opinion awaited' }
      : opinion !== null
        ? OPINION[opinion]
        : { ko: '의견 없이 끝남', en: 'Ended without an opinion' };
  return (
    <>
      <Title
        lead={t(
          '우리 시스템과 겹친다고 본 다른 기관의 계획입니다. 공동활용이나 연계가 되는지 의견을 내면 협의기관이 결정에 씁니다.',
          'Plans of other agencies that overlap our systems. Say whether the system can be reused or linked; the authority decides with it.',
        )}
      >
        {t('공동검토 받은함', 'Opinions asked')}
      </Title>
      {error !== null && <ReadProblem error={error} />}
      {!loaded && error === null && <Waiting />}
      <DataTable
        name="joint-reviews"
        title={t('의견 요청', 'Opinions asked')}
        rows={rows}
        rest={{ rows, more, readMore }}
        keyOf={({ place }) => place}
        empty={
          loaded && (
            <Empty
              title={
                state === 'open'
                  ? t('의견을 낼 것이 없습니다.', 'Nothing to answer.')
                  : t('받은 요청이 없습니다.', 'None so far.')
              }
            >
              <p>
                {t(
                  '협의기관이 우리 시스템과 겹치는 계획을 찾아 의견을 물으면 기한과 함께 여기에 나타납니다.',
                  'When an authority finds a plan that overlaps one of our systems and asks, it appears here with its due date.',
                )}
              </p>
              <p>
                <Link href="/my-systems" className="krds-btn small tertiary">
                  {t('우리 기관 시스템 보기', 'Our systems')}
                </Link>
              </p>
            </Empty>
          )
        }
        columns={[
          {
            head: t('계획', 'Plan'),
            text: ({ title }) => title,
            show: ({ consultation, title, applicantName }) => (
              <>
                <Link href={`/cases/${consultation}/joint`}>{title}</Link>
                <span className="quiet">{applicantName}</span>
              </>
            ),
          },
          { head: t('우리 시스템', 'Our system'), text: ({ text }) => text },
          { head: t('협의기관', 'Authority'), text: ({ authorityName }) => authorityName },
          {
            head: t('상태', 'Status'),
            text: (row) => say(told(row)),
            show: (row) => (
              <Badge tone={row.done === null ? (row.late ? 'danger' : 'warning') : row.done === 'answered' ? 'success' : 'gray'}>
                {say(told(row))}
              </Badge>
            ),
          },
          {
            head: t('의견 기한', 'Due'),
            text: ({ dueOn }) => dueOn,
            show: ({ dueOn, done, doneAt }) =>
              doneAt !== null && done === 'answered' ? (
                <Instant at={doneAt} />
              ) : dueOn === null ? (
                t('기한 없음', 'No date')
              ) : done === null ? (
                <Deadline date={dueOn} />
              ) : (
                <LegalDate date={dueOn} />
              ),
          },
        ]}
      >
        <Filter
          label={t('상태', 'Status')}
          value={state}
          onChange={setState}
          choices={[
            ['open', t('의견 낼 것', 'To answer')],
            ['done', t('끝난 것', 'Done')],
            ['', t('모두', 'All')],
          ]}
        />
      </DataTable>
      <MoreButton more={more} onMore={readMore} />
    </>
  );
}
