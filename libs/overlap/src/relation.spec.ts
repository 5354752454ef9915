import { readFileSync } from 'node:fs';
import {
  OverlapIndex,
  relationInWords,
  suggestRelation,
  suggestReuse,
  type OverlapFinding,
  type OverlapPlan,
  type OverlapRecord,
  type PairEvidence,
  type SuggestedRelation,
} from './index.js';

const NOTHING = { purpose: '', functions: [], users: [], data: [], technologies: [], text: '' } as const;
const plan = (content: Partial<OverlapPlan>): OverlapPlan => ({ ...NOTHING, agency: '', title: '', ...content });
const system = (content: Partial<OverlapRecord>): OverlapRecord => ({ ...plan(content), id: 's', kind: 'system' });
const same: PairEvidence = {
  probability: 0.97,
  copied: 0.2,
  facets: { title: 0.9 },
  functions: [[0.9], [0.8]],
  boilerplate: false,
};
const relationOf = (a: OverlapPlan, b: OverlapRecord, found: Partial<PairEvidence> = {}): SuggestedRelation | null =>
  suggestRelation(a, b, { ...same, ...found })?.relation ?? null;

const parking = system({ agency: '순천시', title: '주차장 안내 시스템', text: '빈자리를 안내하고 요금을 정산한다.' });

describe('the suggested relation', () => {
  it('is a duplicate only when everything the plan does is there and nothing speaks against it', () => {
    const twin = plan({ agency: '한국공항공사', title: '주차장 안내 시스템 구축', text: '빈자리를 안내하고 요금을 정산한다.' });
    expect(relationOf(twin, parking)).toBe('DUPLICATES');
    expect(relationOf(twin, parking, { functions: [[0.9], [0.1]] })).toBe('PARTIAL_FUNCTION_OVERLAP');
    expect(relationOf(twin, parking, { probability: 0.3 })).not.toBe('DUPLICATES');
    expect(relationOf({ ...twin, title: '통합 주차장 안내 시스템 구축' }, parking)).not.toBe('DUPLICATES');
  });

  it('takes the same thing in two local governments for a sibling', () => {
    const sibling = plan({ agency: '원주시', title: '주차장 안내 시스템 구축', text: '빈자리를 안내한다.' });
    expect(relationOf(sibling, parking)).toBe('SIBLING_LOCAL_COPY');
  });

  it.each<[SuggestedRelation, Partial<OverlapPlan>, Partial<OverlapRecord>]>([
    [
      'DEPLOYMENT_OF_STANDARD',
      { agency: '원주시', title: '원주시 스마트시티 통합플랫폼 기반구축' },
      { agency: '김해시', title: '김해시 스마트시티 통합플랫폼' },
    ],
    [
      'DEPLOYMENT_OF_STANDARD',
      { agency: '경상남도', title: '119 종합상황실 구축', text: '소방청이 개발한 119 표준시스템을 도입한다.' },
      { agency: '강원도', title: '119 종합상황 관리시스템' },
    ],
    [
      'SUCCESSOR_OF',
      { agency: '행정안전부', title: '차세대 지방재정관리시스템 구축' },
      { agency: '행정안전부', title: '지방재정관리시스템' },
    ],
    [
      'SUCCESSOR_OF',
      { agency: '한국재정정보원', title: '재정시스템 재구축', text: '노후한 지방재정관리시스템을 대체한다.' },
      { agency: '행정안전부', title: '지방재정관리시스템' },
    ],
    [
      'INTEGRATION_HUB',
      { agency: '충청남도', title: '충청남도 지하수 통합정보시스템', purpose: '여러 시군에 흩어진 지하수 자료를 모아 연계한다.' },
      { agency: '천안시', title: '천안시 지하수 관리시스템' },
    ],
    ['PHASE_OF', { agency: '통계청', title: '통계정보시스템 2단계 구축' }, { agency: '통계청', title: '통계정보시스템' }],
    [
      'SHOULD_REUSE_COMMON_SYSTEM',
      { agency: '원주시', title: '시설 예약 시스템 구축', text: '회의실과 강당을 빌려 준다.' },
      { agency: '행정안전부', title: '공유누리', text: '중앙부처·지방자치단체가 보유한 시설을 국민 누구나 예약한다.' },
    ],
    [
      'PRIVATE_SERVICE_DUPLICATION',
      { agency: '한국공항공사', title: '배달 앱 개발', text: '민간 배달앱의 높은 수수료에 대응한다.' },
      { agency: '코레일', title: '배달 앱' },
    ],
    [
      'RELAUNCH_OF_FAILED',
      { agency: '서울특별시', title: '택시 호출 앱 개발' },
      { agency: '서울특별시', title: '택시 호출 앱', text: '이용 저조로 운영을 중단했다.' },
    ],
  ])('is %s when the texts say so', (expected, a, b) => expect(relationOf(plan(a), system(b))).toBe(expected));

  it('is the same data when only that agrees, and a link when a system is named', () => {
    const lone = { functions: [], facets: { data: 0.8 }, probability: 0.4 };
    expect(relationOf(plan({ agency: '환경부', title: '수질 측정' }), parking, lone)).toBe('SAME_DATA_COLLECTED');
    const naming = plan({ agency: '환경부', title: '교통량 조사', text: '순천시의 주차장 안내 시스템에서 자료를 받는다.' });
    expect(relationOf(naming, parking, { functions: [], facets: {}, probability: 0.05 })).toBe('SHOULD_LINK');
  });

  it('is nothing when too little agrees, and unrelated when only boilerplate does', () => {
    const other = plan({ agency: '환경부', title: '수질 측정' });
    expect(relationOf(other, parking, { probability: 0.02, functions: [], facets: {} })).toBeNull();
    expect(relationOf(other, parking, { boilerplate: true })).toBe('UNRELATED');
  });

  it('is told in plain words, with the words of the plan that say so', () => {
    const hub = suggestRelation(
      plan({ agency: '충청남도', title: '지하수 통합', purpose: '여러 시군에 흩어진 자료를 모은다' }),
      parking,
      same,
    );
    const { ko, en } = relationInWords(hub ?? { relation: 'UNRELATED', because: [] });
    expect(ko).toContain('중복 아님');
    expect(ko).toMatch(/‘.*흩어진 자료를 모.*’/);
    expect(en).toContain('no fault');
  });
});

