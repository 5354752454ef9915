/** Where a finding about this record is written: the record, the position as of which it was seen, and the question that brought it up. */
export function raisePath(about: string, seenAt: string, question = ''): string {
  return `/audit/findings?${new URLSearchParams({ about, seenAt, ...(question === '' ? {} : { question }) })}`;
}

/** `consultation-x` → its page; records without a page have none. */
export function recordPath(stream: string): string | null {
  const [, kind, id] = /^(consultation|project)-(.+)$/.exec(stream) ?? [];
  if (id === undefined) return null;
  return kind === 'consultation' ? `/cases/${id}` : `/projects/${id}`;
}
