import { planContent } from '../testing.js';
import { Malformed } from './errors.js';
import { checkId, checkPlan } from './wellformed.js';

function complaint(more: object): string | null {
  try {
    checkPlan({ ...planContent, ...more }, '/plan/content');
    return null;
  } catch (error) {
    if (error instanceof Malformed) return `${error.code} ${error.pointer}`;
    throw error;
  }
}

const many = (n: number) => Array.from({ length: n }, (_, index) => `기능 ${index}`);

it.each([
  ['a title of 200 characters', { title: '가'.repeat(200) }],
  ['no title', { title: ' ' }, 'required /plan/content/title'],
  ['a title of 201 characters', { title: '가'.repeat(201) }, 'too-long /plan/content/title'],
  ['200 functions', { functions: many(200) }],
  ['201 functions', { functions: many(201) }, 'too-many /plan/content/functions'],
  ['a function of 500 characters', { functions: ['가', '나'.repeat(500)] }],
  ['a function of 501 characters', { functions: ['가', '나'.repeat(501)] }, 'too-long /plan/content/functions/1'],
  ['an empty function', { functions: [''] }, 'required /plan/content/functions/0'],
  ['text of 100,000 characters', { text: '가'.repeat(100_000) }],
  ['text of 100,001 characters', { text: '가'.repeat(100_001) }, 'too-long /plan/content/text'],
  ['line feeds and tabs', { text: '첫 줄\n\t둘째 줄' }],
  ['a null character', { text: 'a\u0000b' }, 'control-character /plan/content/text'],
  ['a carriage return', { text: 'a\r\nb' }, 'control-character /plan/content/text'],
  ['an escape sequence in a list', { users: ['\u001b[31m시민'] }, 'control-character /plan/content/users/0'],
  ['half an emoji', { purpose: 'a\ud83d' }, 'control-character /plan/content/purpose'],
  ['a whole emoji', { purpose: 'a😀' }],
  ['a number for the title', { title: 7 }, 'wrong-type /plan/content/title'],
  ['a text for the data', { data: '관정 대장' }, 'wrong-type /plan/content/data'],
  ['a list for a technology', { technologies: [['GIS']] }, 'wrong-type /plan/content/technologies/0'],
  ['no budget stated', { budgetKrw: null }],
  ['a budget of nothing', { budgetKrw: 0 }],
  ['the largest budget', { budgetKrw: 10 ** 15 }],
  ['too large a budget', { budgetKrw: 10 ** 15 + 1 }, 'invalid-amount /plan/content/budgetKrw'],
  ['a negative budget', { budgetKrw: -1 }, 'invalid-amount /plan/content/budgetKrw'],
  ['half a won', { budgetKrw: 0.5 }, 'invalid-amount /plan/content/budgetKrw'],
  ['a budget in words', { budgetKrw: '1억' }, 'invalid-amount /plan/content/budgetKrw'],
  ['cost lines for its functions', { functions: many(2), costLines: [{ label: '개발', krw: 1, functions: [0, 1] }] }],
  ['a cost line for all', { functions: many(2), costLines: [{ label: '장비', krw: 0, functions: [] }] }],
  [
    'a cost line for a function that it does not have',
    { functions: many(2), costLines: [{ label: '개발', krw: 1, functions: [2] }] },
    'unknown-function /plan/content/costLines/0/functions',
  ],
  [
    'a cost line that names a function twice',
    { functions: many(2), costLines: [{ label: '개발', krw: 1, functions: [1, 1] }] },
    'unknown-function /plan/content/costLines/0/functions',
  ],
  [
    'a cost line without a name',
    { functions: many(2), costLines: [{ label: '', krw: 1, functions: [1] }] },
    'required /plan/content/costLines/0/label',
  ],
  [
    'a cost line of half a won',
    { functions: many(2), costLines: [{ label: '개발', krw: 0.5, functions: [] }] },
    'invalid-amount /plan/content/costLines/0/krw',
  ],
  ['no date', { orderPlannedOn: null }],
  ['29 February of a leap year', { orderPlannedOn: '2028-02-29' }],
  ['29 February of another year', { orderPlannedOn: '2027-02-29' }, 'invalid-date /plan/content/orderPlannedOn'],
  ['the 31st of November', { orderPlannedOn: '2026-11-31' }, 'invalid-date /plan/content/orderPlannedOn'],
  ['a date in another form', { orderPlannedOn: '2026. 11. 30.' }, 'invalid-date /plan/content/orderPlannedOn'],
])('a plan with %s', (_, more, expected: string | null = null) => expect(complaint(more)).toBe(expected));

it('a plan that is no object', () => {
  expect(() => checkPlan(null as never)).toThrow(Malformed);
});

it.each(['gongju-si', 'c-2026-0001', '충남_지하수', 's:1.2'])('%s is an id', (id) =>
  expect(() => checkId(id, '/id')).not.toThrow(),
);
it.each(['', '-a', 'a b', 'a/b', 'a\nb', '$all', 'x'.repeat(201)])('“%s” is no id', (id) =>
  expect(() => checkId(id, '/id')).toThrow(Malformed),
);