describe('reuse', () => {
  const facilities = plan({
    agency: '원주시',
    title: '원주시 체육시설 예약 앱 구축',
    purpose: '시민이 체육시설을 예약한다.',
    functions: ['체육시설 온라인 예약', '이용료 결제', '드론 항공 촬영'],
  });
  const records: OverlapRecord[] = [
    {
      ...system({
        agency: '행정안전부',
        level: 'central',
        title: '공유누리',
        purpose: '누구나 공공 체육시설과 회의실을 예약한다.',
        functions: ['체육시설과 회의실의 온라인 예약', '이용료 결제'],
      }),
      id: 'common',
    },
    { ...system({ agency: '기상청', title: '기상 관측 자료 관리', functions: ['강수량 관측'] }), id: 'weather' },
  ];

  it('names the functions that exist elsewhere, and knows no saving when the plan has no cost lines', async () => {
    const index = await OverlapIndex.create();
    records.forEach((r, i) => index.put(r, BigInt(i + 1)));
    const { reuse } = index.screen(facilities);
    expect(reuse).toEqual([{ candidate: 'common', functions: [0, 1], of: 3, saving: null }]);
  });

  it('gives a range from the cost lines of the plan: whole lines at the careful end, shares at best', async () => {
    const index = await OverlapIndex.create();
    records.forEach((r, i) => index.put(r, BigInt(i + 1)));
    const costLines = [
      { label: '예약과 촬영', krw: 100_000_000, functions: [0, 2] },
      { label: '결제', krw: 40_000_000, functions: [1] },
    ];
    const saving = index.screen(facilities, { costLines }).reuse?.[0]?.saving;
    expect(saving?.highKrw).toBe(90_000_000);
    expect(saving?.lowKrw).toBeGreaterThan(0);
    expect(saving?.lowKrw).toBeLessThanOrEqual(40_000_000);
    // What is not covered costs what it costs.
    expect(index.screen(facilities, { costLines: [{ label: '촬영', krw: 1, functions: [2] }] }).reuse?.[0]?.saving).toBeNull();
  });

  it('is not proposed for what is only planned, nor for what the plan itself renews or gathers', async () => {
    const index = await OverlapIndex.create();
    index.put({ ...(records[0] ?? parking), kind: 'plan' }, 1n);
    expect(index.screen(facilities).reuse).toBeUndefined();
    const [candidate] = index.screen(facilities).candidates;
    if (!candidate) throw new Error('no candidate');
    const renewed = { ...candidate, kind: 'system', relation: { relation: 'SUCCESSOR_OF', because: [] } } as const;
    expect(suggestReuse(facilities, [renewed])).toEqual([]);
  });
});

interface Row {
  readonly id: string;
  readonly kind: 'system' | 'project';
  readonly title: string;
  readonly agency: string | null;
  readonly level: string;
  readonly text: string;
}

