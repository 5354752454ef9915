import fc from 'fast-check';
import { canonicalJson, contentHash, contentHashOfText, isCanonical } from './canonical-json.js';

/** What tempts a reader of JSON: quotes and backslashes, borders between characters, halves of them. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '\u007f\u2028\u2029',
    '\b\f\n\r\t\u001f',
    '"',
    '\\',
    '\\"',
    '":1,"',
    '😀',
    '\uffff',
    '__proto__',
    'a',
    'a!',
    'ab',
  ),
);
const json = fc.oneof(
  fc.jsonValue(),
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      hostile,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.constantFrom(null, true, false, -0, 1e21, 1e-7, 5e-324, 2 ** 53),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(hostile, tie('value'), { maxKeys: 6 }),
    ),
  })).value,
);

it('is the hash of what a text says, in whatever form it says it', () => {
  fc.assert(
    fc.property(json, fc.constantFrom(0, 1, '\t'), (value, space) => {
      for (const text of [canonicalJson(value), JSON.stringify(value, null, space), JSON.stringify(value)])
        expect(contentHashOfText(text)).toBe(contentHash(JSON.parse(text)));
    }),
    { numRuns: 2_000 },
  );
});

it('takes no text for canonical that canonicalJson writes in another way, also when a piece of it is lost, doubled or another', () => {
  fc.assert(
    fc.property(
      json,
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', '0', '-', '.', 'e', ' ', '"', '\\', ',', ':', '{', '}', '[', ']', 'n', '\n', '\\u0041', '\\/'),
      (value, at, length, piece) => {
        const text = canonicalJson(value);
        const from = at % text.length;
        for (const other of [
          text.slice(0, from) + piece + text.slice(from + length),
          text.slice(0, from) + text.slice(from, from + length) + text.slice(from),
        ]) {
          if (isCanonical(other)) expect(canonicalJson(JSON.parse(other))).toBe(other);
        }
      },
    ),
    { numRuns: 20_000 },
  );
});

it.each([
  '{"b":1,"a":2}',
  '{"a":1,"a":2}',
  '{"":1,"":2}',
  '{"a ":1,"a":2}',
  '{"a": 1}',
  ' {}',
  '{} ',
  '[1,]',
  '[,1]',
  '{"a":1,}',
  '{a:1}',
  '{"a"}',
  '[1 2]',
  '1.0',
  '-0',
  '01',
  '1e2',
  '1E21',
  '1e400',
  '.5',
  '1.',
  '--1',
  '12345678901234567890123',
  '"\\/"',
  '"\\u0041"',
  '"\n"',
  '"a',
  '"\\',
  'nul',
  'nulltrue',
  'NaN',
  'undefined',
  '',
  '[',
  '{',
  '{"a":',
  '\ufeff{}',
])('does not take %j for canonical', (text) => {
  expect(isCanonical(text)).toBe(false);
});

it('knows by sight what is stored: Korean text, line ends, quotes, fractions, empty lists and objects', () => {
  const data = {
    entry: {
      title: '정보시스템 "나"',
      purpose: '업무를\n처리한다.\t\\',
      functions: ['조회', '등록'],
      data: [],
      cost: 1_234.5,
      none: {},
    },
    amounts: [0, -1, 1e21, 0.1, 12_345_678_901],
    open: true,
    until: null,
    'A b': false,
    a: '',
    aa: '\u2028',
  };
  expect(isCanonical(canonicalJson(data))).toBe(true);
});
