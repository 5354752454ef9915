import { useState } from 'react';
import { Link } from 'wouter';
import type { AnsweredRecord, QuestionAnswer, SavedQuestion } from '../contract.js';
import { Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { withQuery } from '../pieces/case-list.js';
import { DataTable } from '../pieces/data-table.js';
import { Button, Form, SelectField, TextField } from '../pieces/form.js';
import { Empty, Instant, ReadProblem, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { raisePath, recordPath } from './finding-of.js';

/** 질문 모음: put to every case and project, as of any moment. */
export function QuestionsTab() {
  const { t, say } = useSpeech();
  const questions = useRead<readonly SavedQuestion[]>('/v1/audit/questions');
  const [chosen, setChosen] = useState('');
  const [days, setDays] = useState('30');
  const [asOf, setAsOf] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const answered = useRead<QuestionAnswer>(asked);
  const question = chosen === '' ? (questions.data?.[0]?.id ?? '') : chosen;
  const problem = answered.error instanceof Problem ? answered.error.document : null;
  const words = questions.data?.find(({ id }) => id === answered.data?.question);
  if (questions.error !== null) return <ReadProblem error={questions.error} />;
  if (questions.data === undefined) return <Waiting />;
  return (
    <div className="stack">
      <section className="panel" aria-labelledby="ask-title">
        <h2 id="ask-title">{t('기록 전체에 묻기', 'Ask the whole record')}</h2>
        <Form
          problem={problem}
          label={t('기록 전체에 묻기', 'Ask the whole record')}
          onSubmit={() =>
            setAsked(withQuery('/v1/audit/answers', { question, asOf, ...(question === 'long-pauses' ? { days } : {}) }))
          }
        >
          <SelectField
            label={t('질문', 'Question')}
            pointer="/question"
            value={question}
            onChange={setChosen}
            choices={questions.data.map(({ id, text }) => ({ value: id, label: say(text) }))}
          />
          <div className="two">
            {question === 'long-pauses' && (
              <TextField
                label={t('며칠 넘게 멈춘 것', 'Longer than (days)')}
                pointer="/days"
                value={days}
                onChange={setDays}
                inputMode="numeric"
              />
            )}
            <TextField
              label={t('언제의 기록에서', 'As of')}
              pointer="/asOf"
              value={asOf}
              onChange={setAsOf}
              hint={t('기록 위치나 날짜(2026-11-30). 비우면 지금.', 'A log position or a date (2026-11-30); now when empty.')}
            />
          </div>
          <div>
            <Button submit weight="primary" busy={answered.isFetching}>
              {answered.isFetching ? t('기록을 읽는 중…', 'Reading the record…') : t('묻기', 'Ask')}
            </Button>
          </div>
        </Form>
      </section>
      {answered.error !== null && problem === null && <ReadProblem error={answered.error} />}
      {answered.isLoading && <Waiting />}
      {answered.data !== undefined && (
        <section className="stack" aria-labelledby="answer-title">
          <h2 id="answer-title">{words === undefined ? t('답', 'Answer') : say(words.text)}</h2>
          {answered.data.rows.length === 0 ? (
            <Empty title={t('해당하는 사건이 없습니다.', 'No record is like that.')}>
              <p>
                {t(
                  `기록 위치 ${answered.data.position}까지 모든 사건과 사업을 읽었습니다. 없다는 것도 답이니 조서에 적을 수 있습니다.`,
                  `Every case and project up to log position ${answered.data.position} was read. That there is none is an answer, too.`,
                )}
              </p>
            </Empty>
          ) : (
            <DataTable<AnsweredRecord>
              name={`answer-${answered.data.question}`}
              title={t('해당하는 기록', 'Records like that')}
              rows={answered.data.rows}
              empty={null}
              keyOf={({ stream, when }) => `${stream} ${when.join(' ')}`}
              columns={[
                {
                  head: t('기록', 'Record'),
                  text: ({ stream }) => stream,
                  show: ({ stream }) => {
                    const path = recordPath(stream);
                    return path === null ? stream : <Link href={path}>{stream.slice(stream.indexOf('-') + 1)}</Link>;
                  },
                },
                { head: t('까닭', 'Why'), text: ({ why }) => say(why) },
                {
                  head: t('언제', 'When'),
                  text: ({ when }) => when.join(' '),
                  show: ({ when }) => when.map((at) => <Instant key={at} at={at} />),
                },
                {
                  head: t('지적', 'Finding'),
                  text: () => '',
                  show: ({ stream }) => (
                    <Link
                      href={raisePath(stream, answered.data.position, answered.data.question)}
                      aria-label={t(`${stream}: 지적하기`, `${stream}: raise a finding`)}
                    >
                      {t('지적하기', 'Raise')}
                    </Link>
                  ),
                },
              ]}
            />
          )}
        </section>
      )}
    </div>
  );
}
