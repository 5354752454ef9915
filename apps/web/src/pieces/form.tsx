import { createContext, useContext, useEffect, useId, useRef, type FormEvent, type ReactNode } from 'react';
import type { Message, ProblemDocument } from '../contract.js';
import { legalDate } from '../format.js';
import { useSpeech } from '../language.js';

interface Problems {
  readonly document: ProblemDocument | null;
  readonly prefix: string;
}
const ProblemContext = createContext<Problems>({ document: null, prefix: 'f' });

/** The service names a plan's field from the body (`/plan/title`) or from the command (`/plan/content/title`): here it is `/title`. */
export function plain(pointer: string): string {
  return pointer.replace(/^\/plan(\/content)?(?=\/|$)/, '') || '/';
}
const fieldId = (prefix: string, pointer: string): string => `${prefix}${plain(pointer).replaceAll('/', '-')}`;

/** A form that shows a problem at its fields and, first, in a summary that leads to them. */
export function Form({
  problem,
  onSubmit,
  label,
  children,
}: {
  problem: ProblemDocument | null;
  onSubmit: () => void;
  label: string;
  children: ReactNode;
}) {
  const prefix = useId();
  return (
    <ProblemContext value={{ document: problem, prefix }}>
      <form
        className="stack"
        noValidate
        aria-label={label}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <ProblemSummary problem={problem} />
        {children}
      </form>
    </ProblemContext>
  );
}

