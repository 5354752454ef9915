import { useState } from 'react';
import type { AgencyRow, Tier } from '../contract.js';
import { useSpeech } from '../language.js';
import { CsvButton, Filter, focusOn, ListState, MoreButton, SearchBox, useSettled, withQuery } from '../pieces/case-list.js';
import { useKeys } from '../pieces/keys.js';
import { Badge, Empty, Title } from '../pieces/show.js';
import { useList, useRead } from '../reading.js';
import { TIER } from '../terms.js';

/** 기관: who files and who reviews, with the names they had before. */
export default function AgenciesPage() {
  const { t, say } = useSpeech();
  const [typed, setTyped] = useState('');
  const [tier, setTier] = useState('');
  const q = useSettled(typed);
  const path = withQuery('/v1/agencies', { q, tier });
  const list = useList<AgencyRow>(path);
  const { rows, more, readMore } = list;
  useKeys({ '/': () => focusOn('agency-search') });
  return (
    <>
      <Title
        lead={t(
          '지금 이름과 옛 이름으로 찾습니다. 시·군·구는 시·도가, 그 밖의 기관은 행정안전부가 검토합니다.',
          'Found by present and former names. Cities and counties are reviewed by their province, all others by the Ministry.',
        )}
      >
        {t('기관', 'Agencies')}
      </Title>
      <div className="toolbar">
        <SearchBox id="agency-search" label={t('찾기', 'Search')} value={typed} onChange={setTyped} />
        <Filter
          label={t('구분', 'Tier')}
          value={tier}
          onChange={setTier}
          choices={[['', t('모두', 'All')], ...(Object.keys(TIER) as Tier[]).map((one) => [one, say(TIER[one])] as const)]}
        />
        <div className="row push">
          <CsvButton<AgencyRow>
            path={path}
            name="agencies"
            columns={{
              head: ['기관 코드', '기관명', '옛 이름', '구분', '상급 기관', '폐지'],
              cells: (row) => [row.agency, row.name, row.formerNames.join('; '), TIER[row.tier].ko, row.parent, row.dissolvedAt],
            }}
          />
        </div>
      </div>
      <ListState
        list={list}
        counted={['곳', 'agencies']}
        empty={
          <Empty title={t('그런 기관이 없습니다.', 'No such agency.')}>
            <p>{t('약칭이나 초성으로도 찾아보십시오.', 'Try a shorter name or initial consonants.')}</p>
          </Empty>
        }
      />
      {rows.length > 0 && (
        <table className="list">
          <caption>{t('기관', 'Agencies')}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('기관명', 'Name')}
              </th>
              <th scope="col">{t('구분', 'Tier')}</th>
              <th scope="col">{t('상급 기관', 'Above it')}</th>
              <th scope="col">{t('기관 코드', 'Id')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.agency}>
                <th scope="row">
                  {row.name} {row.dissolvedAt !== null && <Badge tone="warning">{t('폐지', 'Dissolved')}</Badge>}
                  {row.formerNames.length > 0 && (
                    <span className="quiet number">
                      {t('옛 이름', 'Formerly')}: {row.formerNames.join(', ')}
                    </span>
                  )}
                </th>
                <td data-label={t('구분', 'Tier')}>{say(TIER[row.tier])}</td>
                <td data-label={t('상급 기관', 'Above it')}>{row.parent === null ? '–' : <AgencyName id={row.parent} />}</td>
                <td data-label={t('기관 코드', 'Id')}>
                  <code>{row.agency}</code>
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

/** The name behind an id; asked for once, however many rows show it. */
function AgencyName({ id }: { id: string }) {
  const { data } = useRead<AgencyRow>(`/v1/agencies/${encodeURIComponent(id)}`);
  return <>{data?.name ?? id}</>;
}
