import { useState } from 'react';
import type { Holidays } from '../contract.js';
import { todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { ActForm } from '../pieces/act-form.js';
import { DataTable } from '../pieces/data-table.js';
import { Button } from '../pieces/form.js';
import { Badge, Empty, LegalDate, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { useSession } from '../session.js';

const KIND: Readonly<Record<string, { ko: string; en: string; tone: string }>> = {
  statute: { ko: '법정', en: 'By statute', tone: 'gray' },
  substitute: { ko: '대체', en: 'Substitute', tone: 'information' },
  gazetted: { ko: '임시·선거', en: 'Gazetted', tone: 'warning' },
  temporary: { ko: '임시·선거', en: 'Gazetted', tone: 'warning' },
};

/** 공휴일: on which days offices are closed, by statute and by gazette; deadlines are counted by it. */
export default function HolidaysPage() {
  const { t, say } = useSpeech();
  const { is } = useSession();
  const [year, setYear] = useState(Number(todayInSeoul().slice(0, 4)));
  const { data, error } = useRead<Holidays>(`/v1/holidays?year=${year}`, { keep: true });
  const gazetted = new Map((data?.gazetted ?? []).map((one) => [one.date, one]));
  return (
    <>
      <Title
        lead={t(
          '법으로 정한 날과 대체공휴일은 계산하고, 임시공휴일과 선거일은 고시를 근거로 등록합니다. 처리기한은 이 달력으로 셉니다.',
          'Statutory and substitute days are computed; temporary ones are entered from the gazette. Deadlines count by this calendar.',
        )}
      >
        {t('공휴일', 'Holidays')}
      </Title>
      <div className="row">
        <Button onClick={() => setYear(year - 1)}>{t('앞 해', 'Year before')}</Button>
        <strong role="status">{t(`${year}년`, String(year))}</strong>
        <Button onClick={() => setYear(year + 1)}>{t('다음 해', 'Next year')}</Button>
      </div>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <DataTable
          name={`holidays-${year}`}
          title={t(`${year}년 공휴일`, `Holidays of ${year}`)}
          rows={data.holidays}
          keyOf={({ date, name }) => `${date} ${name}`}
          empty={
            <Empty title={t('알려진 공휴일이 없습니다.', 'No holiday is known.')}>
              <p>{t('다른 해를 고르십시오.', 'Choose another year.')}</p>
            </Empty>
          }
          columns={[
            { head: t('날짜', 'Day'), text: ({ date }) => date, show: ({ date }) => <LegalDate date={date} /> },
            { head: t('이름', 'Name'), text: ({ name }) => name },
            {
              head: t('종류', 'Kind'),
              text: ({ kind }) => KIND[kind]?.ko ?? kind,
              show: ({ kind }) => <Badge tone={KIND[kind]?.tone ?? 'gray'}>{say(KIND[kind] ?? { ko: kind, en: kind })}</Badge>,
            },
            { head: t('근거', 'Source'), text: ({ date }) => gazetted.get(date)?.source ?? '' },
          ]}
        />
      )}
      {is('administrator') && data !== undefined && (
        <section className="panel stack" aria-labelledby="gazette">
          <h2 id="gazette">{t('고시된 공휴일', 'Gazetted holidays')}</h2>
          <ActForm
            path="/v1/holidays"
            open={t('임시공휴일·선거일 등록', 'Enter a gazetted holiday')}
            fields={[
              { name: 'date', label: t('날짜', 'Day'), kind: 'date' },
              { name: 'name', label: t('이름', 'Name'), kind: 'text' },
              { name: 'source', label: t('고시 또는 법률', 'Gazette or statute'), kind: 'text' },
              { name: 'announcedOn', label: t('고시한 날', 'Announced on'), kind: 'date' },
            ]}
            done={{
              ko: '공휴일을 등록했습니다. 아직 지나지 않은 기한이 다시 셈해집니다.',
              en: 'Entered; open deadlines are counted anew.',
            }}
          />
          {data.revision !== null &&
            data.gazetted.map((one) => (
              <div className="row spread" key={one.date}>
                <span>
                  <LegalDate date={one.date} /> {one.name} <span className="quiet">{one.source}</span>
                </span>
                <ActForm
                  path={`/v1/holidays/${one.date}/correction`}
                  revision={data.revision ?? ''}
                  open={t(`${one.name} 지우기`, `Take ${one.name} back`)}
                  fields={[{ name: 'reason', label: t('정정 사유', 'Why it is corrected'), kind: 'area' }]}
                  body={({ reason }) => ({ holiday: null, reason })}
                  done={{ ko: '정정했습니다.', en: 'Corrected.' }}
                />
              </div>
            ))}
        </section>
      )}
    </>
  );
}
