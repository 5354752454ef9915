import { happened } from '@sajeon/domain/testing';
import type { ConsultationEvent } from '@sajeon/domain';
import { consultation, drafted, followUp } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import {
  ListObligations,
  ListObligationsHandler,
  obligations,
  type ObligationRow,
  type ObligationsRequest,
} from './obligations.js';

describe('the obligations board', () => {
  let tables: Tables;
  beforeEach(async () => (tables = await Tables.make()));
  afterEach(() => tables.close());

  async function board(request: ObligationsRequest = {}): Promise<readonly ObligationRow[]> {
    await tables.project(obligations);
    return (await new ListObligationsHandler(tables.reader).execute(new ListObligations(request))).rows;
  }

  const letter = (dueOn: string | null, ...more: readonly (string | null)[]): ConsultationEvent => ({
    ...happened.notified(),
    data: {
      ...happened.notified().data,
      conditions: [dueOn, ...more].map((due, index) => ({ number: index + 1, text: '연계할 것', dueOn: due, candidate: null })),
    },
  });
  const until = [happened.submitted(), happened.received(), happened.screened([]), happened.proposed(), happened.approved()];

  it('has nothing before a conditional letter', async () => {
    await tables.happen('consultation-c-1', ...consultation.slice(0, -1));
    expect(await board()).toEqual([]);
  });

  it('follows a condition from the letter until it is settled, with whose turn it is', async () => {
    const expected: Record<string, Partial<ObligationRow>> = {
      'action-plan-submitted': { status: 'open', holder: 'applicant', completeBy: '2027-02-26', dueOn: '2027-03-31' },
      'action-result-submitted': { status: 'submitted', holder: 'authority' },
      'action-result-rejected': { status: 'open', holder: 'applicant', submissions: 1 },
      'waiver-proposed': { holder: 'authority' },
      'waiver-declined': { holder: 'applicant' },
      'improvement-recommended': { recommended: true },
      'recommendation-answered': { recommended: false },
      'condition-extended': { dueOn: '2027-06-30' },
      'condition-fulfilled': { status: 'fulfilled', holder: null, submissions: 2 },
    };
    await tables.happen('consultation-c-1', ...consultation);
    for (const event of followUp) {
      await tables.happen('consultation-c-1', event);
      expect(await board()).toMatchObject([{ consultation: 'c-1', condition: 1, ...expected[event.type] }]);
    }
  });

  it('leads with what is due first, then what has no date, then what is settled', async () => {
    await tables.happen('consultation-c-1', drafted('c-1'), ...until, letter('2027-05-01', null), happened.actionReported());
    await tables.happen('consultation-c-2', drafted('c-2'), ...until, letter('2027-03-01', '2027-01-01'));
    await tables.happen('consultation-c-2', happened.actionReported(1, 2), happened.fulfilled(1, 2));
    const places = async (request: ObligationsRequest) => (await board(request)).map(({ place }) => place);
    expect(await places({})).toEqual(['c-2#1', 'c-1#1', 'c-1#2', 'c-2#2']);
    expect(await places({ holder: 'authority' })).toEqual(['c-1#1']);
    expect(await places({ status: 'fulfilled' })).toEqual(['c-2#2']);
    expect(await places({ dueBefore: '2027-03-02' })).toEqual(['c-2#1']);
    expect(await places({ agency: 'gongju-si' })).toHaveLength(4);
    expect(await places({ agency: 'chungnam-do' })).toHaveLength(4);
    expect(await places({ agency: 'asan-si' })).toEqual([]);
  });

  it('is searched by the project, the condition, the number and the agencies, and never finds what is behind the rows', async () => {
    await tables.happen('consultation-c-1', drafted('c-1'), ...until, letter('2027-05-01'));
    await tables.happen('consultation-c-9', drafted('c-9'), ...until, letter('2027-03-01'));
    const found = async (q: string) => (await board({ q })).map(({ place }) => place);
    const [row] = await board();
    expect(await found('연계')).toEqual(['c-9#1', 'c-1#1']);
    expect(await found(`연계 ${row?.title ?? ''}`)).toHaveLength(2);
    expect(await found('c-9')).toEqual(['c-9#1']);
    expect(await found(`${row?.applicantName} ${row?.authorityName}`)).toHaveLength(2);
    expect(await found('연계 해수면')).toEqual([]);
    expect(await found('')).toHaveLength(2);
  });
});
