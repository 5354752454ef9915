import { addDays, type ConsultationEvent, type ProjectEvent } from '@sajeon/domain';
import { candidate, city, groundwater, happened, machine, planContent, planVersion, province } from '@sajeon/domain/testing';
import { drafted, holidayGazetted, rulesAdopted } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import { statistics } from './facts.js';
import { AskStatistics, AskStatisticsHandler, type StatisticsRequest, type StatisticsRow } from './statistics.js';

const RULE_SET = 'national-1-sample@2024-01-01';

describe('statistics', () => {
  let tables: Tables;
  beforeEach(async () => {
    tables = await Tables.make();
    await tables.happen('ruleset-national', rulesAdopted);
  });
  afterEach(() => tables.close());

  async function ask(request: Pick<StatisticsRequest, 'table'> & Partial<StatisticsRequest>): Promise<readonly StatisticsRow[]> {
    await tables.project(statistics);
    const asked = { by: [], on: '2026-11-22', bands: [100_000_000, 200_000_000], ages: [7, 30], ...request };
    return (await new AskStatisticsHandler(tables.reader).execute(new AskStatistics(asked))).rows;
  }
  const only = async (request: Parameters<typeof ask>[0]) => (await ask(request))[0]?.values;

  const on = (day: string, event: ConsultationEvent): ConsultationEvent =>
    ({ ...event, data: { ...event.data, at: `${day}T01:00:00Z` } }) as ConsultationEvent;
  const received = (day: string): ConsultationEvent => {
    const event = happened.received();
    return { ...event, data: { ...event.data, at: `${day}T01:00:00Z`, ruleSet: RULE_SET } };
  };
  const filed = (id: string, day: string): readonly ConsultationEvent[] => [
    on(day, drafted(id)),
    on(day, happened.submitted()),
    received(day),
  ];
  const told = (day: string, outcome: 'PROCEED' | 'HOLD' | 'PROCEED_CONDITIONALLY'): ConsultationEvent => {
    const event = happened.notified();
    const conditions = outcome === 'PROCEED_CONDITIONALLY' ? event.data.conditions : [];
    return { ...event, data: { ...event.data, at: `${day}T01:00:00Z`, outcome, conditions } };
  };
  const decided = (id: string, from: string, to: string, outcome: Parameters<typeof told>[1]) =>
    tables.happen(
      `consultation-${id}`,
      ...filed(id, from),
      ...[on(from, happened.screened([])), on(to, happened.proposed()), on(to, happened.approved()), told(to, outcome)],
    );

  it('count cases by year, tier and outcome, and leave drafts out', async () => {
    await decided('c-1', '2025-03-03', '2025-03-20', 'PROCEED');
    await decided('c-2', '2026-03-03', '2026-03-20', 'HOLD');
    await tables.happen('consultation-c-3', ...filed('c-3', '2026-04-01'), on('2026-04-02', happened.withdrawn()));
    await tables.happen('consultation-c-4', ...filed('c-4', '2026-11-02'));
    await tables.happen('consultation-c-5', drafted('c-5'));
    await tables.happen('consultation-c-6', drafted('c-6'), happened.withdrawn());
    expect(await ask({ table: 'outcomes', by: ['year', 'outcome'] })).toMatchObject(
      [
        ['2025', 'PROCEED'],
        ['2026', 'HOLD'],
        ['2026', 'WITHDRAWN'],
        ['2026', null],
      ].map(([year, outcome]) => ({ cut: { year, outcome }, values: { cases: 1 } })),
    );
    expect(await only({ table: 'outcomes', year: 2026 })).toMatchObject({
      ...{ cases: 3, proceed: 0, hold: 1, withdrawn: 1, open: 1 },
      requestedKrw: 3 * 180_000_000,
    });
    expect(await only({ table: 'outcomes', authority: 'seoul' })).toMatchObject({ cases: 0 });
    expect(await ask({ table: 'outcomes', by: ['authority', 'tier', 'band'] })).toMatchObject([
      {
        cut: { authority: province.id, tier: 'BASIC_LOCAL', band: '100000000' },
        names: { authority: province.name },
        values: { cases: 4 },
      },
    ]);
  });

  it('divide by project kind and novelty, whenever that was stated', async () => {
    await decided('c-1', '2026-03-03', '2026-03-20', 'PROCEED');
    expect(await ask({ table: 'outcomes', by: ['kind', 'novelty'] })).toMatchObject([{ cut: { kind: null, novelty: null } }]);
    const assessed: ProjectEvent = {
      type: 'eligibility-assessed',
      data: {
        ...{ by: machine, at: '2026-02-01T00:00:00Z', on: '2026-02-01', target: 'target', reasons: [], missing: [] },
        facts: {
          ...{ tier: 'BASIC_LOCAL', ownerTier: null, kind: 'build', isNew: true, hasNewFunctions: null, resultsFromIsp: null },
          ...{ totalBudgetKrw: null, softwareDevelopmentKrw: null, ownIncomeOnly: null },
        },
        ...{ isDisasterSafety: false, track: 'standard', ruleSet: RULE_SET },
      },
    };
    const planned: ProjectEvent = {
      type: 'project-planned',
      data: { by: machine, at: '2026-01-01T00:00:00Z', project: 'p-1', agency: city.id, plan: planVersion(1) },
    };
    await tables.happen('project-p-1', planned, assessed);
    expect(await ask({ table: 'outcomes', by: ['kind', 'novelty'] })).toMatchObject([
      { cut: { kind: 'build', novelty: 'new' }, values: { cases: 1 } },
    ]);
  });

  it('tell how timely results are: within the legal days, median, 95th and longest, net and gross', async () => {
    for (const [index, length] of [5, 10, 20, 40].entries())
      await decided(`c-${index}`, '2026-03-03', addDays('2026-03-03', length), 'PROCEED');
    // Ten days of it with the applicant.
    await tables.happen(
      'consultation-c-9',
      ...filed('c-9', '2026-03-03'),
      ...[on('2026-03-13', happened.correctionRequested()), on('2026-03-23', happened.responded())],
      ...[on('2026-03-23', happened.screened([])), on('2026-03-28', happened.proposed()), on('2026-03-28', happened.approved())],
      told('2026-03-28', 'PROCEED'),
    );
    expect(await only({ table: 'timeliness' })).toEqual({
      ...{ notified: 5, inTime: 4, inTimeShare: 0.8, within7: 1, within30: 4 },
      ...{ netMedian: 15, net95: 40, netLongest: 40, grossMedian: 20, gross95: 40, grossLongest: 40 },
      ...{ applicantMedian: 0, delayNotices: 0, rounds: 1, roundsMost: 1 },
    });
  });

  it('count what is open by severity and age on the day asked for, by lead reviewer too', async () => {
    await tables.happen('consultation-c-1', ...filed('c-1', '2026-11-20'));
    await tables.happen('consultation-c-2', ...filed('c-2', '2026-10-12'));
    await tables.happen(
      'consultation-c-3',
      ...filed('c-3', '2026-11-02'),
      on('2026-11-04', {
        type: 'reviewer-assigned',
        data: { by: machine, at: '', reviewer: { person: 'p-3001', agency: province.id } },
      }),
    );
    await tables.happen('consultation-c-4', on('2026-11-21', drafted('c-4')), on('2026-11-21', happened.submitted()));
    expect(await only({ table: 'backlog' })).toEqual({
      ...{ open: 4, unreceived: 1, withApplicant: 0, overdue: 1, urgent: 0, half: 1 },
      ...{ upTo7: 1, upTo30: 1, above30: 1, oldestGross: 41, oldestNet: 41 },
    });
    expect(await ask({ table: 'backlog', by: ['lead'] })).toMatchObject([
      { cut: { lead: null }, values: { open: 3 } },
      { cut: { lead: 'p-3001' }, values: { open: 1, half: 1 } },
    ]);
    // The same rows, asked about other days.
    expect(await only({ table: 'backlog', on: '2026-12-31' })).toMatchObject({ overdue: 3, above30: 3 });
    expect(await only({ table: 'backlog', on: '2026-11-02' })).toMatchObject({ open: 3, overdue: 0, oldestGross: 21 });
  });

  it('follow a holiday that is announced while a case runs', async () => {
    await tables.happen('consultation-c-1', ...filed('c-1', '2026-10-22'));
    const due = async () => {
      await tables.project(statistics);
      return ((await tables.rows(statistics)) as { place: string; due_on: string }[]).find(({ place }) => place === 'c-1')
        ?.due_on;
    };
    // 2026-11-21 is a Saturday.
    expect(await due()).toBe('2026-11-23');
    await tables.happen('calendar-kr', holidayGazetted('2026-11-23'));
    expect(await due()).toBe('2026-11-24');
    // Cases received from then on know it as well, also after a restart of the view.
    await tables.happen('consultation-c-2', ...filed('c-2', '2026-11-02'));
    await tables.happen('consultation-c-3', ...filed('c-3', '2026-10-24'));
    expect(await due()).toBe('2026-11-24');
  });

  it('tell which systems are hit most, and how far people follow the engine', async () => {
    const other = candidate('s-7', '도로대장시스템', 0.3, false);
    await tables.happen(
      'consultation-c-1',
      ...filed('c-1', '2026-11-02'),
      ...[on('2026-11-02', happened.screened([groundwater, other])), on('2026-11-04', happened.confirmed())],
    );
    await tables.happen(
      'consultation-c-2',
      ...filed('c-2', '2026-11-02'),
      ...[on('2026-11-02', happened.screened([groundwater])), on('2026-11-04', happened.dismissed())],
    );
    expect(await only({ table: 'overlaps' })).toEqual({
      ...{ candidates: 3, cases: 2, flagged: 2, confirmed: 1, dismissed: 1, unsettled: 0, precision: 0.5 },
    });
    expect(await ask({ table: 'overlaps', by: ['system'] })).toMatchObject([
      { cut: { system: groundwater.id }, names: { system: groundwater.name }, values: { cases: 2, confirmed: 1 } },
      { cut: { system: 's-7' }, values: { cases: 1, flagged: 0 } },
    ]);
    const byChance = await ask({ table: 'overlaps', by: ['chance'] });
    expect(byChance).toMatchObject([{ values: { candidates: 2 } }, { cut: { chance: '30' }, values: { candidates: 1 } }]);
    // A new screening that no longer finds it takes it away.
    await tables.happen('consultation-c-1', on('2026-11-05', happened.screened([groundwater], planVersion(2), '140')));
    expect(await only({ table: 'overlaps' })).toMatchObject({ candidates: 2 });
    await expect(ask({ table: 'outcomes', by: ['system'] })).rejects.toMatchObject({ code: 'no-such-cut' });
  });

  it('tell which functions of plans exist in which systems, in how many cases, without what was dismissed', async () => {
    const roads = candidate('s-7', '도로대장시스템', 0.8, true);
    const words = [...roads.evidence, ...roads.evidence].map((one) => ({ ...one, terms: ['위치', '도로'] }));
    const purpose = words.map((one) => ({ ...one, facet: 'purpose' as const, terms: ['안전'] }));
    const alike = { ...candidate('c-9', '닮은 사업', 0.9, true), kind: 'plan' as const };
    const unlikely = candidate('s-8', '도서관시스템', 0.2, false);
    await tables.happen(
      'consultation-c-1',
      ...filed('c-1', '2026-11-02'),
      on('2026-11-02', happened.screened([groundwater, { ...roads, evidence: [...words, ...purpose] }, alike, unlikely])),
      on('2026-11-04', happened.confirmed()),
    );
    await tables.happen('consultation-c-2', ...filed('c-2', '2026-11-02'), on('2026-11-02', happened.screened([groundwater])));
    expect(await ask({ table: 'functions', by: ['function', 'system'] })).toMatchObject(
      (
        [
          ['관정', groundwater, 2, 1],
          ['위치', groundwater, 2, 1],
          ['도로', roads, 1, 0],
          ['위치', roads, 1, 0],
        ] as const
      ).map(([word, system, cases, confirmed]) => ({
        cut: { function: word, system: system.id },
        names: { system: system.name },
        values: { cases, confirmed, systems: 1 },
      })),
    );
    expect(await ask({ table: 'functions', by: ['system'] })).toMatchObject([
      { cut: { system: groundwater.id }, values: { cases: 2 } },
      { cut: { system: roads.id }, values: { cases: 1 } },
    ]);
    await tables.happen('consultation-c-2', on('2026-11-04', happened.dismissed()));
    expect(await only({ table: 'functions' })).toEqual({ cases: 1, confirmed: 1, systems: 2 });
    await expect(ask({ table: 'overlaps', by: ['function'] })).rejects.toMatchObject({ code: 'no-such-cut' });
  });

  it('add up what was requested, agreed and adjusted', async () => {
    const lower = planVersion(2, { ...planContent, budgetKrw: 150_000_000 });
    await tables.happen(
      'consultation-c-1',
      ...filed('c-1', '2026-11-02'),
      ...[on('2026-11-02', happened.screened()), on('2026-11-04', happened.confirmed())],
      ...[on('2026-11-05', happened.correctionRequested()), on('2026-11-12', happened.responded(lower))],
      ...[on('2026-11-16', happened.proposed()), on('2026-11-16', happened.approved()), told('2026-11-18', 'PROCEED')],
    );
    await decided('c-2', '2026-11-02', '2026-11-18', 'PROCEED');
    await decided('c-3', '2026-11-02', '2026-11-18', 'HOLD');
    expect(await only({ table: 'adjustments' })).toEqual({
      ...{ cases: 2, adjusted: 1, requestedKrw: 360_000_000, agreedKrw: 330_000_000 },
      ...{ adjustedKrw: 30_000_000, adjustedWithOverlapKrw: 30_000_000 },
    });
  });

  it('follow conditions by agency, and know which are overdue on the day asked for', async () => {
    await decided('c-1', '2026-11-02', '2026-11-18', 'PROCEED_CONDITIONALLY');
    await decided('c-2', '2026-11-02', '2026-11-18', 'PROCEED_CONDITIONALLY');
    await tables.happen('consultation-c-2', happened.actionPlanned(), happened.actionReported(), happened.fulfilled());
    const counts = { issued: 2, planned: 1, fulfilled: 1, waived: 0, waiting: 0, fulfilmentRate: 0.5, recommendations: 0 };
    expect(await ask({ table: 'conditions', by: ['applicant'] })).toMatchObject([
      { cut: { applicant: city.id }, names: { applicant: city.name }, values: { ...counts, overdue: 0 } },
    ]);
    expect(await only({ table: 'conditions', on: '2027-04-01' })).toMatchObject({ overdue: 1 });
    await tables.happen('consultation-c-1', happened.overdue(), happened.recommended(), happened.recommendationAnswered());
    expect(await only({ table: 'conditions' })).toMatchObject({ recommendations: 1, recommendationsAnswered: 1 });
  });

  describe('of projects', () => {
    const planned = (project: string): ProjectEvent => ({
      type: 'project-planned',
      data: { by: machine, at: '2026-01-01T00:00:00Z', project, agency: city.id, plan: planVersion(1) },
    });
    const ordered: ProjectEvent = {
      type: 'procurement-recorded',
      data: {
        ...{ by: machine, at: '2026-12-28T00:00:00Z', order: 'o-1', orderedOn: '2026-12-28', planHash: planVersion(1).hash },
        ...{ amountKrw: null, orderer: city, source: 'owner', token: null, basis: { kind: 'none' } },
      },
    };
    const report = (year: number, quarter: number, plannedPercent: number, donePercent: number, daysLate = 0): ProjectEvent => ({
      type: 'progress-recorded',
      data: {
        ...{ by: machine, at: '2028-01-01T00:00:00Z', year, quarter, plannedPercent, donePercent, daysLate, remarks: '' },
        ...{ dueOn: '2027-04-15', ruleSet: RULE_SET },
      },
    });
    const missed = (year: number, quarter: number): ProjectEvent => ({
      type: 'progress-report-missed',
      data: { by: machine, at: '2027-07-15T15:00:00Z', year, quarter, dueOn: '2027-07-15', ruleSet: RULE_SET },
    });
    const measured = (measuredOn: string, score: number, finding: 'keep' | 'consolidate'): ProjectEvent => ({
      type: 'performance-measured',
      data: {
        ...{ by: machine, at: `${measuredOn}T01:00:00Z`, measuredOn, of: 'system', score, finding, rule: 'r', ruleSet: RULE_SET },
        remarks: '',
      },
    });
    const award: ProjectEvent = {
      type: 'award-granted',
      data: {
        by: machine,
        at: '2028-12-01T00:00:00Z',
        award: '우수',
        awardedOn: '2028-12-01',
        ground: '절감',
        authority: province,
      },
    };
    beforeEach(async () => {
      // The case of `p-1` says whose authority sees its project.
      await decided('c-1', '2026-03-03', '2026-03-20', 'PROCEED');
      const good = [report(2027, 1, 30, 30), report(2027, 2, 60, 60), measured('2028-11-30', 90, 'keep')];
      await tables.happen('project-p-1', planned('p-1'), ordered, ...good);
      await tables.happen(
        'project-p-2',
        ...[planned('p-2'), ordered, report(2027, 1, 30, 10, 5), missed(2027, 2)],
        ...[measured('2028-05-30', 45, 'consolidate'), measured('2028-11-30', 50, 'consolidate')],
      );
    });

    it('tell the progress of each quarter: reported, late, missing, behind the plan', async () => {
      expect(await ask({ table: 'progress', by: ['quarter'] })).toMatchObject([
        {
          cut: { quarter: '2027-Q1' },
          values: { quarters: 2, reported: 2, late: 1, missed: 0, behind: 1, planned: 30, done: 20 },
        },
        { cut: { quarter: '2027-Q2' }, values: { quarters: 2, reported: 1, late: 0, missed: 1, planned: 60, done: 60 } },
      ]);
      expect(await only({ table: 'progress', authority: province.id })).toMatchObject({ quarters: 2, missed: 0 });
      expect(await only({ table: 'progress', applicant: city.id, year: 2027 })).toMatchObject({ quarters: 4 });
      // What is reported late is no longer missing.
      await tables.happen('project-p-2', report(2027, 2, 60, 40, 30));
      expect(await only({ table: 'progress' })).toMatchObject({ quarters: 4, reported: 4, missed: 0, late: 2, behind: 2 });
      await expect(ask({ table: 'outcomes', by: ['quarter'] })).rejects.toMatchObject({ code: 'no-such-cut' });
    });

    it('tell the performance of each half-year by what follows from it', async () => {
      expect(await ask({ table: 'performance', by: ['half'] })).toMatchObject([
        { cut: { half: '2028-H2' }, values: { measured: 2, scoreMean: 70, scoreLowest: 50, keep: 1, consolidate: 1 } },
        { cut: { half: '2028-H1' }, values: { measured: 1, keep: 0, consolidate: 1 } },
      ]);
    });

    it('name the candidates for an award and for a demand for correction, and why', async () => {
      expect(await ask({ table: 'candidates', by: ['project'] })).toMatchObject([
        { cut: { project: 'p-1' }, values: { award: 1, correction: 0 } },
        { cut: { project: 'p-2' }, values: { award: 0, correction: 1, weak: 1, missed: 1, omitted: 0 } },
      ]);
      await tables.happen('project-p-1', award);
      expect(await only({ table: 'candidates' })).toMatchObject({ projects: 2, award: 0, awarded: 1, correction: 1 });
    });

    it('demand correction of whoever leaves a condition open beyond its day', async () => {
      await decided('c-1b', '2026-04-03', '2026-04-20', 'PROCEED_CONDITIONALLY');
      expect(await only({ table: 'candidates' })).toMatchObject({ correction: 1, overdue: 0 });
      expect(await only({ table: 'candidates', on: '2099-01-01' })).toMatchObject({ correction: 2, overdue: 1 });
    });

    it('demand correction of whoever ordered without a decision, and award them nothing', async () => {
      await tables.happen('project-p-1', {
        type: 'consultation-omission-detected',
        data: {
          ...{ by: machine, at: '2027-01-05T00:00:00Z', omission: 1, order: 'o-1', orderedOn: '2026-12-28' },
          ...{ planHash: planVersion(1).hash, orderer: city, authority: province, reason: 'never-consulted' },
          ...{ consultation: null, decidedPlan: null },
        },
      });
      expect(await only({ table: 'candidates', authority: province.id })).toMatchObject({ award: 0, correction: 1, omitted: 1 });
    });
  });

  it('hold decided cases that look alike against each other, each pair once, by reviewer', async () => {
    const alike = (id: string) => ({ ...candidate(id, '닮은 사업', 0.9, true), kind: 'plan' as const });
    const lead = (person: string): ConsultationEvent => ({
      type: 'reviewer-assigned',
      data: { by: machine, at: '2026-03-04T01:00:00Z', reviewer: { person, agency: province.id } },
    });
    const like = (id: string, others: readonly string[], person: string, to: string, outcome: Parameters<typeof told>[1]) =>
      tables.happen(
        `consultation-${id}`,
        ...filed(id, '2026-03-03'),
        ...[on('2026-03-03', happened.screened(others.map(alike))), lead(person)],
        ...[on(to, happened.proposed()), on(to, happened.approved()), told(to, outcome)],
      );
    // The first two were screened against each other.
    await like('c-1', ['c-2'], 'p-1', '2026-03-20', 'HOLD');
    await like('c-2', ['c-1'], 'p-2', '2026-03-21', 'PROCEED');
    await like('c-3', ['c-2'], 'p-2', '2026-03-22', 'PROCEED');
    await like('c-4', ['c-2', 'c-1'], 'p-1', '2026-03-23', 'PROCEED_CONDITIONALLY');
    // Not decided yet.
    await tables.happen('consultation-c-5', ...filed('c-5', '2026-04-01'), on('2026-04-01', happened.screened([alike('c-1')])));
    expect(await only({ table: 'consistency' })).toEqual({
      ...{ pairs: 4, same: 1, conditionsDiffer: 1, opposed: 2, opposedSameLead: 1, sameShare: 0.25 },
    });
    expect(await ask({ table: 'consistency', by: ['lead'] })).toMatchObject([
      { cut: { lead: 'p-1' }, values: { pairs: 2, opposed: 1, opposedSameLead: 1 } },
      { cut: { lead: 'p-2' }, values: { pairs: 2, same: 1, opposed: 1 } },
    ]);
    expect(await only({ table: 'consistency', authority: 'seoul' })).toMatchObject({ pairs: 0 });
  });
});
