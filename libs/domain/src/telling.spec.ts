import { nothingKnown, tell, tellAll } from './telling.js';
import { happened, reviewer } from './testing.js';
import { consultationDecider } from './consultation/consultation.js';
import type { ConsultationEvent } from './consultation/events.js';
import { statusOf } from './consultation/wording.js';

const { drafted, submitted, screened, received, confirmed, correctionRequested, responded, proposed, approved, notified } =
  happened;

it('says when, who and what, in Seoul and in official words', () => {
  expect(tellAll([drafted(), correctionRequested()])[1]).toEqual({
    ko: '2026. 11. 5. 10:00 충청남도의 p-3001이 1차 보완요청으로 2개 항목을 2026. 11. 19.까지 요청했습니다.',
    en: '2026. 11. 5. 10:00: p-3001 of 충청남도 requested correction, round 1: 2 item(s) by 2026. 11. 19.',
  });
});

it('names a candidate once a finding has named it, and its id before', () => {
  expect(tellAll([drafted(), screened(), confirmed()]).at(-1)?.ko).toContain(
    '‘충청남도 지하수 통합정보시스템’과의 중복을 확정했습니다',
  );
  expect(tell(confirmed(), nothingKnown).ko).toContain('‘s-groundwater’');
});

it('ends a sentence once, also when the reason given is a sentence', () => {
  const returned = happened.returned();
  expect(tell(returned).ko).toMatch(/\(사유: 제안요청서가 빠져 있다\)\.$/);
  expect(tell({ ...returned, data: { ...returned.data, reason: '빠짐' } }).ko).toMatch(/\(사유: 빠짐\)\.$/);
});

it('names the agency that succeeds, by its name once it is known', () => {
  const stamp = { by: reviewer, at: '2026-11-05T01:00:00Z' };
  const dissolved = (successor: string | null) => ({
    type: 'agency-dissolved' as const,
    data: { ...stamp, successor, reason: '통합' },
  });
  const known = { ...nothingKnown, agencies: new Map([['cheongju-si', '청주시']]) };
  expect(tell(dissolved('cheongju-si'), known).ko).toContain('승계기관: 청주시');
  expect(tell(dissolved('cheongju-si')).ko).toContain('승계기관: cheongju-si');
  expect(tell(dissolved(null), known).ko).toContain('승계기관: 없음');
});

it('tells also what it does not know', () => {
  const unknown = { type: 'made-up', data: { by: reviewer, at: '2026-11-05T01:00:00Z' } };
  expect(tell(unknown as never).ko).toContain('made-up');
});

it.each<[string, readonly ConsultationEvent[]]>([
  ['없음', []],
  ['작성중', [drafted()]],
  ['신청', [drafted(), submitted(), screened()]],
  ['접수', [drafted(), submitted(), received()]],
  ['검토중', [drafted(), submitted(), screened(), received(), confirmed()]],
  ['보완요청', [drafted(), submitted(), received(), correctionRequested()]],
  ['검토중', [drafted(), submitted(), received(), correctionRequested(), responded()]],
  ['결재중', [drafted(), submitted(), received(), proposed()]],
  ['결재완료', [drafted(), submitted(), received(), proposed(), approved()]],
  ['조건부추진', [drafted(), submitted(), received(), proposed(), approved(), notified()]],
  ['종결', [drafted(), submitted(), received(), proposed(), approved(), notified(), happened.waived(), happened.closed()]],
  ['반려', [drafted(), submitted(), happened.returned()]],
  ['취하', [drafted(), submitted(), happened.withdrawn()]],
])('stands at %s', (word, events) => {
  expect(statusOf(events.reduce(consultationDecider.evolve, consultationDecider.initialState)).ko).toBe(word);
});
