import { given, reviewer } from '../testing.js';
import { agencyDecider as decider, parentOn, standsOn, successorsOn, type AgencyCommand } from './agency.js';
import type { AgencyDissolved, AgencyEvent, AgencyRegistered, AgencyRenamed } from './events.js';

const stamp = { by: reviewer, at: '2026-07-01T00:00:00Z' };
const registered: AgencyRegistered = {
  type: 'agency-registered',
  data: { ...stamp, agency: 'gunwi-gun', name: '군위군', tier: 'BASIC_LOCAL', parent: 'gyeongbuk-do' },
};
const renamed: AgencyRenamed = { type: 'agency-renamed', data: { ...stamp, name: '대구광역시 군위군', formerName: '군위군' } };
const dissolved: AgencyDissolved = {
  type: 'agency-dissolved',
  data: { ...stamp, successor: 'daegu-si', reason: '행정구역 통합' },
};
const register = (more: object = {}): AgencyCommand => ({ type: 'register-agency', data: { ...registered.data, ...more } });
const rename = (name: string): AgencyCommand => ({ type: 'rename-agency', data: { ...stamp, name } });
const dissolve = (more: object = {}): AgencyCommand => ({ type: 'dissolve-agency', data: { ...dissolved.data, ...more } });

it('registers an agency', () => given(decider).when(register()).then(registered));
it('is satisfied when the very same agency is registered', () => given(decider, registered).when(register()).then());
it('does not register an agency twice', () =>
  given(decider, registered)
    .when(register({ tier: 'CENTRAL' }))
    .refuses('agency-already-registered', '군위군'));
it('does not register under the former name what has been renamed', () =>
  given(decider, registered, renamed).when(register()).refuses('agency-already-registered', '대구광역시 군위군'));
it('is not its own parent', () =>
  given(decider)
    .when(register({ parent: 'gunwi-gun' }))
    .refuses('own-parent'));
it('needs a name and a known tier', () => {
  given(decider)
    .when(register({ name: '' }))
    .refuses('required');
  given(decider)
    .when(register({ tier: 'VILLAGE' }))
    .refuses('unknown-choice', 'CENTRAL');
});

it('remembers the former name', () => given(decider, registered).when(rename('대구광역시 군위군')).then(renamed));
it('is satisfied when it has that name', () => given(decider, registered, renamed).when(rename('대구광역시 군위군')).then());
it('knows no agency before it is registered', () => {
  given(decider).when(rename('새 이름')).refuses('no-such-agency');
  given(decider).when(dissolve()).refuses('no-such-agency');
});

it('is dissolved, with its successor', () => given(decider, registered).when(dissolve()).then(dissolved));
it('is satisfied when it is dissolved that way', () => given(decider, registered, dissolved).when(dissolve()).then());
it('does not succeed itself', () =>
  given(decider, registered)
    .when(dissolve({ successor: 'gunwi-gun' }))
    .refuses('own-successor'));
it('changes no more once it is dissolved', () => {
  given(decider, registered, dissolved).when(rename('새 이름')).refuses('agency-dissolved', '군위군');
  given(decider, registered, dissolved)
    .when(dissolve({ successor: null }))
    .refuses('agency-dissolved');
  given(decider, registered, dissolved).when(register()).refuses('agency-already-registered');
});

it.each<[string, AgencyCommand, string]>([
  ['without an id', register({ agency: '' }), 'required'],
  ['with an id that is none', register({ agency: 'gunwi gun' }), 'invalid-id'],
  ['with a parent that is none', register({ parent: 'a/b' }), 'invalid-id'],
  ['with a successor that is none', dissolve({ successor: '$all' }), 'invalid-id'],
  ['without a new name', rename(''), 'required'],
  ['dissolved without a reason', dissolve({ reason: '' }), 'required'],
  ['without who', register({ by: { person: '', agency: '' } }), 'required'],
  ['without when', register({ at: 'yesterday' }), 'invalid-instant'],
])('is malformed %s', (_, command, code) => given(decider).when(command).refuses(code));

it('evolve takes an event before there is anything', () => expect(decider.evolve(null, renamed)).toBeNull());

