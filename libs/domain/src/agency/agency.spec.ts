import { given, reviewer } from '../testing.js';
import { agencyDecider as decider, type AgencyCommand } from './agency.js';
import type { AgencyDissolved, AgencyRegistered, AgencyRenamed } from './events.js';

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
