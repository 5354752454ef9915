import { useState } from 'react';
import { Link, useSearch } from 'wouter';
import type { AgencyRow, AuditFinding, Case } from '../contract.js';
import { josa } from '../format.js';
import { useSpeech } from '../language.js';
import { ActForm } from '../pieces/act-form.js';
import { Filter } from '../pieces/case-list.js';
import { TextField } from '../pieces/form.js';
import { Badge, Deadline, Empty, Facts, LegalDate, ReadProblem, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { useSession } from '../session.js';
import { FINDING } from '../terms.js';
import { recordPath } from './finding-of.js';

/** 지적과 답변: auditors raise, look at answers and close; an agency answers what is addressed to it. */
export function FindingsTab() {
  const { t, say } = useSpeech();
  const { is } = useSession();
  const [status, setStatus] = useState('');
  const { data, error } = useRead<{ rows: readonly AuditFinding[] }>('/v1/audit/findings');
  const rows = (data?.rows ?? []).filter((row) => status === '' || row.status === status);
  return (
    <div className="stack">
      {is('auditor') && <Raise />}
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && data.rows.length > 0 && (
        <div className="toolbar">
          <Filter
            label={t('상태', 'Status')}
            value={status}
            onChange={setStatus}
            choices={[
              ['', t('모두', 'All')],
              ...(Object.keys(FINDING) as AuditFinding['status'][]).map((one) => [one, say(FINDING[one])] as const),
            ]}
          />
          <p className="quiet" role="status">
            {t(`${rows.length}건`, `${rows.length} finding(s)`)}
          </p>
        </div>
      )}
      {data !== undefined && data.rows.length === 0 && (
        <Empty title={t('지적이 없습니다.', 'No finding.')}>
          <p>
            {is('auditor')
              ? t(
                  '표본이나 질문의 답에서 ‘지적하기’를 누르면 그 기록과 그때의 기록 위치가 함께 적힙니다.',
                  'Press “Raise” in a sample or an answer: the record and its position are then filled in.',
                )
              : t(
                  '감사기관이 우리 기관에 답을 구하면 답변 기한과 함께 여기에 나타납니다.',
                  'When an auditor wants an answer from us, it appears here with its due date.',
                )}
          </p>
        </Empty>
      )}
      {rows.map((row) => (
        <OneFinding key={row.finding} row={row} />
      ))}
    </div>
  );
}

function Raise() {
  const { t } = useSpeech();
  const given = new URLSearchParams(useSearch());
  const [number, setNumber] = useState('');
  const about = given.get('about') ?? (number.trim() === '' ? '' : `consultation-${number.trim()}`);
  const question = given.get('question');
  const consultation = /^consultation-(.+)$/.exec(about)?.[1];
  const project = /^project-(.+)$/.exec(about)?.[1];
  const the = useRead<Case>(consultation === undefined ? null : `/v1/consultations/${encodeURIComponent(consultation)}`);
  const planned = useRead<{ agency: string }>(project === undefined ? null : `/v1/projects/${encodeURIComponent(project)}`);
  const parties =
    the.data !== undefined
      ? [the.data.authority, the.data.applicant]
      : planned.data !== undefined
        ? [{ id: planned.data.agency, name: planned.data.agency }]
        : [];
  const seenAt = given.get('seenAt') ?? the.data?.position ?? '';
  return (
    <section className="panel" aria-labelledby="raise-title">
      <h2 id="raise-title">{t('새 지적', 'A new finding')}</h2>
      {given.get('about') === null && (
        <TextField
          label={t('어느 사건에 대해', 'About which case')}
          pointer="/about"
          value={number}
          onChange={setNumber}
          hint={t(
            '접수번호. 표본이나 질문의 답에서 오면 저절로 적힙니다.',
            'Its number; filled in when you come from a sample or an answer.',
          )}
        />
      )}
      {the.error !== null && <ReadProblem error={the.error} />}
      {parties.length > 0 && (
        <>
          <p>
            {the.data?.plan.content.title ?? about}{' '}
            <span className="quiet">{t(`기록 위치 ${seenAt}에서 본 것`, `as seen at log position ${seenAt}`)}</span>
          </p>
          <ActForm
            path="/v1/audit/findings"
            open={t('지적 쓰기', 'Write a finding')}
            fields={[
              {
                name: 'agency',
                label: t('답할 기관', 'Agency to answer'),
                kind: 'choice',
                choices: parties.map(({ id, name }) => ({ value: id, label: name })),
              },
              { name: 'title', label: t('제목', 'Title'), kind: 'text' },
              { name: 'text', label: t('지적 내용', 'What was found'), kind: 'area' },
              { name: 'answerBy', label: t('답변 기한', 'Answer by'), kind: 'date' },
            ]}
            body={(typed) => ({ ...typed, about, seenAt, ...(question === null ? {} : { question }) })}
            done={{ ko: '지적을 기록했습니다. 그 기관에 답변을 요구합니다.', en: 'Recorded; the agency is asked to answer.' }}
          />
        </>
      )}
    </section>
  );
}

