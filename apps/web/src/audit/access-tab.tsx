import { useState } from 'react';
import type { RecordedRead } from '../contract.js';
import { todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { DataTable } from '../pieces/data-table.js';
import { TextField } from '../pieces/form.js';
import { Empty, Instant, ReadProblem, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';

/** 열람 기록: who looked at what on a day, one's own reads included. */
export function AccessTab() {
  const { t } = useSpeech();
  const [day, setDay] = useState(todayInSeoul());
  const { data, error } = useRead<{ rows: readonly RecordedRead[] }>(day === '' ? null : `/v1/audit/reads?day=${day}`);
  return (
    <div className="stack">
      <section className="panel" aria-label={t('날 고르기', 'Choose a day')}>
        <TextField label={t('어느 날', 'Day')} pointer="/day" type="date" value={day} onChange={setDay} />
      </section>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && data.rows.length === 0 && (
        <Empty title={t('그날의 열람이 없습니다.', 'Nobody read anything that day.')}>
          <p>
            {t(
              '감사관이 무엇이든 열면 보여 주기 전에 먼저 기록됩니다.',
              'Whatever an auditor opens is recorded before it is shown.',
            )}
          </p>
        </Empty>
      )}
      {data !== undefined && data.rows.length > 0 && (
        <DataTable<RecordedRead & { readonly place: number }>
          name="access-record"
          title={t('열람 기록', 'Access record')}
          rows={data.rows.map((row, place) => ({ ...row, place })).toReversed()}
          empty={null}
          keyOf={({ place }) => String(place)}
          columns={[
            { head: t('때', 'When'), text: ({ at }) => at, show: ({ at }) => <Instant at={at} /> },
            { head: t('누가', 'Who'), text: ({ person }) => person },
            { head: t('기관', 'Agency'), text: ({ agency }) => agency },
            {
              head: t('무엇을', 'What'),
              text: ({ asked }) => asked,
              show: ({ asked }) => <span className="number break">{decoded(asked)}</span>,
            },
          ]}
        />
      )}
    </div>
  );
}

/** An address as people read it; one that is no proper text is shown as it was asked. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
