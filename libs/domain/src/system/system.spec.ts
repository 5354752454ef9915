import { given, reviewer } from '../testing.js';
import type { SystemEntry, SystemEntryCorrected, SystemRegistered, SystemRetired } from './events.js';
import { systemDecider as decider, type SystemCommand } from './system.js';

const stamp = { by: reviewer, at: '2026-07-01T00:00:00Z' };
const entry: SystemEntry = {
  ...{ title: '충청남도 지하수 통합정보시스템', purpose: '시군의 지하수 자료를 모아 관리한다.', text: '' },
  ...{ functions: ['지하수 수위를 관측한다'], users: ['도·시군 담당자'], data: ['관정 대장'], technologies: [] },
  ...{ agency: '충청남도', level: 'metropolitan', year: 2019, source: '예시 자료' },
};
const corrected: SystemEntry = { ...entry, functions: ['지하수 수위를 관측한다', '관정 위치를 조회한다'] };

const registeredEvent: SystemRegistered = { type: 'system-registered', data: { ...stamp, system: 's-1', entry } };
const correctedEvent: SystemEntryCorrected = { type: 'system-entry-corrected', data: { ...stamp, entry: corrected } };
const retiredEvent: SystemRetired = { type: 'system-retired', data: { ...stamp, reason: '차세대로 전환' } };

const register = (it: SystemEntry = entry): SystemCommand => ({
  type: 'register-system',
  data: { ...stamp, system: 's-1', entry: it },
});
const record = (it: SystemEntry = entry): SystemCommand => ({
  type: 'record-system-entry',
  data: { ...stamp, system: 's-1', entry: it },
});
const correct = (it: SystemEntry): SystemCommand => ({ type: 'correct-system-entry', data: { ...stamp, entry: it } });
const retire = (reason = '차세대로 전환'): SystemCommand => ({ type: 'retire-system', data: { ...stamp, reason } });

it('registers a system', () => given(decider).when(register()).then(registeredEvent));
it('is satisfied when the very same entry is registered, whatever the order of its fields', () => {
  const { title, ...rest } = entry;
  given(decider, registeredEvent)
    .when(register({ ...rest, title }))
    .then();
});
it('does not register another entry under the same id', () =>
  given(decider, registeredEvent).when(register(corrected)).refuses('system-already-registered', entry.title));

it('corrects an entry', () => given(decider, registeredEvent).when(correct(corrected)).then(correctedEvent));
it('is satisfied when the entry reads so already', () =>
  given(decider, registeredEvent, correctedEvent).when(correct(corrected)).then());
it('corrects only what is registered', () => given(decider).when(correct(entry)).refuses('no-such-system'));

it('importing registers what is new, corrects what differs and leaves the rest', () => {
  given(decider).when(record()).then(registeredEvent);
  given(decider, registeredEvent).when(record()).then();
  given(decider, registeredEvent).when(record(corrected)).then(correctedEvent);
  given(decider, registeredEvent, correctedEvent).when(record(corrected)).then();
});
it('importing leaves a retired system retired', () => {
  given(decider, registeredEvent, retiredEvent).when(record()).then();
  given(decider, registeredEvent, retiredEvent).when(record(corrected)).refuses('system-retired', entry.title);
});

it('retires a system with a reason', () => {
  given(decider, registeredEvent).when(retire()).then(retiredEvent);
  given(decider, registeredEvent).when(retire('')).refuses('required');
});
it('is satisfied when it is retired for that reason', () => given(decider, registeredEvent, retiredEvent).when(retire()).then());
it('changes no more once it is retired', () => {
  given(decider, registeredEvent, retiredEvent).when(retire('다른 사유')).refuses('system-retired');
  given(decider, registeredEvent, retiredEvent).when(correct(corrected)).refuses('system-retired');
  given(decider, registeredEvent, retiredEvent).when(register()).refuses('system-retired');
});
it('retires only what is registered', () => given(decider).when(retire()).refuses('no-such-system'));

it('takes an entry whose source names no owner: the system exists all the same', () => {
  const unowned = { ...entry, agency: '' };
  given(decider)
    .when(record(unowned))
    .then({ type: 'system-registered', data: { ...registeredEvent.data, entry: unowned } });
});

it('needs a title, a known level and a year that is one', () => {
  given(decider)
    .when(register({ ...entry, title: '' }))
    .refuses('required');
  given(decider)
    .when(register({ ...entry, level: 'village' as never }))
    .refuses('unknown-choice', 'central');
  given(decider)
    .when(register({ ...entry, year: 20 }))
    .refuses('invalid-year');
  given(decider, registeredEvent)
    .when(correct({ ...entry, title: '' }))
    .refuses('required');
});

it.each<[string, SystemCommand, string]>([
  ['registered without an id', { type: 'register-system', data: { ...stamp, system: '', entry } }, 'required'],
  ['recorded without an id', { type: 'record-system-entry', data: { ...stamp, system: '', entry } }, 'required'],
  ['with an id that is none', { type: 'record-system-entry', data: { ...stamp, system: 'a/b', entry } }, 'invalid-id'],
  ['recorded without a title', record({ ...entry, title: '' }), 'required'],
  ['with control characters in its owner', register({ ...entry, agency: '\u0007' }), 'control-character'],
  ['with control characters in its source', register({ ...entry, source: '\u0000' }), 'control-character'],
  ['without when', { type: 'register-system', data: { ...stamp, at: '2026', system: 's-1', entry } }, 'invalid-instant'],
])('is malformed %s', (_, command, code) => given(decider).when(command).refuses(code));

it('evolve takes an event before there is anything', () => expect(decider.evolve(null, retiredEvent)).toBeNull());
