import { useEffect, useRef, useState } from 'react';
import { ask, lastContact } from './http.js';
import { useSpeech } from './language.js';
import { Button } from './pieces/form.js';
import { expired } from './reading.js';
import { useSession } from './session.js';
import { useWatched } from './store.js';

const LOOK_MS = 5_000;
const MINUTE_MS = 60_000;
/** Told so long before: enough to find the button by any means (WCAG 2.2.1 asks for 20 seconds). */
const WARN_MS = 3 * MINUTE_MS;

/** Warns before the session ends for want of use, and extends it by one press. What was typed stays either way. */
export function SessionEnd() {
  const { t } = useSpeech();
  const { signedIn, leave } = useSession();
  const isExpired = useWatched(expired);
  const dialog = useRef<HTMLDialogElement>(null);
  const [left, setLeft] = useState<number | null>(null);
  const idle = signedIn.idleMinutes * MINUTE_MS;
  useEffect(() => {
    const look = (): void => {
      const ends = Math.min(lastContact() + idle, signedIn.endsAt === null ? Infinity : Date.parse(signedIn.endsAt));
      const remaining = ends - Date.now();
      // A short session is not warned of from its first second on.
      setLeft(remaining > Math.min(WARN_MS, idle / 2) ? null : remaining);
      if (remaining <= 0) expired.set(true);
    };
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [idle, signedIn.endsAt]);
  const shown = left !== null && left > 0 && !isExpired;
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  const minutes = Math.max(1, Math.ceil((left ?? 0) / MINUTE_MS));
  const extend = async (): Promise<void> => {
    await ask('/v1/session').catch(() => expired.set(true));
    // Not before the service has said so: a window that goes and comes back frightens.
    setLeft(null);
  };
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="session-end" onCancel={() => void extend()}>
      {shown && (
        <div className="stack">
          <h2 id="session-end">{t('곧 로그아웃됩니다', 'You will be signed out soon')}</h2>
          <p>
            {t(
              `한동안 쓰지 않아 ${minutes}분 안에 로그아웃됩니다. 적던 내용은 그대로 있습니다.`,
              `For want of use you will be signed out within ${minutes} minute(s). What you typed stays.`,
            )}
          </p>
          <div className="row">
            <Button weight="primary" onClick={() => void extend()}>
              {t('계속 쓰기', 'Stay signed in')}
            </Button>
            <Button onClick={leave}>{t('나가기', 'Sign out')}</Button>
          </div>
        </div>
      )}
    </dialog>
  );
}
