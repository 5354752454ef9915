import { useState } from 'react';
import type { ApiKey, Role } from '../contract.js';
import { useSpeech } from '../language.js';
import { Button, Form, SelectField, TextField } from '../pieces/form.js';
import { Badge, Empty, Instant, ReadProblem, Waiting } from '../pieces/show.js';
import { useDoing, useRead } from '../reading.js';
import { useSession } from '../session.js';
import { ROLE } from '../terms.js';

const KEY_ROLES: readonly Role[] = ['applicant', 'reviewer', 'owner', 'auditor'];
const DAYS: readonly string[] = ['30', '90', '180', '365'];

/** 연계 열쇠: what machines say who they are with. */
export function ApiKeys() {
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
