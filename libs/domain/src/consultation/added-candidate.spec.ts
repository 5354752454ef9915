import { applicant, candidate, given, groundwater, happened, outsider, planVersion, reviewer, waterworks } from '../testing.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import { standingSettlement, unsettledCandidates } from './guards.js';
import type { ConsultationEvent } from './events.js';

const { drafted, submitted, received, screened, confirmed } = happened;
const inReview = [drafted(), submitted(), screened(), received()];
const at = '2026-11-04T05:00:00Z';
const known = { id: 's-wells', kind: 'system' as const, name: '국가 관정 대장', agency: '환경부' };
const add = (more: object = {}): ConsultationCommand => ({
  type: 'add-overlap-candidate',
  data: { by: reviewer, at, candidate: known, reason: '같은 대장을 쓴다고 들었다.', ...more },
});
const added = {
  type: 'overlap-candidate-added' as const,
  data: { by: reviewer, at, candidate: known, reason: '같은 대장을 쓴다고 들었다.' },
};
const settled = { ...confirmed(), data: { ...confirmed().data, candidate: known.id } };
const stateOf = (...events: readonly ConsultationEvent[]) => {
  const state = events.reduce(decider.evolve, decider.initialState);
  if (state === null) throw new Error('not drafted');
  return state;
};

describe('a candidate that a person adds', () => {
  it('is added with a reason', () => {
    given(decider, ...inReview)
      .when(add())
      .then(added);
    given(decider, ...inReview, added)
      .when(add())
      .then();
    given(decider, ...inReview)
      .when(add({ reason: '' }))
      .refuses('required');
    given(decider, ...inReview)
      .when(add({ candidate: { ...known, kind: 'rumour' } }))
      .refuses('unknown-choice');
    given(decider, ...inReview)
      .when(add({ candidate: { ...known, id: '' } }))
      .refuses('required');
    given(decider, ...inReview)
      .when(add({ candidate: { ...known, name: '' } }))
      .refuses('required');
  });
  it('is not one that has to be settled already, nor the plan itself', () => {
    given(decider, ...inReview)
      .when(add({ candidate: { ...known, id: groundwater.id } }))
      .refuses('already-a-candidate', groundwater.id);
    given(decider, ...inReview, added)
      .when(add({ reason: '다른 사유' }))
      .refuses('already-a-candidate');
    given(decider, ...inReview)
      .when(add({ candidate: { ...known, id: 'c-1', kind: 'plan' } }))
      .refuses('own-plan');
  });
  it('may be one that the engine found and did not flag', () => {
    const { id, kind, name, agency } = waterworks;
    const chosen = { id, kind, name, agency };
    given(decider, ...inReview)
      .when(add({ candidate: chosen }))
      .then({ ...added, data: { ...added.data, candidate: chosen } });
    const state = stateOf(...inReview, { ...added, data: { ...added.data, candidate: chosen } });
    expect(unsettledCandidates(state).map((open) => open.id)).toEqual([groundwater.id, waterworks.id]);
  });
  it('is added by the authority while it reviews', () => {
    given(decider, ...inReview)
      .when(add({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...inReview)
      .when(add({ by: outsider }))
      .refuses('not-the-authority');
    given(decider, drafted(), submitted()).when(add()).refuses('wrong-phase');
  });
  it('makes an approval void that has not been notified', () => {
    const { proposed, approved } = happened;
    given(decider, ...inReview, confirmed(), proposed(), approved())
      .when(add())
      .then({ type: 'approval-invalidated', data: { by: reviewer, at, proposal: 1, because: 'candidate-added' } }, added);
    given(decider, ...inReview, confirmed(), proposed())
      .when(add())
      .refuses('wrong-phase');
  });
  it('has to be settled before a decision, like the others', () => {
    expect(unsettledCandidates(stateOf(...inReview, confirmed(), added))).toEqual([{ id: known.id, name: known.name }]);
    const command: ConsultationCommand = { type: 'confirm-overlap', data: settled.data };
    given(decider, ...inReview, added)
      .when(command)
      .then(settled);
    given(decider, ...inReview)
      .when(command)
      .refuses('not-a-candidate');
    expect(unsettledCandidates(stateOf(...inReview, confirmed(), added, settled))).toEqual([]);
  });
  it('is not dropped by a new screening, settled or not', () => {
    const again = screened([waterworks], planVersion(1), '200');
    expect(unsettledCandidates(stateOf(...inReview, added, again)).map(({ id }) => id)).toEqual([known.id]);
    const state = stateOf(...inReview, added, settled, again);
    expect(unsettledCandidates(state)).toEqual([]);
    expect(standingSettlement(state, known.id)?.confirmed).toBe(true);
  });
  it('has to be looked at again only when the engine flags it too', () => {
    const weak = screened([candidate(known.id, known.name, 0.2, false)], planVersion(1), '200');
    expect(unsettledCandidates(stateOf(...inReview, added, settled, weak))).toEqual([]);
    const strong = screened([candidate(known.id, known.name, 0.8, true)], planVersion(1), '200');
    expect(unsettledCandidates(stateOf(...inReview, added, settled, strong)).map(({ id }) => id)).toEqual([known.id]);
    expect(unsettledCandidates(stateOf(...inReview, added, strong, settled))).toEqual([]);
  });
  it('may be reviewed jointly with its owner', () => {
    const opened = { ...happened.jointReviewOpened(), data: { ...happened.jointReviewOpened().data, candidate: known.id } };
    given(decider, ...inReview, added)
      .when({ type: 'open-joint-review', data: opened.data })
      .then(opened);
  });
});
