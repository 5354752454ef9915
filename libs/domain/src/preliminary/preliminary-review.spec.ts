import {
  applicant,
  city,
  finding,
  given,
  groundwater,
  machine,
  outsider,
  planContent,
  planVersion,
  province,
  reviewer,
} from '../testing.js';
import type {
  PreliminaryOpinionGiven,
  PreliminaryReviewRequested,
  PreliminaryReviewScreened,
  PreliminaryReviewWithdrawn,
} from './events.js';
import {
  newestOpinion,
  preliminaryDecider as decider,
  type PreliminaryCommand,
  type PreliminaryState,
} from './preliminary-review.js';

const at = '2026-05-11T01:00:00Z';
const requested = (request = 1, version = 1): PreliminaryReviewRequested => ({
  type: 'preliminary-review-requested',
  data: {
    ...{ by: applicant, at, project: 'p-1', request, fiscalYear: 2027 },
    ...{ outline: planVersion(version), applicant: city, authority: province },
  },
});
const screened = (request = 1): PreliminaryReviewScreened => ({
  type: 'preliminary-review-screened',
  data: { by: machine, at, request, finding: finding(planVersion(1), [groundwater]) },
});
const answered = (request = 1): PreliminaryOpinionGiven => ({
  type: 'preliminary-opinion-given',
  data: { by: reviewer, at: '2026-05-20T01:00:00Z', request, verdict: 'ADJUST', text: '도 시스템을 먼저 볼 것' },
});
const withdrawn = (request = 1): PreliminaryReviewWithdrawn => ({
  type: 'preliminary-review-withdrawn',
  data: { by: applicant, at, request, reason: '비용을 다시 산정한다.' },
});

const ask = (more: object = {}): PreliminaryCommand => {
  const { request: _, ...data } = requested().data;
  return { type: 'request-preliminary-review', data: { ...data, ...more } };
};
const record = (more: object = {}): PreliminaryCommand => ({
  type: 'record-preliminary-screening',
  data: { ...screened().data, ...more },
});
const opine = (more: object = {}): PreliminaryCommand => ({
  type: 'give-preliminary-opinion',
  data: { ...answered().data, ...more },
});
const withdraw = (more: object = {}): PreliminaryCommand => ({
  type: 'withdraw-preliminary-review',
  data: { ...withdrawn().data, ...more },
});
const outline = (more: object) => planVersion(1, { ...planContent, ...more });

describe('asking for a preliminary review', () => {
  it('is for the agency whose project it is', () => {
    given(decider).when(ask()).then(requested());
    given(decider)
      .when(ask({ by: outsider }))
      .refuses('not-the-applicant');
    given(decider, requested(), answered())
      .when(ask({ by: outsider, applicant: { ...city, id: outsider.agency } }))
      .refuses('not-the-applicant');
  });
  it('is satisfied while the same waits for its opinion', () => given(decider, requested()).when(ask()).then());
  it('waits for the opinion before it asks about something else', () =>
    given(decider, requested())
      .when(ask({ fiscalYear: 2028 }))
      .refuses('preliminary-review-open', '1'));
  it.each([answered(), withdrawn()])('asks again after %j, under the next number', (end) =>
    given(decider, requested(), screened(), end)
      .when(ask({ outline: planVersion(2) }))
      .then(requested(2, 2)),
  );
  it.each([
    ['purpose', { purpose: ' ' }],
    ['users', { users: [] }],
    ['functions', { functions: [] }],
    ['cost', { budgetKrw: null }],
  ])('says the %s', (missing, more) => {
    const english = { purpose: 'purpose', users: 'users', functions: 'functions', cost: 'cost' }[missing];
    expect(english).toBeDefined();
    given(decider)
      .when(ask({ outline: outline(more) }))
      .refuses('outline-incomplete');
  });
  it('is not asked of oneself', () =>
    given(decider)
      .when(ask({ authority: city }))
      .refuses('own-submission'));
  it.each([
    ['for no project', { project: '' }, 'required'],
    ['for no year', { fiscalYear: 27 }, 'invalid-year'],
    ['for half a year', { fiscalYear: 2027.5 }, 'invalid-year'],
    ['without a hash', { outline: { ...planVersion(1), hash: '' } }, 'invalid-hash'],
    ['of an agency without a name', { authority: { ...province, name: '' } }, 'required'],
    ['of an agency of no known tier', { authority: { ...province, tier: 'VILLAGE' } }, 'unknown-choice'],
  ])('is malformed %s', (_, more, code) => given(decider).when(ask(more)).refuses(code));
});

