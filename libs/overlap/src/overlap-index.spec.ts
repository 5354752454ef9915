import fc from 'fast-check';
import { loadAnalyzer, OverlapIndex, plainAnalyzer, type Analyzer, type OverlapPlan, type OverlapRecord } from './index.js';

const WORDS =
  '주차장 주정차 단속 과태료 예약 어린이집 돌봄 노인 안부 확인 민원 상담 재정 정보 시스템 통합 관리 구축 고지서 발송 건축 허가 지도 데이터 개방 예방 접종 백신'.split(
    ' ',
  );

const sentence = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 }).map((w) => w.join(' '));
const plan: fc.Arbitrary<OverlapPlan> = fc.record({
  agency: fc.constantFrom('성남시', '수원시', '행정안전부', ''),
  title: sentence,
  purpose: sentence,
  functions: fc.array(sentence, { maxLength: 3 }),
  users: fc.array(fc.constantFrom('시민', '공무원'), { maxLength: 2 }),
  data: fc.array(sentence, { maxLength: 2 }),
  technologies: fc.constant([]),
  text: fc.constantFrom('', '주차장 예약 정보를 제공한다'),
});

function record(id: string, content: Partial<OverlapRecord> = {}): OverlapRecord {
  return {
    id,
    kind: 'system',
    agency: '',
    title: '',
    purpose: '',
    functions: [],
    users: [],
    data: [],
    technologies: [],
    text: '',
    ...content,
  };
}

function planOf(content: Partial<OverlapPlan>): OverlapPlan {
  const { id: _id, kind: _kind, ...rest } = record('', content);
  return rest;
}

const parking = record('system-1', {
  agency: '순천시',
  title: '공영주차장 통합관리 시스템',
  purpose: '공영주차장의 빈자리를 실시간으로 안내하고 요금을 정산한다',
  functions: ['주차면 현황 조회', '요금 정산'],
  data: ['입출차 기록'],
  users: ['운전자'],
});
const daycare = record('system-2', {
  agency: '원주시',
  title: '어린이집 입소대기 관리',
  purpose: '어린이집 입소를 신청하고 대기 순번을 확인한다',
  functions: ['입소 신청', '대기 순번 조회'],
});
const query = planOf({
  agency: '성남시',
  title: '성남시 주차장 정보 안내 시스템 구축',
  purpose: '시민에게 주차장 빈자리를 알려주고 요금을 미리 정산하게 한다',
  functions: ['주차장 현황 안내', '요금 정산'],
});

/** A history: each step puts or removes one of a few records, sometimes at the position of the step before. */
const step = fc.record({
  id: fc.nat({ max: 60 }),
  removed: fc.boolean(),
  ahead: fc.constantFrom(0n, 1n, 1n, 3n),
  content: plan,
});

function replay(index: OverlapIndex, steps: readonly { id: number; removed: boolean; at: bigint; content: OverlapPlan }[]): void {
  for (const s of steps) {
    if (s.removed && s.id % 3 === 0) index.remove(`r${s.id}`, s.at);
    else index.put({ ...s.content, id: `r${s.id}`, kind: 'system' }, s.at);
  }
}

