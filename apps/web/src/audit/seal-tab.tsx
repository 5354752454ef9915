import { useState } from 'react';
import { daysUntil, todayInSeoul } from '../format.js';
import { Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { withQuery } from '../pieces/case-list.js';
import { TextField } from '../pieces/form.js';
import { Facts, ReadProblem, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { readNote } from './note.js';

interface Readiness {
  readonly seal?: { readonly status: string; readonly cause: string | null; readonly size: string };
}

const DAY_MS = 86_400_000;
const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
const KINDS = [
  ['cloudevents', 'CloudEvents (JSONL)'],
  ['xes', 'XES (IEEE 1849)'],
  ['ocel', 'OCEL 2.0 (JSON)'],
] as const;

/** 무결성: what signed checkpoints say of the log, and the log to take along. */
export function SealTab() {
  const { t } = useSpeech();
  const checkpoint = useRead<string>('/v1/log/checkpoint');
  const keys = useRead<string>('/v1/log/keys');
  const health = useRead<Readiness>('/readyz');
  if (checkpoint.error !== null) return <ReadProblem error={checkpoint.error} />;
  if (checkpoint.data === undefined) return <Waiting />;
  const note = readNote(checkpoint.data);
  const behind = health.data?.seal;
  return (
    <div className="stack">
      <section className="panel" aria-labelledby="checkpoint-title">
        <h2 id="checkpoint-title">{t('가장 새로운 체크포인트', 'The newest checkpoint')}</h2>
        <Facts
          rows={[
            [t('로그', 'Log'), note.origin],
            [t('봉인된 기록 수', 'Events sealed'), Number(note.size).toLocaleString('ko-KR')],
            [t('뿌리 해시', 'Root hash'), <code key="root">{note.root}</code>],
            [
              t('서명', 'Signatures'),
              note.signers
                .map((name) => (name === note.origin ? t(`${name} (로그 자신)`, `${name} (the log itself)`) : name))
                .join('\n'),
            ],
            [
              t('증인', 'Witnesses'),
              note.witnesses.length === 0
                ? t(
                    '이 체크포인트에 함께 서명한 증인이 없습니다. 감사기관이나 지방자치단체가 증인을 돌리면 여기에 이름이 나타납니다.',
                    'No witness has cosigned this checkpoint. When an auditor or a local government runs one, its name appears here.',
                  )
                : note.witnesses.join('\n'),
            ],
            ...(behind === undefined
              ? []
              : [
                  [
                    t('봉인 상태', 'Sealing'),
                    behind.status === 'sealing'
                      ? t('봉인이 기록을 따라가고 있습니다.', 'The seal follows the log.')
                      : t(`멈춤: ${behind.cause ?? behind.status}`, `Stopped: ${behind.cause ?? behind.status}`),
                  ] as const,
                ]),
          ]}
        />
        <p>
          {t(
            '이 화면이 아니라 밖에서 받은 공개키로 확인해야 증명이 됩니다. 증거 묶음과 함께 내려받아 아래 명령으로 확인하십시오.',
            'It proves something only with a public key that you got elsewhere. Verify a bundle offline with either program.',
          )}
        </p>
        <pre className="note" tabIndex={0} aria-label={t('확인하는 명령', 'Commands that verify')}>
          {'python3 tools/verify.py FILE --key KEYFILE\nnode tools/verify.mjs FILE --key KEYFILE'}
        </pre>
        <h3>{t('로그의 공개키', 'Public keys of the log')}</h3>
        {keys.data !== undefined && (
          <pre className="note" tabIndex={0} aria-label={t('로그의 공개키', 'Public keys of the log')}>
            {keys.data.trim()}
          </pre>
        )}
      </section>
      <Closing />
      <Exports />
    </div>
  );
}

function Closing() {
  const { t } = useSpeech();
  const [day, setDay] = useState(dayBefore(todayInSeoul()));
  const closing = useRead<string>(day === '' ? null : `/v1/log/closings/${day}`);
  const note = closing.data === undefined ? null : readNote(closing.data);
  const none = closing.error instanceof Problem && closing.error.status === 404;
  return (
    <section className="panel" aria-labelledby="closing-title">
      <h2 id="closing-title">{t('하루 마감', 'Daily closing')}</h2>
      <TextField label={t('어느 날의 마감', 'Closing of the day')} pointer="/closing" type="date" value={day} onChange={setDay} />
      {none && (
        <p role="status">
          {daysUntil(day, todayInSeoul()) >= 0
            ? t('오늘과 그 뒤의 날은 아직 마감하지 않았습니다.', 'Today and later days are not closed yet.')
            : t('그날까지 봉인된 기록이 없습니다.', 'Nothing was sealed by then.')}
        </p>
      )}
      {closing.error !== null && !none && <ReadProblem error={closing.error} />}
      {note !== null && (
        <Facts
          rows={[
            [t('마감 때 봉인된 기록 수', 'Events sealed at the closing'), Number(note.size).toLocaleString('ko-KR')],
            [t('뿌리 해시', 'Root hash'), <code key="root">{note.root}</code>],
          ]}
        />
      )}
    </section>
  );
}

/** Of a period: between the closing of the day before and that of its last day. */
function Exports() {
  const { t } = useSpeech();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const before = useRead<string>(from === '' ? null : `/v1/log/closings/${dayBefore(from)}`);
  const last = useRead<string>(to === '' ? null : `/v1/log/closings/${to}`);
  const leaf = (note: string | undefined): string => (note === undefined ? '' : readNote(note).size);
  const query = { from: leaf(before.data), to: leaf(last.data) };
  return (
    <section className="panel" aria-labelledby="exports-title">
      <h2 id="exports-title">{t('내보내기', 'Exports')}</h2>
      <p>
        {t(
          '기록 전체나 기간을 다른 프로그램이 읽는 꼴로 받습니다. 줄마다 봉인 번호가 있고, 명세에 체크포인트와 파일의 해시가 있습니다. 한 사건의 증거 묶음은 그 사건의 이력에 있습니다.',
          'The log, or a period of it, as other programs read it. Every row has the index of its leaf; the manifest has checkpoint and hash. The evidence bundle of a case is in its history.',
        )}
      </p>
      <div className="two">
        <TextField
          label={t('첫날', 'First day')}
          pointer="/from"
          type="date"
          value={from}
          onChange={setFrom}
          hint={t('비우면 처음부터', 'From the beginning when empty')}
        />
        <TextField
          label={t('마지막 날', 'Last day')}
          pointer="/to"
          type="date"
          value={to}
          onChange={setTo}
          hint={t('비우면 가장 새로운 체크포인트까지', 'Up to the newest checkpoint when empty')}
        />
      </div>
      <p className="quiet" role="status">
        {t(
          `봉인 번호 ${query.from === '' ? '0' : query.from}부터 ${query.to === '' ? '가장 새로운 체크포인트' : query.to}까지`,
          `Leaves ${query.from === '' ? '0' : query.from} to ${query.to === '' ? 'the newest checkpoint' : query.to}`,
        )}
      </p>
      <ul className="cards">
        {KINDS.map(([kind, name]) => (
          <li key={kind}>
            <span>{name}</span>
            <span className="row">
              <a className="krds-btn small tertiary" href={withQuery('/v1/exports', { kind, ...query })} download>
                {t(`${name} 내려받기`, `Download ${name}`)}
              </a>
              <a
                className="krds-btn small tertiary"
                href={withQuery('/v1/exports/manifest', { kind, ...query })}
                download={`sajeon.${kind}.manifest.json`}
              >
                {t(`${name} 명세`, `Manifest of ${name}`)}
              </a>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
