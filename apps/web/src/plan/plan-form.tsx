import { useEffect, useRef } from 'react';
import { exactWon } from '../format.js';
import { useSpeech } from '../language.js';
import { Button, FieldErrors, TextArea, TextField, useField } from '../pieces/form.js';
import { PLAN_FIELD } from '../terms.js';
import { costLinesAfter, rowPointer, wonOf, type CostDraft, type Listed, type PlanDraft } from './plan-draft.js';

/** The parts of a plan as fields and rows; stands inside a `Form`. */
export function PlanFields({ draft, onChange }: { draft: PlanDraft; onChange: (draft: PlanDraft) => void }) {
  const { t, say, language } = useSpeech();
  const name = (field: string): string => say(PLAN_FIELD[field] ?? { ko: field, en: field });
  const budget = wonOf(draft.budget);
  return (
    <>
      <TextField
        label={name('title')}
        pointer="/title"
        required
        value={draft.title}
        onChange={(title) => onChange({ ...draft, title })}
      />
      <TextArea
        label={name('purpose')}
        pointer="/purpose"
        rows={3}
        value={draft.purpose}
        onChange={(purpose) => onChange({ ...draft, purpose })}
        hint={t('누구의 어떤 문제를 왜 푸는지 적습니다.', 'Whose problem is solved, and why.')}
      />
      <Rows
        list="functions"
        draft={draft}
        onChange={onChange}
        hint={t(
          '한 줄에 기능 하나, 대상과 동작으로 적으면 중복을 더 잘 찾습니다. 예: 상담 예약 신청 접수',
          'One function a line: object and verb. Overlaps are then found better.',
        )}
      />
      <Rows
        list="data"
        draft={draft}
        onChange={onChange}
        hint={t('새로 모으거나 보관하는 데이터', 'What is newly collected or kept')}
      />
      <Rows
        list="users"
        draft={draft}
        onChange={onChange}
        hint={t('예: 시민, 담당 공무원', 'E.g. citizens, officials in charge')}
      />
      <Rows list="technologies" draft={draft} onChange={onChange} />
      <div className="two">
        <TextField
          label={name('budgetKrw')}
          pointer="/budgetKrw"
          value={draft.budget}
          onChange={(value) => onChange({ ...draft, budget: value })}
          hint={
            typeof budget === 'number'
              ? `= ${exactWon(budget, language)}`
              : t('원 단위 숫자, 또는 3.5억처럼 적습니다.', 'Whole won, or like 3.5억.')
          }
        />
        <TextField
          label={name('orderPlannedOn')}
          pointer="/orderPlannedOn"
          type="date"
          value={draft.orderPlannedOn}
          onChange={(orderPlannedOn) => onChange({ ...draft, orderPlannedOn })}
        />
      </div>
      <CostLines draft={draft} onChange={onChange} />
      <TextArea
        label={name('text')}
        pointer="/text"
        rows={5}
        value={draft.text}
        onChange={(text) => onChange({ ...draft, text })}
      />
    </>
  );
}

/** A list as rows: Enter goes on to a new row, pasted lines become rows, an emptied row is not sent. */
function Rows({
  list,
  draft,
  onChange,
  hint,
}: {
  list: Listed;
  draft: PlanDraft;
  onChange: (draft: PlanDraft) => void;
  hint?: string;
}) {
  const { t, say } = useSpeech();
  const rows = draft[list];
  const name = say(PLAN_FIELD[list] ?? { ko: list, en: list });
  const box = useRef<HTMLFieldSetElement>(null);
  const focusNext = useRef<number | null>(null);
  const whole = useField(`/${list}`);
  const set = (next: readonly string[], focus: number | null = null): void => {
    focusNext.current = focus;
    onChange({ ...draft, [list]: next });
  };
  /** Puts rows in the place of others. */
  const splice = (at: number, removed: number, added: readonly string[], focus: number): void => {
    focusNext.current = focus;
    const costLines = list === 'functions' ? costLinesAfter(draft.costLines ?? [], at, removed, added.length) : draft.costLines;
    onChange({
      ...draft,
      [list]: rows.toSpliced(at, removed, ...added),
      ...(costLines === undefined ? {} : { costLines }),
    });
  };
  useEffect(() => {
    if (focusNext.current === null) return;
    box.current?.querySelectorAll<HTMLInputElement>('input')[focusNext.current]?.focus();
    focusNext.current = null;
  });
  return (
    <fieldset className="rows" ref={box}>
      <legend className="radios-legend">{name}</legend>
      {hint !== undefined && <p className="form-hint">{hint}</p>}
      <FieldErrors id={whole.id} errors={whole.errors} />
      <ol>
        {rows.map((row, index) => (
          <Row
            key={index}
            label={`${name} ${index + 1}`}
            pointer={rowPointer(list, rows, index)}
            value={row}
            onChange={(value) => set(rows.map((other, at) => (at === index ? value : other)))}
            onNext={() => splice(index + 1, 0, [''], index + 1)}
            onPaste={(lines) => splice(index, 1, lines, index + lines.length - 1)}
            onRemove={() => (rows.length === 1 ? set(['']) : splice(index, 1, [], Math.max(0, index - 1)))}
          />
        ))}
      </ol>
      <div>
        <Button onClick={() => set([...rows, ''], rows.length)}>{t(`${name} 추가`, `Add to ${name.toLowerCase()}`)}</Button>
      </div>
    </fieldset>
  );
}