describe('a merger', () => {
  const merged: AgencyEvent = {
    type: 'agency-merged',
    data: { ...stamp, into: 'daegu-si', effectiveOn: '2027-07-01', reason: '행정구역 통합' },
  };
  const merge = (more: object = {}): AgencyCommand => ({ type: 'merge-agency', data: { ...merged.data, ...more } as never });
  const state = [registered, merged].reduce(decider.evolve, decider.initialState)!;

  it('is recorded with the day from which it holds', () => given(decider, registered).when(merge()).then(merged));
  it('is satisfied when it is recorded so', () => given(decider, registered, merged).when(merge()).then());
  it('may be announced for another day until it holds, and not after', () => {
    const later = { effectiveOn: '2027-10-01' };
    given(decider, registered, merged)
      .when(merge(later))
      .then({ ...merged, data: { ...merged.data, ...later } } as AgencyEvent);
    given(decider, registered, merged)
      .when(merge({ ...later, at: '2027-07-01T00:00:00Z' }))
      .refuses('agency-dissolved', '2027. 7. 1.');
    given(decider, registered, merged)
      .when({ type: 'rename-agency', data: { ...stamp, at: '2027-07-01T00:00:00Z', name: '새 이름' } })
      .refuses('agency-dissolved');
  });
  it('leaves the agency itself until the day before', () => {
    expect([standsOn(state, '2027-06-30'), standsOn(state, '2027-07-01')]).toEqual([true, false]);
    expect([successorsOn(state, '2027-06-30'), successorsOn(state, '2027-07-01')]).toEqual([[], ['daegu-si']]);
  });
  it('is not with itself', () =>
    given(decider, registered)
      .when(merge({ into: 'gunwi-gun' }))
      .refuses('own-successor'));
  it('is of an agency that there is', () => given(decider).when(merge()).refuses('no-such-agency'));
  it.each([
    ['into nothing', { into: '' }, 'required'],
    ['on no day', { effectiveOn: '2027-06-31' }, 'invalid-date'],
    ['for no reason', { reason: '' }, 'required'],
  ])('is malformed %s', (_, more, code) => given(decider, registered).when(merge(more)).refuses(code));
});

describe('a split', () => {
  const data = { ...stamp, successors: ['gunwi-north', 'gunwi-south'], effectiveOn: '2027-07-01', reason: '분리' };
  const apart: AgencyEvent = { type: 'agency-split', data };
  const split = (more: object = {}): AgencyCommand => ({ type: 'split-agency', data: { ...data, ...more } });

  it('is recorded with everybody who follows', () => given(decider, registered).when(split()).then(apart));
  it('is satisfied when it is recorded so', () => given(decider, registered, apart).when(split()).then());
  it('takes the place of a merger that was announced', () => {
    const merged: AgencyEvent = {
      type: 'agency-merged',
      data: { ...stamp, into: 'daegu-si', effectiveOn: '2027-07-01', reason: '통합' },
    };
    given(decider, registered, merged).when(split()).then(apart);
    const state = [registered, merged, apart].reduce(decider.evolve, decider.initialState)!;
    expect(successorsOn(state, '2027-07-01')).toEqual(['gunwi-north', 'gunwi-south']);
  });
  it('needs two others', () => {
    given(decider, registered)
      .when(split({ successors: ['gunwi-north'] }))
      .refuses('several-successors-needed');
    given(decider, registered)
      .when(split({ successors: ['gunwi-north', 'gunwi-north'] }))
      .refuses('several-successors-needed');
    given(decider, registered)
      .when(split({ successors: ['gunwi-gun', 'gunwi-south'] }))
      .refuses('own-successor');
  });
  it.each([
    ['into a name that is none', { successors: ['a b', 'c'] }, 'invalid-id'],
    ['on no day', { effectiveOn: '' }, 'invalid-date'],
    ['for no reason', { reason: '' }, 'required'],
  ])('is malformed %s', (_, more, code) => given(decider, registered).when(split(more)).refuses(code));
});

describe('a move under another agency', () => {
  const data = { ...stamp, parent: 'daegu-si', effectiveOn: '2023-07-01', reason: '관할구역 변경에 관한 법률' };
  const moved: AgencyEvent = { type: 'agency-moved', data: { ...data, formerParent: 'gyeongbuk-do' } };
  const move = (more: object = {}): AgencyCommand => ({ type: 'move-agency', data: { ...data, ...more } });

  it('says what stood above it before', () => given(decider, registered).when(move()).then(moved));
  it('is satisfied when it is recorded so', () => given(decider, registered, moved).when(move()).then());
  it('holds from its day on, whenever it was recorded', () => {
    const back: AgencyEvent = {
      type: 'agency-moved',
      data: { ...stamp, parent: null, formerParent: 'gyeongbuk-do', effectiveOn: '2020-01-01', reason: '정정' },
    };
    const state = [registered, moved, back].reduce(decider.evolve, decider.initialState)!;
    expect(['2019-12-31', '2020-01-01', '2023-06-30', '2023-07-01'].map((on) => parentOn(state, on))).toEqual([
      ...['gyeongbuk-do', null, null, 'daegu-si'],
    ]);
  });
  it('goes somewhere else, and never under itself', () => {
    given(decider, registered)
      .when(move({ parent: 'gyeongbuk-do' }))
      .refuses('same-parent', '2023. 7. 1.');
    given(decider, registered)
      .when(move({ parent: 'gunwi-gun' }))
      .refuses('own-parent');
  });
  it('is of an agency that stands', () => {
    given(decider).when(move()).refuses('no-such-agency');
    given(decider, registered, dissolved).when(move()).refuses('agency-dissolved');
  });
  it.each([
    ['under a name that is none', { parent: 'a/b' }, 'invalid-id'],
    ['on no day', { effectiveOn: '2023-06-31' }, 'invalid-date'],
    ['for no reason', { reason: '' }, 'required'],
  ])('is malformed %s', (_, more, code) => given(decider, registered).when(move(more)).refuses(code));
});
