import { base32, codeAt, enrolmentUri, stepAt, stepOf } from './totp.js';

const SECRET = Buffer.from('12345678901234567890');

describe('a one-time code', () => {
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('is that of RFC 6238, appendix B, at second %i', (second, code) => {
    expect(codeAt(SECRET, stepAt(second * 1_000), 8)).toBe(code);
  });

  it('counts in its half minute and in the ones beside it, and never twice', () => {
    const at = 1_234_567_890_000;
    const step = stepAt(at);
    for (const by of [-1, 0, 1]) expect(stepOf(SECRET, codeAt(SECRET, step + by), at, 0)).toBe(step + by);
    for (const by of [-2, 2]) expect(stepOf(SECRET, codeAt(SECRET, step + by), at, 0)).toBeUndefined();
    expect(stepOf(SECRET, codeAt(SECRET, step), at, step)).toBeUndefined();
    expect(stepOf(SECRET, codeAt(SECRET, step - 1), at, step)).toBeUndefined();
    expect(stepOf(SECRET, codeAt(SECRET, step + 1), at, step)).toBe(step + 1);
    for (const code of ['', '12345', '1234567', '가나다라마바']) expect(stepOf(SECRET, code, at, 0)).toBeUndefined();
  });
});

it.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('writes %j in base 32 as RFC 4648 does', (text, written) => expect(base32(Buffer.from(text))).toBe(written));

it('names issuer and login to the app, whatever stands in the login', () => {
  expect(enrolmentUri(SECRET, 'hong/g?d')).toBe(
    'otpauth://totp/Sajeon:hong%2Fg%3Fd?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sajeon&algorithm=SHA1&digits=6&period=30',
  );
});
