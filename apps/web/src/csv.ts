/**
 * CSV as Korean Excel opens it: UTF-8 with BOM, CRLF. A cell that a spreadsheet would run as a formula gets an apostrophe first, because
 * titles come from other agencies.
 */
export function csv(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Gives the person a file. */
export function download(name: string, content: BlobPart, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** Gives the person an Excel file that came in base64. */
export function downloadWorkbook({ name, xlsx }: { readonly name: string; readonly xlsx: string }): void {
  const bytes = Uint8Array.from(atob(xlsx), (letter) => letter.charCodeAt(0));
  download(name, bytes, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
}