/** What was refused and what to do. Takes the focus when it appears, so that nobody misses it. */
export function ProblemSummary({ problem }: { problem: ProblemDocument | null }) {
  const { t, say } = useSpeech();
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem !== null) summary.current?.focus();
  }, [problem]);
  if (problem === null) return null;
  const fields = problem.errors ?? [];
  // One wrong field says the same as the whole.
  const repeated = fields.length === 1 && fields[0]?.messages.ko === problem.messages.ko;
  return (
    <div className="problem" role="alert" tabIndex={-1} ref={summary} data-code={problem.code}>
      <p className="problem-title">
        {repeated ? <Leading {...(fields[0] ?? { pointer: '', messages: problem.messages })} /> : say(problem.messages)}
      </p>
      {problem.status === 412 && (
        <p>
          {t(
            '다른 사람이 먼저 바꾸었습니다. 입력한 내용은 그대로 두고 사건을 최신 내용으로 바꾸었으니, 확인하고 다시 누르십시오.',
            'Somebody else was first. The case now shows the newest state and what you typed is still here: check and press again.',
          )}
        </p>
      )}
      {!repeated && fields.length > 0 && (
        <ul>
          {fields.map(({ pointer, code, messages }) => (
            <li key={`${pointer} ${code}`}>
              <Leading pointer={pointer} messages={messages} />
            </li>
          ))}
        </ul>
      )}
      {problem.status >= 500 && problem.requestId !== undefined && (
        <p className="quiet">
          {t('요청 번호', 'Request')}: {problem.requestId}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a field, as a link that leads to it. */
function Leading({ pointer, messages }: { pointer: string; messages: Message }) {
  const { say } = useSpeech();
  const { prefix } = useContext(ProblemContext);
  return (
    <a
      href={`#${fieldId(prefix, pointer)}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(fieldId(prefix, pointer))?.focus();
      }}
    >
      {say(messages)}
    </a>
  );
}

/** Attributes that tie an input to its label, hint and error; the id is what the summary leads to. */
export function useField(pointer: string): {
  readonly id: string;
  readonly errors: readonly string[];
  readonly attributes: { readonly id: string; readonly 'aria-invalid'?: true; readonly 'aria-describedby'?: string };
} {
  const { say } = useSpeech();
  const { document, prefix } = useContext(ProblemContext);
  const id = fieldId(prefix, pointer);
  const errors = (document?.errors ?? [])
    .filter((error) => plain(error.pointer) === plain(pointer))
    .map((error) => say(error.messages));
  return {
    id,
    errors,
    attributes: errors.length === 0 ? { id } : { id, 'aria-invalid': true, 'aria-describedby': `${id}-error` },
  };
}

export function FieldErrors({ id, errors }: { id: string; errors: readonly string[] }) {
  if (errors.length === 0) return null;
  return (
    <p className="form-hint-invalid" id={`${id}-error`}>
      {errors.join(' ')}
    </p>
  );
}

interface FieldProps {
  readonly label: string;
  /** JSON pointer into the body, by which the service names the field. */
  readonly pointer: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly required?: boolean;
}

function Labelled({
  label,
  required,
  hint,
  id,
  errors,
  children,
}: {
  label: string;
  required?: boolean | undefined;
  hint?: string | undefined;
  id: string;
  errors: readonly string[];
  children: ReactNode;
}) {
  const { t } = useSpeech();
  return (
    <div className="form-group">
      <div className="form-tit">
        <label htmlFor={id}>
          {label}
          {required === true && <span className="required">{t('(필수)', '(required)')}</span>}
        </label>
      </div>
      <div className={`form-conts${errors.length > 0 ? ' is-error' : ''}`}>{children}</div>
      {hint !== undefined && <p className="form-hint">{hint}</p>}
      <FieldErrors id={id} errors={errors} />
    </div>
  );
}

export function TextField({
  label,
  pointer,
  value,
  onChange,
  hint,
  required,
  type = 'text',
  inputMode,
  autoComplete = 'off',
}: FieldProps & { type?: 'text' | 'date' | 'password'; inputMode?: 'numeric'; autoComplete?: string }) {
  const { id, errors, attributes } = useField(pointer);
  const { language } = useSpeech();
  // Browsers write dates in the language of the machine, and never the weekday.
  const told = type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? legalDate(value, language) : hint;
  return (
    <Labelled {...{ label, required, hint: told, id, errors }}>
      <input
        {...attributes}
        type={type}
        {...(inputMode === undefined ? {} : { inputMode })}
        autoComplete={autoComplete}
        className={`krds-input${type === 'date' ? ' date' : ''}`}
        value={value}
        aria-required={required === true}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  );
}

export function TextArea({ label, pointer, value, onChange, hint, required, rows = 4 }: FieldProps & { rows?: number }) {
  const { id, errors, attributes } = useField(pointer);
  return (
    <Labelled {...{ label, required, hint, id, errors }}>
      <textarea
        {...attributes}
        className="krds-input"
        rows={rows}
        value={value}
        aria-required={required === true}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function SelectField({
  label,
  pointer,
  value,
  onChange,
  hint,
  required,
  choices,
}: FieldProps & { choices: readonly Choice[] }) {
  const { id, errors, attributes } = useField(pointer);
  return (
    <Labelled {...{ label, required, hint, id, errors }}>
      <select {...attributes} className="krds-form-select" value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** A few choices that are all visible at once. */
export function RadioField({
  label,
  name,
  value,
  onChange,
  choices,
}: {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly Choice[];
}) {
  const prefix = useId();
  return (
    <fieldset className="radios">
      <legend className="radios-legend">{label}</legend>
      <div className="krds-check-area">
        {choices.map((choice) => (
          <div className="krds-form-check" key={choice.value}>
            <input
              type="radio"
              id={`${prefix}${choice.value}`}
              name={`${prefix}${name}`}
              checked={value === choice.value}
              onChange={() => onChange(choice.value)}
            />
            <label htmlFor={`${prefix}${choice.value}`}>{choice.label}</label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

/** Any number of a few choices. */
export function CheckField({
  label,
  pointer,
  value,
  onChange,
  choices,
  hint,
}: {
  label: string;
  pointer: string;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
  choices: readonly Choice[];
  hint?: string;
}) {
  const prefix = useId();
  const { id, errors } = useField(pointer);
  return (
    // The summary of a problem leads here: it can take the focus, though not by Tab.
    <fieldset className="radios" id={id} tabIndex={-1}>
      <legend className="radios-legend">{label}</legend>
      {hint !== undefined && <p className="form-hint">{hint}</p>}
      <div className="krds-check-area">
        {choices.map((choice) => (
          <div className="krds-form-check" key={choice.value}>
            <input
              type="checkbox"
              id={`${prefix}${choice.value}`}
              checked={value.includes(choice.value)}
              onChange={({ target: { checked } }) =>
                onChange(checked ? [...value, choice.value] : value.filter((other) => other !== choice.value))
              }
            />
            <label htmlFor={`${prefix}${choice.value}`}>{choice.label}</label>
          </div>
        ))}
      </div>
      <FieldErrors id={id} errors={errors} />
    </fieldset>
  );
}

type Weight = 'primary' | 'secondary' | 'tertiary' | 'danger';

export function Button({
  children,
  onClick,
  submit = false,
  weight = 'tertiary',
  busy = false,
  keys,
  ...rest
}: {
  children: ReactNode;
  onClick?: () => void;
  submit?: boolean;
  weight?: Weight;
  busy?: boolean;
  keys?: string;
  'aria-pressed'?: boolean;
  'aria-expanded'?: boolean;
  'aria-label'?: string;
  'aria-controls'?: string;
}) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={`krds-btn small ${weight}`}
      // Not `disabled`: that would throw the focus away in the middle of an act.
      aria-disabled={busy}
      {...(keys === undefined ? {} : { 'aria-keyshortcuts': keys })}
      {...rest}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.();
      }}
    >
      {children}
    </button>
  );
}
