import { useRef, type KeyboardEvent, type ReactNode } from 'react';

export interface Tab {
  readonly id: string;
  readonly label: ReactNode;
}

/** The ARIA pattern for tabs: arrow keys, Home and End, one tab stop. KRDS's own nests a button in each tab, which axe refuses. */
export function Tabs({
  tabs,
  open,
  onOpen,
  label,
  children,
}: {
  tabs: readonly Tab[];
  open: string;
  onOpen: (id: string) => void;
  label: string;
  children: ReactNode;
}) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === open);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[to % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onOpen(next.id);
    list.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
        {tabs.map(({ id, label: words }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={id === open}
            {...(id === open ? { 'aria-controls': `panel-${id}` } : {})}
            tabIndex={id === open ? 0 : -1}
            onClick={() => onOpen(id)}
          >
            {words}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`panel-${open}`} aria-labelledby={`tab-${open}`} className="tabpanel">
        {children}
      </div>
    </>
  );
}
