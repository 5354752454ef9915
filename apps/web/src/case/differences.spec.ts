import type { Case } from '../contract.js';
import { compareCases } from './differences.js';

const act = { by: { person: 'p', agency: 'a' }, at: '2026-11-22T00:00:00Z' };
const content = {
  title: '가',
  purpose: '',
  functions: ['접수'],
  users: [],
  data: [],
  technologies: [],
  text: '',
  budgetKrw: null,
  orderPlannedOn: null,
};
const first: Case = {
  consultation: 'c',
  project: 'p',
  applicant: { id: 'suwon', name: '수원시', tier: 'BASIC_LOCAL' },
  authority: { id: 'gyeonggi', name: '경기도', tier: 'METROPOLITAN' },
  status: 'submitted',
  holder: 'authority',
  drafted: act,
  submitted: act,
  received: null,
  plan: { version: 1, hash: 'h', content },
  earlierPlans: [],
  planBrought: act,
  finding: null,
  unsettled: [],
  corrections: [],
  proposals: [],
  decision: null,
  letter: null,
  ended: null,
  revision: '1',
  position: '2',
};

describe('then and now', () => {
  it('a case does not differ from itself', () => {
    expect(compareCases(first, first).filter(({ changed }) => changed)).toEqual([]);
  });

  it('what was not there then is told as nothing', () => {
    const now: Case = {
      ...first,
      status: 'received',
      received: { ...act, track: 'standard', dueOn: '2026-12-22', ruleSet: 'r' },
    };
    expect(compareCases(first, now).filter(({ changed }) => changed)).toMatchObject([
      { key: 'status', then: { ko: '신청' }, now: { ko: '접수' } },
      { key: 'due', then: { ko: '' }, now: { ko: '2026. 12. 22.(화)' } },
    ]);
  });

  it('a candidate that was settled meanwhile, and a part of the plan that changed, are told one by one', () => {
    const candidate = {
      id: 's',
      kind: 'system',
      name: '공유누리',
      agency: '',
      probability: 0.8,
      flagged: true,
      facets: {},
      evidence: [],
    } as const;
    const finding = {
      planVersion: 1,
      engine: {},
      inventoryPosition: '1',
      compared: 3,
      threshold: 0.5,
      candidates: [{ ...candidate, settlement: null }],
    };
    const settlement = {
      ...act,
      candidate: 's',
      verdict: 'confirmed',
      relation: 'DUPLICATES',
      reason: '같다',
      probability: 0.8,
    } as const;
    const then: Case = { ...first, finding };
    const now: Case = {
      ...first,
      finding: { ...finding, candidates: [{ ...candidate, settlement }] },
      plan: { version: 2, hash: 'i', content: { ...content, functions: ['접수', '통보'] } },
    };
    expect(compareCases(then, now).filter(({ changed }) => changed)).toMatchObject([
      { key: 'plan', then: { ko: '1판' }, now: { ko: '2판' } },
      { key: 'candidate s', then: { ko: '80%' }, now: { ko: '80% · 중복' } },
      { key: 'field functions', then: { ko: '접수' }, now: { ko: '접수 · 통보' } },
    ]);
  });
});
