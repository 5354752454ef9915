import type { Case, DecisionRules, ItemVerdict, Outcome } from '../contract.js';
import { useSpeech } from '../language.js';
import { Button, Form, RadioField, SelectField, TextArea, TextField } from '../pieces/form.js';
import { ReadProblem, Waiting } from '../pieces/show.js';
import { useKept } from '../plan/kept.js';
import { useAct, useRead } from '../reading.js';
import { OUTCOME, VERDICT } from '../terms.js';

interface TypedCondition {
  /** Of the library; empty for words of one's own. */
  readonly code: string;
  readonly text: string;
  readonly ownWordingBecause: string;
  readonly dueOn: string;
  readonly candidate: string;
  readonly owner: string;
  /** One a line. */
  readonly evidence: string;
}
interface TypedOpinion {
  readonly verdict: ItemVerdict | '';
  readonly text: string;
}
interface Draft {
  readonly outcome: Outcome;
  readonly reasons: string;
  readonly conditions: readonly TypedCondition[];
  /** By the number of the item. */
  readonly opinions: Readonly<Record<number, TypedOpinion>>;
}
const BLANK: TypedCondition = { code: '', text: '', ownWordingBecause: '', dueOn: '', candidate: '', owner: '', evidence: '' };
const UNSAID: TypedOpinion = { verdict: '', text: '' };

/** 결정안: an opinion on every item of the checklist, the outcome, and its conditions from the library. */
export function Propose({ the }: { the: Case }) {
  const { data: rules, error } = useRead<DecisionRules>(
    `/v1/consultations/${encodeURIComponent(the.consultation)}/decision-rules`,
  );
  if (error !== null && rules === undefined) return <ReadProblem error={error} />;
  if (rules === undefined) return <Waiting />;
  return <ProposalForm the={the} rules={rules} />;
}

