import { useState } from 'react';
import { Link } from 'wouter';
import type { Level, SystemRow } from '../contract.js';
import { useSpeech } from '../language.js';
import { CsvButton, Filter, focusOn, ListState, MoreButton, SearchBox, useSettled, withQuery } from '../pieces/case-list.js';
import { useKeys } from '../pieces/keys.js';
import { Badge, Empty, Facts, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { useList, useRead } from '../reading.js';
import { LEVEL, PLAN_FIELD } from '../terms.js';

export default function SystemsPage({ id }: { id?: string | undefined }) {
  return id === undefined ? <Search /> : <One id={id} />;
}

/** 정보시스템 목록: what exists, for everybody. */
function Search() {
  const { t, say } = useSpeech();
  const [typed, setTyped] = useState('');
  const [level, setLevel] = useState('');
  const q = useSettled(typed);
  const path = withQuery('/v1/systems', { q, level });
  const list = useList<SystemRow>(path);
  const { rows, more, readMore } = list;
  useKeys({ '/': () => focusOn('system-search') });
  return (
    <>
      <Title
        lead={t(
          '이미 있는 시스템을 먼저 찾아보십시오. 초성(ㅁㅇ → 민원)과 띄어쓰기가 달라도 찾습니다.',
          'See what exists first. Initial consonants and other spacings are found too.',
        )}
      >
        {t('정보시스템', 'Systems')}
      </Title>
      <div className="toolbar">
        <SearchBox id="system-search" label={t('찾기', 'Search')} value={typed} onChange={setTyped} />
        <Filter
          label={t('운영 기관 구분', 'Level')}
          value={level}
          onChange={setLevel}
          choices={[['', t('모두', 'All')], ...(Object.keys(LEVEL) as Level[]).map((one) => [one, say(LEVEL[one])] as const)]}
        />
        <div className="row push">
          <CsvButton<SystemRow>
            path={path}
            name="systems"
            columns={{
              head: ['관리번호', '시스템', '운영 기관', '구분', '구축 연도', '목적', '기능', '데이터', '출처'],
              cells: (row) => [
                row.system,
                row.title,
                row.agency,
                LEVEL[row.level].ko,
                row.year,
                row.purpose,
                row.functions.join('; '),
                row.data.join('; '),
                row.source,
              ],
            }}
          />
        </div>
      </div>
      <ListState
        list={list}
        counted={['건', 'systems']}
        empty={
          <Empty title={t('찾는 시스템이 없습니다.', 'No such system.')}>
            <p>
              {t(
                '낱말을 줄이거나 다른 말로 찾아보십시오. 뜻이 비슷한 것까지 찾으려면 사업계획의 자가점검을 쓰십시오.',
                'Use fewer or other words. To find what means the same, use the self-check of a plan.',
              )}
            </p>
          </Empty>
        }
      />
      <ul className="cards systems">
        {rows.map((row) => (
          <li key={row.system}>
            <Link href={`/systems/${row.system}`}>{row.title}</Link>
            <span className="row">
              <span className="quiet">{[row.agency, row.year].filter((part) => part !== null && part !== '').join(' · ')}</span>
              <Badge tone="gray">{say(LEVEL[row.level])}</Badge>
              {row.retiredAt !== null && <Badge tone="warning">{t('폐기', 'Retired')}</Badge>}
            </span>
            <span className="clip">{row.purpose !== '' ? row.purpose : row.functions.join(' · ')}</span>
          </li>
        ))}
      </ul>
      <MoreButton more={more} onMore={readMore} />
    </>
  );
}

function One({ id }: { id: string }) {
  const { t, say } = useSpeech();
  const { data: system, error } = useRead<SystemRow>(`/v1/systems/${encodeURIComponent(id)}`);
  if (error !== null && system === undefined) {
    return (
      <>
        <Title>{t('시스템을 볼 수 없습니다', 'This system cannot be shown')}</Title>
        <ReadProblem error={error} />
      </>
    );
  }
  if (system === undefined) return <Waiting />;
  const name = (field: string): string => say(PLAN_FIELD[field] ?? { ko: field, en: field });
  const rows = (
    [
      [t('운영 기관', 'Owner'), system.agency],
      [t('구분', 'Level'), say(LEVEL[system.level])],
      [t('구축 연도', 'Built'), system.year === null ? '' : String(system.year)],
      [name('purpose'), system.purpose],
      [name('functions'), system.functions.join('\n')],
      [name('data'), system.data.join('\n')],
      [name('users'), system.users.join('\n')],
      [name('technologies'), system.technologies.join('\n')],
      [t('설명', 'Description'), system.text ?? ''],
      [t('출처', 'Source'), system.source],
      [t('폐기 사유', 'Retired because'), system.retiredBecause ?? ''],
    ] as const
  ).filter(([, value]) => value !== '');
  return (
    <>
      <p>
        <Link href="/systems" className="back">
          ← {t('정보시스템 목록', 'All systems')}
        </Link>
      </p>
      <Title lead={<span className="number">{system.system}</span>}>{system.title}</Title>
      <section className="panel">
        <Facts rows={rows} />
      </section>
    </>
  );
}
