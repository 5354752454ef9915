import type { Principal } from '@sajeon/access';
import { sampleRules, type AgencyCommand, type AgencyTier } from '@sajeon/domain';
import { PostgresEventStore } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { Decisions } from './decisions.js';
import { AGENCY, CALENDAR, RULE_SET } from './kinds.js';
import { Routing } from './routing.js';
import { KOREAN_CALENDAR, NATIONAL_RULES, Rules } from './rules.js';

const ADMIN: Principal = { person: 'person-1', agency: 'mois', roles: ['administrator'] };
const by = { person: ADMIN.person, agency: ADMIN.agency };
const at = '2026-11-02T00:00:00Z';
const TODAY = '2026-11-16';
const { id: _, ...content } = sampleRules;

let database: FreshDatabase;
let store: PostgresEventStore;
let decisions: Decisions;
let rules: Rules;
let routing: Routing;
beforeAll(async () => {
  database = await freshDatabase();
  store = await PostgresEventStore.open(database.config);
  decisions = new Decisions(store);
  rules = new Rules(decisions);
  routing = new Routing(decisions, rules);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const envelope = () => ({ commandId: randomUUID(), principal: ADMIN });
const adopt = () => {
  const data = {
    ...{ by, at, ruleSet: NATIONAL_RULES, effectiveFrom: '2010-01-01', source: '표본', sample: true, content },
    ...{ correctionBecause: '지난 규칙을 처음 싣는다.', gapsBecause: null },
  };
  return decisions.execute(RULE_SET, NATIONAL_RULES, { type: 'adopt-rule-set', data }, envelope());
};
const register = (agency: string, tier: AgencyTier, parent: string | null) =>
  decisions.execute(
    AGENCY,
    agency,
    { type: 'register-agency', data: { by, at, agency, name: agency, tier, parent } },
    envelope(),
  );
const dissolve = (agency: string, successor: string | null) =>
  decisions.execute(AGENCY, agency, { type: 'dissolve-agency', data: { by, at, successor, reason: '통합' } }, envelope());
const reviewerOf = async (agency: string): Promise<string> => (await routing.authorityOf(agency, TODAY)).id;

it('decides nothing while no rules are on record', async () => {
  await register('mois', 'CENTRAL', null);
  await expect(routing.authorityOf('mois', TODAY)).rejects.toMatchObject({ code: 'no-rule-in-force' });
  await expect(rules.atReceipt('standard', at)).rejects.toMatchObject({ code: 'no-rule-in-force' });
  await adopt();
  await expect(rules.on('2009-12-31')).rejects.toMatchObject({ code: 'no-rule-in-force' });
});

describe('who reviews', () => {
  beforeAll(async () => {
    await register('msit', 'CENTRAL', null);
    await register('gyeonggi', 'METROPOLITAN', 'mois');
    await register('suwon', 'BASIC_LOCAL', 'gyeonggi');
    await register('suwon-parking', 'LOCAL_PUBLIC_CORP', 'suwon');
    await register('gyeonggi-housing', 'LOCAL_PUBLIC_CORP', 'gyeonggi');
    await register('nia', 'PUBLIC_INSTITUTION', 'msit');
    await register('edu', 'EDUCATION_OFFICE', null);
    await register('nowhere', 'BASIC_LOCAL', null);
  });

  it.each([
    ['a 시·군·구', 'suwon', 'gyeonggi'],
    ['a 시·도', 'gyeonggi', 'mois'],
    ['a central agency', 'msit', 'mois'],
    ['a public institution', 'nia', 'mois'],
    ['an education office', 'edu', 'mois'],
    ['a corporation of a 시·군·구', 'suwon-parking', 'gyeonggi'],
    ['a corporation of a 시·도', 'gyeonggi-housing', 'mois'],
    ['the ministry itself, which may not review its own', 'mois', 'msit'],
  ])('%s', async (_, applicant, authority) => expect(await reviewerOf(applicant)).toBe(authority));

  it('by the day: an agency that merges at a date is replaced from that day on', async () => {
    const on = async (agency: string, day: string) => (await routing.authorityOf(agency, day)).id;
    await register('gyeongbuk', 'METROPOLITAN', 'mois');
    await register('daegu', 'METROPOLITAN', 'mois');
    await register('gunwi', 'BASIC_LOCAL', 'gyeongbuk');
    await register('uiseong', 'BASIC_LOCAL', 'gyeongbuk');
    const send = (agency: string, command: AgencyCommand) => decisions.execute(AGENCY, agency, command, envelope());
    const move = { by, at, parent: 'daegu', effectiveOn: '2023-07-01', reason: '관할구역 변경' };
    await send('gunwi', { type: 'move-agency', data: move });
    expect([await on('gunwi', '2023-06-30'), await on('gunwi', '2023-07-01')]).toEqual(['gyeongbuk', 'daegu']);

    const merger = { by, at, into: 'daegu', effectiveOn: '2027-07-01', reason: '통합' };
    await send('gyeongbuk', { type: 'merge-agency', data: merger });
    expect([await on('uiseong', '2027-06-30'), await on('uiseong', '2027-07-01')]).toEqual(['gyeongbuk', 'daegu']);
    await expect(routing.agency('gyeongbuk', undefined, '2027-06-30')).resolves.toMatchObject({ id: 'gyeongbuk' });
    await expect(routing.agency('gyeongbuk', undefined, '2027-07-01')).rejects.toMatchObject({
      ...{ code: 'agency-dissolved', text: { en: expect.stringContaining('daegu') } },
    });
  });

  it('nobody, when what is above was split, until somebody says under which part the agency stands', async () => {
    const send = (agency: string, command: AgencyCommand) => decisions.execute(AGENCY, agency, command, envelope());
    await register('big-do', 'METROPOLITAN', 'mois');
    await register('north-do', 'METROPOLITAN', 'mois');
    await register('south-do', 'METROPOLITAN', 'mois');
    await register('riverside', 'BASIC_LOCAL', 'big-do');
    const split = { by, at, successors: ['north-do', 'south-do'], effectiveOn: '2026-07-01', reason: '분도' };
    await send('big-do', { type: 'split-agency', data: split });
    await expect(reviewerOf('riverside')).rejects.toMatchObject({
      ...{ code: 'agency-split', text: { ko: expect.stringContaining('north-do, south-do') } },
    });
    expect((await routing.authorityOf('riverside', '2026-06-30')).id).toBe('big-do');
    await send('riverside', {
      type: 'move-agency',
      data: { by, at, parent: 'south-do', effectiveOn: '2026-07-01', reason: '분도' },
    });
    expect(await reviewerOf('riverside')).toBe('south-do');
  });

  it('nobody, when it is not known what is above', async () => {
    await expect(reviewerOf('nowhere')).rejects.toMatchObject({ code: 'no-parent-agency' });
    await expect(reviewerOf('unheard-of')).rejects.toMatchObject({ code: 'unknown-agency' });
  });

  it('the agency that took over, however often', async () => {
    await register('old-do', 'METROPOLITAN', 'mois');
    await register('middle-do', 'METROPOLITAN', 'mois');
    await register('village', 'BASIC_LOCAL', 'old-do');
    await dissolve('old-do', 'middle-do');
    expect(await reviewerOf('village')).toBe('middle-do');
    await dissolve('middle-do', 'gyeonggi');
    expect(await reviewerOf('village')).toBe('gyeonggi');
  });

  it('nobody, when what is above is gone without a successor or succeeds itself in a circle', async () => {
    await register('gone-do', 'METROPOLITAN', null);
    await register('orphan', 'BASIC_LOCAL', 'gone-do');
    await dissolve('gone-do', null);
    await expect(reviewerOf('orphan')).rejects.toMatchObject({ code: 'agency-dissolved' });
    await register('a-do', 'METROPOLITAN', null);
    await register('b-do', 'METROPOLITAN', null);
    await register('dizzy', 'BASIC_LOCAL', 'a-do');
    await dissolve('a-do', 'b-do');
    await dissolve('b-do', 'a-do');
    await expect(reviewerOf('dizzy')).rejects.toMatchObject({ code: 'agency-dissolved' });
  });

  it('an agency that is dissolved files nothing any more', async () => {
    await register('cheongwon', 'BASIC_LOCAL', 'gyeonggi');
    await dissolve('cheongwon', 'suwon');
    await expect(reviewerOf('cheongwon')).rejects.toMatchObject({
      code: 'agency-dissolved',
      text: { en: expect.stringContaining('suwon') },
    });
  });
});

describe('what is frozen at receipt', () => {
  it('is the rule set of the day and a last day on which offices work', async () => {
    // Thirty days after Thursday the 5th end on Saturday.
    expect(await rules.atReceipt('standard', '2026-11-05T01:00:00Z')).toEqual({
      dueOn: '2026-12-07',
      ruleSet: 'national-1-sample@2024-01-01',
    });
    // The day begins in Seoul nine hours earlier.
    expect((await rules.atReceipt('isp', '2026-11-08T15:00:00Z')).dueOn).toBe('2026-11-16');
    // There was no fast track yet.
    expect((await rules.atReceipt('fast', '2023-06-01T01:00:00Z')).dueOn).toBe('2023-07-03');
  });

  it('reckons with a temporary holiday from its announcement on', async () => {
    const holiday = { date: '2026-12-07', name: '임시공휴일', source: '관보', announcedOn: '2026-11-20' };
    const data = { by, at: '2026-11-20T03:00:00Z', calendar: KOREAN_CALENDAR, holiday };
    await decisions.execute(CALENDAR, KOREAN_CALENDAR, { type: 'gazette-temporary-holiday', data }, envelope());
    expect((await rules.atReceipt('standard', '2026-11-05T01:00:00Z')).dueOn).toBe('2026-12-07');
    expect((await rules.atReceipt('standard', '2026-11-20T05:00:00Z')).dueOn).toBe('2026-12-21');
    expect((await rules.calendar()).closedBecause('2026-12-07')).toBe('임시공휴일');
  });

  it('stays when the rules change, and cases received later have the new ones', async () => {
    const shorter = {
      ...content,
      reviewDays: content.reviewDays.flatMap((rule) =>
        rule.id !== 'days-standard'
          ? [rule]
          : [
              { ...rule, to: '2026-12-31' },
              { ...rule, id: 'days-2027', from: '2027-01-01', value: { track: 'standard' as const, days: 20 } },
            ],
      ),
    };
    const change = {
      effectiveFrom: '2027-01-01',
      source: '지침 개정',
      sample: false,
      correctionBecause: null,
      gapsBecause: null,
    };
    const amend = { type: 'amend-rule-set', data: { by, at, ...change, content: shorter } } as const;
    await decisions.execute(RULE_SET, NATIONAL_RULES, amend, envelope());
    const before = await rules.atReceipt('standard', '2026-12-30T01:00:00Z');
    const after = await rules.atReceipt('standard', '2027-01-04T01:00:00Z');
    expect(before).toEqual({ dueOn: '2027-01-29', ruleSet: 'national-1-sample@2024-01-01' });
    expect(after).toEqual({ dueOn: '2027-01-25', ruleSet: 'national-2@2027-01-01' });
    expect((await rules.clockOf({ ruleSet: before.ruleSet, at: '2026-12-30T01:00:00Z' })).reviewDays.standard).toBe(30);
    expect((await rules.clockOf({ ruleSet: after.ruleSet, at: '2027-01-04T01:00:00Z' })).reviewDays.standard).toBe(20);
    // Received before rules were on record.
    expect((await rules.clockOf({ ruleSet: 'sample-2024', at: '2026-11-05T01:00:00Z' })).reviewDays.standard).toBe(30);
  });
});