function ProposalForm({ the, rules }: { the: Case; rules: DecisionRules }) {
  const { t, say } = useSpeech();
  const { act, busy, problem } = useAct();
  const confirmed = (the.finding?.candidates ?? []).filter(({ settlement }) => settlement?.verdict === 'confirmed');
  const { draft, setDraft, forget } = useKept<Draft>(`proposal:${the.consultation}:${the.proposals.length}`, () => ({
    outcome: confirmed.length > 0 ? 'PROCEED_CONDITIONALLY' : 'PROCEED',
    reasons: '',
    conditions: [fromLibrary(rules, rules.conditions[0]?.code ?? '', { ...BLANK, candidate: confirmed[0]?.id ?? '' })],
    opinions: {},
  }));
  const { outcome, reasons, conditions, opinions } = draft;
  const conditional = outcome === 'PROCEED_CONDITIONALLY';
  const set = (index: number, next: TypedCondition): void =>
    setDraft({ ...draft, conditions: conditions.map((one, at) => (at === index ? next : one)) });
  const body = {
    outcome,
    reasons,
    opinions: rules.checklist.map(({ number }) => ({ item: number, ...(opinions[number] ?? UNSAID) })),
    conditions: conditional ? conditions.map(asAsked) : [],
  };
  return (
    <section className="panel" aria-labelledby="propose">
      <h2 id="propose">{t('결정안 쓰기', 'Propose a decision')}</h2>
      <Form
        problem={problem}
        label={t('결정안', 'Proposal')}
        onSubmit={() =>
          void act({
            path: `/v1/consultations/${the.consultation}/decisions`,
            body,
            revision: the.revision,
            done: { ko: '결정안을 올렸습니다. 다른 사람의 결재를 기다립니다.', en: 'Proposed. Another person must approve it.' },
          }).then((receipt) => receipt !== null && forget())
        }
      >
        <Checklist rules={rules} opinions={opinions} onChange={(next) => setDraft({ ...draft, opinions: next })} />
        <RadioField
          label={t('검토 결과', 'Outcome')}
          name="outcome"
          value={outcome}
          onChange={(value) => setDraft({ ...draft, outcome: value as Outcome })}
          choices={(Object.keys(OUTCOME) as Outcome[]).map((value) => ({ value, label: say(OUTCOME[value]) }))}
        />
        <TextArea
          label={t('검토 의견', 'Opinion')}
          pointer="/reasons"
          required
          value={reasons}
          onChange={(value) => setDraft({ ...draft, reasons: value })}
        />
        {conditional && (
          <>
            {conditions.map((condition, index) => (
              <fieldset className="item" key={index}>
                <legend className="radios-legend">{t(`조건 ${index + 1}`, `Condition ${index + 1}`)}</legend>
                <OneCondition the={the} rules={rules} index={index} condition={condition} onChange={(next) => set(index, next)} />
                {conditions.length > 1 && (
                  <div>
                    <Button onClick={() => setDraft({ ...draft, conditions: conditions.filter((_, at) => at !== index) })}>
                      {t(`조건 ${index + 1} 빼기`, `Remove condition ${index + 1}`)}
                    </Button>
                  </div>
                )}
              </fieldset>
            ))}
            <div>
              <Button
                onClick={() =>
                  setDraft({ ...draft, conditions: [...conditions, fromLibrary(rules, rules.conditions[0]?.code ?? '', BLANK)] })
                }
              >
                {t('조건 추가', 'Add a condition')}
              </Button>
            </div>
          </>
        )}
        <div>
          <Button submit weight="primary" busy={busy}>
            {t('결정안 올리기', 'Propose')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

/** 검토항목: what is plainly suitable is one press, everything else says why. */
function Checklist({
  rules,
  opinions,
  onChange,
}: {
  rules: DecisionRules;
  opinions: Draft['opinions'];
  onChange: (opinions: Draft['opinions']) => void;
}) {
  const { t, say } = useSpeech();
  const said = rules.checklist.filter(({ number }) => (opinions[number]?.verdict ?? '') !== '').length;
  const theRest = (): void =>
    onChange(
      Object.fromEntries(
        rules.checklist.map(({ number }) => {
          const opinion = opinions[number] ?? UNSAID;
          return [number, opinion.verdict === '' ? { ...opinion, verdict: 'SUITABLE' as const } : opinion];
        }),
      ),
    );
  return (
    <section className="stack" aria-labelledby="checklist">
      <div className="row spread">
        <h3 id="checklist">{t('검토항목', 'Checklist')}</h3>
        <span className="row">
          <span className="quiet" role="status">
            {t(`${rules.checklist.length}개 가운데 ${said}개 판단함`, `${said} of ${rules.checklist.length} judged`)}
          </span>
          <Button onClick={theRest}>{t('나머지 모두 적합', 'All others suitable')}</Button>
        </span>
      </div>
      <ol className="checklist">
        {rules.checklist.map(({ number, name }, index) => {
          const opinion = opinions[number] ?? UNSAID;
          const set = (change: Partial<TypedOpinion>): void => onChange({ ...opinions, [number]: { ...opinion, ...change } });
          return (
            <li key={number}>
              <SelectField
                label={`${number}. ${say(name)}`}
                pointer={`/opinions/${index}/verdict`}
                value={opinion.verdict}
                onChange={(verdict) => set({ verdict: verdict as TypedOpinion['verdict'] })}
                choices={[
                  { value: '', label: t('판단하지 않음', 'Not judged') },
                  ...(Object.keys(VERDICT) as ItemVerdict[]).map((value) => ({ value, label: say(VERDICT[value]) })),
                ]}
              />
              {opinion.verdict !== '' && opinion.verdict !== 'SUITABLE' && (
                <TextArea
                  label={t(`${say(name)}: 의견`, `${say(name)}: opinion`)}
                  pointer={`/opinions/${index}/text`}
                  required
                  rows={2}
                  value={opinion.text}
                  onChange={(text) => set({ text })}
                />
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function OneCondition({
  the,
  rules,
  index,
  condition,
  onChange,
}: {
  the: Case;
  rules: DecisionRules;
  index: number;
  condition: TypedCondition;
  onChange: (condition: TypedCondition) => void;
}) {
  const { t, say } = useSpeech();
  const at = `/conditions/${index}`;
  const number = index + 1;
  return (
    <>
      <SelectField
        label={t(`조건 ${number}의 종류`, `Kind of condition ${number}`)}
        pointer={`${at}/code`}
        value={condition.code}
        onChange={(code) => onChange(fromLibrary(rules, code, condition))}
        choices={[
          ...rules.conditions.map(({ code, text }) => ({ value: code, label: say(text) })),
          { value: '', label: t('맞는 것이 없어 직접 씀', 'None fits: my own words') },
        ]}
      />
      <TextArea
        label={t(`조건 ${number}의 내용`, `Text of condition ${number}`)}
        pointer={`${at}/text`}
        required
        rows={2}
        value={condition.text}
        onChange={(text) => onChange({ ...condition, text })}
      />
      {condition.code === '' && (
        <TextArea
          label={t(`조건 ${number}을 직접 쓰는 까닭`, `Why condition ${number} has its own words`)}
          pointer={`${at}/ownWordingBecause`}
          required
          rows={2}
          value={condition.ownWordingBecause}
          onChange={(ownWordingBecause) => onChange({ ...condition, ownWordingBecause })}
        />
      )}
      <TextArea
        label={t(`조건 ${number}의 증빙 (한 줄에 하나)`, `Evidence for condition ${number}, one a line`)}
        pointer={`${at}/evidence`}
        required
        rows={2}
        value={condition.evidence}
        onChange={(evidence) => onChange({ ...condition, evidence })}
      />
      <div className="two">
        <TextField
          label={t(`조건 ${number}의 이행 기한`, `Condition ${number} due by`)}
          pointer={`${at}/dueOn`}
          type="date"
          value={condition.dueOn}
          onChange={(dueOn) => onChange({ ...condition, dueOn })}
        />
        <TextField
          label={t(`조건 ${number}의 이행 주체`, `Who acts on condition ${number}`)}
          pointer={`${at}/owner`}
          value={condition.owner}
          hint={t(
            `비우면 ${the.applicant.name}. 사람 이름은 적지 않습니다.`,
            `${the.applicant.name} when left empty. Never a person.`,
          )}
          onChange={(owner) => onChange({ ...condition, owner })}
        />
        <SelectField
          label={t(`조건 ${number}의 근거 후보`, `Condition ${number} follows from`)}
          pointer={`${at}/candidate`}
          value={condition.candidate}
          onChange={(candidate) => onChange({ ...condition, candidate })}
          choices={[
            { value: '', label: t('없음', 'Nothing in particular') },
            ...(the.finding?.candidates ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
    </>
  );
}

/** Letters are in Korean: the words of the library are taken over, to be changed where the case asks for it. */
function fromLibrary(rules: DecisionRules, code: string, before: TypedCondition): TypedCondition {
  const standard = rules.conditions.find((other) => other.code === code);
  if (standard === undefined) return { ...before, code: '' };
  return { ...before, code, text: standard.text.ko, evidence: standard.evidence.ko, ownWordingBecause: '' };
}

function asAsked({ code, text, ownWordingBecause, dueOn, candidate, owner, evidence }: TypedCondition) {
  return {
    ...(code === '' ? { ownWordingBecause } : { code }),
    text,
    dueOn: dueOn || null,
    candidate: candidate || null,
    owner: owner.trim() || null,
    evidence: evidence
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  };
}
