import { flushSync } from 'react-dom';
import {
  useEffect,
  useRef,
  useState,
  type ComponentType,
  type ReactNode,
  createContext,
  lazy,
  Suspense,
  useContext,
} from 'react';
import { Link, useLocation } from 'wouter';
import type { Capacity, DemoUser, Me, ProblemDocument, Role, SignedIn, SignInMethods } from './contract.js';
import { ask, expectSession, holdCsrf, Problem, sessionExpected } from './http.js';
import { HelpLink } from './help-link.js';
import { useSpeech } from './language.js';
import { closeKept, openKept } from './plan/kept.js';
import { Button, Form, TextField } from './pieces/form.js';
import { Badge, Waiting } from './pieces/show.js';
import { ChangePasswordFirst } from './password.js';
import { ProveAgain, SignInStronger } from './prove-again.js';
import { expired, queries, useRead } from './reading.js';
import { CodeField, EnrolFirst } from './second-factor.js';
import { useWatched } from './store.js';
import { ROLE } from './terms.js';

/** What can be read without signing in. */
const OPEN: Readonly<Record<string, ComponentType>> = {
  '/public': lazy(() => import('./pages/public.js')),
  '/help': lazy(() => import('./pages/help.js')),
};

interface Session {
  readonly me: Me;
  /** All that the person may act as; `actAs` switches between them. */
  readonly signedIn: SignedIn;
  readonly actAs: (capacity: Capacity) => Promise<void>;
  readonly is: (...roles: readonly Role[]) => boolean;
  readonly leave: () => void;
}
const Context = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(Context);
  if (session === null) throw new Error('no SessionProvider');
  return session;
}

/** Asks who is there before anything else is shown. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [present, setPresent] = useState<Present | null>(null);
  const [asking, setAsking] = useState(sessionExpected);
  /** Signed in, and something comes before any work. */
  const [barred, setBarred] = useState<Bar | null>(null);
  const [path] = useLocation();
  const arrive = async (signedIn: SignedIn): Promise<void> => {
    holdCsrf(signedIn.csrfToken);
    const bar = barOf(signedIn);
    const next = bar === null ? await presentAs(signedIn) : null;
    if (next !== null) await openKept(signedIn.draftKey);
    setBarred(bar);
    setPresent(next);
  };
  useEffect(() => {
    if (!sessionExpected()) return;
    ask<SignedIn>('/v1/session')
      .then(({ body }) => arrive(body))
      .catch(() => holdCsrf(null))
      .finally(() => setAsking(false));
  }, []);
  if (asking) return <Waiting />;
  const OpenPage = OPEN[path];
  if (present === null && OpenPage !== undefined) return <OpenToAll page={OpenPage} />;
  if (barred !== null) {
    const onDone = (): void => void ask<SignedIn>('/v1/session').then(({ body }) => arrive(body));
    const onLeave = (): void => {
      void ask('/v1/session/end', { method: 'POST' }).finally(() => {
        holdCsrf(null);
        setBarred(null);
      });
    };
    return (
      <main className="sign-in" id="main">
        {barred === 'password' && <ChangePasswordFirst onDone={onDone} onLeave={onLeave} />}
        {barred === 'second-factor' && <EnrolFirst onDone={onDone} onLeave={onLeave} />}
        {barred === 'stronger' && <SignInStronger onLeave={onLeave} />}
      </main>
    );
  }
  if (present === null) {
    return (
      <main className="sign-in" id="main">
        <SignIn onDone={arrive} />
      </main>
    );
  }
  const { me, signedIn } = present;
  const session: Session = {
    me,
    signedIn,
    actAs: async ({ id }) => {
      const { body } = await ask<SignedIn>('/v1/session/capacity', { method: 'POST', body: { capacity: id } });
      if (barOf(body) !== null) return arrive(body);
      const next = await presentAs(body);
      queries.clear();
      // First who one is now, then where: the first page of `/` depends on the role.
      flushSync(() => setPresent(next));
      history.replaceState(null, '', '/');
    },
    is: (...roles) => roles.some((role) => me.roles.includes(role)),
    leave: () => {
      const gone = (next?: string): void => {
        holdCsrf(null);
        queries.clear();
        // What was looked for, and whatever else this window remembers.
        sessionStorage.clear();
        flushSync(() => setPresent(null));
        history.replaceState(null, '', '/');
        // The identity provider ends its own session too.
        if (next !== undefined) location.assign(next);
      };
      closeKept()
        .then(() => ask<{ next?: string }>('/v1/session/end', { method: 'POST' }))
        .then(({ body }) => gone(body.next))
        .catch(() => gone());
    },
  };
  return (
    <Context value={session}>
      {children}
      <SignInAgain me={me} leave={session.leave} arrive={arrive} />
      <ProveAgain method={signedIn.method} />
    </Context>
  );
}

