import { given, reviewer } from '../testing.js';
import type { DocumentNumberReleased, DocumentNumberReserved, LetterEvent } from './events.js';
import { letterDecider as decider, numberKey, type LetterCommand } from './letter.js';

const data = { by: reviewer, at: '2026-11-18T01:00:00Z', documentNumber: '정보화담당관-4821', consultation: 'c-1' };
const reserved: DocumentNumberReserved = { type: 'document-number-reserved', data };
const released: DocumentNumberReleased = { type: 'document-number-released', data: { ...data, reason: '사건이 바뀌었다.' } };
const reserve = (more: object = {}): LetterCommand => ({ type: 'reserve-document-number', data: { ...data, ...more } });
const release = (more: object = {}): LetterCommand => ({ type: 'release-document-number', data: { ...released.data, ...more } });

it('a number is taken for one case', () => given(decider).when(reserve()).then(reserved));
it('is satisfied when the case has it already', () => given(decider, reserved).when(reserve()).then());
it('is not given to another case, which is not told whose it is', () =>
  given(decider, reserved)
    .when(reserve({ consultation: 'c-2' }))
    .refuses('document-number-taken', '정보화담당관-4821'));
it('is free again when its letter did not go out', () => {
  given(decider, reserved).when(release()).then(released);
  given(decider, reserved, released)
    .when(reserve({ consultation: 'c-2' }))
    .then({ ...reserved, data: { ...data, consultation: 'c-2' } });
});
it('is given back only by the case that has it', () => {
  given(decider, reserved)
    .when(release({ consultation: 'c-2' }))
    .then();
  given(decider).when(release()).then();
});
it('is the same with its date in brackets and without, and however it is spaced', () => {
  const keys = ['정보화담당관-4821', '정보화담당관-4821(2026. 11. 18.)', '정보화 담당관-4821 '].map(numberKey);
  expect(new Set(keys).size).toBe(1);
  expect(numberKey('정보화담당관-48210')).not.toBe(keys[0]);
  expect(numberKey('정보화담당관(을)-4821')).not.toBe(keys[0]);
});
describe('the number of a letter from before there was this register', () => {
  const said = { by: reviewer, at: data.at, documentNumber: data.documentNumber, sentOn: '2024-03-05', note: '관정 대장' };
  const earlier = (more: object = {}): LetterCommand => ({
    type: 'register-earlier-document-number',
    data: { ...said, ...more },
  });
  const registered: LetterEvent = { type: 'earlier-document-number-registered', data: said };
  it('is kept, once', () => {
    given(decider).when(earlier()).then(registered);
    given(decider, registered)
      .when(earlier({ sentOn: null, note: '' }))
      .then();
    given(decider, reserved, released).when(earlier()).then(registered);
  });
  it('is given to no case, and no case gives it back', () => {
    given(decider, registered).when(reserve()).refuses('document-number-taken');
    given(decider, registered).when(release()).then();
  });
  it('is refused when a case has it', () => given(decider, reserved).when(earlier()).refuses('document-number-taken'));
  it('is of a letter that was sent', () => {
    given(decider)
      .when(earlier({ sentOn: '2026-11-19' }))
      .refuses('not-happened-yet');
    given(decider)
      .when(earlier({ sentOn: '2024-02-30' }))
      .refuses('invalid-date');
    given(decider)
      .when(earlier({ note: 7 }))
      .refuses('wrong-type');
  });
});
it.each<[string, LetterCommand, string]>([
  ['with a number that is none', reserve({ documentNumber: '4821' }), 'document-number'],
  ['for no case', reserve({ consultation: '' }), 'required'],
  ['given back without a reason', release({ reason: '' }), 'required'],
  ['without when', reserve({ at: '2026' }), 'invalid-instant'],
])('is malformed %s', (_, command, code) => given(decider, reserved).when(command).refuses(code));
it('evolve leaves alone what it does not know', () => expect(decider.evolve(null, { type: 'made-up' } as never)).toBeNull());
