import { given } from '../testing.js';
import type { Deposited, PersonalDataEvent } from './events.js';
import { personalDataDecider as decider, type PersonalDataCommand } from './personal-data.js';

const at = '2026-11-20T00:00:00Z';
const first = { by: { person: 'p-1', agency: 'mois' }, at };
const second = { by: { person: 'p-2', agency: 'mois' }, at };
const phone: Deposited = { $pii: '2f1c3a52-6a55-4a5e-9f0d-0a3a5f4d3b11', path: 'phone', c: 'a'.repeat(64) };
const email: Deposited = { $pii: '2f1c3a52-6a55-4a5e-9f0d-0a3a5f4d3b12', path: 'email', c: 'b'.repeat(64) };
const keyFingerprint = 'f'.repeat(64);

const depositedEvent: PersonalDataEvent = {
  type: 'personal-data-deposited',
  data: { ...first, subject: 'person-7', fields: [phone, email] },
};
const requestedEvent: PersonalDataEvent = { type: 'erasure-requested', data: { ...first, legalBasis: '보유기간 경과' } };
const heldEvent: PersonalDataEvent = { type: 'retention-held', data: { ...first, reason: '감사 중' } };
const releasedEvent: PersonalDataEvent = { type: 'retention-released', data: { ...first, reason: '감사 종료' } };
const declinedEvent: PersonalDataEvent = { type: 'erasure-declined', data: { ...second, reason: '보유기간이 남음' } };
const erasedEvent: PersonalDataEvent = {
  type: 'personal-data-erased',
  data: {
    ...second,
    subject: 'person-7',
    fields: [
      { ref: phone.$pii, path: 'phone' },
      { ref: email.$pii, path: 'email' },
    ],
    ...{ legalBasis: '보유기간 경과', requestedBy: 'p-1', keyFingerprint },
  },
};
const deposit = (fields: readonly Deposited[] = [phone, email]): PersonalDataCommand => ({
  type: 'deposit-personal-data',
  data: { ...first, subject: 'person-7', fields },
});
const request: PersonalDataCommand = { type: 'request-erasure', data: { ...first, legalBasis: '보유기간 경과' } };
const approve = (stamp = second): PersonalDataCommand => ({ type: 'approve-erasure', data: { ...stamp, keyFingerprint } });

it('records that something was deposited, never what', () => given(decider).when(deposit()).then(depositedEvent));
it('is satisfied when these deposits are known', () => given(decider, depositedEvent).when(deposit()).then());
it('needs a deposit to be one of what the vault holds, with a commitment', () => {
  given(decider).when(deposit([])).refuses('required');
  given(decider)
    .when(deposit([{ ...phone, c: '010-1234-5678' }]))
    .refuses('invalid-hash');
  given(decider)
    .when(deposit([{ ...phone, path: 'rrn' as never }]))
    .refuses('unknown-choice');
  given(decider)
    .when(deposit([{ ...phone, $pii: '' }]))
    .refuses('required');
});

it('erases what one person requests and another approves, and says what is gone', () => {
  given(decider, depositedEvent).when(request).then(requestedEvent);
  given(decider, depositedEvent, requestedEvent).when(approve()).then(erasedEvent);
});
it('does not let whoever requested an erasure approve it', () =>
  given(decider, depositedEvent, requestedEvent).when(approve(first)).refuses('own-erasure-request'));
it('erases nothing that nobody requested', () => {
  given(decider, depositedEvent).when(approve()).refuses('erasure-not-requested');
  given(decider, depositedEvent, requestedEvent, declinedEvent).when(approve()).refuses('erasure-not-requested');
});
it('erases nothing twice, and nothing where nothing is', () => {
  given(decider, depositedEvent, requestedEvent, erasedEvent).when(request).refuses('no-personal-data');
  given(decider).when(request).refuses('no-personal-data');
});
it('erases nothing that must be kept, whether the hold came before the request or after', () => {
  given(decider, depositedEvent, heldEvent).when(request).refuses('retention-held', '감사 중');
  given(decider, depositedEvent, requestedEvent, heldEvent).when(approve()).refuses('retention-held');
  given(decider, depositedEvent, requestedEvent, heldEvent, releasedEvent).when(approve()).then(erasedEvent);
});
it('declines a request with a reason', () => {
  const decline = (reason: string): PersonalDataCommand => ({ type: 'decline-erasure', data: { ...second, reason } });
  given(decider, depositedEvent, requestedEvent).when(decline('보유기간이 남음')).then(declinedEvent);
  given(decider, depositedEvent, requestedEvent).when(decline('')).refuses('required');
  given(decider, depositedEvent).when(decline('x')).refuses('erasure-not-requested');
});
it('takes one request at a time', () => {
  given(decider, depositedEvent, requestedEvent).when(request).then();
  given(decider, depositedEvent, requestedEvent)
    .when({ type: 'request-erasure', data: { ...second, legalBasis: '다른 근거' } })
    .refuses('erasure-already-requested');
  given(decider, depositedEvent)
    .when({ type: 'request-erasure', data: { ...first, legalBasis: '' } })
    .refuses('required');
});
it('holds and releases with reasons', () => {
  given(decider, depositedEvent)
    .when({ type: 'hold-retention', data: { ...first, reason: '감사 중' } })
    .then(heldEvent);
  given(decider, depositedEvent, heldEvent)
    .when({ type: 'hold-retention', data: { ...first, reason: '감사 중' } })
    .then();
  given(decider, depositedEvent, heldEvent)
    .when({ type: 'release-retention', data: { ...first, reason: '감사 종료' } })
    .then(releasedEvent);
  given(decider, depositedEvent)
    .when({ type: 'release-retention', data: { ...first, reason: '감사 종료' } })
    .then();
  given(decider)
    .when({ type: 'hold-retention', data: { ...first, reason: '감사 중' } })
    .refuses('no-personal-data');
  given(decider, depositedEvent)
    .when({ type: 'hold-retention', data: { ...first, reason: '' } })
    .refuses('required');
});
it('evolve takes an event before there is anything', () => expect(decider.evolve(null, requestedEvent)).toBeNull());
