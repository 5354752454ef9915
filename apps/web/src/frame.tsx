import { useEffect, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Message, Role } from './contract.js';
import { Problem } from './http.js';
import { useSpeech } from './language.js';
import { followLive } from './live.js';
import { notify, Notices } from './notices.js';
import { HelpLink } from './help-link.js';
import { Button } from './pieces/form.js';
import { keysOn, switchKeys } from './pieces/keys.js';
import { catchingUp, expired, justActed, queries } from './reading.js';
import { SessionEnd } from './session-end.js';
import { useSession } from './session.js';
import { useWatched } from './store.js';
import { NEWS, ROLE } from './terms.js';

interface Entry {
  readonly to: string;
  readonly ko: string;
  readonly en: string;
  /** Nobody named: everybody. */
  readonly roles?: readonly Role[];
  /** Behind a button of the menu; what somebody works with all day stands in the menu itself. */
  readonly group?: Group;
}

type Group = 'look-up' | 'rules';
const GROUPS: Readonly<Record<Group, Message>> = {
  'look-up': { ko: '찾아보기', en: 'Look up' },
  rules: { ko: '기준·관리', en: 'Rules and setup' },
};

const ENTRIES: readonly Entry[] = [
  { to: '/today', ko: '오늘 할 일', en: 'To do today', roles: ['applicant', 'applicant-approver'] },
  { to: '/my-cases', ko: '신청 현황', en: 'My cases', roles: ['applicant', 'applicant-approver'] },
  { to: '/projects', ko: '정보화사업', en: 'Projects', roles: ['applicant'] },
  { to: '/plans/new', ko: '사업계획 작성', en: 'New plan', roles: ['applicant'] },
  { to: '/wizard', ko: '대상여부 판정', en: 'Must I consult?', roles: ['applicant'] },
  { to: '/queue', ko: '검토 대기열', en: 'Review queue', roles: ['reviewer', 'approver'] },
  { to: '/preliminary-reviews', ko: '예비검토', en: 'Preliminary reviews', roles: ['reviewer', 'approver'] },
  { to: '/joint-reviews', ko: '공동검토 받은함', en: 'Opinions asked', roles: ['owner'] },
  { to: '/my-systems', ko: '우리 기관 시스템', en: 'Our systems', roles: ['owner'] },
  { to: '/cases', ko: '전체 사건', en: 'All cases', roles: ['auditor'] },
  { to: '/audit', ko: '감사 업무', en: 'Audit', roles: ['auditor'] },
  { to: '/time', ko: '타임머신', en: 'Time machine', roles: ['auditor'] },
  { to: '/clusters', ko: '유사 계획 묶음', en: 'Like plans', roles: ['reviewer', 'approver', 'auditor'] },
  {
    to: '/obligations',
    ko: '조건 이행',
    en: 'Conditions',
    roles: ['applicant', 'applicant-approver', 'reviewer', 'approver', 'auditor'],
  },
  { to: '/health', ko: '운영 상태', en: 'Operations', roles: ['administrator'] },
  { to: '/users', ko: '이용자', en: 'Users', roles: ['administrator'] },
  { to: '/integrations', ko: '연계', en: 'Integrations', roles: ['administrator', 'auditor'], group: 'rules' },
  { to: '/thesaurus', ko: '용어', en: 'Thesaurus', roles: ['administrator'] },
  { to: '/systems', ko: '정보시스템', en: 'Systems', group: 'look-up' },
  { to: '/statistics', ko: '통계', en: 'Statistics', group: 'look-up' },
  { to: '/agencies', ko: '기관', en: 'Agencies', group: 'look-up' },
  {
    to: '/findings',
    ko: '감사 지적',
    en: 'Audit findings',
    roles: ['applicant', 'applicant-approver', 'reviewer', 'approver', 'owner', 'administrator'],
    group: 'look-up',
  },
  { to: '/rules', ko: '규칙', en: 'Rules', group: 'rules' },
  { to: '/holidays', ko: '공휴일', en: 'Holidays', group: 'rules' },
  { to: '/permissions', ko: '권한표', en: 'Permissions', group: 'rules' },
  { to: '/public', ko: '공개 대장', en: 'Public register', group: 'look-up' },
];

/** Where each role's day begins. */
export function firstPage(is: (...roles: readonly Role[]) => boolean): string {
  return ENTRIES.find(({ roles, group }) => roles !== undefined && group === undefined && is(...roles))?.to ?? '/systems';
}

export function Frame({ children }: { children: ReactNode }) {
  const { t, language, speak } = useSpeech();
  const { is, leave } = useSession();
  const connected = useLive();
  const late = useWatched(catchingUp);
  return (
    <>
      <a className="skip" href="#main">
        {t('본문으로 건너뛰기', 'Skip to the content')}
      </a>
      <header className="frame-header">
        <div className="frame-top">
          <Link href={firstPage(is)} className="brand">
            <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
              <rect x="2" y="6" width="17" height="20" rx="3" fill="#0b50d0" />
              <rect x="13" y="6" width="17" height="20" rx="3" fill="#083891" fillOpacity=".75" />
            </svg>
            <span>{t('사전협의', 'Sajeon')}</span>
          </Link>
          <Acting />
          <SearchEverywhere />
          <div className="frame-tools">
            <span className={`live ${connected && !late ? 'on' : ''}`}>
              {late ? t('반영 중', 'Catching up') : connected ? t('실시간', 'Live') : t('연결 중', 'Connecting')}
            </span>
            <Button onClick={() => speak(language === 'ko' ? 'en' : 'ko')}>
              <span lang={language === 'ko' ? 'en' : 'ko'}>{language === 'ko' ? 'English' : '한국어'}</span>
            </Button>
            <HelpLink />
            <Link href="/account" className="krds-btn small tertiary">
              {t('내 계정', 'Account')}
            </Link>
            <Button onClick={leave}>{t('나가기', 'Sign out')}</Button>
          </div>
        </div>
        <Menu />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className="frame-footer">
        <p>
          {t(
            '판별기의 숫자는 제안이며 판단은 사람이 합니다. 모든 행위는 지울 수 없는 기록으로 남습니다.',
            'The engine suggests; people decide. Every act stays on the record.',
          )}
        </p>
        <KeySwitch />
        <p>
          <a href="/docs">{t('API 문서', 'API documentation')}</a>
        </p>
      </footer>
      <Notices />
      <SessionEnd />
    </>
  );
}

