import { useState } from 'react';
import type { ProblemDocument, ProcurementAuthorization, ProcurementToken, TokenVerdict } from '../contract.js';
import { download } from '../csv.js';
import { ask, Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { Button, Form, ProblemSummary, TextArea } from '../pieces/form.js';
import { Badge, Facts, LegalDate } from '../pieces/show.js';
import { expired } from '../reading.js';
import { OUTCOME } from '../terms.js';

/** Runs one question to the service and keeps what it refuses. */
function useAsking(): {
  readonly busy: boolean;
  readonly problem: ProblemDocument | null;
  readonly asking: (work: () => Promise<void>) => void;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) expired.set(true);
      setProblem(error.document);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, asking: (work) => void run(work) };
}

/** 발주 확인 토큰: issued, saved as a file, and verified wherever it turns up. */
export function TokenPanel({ project, onIssued }: { project: string; onIssued: (token: string) => void }) {
  const { t } = useSpeech();
  const [issued, setIssued] = useState<ProcurementToken | null>(null);
  const { busy, problem, asking } = useAsking();
  const issue = (): void =>
    asking(async () => {
      const { body } = await ask<ProcurementToken>(`/v1/projects/${project}/procurement-token`);
      setIssued(body);
      onIssued(body.token);
    });
  return (
    <section className="panel" aria-labelledby="token-title">
      <h2 id="token-title">{t('발주 확인 토큰', 'Procurement token')}</h2>
      <p className="quiet">
        {t(
          '어느 계획서를 어떤 조건으로 발주해도 되는지 서명한 쪽지입니다. 입찰 서류에 붙이면 누구나 확인할 수 있습니다.',
          'A signed note: which plan may be ordered, under which open conditions. Attach it to the tender; anybody can verify it.',
        )}
      </p>
      <ProblemSummary problem={problem} />
      <div className="row">
        <Button weight="secondary" busy={busy} onClick={issue}>
          {t('토큰 발급', 'Issue the token')}
        </Button>
        {issued !== null && (
          <Button onClick={() => download(`sajeon-token-${project}.txt`, issued.token, 'text/plain;charset=utf-8')}>
            {t('토큰 내려받기', 'Download the token')}
          </Button>
        )}
      </div>
      {issued !== null && (
        <div role="status">
          <Says says={issued.says} />
          <details>
            <summary>{t('토큰 원문', 'The token itself')}</summary>
            <pre className="token" tabIndex={0} aria-label={t('토큰 원문', 'The token itself')}>
              {issued.token}
            </pre>
          </details>
        </div>
      )}
      <Verify given={issued?.token ?? ''} />
    </section>
  );
}

function Says({ says }: { says: ProcurementAuthorization }) {
  const { t, say } = useSpeech();
  return (
    <Facts
      rows={[
        [t('기관', 'Agency'), says.agency.name],
        [t('결과', 'Outcome'), `${says.authority.name}: ${say(OUTCOME[says.outcome])}`],
        [
          t('근거 문서', 'Letter'),
          <>
            {says.documentNumber} (<LegalDate date={says.notifiedOn} />)
          </>,
        ],
        [
          t('발주해도 되는 계획서', 'Plan that may be ordered'),
          says.plans.map(({ version, hash }) => (
            <span key={hash} className="row">
              {t(`${version}판`, `version ${version}`)} <code>{hash.slice(0, 12)}…</code>
            </span>
          )),
        ],
        [
          t('남은 조건', 'Open conditions'),
          says.openConditions.length === 0 ? (
            t('없음', 'none')
          ) : (
            <ol className="plan-list">
              {says.openConditions.map(({ number, text, dueOn }) => (
                <li key={number}>
                  {text} {dueOn !== null && <LegalDate date={dueOn} />}
                </li>
              ))}
            </ol>
          ),
        ],
      ]}
    />
  );
}

function Verify({ given }: { given: string }) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState('');
  const [verdict, setVerdict] = useState<TokenVerdict | null>(null);
  const { busy, problem, asking } = useAsking();
  const verify = (): void =>
    asking(async () => {
      setVerdict(null);
      const body = { token: typed };
      setVerdict((await ask<TokenVerdict>('/v1/procurement-tokens/verifications', { method: 'POST', body })).body);
    });
  return (
    <details>
      <summary>{t('받은 토큰 확인하기', 'Verify a token')}</summary>
      <Form problem={problem} label={t('토큰 확인', 'Verify a token')} onSubmit={verify}>
        <TextArea
          label={t('토큰', 'Token')}
          pointer="/token"
          rows={4}
          value={typed}
          onChange={setTyped}
          hint={t('첫 줄부터 서명 줄까지 그대로 붙이십시오.', 'Paste every line of it, the signature too.')}
        />
        <div className="row">
          <Button submit busy={busy}>
            {t('확인하기', 'Verify')}
          </Button>
          {given !== '' && <Button onClick={() => setTyped(given)}>{t('방금 발급한 것 넣기', 'Use the one above')}</Button>}
        </div>
      </Form>
      {verdict !== null && (
        <div role="status">
          <p className="row">
            <Badge tone={verdict.genuine ? 'success' : 'danger'}>
              {verdict.genuine ? t('이 서비스가 서명한 토큰', 'Signed by this service') : t('서명이 맞지 않음', 'Not genuine')}
            </Badge>
            {verdict.genuine && (
              <Badge tone={verdict.stands ? 'success' : 'warning'}>
                {verdict.stands ? t('지금도 그대로 유효', 'Still holds') : t('그사이 달라짐', 'Has changed since')}
              </Badge>
            )}
          </p>
          {verdict.genuine && <Says says={verdict.says} />}
          {verdict.genuine && !verdict.stands && (
            <p className="warn">
              {verdict.now === null
                ? t('지금은 발주할 수 없습니다.', 'Nothing may be ordered now.')
                : t('지금의 조건은 다릅니다. 토큰을 새로 받으십시오.', 'The terms are different now: ask for a new token.')}
            </p>
          )}
        </div>
      )}
    </details>
  );
}
