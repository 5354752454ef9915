import { useState } from 'react';
import type { Delegation, DirectoryUser, GivenDelegations, Role } from '../contract.js';
import { todayInSeoul } from '../format.js';
import { Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { ActForm } from '../pieces/act-form.js';
import { Button, CheckField, Form, RadioField, SelectField, TextField } from '../pieces/form.js';
import { Badge, Empty, LegalDate, ReadProblem, Waiting } from '../pieces/show.js';
import { useAct, useRead } from '../reading.js';
import { useSession } from '../session.js';
import { ROLE } from '../terms.js';

/** An auditor's independence and an administrator's power are never passed on. */
const DELEGABLE: readonly Role[] = ['applicant', 'applicant-approver', 'reviewer', 'approver', 'owner'];

/** 대결·전결: authority that others passed on to oneself, and what one passes on to others. */
export function Delegations() {
  const { t } = useSpeech();
  const { me, signedIn } = useSession();
  const received = useRead<DirectoryUser>(`/v1/users/${me.person}`);
  const given = useRead<GivenDelegations>(`/v1/users/${me.person}/delegations`);
  // Who never got a role through the directory (a person of the identity provider, say) stands in no list of it.
  const none = received.error instanceof Problem && received.error.status === 404;
  const acting = signedIn.capacities.find(({ id }) => id === signedIn.capacity)?.delegation !== undefined;
  const own = acting ? [] : me.roles.filter((role) => DELEGABLE.includes(role));
  return (
    <section className="panel" aria-labelledby="delegations">
      <h2 id="delegations">{t('대결·전결', 'Delegations')}</h2>
      <p className="quiet">
        {t(
          '휴가·출장·교육으로 자리를 비울 때 대결하게 하거나, 늘 맡기는 일을 전결로 넘깁니다. 받은 사람은 화면 위쪽의 기관 전환에서 골라 쓰고, 기록에는 누구의 권한으로 누가 했는지가 남습니다.',
          'Let somebody act in your absence, or pass on what they always do for you. They choose it where they switch agencies, and the record tells who acted by whose authority.',
        )}
      </p>
      {own.length > 0 && given.data !== undefined && <Give own={own} colleagues={given.data.colleagues} />}
      {acting && (
        <p className="quiet">
          {t(
            '위임받은 권한으로 들어와 있습니다. 위임받은 것은 다시 위임할 수 없습니다.',
            'You act by a delegation. What was delegated is not passed on again.',
          )}
        </p>
      )}
      <h3>{t('내가 위임한 것', 'Passed on by me')}</h3>
      {given.error !== null && <ReadProblem error={given.error} />}
      {given.data !== undefined && <Given given={given.data.given} mayEnd />}
      <h3>{t('내가 위임받은 것', 'Passed on to me')}</h3>
      {received.error !== null && !none && <ReadProblem error={received.error} />}
      {(none || received.data?.delegations.length === 0) && (
        <Empty title={t('위임받은 권한이 없습니다.', 'Nobody has passed authority on to you.')}>
          <p>
            {t(
              '누군가 대결이나 전결을 맡기면 여기와 기관 전환에 나타납니다.',
              'When somebody does, it appears here and where you switch agencies.',
            )}
          </p>
        </Empty>
      )}
      {received.data !== undefined && received.data.delegations.length > 0 && (
        <Table
          caption={t('내가 위임받은 것', 'Passed on to me')}
          whom={t('위임한 사람', 'By')}
          rows={received.data.delegations.map((one) => ({ ...one, other: one.delegator, receiver: me.person }))}
          revisionOf={() => received.data.revision}
          end={{
            open: t('내려놓기', 'Lay it down'),
            done: { ko: '위임받은 권한을 내려놓았습니다.', en: 'The delegation is laid down.' },
          }}
        />
      )}
    </section>
  );
}

/** What a person has passed on, for administrators and auditors who look at that person. */
export function GivenBy({ person }: { person: string }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const { data, error } = useRead<GivenDelegations>(open ? `/v1/users/${person}/delegations` : null);
  return (
    <div className="stack">
      <div>
        <Button
          aria-expanded={open}
          aria-label={t(`${person}: 위임한 것`, `${person}: Delegations given`)}
          onClick={() => setOpen(!open)}
        >
          {t('위임한 것', 'Delegations given')}
        </Button>
      </div>
      {error !== null && <ReadProblem error={error} />}
      {open && data === undefined && error === null && <Waiting />}
      {open && data !== undefined && <Given given={data.given} mayEnd={false} />}
    </div>
  );
}

function Given({ given, mayEnd }: { given: GivenDelegations['given']; mayEnd: boolean }) {
  const { t } = useSpeech();
  if (given.length === 0) return <p className="quiet">{t('위임한 권한이 없습니다.', 'Nothing has been passed on.')}</p>;
  return (
    <Table
      caption={t('위임한 것', 'Passed on')}
      whom={t('위임받은 사람', 'To')}
      rows={given.map((one) => ({ ...one, other: one.receiver }))}
      revisionOf={(row) => given.find(({ delegation }) => delegation === row.delegation)?.revision ?? ''}
      {...(mayEnd
        ? {
            end: {
              open: t('위임 거두기', 'Take it back'),
              done: { ko: '위임을 거두었습니다. 다음 요청부터 쓸 수 없습니다.', en: 'Taken back: it no longer holds.' },
            },
          }
        : {})}
    />
  );
}

type Row = Delegation & { readonly other: string; readonly receiver: string };

function Table({
  caption,
  whom,
  rows,
  revisionOf,
  end,
}: {
  caption: string;
  whom: string;
  rows: readonly Row[];
  revisionOf: (row: Row) => string;
  /** Left out where the reader may not end it. */
  end?: { readonly open: string; readonly done: { readonly ko: string; readonly en: string } };
}) {
  const { t, say } = useSpeech();
  const today = todayInSeoul();
  const over = ({ withdrawn, until }: Row): boolean => withdrawn || until < today;
  const state = (row: Row) => {
    if (row.withdrawn) return <Badge tone="gray">{t('거둠', 'Taken back')}</Badge>;
    if (row.until < today) return <Badge tone="gray">{t('끝남', 'Ended')}</Badge>;
    if (row.from > today) return <Badge tone="information">{t('예정', 'To come')}</Badge>;
    return <Badge tone="success">{t('시행 중', 'In force')}</Badge>;
  };
  return (
    <table className="list">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="wide">
            {whom}
          </th>
          <th scope="col">{t('권한', 'Roles')}</th>
          <th scope="col">{t('기간', 'Term')}</th>
          <th scope="col">{t('상태', 'State')}</th>
          {end !== undefined && <th scope="col">{t('할 일', 'Acts')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.delegation}>
            <th scope="row">
              <code>{row.other}</code>
              <span className="quiet">{row.agency}</span>
            </th>
            <td data-label={t('권한', 'Roles')}>
              {row.kind === 'acting' ? t('대결', 'Acting') : t('전결', 'Standing')}:{' '}
              {row.roles.map((role) => say(ROLE[role])).join(' · ')}
            </td>
            <td data-label={t('기간', 'Term')}>
              <LegalDate date={row.from} /> – <LegalDate date={row.until} />
            </td>
            <td data-label={t('상태', 'State')}>{state(row)}</td>
            {end !== undefined && (
              <td data-label={t('할 일', 'Acts')}>
                {over(row) ? (
                  <span className="quiet">–</span>
                ) : (
                  <ActForm
                    path={`/v1/users/${row.receiver}/delegations/${row.delegation}/withdrawal`}
                    revision={revisionOf(row)}
                    open={end.open}
                    fields={[{ name: 'reason', label: t('사유', 'Why'), kind: 'area' }]}
                    done={end.done}
                  />
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Only among colleagues: whom else one would name, one could not look up. */
function Give({ own, colleagues }: { own: readonly Role[]; colleagues: GivenDelegations['colleagues'] }) {
  const { t, say } = useSpeech();
  const { act, busy, problem } = useAct();
  const [open, setOpen] = useState(false);
  const [receiver, setReceiver] = useState('');
  const [roles, setRoles] = useState<readonly string[]>(own);
  const [kind, setKind] = useState('acting');
  const [from, setFrom] = useState(todayInSeoul());
  const [until, setUntil] = useState('');
  if (colleagues.length === 0) {
    return (
      <p className="quiet">
        {t(
          '위임할 동료가 없습니다. 우리 기관에서 역할을 받은 다른 이용자가 있어야 합니다. 관리자에게 요청하십시오.',
          'There is no colleague to pass anything on to: somebody else must hold a role for your agency. Ask an administrator.',
        )}
      </p>
    );
  }
  if (!open) {
    return (
      <div>
        <Button aria-expanded={false} onClick={() => setOpen(true)}>
          {t('위임하기', 'Delegate')}…
        </Button>
      </div>
    );
  }
  const chosen = colleagues.find(({ person }) => person === receiver) ?? colleagues[0];
  const submit = async (): Promise<void> => {
    if (chosen === undefined) return;
    const receipt = await act({
      path: `/v1/users/${chosen.person}/delegations`,
      body: { roles, kind, from, until },
      revision: chosen.revision,
      done: { ko: '위임했습니다.', en: 'Passed on.' },
    });
    if (receipt === null) return;
    setUntil('');
    setOpen(false);
  };
  return (
    <Form problem={problem} label={t('위임하기', 'Delegate')} onSubmit={() => void submit()}>
      <SelectField
        label={t('위임받을 사람', 'To whom')}
        pointer="/user"
        value={chosen?.person ?? ''}
        onChange={setReceiver}
        choices={colleagues.map((one) => ({
          value: one.person,
          label: `${one.person} (${one.roles.map((role) => say(ROLE[role])).join(' · ')})`,
        }))}
      />
      <CheckField
        label={t('넘길 권한', 'Roles')}
        pointer="/roles"
        value={roles}
        onChange={setRoles}
        choices={own.map((role) => ({ value: role, label: say(ROLE[role]) }))}
      />
      <RadioField
        label={t('대결인가 전결인가', 'Which kind')}
        name="kind"
        value={kind}
        onChange={setKind}
        choices={[
          { value: 'acting', label: t('대결 (자리를 비운 동안)', 'Acting (in my absence)') },
          { value: 'standing', label: t('전결 (맡겨 둔 일)', 'Standing (as a rule)') },
        ]}
      />
      <div className="two">
        <TextField label={t('첫날', 'First day')} pointer="/from" type="date" required value={from} onChange={setFrom} />
        <TextField label={t('마지막 날', 'Last day')} pointer="/until" type="date" required value={until} onChange={setUntil} />
      </div>
      <div className="row">
        <Button submit weight="primary" busy={busy}>
          {t('위임하기', 'Delegate')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('그만두기', 'Cancel')}</Button>
      </div>
    </Form>
  );
}
