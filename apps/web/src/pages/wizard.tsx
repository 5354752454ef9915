import { useState } from 'react';
import { Link, useSearch } from 'wouter';
import type { AskingRule, Eligibility, EligibilityQuestions, Page, ProblemDocument, ProjectRow } from '../contract.js';
import { exactWon } from '../format.js';
import { ask, Problem } from '../http.js';
import { useSpeech } from '../language.js';
import { Button, Form, ProblemSummary, RadioField, SelectField, TextField } from '../pieces/form.js';
import { Badge, Empty, LegalDate, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { wonOf } from '../plan/plan-draft.js';
import { expired, useAct, useRead } from '../reading.js';
import { useSession } from '../session.js';
import { TARGET, TRACK } from '../terms.js';

type Question = EligibilityQuestions['questions'][number];
type Answers = Readonly<Record<string, string>>;

const TONE = { target: 'warning', exempt: 'success', unknown: 'gray' } as const;

/** 대상여부 판정: the few questions that the rules of a day ask, and what follows from the answers, by which rule. */
export default function WizardPage() {
  const { t } = useSpeech();
  const { is } = useSession();
  const [on, setOn] = useState('');
  const { data, error } = useRead<EligibilityQuestions>(`/v1/eligibility/questions${on === '' ? '' : `?on=${on}`}`, {
    keep: true,
  });
  const [answers, setAnswers] = useState<Answers>({});
  const [given, setGiven] = useState<{ readonly asked: unknown; readonly eligibility: Eligibility } | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);

  const judge = async (questions: readonly Question[]): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const asked = asSent(questions, answers, on);
    try {
      const { body } = await ask<Eligibility>('/v1/eligibility', { method: 'POST', body: asked });
      setGiven({ asked, eligibility: body });
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      if (failure.status === 401) expired.set(true);
      setProblem(failure.document);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Title
        lead={t(
          '몇 가지만 답하면 사전협의 대상인지, 어느 규정 때문인지 알려드립니다. 모르는 것은 비워 두십시오.',
          'A few answers tell whether a project must be consulted, and by which rule. Leave out what you do not know.',
        )}
      >
        {t('대상여부 판정', 'Must it be consulted?')}
      </Title>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <div className="beside">
          <Form problem={problem} label={t('대상여부 판정', 'Must it be consulted?')} onSubmit={() => void judge(data.questions)}>
            <TextField
              label={t('기준일', 'By the rules of')}
              pointer="/on"
              type="date"
              value={on === '' ? data.on : on}
              onChange={(day) => {
                setOn(day);
                setGiven(null);
              }}
            />
            {data.questions.length === 0 && (
              <Empty title={t('이 기관은 사전협의를 하지 않습니다.', 'This agency does not consult.')}>
                <p>
                  {t('그날의 규정이 이런 기관에는 묻지 않습니다.', 'The rules of that day ask nothing of agencies of this tier.')}
                </p>
              </Empty>
            )}
            {data.questions.map((question) => (
              <Asked
                key={question.fact}
                question={question}
                value={answers[question.fact] ?? ''}
                onChange={(value) => {
                  setAnswers({ ...answers, [question.fact]: value });
                  setGiven(null);
                }}
              />
            ))}
            <div className="row">
              <Button submit weight="primary" busy={busy}>
                {t('판정하기', 'Judge')}
              </Button>
              <Button
                onClick={() => {
                  setAnswers({});
                  setGiven(null);
                }}
              >
                {t('비우기', 'Clear')}
              </Button>
            </div>
          </Form>
          <section className="panel self-check" aria-labelledby="answer" aria-live="polite">
            <h2 id="answer">{t('판정', 'Answer')}</h2>
            {given === null ? (
              <p className="quiet">
                {t(
                  '왼쪽의 물음에 답하고 판정하기를 누르십시오. 누르기만 해서는 아무것도 기록되지 않습니다.',
                  'Answer the questions and press Judge. Nothing is recorded by that.',
                )}
              </p>
            ) : (
              <>
                <Answer eligibility={given.eligibility} questions={data.questions} />
                {is('applicant') && <Record asked={given.asked} />}
                <div className="row">
                  <Button onClick={() => window.print()}>{t('인쇄', 'Print')}</Button>
                </div>
              </>
            )}
          </section>
        </div>
      )}
    </>
  );
}

/** What was answered, as it is sent; the service needs a kind and whether the project is new even where no rule asks for them. */
function asSent(questions: readonly Question[], answers: Answers, on: string): Readonly<Record<string, unknown>> {
  const facts = questions.map(({ fact, answer }) => {
    const typed = answers[fact] ?? '';
    if (answer === 'choice') return [fact, typed === '' ? undefined : typed];
    if (answer === 'won') return [fact, wonOf(typed)];
    return [fact, typed === 'yes' ? true : typed === 'no' ? false : null];
  });
  const { isNew, isDisasterSafety, ...rest } = Object.fromEntries(facts) as Readonly<Record<string, unknown>>;
  return {
    kind: 'build',
    ...rest,
    isNew: isNew === true,
    ...(isDisasterSafety === true ? { isDisasterSafety } : {}),
    ...(on === '' ? {} : { on }),
  };
}

/** These two must be known; the others may be left open. */
const NEVER_OPEN: ReadonlySet<string> = new Set(['isNew', 'isDisasterSafety']);