describe('on real cases', () => {
  const rows = readFileSync('sample/real-cases.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  const findings = new Map<string, OverlapFinding>();
  beforeAll(async () => {
    const index = await OverlapIndex.create();
    const { id: _id, ...nothing } = system({});
    rows.forEach(({ id, title, agency, level, text }, i) =>
      index.put({ ...nothing, id, title, agency: agency ?? '', level, text }, BigInt(i + 1)),
    );
    for (const { id, title, agency, level, text } of rows) {
      const asked = plan({ title, agency: agency ?? '', level, text });
      findings.set(id, index.screen(asked, { exclude: new Set([id]), limit: 20 }));
    }
  });
  const suggestions = (id: string): (SuggestedRelation | undefined)[] =>
    findings.get(id)?.candidates.map(({ relation }) => relation?.relation) ?? [];

  // By what their pages say of them: hubs, successors and systems spread as a standard.
  it.each([
    ['case-083', 'a hub that takes in the apps of eleven agencies'],
    ['case-123', 'a hub of seven ministries'],
    ['case-161', 'a hub of traffic information'],
    ['case-103', 'the plan of a successor'],
    ['case-120', 'the second generation of a city’s own'],
    ['case-107', 'an extension of what the city has'],
    ['case-106', 'an improvement that was found to differ'],
    ['case-035', 'the renewal of its own portal'],
    ['case-110', 'spread as a standard'],
    ['case-111', 'spread as a standard'],
    ['case-112', 'spread as a standard'],
  ])('%s is no duplicate of anything: %s', (id) => expect(suggestions(id)).not.toContain('DUPLICATES'));

  it('what is spread as a standard, gathers others or is run as common ground is never what a plan duplicates', () => {
    const others = ['case-110', 'case-111', 'case-112', 'case-084', 'case-089', 'case-118', 'case-042', 'case-162'];
    const accused = [...findings].flatMap(([id, { candidates }]) =>
      candidates.filter((c) => others.includes(c.id) && c.relation?.relation === 'DUPLICATES').map((c) => `${id} ${c.id}`),
    );
    expect(accused).toEqual([]);
  });

  it('the apps that neighbouring towns made each for itself are siblings', () => {
    const siblings = findings.get('case-141')?.candidates.filter((c) => c.flagged && c.name.includes('아이맘')) ?? [];
    expect(siblings.length).toBeGreaterThan(3);
    expect(new Set(siblings.map((c) => c.relation?.relation))).toEqual(new Set(['SIBLING_LOCAL_COPY']));
  });

  it('a town’s tourism app should use the nationwide one', () => {
    const nationwide = ['case-046', 'case-049', 'case-052'].map(
      (id) => findings.get(id)?.candidates.find((c) => c.id === 'case-042')?.relation?.relation,
    );
    expect(nationwide).toContain('SHOULD_REUSE_COMMON_SYSTEM');
  });
});

describe('business that the engine was not made for', () => {
  let index: OverlapIndex;
  beforeAll(async () => {
    index = await OverlapIndex.create();
    const inventory: Partial<OverlapRecord>[] = [
      {
        agency: '파주시',
        level: 'local',
        title: '상수도 누수 감시 시스템',
        purpose: '배수관의 새는 곳을 유량으로 찾는다',
        functions: ['누수 탐지', '유량 계측'],
      },
      {
        agency: '국가기록원',
        level: 'central',
        title: '기록물 보존관리시스템',
        purpose: '이관받은 기록물을 오래 보존한다',
        functions: ['이관 접수', '보존기간 관리'],
      },
      {
        agency: '천안시',
        level: 'local',
        title: '대형폐기물 배출신고 시스템',
        purpose: '대형폐기물 배출을 신고받고 수수료를 받는다',
        functions: ['배출 신고', '수수료 결제'],
      },
    ];
    inventory.forEach((r, i) => index.put({ ...system(r), id: `s${i}` }, BigInt(i + 1)));
  });
  const firstOf = (content: Partial<OverlapPlan>): OverlapFinding['candidates'][number] | undefined =>
    index.screen(plan(content)).candidates[0];

  it.each<[SuggestedRelation, string, Partial<OverlapPlan>]>([
    [
      'DEPLOYMENT_OF_STANDARD',
      's0',
      {
        agency: '원주시',
        level: 'local',
        title: '상수도 누수 감시 시스템 도입',
        purpose: '환경부가 보급한 표준시스템을 도입하여 배수관의 새는 곳을 찾는다',
        functions: ['누수 탐지', '유량 계측'],
      },
    ],
    [
      'SUCCESSOR_OF',
      's1',
      {
        agency: '국가기록원',
        level: 'central',
        title: '차세대 기록물 보존관리시스템 구축',
        purpose: '노후한 기록물 보존관리시스템을 대체한다',
        functions: ['이관 접수', '보존기간 관리'],
      },
    ],
    [
      'INTEGRATION_HUB',
      's2',
      {
        agency: '충청남도',
        level: 'metropolitan',
        title: '충청남도 대형폐기물 통합정보시스템',
        purpose: '여러 시군에 흩어진 대형폐기물 배출신고 자료를 모아 연계한다',
        functions: ['배출 신고 자료 수집', '시군 연계'],
      },
    ],
  ])('finds what is no fault and calls it %s', (relation, id, content) => {
    expect(firstOf(content)).toMatchObject({ id, relation: { relation } });
  });

  it('says that a plan of two words is too short to be judged', () => {
    expect(index.screen(plan({ title: '누수 감시' })).judgeable).toBe(false);
  });
});
