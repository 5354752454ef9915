import { applicant, city, finding, groundwater, machine, planVersion, province, reviewer } from '@sajeon/domain/testing';
import type { PreliminaryEvent } from '@sajeon/domain';
import { Tables } from '../testing/tables.js';
import {
  ListPreliminaryReviews,
  ListPreliminaryReviewsHandler,
  preliminaryReviews,
  type PreliminaryReviewsRequest,
} from './preliminary-reviews.js';

const requested = (request = 1, fiscalYear = 2027): PreliminaryEvent => ({
  type: 'preliminary-review-requested',
  data: {
    ...{ by: applicant, at: `2026-05-1${request}T01:00:00Z`, project: 'p-1', request, fiscalYear },
    ...{ outline: planVersion(1), applicant: city, authority: province },
  },
});
const screened: PreliminaryEvent = {
  type: 'preliminary-review-screened',
  data: { by: machine, at: '2026-05-11T01:00:05Z', request: 1, finding: finding(planVersion(1), [groundwater]) },
};
const answered: PreliminaryEvent = {
  type: 'preliminary-opinion-given',
  data: { by: reviewer, at: '2026-05-20T01:00:00Z', request: 1, verdict: 'ADJUST', text: '도 시스템을 먼저 볼 것' },
};
const withdrawn: PreliminaryEvent = {
  type: 'preliminary-review-withdrawn',
  data: { by: applicant, at: '2026-05-21T01:00:00Z', request: 2, reason: '사업을 접었다.' },
};

describe('the list of preliminary reviews', () => {
  let tables: Tables;
  beforeEach(async () => (tables = await Tables.make()));
  afterEach(() => tables.close());

  const list = async (request: PreliminaryReviewsRequest = {}) => {
    await tables.project(preliminaryReviews);
    return (await new ListPreliminaryReviewsHandler(tables.reader).execute(new ListPreliminaryReviews(request))).rows;
  };

  it('follows each request of a project until its opinion, for both sides and nobody else', async () => {
    await tables.happen('preliminary-p-1', requested());
    expect(await list()).toMatchObject([{ place: 'p-1#1', status: 'requested', flagged: null, budgetKrw: '180000000' }]);
    await tables.happen('preliminary-p-1', screened, answered, requested(2, 2028), withdrawn);
    expect(await list()).toMatchObject([
      { place: 'p-1#1', status: 'answered', flagged: 1, verdict: 'ADJUST' },
      { place: 'p-1#2', status: 'withdrawn', fiscalYear: 2028 },
    ]);
    expect(await list({ agency: province.id, status: 'answered' })).toHaveLength(1);
    expect(await list({ agency: city.id, fiscalYear: 2028 })).toHaveLength(1);
    expect(await list({ agency: 'asan-si' })).toEqual([]);
  });
});
