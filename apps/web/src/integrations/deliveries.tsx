import { useState } from 'react';
import type { Delivery, DeliveryState, Message, Webhook } from '../contract.js';
import { useSpeech } from '../language.js';
import { Filter, withQuery } from '../pieces/case-list.js';
import { Button, Form, ProblemSummary, TextField } from '../pieces/form.js';
import { Badge, Empty, Instant, ReadProblem, Waiting } from '../pieces/show.js';
import { useDoing, useRead } from '../reading.js';
import { useSession } from '../session.js';
import { TOLD } from './told.js';

const STATE: Readonly<Record<DeliveryState, Message & { readonly tone: string }>> = {
  waiting: { ko: '기다림', en: 'Waiting', tone: 'warning' },
  delivered: { ko: '보냄', en: 'Delivered', tone: 'success' },
  dead: { ko: '못 보냄', en: 'Given up', tone: 'danger' },
};

interface Replayed {
  readonly queued: number;
  readonly until: string;
}

/** What one receiver was sent, newest first, and sending it again. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const { t, say } = useSpeech();
  const { is } = useSession();
  const [state, setState] = useState('');
  /** Where each page that was left began. */
  const [pages, setPages] = useState<readonly string[]>([]);
  const before = pages.at(-1) ?? '';
  const { data, error, refetch } = useRead<{ readonly deliveries: readonly Delivery[]; readonly next: string | null }>(
    withQuery('/v1/webhook-deliveries', { webhook: webhook.id, state, before }),
    { keep: true },
  );
  const { busy, problem, doing } = useDoing();
  const name = webhook.note === '' ? webhook.id : webhook.note;
  const mayResend = is('administrator') && webhook.endedAt === null;
  const resend = (position: string): void =>
    void doing<Replayed>(
      `/v1/webhooks/${webhook.id}/replays`,
      { from: position, until: position },
      { ko: '다시 보낼 줄에 넣었습니다.', en: 'Put back to be sent again.' },
    );
  return (
    <section className="stack" aria-labelledby="deliveries">
      <h3 id="deliveries">{t(`${name}: 보낸 내역`, `${name}: deliveries`)}</h3>
      <div className="toolbar">
        <Filter
          label={t('상태', 'State')}
          value={state}
          onChange={(next) => {
            setState(next);
            setPages([]);
          }}
          choices={[
            ['', t('모두', 'All')],
            ...(Object.keys(STATE) as DeliveryState[]).map((one) => [one, say(STATE[one])] as const),
          ]}
        />
        <div className="row push">
          <Button onClick={() => void refetch()}>{t('다시 읽기', 'Read again')}</Button>
        </div>
      </div>
      {error !== null && <ReadProblem error={error} />}
      {problem !== null && <ProblemSummary problem={problem} />}
      {data === undefined && error === null && <Waiting />}
      {data?.deliveries.length === 0 && (
        <Empty
          title={
            state === 'dead'
              ? t('못 보낸 알림이 없습니다.', 'Nothing was given up.')
              : t('보낸 알림이 없습니다.', 'Nothing was sent.')
          }
        >
          <p>
            {t(
              '사건에 일이 생기면 몇 초 안에 여기에 나타납니다.',
              'A few seconds after something happens to a case it appears here.',
            )}
          </p>
        </Empty>
      )}
      {data !== undefined && data.deliveries.length > 0 && (
        <table className="list">
          <caption>{t('보낸 내역', 'Deliveries')}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('알린 일', 'Event')}
              </th>
              <th scope="col">{t('상태', 'State')}</th>
              <th scope="col">{t('보낸 횟수', 'Attempts')}</th>
              <th scope="col">{t('마지막 답', 'Last answer')}</th>
              {mayResend && <th scope="col">{t('할 일', 'Acts')}</th>}
            </tr>
          </thead>
          <tbody>
            {data.deliveries.map((row) => (
              <tr key={row.position}>
                <th scope="row">
                  {say(TOLD[row.type] ?? { ko: row.type, en: row.type })} <span className="number">{row.consultation}</span>
                  <span className="quiet number">{t(`기록 위치 ${row.position}`, `Log position ${row.position}`)}</span>
                </th>
                <td data-label={t('상태', 'State')}>
                  <Badge tone={STATE[row.state].tone}>{say(STATE[row.state])}</Badge>
                  {row.nextAt !== null && (
                    <span className="quiet">
                      {' '}
                      {t('다음 ', 'next ')}
                      <Instant at={row.nextAt} />
                    </span>
                  )}
                </td>
                <td data-label={t('보낸 횟수', 'Attempts')}>{t(`${row.attempts}번`, String(row.attempts))}</td>
                <td data-label={t('마지막 답', 'Last answer')}>
                  {row.outcome ?? '–'}
                  {row.triedAt !== null && (
                    <span className="quiet">
                      {' '}
                      <Instant at={row.triedAt} />
                    </span>
                  )}
                </td>
                {mayResend && (
                  <td data-label={t('할 일', 'Acts')}>
                    {row.state === 'waiting' ? (
                      <span className="quiet">–</span>
                    ) : (
                      <Button
                        busy={busy}
                        aria-label={t(`기록 위치 ${row.position} 다시 보내기`, `Send again: position ${row.position}`)}
                        onClick={() => resend(row.position)}
                      >
                        {t('다시 보내기', 'Send again')}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="row center">
        {pages.length > 0 && <Button onClick={() => setPages(pages.slice(0, -1))}>{t('← 더 최근 것', '← Newer')}</Button>}
        {data !== undefined && data.next !== null && (
          <Button onClick={() => setPages([...pages, data.next ?? ''])}>{t('더 앞의 것 →', 'Older →')}</Button>
        )}
      </div>
      {mayResend && <Replay webhook={webhook} />}
    </section>
  );
}

/** 재전송: all that the receiver should have heard of since a position, such as after it was down for long. */
function Replay({ webhook }: { webhook: Webhook }) {
  const { t } = useSpeech();
  const { busy, problem, doing } = useDoing();
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [told, setTold] = useState<Replayed | null>(null);
  const replay = async (): Promise<void> => {
    const replayed = await doing<Replayed>(
      `/v1/webhooks/${webhook.id}/replays`,
      { from: from.trim(), ...(until.trim() === '' ? {} : { until: until.trim() }) },
      { ko: '다시 보낼 줄에 넣었습니다.', en: 'Put back to be sent again.' },
    );
    setTold(replayed);
  };
  return (
    <Form problem={problem} label={t('기록 위치부터 다시 보내기', 'Send again from a position')} onSubmit={() => void replay()}>
      <h4>{t('기록 위치부터 다시 보내기', 'Send again from a position')}</h4>
      <div className="two">
        <TextField
          label={t('첫 기록 위치', 'From position')}
          pointer="/from"
          required
          inputMode="numeric"
          value={from}
          onChange={setFrom}
          hint={t(
            '받는 쪽이 마지막으로 처리한 것의 다음. 위의 표에 있습니다.',
            'The one after the last that the receiver took; see the table.',
          )}
        />
        <TextField
          label={t('마지막 기록 위치', 'To position')}
          pointer="/until"
          inputMode="numeric"
          value={until}
          onChange={setUntil}
          hint={t('비우면 지금까지', 'Up to now when empty')}
        />
      </div>
      <div className="row">
        <Button submit weight="secondary" busy={busy}>
          {t('다시 보내기', 'Send again')}
        </Button>
        <span role="status" className="quiet">
          {told !== null &&
            t(
              `기록 위치 ${told.until}까지 살펴 ${told.queued}건을 다시 보낼 줄에 넣었습니다.`,
              `Looked through up to position ${told.until}; ${told.queued} put back.`,
            )}
        </span>
      </div>
    </Form>
  );
}
