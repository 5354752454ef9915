import { useState } from 'react';
import type { ApiKey, DirectoryUser, OpenSession, ProblemDocument, Role } from '../contract.js';
import { csv, download } from '../csv.js';
import { todayInSeoul } from '../format.js';
import { ask, Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { notify } from '../notices.js';
import { ActForm } from '../pieces/act-form.js';
import { Button, Form, ProblemSummary, SelectField, TextField } from '../pieces/form.js';
import { Badge, Empty, Facts, Instant, LegalDate, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { expired, readAgain, useRead } from '../reading.js';
import { SecondFactorPanel } from '../second-factor.js';
import { useSession } from '../session.js';
import { ROLE } from '../terms.js';

/** One's own account: what one may act as, where one is signed in, the password, delegations, and the keys of machines. */
export default function AccountPage() {
  const { t, say } = useSpeech();
  const { me, signedIn, is } = useSession();
  return (
    <>
      <Title lead={t('로그인한 곳을 살피고 비밀번호를 바꿉니다.', 'Where you are signed in, and your password.')}>
        {t('내 계정', 'Account')}
      </Title>
      <div className="stack">
        <section className="panel" aria-labelledby="capacities">
          <h2 id="capacities">{t('내가 일하는 자격', 'What I act as')}</h2>
          {signedIn.mustChangePassword && (
            <p className="warn">
              {t('처음 받은 비밀번호입니다. 아래에서 바꾸십시오.', 'You were given this password: change it below.')}
            </p>
          )}
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
        <Password />
        <SecondFactorPanel />
        <Delegations />
        {is('administrator', 'auditor') && <ApiKeys />}
      </div>
    </>
  );
}

/** Does what has no receipt, tells that it is done, and reads the page again. */
function useDoing(): {
  readonly busy: boolean;
  readonly problem: ProblemDocument | null;
  readonly doing: <T>(path: string, body: unknown, done: { readonly ko: string; readonly en: string }) => Promise<T | null>;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  return {
    busy,
    problem,
    doing: async <T,>(path: string, body: unknown, done: { readonly ko: string; readonly en: string }): Promise<T | null> => {
      setBusy(true);
      setProblem(null);
      try {
        const answer = await ask<T>(path, { method: 'POST', ...(body === undefined ? {} : { body }) });
        notify('done', done);
        await readAgain();
        return answer.body;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.status === 401) expired.set(true);
        else setProblem(error.document);
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
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

function Password() {
  const { t } = useSpeech();
  const { busy, problem, doing } = useDoing();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const change = async (): Promise<void> => {
    setDiffers(next !== again);
    if (next !== again) return;
    const changed = await doing(
      '/v1/session/password',
      { current, next },
      {
        ko: '비밀번호를 바꾸었습니다. 다른 곳의 로그인은 끝났습니다.',
        en: 'The password is changed; your other sessions have ended.',
      },
    );
    if (changed === null) return;
    setCurrent('');
    setNext('');
    setAgain('');
  };
  const unlike: ProblemDocument = {
    ...{ code: 'passwords-differ', status: 400, title: '' },
    messages: { ko: '새 비밀번호 두 개가 서로 다릅니다.', en: 'The two new passwords differ.' },
    errors: [
      {
        ...{ pointer: '/again', code: 'passwords-differ' },
        messages: { ko: '새 비밀번호 두 개가 서로 다릅니다.', en: 'The two new passwords differ.' },
      },
    ],
  };
  return (
    <section className="panel" aria-labelledby="password">
      <h2 id="password">{t('비밀번호 바꾸기', 'Change the password')}</h2>
      <Form
        problem={differs ? unlike : problem}
        label={t('비밀번호 바꾸기', 'Change the password')}
        onSubmit={() => void change()}
      >
        <div className="two">
          <TextField
            label={t('지금 비밀번호', 'Present password')}
            pointer="/current"
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
          />
          <TextField
            label={t('새 비밀번호', 'New password')}
            pointer="/next"
            type="password"
            autoComplete="new-password"
            value={next}
            onChange={setNext}
            hint={t('12자 이상. 서로 관계없는 낱말 넷이면 좋습니다.', 'At least 12 characters; four unrelated words are good.')}
          />
          <TextField
            label={t('새 비밀번호 한 번 더', 'New password again')}
            pointer="/again"
            type="password"
            autoComplete="new-password"
            value={again}
            onChange={setAgain}
          />
        </div>
        <div>
          <Button submit weight="secondary" busy={busy}>
            {t('비밀번호 바꾸기', 'Change the password')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

/** 대결·전결: authority that was passed on to oneself. */
function Delegations() {
  const { t, say } = useSpeech();
  const { me } = useSession();
  const { data, error } = useRead<DirectoryUser>(`/v1/users/${me.person}`);
  // Who never got a role through the directory (a person of the identity provider, say) stands in no list of it.
  const none = error instanceof Problem && error.status === 404;
  return (
    <section className="panel" aria-labelledby="delegations">
      <h2 id="delegations">{t('대결·전결', 'Delegations')}</h2>
      {error !== null && !none && <ReadProblem error={error} />}
      {(none || data?.delegations.length === 0) && (
        <Empty title={t('위임받은 권한이 없습니다.', 'Nobody has passed authority on to you.')}>
          <p>
            {t(
              '휴가 등으로 다른 사람이 대결하게 하거나 전결을 맡기면 여기와 기관 전환에 나타납니다.',
              'When somebody does, it appears here and where you switch agencies.',
            )}
          </p>
        </Empty>
      )}
      {data !== undefined && data.delegations.length > 0 && (
        <table className="list">
          <caption>{t('위임받은 권한', 'Passed on to me')}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('위임한 사람', 'By')}
              </th>
              <th scope="col">{t('권한', 'Roles')}</th>
              <th scope="col">{t('기간', 'Term')}</th>
              <th scope="col">{t('할 일', 'Acts')}</th>
            </tr>
          </thead>
          <tbody>
            {data.delegations.map(({ delegation, delegator, agency, roles, kind, from, until, withdrawn }) => (
              <tr key={delegation}>
                <th scope="row">
                  <code>{delegator}</code>
                  <span className="quiet">{agency}</span>
                </th>
                <td data-label={t('권한', 'Roles')}>
                  {kind === 'acting' ? t('대결', 'Acting') : t('전결', 'Standing')}:{' '}
                  {roles.map((role: Role) => say(ROLE[role])).join(' · ')}
                </td>
                <td data-label={t('기간', 'Term')}>
                  <LegalDate date={from} /> – <LegalDate date={until} />
                </td>
                <td data-label={t('할 일', 'Acts')}>
                  {withdrawn || until < todayInSeoul() ? (
                    <Badge tone="gray">{t('끝남', 'Ended')}</Badge>
                  ) : (
                    <ActForm
                      path={`/v1/users/${me.person}/delegations/${delegation}/withdrawal`}
                      revision={data.revision}
                      open={t('내려놓기', 'Lay it down')}
                      fields={[{ name: 'reason', label: t('까닭', 'Why'), kind: 'area' }]}
                      done={{ ko: '위임을 내려놓았습니다.', en: 'The delegation is laid down.' }}
                    />
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

const KEY_ROLES: readonly Role[] = ['applicant', 'reviewer', 'owner', 'auditor'];
const DAYS: readonly string[] = ['30', '90', '180', '365'];

/** 연계 열쇠: what machines say who they are with. */
function ApiKeys() {
  const { t, say } = useSpeech();
  const { me, is } = useSession();
  const { data, error } = useRead<readonly ApiKey[]>('/v1/api-keys');
  const { busy, problem, doing } = useDoing();
  const [name, setName] = useState('');
  const [agency, setAgency] = useState(me.agency);
  const [role, setRole] = useState<string>('applicant');
  const [scopes, setScopes] = useState('consultations:read, systems:read');
  const [days, setDays] = useState('90');
  const [secret, setSecret] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    const body = { name, agency, roles: [role], scopes: scopes.split(/[\s,]+/).filter((one) => one !== ''), days: Number(days) };
    const done = { ko: '열쇠를 만들었습니다. 지금 적어 두십시오.', en: 'The key is made. Write it down now.' };
    const made = await doing<{ readonly key: string; readonly secret: string }>('/v1/api-keys', body, done);
    if (made !== null) setSecret(made.secret);
  };
  return (
    <section className="panel" aria-labelledby="api-keys">
      <h2 id="api-keys">{t('연계 열쇠(API)', 'API keys')}</h2>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data?.length === 0 && (
        <Empty title={t('만든 열쇠가 없습니다.', 'No key.')}>
          <p>{t('다른 시스템이 자료를 주고받을 때 씁니다.', 'Other systems sign in with them.')}</p>
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <table className="list">
          <caption>{t('연계 열쇠', 'API keys')}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('쓰임', 'For')}
              </th>
              <th scope="col">{t('범위', 'Scopes')}</th>
              <th scope="col">{t('끝나는 때', 'Ends')}</th>
              <th scope="col">{t('마지막 사용', 'Last used')}</th>
              <th scope="col">{t('할 일', 'Acts')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <tr key={row.key}>
                <th scope="row">
                  {row.name}
                  <span className="quiet">
                    <code>{row.key}</code> · {row.agency} · {row.roles.map((one) => say(ROLE[one])).join(' · ')}
                  </span>
                </th>
                <td data-label={t('범위', 'Scopes')}>{row.scopes.join(', ')}</td>
                <td data-label={t('끝나는 때', 'Ends')}>
                  <Instant at={row.expiresAt} />
                </td>
                <td data-label={t('마지막 사용', 'Last used')}>
                  {row.usedAt === null ? <span className="quiet">{t('없음', 'never')}</span> : <Instant at={row.usedAt} />}
                </td>
                <td data-label={t('할 일', 'Acts')}>
                  {row.revokedAt !== null ? (
                    <Badge tone="gray">{t('거둠', 'Revoked')}</Badge>
                  ) : (
                    is('administrator') && (
                      <Button
                        busy={busy}
                        aria-label={t(`${row.name} 열쇠 거두기`, `Revoke ${row.name}`)}
                        onClick={() =>
                          void doing(`/v1/api-keys/${row.key}/revocation`, undefined, {
                            ko: '열쇠를 거두었습니다.',
                            en: 'The key is revoked.',
                          })
                        }
                      >
                        {t('거두기', 'Revoke')}
                      </Button>
                    )
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {is('administrator') && (
        <Form problem={problem} label={t('열쇠 만들기', 'Make a key')} onSubmit={() => void make()}>
          <div className="two">
            <TextField label={t('무엇에 쓰는지', 'What for')} pointer="/name" value={name} onChange={setName} />
            <TextField label={t('기관 번호', 'Agency id')} pointer="/agency" value={agency} onChange={setAgency} />
            <SelectField
              label={t('역할', 'Role')}
              pointer="/roles"
              value={role}
              onChange={setRole}
              choices={KEY_ROLES.map((value) => ({ value, label: say(ROLE[value]) }))}
            />
            <TextField
              label={t('범위', 'Scopes')}
              pointer="/scopes"
              value={scopes}
              onChange={setScopes}
              hint={t('쉼표로 나눕니다. 예: consultations:read', 'Parted by commas, e.g. consultations:read')}
            />
            <SelectField
              label={t('쓸 수 있는 날수', 'Days')}
              pointer="/days"
              value={days}
              onChange={setDays}
              choices={DAYS.map((value) => ({ value, label: t(`${value}일`, `${value} days`) }))}
            />
          </div>
          <div>
            <Button submit weight="secondary" busy={busy}>
              {t('열쇠 만들기', 'Make a key')}
            </Button>
          </div>
        </Form>
      )}
      {secret !== null && (
        <div className="warn" role="status">
          <p>{t('이 값은 다시 볼 수 없습니다.', 'It is never shown again.')}</p>
          <pre className="token">{secret}</pre>
        </div>
      )}
    </section>
  );
}
