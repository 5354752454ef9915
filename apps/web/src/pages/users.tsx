import { useState } from 'react';
import { GivenBy } from '../account/delegations.js';
import type { ProblemDocument, Role, UserRow } from '../contract.js';
import { legalDate, todayInSeoul } from '../format.js';
import { ask, Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { notify } from '../notices.js';
import { ActForm } from '../pieces/act-form.js';
import { CsvButton, Filter, focusOn, ListState, MoreButton, SearchBox, useSettled, withQuery } from '../pieces/case-list.js';
import { Button, ProblemSummary } from '../pieces/form.js';
import { useKeys } from '../pieces/keys.js';
import { Badge, Empty, Instant, Title } from '../pieces/show.js';
import { useList } from '../reading.js';
import { useSession } from '../session.js';
import { ROLE } from '../terms.js';

interface MadeAccount {
  readonly login: string;
  readonly password: string;
  readonly until: string;
}

const GRANTABLE = [
  'applicant',
  'applicant-approver',
  'reviewer',
  'approver',
  'owner',
  'auditor',
  'administrator',
] as const satisfies readonly Role[];

/** 이용자: who may be what for which agency, from when to when; by pseudonymous ids. */
export default function UsersPage() {
  const { t, say } = useSpeech();
  const { is } = useSession();
  const [typed, setTyped] = useState('');
  const [suspended, setSuspended] = useState('');
  const q = useSettled(typed);
  const path = withQuery('/v1/users', { q, suspended });
  const list = useList<UserRow>(path);
  const { rows, more, readMore } = list;
  useKeys({ '/': () => focusOn('user-search') });
  return (
    <>
      <Title
        lead={t(
          '사람의 이름은 기록하지 않습니다. 등록하고, 기관의 역할을 기간을 정해 주고, 거둡니다. 다음 요청부터 적용됩니다.',
          'Names are not on record. Register, grant roles for an agency and a term, revoke: from the next request on.',
        )}
      >
        {t('이용자', 'Users')}
      </Title>
      <div className="toolbar">
        <SearchBox
          id="user-search"
          label={t('찾기', 'Search')}
          value={typed}
          onChange={setTyped}
          hint={t('이용자 번호, 기관 코드', 'Id, agency')}
        />
        <Filter
          label={t('정지', 'Suspended')}
          value={suspended}
          onChange={setSuspended}
          choices={[
            ['', t('모두', 'All')],
            ['false', t('쓰는 중', 'Active')],
            ['true', t('정지', 'Suspended')],
          ]}
        />
        <div className="row push">
          <CsvButton<UserRow>
            path={path}
            name="users"
            columns={{
              head: ['이용자', '정지', '기관', '역할', '대결·전결'],
              cells: (row) => [
                row.person,
                row.suspended ? '정지' : '',
                row.agencies.join('; '),
                row.grants
                  .filter(({ revoked }) => !revoked)
                  .map(({ agency, roles, from, until }) => `${agency} ${roles.join('·')} ${from}~${until ?? ''}`)
                  .join('; '),
                row.delegations
                  .filter(({ withdrawn }) => !withdrawn)
                  .map(({ delegator, kind, from, until }) => `${delegator} ${kind} ${from}~${until}`)
                  .join('; '),
              ],
            }}
          />
        </div>
      </div>
      {is('administrator') && (
        <ActForm
          path="/v1/users"
          open={t('이용자 등록', 'Register a user')}
          fields={[
            {
              name: 'user',
              label: t('이용자 번호', 'Id'),
              kind: 'text',
              hint: t(
                '이름, 전자우편, 행정번호가 아닌 가명. 영문 소문자·숫자·붙임표',
                'A pseudonym: small letters, digits, hyphens',
              ),
            },
          ]}
          done={{ ko: '등록했습니다. 이제 역할을 줄 수 있습니다.', en: 'Registered; roles can be granted now.' }}
        />
      )}
      <ListState
        list={list}
        counted={['명', 'users']}
        empty={
          <Empty title={t('그런 이용자가 없습니다.', 'No such user.')}>
            <p>{t('찾는 말을 줄여 보십시오.', 'Use fewer words.')}</p>
          </Empty>
        }
      />
      {rows.length > 0 && (
        <table className="list">
          <caption>{t('이용자', 'Users')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('이용자', 'User')}</th>
              <th scope="col" className="wide">
                {t('역할', 'Roles')}
              </th>
              <th scope="col">{t('할 일', 'Acts')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((user) => (
              <tr key={user.person}>
                <th scope="row">
                  <code>{user.person}</code> {user.suspended && <Badge tone="danger">{t('정지', 'Suspended')}</Badge>}
                </th>
                <td data-label={t('역할', 'Roles')}>
                  <Held user={user} mayRevoke={is('administrator')} />
                  <GivenBy person={user.person} />
                </td>
                <td data-label={t('할 일', 'Acts')}>
                  {is('administrator') ? <Acts user={user} /> : <span className="quiet">–</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreButton more={more} onMore={readMore} />
      <p className="quiet">
        {t('역할', 'Roles')}: {GRANTABLE.map((role) => say(ROLE[role])).join(' · ')}
      </p>
    </>
  );
}

function Held({ user, mayRevoke }: { user: UserRow; mayRevoke: boolean }) {
  const { t, say, language } = useSpeech();
  const term = (from: string, until: string | null): string =>
    `${legalDate(from, language)} – ${until === null ? '' : legalDate(until, language)}`;
  return (
    <ul className="items">
      {user.grants.map((grant) => (
        <li key={grant.grant}>
          {grant.agency}: {grant.roles.map((role) => say(ROLE[role])).join(' · ')}{' '}
          <span className="quiet">{grant.revoked ? t('거둠', 'Revoked') : term(grant.from, grant.until)}</span>
          {mayRevoke && !grant.revoked && (
            <ActForm
              path={`/v1/users/${user.person}/grants/${grant.grant}/revocation`}
              revision={user.revision}
              open={t(`${grant.agency} 권한 회수`, `Revoke for ${grant.agency}`)}
              fields={[{ name: 'reason', label: t('사유', 'Why'), kind: 'area' }]}
              done={{ ko: '권한을 거두었습니다.', en: 'Revoked.' }}
            />
          )}
        </li>
      ))}
      {user.delegations.map((one) => (
        <li key={one.delegation}>
          {one.kind === 'acting' ? t('대결', 'Acting') : t('전결', 'Standing')}: {one.delegator} ({one.agency}){' '}
          <span className="quiet">{one.withdrawn ? t('거둠', 'Withdrawn') : term(one.from, one.until)}</span>
        </li>
      ))}
    </ul>
  );
}

function Acts({ user }: { user: UserRow }) {
  const { t, say } = useSpeech();
  const [made, setMade] = useState<MadeAccount | null>(null);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  const at = `/v1/users/${user.person}`;
  const shared = { revision: user.revision };
  const account = async (): Promise<void> => {
    setProblem(null);
    try {
      const login = user.person.replace(/^person-/, '');
      const { body } = await ask<MadeAccount>(`${at}/account`, { method: 'POST', body: { login } });
      setMade(body);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error.document);
    }
  };
  const resetSecondFactor = async (): Promise<void> => {
    setProblem(null);
    try {
      await ask(`${at}/account/second-factor-reset`, { method: 'POST' });
      notify('done', { ko: '인증 앱을 초기화했습니다. 열린 로그인이 모두 끝났습니다.', en: 'Reset; every session has ended.' });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error.document);
    }
  };
  return (
    <div className="row acts">
      <ActForm
        {...shared}
        path={`${at}/grants`}
        open={t('역할 주기', 'Grant a role')}
        fields={[
          { name: 'agency', label: t('기관 코드', 'Agency'), kind: 'text' },
          {
            name: 'role',
            label: t('역할', 'Role'),
            kind: 'choice',
            pointer: '/roles',
            choices: GRANTABLE.map((value) => ({ value, label: say(ROLE[value]) })),
          },
          { name: 'from', label: t('첫날', 'First day'), kind: 'date', hint: todayInSeoul() },
          { name: 'until', label: t('마지막 날', 'Last day'), kind: 'date', optional: true },
        ]}
        body={({ agency, role, from, until }) => ({ agency, roles: [role], from, until: until || null })}
        done={{ ko: '역할을 주었습니다.', en: 'Granted.' }}
      />
      {user.suspended ? (
        <ActForm
          {...shared}
          path={`${at}/reinstatement`}
          open={t('정지 해제', 'Reinstate')}
          fields={[{ name: 'reason', label: t('사유', 'Why'), kind: 'area' }]}
          done={{ ko: '정지를 풀었습니다.', en: 'Reinstated.' }}
        />
      ) : (
        <ActForm
          {...shared}
          path={`${at}/suspension`}
          open={t('정지', 'Suspend')}
          fields={[{ name: 'reason', label: t('사유', 'Why'), kind: 'area' }]}
          done={{ ko: '정지했습니다. 열린 로그인이 모두 끝났습니다.', en: 'Suspended; every session has ended.' }}
        />
      )}
      <Button onClick={() => void account()}>{t('계정·새 비밀번호', 'Account, new password')}</Button>
      <Button onClick={() => void resetSecondFactor()}>{t('인증 앱 초기화', 'Reset the app')}</Button>
      <ProblemSummary problem={problem} />
      {made !== null && (
        <p className="warn" role="status">
          {t('한 번만 보입니다. 본인에게 전하십시오.', 'Shown once: hand it over.')} <code>{made.login}</code> /{' '}
          <code>{made.password}</code>{' '}
          {t('처음 로그인할 때 바꾸며, 바꾸지 않으면 다음 때에 끝납니다:', 'To be changed at the first sign-in, and good until')}{' '}
          <Instant at={made.until} />
        </p>
      )}
    </div>
  );
}
