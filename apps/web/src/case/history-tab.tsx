import { lazy, Suspense, useState } from 'react';
import type { Case, Clock, Page, PersonInCase, ProblemDocument, TimelineRow } from '../contract.js';
import { download } from '../csv.js';
import { ask, Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { CsvButton } from '../pieces/case-list.js';
import { Button, ProblemSummary } from '../pieces/form.js';
import { Instant, ReadProblem, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { useSession } from '../session.js';
import { withNames } from './names.js';
import { Person, usePeople } from './people.js';

const GlancePicture = lazy(() => import('./glance-picture.js'));

/** What happened, in the service's own sentences, oldest first. */
export function HistoryTab({ the }: { the: Case }) {
  const { t, say } = useSpeech();
  const path = `/v1/consultations/${the.consultation}/timeline`;
  const { data, error } = useRead<Page<TimelineRow>>(`${path}?limit=200`);
  const people = usePeople(the.consultation);
  const clock = useRead<Clock>(the.received === null ? null : `/v1/consultations/${the.consultation}/clock`);
  if (error !== null) return <ReadProblem error={error} />;
  if (data === undefined) return <Waiting />;
  return (
    <div className="stack">
      {(the.received === null || clock.data !== undefined) && (
        <Suspense fallback={null}>
          <GlancePicture the={the} clock={clock.data} />
        </Suspense>
      )}
      <div className="row spread">
        <p className="quiet">
          {t('지울 수 없는 기록입니다. 오래된 것부터 보입니다.', 'The record, which nobody can erase. Oldest first.')}
        </p>
        <div className="row">
          <CsvButton<TimelineRow>
            path={path}
            name={`history-${the.consultation}`}
            columns={{
              head: ['기록 위치', '때', '기관', '사람', '종류', '내용'],
              cells: (row) => [Number(row.position), row.at, row.agency, row.person, row.type, row.ko],
            }}
          />
          <EvidenceButton the={the} />
          <Button onClick={() => window.print()}>{t('인쇄', 'Print')}</Button>
        </div>
      </div>
      <ol className="timeline">
        {data.rows.map((row) => (
          <li key={row.place}>
            <Instant at={row.at} />
            <p>{withNames(say(row).replace(/^\d{4}[^:]*\d{2}:\d{2}:? /, ''), people)}</p>
          </li>
        ))}
      </ol>
      <People people={people} />
    </div>
  );
}

/** Who the pseudonyms of the record are, for whoever may know. */
function People({ people }: { people: readonly PersonInCase[] }) {
  const { t } = useSpeech();
  if (people.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="people-title">
      <h2 id="people-title">{t('이 사건에서 일한 사람', 'Who acted in this case')}</h2>
      <p className="quiet">
        {t(
          '기록에는 이름 대신 번호가 남습니다. 이름은 같은 기관 사람에게만 보입니다.',
          'The record has numbers instead of names. Names are shown to people of the same agency only.',
        )}
      </p>
      <ul>
        {people.map(({ person, agency }) => (
          <li key={`${person} ${agency}`}>
            <Person id={person} people={people} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** 증거 묶음: every event of the case with proofs that anybody can check without this service. */
function EvidenceButton({ the }: { the: Case }) {
  const { t } = useSpeech();
  const { me, is } = useSession();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  // It holds the internal opinion, which the applicant may not read.
  if (!is('auditor') && me.agency !== the.authority.id) return null;
  const fetchBundle = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { body } = await ask<string>(`/v1/consultations/${the.consultation}/evidence`);
      download(`sajeon-${the.consultation}.evidence.jsonl`, body, 'application/jsonl');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error.document);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button busy={busy} onClick={() => void fetchBundle()}>
        {busy ? t('만드는 중…', 'Preparing…') : t('증거 묶음 내려받기', 'Download evidence')}
      </Button>
      <ProblemSummary problem={problem} />
    </>
  );
}