function Row({
  label,
  pointer,
  value,
  onChange,
  onNext,
  onPaste,
  onRemove,
}: {
  label: string;
  pointer: string;
  value: string;
  onChange: (value: string) => void;
  onNext: () => void;
  onPaste: (lines: readonly string[]) => void;
  onRemove: () => void;
}) {
  const { t } = useSpeech();
  const { id, errors, attributes } = useField(pointer);
  // An empty row is not sent, so an error at its place belongs to the next one.
  const shown = value.trim() === '' ? [] : errors;
  return (
    <li>
      <div className={`form-conts row-field${shown.length > 0 ? ' is-error' : ''}`}>
        <input
          {...(shown.length > 0 ? attributes : {})}
          type="text"
          className="krds-input small"
          aria-label={label}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
              event.preventDefault();
              onNext();
            }
          }}
          onPaste={(event) => {
            const lines = event.clipboardData
              .getData('text')
              .split(/\r?\n/)
              .map((line) => line.trim())
              .filter((line) => line !== '');
            if (lines.length < 2) return;
            event.preventDefault();
            onPaste(lines);
          }}
        />
        <button type="button" className="remove" aria-label={t(`${label} 지우기`, `Remove ${label}`)} onClick={onRemove}>
          ✕
        </button>
      </div>
      <FieldErrors id={id} errors={shown} />
    </li>
  );
}

/** 비용 내역: what each part costs, and which functions it pays for. Left out by most; with it the self-check can tell what reuse would save. */
function CostLines({ draft, onChange }: { draft: PlanDraft; onChange: (draft: PlanDraft) => void }) {
  const { t, language } = useSpeech();
  const lines = draft.costLines ?? [];
  const set = (costLines: readonly CostDraft[]): void => onChange({ ...draft, costLines });
  const change = (index: number, part: Partial<CostDraft>): void =>
    set(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  const amounts = lines.map(({ won }) => wonOf(won)).filter((amount) => typeof amount === 'number');
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  const functions = draft.functions.map((text, row) => ({ text, row })).filter(({ text }) => text.trim() !== '');
  return (
    <fieldset className="rows">
      <legend className="radios-legend">{t('비용 내역 (선택)', 'Cost table (optional)')}</legend>
      <p className="form-hint">
        {t(
          '어느 기능에 얼마가 드는지 적으면, 기존 시스템을 쓸 때 얼마를 아낄 수 있는지 자가점검이 알려줍니다.',
          'Say what each function costs, and the self-check tells what using an existing system would save.',
        )}
      </p>
      {lines.length > 0 && (
        <ol className="cost-lines">
          {lines.map((line, index) => (
            <li key={index} className="cost-line">
              <div className="two">
                <TextField
                  label={t(`비용 ${index + 1} 항목`, `Cost ${index + 1}`)}
                  pointer={`/costLines/${index}/label`}
                  value={line.label}
                  onChange={(label) => change(index, { label })}
                />
                <TextField
                  label={t(`비용 ${index + 1} 금액`, `Amount ${index + 1}`)}
                  pointer={`/costLines/${index}/krw`}
                  value={line.won}
                  onChange={(won) => change(index, { won })}
                  {...amountHint(line.won)}
                />
              </div>
              {functions.length > 0 && (
                <details>
                  <summary>
                    {line.functions.length === 0
                      ? t('모든 기능에 함께 드는 비용', 'Serves every function')
                      : t(`기능 ${line.functions.length}개의 비용`, `Pays for ${line.functions.length} function(s)`)}
                    <span className="sr-only"> ({t(`비용 ${index + 1}`, `cost ${index + 1}`)})</span>
                  </summary>
                  <div
                    className="what-if"
                    role="group"
                    aria-label={t(`비용 ${index + 1}의 기능`, `Functions of cost ${index + 1}`)}
                  >
                    {functions.map(({ text, row }) => (
                      <div className="krds-form-check" key={row}>
                        <input
                          type="checkbox"
                          id={`cost-${index}-${row}`}
                          checked={line.functions.includes(row)}
                          onChange={({ target: { checked } }) =>
                            change(index, {
                              functions: checked
                                ? [...line.functions, row].toSorted((a, b) => a - b)
                                : line.functions.filter((other) => other !== row),
                            })
                          }
                        />
                        <label htmlFor={`cost-${index}-${row}`}>{text}</label>
                      </div>
                    ))}
                  </div>
                </details>
              )}
              <div>
                <Button onClick={() => set(lines.filter((_, at) => at !== index))}>
                  {t(`비용 ${index + 1} 지우기`, `Remove cost ${index + 1}`)}
                </Button>
              </div>
            </li>
          ))}
        </ol>
      )}
      <div className="row">
        <Button onClick={() => set([...lines, { label: '', won: '', functions: [] }])}>{t('비용 추가', 'Add a cost')}</Button>
        {amounts.length > 0 && (
          <span className="quiet">
            {t('합계', 'Total')} {exactWon(sum, language)}
          </span>
        )}
      </div>
    </fieldset>
  );

  function amountHint(typed: string): { readonly hint?: string } {
    const amount = wonOf(typed);
    return typeof amount === 'number' ? { hint: `= ${exactWon(amount, language)}` } : {};
  }
}
