import { useState } from 'react';
import { Link } from 'wouter';
import type { ChangedRow, QueueRow, SystemRow } from '../contract.js';
import { legalDate, todayInSeoul } from '../format.js';
import { Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { MoreButton, withQuery } from '../pieces/case-list.js';
import { DataTable, type Column } from '../pieces/data-table.js';
import { Button, Form, TextField } from '../pieces/form.js';
import { Empty, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { Tabs } from '../pieces/tabs.js';
import { useList } from '../reading.js';
import { statusName } from '../terms.js';

const DAY_MS = 86_400_000;
const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
const isDay = (moment: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(moment);

/** One record at two moments: what the list said of it then, and what it says now. */
interface Beside<Row> {
  readonly key: string;
  readonly then: Row | null;
  readonly now: Row | null;
  readonly changed: boolean;
}

/** 타임머신 of lists: the queue and the inventory as they stood at a moment, beside what they are now. */
export default function TimePage() {
  const { t, language } = useSpeech();
  const [typed, setTyped] = useState(shifted(todayInSeoul(), -1));
  const [moment, setMoment] = useState(typed);
  const [list, setList] = useState('queue');
  const go = (next: string): void => {
    setTyped(next);
    setMoment(next);
  };
  return (
    <>
      <Title
        lead={t(
          '어느 날이나 기록 위치에서 목록이 어떠했는지 지금과 나란히 봅니다. 사건 하나의 되돌림은 그 사건의 재생에 있습니다.',
          'A list as it stood on a day or at a log position, beside what it is now. A single case is replayed on its own page.',
        )}
      >
        {t('타임머신', 'Time machine')}
      </Title>
      <section className="panel" aria-label={t('때 고르기', 'Choose a moment')}>
        <Form problem={null} label={t('때 고르기', 'Choose a moment')} onSubmit={() => setMoment(typed.trim())}>
          <TextField
            label={t('언제', 'When')}
            pointer="/asOf"
            value={typed}
            onChange={setTyped}
            hint={
              isDay(typed)
                ? t(`${legalDate(typed, language)}이 끝날 때`, `At the end of ${legalDate(typed, language)}`)
                : t(
                    '날짜(2026-11-30), 시각(RFC 3339) 또는 기록 위치(숫자)',
                    'A date (2026-11-30), an instant (RFC 3339) or a log position',
                  )
            }
          />
          <div className="row">
            <Button submit weight="primary">
              {t('그때로 가기', 'Go there')}
            </Button>
            {isDay(moment) && (
              <>
                <Button onClick={() => go(shifted(moment, -30))}>{t('한 달 앞', '30 days back')}</Button>
                <Button onClick={() => go(shifted(moment, -1))}>{t('하루 앞', 'A day back')}</Button>
                <Button onClick={() => go(shifted(moment, 1))}>{t('하루 뒤', 'A day on')}</Button>
              </>
            )}
          </div>
        </Form>
      </section>
      <Tabs
        label={t('어느 목록', 'Which list')}
        tabs={[
          { id: 'queue', label: t('검토 대기열', 'Review queue') },
          { id: 'systems', label: t('정보시스템', 'Systems') },
        ]}
        open={list}
        onOpen={setList}
      >
        {list === 'queue' ? <Queue key={moment} moment={moment} /> : <Systems key={moment} moment={moment} />}
      </Tabs>
    </>
  );
}

function Queue({ moment }: { moment: string }) {
  const { t, say, language } = useSpeech();
  const state = (row: QueueRow | null): string =>
    row === null
      ? ''
      : [say(statusName(row.status)), row.dueOn === null ? '' : legalDate(row.dueOn, language)]
          .filter((part) => part !== '')
          .join(' · ');
  return (
    <ThenAndNow<QueueRow>
      moment={moment}
      list="/v1/consultations/queue"
      differences="/v1/differences/queue"
      name="queue-then"
      keyOf={({ consultation }) => consultation}
      title={{
        head: t('사업', 'Project'),
        text: ({ then, now }) => (now ?? then)?.title ?? '',
        show: ({ then, now, key }) => (
          <>
            <Link href={`/cases/${key}/replay`}>{(now ?? then)?.title ?? key}</Link>
            <span className="quiet">{(now ?? then)?.applicantName}</span>
          </>
        ),
      }}
      tell={state}
    />
  );
}

function Systems({ moment }: { moment: string }) {
  const { t } = useSpeech();
  const state = (row: SystemRow | null): string =>
    row === null
      ? ''
      : [row.title, row.agency, row.year, row.retiredAt === null ? '' : t('폐기', 'retired')]
          .filter((part) => part !== null && part !== '')
          .join(' · ');
  return (
    <ThenAndNow<SystemRow>
      moment={moment}
      list="/v1/systems"
      differences="/v1/differences/systems"
      name="systems-then"
      keyOf={({ system }) => system}
      title={{
        head: t('시스템', 'System'),
        text: ({ then, now }) => (now ?? then)?.title ?? '',
        show: ({ then, now, key }) => <Link href={`/systems/${key}`}>{(now ?? then)?.title ?? key}</Link>,
      }}
      tell={state}
    />
  );
}

function ThenAndNow<Row>({
  moment,
  list,
  differences,
  name,
  keyOf,
  title,
  tell,
}: {
  moment: string;
  list: string;
  differences: string;
  name: string;
  keyOf: (row: Row) => string;
  title: Column<Beside<Row>>;
  tell: (row: Row | null) => string;
}) {
  const { t } = useSpeech();
  const [all, setAll] = useState(false);
  const then = useList<Row>(withQuery(list, { asOf: moment, sort: 'title' }));
  const changed = useList<ChangedRow<Row>>(withQuery(differences, { from: moment }), { sized: false });
  const error = then.error ?? changed.error;
  if (error !== null) {
    return error instanceof Problem && error.status === 400 ? (
      <Empty title={t('그런 때가 없습니다.', 'There is no such moment.')}>
        <p>
          {t(
            '날짜(2026-11-30), 시각 또는 기록 위치(숫자)를 적으십시오.',
            'Write a date (2026-11-30), an instant or a log position.',
          )}
        </p>
      </Empty>
    ) : (
      <ReadProblem error={error} />
    );
  }
  if (!then.loaded || !changed.loaded) return <Waiting />;
  const differing = changed.rows.map(({ key, before, after }): Beside<Row> => ({ key, then: before, now: after, changed: true }));
  const same = then.rows
    .filter((row) => !differing.some(({ key }) => key === keyOf(row)))
    .map((row): Beside<Row> => ({ key: keyOf(row), then: row, now: row, changed: false }));
  const shown = all ? [...differing, ...same] : differing;
  const came = differing.filter((row) => row.then === null).length;
  const none = <span className="quiet">{t('없음', 'not there')}</span>;
  return (
    <div className="stack">
      <p role="status">
        {t(
          `그때 목록에는 ${then.rows.length}건${then.more ? ' 이상' : ''}이 있었습니다. 그 뒤 ${differing.length}건${changed.more ? ' 이상' : ''}이 달라졌고, 그 가운데 ${came}건은 새로 왔습니다.`,
          `The list had ${then.rows.length}${then.more ? '+' : ''} rows then. ${differing.length}${changed.more ? '+' : ''} differ now, ${came} of them are new.`,
        )}
      </p>
      <DataTable<Beside<Row>>
        name={name}
        title={t('그때와 지금', 'Then and now')}
        rows={shown}
        rest={changed.more || !all ? changed : then}
        empty={
          <Empty title={t('그때와 지금이 같습니다.', 'Nothing has changed since.')}>
            <p>
              {t(
                '더 앞의 날로 가거나, ‘달라진 것만’을 꺼서 그때의 목록을 보십시오.',
                'Go further back, or switch “Differences only” off.',
              )}
            </p>
          </Empty>
        }
        keyOf={({ key }) => key}
        columns={[
          title,
          { head: t('그때', 'Then'), text: (row) => tell(row.then), show: (row) => (row.then === null ? none : tell(row.then)) },
          { head: t('지금', 'Now'), text: (row) => tell(row.now), show: (row) => (row.now === null ? none : tell(row.now)) },
          {
            head: t('달라짐', 'Change'),
            text: (row) => (!row.changed ? t('그대로', 'same') : row.then === null ? t('새로 옴', 'new') : t('다름', 'differs')),
            show: (row) =>
              row.changed ? (
                <strong>{row.then === null ? t('새로 옴', 'new') : t('다름', 'differs')}</strong>
              ) : (
                <span className="quiet">{t('그대로', 'same')}</span>
              ),
          },
        ]}
      >
        <Button aria-pressed={!all} onClick={() => setAll(!all)}>
          {t('달라진 것만', 'Differences only')}
        </Button>
      </DataTable>
      <MoreButton more={changed.more} onMore={changed.readMore} />
      {all && !changed.more && <MoreButton more={then.more} onMore={then.readMore} />}
    </div>
  );
}
