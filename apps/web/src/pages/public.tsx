import { useState } from 'react';
import type { Outcome, PublicDecision, VerifiedLetter } from '../contract.js';
import { download } from '../csv.js';
import { Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { CsvButton, Filter, ListState, MoreButton, SearchBox, useSettled, withQuery } from '../pieces/case-list.js';
import { Button, Form, TextField } from '../pieces/form.js';
import { Badge, Empty, Facts, LegalDate, Title } from '../pieces/show.js';
import { useList, useRead } from '../reading.js';
import { OUTCOME } from '../terms.js';

const TONE: Readonly<Record<Outcome, string>> = { PROCEED: 'success', PROCEED_CONDITIONALLY: 'information', HOLD: 'warning' };

/** 공개 대장: for anybody, without signing in. */
export default function PublicPage() {
  const { t } = useSpeech();
  return (
    <>
      <Title
        lead={t(
          '통보된 사전협의 결과를 누구나 찾아보고, 받은 통보서가 진짜인지 문서번호로 확인할 수 있습니다. 사람의 이름과 연락처는 싣지 않습니다.',
          'Anybody may look up decisions that were notified, and check by its number whether a letter is genuine. Nobody’s name or contact is shown.',
        )}
      >
        {t('사전협의 공개 대장', 'Public register of decisions')}
      </Title>
      <div className="stack">
        <Verify />
        <Register />
      </div>
    </>
  );
}

function Verify() {
  const { t, say } = useSpeech();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const { data, error, isFetching } = useRead<VerifiedLetter>(
    asked === null ? null : withQuery('/v1/public/letters/verification', { number: asked }),
  );
  const unknown = error instanceof Problem && error.status === 404;
  const problem = error instanceof Problem && !unknown ? error.document : null;
  return (
    <section className="panel" aria-labelledby="verify-title">
      <h2 id="verify-title">{t('통보서 진위 확인', 'Verify a letter')}</h2>
      <Form
        problem={problem}
        label={t('통보서 진위 확인', 'Verify a letter')}
        onSubmit={() => setAsked(typed.trim() === '' ? null : typed.trim())}
      >
        <TextField
          label={t('문서번호', 'Document number')}
          pointer="/number"
          value={typed}
          onChange={setTyped}
          hint={t(
            '통보서 머리에 적힌 대로. 예: 디지털정책담당관-1234',
            'As it stands at the head of the letter, e.g. 디지털정책담당관-1234',
          )}
        />
        <div>
          <Button submit weight="primary" busy={isFetching}>
            {t('확인하기', 'Verify')}
          </Button>
        </div>
      </Form>
      <div role="status">
        {unknown && (
          <Empty title={t(`‘${asked ?? ''}’은 이 기록에 없는 문서번호입니다.`, `No letter “${asked ?? ''}” is on this record.`)}>
            <p>
              {t(
                '적은 것이 맞는지 보십시오. 맞는데도 없으면 그 통보서는 여기서 나가지 않았으니 통보서를 준 기관에 확인하십시오.',
                'Check the spelling. If it is right, the letter did not come from here: ask whoever gave it to you.',
              )}
            </p>
          </Empty>
        )}
        {data !== undefined && !unknown && (
          <div className="stack">
            <p>
              <Badge tone={data.standing ? 'success' : 'warning'}>
                {data.standing
                  ? t('진짜이며 지금 효력이 있는 통보서', 'Genuine, and in force')
                  : t('진짜이나 나중 통보로 바뀐 것', 'Genuine, replaced since')}
              </Badge>
            </p>
            <Facts
              rows={[
                [t('문서번호', 'Document number'), data.documentNumber],
                [t('사업명', 'Project'), data.title],
                [t('수신', 'To'), data.applicantName],
                [t('발신', 'From'), data.authorityName],
                [t('검토결과', 'Outcome'), say(OUTCOME[data.outcome])],
                [t('통보일', 'Notified on'), <LegalDate key="day" date={data.notifiedOn} />],
                [t('내용의 해시', 'Hash of its content'), <code key="hash">{data.contentHash}</code>],
              ]}
            />
            <div className="row">
              <Button onClick={() => download(`${data.documentNumber}.tlog-proof`, data.proof, 'text/plain')}>
                {t('증명 파일 내려받기', 'Download the proof')}
              </Button>
              <span className="quiet">
                {t(
                  '이 누리집을 믿지 않아도 로그의 공개키로 확인할 수 있습니다: python3 tools/verify.py',
                  'It can be verified without trusting this site: python3 tools/verify.py',
                )}
              </span>
            </div>
          </div>
        )}
      </div>
    </section>
  );
}

function Register() {
  const { t, say } = useSpeech();
  const [typed, setTyped] = useState('');
  const [outcome, setOutcome] = useState('');
  const path = withQuery('/v1/public/decisions', { q: useSettled(typed), outcome });
  const list = useList<PublicDecision>(path);
  const { rows, more, readMore } = list;
  return (
    <section className="stack" aria-labelledby="register-title">
      <h2 id="register-title">{t('통보된 결과', 'Decisions')}</h2>
      <div className="toolbar">
        <SearchBox id="register-search" label={t('찾기', 'Search')} value={typed} onChange={setTyped} />
        <Filter
          label={t('검토결과', 'Outcome')}
          value={outcome}
          onChange={setOutcome}
          choices={[
            ['', t('모두', 'All')],
            ...(Object.keys(OUTCOME) as Outcome[]).map((one) => [one, say(OUTCOME[one])] as const),
          ]}
        />
        <div className="row push">
          <CsvButton<PublicDecision>
            path={path}
            name="decisions"
            columns={{
              head: ['문서번호', '사업명', '신청기관', '협의기관', '검토결과', '통보일', '조건', '대신한 문서'],
              cells: (row) => [
                row.documentNumber,
                row.title,
                row.applicantName,
                row.authorityName,
                OUTCOME[row.outcome].ko,
                row.notifiedOn,
                row.conditions
                  .map(({ number, text, dueOn }) => `${number}. ${text}${dueOn === null ? '' : ` (${dueOn})`}`)
                  .join('\n'),
                row.amends,
              ],
            }}
          />
        </div>
      </div>
      <ListState
        list={list}
        counted={['건', 'decisions']}
        empty={
          <Empty title={t('찾는 결과가 없습니다.', 'No such decision.')}>
            <p>
              {t(
                '검토결과가 통보되면 그날부터 여기에 실립니다. 검토 중인 사건은 싣지 않습니다.',
                'A decision stands here from the day of its letter. Cases under review do not.',
              )}
            </p>
          </Empty>
        }
      />
      {rows.length > 0 && (
        <table className="list">
          <caption>{t('통보된 결과', 'Decisions')}</caption>
          <thead>
            <tr>
              <th scope="col" className="wide">
                {t('사업', 'Project')}
              </th>
              <th scope="col">{t('검토결과', 'Outcome')}</th>
              <th scope="col">{t('조건', 'Conditions')}</th>
              <th scope="col">{t('통보', 'Letter')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.consultation}>
                <th scope="row">
                  <strong>{row.title}</strong>
                  <span className="quiet">
                    {row.applicantName} → {row.authorityName}
                  </span>
                </th>
                <td data-label={t('검토결과', 'Outcome')}>
                  <Badge tone={TONE[row.outcome]}>{say(OUTCOME[row.outcome])}</Badge>
                </td>
                <td data-label={t('조건', 'Conditions')}>
                  {row.conditions.length === 0 ? (
                    <span className="quiet">{t('없음', 'none')}</span>
                  ) : (
                    <ol>
                      {row.conditions.map(({ number, text, dueOn }) => (
                        <li key={number}>
                          {text} {dueOn !== null && <LegalDate date={dueOn} />}
                        </li>
                      ))}
                    </ol>
                  )}
                </td>
                <td data-label={t('통보', 'Letter')}>
                  {row.documentNumber}
                  <br />
                  <LegalDate date={row.notifiedOn} />
                  {row.amends !== null && (
                    <span className="quiet"> {t(`${row.amends}을(를) 대신함`, `replaces ${row.amends}`)}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreButton more={more} onMore={readMore} />
    </section>
  );
}
