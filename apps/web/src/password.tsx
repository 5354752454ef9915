import { useState } from 'react';
import type { ProblemDocument } from './contract.js';
import { HelpLink } from './help-link.js';
import { useSpeech } from './language.js';
import { Button, Form, TextField } from './pieces/form.js';
import { useDoing } from './reading.js';

/** The present password, and the new one twice. */
function ChangePassword({ onDone = () => undefined }: { onDone?: () => void }) {
  const { t } = useSpeech();
  const { busy, problem, doing } = useDoing();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const change = async (): Promise<void> => {
    setDiffers(next !== again);
    if (next !== again) return;
    const changed = await doing(
      '/v1/session/password',
      { current, next },
      {
        ko: '비밀번호를 바꾸었습니다. 다른 곳의 로그인은 끝났습니다.',
        en: 'The password is changed; your other sessions have ended.',
      },
    );
    if (changed === null) return;
    setCurrent('');
    setNext('');
    setAgain('');
    onDone();
  };
  const unlike: ProblemDocument = {
    ...{ code: 'passwords-differ', status: 400, title: '' },
    messages: { ko: '새 비밀번호 두 개가 서로 다릅니다.', en: 'The two new passwords differ.' },
    errors: [
      {
        ...{ pointer: '/again', code: 'passwords-differ' },
        messages: { ko: '새 비밀번호 두 개가 서로 다릅니다.', en: 'The two new passwords differ.' },
      },
    ],
  };
  return (
    <Form problem={differs ? unlike : problem} label={t('비밀번호 바꾸기', 'Change the password')} onSubmit={() => void change()}>
      <div className="two">
        <TextField
          label={t('지금 비밀번호', 'Present password')}
          pointer="/current"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label={t('새 비밀번호', 'New password')}
          pointer="/next"
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          hint={t('12자 이상. 서로 관계없는 낱말 넷이면 좋습니다.', 'At least 12 characters; four unrelated words are good.')}
        />
        <TextField
          label={t('새 비밀번호 한 번 더', 'New password again')}
          pointer="/again"
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
        />
      </div>
      <div>
        <Button submit weight="secondary" busy={busy}>
          {t('비밀번호 바꾸기', 'Change the password')}
        </Button>
      </div>
    </Form>
  );
}

/** On one's own account. */
export function PasswordPanel() {
  const { t } = useSpeech();
  return (
    <section className="panel" aria-labelledby="password">
      <h2 id="password">{t('비밀번호 바꾸기', 'Change the password')}</h2>
      <ChangePassword />
    </section>
  );
}

/** Instead of the whole application, for somebody who came with a password that was given to them. */
export function ChangePasswordFirst({ onDone, onLeave }: { onDone: () => void; onLeave: () => void }) {
  const { t } = useSpeech();
  return (
    <div className="sign-in-box stack">
      <div className="row spread">
        <h1>{t('새 비밀번호 정하기', 'Choose your own password')}</h1>
        <HelpLink />
      </div>
      <p className="lead">
        {t(
          '처음 받은 비밀번호로 들어왔습니다. 본인만 아는 비밀번호로 바꾼 뒤에 일을 시작할 수 있습니다.',
          'You came with a password that was given to you. Choose one that only you know before you begin.',
        )}
      </p>
      <ChangePassword onDone={onDone} />
      <div>
        <Button onClick={onLeave}>{t('나가기', 'Sign out')}</Button>
      </div>
    </div>
  );
}
