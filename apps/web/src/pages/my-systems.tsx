import { Link } from 'wouter';
import type { AskedOpinion, SystemRow } from '../contract.js';
import { useSpeech } from '../language.js';
import { MoreButton, withQuery } from '../pieces/case-list.js';
import { DataTable } from '../pieces/data-table.js';
import { Badge, Empty, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { useList } from '../reading.js';
import { useSession } from '../session.js';
import { LEVEL, OPINION } from '../terms.js';

/** 우리 기관 시스템: what the register says we run, and which plans were held to overlap it. */
export default function MySystemsPage() {
  const { t, say } = useSpeech();
  const { me, is } = useSession();
  const { rows, loaded, error, more, readMore } = useList<SystemRow>(
    withQuery('/v1/systems', { q: me.agencyName, sort: 'title' }),
  );
  const asked = useList<AskedOpinion>('/v1/joint-reviews');
  // The search finds the name anywhere; ours are those that the source names us for.
  const ours = rows.filter(({ agency }) => agency.split(/[·,;/]\s*/).includes(me.agencyName));
  const plansOn = (system: SystemRow) => asked.rows.filter(({ text }) => text === system.title);
  return (
    <>
      <Title
        lead={t(
          `등록부가 ${me.agencyName}의 것으로 적은 시스템과, 그것과 겹친다고 보아 우리에게 의견을 물은 계획입니다.`,
          `Systems that the register names ${me.agencyName} for, and the plans about which we were asked because they overlap.`,
        )}
      >
        {t('우리 기관 시스템', 'Our systems')}
      </Title>
      {error !== null && <ReadProblem error={error} />}
      {!loaded && error === null && <Waiting />}
      {loaded && ours.length === 0 && (
        <Empty title={t('등록된 시스템이 없습니다.', 'No system is registered.')}>
          <p>
            {t(
              '등록부가 운영 기관을 다른 이름으로 적었을 수 있습니다. 정보시스템에서 찾아보고, 틀렸으면 관리자에게 정정을 요청하십시오.',
              'The register may name the owner otherwise. Look among all systems, and ask an administrator to correct the entry.',
            )}
          </p>
          <p>
            <Link href="/systems" className="krds-btn small tertiary">
              {t('정보시스템 찾기', 'All systems')}
            </Link>
          </p>
        </Empty>
      )}
      {ours.length > 0 && (
        <DataTable
          name="my-systems"
          title={t('우리 기관 시스템', 'Our systems')}
          rows={ours}
          rest={{ rows, more, readMore }}
          empty={null}
          keyOf={({ system }) => system}
          columns={[
            {
              head: t('시스템', 'System'),
              text: ({ title }) => title,
              show: ({ system, title, purpose }) => (
                <>
                  <Link href={`/systems/${system}`}>{title}</Link>
                  <span className="quiet clip">{purpose}</span>
                </>
              ),
            },
            { head: t('구분', 'Level'), text: ({ level }) => say(LEVEL[level]) },
            { head: t('구축 연도', 'Built'), text: ({ year }) => year },
            {
              head: t('상태', 'Status'),
              text: ({ retiredAt }) => (retiredAt === null ? t('운영', 'In use') : t('폐기', 'Retired')),
              show: ({ retiredAt }) => (
                <Badge tone={retiredAt === null ? 'success' : 'gray'}>
                  {retiredAt === null ? t('운영', 'In use') : t('폐기', 'Retired')}
                </Badge>
              ),
            },
            {
              head: t('겹친다고 본 계획', 'Plans that overlap'),
              text: (system) => plansOn(system).length,
              show: (system) =>
                plansOn(system).length === 0 ? (
                  <span className="quiet">{is('owner') ? t('없음', 'none') : '–'}</span>
                ) : (
                  <ul>
                    {plansOn(system).map(({ place, consultation, title, opinion }) => (
                      <li key={place}>
                        <Link href={`/cases/${consultation}/joint`}>{title}</Link>{' '}
                        <span className="quiet">
                          {opinion === null ? t('의견 기다림', 'opinion awaited') : say(OPINION[opinion])}
                        </span>
                      </li>
                    ))}
                  </ul>
                ),
            },
          ]}
        />
      )}
      <MoreButton more={more} onMore={readMore} />
    </>
  );
}