/** For whom somebody acts; who may act for several switches here (기관 전환). */
function Acting() {
  const { t, say } = useSpeech();
  const { me, signedIn, actAs } = useSession();
  const [chosen, setChosen] = useState(signedIn.capacity ?? '');
  const roles = (held: readonly Role[]): string => held.map((role) => say(ROLE[role])).join(' · ');
  if (signedIn.capacities.length < 2) {
    return (
      <p className="acting">
        <strong>{me.agencyName}</strong>
        <span className="quiet"> {roles(me.roles)}</span>
      </p>
    );
  }
  const wanted = signedIn.capacities.find(({ id }) => id === chosen);
  return (
    <form
      className="acting row"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === undefined) return;
        actAs(wanted).catch((error: unknown) => {
          if (!(error instanceof Problem)) throw error;
          notify('news', error.document.messages);
        });
      }}
    >
      <select
        className="krds-form-select"
        aria-label={t('기관 전환', 'Act as')}
        value={chosen}
        onChange={({ target: { value } }) => setChosen(value)}
      >
        {signedIn.capacities.map(({ id, agencyName, roles: held, delegation, successor }) => (
          <option key={id} value={id}>
            {agencyName} ({roles(held)}
            {delegation === undefined ? '' : delegation.kind === 'acting' ? t(', 대결', ', acting') : t(', 전결', ', standing')}
            {successor === undefined ? '' : t(', 승계', ', as its successor')})
          </option>
        ))}
      </select>
      {/* Not at the choice itself: whoever goes through the choices with the arrow keys has not chosen yet. */}
      {chosen !== signedIn.capacity && <Button submit>{t('바꾸기', 'Switch')}</Button>}
    </form>
  );
}

/** Two lines at most: the day's work with the buttons of the groups, and below it the pages of the group that is open. */
function Menu() {
  const { t, say } = useSpeech();
  const { is } = useSession();
  const [path] = useLocation();
  const [chosen, setChosen] = useState<Group | 'none' | null>(null);
  useEffect(() => setChosen(null), [path]);
  const entries = ENTRIES.filter(({ roles }) => roles === undefined || is(...roles));
  const isHere = ({ to }: Entry): boolean => path === to || path.startsWith(`${to}/`);
  const open = chosen ?? entries.find(isHere)?.group ?? 'none';
  const link = (entry: Entry): ReactNode => (
    <li key={entry.to}>
      <Link href={entry.to} {...(isHere(entry) ? { 'aria-current': 'page' as const } : {})}>
        {t(entry.ko, entry.en)}
      </Link>
    </li>
  );
  return (
    <nav aria-label={t('주 메뉴', 'Main')}>
      <ul>
        {entries.filter(({ group }) => group === undefined).map(link)}
        {(Object.keys(GROUPS) as Group[])
          .filter((group) => entries.some((entry) => entry.group === group))
          .map((group) => (
            <li key={group}>
              <button
                type="button"
                aria-expanded={open === group}
                {...(open === group ? { 'aria-controls': 'menu-group' } : {})}
                onClick={() => setChosen(open === group ? 'none' : group)}
              >
                {say(GROUPS[group])}
              </button>
            </li>
          ))}
      </ul>
      {open !== 'none' && (
        <ul id="menu-group" aria-label={say(GROUPS[open])}>
          {entries.filter(({ group }) => group === open).map(link)}
        </ul>
      )}
    </nav>
  );
}

function SearchEverywhere() {
  const { t } = useSpeech();
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  return (
    <form
      role="search"
      className="search-everywhere"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') go(`/search?q=${encodeURIComponent(typed.trim())}`);
      }}
    >
      <input
        type="search"
        className="krds-input small"
        aria-label={t('통합검색', 'Search everywhere')}
        placeholder={t('사건·시스템·기관 찾기', 'Cases, systems, agencies')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}

function KeySwitch() {
  const { t } = useSpeech();
  const on = useWatched(keysOn);
  return (
    <Button aria-pressed={on} onClick={() => switchKeys(!on)}>
      {t('한 글자 단축키', 'Single-key shortcuts')}: {on ? t('켜짐', 'on') : t('꺼짐', 'off')}
    </Button>
  );
}

const TOGETHER_MS = 150;
/** What is shown of cases: all of it may change when a case moves on. */
const OF_CASES = /^\/v1\/(consultations|to-do|joint-reviews|obligations|projects|plan-clusters|statistics)/;

/** Reads again what live events say has changed; tells the person when it was somebody else's act. */
function useLive(): boolean {
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = followLive(
      ({ type, consultation }) => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          void queries.invalidateQueries({
            predicate: ({ queryKey: [path] }) => OF_CASES.test(String(path)) && !String(path).includes('asOf='),
          });
        }, TOGETHER_MS);
        const news = NEWS[type];
        if (news === undefined || (justActed() && type !== 'overlap-screened')) return;
        notify('news', { ko: `${news.ko} · ${consultation}`, en: `${news.en} · ${consultation}` });
      },
      setConnected,
      () => expired.set(true),
    );
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return connected;
}
