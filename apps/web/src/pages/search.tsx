import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { AgencyRow, ApplicationRow, Page, QueueRow, SystemRow } from '../contract.js';
import { useSpeech } from '../language.js';
import { withQuery } from '../pieces/case-list.js';
import { Empty, ReadProblem, StatusBadge, Title, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { useSession } from '../session.js';
import { TIER } from '../terms.js';

const MOST = '10';

/** 통합검색: cases that this person may see, systems and agencies, all by the same words. */
export default function SearchPage() {
  const { t, say } = useSpeech();
  const { is } = useSession();
  const [params] = useSearchParams();
  const q = params.get('q') ?? '';
  const asked = q.trim() !== '';
  const path = (address: string): string | null => (asked ? withQuery(address, { q, limit: MOST }) : null);
  const own = useRead<Page<ApplicationRow>>(is('applicant', 'auditor') ? path('/v1/consultations') : null);
  const queue = useRead<Page<QueueRow>>(is('reviewer', 'approver') ? path('/v1/consultations/queue') : null);
  const systems = useRead<Page<SystemRow>>(path('/v1/systems'));
  const agencies = useRead<Page<AgencyRow>>(path('/v1/agencies'));
  const cases = [...(own.data?.rows ?? []), ...(queue.data?.rows ?? [])];
  const waiting = asked && [own, queue, systems, agencies].some((read) => read.isLoading);
  const error = [own, queue, systems, agencies].find((read) => read.isError)?.error ?? null;
  const found = cases.length + (systems.data?.rows.length ?? 0) + (agencies.data?.rows.length ?? 0);
  return (
    <>
      <Title
        lead={
          asked
            ? t(`‘${q}’을 사건, 정보시스템, 기관에서 찾았습니다.`, `“${q}” among cases, systems and agencies.`)
            : t('찾을 말을 위에 적으십시오.', 'Type what you look for above.')
        }
      >
        {t('통합검색', 'Search everywhere')}
      </Title>
      {error !== null && <ReadProblem error={error} />}
      {waiting && <Waiting />}
      {asked && !waiting && found === 0 && error === null && (
        <Empty title={t('찾지 못했습니다.', 'Nothing found.')}>
          <p>
            {t(
              '낱말을 줄이거나 초성으로 찾아보십시오. 띄어쓰기는 달라도 됩니다.',
              'Use fewer words or initial consonants. Spaces do not matter.',
            )}
          </p>
        </Empty>
      )}
      <Found id="cases" title={t('사건', 'Cases')} count={cases.length}>
        {cases.map((row) => (
          <li key={row.consultation}>
            <Link href={`/cases/${row.consultation}`}>{row.title}</Link>
            <span className="row">
              <span className="quiet">{row.applicantName}</span>
              <StatusBadge status={row.status} />
            </span>
          </li>
        ))}
      </Found>
      <Found id="systems" title={t('정보시스템', 'Systems')} count={systems.data?.rows.length ?? 0}>
        {systems.data?.rows.map((row) => (
          <li key={row.system}>
            <Link href={`/systems/${row.system}`}>{row.title}</Link>
            <span className="quiet">{row.agency}</span>
          </li>
        ))}
      </Found>
      <Found id="agencies" title={t('기관', 'Agencies')} count={agencies.data?.rows.length ?? 0}>
        {agencies.data?.rows.map((row) => (
          <li key={row.agency}>
            <strong>{row.name}</strong>
            <span className="quiet">{say(TIER[row.tier])}</span>
          </li>
        ))}
      </Found>
    </>
  );
}

function Found({ id, title, count, children }: { id: string; title: string; count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <section aria-labelledby={`found-${id}`}>
      <h2 id={`found-${id}`}>
        {title} <span className="count">{count}</span>
      </h2>
      <ul className="cards">{children}</ul>
    </section>
  );
}
