import { useState } from 'react';
import type { Webhook } from '../contract.js';
import { useSpeech } from '../language.js';
import { Button, CheckField, Form, ProblemSummary, TextField } from '../pieces/form.js';
import { Badge, Empty, Instant, ReadProblem, Waiting } from '../pieces/show.js';
import { useDoing, useRead } from '../reading.js';
import { useSession } from '../session.js';
import { Deliveries } from './deliveries.js';
import { TOLD } from './told.js';

interface Secret {
  readonly id: string;
  readonly secret: string;
}

/** 알림(웹훅): which machines of the agency are told what happens to its cases, and how that goes. */
export function Webhooks() {
  const { t, say } = useSpeech();
  const { me, is } = useSession();
  const { data, error } = useRead<readonly Webhook[]>('/v1/webhooks');
  const { busy, problem, doing } = useDoing();
  const [made, setMade] = useState<Secret | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const [sure, setSure] = useState<string | null>(null);
  const opened = data?.find(({ id }) => id === shown);
  const change = async ({ id }: Webhook): Promise<void> => {
    const secret = await doing<Secret>(`/v1/webhooks/${id}/secret`, undefined, {
      ko: '새 비밀을 만들었습니다. 이레 동안은 옛 비밀로도 서명합니다.',
      en: 'A new secret is made. For seven days the former one signs, too.',
    });
    if (secret !== null) setMade(secret);
  };
  const end = async ({ id }: Webhook): Promise<void> => {
    setSure(null);
    await doing(`/v1/webhooks/${id}/end`, undefined, {
      ko: '알림을 끝냈습니다. 더는 보내지 않습니다.',
      en: 'It has ended: nothing more is sent.',
    });
  };
  return (
    <section className="panel" aria-labelledby="webhooks">
      <h2 id="webhooks">{t('알림(웹훅)', 'Webhooks')}</h2>
      <p className="quiet">
        {t(
          '우리 기관이 볼 수 있는 사건에 일이 생기면 이 주소로 알립니다. 사건의 번호와 일의 종류만 보내고 내용은 보내지 않습니다. 못 받으면 사흘쯤 다시 보냅니다.',
          'These addresses are told what happens to the cases that the agency may see: the number and the kind of event, never the content. What is not taken is tried again for about three days.',
        )}
      </p>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data?.length === 0 && (
        <Empty title={t('알릴 곳이 없습니다.', 'Nobody is told.')}>
          <p>
            {t(
              '전자결재나 예산 시스템이 협의 결과를 바로 받게 하려면 아래에서 만드십시오.',
              'Make one below, so that another system hears of results at once.',
            )}
          </p>
        </Empty>
      )}
      {is('administrator') && <MakeWebhook onMade={setMade} />}
      {made !== null && (
        <div className="warn stack" role="status">
          <p>
            {t(
              `${made.id}의 서명 비밀입니다. 지금만 보이고 다시 볼 수 없습니다. 받는 시스템에 넣으십시오.`,
              `The secret of ${made.id}: shown now and never again. Put it into the receiving system.`,
            )}
          </p>
          <pre className="token">{made.secret}</pre>
          <div>
            <Button onClick={() => setMade(null)}>{t('옮겨 적었습니다', 'I have taken it')}</Button>
          </div>
        </div>
      )}
      {problem !== null && <ProblemSummary problem={problem} />}
      {data !== undefined && data.length > 0 && (
        <table className="list">
          <caption>{t('알림을 받는 곳', 'Receivers')}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('받는 곳', 'Receiver')}
              </th>
              <th scope="col">{t('알리는 일', 'Events')}</th>
              <th scope="col">{t('상태', 'State')}</th>
              <th scope="col">{t('할 일', 'Acts')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => {
              const name = row.note === '' ? row.id : row.note;
              return (
                <tr key={row.id}>
                  <th scope="row">
                    {name}
                    <span className="quiet break">{row.url}</span>
                    <span className="quiet">
                      <code>{row.id}</code>
                      {row.agency !== me.agency && ` · ${row.agency}`}
                    </span>
                  </th>
                  <td data-label={t('알리는 일', 'Events')}>
                    {row.types.length === 0
                      ? t('모든 일', 'Everything')
                      : row.types.map((type) => say(TOLD[type] ?? { ko: type, en: type })).join(', ')}
                  </td>
                  <td data-label={t('상태', 'State')}>
                    <State row={row} />
                  </td>
                  <td data-label={t('할 일', 'Acts')}>
                    <div className="row">
                      <Button
                        aria-expanded={shown === row.id}
                        aria-label={t(`${name}: 보낸 내역`, `${name}: Deliveries`)}
                        onClick={() => setShown(shown === row.id ? null : row.id)}
                      >
                        {t('보낸 내역', 'Deliveries')}
                      </Button>
                      {is('administrator') && row.endedAt === null && (
                        <>
                          <Button
                            busy={busy}
                            aria-label={t(`${name}: 비밀 바꾸기`, `${name}: Change secret`)}
                            onClick={() => void change(row)}
                          >
                            {t('비밀 바꾸기', 'Change secret')}
                          </Button>
                          {sure === row.id ? (
                            <>
                              <Button weight="danger" busy={busy} onClick={() => void end(row)}>
                                {t('끝내면 되살릴 수 없습니다. 끝내기', 'It cannot be undone: end it')}
                              </Button>
                              <Button onClick={() => setSure(null)}>{t('그만두기', 'Cancel')}</Button>
                            </>
                          ) : (
                            <Button aria-label={t(`${name}: 알림 끝내기`, `${name}: End`)} onClick={() => setSure(row.id)}>
                              {t('끝내기', 'End')}…
                            </Button>
                          )}
                        </>
                      )}
                    </div>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {opened !== undefined && <Deliveries key={opened.id} webhook={opened} />}
    </section>
  );
}

function State({ row }: { row: Webhook }) {
  const { t } = useSpeech();
  return (
    <div className="stack">
      <span className="row">
        {row.endedAt === null ? (
          <Badge tone="success">{t('보내는 중', 'In use')}</Badge>
        ) : (
          <>
            <Badge tone="gray">{t('끝남', 'Ended')}</Badge> <Instant at={row.endedAt} />
          </>
        )}
        {row.waiting > 0 && <Badge tone="warning">{t(`기다림 ${row.waiting}`, `${row.waiting} waiting`)}</Badge>}
        {row.dead > 0 && <Badge tone="danger">{t(`못 보냄 ${row.dead}`, `${row.dead} given up`)}</Badge>}
      </span>
      {row.formerSecretUntil !== null && row.endedAt === null && (
        <span className="quiet">
          {t('옛 비밀도 ', 'The former secret signs, too, until ')}
          <Instant at={row.formerSecretUntil} />
          {t('까지 함께 서명합니다.', '.')}
        </span>
      )}
    </div>
  );
}

function MakeWebhook({ onMade }: { onMade: (made: Secret) => void }) {
  const { t, say } = useSpeech();
  const { busy, problem, doing } = useDoing();
  const [open, setOpen] = useState(false);
  const [url, setUrl] = useState('');
  const [note, setNote] = useState('');
  const [types, setTypes] = useState<readonly string[]>([]);
  if (!open) {
    return (
      <div>
        <Button aria-expanded={false} onClick={() => setOpen(true)}>
          {t('알림 만들기', 'Make a webhook')}…
        </Button>
      </div>
    );
  }
  const make = async (): Promise<void> => {
    const done = { ko: '알림을 만들었습니다. 비밀을 지금 옮겨 적으십시오.', en: 'It is made. Take its secret now.' };
    const made = await doing<Secret>('/v1/webhooks', { url: url.trim(), note: note.trim(), types }, done);
    if (made === null) return;
    onMade(made);
    setUrl('');
    setNote('');
    setTypes([]);
    setOpen(false);
  };
  return (
    <Form problem={problem} label={t('알림 만들기', 'Make a webhook')} onSubmit={() => void make()}>
      <div className="two">
        <TextField
          label={t('받는 주소', 'Address')}
          pointer="/url"
          required
          value={url}
          onChange={setUrl}
          hint={t('https로 시작하고 인터넷에서 찾을 수 있는 이름', 'https, and a name that the internet knows')}
        />
        <TextField
          label={t('무엇에 쓰는지', 'What for')}
          pointer="/note"
          value={note}
          onChange={setNote}
          hint={t('예: 전자결재 연계', 'E.g. electronic approval')}
        />
      </div>
      <CheckField
        label={t('알릴 일', 'Events')}
        pointer="/types"
        hint={t('하나도 고르지 않으면 모든 일을 알립니다.', 'Everything when none is chosen.')}
        value={types}
        onChange={setTypes}
        choices={Object.entries(TOLD).map(([value, words]) => ({ value, label: say(words) }))}
      />
      <div className="row">
        <Button submit weight="primary" busy={busy}>
          {t('알림 만들기', 'Make a webhook')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('그만두기', 'Cancel')}</Button>
      </div>
    </Form>
  );
}
