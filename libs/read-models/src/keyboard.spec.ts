import { inKorean, inLatin, withoutDoubleFinals } from './keyboard.js';

it.each([
  ['wjqtn', '접수'],
  ['wlqkdwowjd', '지방재정'],
  ['ehdlfskfk', '도일나라'],
  ['rkrk', '가가'],
  ['ekfrdl', '닭이'],
  ['ekfrl', '달기'],
  ['dnjf', '월'],
  ['dhksfy', '완료'],
  ['RkaWkr', '깜짝'],
  ['wqww', 'ㅈㅂㅈㅈ'],
  ['djqtdma', '없음'],
  ['GIS', '햔'],
])('%s typed on the Korean layout is %s', (typed, meant) => {
  expect(inKorean(typed)).toBe(meant);
  if (/^[a-z]+$|R/.test(typed)) expect(inLatin(meant)).toBe(typed);
});

it('햔 typed on the English layout is gis, and what is no Korean stays', () => {
  expect(inLatin('햔')).toBe('gis');
  expect(inLatin('gis')).toBeNull();
  expect(inKorean('e-호조')).toBeNull();
});

it('takes apart what an input method made of two initial consonants', () => expect(withoutDoubleFinals('ㄳㅄ')).toBe('ㄱㅅㅂㅅ'));
