import { useState } from 'react';
import type { ProblemDocument } from './contract.js';
import { ask, Problem } from './http.js';
import { HelpLink } from './help-link.js';
import { useSpeech } from './language.js';
import { notify } from './notices.js';
import { Button, Form, TextField } from './pieces/form.js';
import { Instant, ReadProblem, Waiting } from './pieces/show.js';
import { expired, readAgain, useRead } from './reading.js';

interface SecondFactor {
  readonly enrolledAt: string | null;
  readonly recoveryCodesLeft: number;
  readonly required: boolean;
  readonly possible: boolean;
}

const AT = '/v1/session/second-factor';

/** Asks, and says what is wrong with what was typed. */
function useAsking(): {
  readonly busy: boolean;
  readonly problem: ProblemDocument | null;
  readonly send: <T>(path: string, body: object) => Promise<T | null>;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  return {
    busy,
    problem,
    send: async <T,>(path: string, body: object): Promise<T | null> => {
      setBusy(true);
      setProblem(null);
      try {
        return (await ask<T>(path, { method: 'POST', body })).body;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.status === 401) expired.set(true);
        else setProblem(error.document);
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}

/** Six digits, as the app shows them. */
export function CodeField({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const { t } = useSpeech();
  return (
    <TextField
      label={t('인증번호', 'Code')}
      pointer="/code"
      value={value}
      onChange={onChange}
      autoComplete="one-time-code"
      hint={t(
        '인증 앱에 보이는 여섯 자리입니다. 휴대전화가 없으면 복구 코드를 적으십시오.',
        'Six digits of your authenticator app, or a recovery code.',
      )}
    />
  );
}

function PasswordField({ value, onChange }: { value: string; onChange: (password: string) => void }) {
  const { t } = useSpeech();
  return (
    <TextField
      label={t('비밀번호', 'Password')}
      pointer="/password"
      type="password"
      autoComplete="current-password"
      value={value}
      onChange={onChange}
    />
  );
}

/** Password, picture, first code, recovery codes: in this order, and nothing counts before the code. */
function Enrol({ onDone }: { onDone: () => void }) {
  const { t } = useSpeech();
  const { busy, problem, send } = useAsking();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [begun, setBegun] = useState<{ readonly secret: string; readonly qr: string } | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (begun === null) {
    const begin = async (): Promise<void> => setBegun(await send<{ secret: string; qr: string }>(AT, { password }));
    return (
      <Form problem={problem} label={t('인증 앱 등록', 'Enrol an app')} onSubmit={() => void begin()}>
        <PasswordField value={password} onChange={setPassword} />
        <div>
          <Button submit weight="primary" busy={busy}>
            {t('등록 시작', 'Begin')}
          </Button>
        </div>
      </Form>
    );
  }
  const confirm = async (): Promise<void> => {
    const told = await send<{ recoveryCodes: readonly string[] }>(`${AT}/confirmation`, { code: code.replace(/\s/g, '') });
    if (told !== null) setCodes(told.recoveryCodes);
  };
  return (
    <Form problem={problem} label={t('인증 앱 등록', 'Enrol an app')} onSubmit={() => void confirm()}>
      <p>
        {t(
          '휴대전화의 인증 앱(Google OTP, Microsoft Authenticator 등)으로 그림을 찍고, 앱에 나온 여섯 자리를 적으십시오.',
          'Scan this with an authenticator app, then type the six digits that it shows.',
        )}
      </p>
      <img
        width={220}
        height={220}
        alt={t('인증 앱으로 찍을 QR 코드. 찍을 수 없으면 아래 글자를 앱에 적으십시오.', 'QR code; or type the letters below.')}
        src={`data:image/svg+xml,${encodeURIComponent(begun.qr)}`}
      />
      <p>
        {t('찍을 수 없을 때 앱에 적을 글자', 'To type in where there is no camera')}: <code>{begun.secret}</code>
      </p>
      <TextField
        label={t('인증번호', 'Code')}
        pointer="/code"
        value={code}
        onChange={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
      />
      <div>
        <Button submit weight="primary" busy={busy}>
          {t('확인', 'Confirm')}
        </Button>
      </div>
    </Form>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useSpeech();
  return (
    <div className="stack">
      <p className="warn" role="status">
        {t(
          '복구 코드입니다. 다시 볼 수 없으니 적어서 따로 보관하십시오. 휴대전화를 잃었을 때 인증번호 대신 하나씩 한 번만 씁니다.',
          'Recovery codes, shown once. Keep them apart: each signs you in once when the telephone is lost.',
        )}
      </p>
      <pre className="token">{codes.join('\n')}</pre>
      <div>
        <Button weight="primary" onClick={onDone}>
          {t('보관했습니다', 'I have kept them')}
        </Button>
      </div>
    </div>
  );
}

/** Instead of the whole application, for somebody whose role takes a second factor and who has none yet. */
export function EnrolFirst({ onDone, onLeave }: { onDone: () => void; onLeave: () => void }) {
  const { t } = useSpeech();
  return (
    <div className="sign-in-box stack">
      <div className="row spread">
        <h1>{t('인증 앱 등록', 'Enrol an authenticator app')}</h1>
        <HelpLink />
      </div>
      <p className="lead">
        {t(
          '이 자격으로 일하려면 비밀번호와 함께 인증 앱의 번호가 필요합니다. 먼저 한 번 등록하십시오.',
          'Your role takes a code of an authenticator app beside the password. Enrol one first.',
        )}
      </p>
      <Enrol onDone={onDone} />
      <div>
        <Button onClick={onLeave}>{t('나가기', 'Sign out')}</Button>
      </div>
    </div>
  );
}

/** On one's own account. Nothing for those who sign in elsewhere. */
export function SecondFactorPanel() {
  const { t } = useSpeech();
  const { data, error } = useRead<SecondFactor>(AT);
  const [enrolling, setEnrolling] = useState(false);
  const done = (): void => {
    setEnrolling(false);
    void readAgain();
  };
  if (data?.possible === false) return null;
  return (
    <section className="panel" aria-labelledby="second-factor">
      <h2 id="second-factor">{t('인증 앱 (2차 인증)', 'Authenticator app')}</h2>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && data.enrolledAt === null && !enrolling && (
        <>
          <p>
            {t(
              '비밀번호가 새어 나가도 다른 사람이 들어오지 못하게 합니다.',
              'Keeps others out even where your password has become known.',
            )}
          </p>
          <div>
            <Button onClick={() => setEnrolling(true)}>{t('인증 앱 등록', 'Enrol an app')}</Button>
          </div>
        </>
      )}
      {enrolling && <Enrol onDone={done} />}
      {data !== undefined && data.enrolledAt !== null && !enrolling && <Enrolled state={data} />}
    </section>
  );
}

function Enrolled({ state }: { state: SecondFactor }) {
  const { t } = useSpeech();
  const { busy, problem, send } = useAsking();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const forget = (): void => {
    setPassword('');
    setCode('');
  };
  const renew = async (): Promise<void> => {
    const told = await send<{ recoveryCodes: readonly string[] }>(`${AT}/recovery-codes`, { password, code });
    if (told === null) return;
    forget();
    setCodes(told.recoveryCodes);
  };
  const remove = async (): Promise<void> => {
    if ((await send(`${AT}/removal`, { password, code })) === null) return;
    forget();
    notify('done', {
      ko: '인증 앱을 해제했습니다. 다른 곳의 로그인은 끝났습니다.',
      en: 'The app is removed; your other sessions have ended.',
    });
    await readAgain();
  };
  if (codes !== null) {
    return (
      <RecoveryCodes
        codes={codes}
        onDone={() => {
          setCodes(null);
          void readAgain();
        }}
      />
    );
  }
  return (
    <>
      <p>
        {t('등록한 때', 'Enrolled')}: <Instant at={state.enrolledAt ?? ''} /> ·{' '}
        {t(`남은 복구 코드 ${state.recoveryCodesLeft}개`, `${state.recoveryCodesLeft} recovery codes left`)}
      </p>
      <Form problem={problem} label={t('인증 앱 바꾸기', 'Change the app')} onSubmit={() => void renew()}>
        <div className="two">
          <PasswordField value={password} onChange={setPassword} />
          <CodeField value={code} onChange={setCode} />
        </div>
        <div className="row">
          <Button submit weight="secondary" busy={busy}>
            {t('복구 코드 다시 받기', 'New recovery codes')}
          </Button>
          <Button busy={busy} onClick={() => void remove()}>
            {t('인증 앱 해제', 'Remove the app')}
          </Button>
        </div>
        {state.required && (
          <p className="quiet">
            {t('해제하면 새로 등록할 때까지 일할 수 없습니다.', 'Without one you cannot work here until you enrol again.')}
          </p>
        )}
      </Form>
    </>
  );
}