/** What comes before any work, in this order. */
type Bar = 'password' | 'second-factor' | 'stronger';
function barOf({ mustChangePassword, mustEnrolSecondFactor, mustSignInStronger }: SignedIn): Bar | null {
  if (mustChangePassword) return 'password';
  if (mustEnrolSecondFactor) return 'second-factor';
  return mustSignInStronger ? 'stronger' : null;
}

interface Present {
  readonly me: Me;
  readonly signedIn: SignedIn;
}

/** @throws Problem `no-role-granted` for somebody who may do nothing here yet */
async function presentAs(signedIn: SignedIn): Promise<Present> {
  holdCsrf(signedIn.csrfToken);
  return { signedIn, me: (await ask<Me>('/v1/me')).body };
}

/** What needs no sign-in. */
function OpenToAll({ page: OpenPage }: { page: ComponentType }) {
  const { t, language, speak } = useSpeech();
  return (
    <>
      <a className="skip" href="#main">
        {t('본문으로 건너뛰기', 'Skip to the content')}
      </a>
      <header className="frame-header">
        <div className="frame-top">
          <span className="brand">{t('사전협의', 'Sajeon')}</span>
          <div className="frame-tools">
            <Button onClick={() => speak(language === 'ko' ? 'en' : 'ko')}>
              <span lang={language === 'ko' ? 'en' : 'ko'}>{language === 'ko' ? 'English' : '한국어'}</span>
            </Button>
            <HelpLink />
            <Link href="/" className="krds-btn small tertiary">
              {t('로그인', 'Sign in')}
            </Link>
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<Waiting />}>
          <OpenPage />
        </Suspense>
      </main>
    </>
  );
}

