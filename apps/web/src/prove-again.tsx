import { useEffect, useRef, useState } from 'react';
import type { ProblemDocument, SignedIn, SignInMethods } from './contract.js';
import { ask, Problem, proveBy } from './http.js';
import { HelpLink } from './help-link.js';
import { useSpeech } from './language.js';
import { Button, Form, TextField } from './pieces/form.js';
import { expired, useRead } from './reading.js';
import { CodeField } from './second-factor.js';

/** Where the identity provider asks once more, also somebody whom it knows, and leads back to this page. */
function providerAgain(): string {
  return `/v1/sign-in/provider?again=yes&returnTo=${encodeURIComponent(location.pathname)}`;
}

/** 본인 확인: over the page, when something takes a recent proof of who one is. What was pressed goes on by itself afterwards. */
export function ProveAgain({ method }: { method: SignedIn['method'] }) {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const [settle, setSettle] = useState<((proved: boolean) => void) | null>(null);
  useEffect(() => {
    proveBy(() => new Promise((resolve) => setSettle(() => resolve)));
    return () => proveBy(null);
  }, []);
  const asking = settle !== null;
  useEffect(() => {
    if (asking) dialog.current?.showModal();
    else dialog.current?.close();
  }, [asking]);
  const close = (proved: boolean): void => {
    settle?.(proved);
    setSettle(null);
  };
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby="prove-again"
      onCancel={(event) => {
        event.preventDefault();
        close(false);
      }}
    >
      {asking && (
        <div className="stack">
          <h2 id="prove-again">{t('본인 확인', 'Show that it is you')}</h2>
          {method === 'provider' ? (
            <AtProvider onLeave={() => close(false)} />
          ) : (
            <ByPassword onDone={() => close(true)} onLeave={() => close(false)} />
          )}
        </div>
      )}
    </dialog>
  );
}

function ByPassword({ onDone, onLeave }: { onDone: () => void; onLeave: () => void }) {
  const { t } = useSpeech();
  const methods = useRead<SignInMethods>('/v1/sign-in');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksForCode, setAsksForCode] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  const prove = async (): Promise<void> => {
    setProblem(null);
    try {
      await ask('/v1/session/proof', { method: 'POST', body: { password, ...(code === '' ? {} : { code }) } });
      onDone();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) {
        // The session has ended meanwhile: the sign-in window says what to do.
        expired.set(true);
        onLeave();
        return;
      }
      if (error.document.code === 'second-factor-required') setAsksForCode(true);
      setProblem(error.document);
    }
  };
  return (
    <>
      <p>
        {t(
          '로그인이나 권한에 관한 일은 본인임을 다시 확인한 뒤에 합니다. 한 번 확인하면 잠시 동안 다시 묻지 않습니다.',
          'Acts about sign-ins and access take showing once more that it is you. You are not asked again for a while.',
        )}
      </p>
      <Form problem={problem} label={t('본인 확인', 'Show that it is you')} onSubmit={() => void prove()}>
        <TextField
          label={t('비밀번호', 'Password')}
          pointer="/password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          {...(methods.data?.demo === true
            ? {
                hint: t(
                  '시연용 사용자의 비밀번호는 아이디와 같습니다(예: demo-admin).',
                  'The password of a demonstration user is the login, e.g. demo-admin.',
                ),
              }
            : {})}
        />
        {asksForCode && <CodeField value={code} onChange={setCode} />}
        <div className="row">
          <Button submit weight="primary">
            {t('확인', 'Confirm')}
          </Button>
          <Button onClick={onLeave}>{t('그만두기', 'Cancel')}</Button>
        </div>
      </Form>
    </>
  );
}

function AtProvider({ onLeave }: { onLeave: () => void }) {
  const { t } = useSpeech();
  return (
    <>
      <p>
        {t(
          '기관 통합로그인에서 다시 로그인하면 이 화면으로 돌아옵니다. 돌아온 뒤 하려던 일을 다시 누르십시오.',
          'Sign in again with your organisation: you come back to this page. Then press again what you wanted.',
        )}
      </p>
      <div className="row">
        <a className="krds-btn medium primary" href={providerAgain()}>
          {t('통합로그인에서 확인하기', 'Sign in again')}
        </a>
        <Button onClick={onLeave}>{t('그만두기', 'Cancel')}</Button>
      </div>
    </>
  );
}

/** Instead of the whole application, for somebody whose role takes more than the provider said of this sign-in. */
export function SignInStronger({ onLeave }: { onLeave: () => void }) {
  const { t } = useSpeech();
  return (
    <div className="sign-in-box stack">
      <div className="row spread">
        <h1>{t('더 강한 인증으로 로그인', 'A stronger sign-in')}</h1>
        <HelpLink />
      </div>
      <p className="lead">
        {t(
          '이 자격으로 일하려면 기관 통합로그인에서 2차 인증까지 거쳐 로그인해야 합니다. 이번 로그인에서는 확인되지 않았습니다.',
          'This role takes a sign-in with a second factor at your organisation, which was not confirmed this time.',
        )}
      </p>
      <p className="quiet">
        {t(
          '다시 로그인해도 같은 화면이 나오면 기관의 통합로그인 담당자에게 알리십시오.',
          'If this page comes again, tell those who run the sign-in of your organisation.',
        )}
      </p>
      <div className="row">
        <a className="krds-btn medium primary" href={providerAgain()}>
          {t('통합로그인에서 다시 로그인', 'Sign in again')}
        </a>
        <Button onClick={onLeave}>{t('나가기', 'Sign out')}</Button>
      </div>
    </div>
  );
}
