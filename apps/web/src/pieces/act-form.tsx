import { useState } from 'react';
import type { Message } from '../contract.js';
import { useSpeech } from '../language.js';
import { useAct } from '../reading.js';
import { Button, Form, SelectField, TextArea, TextField, type Choice } from './form.js';

export interface AskedField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'area' | 'date' | 'choice';
  /** Of a `choice`; the first one is chosen until somebody chooses. */
  readonly choices?: readonly Choice[];
  /** Where the service names it, when that is not `/name`. */
  readonly pointer?: string;
  readonly hint?: string;
  readonly optional?: boolean;
}

export type Typed = Readonly<Record<string, string>>;

/** An act as a button that opens its few fields; what was typed stays until the service has taken it. */
export function ActForm({
  path,
  revision,
  method = 'POST',
  open,
  fields,
  body = (typed) => typed,
  done,
}: {
  path: string;
  /** Of what is changed; left out when something new is made. */
  revision?: string;
  method?: 'POST' | 'PUT';
  /** What the button says. */
  open: string;
  fields: readonly AskedField[];
  body?: (typed: Typed) => unknown;
  done: Message;
}) {
  const { t } = useSpeech();
  const { act, busy, problem } = useAct();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState<Typed>({});
  if (!isOpen) {
    return (
      <div>
        <Button aria-expanded={false} onClick={() => setOpen(true)}>
          {open}…
        </Button>
      </div>
    );
  }
  const blank = Object.fromEntries(fields.map(({ name, choices }) => [name, choices?.[0]?.value ?? '']));
  const submit = async (): Promise<void> => {
    const asked = body({ ...blank, ...typed });
    const receipt = await act({ path, method, done, ...(revision === undefined ? {} : { revision }), body: asked });
    if (receipt === null) return;
    setTyped({});
    setOpen(false);
  };
  return (
    <Form problem={problem} label={open} onSubmit={() => void submit()}>
      {fields.map(({ name, label, kind, choices = [], pointer = `/${name}`, hint, optional = false }) => {
        const given = {
          label,
          pointer,
          required: !optional,
          value: typed[name] ?? blank[name] ?? '',
          onChange: (value: string) => setTyped({ ...typed, [name]: value }),
          ...(hint === undefined ? {} : { hint }),
        };
        if (kind === 'area') return <TextArea key={name} {...given} rows={3} />;
        if (kind === 'choice') return <SelectField key={name} {...given} choices={choices} />;
        return <TextField key={name} {...given} type={kind} />;
      })}
      <div className="row">
        <Button submit weight="primary" busy={busy}>
          {open}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('그만두기', 'Cancel')}</Button>
      </div>
    </Form>
  );
}