describe('the overlap index', () => {
  let analyzer: Analyzer;
  beforeAll(async () => {
    analyzer = await loadAnalyzer();
  });
  const fresh = (): OverlapIndex => new OverlapIndex({ analyzer });

  it('ranks the system that does the same first and leaves out what shares nothing', () => {
    const index = fresh();
    index.put(parking, 1n);
    index.put(daycare, 2n);
    const { candidates, compared, inventoryPosition } = index.screen(query);
    expect(candidates.map((c) => c.id)).toEqual(['system-1']);
    expect(compared).toBe(2);
    expect(inventoryPosition).toBe('2');
  });

  it('quotes both sides exactly', () => {
    const index = fresh();
    index.put(parking, 1n);
    const [candidate] = index.screen(query).candidates;
    expect(candidate?.evidence.length).toBeGreaterThan(0);
    const strings = (r: OverlapPlan, field: string): readonly string[] => {
      const value = r[field as keyof OverlapPlan]; // `field` names a field of the record by the definition of a passage
      return typeof value === 'string' ? [value] : (value ?? []);
    };
    for (const e of candidate?.evidence ?? []) {
      expect(strings(query, e.plan.field)[e.plan.index]?.slice(e.plan.start, e.plan.end)).toBe(e.plan.quote);
      expect(strings(parking, e.candidate.field)[e.candidate.index]?.slice(e.candidate.start, e.candidate.end)).toBe(
        e.candidate.quote,
      );
      expect(e.terms.length).toBeGreaterThan(0);
      expect(e.score).toBeGreaterThan(0);
      expect(e.score).toBeLessThanOrEqual(1);
    }
  });

  it('keeps quotes exact when the text is decomposed, full width or mixed', () => {
    const index = fresh();
    const odd = record('odd', { title: '공영주차장'.normalize('NFD') + ' ＧＩＳ 통합관제 🚗 시스템' });
    index.put(odd, 1n);
    const odder = planOf({ title: '🚗 공영주차장 gis 관제' });
    for (const c of index.screen(odder).candidates) {
      for (const e of c.evidence) {
        expect(odd.title.slice(e.candidate.start, e.candidate.end)).toBe(e.candidate.quote);
        expect(odder.title.slice(e.plan.start, e.plan.end)).toBe(e.plan.quote);
      }
    }
    expect(index.screen(odder).candidates).toHaveLength(1);
  });

  it('quotes exactly whatever people paste, and never fails on it', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(...WORDS),
      fc.constantFrom('ﾊﾞ', '①', '㈜', 'ﬁ', '\ud800', '가'.normalize('NFD')),
    );
    const pasted = fc.array(odd, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pasted, pasted, pasted, (title, text, word) => {
        const index = fresh();
        const theirs = record('pasted', { title: `${title}주차장`, text: `${text} 주차장 예약 ${word}` });
        const mine = planOf({ title: `${word} 주차장 예약`, text });
        index.put(theirs, 1n);
        for (const c of index.screen(mine).candidates) {
          for (const { plan: a, candidate: b } of c.evidence) {
            expect((a.field === 'title' ? mine.title : mine.text).slice(a.start, a.end)).toBe(a.quote);
            expect((b.field === 'title' ? theirs.title : theirs.text).slice(b.start, b.end)).toBe(b.quote);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('does not take the name of a place or an agency for a topic', () => {
    const index = fresh();
    index.put(record('same-place', { agency: '성남시', title: '성남시 어린이집 입소대기 관리' }), 1n);
    expect(index.screen(planOf({ agency: '성남시', title: '성남시 가로등 점검' })).candidates).toEqual([]);
  });

  it('finds a part of an unspaced compound', () => {
    const index = fresh();
    index.put(record('finance', { title: '지방재정정보시스템' }), 1n);
    expect(index.screen(planOf({ title: '재정 정보' })).candidates.map((c) => c.id)).toEqual(['finance']);
  });

  it('serves a record that has only a text and a plan that has only a title', () => {
    const index = fresh();
    index.put(record('text-only', { text: '지자체 공공배달앱을 개발해 소상공인의 수수료 부담을 줄이는 사업' }), 1n);
    expect(index.screen(planOf({ title: '공공배달앱 구축' })).candidates.map((c) => c.id)).toEqual(['text-only']);
  });

  it('says when a plan is too short to be judged', () => {
    const index = fresh();
    index.put(parking, 1n);
    expect(index.screen(planOf({ title: '시스템' })).judgeable).toBe(false);
    expect(index.screen(query).judgeable).toBe(true);
    expect(index.screen(planOf({})).candidates).toEqual([]);
  });

  it('compares with the inventory as it stood at a position', () => {
    const index = fresh();
    index.put(parking, 5n);
    index.put({ ...parking, title: '전기차 충전소 관리', purpose: '', functions: [] }, 8n);
    index.remove('system-1', 9n);
    expect(index.screen(query, { asOf: 4n }).candidates).toEqual([]);
    expect(index.screen(query, { asOf: 5n }).candidates[0]?.name).toBe('공영주차장 통합관리 시스템');
    expect(index.screen(query, { asOf: 9n }).compared).toBe(0);
    expect([4n, 5n, 8n, 9n].map((p) => index.size(p))).toEqual([0, 1, 1, 0]);
  });

  it('leaves out what it is told to, and counts it out', () => {
    const index = fresh();
    index.put(parking, 1n);
    index.put(daycare, 2n);
    const finding = index.screen(query, { exclude: new Set(['system-1', 'nobody']) });
    expect(finding.candidates).toEqual([]);
    expect(finding.compared).toBe(1);
  });

  it('refuses a position in its past', () => {
    const index = fresh();
    index.put(parking, 7n);
    expect(() => index.put(daycare, 6n)).toThrow(RangeError);
  });

  it('screens as of a position exactly as it did when it stood there', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 160 }), plan, (steps, p) => {
        const index = fresh();
        let at = 1n;
        const seen = new Map<bigint, string>();
        for (const s of steps) {
          const next = at + s.ahead;
          if (next > at) seen.set(at, JSON.stringify(index.screen(p, { asOf: at })));
          at = next;
          replay(index, [{ ...s, at }]);
        }
        for (const [position, then] of seen) expect(JSON.stringify(index.screen(p, { asOf: position }))).toBe(then);
      }),
      { numRuns: 10 },
    );
  });

  it('gives the same bytes when the same log is replayed, whoever asked in between', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 160 }), plan, (steps, p) => {
        let at = 1n;
        const log = steps.map((s) => ({ ...s, at: (at += s.ahead) }));
        const asked = fresh();
        for (const s of log) {
          replay(asked, [s]);
          asked.screen(p);
        }
        const silent = fresh();
        replay(silent, log);
        expect(JSON.stringify(silent.screen(p))).toBe(JSON.stringify(asked.screen(p)));
      }),
      { numRuns: 10 },
    );
  });

  it('goes on from a snapshot as if it had never stopped, and answers for the past', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 60, maxLength: 160 }), fc.nat({ max: 59 }), plan, (steps, cut, p) => {
        let at = 1n;
        const log = steps.map((s) => ({ ...s, at: (at += s.ahead) }));
        const whole = fresh();
        replay(whole, log);
        const before = fresh();
        replay(before, log.slice(0, cut));
        const restored = OverlapIndex.restore(before.snapshot(), { analyzer });
        replay(restored, log.slice(cut));
        for (const asOf of [whole.position, log[cut]?.at ?? 0n, log[Math.floor(cut / 2)]?.at ?? 0n]) {
          expect(JSON.stringify(restored.screen(p, { asOf }))).toBe(JSON.stringify(whole.screen(p, { asOf })));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('starts from a snapshot wherever in a larger buffer it lies', () => {
    const index = fresh();
    index.put(parking, 1n);
    const bytes = index.snapshot();
    for (const at of [0, 1, 4, 6]) {
      const larger = Buffer.alloc(bytes.length + 8);
      larger.set(bytes, at);
      const restored = OverlapIndex.restore(larger.subarray(at, at + bytes.length), { analyzer });
      expect(JSON.stringify(restored.screen(parking))).toBe(JSON.stringify(index.screen(parking)));
    }
  });

  it('does not start from a snapshot that was damaged or that another engine wrote', () => {
    const index = fresh();
    index.put(parking, 1n);
    const bytes = index.snapshot();
    for (const at of [0, 40, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      expect(() => OverlapIndex.restore(damaged, { analyzer })).toThrow(RangeError);
    }
    expect(() => OverlapIndex.restore(bytes.slice(0, 100), { analyzer })).toThrow(RangeError);
    expect(() => OverlapIndex.restore(bytes)).toThrow(/is of sajeon-overlap-\d+ garu/);
  });

  it('gives the same answers whether it was warmed or not, also of records that come while it warms', () => {
    const all = fc.sample(plan, { numRuns: 120, seed: 7 }).map((p, i) => ({ ...p, id: `r${i}`, kind: 'system' as const }));
    const [cold, warmed] = [fresh(), fresh()];
    all.slice(0, 100).forEach((r, i) => [cold, warmed].forEach((index) => index.put(r, BigInt(i + 1))));
    const warming = warmed.warming();
    expect(warming.next().done).toBe(false);
    all.slice(100).forEach((r, i) => [cold, warmed].forEach((index) => index.put(r, BigInt(i + 101))));
    for (const _step of warming);
    for (const p of fc.sample(plan, { numRuns: 20, seed: 8 })) {
      expect(JSON.stringify(warmed.screen(p))).toBe(JSON.stringify(cold.screen(p)));
    }
    for (const _step of warmed.warming());
    expect(warmed.warming().next().done).toBe(true);
  });

  it('shows one of a kind before the rest of it, and says how many more there are', () => {
    const index = fresh();
    const towns = ['수원시', '용인시', '고양시', '부천시', '안양시'];
    towns.forEach((agency, i) => index.put({ ...parking, id: `town-${i}`, agency }, 1n));
    index.put(
      record('other', { agency: '행정안전부', title: '빈자리 안내 서비스', purpose: '주차장 빈자리와 요금을 알려 준다' }),
      1n,
    );
    const { candidates } = index.screen(query);
    expect(candidates.slice(0, 2).map((c) => c.id.replace(/\d/, ''))).toEqual(['town-', 'other']);
    expect(candidates[0]?.alike).toBe(4);
    expect(candidates).toHaveLength(6);
  });

  it('does not care in which order the records of one position arrive', () => {
    const batch = fc.uniqueArray(fc.record({ id: fc.nat({ max: 500 }), content: plan }), {
      minLength: 40,
      maxLength: 80,
      selector: (r) => r.id,
    });
    fc.assert(
      fc.property(
        batch.chain((b) => fc.tuple(fc.constant(b), fc.shuffledSubarray(b, { minLength: b.length }))),
        plan,
        ([order, other], p) => {
          const [a, b] = [order, other].map((records) => {
            const index = fresh();
            for (const r of records) index.put({ ...r.content, id: `r${r.id}`, kind: 'system' }, 1n);
            return JSON.stringify(index.screen(p));
          });
          expect(a).toBe(b);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('changes nothing when an inventory is imported again, in any order', () => {
    const batch = fc.uniqueArray(fc.record({ id: fc.nat({ max: 500 }), content: plan }), {
      minLength: 40,
      maxLength: 80,
      selector: (r) => r.id,
    });
    fc.assert(
      fc.property(
        batch.chain((b) => fc.tuple(fc.constant(b), fc.shuffledSubarray(b, { minLength: b.length }))),
        plan,
        ([first, again], p) => {
          const index = fresh();
          let at = 0n;
          for (const r of first) index.put({ ...r.content, id: `r${r.id}`, kind: 'system' }, ++at);
          const before = index.screen(p);
          for (const r of again) index.put({ ...r.content, id: `r${r.id}`, kind: 'system' }, ++at);
          expect({ ...index.screen(p), inventoryPosition: '' }).toEqual({ ...before, inventoryPosition: '' });
        },
      ),
      { numRuns: 10 },
    );
  });

  it('never changes the score of a pair because a third record arrived inside an epoch', () => {
    fc.assert(
      fc.property(fc.array(plan, { minLength: 34, maxLength: 40 }), plan, plan, (contents, third, p) => {
        const index = fresh();
        let at = 0n;
        contents.forEach((c, i) => index.put({ ...c, id: `r${i}`, kind: 'system' }, ++at));
        const before = index.screen(p, { limit: 100 });
        index.put({ ...third, id: 'third', kind: 'system' }, ++at);
        const after = index.screen(p, { limit: 100 });
        expect(after.engine).toEqual(before.engine);
        // How many more read alike, and whose turn it is among them, may change: what is said of the pair may not.
        const pairs = ({ candidates }: ReturnType<OverlapIndex['screen']>): unknown =>
          Object.fromEntries(candidates.filter((c) => c.id !== 'third').map(({ alike: _alike, ...pair }) => [pair.id, pair]));
        expect(pairs(after)).toEqual(pairs(before));
      }),
      { numRuns: 10 },
    );
  });

  it('says by its epoch when the same records, imported in another order, were counted otherwise', () => {
    const batch = fc.uniqueArray(fc.record({ id: fc.nat({ max: 500 }), content: plan }), {
      minLength: 33,
      maxLength: 60,
      selector: (r) => r.id,
    });
    const digests = new Set<boolean>();
    fc.assert(
      fc.property(
        batch.chain((b) => fc.tuple(fc.constant(b), fc.shuffledSubarray(b, { minLength: b.length }))),
        plan,
        ([order, other], p) => {
          const [a, b] = [order, other].map((records) => {
            const index = fresh();
            records.forEach((r, i) => index.put({ ...r.content, id: `r${r.id}`, kind: 'system' }, BigInt(i + 1)));
            return index.screen(p, { limit: 100 });
          });
          const same = a?.engine['epoch'] === b?.engine['epoch'];
          digests.add(same);
          if (same) expect(JSON.stringify(a)).toBe(JSON.stringify(b));
        },
      ),
      { numRuns: 20 },
    );
    expect(digests).toContain(false);
  });

  it('works without the morphological analyzer and says so', () => {
    const index = new OverlapIndex();
    index.put(parking, 1n);
    const finding = index.screen(query);
    expect(finding.candidates.map((c) => c.id)).toEqual(['system-1']);
    expect(finding.engine['analyzer']).toBe(plainAnalyzer.id);
  });
});

describe('what a finding says about a pair', () => {
  let analyzer: Analyzer;
  let index: OverlapIndex;
  beforeAll(async () => {
    analyzer = await loadAnalyzer();
  });
  beforeEach(() => {
    index = new OverlapIndex({ analyzer });
    index.put(parking, 1n);
    index.put(daycare, 2n);
  });

  it('calls a copy with swapped names a copy, and a likeness of topic not', () => {
    const copy = planOf({ ...parking, agency: '성남시', title: '성남시 공영주차장 통합관리 시스템' });
    const [copied] = index.screen(copy).candidates;
    expect(copied?.reasons).toEqual(expect.arrayContaining(['COPIED_TEXT', 'TITLE_NEAR_COPY', 'FUNCTION_SAME']));
    expect(copied?.copied).toBe(1);
    const [alike] = index.screen(query).candidates;
    expect(alike?.reasons).not.toContain('COPIED_TEXT');
  });

  it('ranks a pair that says the same in other words above one that shares only boilerplate', () => {
    index.put(record('boilerplate', { title: '통합관리 시스템 구축', purpose: '업무 효율을 개선하고 정보를 통합 관리한다' }), 3n);
    const reworded = planOf({
      title: '도심 주차 공간 알리미',
      purpose: '차를 세울 자리를 알려주고 이용료를 미리 내게 한다',
      functions: ['남은 자리 표시', '요금 결제'],
    });
    expect(index.screen(reworded).candidates[0]?.id).toBe('system-1');
  });

  it('does not take boilerplate for evidence', () => {
    index.put(record('boilerplate', { title: '통합관리 시스템 구축 사업' }), 3n);
    expect(index.screen(planOf({ title: '정보 시스템 통합 관리 사업' })).candidates.map((c) => c.id)).not.toContain(
      'boilerplate',
    );
  });

  /** Filled in on one form: the sentence is the form's, the title is what they are. */
  const FORM = '부서별 수요 조사에서 우선 순위가 높다는 판정을 받아 올해 목록에 오른 과제';
  const SUBJECTS = '산재 마케팅 검역 지진해일 산사태 어린이집 가로등 미술관 배달 자전거 여권 도서관'.split(' ');

  it('takes a sentence that records about different things share for a form, once it has counted them', () => {
    const filled = new OverlapIndex({ analyzer });
    const probability = (): number =>
      filled.explain(planOf({ title: '주차 단속', text: FORM }), 'form-0')?.candidate.probability ?? 1;
    SUBJECTS.forEach((s, i) =>
      filled.put(record(`form-${i}`, { title: `${s} 시스템`, text: `${FORM} '${s} 시스템'` }), BigInt(i + 1)),
    );
    const uncounted = probability();
    for (let i = 0; i < 40; i++) filled.put(record(`other-${i}`, { title: `별건 ${i}`, text: '다른 내용' }), BigInt(100 + i));
    expect(probability()).toBeLessThan(uncounted);
    expect(probability()).toBeLessThan(0.05);
    const finding = filled.screen(planOf({ title: '주차', text: FORM }));
    expect(finding.judgeable).toBe(false);
    expect(finding.candidates.filter((c) => c.probability >= 0.05)).toEqual([]);
  });

  it('does not take the subject of many records for a form', () => {
    const towns = new OverlapIndex({ analyzer });
    const same = '공영주차장 빈자리를 전광판에 보여준다';
    for (let i = 0; i < 64; i++) {
      const town = i % 8 === 0;
      towns.put(record(`town-${i}`, { title: town ? '공영주차장 안내' : `별건 ${i}`, text: town ? same : '' }), BigInt(i + 1));
    }
    expect(towns.screen(planOf({ title: '공영주차장 안내', text: same })).candidates[0]).toMatchObject({ flagged: true });
  });

  it.each([
    ["고용노동부이(가) 2012년 국가정보화 시행계획에 올린 사업 '산재보험정보시스템'.", '국가정보화 시행계획에 올린 사업'],
    ['광주광역시의 공공앱(개발비 2억원).', '누적 다운로드 1,563회'],
    ['우수 정보시스템으로 선정해 자치단체에 보급', '성과평가 미달로 폐기 예정'],
  ])('gives no probability for %s because of what is said of any project', (text, theirs) => {
    index.put(record('frame', { title: '우편모아', text: `${theirs}. ${text.replace(/'.*'/u, '')}` }), 3n);
    const pair = index.explain(planOf({ title: '산재보험정보시스템', text }), 'frame')?.candidate;
    expect(pair?.probability).toBeLessThan(0.02);
    expect(pair?.reasons).toContain('BOILERPLATE_ONLY');
  });

  it('does not let a proper name and a lack of functions hide a system whose paragraph says the same', () => {
    index.put(
      record('text-only', {
        agency: '행정안전부',
        title: '공유누리',
        text: '중앙부처·지방자치단체·공공기관이 보유한 회의실, 강당, 체육시설, 주차장, 물품 등 공공자원을 국민이 온라인으로 검색·예약·결제해 빌릴 수 있는 공공자원 통합예약 플랫폼.',
      }),
      3n,
    );
    const booking = planOf({
      agency: '수원시',
      title: '수원시 공공시설 통합예약 서비스',
      purpose: '시민이 회의실, 강당, 체육시설, 주차장을 한 곳에서 찾아 예약하게 한다',
      functions: ['공공시설 검색과 위치 안내', '온라인 예약과 승인', '이용료 결제와 환불'],
    });
    const [first] = index.screen(booking).candidates;
    expect(first?.id).toBe('text-only');
    expect(first?.probability).toBeGreaterThan(0.4);
  });

  it('counts only telling words when it says whether a plan can be judged', () => {
    expect(index.screen(planOf({ title: '통합 정보 관리 시스템 구축 사업' })).judgeable).toBe(false);
  });

  it('tells which words agree and how', () => {
    const matches = index.screen(planOf({ title: '주차장 이용료 납부' })).candidates[0]?.evidence.flatMap((e) => e.matches) ?? [];
    expect(matches).toContainEqual({ kind: 'synonym', plan: '납부', candidate: '정산' });
  });

  it('explains one pair function by function and signal by signal', () => {
    const explained = index.explain(query, 'system-1');
    expect(explained?.functions).toHaveLength(2);
    expect(explained?.functions[1]?.[1]).toBe(1);
    expect(explained?.functions[0]?.[0]).toBeGreaterThan(explained?.functions[0]?.[1] ?? 1);
    expect(explained?.candidate).toEqual(index.screen(query).candidates[0]);
    expect(explained?.signals.every((s) => s.logOdds >= 0)).toBe(true);
    expect(index.explain(query, 'nobody')).toBeNull();
  });

  it('says which engine found it: a change of any part shows', () => {
    expect(Object.keys(index.screen(query).engine).sort()).toEqual([
      'analyzer',
      'engine',
      'epoch',
      'relations',
      'thesaurus',
      'weights',
    ]);
  });

  it('gives the verdicts that were stored: whoever changes one raises the version of what changed', () => {
    expect(index.screen(query)).toMatchSnapshot();
    expect(index.screen(planOf({ title: '보육시설 대기 순번 공개' }))).toMatchSnapshot();
  });
});
