import { useEffect, useRef } from 'react';
import { exactWon } from '../format.js';
import { useSpeech } from '../language.js';
import { Button, FieldErrors, TextArea, TextField, useField } from '../pieces/form.js';
import { PLAN_FIELD } from '../terms.js';
import { rowPointer, wonOf, type Listed, type PlanDraft } from './plan-draft.js';

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
            onNext={() => set([...rows.slice(0, index + 1), '', ...rows.slice(index + 1)], index + 1)}
            onPaste={(lines) => set([...rows.slice(0, index), ...lines, ...rows.slice(index + 1)], index + lines.length - 1)}
            onRemove={() => set(rows.length === 1 ? [''] : rows.filter((_, at) => at !== index), Math.max(0, index - 1))}
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
