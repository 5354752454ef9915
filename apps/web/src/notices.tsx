import type { Message } from './contract.js';
import { useSpeech } from './language.js';
import { useWatched, Watched } from './store.js';

export interface Notice {
  readonly id: number;
  /** `working`: recorded, and the lists are still catching up (반영 중). */
  readonly kind: 'working' | 'done' | 'news';
  readonly text: Message;
}

const notices = new Watched<readonly Notice[]>([]);
let last = 0;
const SHOWN_MS = 6_000;

/** @returns changes or takes away the notice */
export function notify(
  kind: Notice['kind'],
  text: Message,
): { become(kind: Notice['kind'], text: Message): void; remove(): void } {
  const id = ++last;
  const remove = (): void => notices.set(notices.get().filter((notice) => notice.id !== id));
  const show = (notice: Notice): void => {
    // The same news twice is one; more than two at a time nobody reads.
    const others = notices.get().filter((other) => other.id !== id && other.text.ko !== notice.text.ko);
    notices.set([...others.slice(-1), notice]);
    if (notice.kind !== 'working') setTimeout(remove, SHOWN_MS);
  };
  show({ id, kind, text });
  return { become: (next, words) => show({ id, kind: next, text: words }), remove };
}

/** Read aloud when they change; they never take the focus and never hold anything that stands nowhere else. */
export function Notices() {
  const { say } = useSpeech();
  const shown = useWatched(notices);
  return (
    <div className="notices" role="status" aria-live="polite">
      {shown.map(({ id, kind, text }) => (
        <p key={id} className={`notice ${kind}`}>
          {kind === 'working' && <span className="turning" aria-hidden="true" />}
          {say(text)}
        </p>
      ))}
    </div>
  );
}