function OneFinding({ row }: { row: AuditFinding }) {
  const { t, say } = useSpeech();
  const { me, is } = useSession();
  const agency = useRead<AgencyRow>(`/v1/agencies/${encodeURIComponent(row.agency)}`).data?.name ?? row.agency;
  const title = `finding-${row.finding}`;
  const path = `/v1/audit/findings/${row.finding}`;
  const record = recordPath(row.about);
  const due = row.rejection?.answerBy ?? row.answerBy;
  const facts: (readonly [string, React.ReactNode])[] = [
    [t('지적 내용', 'What was found'), row.text],
    [
      t('어느 기록', 'Record'),
      <>
        {record === null ? row.about : <Link href={record}>{row.about}</Link>}{' '}
        <span className="quiet">{t(`기록 위치 ${row.seenAt}`, `log position ${row.seenAt}`)}</span>
      </>,
    ],
    [t('답변 기한', 'Answer by'), row.status === 'open' ? <Deadline date={due} /> : <LegalDate date={due} />],
  ];
  if (row.answer !== null) {
    facts.push([t('답변', 'Answer'), [row.answer.answer, ...row.answer.measures.map((measure) => `· ${measure}`)].join('\n')]);
  }
  if (row.rejection !== null) facts.push([t('다시 요구한 까닭', 'Why another answer is due'), row.rejection.reason]);
  if (row.closedBecause !== null) facts.push([t('마무리', 'Closed'), row.closedBecause]);
  return (
    <section className="panel" aria-labelledby={title}>
      <div className="row spread">
        <h2 id={title}>{row.title}</h2>
        <Badge tone={FINDING[row.status].tone}>{say(FINDING[row.status])}</Badge>
      </div>
      <p className="quiet">{t(`${agency}${josa(agency, '이', '가')} 답할 지적`, `To be answered by ${agency}`)}</p>
      <Facts rows={facts} />
      <div className="row">
        {row.status === 'open' && row.agency === me.agency && !is('auditor') && (
          <ActForm
            path={`${path}/answer`}
            revision={row.revision}
            open={t('답변하기', 'Answer')}
            fields={[
              { name: 'answer', label: t('답변', 'Answer'), kind: 'area' },
              {
                name: 'measures',
                label: t('조치사항', 'Measures'),
                kind: 'area',
                optional: true,
                hint: t('한 줄에 하나씩', 'One a line'),
              },
            ]}
            body={({ answer, measures = '' }) => ({
              answer,
              measures: measures
                .split('\n')
                .map((line) => line.trim())
                .filter((line) => line !== ''),
            })}
            done={{ ko: '답변을 냈습니다.', en: 'Your answer is recorded.' }}
          />
        )}
        {row.status === 'answered' && is('auditor') && (
          <>
            <ActForm
              path={`${path}/resolution`}
              revision={row.revision}
              open={t('해소로 마치기', 'Resolve')}
              fields={[{ name: 'remarks', label: t('확인한 것', 'What was checked'), kind: 'area' }]}
              done={{ ko: '지적이 해소되었습니다.', en: 'The finding is resolved.' }}
            />
            <ActForm
              path={`${path}/rejection`}
              revision={row.revision}
              open={t('답변 다시 요구', 'Ask for another answer')}
              fields={[
                { name: 'reason', label: t('까닭', 'Why'), kind: 'area' },
                { name: 'answerBy', label: t('답변 기한', 'Answer by'), kind: 'date' },
              ]}
              done={{ ko: '답변을 다시 요구했습니다.', en: 'Another answer is asked for.' }}
            />
          </>
        )}
        {(row.status === 'open' || row.status === 'answered') && is('auditor') && (
          <ActForm
            path={`${path}/withdrawal`}
            revision={row.revision}
            open={t('지적 철회', 'Withdraw')}
            fields={[{ name: 'reason', label: t('철회하는 까닭', 'Why'), kind: 'area' }]}
            done={{ ko: '지적을 철회했습니다.', en: 'The finding is withdrawn.' }}
          />
        )}
      </div>
    </section>
  );
}
