import { useEffect, useRef, useState, type ReactNode, createContext, useContext } from 'react';
import type { DemoUser, Me, ProblemDocument, Role } from './contract.js';
import { ask, heldToken, holdToken, Problem } from './http.js';
import { useSpeech } from './language.js';
import { Button, Form, TextField } from './pieces/form.js';
import { Badge, Waiting } from './pieces/show.js';
import { expired, queries, useRead } from './reading.js';
import { useWatched } from './store.js';
import { ROLE } from './terms.js';

interface Session {
  readonly me: Me;
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
  const [me, setMe] = useState<Me | null>(null);
  const [asking, setAsking] = useState(heldToken() !== null);
  useEffect(() => {
    if (heldToken() === null) return;
    ask<Me>('/v1/me')
      .then(({ body }) => setMe(body))
      .catch(() => holdToken(null))
      .finally(() => setAsking(false));
  }, []);
  if (asking) return <Waiting />;
  if (me === null) {
    return (
      <main className="sign-in" id="main">
        <SignIn onDone={setMe} />
      </main>
    );
  }
  const session: Session = {
    me,
    is: (...roles) => roles.some((role) => me.roles.includes(role)),
    leave: () => {
      holdToken(null);
      queries.clear();
      history.replaceState(null, '', '/');
      setMe(null);
    },
  };
  return (
    <Context value={session}>
      {children}
      <SignInAgain me={me} leave={session.leave} />
    </Context>
  );
}

function SignIn({ onDone }: { onDone: (me: Me) => void }) {
  const { t, say, language, speak } = useSpeech();
  const demo = useRead<readonly DemoUser[]>('/v1/demo-users');
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  const enter = async (candidate: string): Promise<void> => {
    const me = await identify(candidate, setProblem);
    if (me === null) return;
    queries.clear();
    onDone(me);
  };
  useEffect(() => {
    document.title = t('로그인 · 사전협의', 'Sign in · Sajeon');
  }, [t]);
  return (
    <div className="sign-in-box stack">
      <div className="row spread">
        <h1>{t('사전협의', 'Sajeon')}</h1>
        <Button onClick={() => speak(language === 'ko' ? 'en' : 'ko')}>
          <span lang={language === 'ko' ? 'en' : 'ko'}>{language === 'ko' ? 'English' : '한국어'}</span>
        </Button>
      </div>
      <p className="lead">
        {t(
          '정보화사업을 시작하기 전에 기존 시스템과 겹치는지 확인하고 협의합니다.',
          'Before a public information system is built, see whether it already exists, and consult.',
        )}
      </p>
      <Form problem={problem} onSubmit={() => void enter(token)} label={t('로그인', 'Sign in')}>
        <TextField
          label={t('접근 토큰', 'Access token')}
          pointer="/token"
          type="password"
          value={token}
          onChange={setToken}
          hint={t(
            '기관 관리자에게 받은 토큰을 적으십시오. 이 창을 닫으면 지워집니다.',
            'The token your administrator gave you. It is forgotten when this window closes.',
          )}
        />
        <div>
          <Button submit weight="primary">
            {t('들어가기', 'Sign in')}
          </Button>
        </div>
      </Form>
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
                <button type="button" className="krds-btn medium tertiary" onClick={() => void enter(user.token)}>
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

/** @returns who the token stands for; otherwise says why not and keeps the token held before */
async function identify(candidate: string, refuse: (problem: ProblemDocument) => void): Promise<Me | null> {
  const before = heldToken();
  const wrong = {
    ko: '알 수 없는 토큰입니다. 빠진 글자나 공백이 없는지 확인하십시오.',
    en: 'This token is not known. Check that nothing is missing and there are no spaces.',
  };
  const refused: ProblemDocument = {
    code: 'not-identified',
    status: 401,
    title: '',
    messages: wrong,
    errors: [{ pointer: '/token', code: 'not-identified', messages: wrong }],
  };
  if (!/^[\x21-\x7e]{1,512}$/.test(candidate.trim())) {
    refuse(refused);
    return null;
  }
  holdToken(candidate.trim());
  try {
    return (await ask<Me>('/v1/me')).body;
  } catch (error) {
    holdToken(before);
    refuse(error instanceof Problem && error.status !== 401 ? error.document : refused);
    return null;
  }
}

/** Over the page as it stands, so that no typing is lost. Another person's token is refused: the page shows the first one's cases. */
function SignInAgain({ me, leave }: { me: Me; leave: () => void }) {
  const { t } = useSpeech();
  const isExpired = useWatched(expired);
  const dialog = useRef<HTMLDialogElement>(null);
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  useEffect(() => {
    if (isExpired) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isExpired]);
  const enter = async (): Promise<void> => {
    const before = heldToken();
    const back = await identify(token, setProblem);
    if (back === null) return;
    if (back.person !== me.person || back.agency !== me.agency) {
      holdToken(before);
      setProblem({
        code: 'another-person',
        status: 401,
        title: '',
        messages: {
          ko: '다른 사람의 토큰입니다. 처음 들어온 사람의 토큰을 적거나, 나가기를 누르고 다시 들어오십시오.',
          en: 'This is somebody else’s token. Use your own, or sign out and in again.',
        },
      });
      return;
    }
    setToken('');
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
            <TextField
              label={t('접근 토큰', 'Access token')}
              pointer="/token"
              type="password"
              value={token}
              onChange={setToken}
            />
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