function SignIn({ onDone }: { onDone: (signedIn: SignedIn) => Promise<void> }) {
  const { t, say, language, speak } = useSpeech();
  const demo = useRead<readonly DemoUser[]>('/v1/demo-users');
  const methods = useRead<SignInMethods>('/v1/sign-in');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  const atProvider = new URLSearchParams(location.search).get('sign-in');
  const enter = async (as: string, by: string): Promise<void> => {
    const signedIn = await identify(as, by, code, setProblem);
    if (signedIn === null) return;
    queries.clear();
    await onDone(signedIn).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      setProblem(error.document);
    });
  };
  useEffect(() => {
    document.title = t('로그인 · 사전협의', 'Sign in · Sajeon');
  }, [t]);
  return (
    <div className="sign-in-box stack">
      <div className="row spread">
        <h1>{t('사전협의', 'Sajeon')}</h1>
        <div className="row">
          <Button onClick={() => speak(language === 'ko' ? 'en' : 'ko')}>
            <span lang={language === 'ko' ? 'en' : 'ko'}>{language === 'ko' ? 'English' : '한국어'}</span>
          </Button>
          <HelpLink />
        </div>
      </div>
      <p className="lead">
        {t(
          '정보화사업을 시작하기 전에 기존 시스템과 겹치는지 확인하고 협의합니다.',
          'Before a public information system is built, see whether it already exists, and consult.',
        )}
      </p>
      {atProvider === 'refused' && (
        <p className="warn" role="alert">
          {t(
            '기관 통합로그인에서 확인되지 않아 들어오지 못했습니다. 다시 해 보고, 계속되면 기관의 통합로그인 담당자에게 알리십시오.',
            'Your organisation did not confirm the sign-in. Try again; if it goes on, tell those who run its sign-in.',
          )}
        </p>
      )}
      {atProvider === 'too-old' && (
        <p className="warn" role="alert">
          {t(
            '통합로그인에 로그인한 지 오래되었거나 언제 로그인했는지 알 수 없어 들어오지 못했습니다. 통합로그인에서 다시 로그인하십시오.',
            'Your sign-in at your organisation is too old, or it does not say how old. Sign in there again.',
          )}
        </p>
      )}
      {methods.data?.provider === true && (
        <div>
          <a
            className="krds-btn medium primary"
            href={atProvider === 'too-old' ? '/v1/sign-in/provider?again=yes' : '/v1/sign-in/provider'}
            onClick={() => expectSession(true)}
          >
            {t('기관 통합로그인으로 들어가기', 'Sign in with your organisation')}
          </a>
        </div>
      )}
      <Form problem={problem} onSubmit={() => void enter(login, password)} label={t('로그인', 'Sign in')}>
        <TextField label={t('아이디', 'Login')} pointer="/login" value={login} onChange={setLogin} autoComplete="username" />
        <TextField
          label={t('비밀번호', 'Password')}
          pointer="/password"
          type="password"
          value={password}
          onChange={setPassword}
          hint={t('처음이면 기관 관리자에게 받은 것을 적으십시오.', 'For the first time, the one your administrator gave you.')}
          autoComplete="current-password"
        />
        {asksForCode(problem, code) && <CodeField value={code} onChange={setCode} />}
        <div>
          <Button submit weight="primary">
            {t('들어가기', 'Sign in')}
          </Button>
        </div>
      </Form>
      <p>
        <Link href="/public" className="back">
          {t(
            '로그인하지 않고 공개 대장 보기·통보서 진위 확인',
            'Public register and verification of letters, without signing in',
          )}{' '}
          →
        </Link>
      </p>
      {demo.data !== undefined && (
        <section className="stack" aria-labelledby="demo-users">
          <h2 id="demo-users">{t('시연용 사용자', 'Demonstration users')}</h2>
          <p className="quiet">
            {t(
              '실제 자료가 아닌 시연 설치입니다. 한 번 눌러 그 사람으로 들어갑니다.',
              'This is a demonstration. One press signs you in as that person.',
            )}
          </p>
          <ul className="demo-users">
            {demo.data.map((user) => (
              <li key={user.token}>
                <button type="button" className="krds-btn medium tertiary" onClick={() => void enter(user.token, user.token)}>
                  <span>{say(user)}</span>
                  {user.roles.map((role) => (
                    <Badge key={role} tone="primary">
                      {say(ROLE[role])}
                    </Badge>
                  ))}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** Once the service has asked for one, and as long as something stands in the field. */
function asksForCode(problem: ProblemDocument | null, code: string): boolean {
  return code !== '' || problem?.code === 'second-factor-required' || problem?.code === 'wrong-code';
}

/** @returns who signed in; otherwise says why not */
async function identify(
  login: string,
  password: string,
  code: string,
  refuse: (problem: ProblemDocument) => void,
): Promise<SignedIn | null> {
  try {
    const body = { login: login.trim(), password, ...(code === '' ? {} : { code }) };
    return (await ask<SignedIn>('/v1/sign-in', { method: 'POST', body })).body;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    refuse(error.document);
    return null;
  }
}

/** Over the page as it stands, so that no typing is lost. Another person is refused: the page shows the first one's cases. */
function SignInAgain({ me, leave, arrive }: { me: Me; leave: () => void; arrive: (signedIn: SignedIn) => Promise<void> }) {
  const { t } = useSpeech();
  const isExpired = useWatched(expired);
  const dialog = useRef<HTMLDialogElement>(null);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  useEffect(() => {
    if (isExpired) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isExpired]);
  const enter = async (): Promise<void> => {
    const signedIn = await identify(login, password, code, setProblem);
    if (signedIn === null) return;
    if (signedIn.person === me.person && barOf(signedIn) !== null) {
      // A new password was given meanwhile: it is changed first, and the page is none of theirs until then.
      expired.set(false);
      await arrive(signedIn);
      return;
    }
    const back = barOf(signedIn) === null ? await presentAs(signedIn) : null;
    if (back === null || back.me.person !== me.person || back.me.agency !== me.agency) {
      await ask('/v1/session/end', { method: 'POST' }).catch(() => undefined);
      holdCsrf(null);
      setProblem({
        code: 'another-person',
        status: 401,
        title: '',
        messages: {
          ko: '다른 사람의 계정입니다. 처음 들어온 사람의 것을 적거나, 나가기를 누르고 다시 들어오십시오.',
          en: 'This is somebody else’s account. Use your own, or sign out and in again.',
        },
      });
      return;
    }
    setPassword('');
    setCode('');
    setProblem(null);
    expired.set(false);
    await queries.invalidateQueries();
  };
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="again-title" onCancel={(event) => event.preventDefault()}>
      {isExpired && (
        <div className="stack">
          <h2 id="again-title">{t('다시 로그인하십시오', 'Please sign in again')}</h2>
          <p>
            {t(
              '로그인이 끝났습니다. 적던 내용은 뒤에 그대로 있습니다.',
              'Your session has ended. What you were typing is still there, behind this window.',
            )}
          </p>
          <Form problem={problem} onSubmit={() => void enter()} label={t('다시 로그인', 'Sign in again')}>
            <TextField label={t('아이디', 'Login')} pointer="/login" value={login} onChange={setLogin} autoComplete="username" />
            <TextField
              label={t('비밀번호', 'Password')}
              pointer="/password"
              type="password"
              value={password}
              onChange={setPassword}
              autoComplete="current-password"
            />
            {asksForCode(problem, code) && <CodeField value={code} onChange={setCode} />}
            <div className="row">
              <Button submit weight="primary">
                {t('이어서 하기', 'Go on')}
              </Button>
              <Button
                onClick={() => {
                  expired.set(false);
                  leave();
                }}
              >
                {t('나가기', 'Sign out')}
              </Button>
            </div>
          </Form>
        </div>
      )}
    </dialog>
  );
}
