import { officialDate, legalDateOf, outcomeNames, type Consultation } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';
import QRCode from 'qrcode';

/** What a QR code of version 40 holds at the lowest level of correction. */
const QR_BYTES = 2_953;

/**
 * The official letter for print on A4. The QR code holds a tlog-proof: read into a file, `tools/verify.py` takes it as it is. The content
 * that was hashed stands in the page as it was hashed, so that who has the file can compare every word with the proof.
 */
export async function letterPage(the: Consultation, sent: RecordedEvent, proof: string, content: string): Promise<string> {
  const { documentNumber, outcome, reasons, conditions, at } = sent.data;
  const owed = Array.isArray(conditions) ? conditions : [];
  const compact = withoutCosignatures(proof);
  const qr = await QRCode.toString([{ data: Buffer.from(compact, 'utf8'), mode: 'byte' }], {
    type: 'svg',
    errorCorrectionLevel: 'L',
    margin: 2,
  });
  const [, size = '', root = ''] = /\n\n[^\n]*\n(\d+)\n([^\n]+)\n/.exec(proof) ?? [];
  const named = outcomeNames[outcome as keyof typeof outcomeNames];
  const rows = owed.flatMap((condition) => {
    const { number, text, dueOn } = condition as Record<string, unknown>;
    const due = typeof dueOn === 'string' ? officialDate(dueOn) : '기한 없음';
    return [`<tr><td>${shown(number)}</td><td>${shown(text)}</td><td>${shown(due)}</td></tr>`];
  });
  return `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<title>검토결과 통보 ${shown(documentNumber)}</title>
<style>
@page { size: A4; margin: 20mm 18mm; }
body { font: 11pt/1.6 "Noto Serif KR", "Batang", serif; color: #111; max-width: 174mm; margin: 0 auto; }
h1 { font-size: 20pt; text-align: center; letter-spacing: .3em; margin: 0 0 8mm; }
table { border-collapse: collapse; width: 100%; margin: 3mm 0; }
th, td { border: 1px solid #444; padding: 1.5mm 2.5mm; text-align: left; vertical-align: top; }
th { width: 30mm; background: #f3f3f3; font-weight: 600; }
.reasons { white-space: pre-wrap; }
.proof { display: flex; gap: 6mm; margin-top: 10mm; border-top: 2px solid #111; padding-top: 4mm; break-inside: avoid; font-size: 8.5pt; }
.proof svg { width: 62mm; height: 62mm; flex: none; }
.proof code { word-break: break-all; }
</style>
</head>
<body>
<h1>검토결과 통보</h1>
<table>
<tr><th>문서번호</th><td>${shown(documentNumber)}</td></tr>
<tr><th>시행일</th><td>${shown(officialDate(legalDateOf(String(at))))}</td></tr>
<tr><th>수신</th><td>${shown(the.applicant.name)}</td></tr>
<tr><th>발신</th><td>${shown(the.authority.name)}</td></tr>
<tr><th>사업명</th><td>${shown(the.plan.content.title)}</td></tr>
<tr><th>검토결과</th><td><strong>${shown(named?.ko ?? outcome)}</strong></td></tr>
</table>
<p class="reasons">${shown(reasons)}</p>
${rows.length === 0 ? '' : `<table><thead><tr><td>번호</td><td>조건</td><td>이행기한</td></tr></thead><tbody>${rows.join('')}</tbody></table>`}
<section class="proof">
${qr}
<div>
<p><strong>이 통보가 기록에 있다는 증명</strong><br>QR 코드를 읽어 파일(.tlog-proof)로 저장한 뒤, 로그의 공개키를 다른 곳에서 받아 확인하십시오.<br>
<code>python3 tools/verify.py 파일 --key 공개키</code></p>
<p>사건 ${shown(sent.id)}<br>체크포인트 크기 ${shown(size)}<br>뿌리 해시 <code>${shown(root)}</code></p>
<p>이 종이를 지니는 것만으로 귀 기관은 이 기록의 증인이 됩니다. 나중에 기록이 바뀌면 이 증명과 어긋납니다.<br>
This letter proves itself: read the code into a file and verify it with the log's public key, got from elsewhere.</p>
</div>
</section>
<script type="application/json" id="content">${content.replaceAll('<', '\\u003c')}</script>
</body>
</html>
`;
}

/** Signatures of witnesses are left out where all of it would not fit: the log's own comes first. */
function withoutCosignatures(proof: string): string {
  if (Buffer.byteLength(proof) <= QR_BYTES) return proof;
  const lines = proof.split('\n');
  const own = lines.findIndex((line) => line.startsWith('— '));
  return `${lines.slice(0, own + 1).join('\n')}\n`;
}

function shown(value: unknown): string {
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