function Asked({ question, value, onChange }: { question: Question; value: string; onChange: (value: string) => void }) {
  const { t, say, language } = useSpeech();
  const { fact, answer, text, why, choices, rules } = question;
  const field = { label: say(text), value, onChange };
  const amount = answer === 'won' ? wonOf(value) : null;
  return (
    <div className="asked">
      {answer === 'choice' && (
        <SelectField
          {...field}
          pointer={`/${fact}`}
          required
          choices={[
            { value: '', label: t('고르십시오', 'Choose one') },
            ...choices.map((choice) => ({ value: choice.value, label: say(choice.text) })),
          ]}
        />
      )}
      {answer === 'won' && (
        <TextField
          {...field}
          pointer={`/${fact}`}
          hint={
            typeof amount === 'number'
              ? `= ${exactWon(amount, language)}`
              : t('원 단위 숫자, 또는 3.5억처럼 적습니다.', 'Whole won, or like 3.5억.')
          }
        />
      )}
      {answer === 'yes-no' && (
        <RadioField
          {...field}
          name={fact}
          value={value === '' ? (NEVER_OPEN.has(fact) ? 'no' : 'open') : value}
          choices={[
            { value: 'yes', label: t('예', 'Yes') },
            { value: 'no', label: t('아니요', 'No') },
            ...(NEVER_OPEN.has(fact) ? [] : [{ value: 'open', label: t('모름', 'Not known') }]),
          ]}
        />
      )}
      <p className="form-hint">{say(why)}</p>
      {rules.length > 0 && (
        <details>
          <summary>
            {t(`묻는 근거 ${rules.length}개`, `${rules.length} rule(s) ask this`)}
            <span className="sr-only">: {say(text)}</span>
          </summary>
          <ul className="rules-asking">
            {rules.map((rule) => (
              <li key={rule.rule}>
                <RuleSource rule={rule} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function RuleSource({ rule: { rule, from, to, source } }: { rule: AskingRule }) {
  const { t } = useSpeech();
  return (
    <span className="quiet">
      {source} · <LegalDate date={from} />
      {to === null ? t('부터', ' on') : <> – {<LegalDate date={to} />}</>} · <code>{rule}</code>
    </span>
  );
}

function Answer({ eligibility, questions }: { eligibility: Eligibility; questions: readonly Question[] }) {
  const { t, say } = useSpeech();
  const { target, track, reasons, missing, on, ruleSet } = eligibility;
  const asked = (fact: string): string => {
    const question = questions.find((each) => each.fact === fact);
    return question === undefined ? fact : say(question.text);
  };
  return (
    <>
      <p className="verdict">
        <Badge tone={TONE[target]}>{say(TARGET[target])}</Badge>{' '}
        {track !== null && <span>{t(`처리 방식: ${TRACK[track].ko}`, `Track: ${TRACK[track].en}`)}</span>}
      </p>
      {target === 'unknown' && missing.length > 0 && (
        <div className="warn">
          <p>{t('다음을 알아야 판정할 수 있습니다.', 'The answer hangs on:')}</p>
          <ul>
            {missing.map((fact) => (
              <li key={fact}>{asked(fact)}</li>
            ))}
          </ul>
        </div>
      )}
      {reasons.length > 0 && (
        <>
          <h3>{t('근거', 'Because')}</h3>
          <ol className="rules-asking">
            {reasons.map((reason) => (
              <li key={reason.rule}>
                <p>{say(reason.text)}</p>
                <RuleSource rule={reason} />{' '}
                {reason.certainty !== 'certain' && (
                  <Badge tone="gray">{t('원문으로 다 확인되지 않은 규정', 'not fully confirmed by its source')}</Badge>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      <p className="quiet">
        <LegalDate date={on} /> · {t('규정집', 'rule set')} <code>{ruleSet}</code>
      </p>
      {target === 'target' && (
        <p>
          <Link href="/plans/new" className="krds-btn small secondary">
            {t('사업계획 쓰기', 'Write the plan')}
          </Link>
        </p>
      )}
    </>
  );
}

/** Puts the answer on record with a project of one's own, with what was stated and the rules that say so. */
function Record({ asked }: { asked: unknown }) {
  const { t } = useSpeech();
  const { data } = useRead<Page<ProjectRow>>('/v1/projects?limit=200');
  const wanted = new URLSearchParams(useSearch()).get('project') ?? '';
  const [chosen, setChosen] = useState(wanted);
  const { act, busy, problem } = useAct();
  const projects = (data?.rows ?? []).filter(({ abandonedAt }) => abandonedAt === null);
  const project = projects.find(({ project: id }) => id === chosen);
  if (projects.length === 0) return null;
  return (
    <Form
      problem={null}
      label={t('사업에 기록하기', 'Record with a project')}
      onSubmit={() => {
        if (project === undefined) return;
        void act({
          path: `/v1/projects/${project.project}/eligibility-assessments`,
          revision: project.revision,
          body: asked,
          done: { ko: '판정을 사업에 기록했습니다.', en: 'The answer is on record with the project.' },
        });
      }}
    >
      <ProblemSummary problem={problem} />
      <SelectField
        label={t('기록할 사업', 'Project')}
        pointer="/project"
        value={chosen}
        onChange={setChosen}
        choices={[
          { value: '', label: t('고르십시오', 'Choose one') },
          ...projects.map(({ project: value, title }) => ({ value, label: title })),
        ]}
      />
      <div className="row">
        <Button submit weight="secondary" busy={busy}>
          {t('사업에 기록하기', 'Record with the project')}
        </Button>
        {project !== undefined && <Link href={`/projects/${project.project}`}>{t('사업 보기', 'See the project')}</Link>}
      </div>
    </Form>
  );
}
