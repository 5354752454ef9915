import { masked, personalDataIn } from './personal-data.js';

const kinds = (text: string) => personalDataIn(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

it.each([
  ['담당자 900101-1234567 확인', '900101-1234567'],
  ['９００１０１－１２３４５６７', '９００１０１－１２３４５６７'],
  ['900101 - 1234567', '900101 - 1234567'],
  ['외국인 900101-5234567', '900101-5234567'],
  ['2000년생 000229-3234567', '000229-3234567'],
  ['900101_1234567', '900101_1234567'],
  ['900101/1234567', '900101/1234567'],
  ['900101~1234567', '900101~1234567'],
  ['900101·1234567', '900101·1234567'],
  ['보이지 않는 글자 900101-\u200b1234567', '900101-\u200b1234567'],
  ['보이지 않는 글자 900101\u2060-1234567', '900101\u2060-1234567'],
  ['٩٠٠١٠١-١٢٣٤٥٦٧', '٩٠٠١٠١-١٢٣٤٥٦٧'],
  // With a check digit that is right.
  ['900101.1234568', '900101.1234568'],
  ['900101\n1234568', '900101\n1234568'],
  ['900101\u200b1234568', '900101\u200b1234568'],
  ['붙여 쓰면 9001011234568', '9001011234568'],
])('finds the resident registration number in %s', (text, number) =>
  expect(kinds(text)).toEqual([['resident-registration-number', number]]),
);
it.each([
  ['a day that does not exist', '901301-1234567'],
  ['29 February of a year without one', '010229-3234567'],
  ['thirteen digits without the check digit', '9001011234567'],
  ['an amount', '1234567890123원'],
  ['a fraction', '900101.1234567'],
  ['two numbers on two lines', '900101\n1234567'],
  ['a longer number', '문서번호 900101-12345678'],
  ['a part of a longer number', '1900101-1234567'],
])('takes no %s for one', (_, text) => expect(kinds(text)).toEqual([]));

it.each([
  ['연락처 010-1234-5678', '010-1234-5678'],
  ['01012345678로 전화', '01012345678'],
  ['+82 10-1234-5678', '+82 10-1234-5678'],
  ['010.1234.5678', '010.1234.5678'],
  ['031-228-1234', '031-228-1234'],
  ['02-120-1234', '02-120-1234'],
  ['(031) 228-1234', '(031) 228-1234'],
  ['070-1234-5678', '070-1234-5678'],
])('finds the phone number in %s', (text, number) => expect(kinds(text)).toEqual([['phone-number', number]]));
it.each(['2026-11-22', '780,000,000원', '제2026-0012호', '1599-0001', '2024-01-01 ~ 2024-12-31', '03-12', 'ISO 27001-2022'])(
  'takes %s for no phone number',
  (text) => expect(kinds(text)).toEqual([]),
);

it.each([
  ['kim@suwon.go.kr 로', 'kim@suwon.go.kr'],
  ['메일: hong.gildong+ea@mail.example.kr.', 'hong.gildong+ea@mail.example.kr'],
  ['ｋｉｍ＠suwon.go.kr', 'ｋｉｍ＠suwon.go.kr'],
])('finds the e-mail address in %s', (text, address) => expect(kinds(text)).toEqual([['email-address', address]]));
it.each(['@suwon', 'a@b', 'npm @nestjs/core', 'user@'])('takes %s for no e-mail address', (text) =>
  expect(kinds(text)).toEqual([]),
);

it('masks what it found and leaves the rest', () => {
  expect(masked('담당 kim@suwon.go.kr, 010-1234-5678, 900101-1234567 끝')).toBe(
    '담당 k***@suwon.go.kr, 010-****-5678, ******-******* 끝',
  );
  expect(masked('01012345678')).toBe('010-****-5678');
  expect(masked('아무것도 없음')).toBe('아무것도 없음');
});
it('finds nothing more in what it has masked', () => {
  for (const text of ['900101-1234567', '010-1234-5678', '+82 10-1234-5678', '(031) 228-1234', 'kim@suwon.go.kr']) {
    expect(kinds(masked(text)).filter(([kind]) => kind !== 'email-address')).toEqual([]);
  }
});
it('reads a hundred thousand characters of the worst kind without delay', () => {
  for (const piece of ['900101\u200b', '900101 \u200b ', '٩', '0', '01', 'a@', 'a.', '900101-', '가', '@a.', '010-']) {
    const text = piece.repeat(100_000 / piece.length);
    expect(personalDataIn(text).length).toBeLessThan(100_000);
  }
});
