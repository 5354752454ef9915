import { Delegations } from '../account/delegations.js';
import type { OpenSession } from '../contract.js';
import { csv, download } from '../csv.js';
import { todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { Button, ProblemSummary } from '../pieces/form.js';
import { Badge, Facts, Instant, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { PasswordPanel } from '../password.js';
import { useDoing, useRead } from '../reading.js';
import { SecondFactorPanel } from '../second-factor.js';
import { useSession } from '../session.js';
import { ROLE } from '../terms.js';

/** One's own account: what one may act as, where one is signed in, the password, and delegations. */
export default function AccountPage() {
  const { t, say } = useSpeech();
  const { me, signedIn } = useSession();
  return (
    <>
      <Title lead={t('로그인한 곳과 비밀번호, 대결·전결을 봅니다.', 'Where you are signed in, your password, and delegations.')}>
        {t('내 계정', 'Account')}
      </Title>
      <div className="stack">
        <section className="panel" aria-labelledby="capacities">
          <h2 id="capacities">{t('내가 일하는 자격', 'What I act as')}</h2>
          <Facts
            rows={[
              [t('사용자', 'User'), <code key="person">{me.person}</code>],
              [
                t('자격', 'Capacities'),
                <ul key="capacities" className="plan-list">
                  {signedIn.capacities.map(({ id, agencyName, roles, delegation, successor }) => (
                    <li key={id} className="row">
                      {agencyName} · {roles.map((role) => say(ROLE[role])).join(' · ')}
                      {delegation !== undefined && (
                        <Badge tone="information">
                          {delegation.kind === 'acting' ? t('대결', 'Acting') : t('전결', 'Standing')}
                        </Badge>
                      )}
                      {successor !== undefined && <Badge tone="information">{t('승계', 'As its successor')}</Badge>}
                      {id === signedIn.capacity && <Badge tone="primary">{t('지금 자격', 'In use')}</Badge>}
                    </li>
                  ))}
                </ul>,
              ],
            ]}
          />
          {signedIn.capacities.length > 1 && (
            <p className="quiet">{t('화면 위쪽의 기관 전환에서 바꿉니다.', 'Switch at the top of the page.')}</p>
          )}
        </section>
        <Sessions />
        {signedIn.method === 'password' && <PasswordPanel />}
        <SecondFactorPanel />
        <Delegations />
      </div>
    </>
  );
}

function Sessions() {
  const { t } = useSpeech();
  const { data, error } = useRead<readonly OpenSession[]>('/v1/session/list');
  const { busy, problem, doing } = useDoing();
  const method: Readonly<Record<string, string>> = {
    password: t('비밀번호', 'password'),
    provider: t('통합로그인', 'single sign-on'),
    oidc: t('통합로그인', 'single sign-on'),
    demo: t('시연', 'demonstration'),
  };
  return (
    <section className="panel" aria-labelledby="sessions">
      <div className="row spread">
        <h2 id="sessions">{t('로그인한 곳', 'Signed in at')}</h2>
        {data !== undefined && (
          <Button
            onClick={() =>
              download(
                `sessions-${todayInSeoul()}.csv`,
                csv(
                  ['로그인한 때', '마지막으로 쓴 때', '끝나는 때', '방법', '주소', '브라우저'],
                  data.map((row) => [row.openedAt, row.seenAt, row.endsAt, row.method, row.address, row.agent]),
                ),
              )
            }
          >
            {t('엑셀(CSV) 내려받기', 'Download CSV')}
          </Button>
        )}
      </div>
      <p className="quiet">
        {t('내가 아닌 것이 있으면 끝내고 비밀번호를 바꾸십시오.', 'If one of these is not you, end it and change the password.')}
      </p>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      <ProblemSummary problem={problem} />
      {data !== undefined && (
        <table className="list">
          <caption>{t('로그인한 곳', 'Signed in at')}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('브라우저', 'Browser')}
              </th>
              <th scope="col">{t('로그인', 'Since')}</th>
              <th scope="col">{t('마지막 사용', 'Last used')}</th>
              <th scope="col">{t('할 일', 'Acts')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <tr key={row.session}>
                <th scope="row">
                  {browserOf(row.agent)}
                  <span className="quiet">
                    {row.address} · {method[row.method] ?? row.method}
                  </span>
                </th>
                <td data-label={t('로그인', 'Since')}>
                  <Instant at={row.openedAt} />
                </td>
                <td data-label={t('마지막 사용', 'Last used')}>
                  <Instant at={row.seenAt} />
                </td>
                <td data-label={t('할 일', 'Acts')}>
                  {row.current ? (
                    <Badge tone="primary">{t('지금 이 화면', 'This one')}</Badge>
                  ) : (
                    <Button
                      busy={busy}
                      aria-label={t(
                        `${browserOf(row.agent)}, ${row.address} 로그인 끝내기`,
                        `End the session of ${browserOf(row.agent)}, ${row.address}`,
                      )}
                      onClick={() =>
                        void doing(`/v1/session/list/${row.session}/end`, undefined, {
                          ko: '로그인을 끝냈습니다.',
                          en: 'The session is ended.',
                        })
                      }
                    >
                      {t('끝내기', 'End')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The name that people know a browser by; the whole string says little to anybody. */
function browserOf(agent: string): string {
  const [, name] =
    [
      [/Edg\//, 'Edge'],
      [/Whale\//, 'Whale'],
      [/OPR\//, 'Opera'],
      [/Firefox\//, 'Firefox'],
      [/Chrom(e|ium)\//, 'Chrome'],
      [/Safari\//, 'Safari'],
    ].find(([pattern]) => (pattern as RegExp).test(agent)) ?? [];
  const system = /Windows|Mac OS X|Android|iPhone|iPad|Linux/.exec(agent)?.[0].replace('Mac OS X', 'macOS');
  return name === undefined ? agent || '?' : `${String(name)}${system === undefined ? '' : ` · ${system}`}`;
}
