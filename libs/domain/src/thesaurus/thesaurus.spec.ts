import { given, reviewer } from '../testing.js';
import type { ConceptAdded, ConceptWithdrawn } from './events.js';
import { thesaurusDecider as decider, type ThesaurusCommand } from './thesaurus.js';

const stamp = { by: reviewer, at: '2026-07-01T00:00:00Z' };
const concept = { concept: 'x-parking', words: ['주차장', '차량 보관소'], source: '주차장법 제2조' };
const addedEvent: ConceptAdded = { type: 'concept-added', data: { ...stamp, ...concept } };
const withdrawnEvent: ConceptWithdrawn = {
  type: 'concept-withdrawn',
  data: { ...stamp, concept: 'x-parking', reason: '다른 뜻으로도 쓰임' },
};
const add = (it: Partial<typeof concept> = {}): ThesaurusCommand => ({
  type: 'add-concept',
  data: { ...stamp, ...concept, ...it },
});
const withdraw = (reason = '다른 뜻으로도 쓰임', name = 'x-parking'): ThesaurusCommand => ({
  type: 'withdraw-concept',
  data: { ...stamp, concept: name, reason },
});

it('adds words of one meaning with the source of the usage', () => given(decider).when(add()).then(addedEvent));
it('is satisfied when exactly these words stand there', () => given(decider, addedEvent).when(add()).then());
it('gives a concept a new list of words', () => {
  const words = ['주차장', '차량 보관소', '주차 구획'];
  given(decider, addedEvent)
    .when(add({ words }))
    .then({ type: 'concept-added', data: { ...addedEvent.data, words } });
});

it('withdraws what was added, with a reason', () => given(decider, addedEvent).when(withdraw()).then(withdrawnEvent));
it('is satisfied when it was withdrawn for that reason', () =>
  given(decider, addedEvent, withdrawnEvent).when(withdraw()).then());
it('withdraws only what was added', () => {
  given(decider).when(withdraw()).refuses('no-such-concept');
  given(decider, addedEvent, withdrawnEvent).when(withdraw('다른 사유')).refuses('no-such-concept');
});
it('adds again what was withdrawn', () => given(decider, addedEvent, withdrawnEvent).when(add()).then(addedEvent));

it.each<[string, ThesaurusCommand, string]>([
  ['without a name of its own', add({ concept: 'parking' }), 'invalid-concept-id'],
  ['with one word only', add({ words: ['주차장', '주차장 '] }), 'too-few-words'],
  ['with a word that the dictionary would read as two entries', add({ words: ['주차장', '차량:보관'] }), 'invalid-word'],
  ['with an empty word', add({ words: ['주차장', ''] }), 'required'],
  ['with a word as long as a sentence', add({ words: ['주차장', '가'.repeat(61)] }), 'too-long'],
  ['without a source', add({ source: '' }), 'required'],
  ['withdrawn without a reason', withdraw(''), 'required'],
])('is malformed %s', (_, command, code) => given(decider, addedEvent).when(command).refuses(code));

it('takes only so many concepts', () => {
  const many = Array.from({ length: 2000 }, (_, i): ConceptAdded => ({
    type: 'concept-added',
    data: { ...addedEvent.data, concept: `x-c${i}` },
  }));
  given(decider, ...many)
    .when(add())
    .refuses('thesaurus-full');
});

it('has another version after every change, and lists its concepts in order', () => {
  const state = [addedEvent, withdrawnEvent, addedEvent, { ...addedEvent, data: { ...addedEvent.data, concept: 'x-a' } }].reduce(
    decider.evolve,
    decider.initialState,
  );
  expect(state.version).toBe(4);
  expect(state.concepts.map(({ id }) => id)).toEqual(['x-a', 'x-parking']);
  expect(state.withdrawn).toEqual({});
});