describe('the screening', () => {
  it('is recorded once', () => {
    given(decider, requested()).when(record()).then(screened());
    given(decider, requested(), screened()).when(record()).then();
  });
  it('is of what was asked about, by nobody of the applicant', () => {
    given(decider, requested())
      .when(record({ finding: finding(planVersion(2), []) }))
      .refuses('screened-another-version');
    given(decider, requested())
      .when(record({ by: applicant }))
      .refuses('own-submission');
    given(decider, requested())
      .when(record({ request: 2 }))
      .refuses('no-such-request', '2');
  });
  it('that comes after the opinion or the withdrawal harms nobody', () => {
    given(decider, requested(), withdrawn()).when(record()).then();
    given(decider, requested(), screened(), answered())
      .when(record({ finding: finding(planVersion(1), []) }))
      .then();
  });
});

describe('the opinion', () => {
  it('is given by the authority once the outline is screened', () => {
    given(decider, requested(), screened()).when(opine()).then(answered());
    given(decider, requested()).when(opine()).refuses('not-screened');
    given(decider, requested(), screened())
      .when(opine({ by: applicant }))
      .refuses('own-submission');
    given(decider, requested(), screened())
      .when(opine({ by: outsider }))
      .refuses('not-the-authority');
  });
  it('is given once', () => {
    given(decider, requested(), screened(), answered()).when(opine()).then();
    given(decider, requested(), screened(), answered())
      .when(opine({ text: '다시' }))
      .refuses('preliminary-review-over', '1');
    given(decider, requested(), screened(), withdrawn()).when(opine()).refuses('preliminary-review-over');
  });
  it.each([
    ['without a text', { text: '' }, 'required'],
    ['of no known kind', { verdict: 'MAYBE' }, 'unknown-choice'],
  ])('is malformed %s', (_, more, code) => given(decider, requested(), screened()).when(opine(more)).refuses(code));
  it('is taken along by a consultation: the newest that was not withdrawn', () => {
    const fold = (...events: Parameters<typeof decider.evolve>[1][]): PreliminaryState =>
      events.reduce(decider.evolve, decider.initialState);
    expect(newestOpinion(null)).toBeUndefined();
    expect(newestOpinion(fold(requested(), screened()))).toBeUndefined();
    expect(newestOpinion(fold(requested(), screened(), answered(), requested(2, 2), withdrawn(2)))).toEqual({
      ...{ request: 1, fiscalYear: 2027, verdict: 'ADJUST', text: '도 시스템을 먼저 볼 것', givenOn: '2026-05-20' },
    });
  });
});

describe('withdrawing the request', () => {
  it('is for the applicant, with a reason, before the opinion', () => {
    given(decider, requested()).when(withdraw()).then(withdrawn());
    given(decider, requested(), withdrawn()).when(withdraw()).then();
    given(decider, requested())
      .when(withdraw({ by: reviewer }))
      .refuses('not-the-applicant');
    given(decider, requested())
      .when(withdraw({ reason: '' }))
      .refuses('required');
    given(decider, requested(), screened(), answered()).when(withdraw()).refuses('preliminary-review-over');
  });
});

it('knows no review before one is asked for', () => {
  for (const command of [record(), opine(), withdraw()]) given(decider).when(command).refuses('no-such-preliminary-review');
});
it('evolve takes an event before there is anything', () => expect(decider.evolve(null, answered())).toBeNull());
