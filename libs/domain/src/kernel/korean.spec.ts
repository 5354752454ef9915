import { RuleViolated } from './errors.js';
import { fitParticles, josa } from './korean.js';

it.each([
  ['공주시', '공주시가'],
  ['충청남도청', '충청남도청이'],
  ['p-7001', 'p-7001이'],
  ['p-7002', 'p-7002가'],
  ['‘지하수 시스템’', '‘지하수 시스템’이'],
  ['공주시(BASIC)', '공주시(BASIC)가'],
  ['GIS', 'GIS이(가)'],
  ['', '이(가)'],
])('%s takes its particle: %s', (word, expected) => expect(josa(word, '이', '가')).toBe(expected));

it.each([
  ['추진', '추진으로'],
  ['과-4821', '과-4821로'],
  ['과-4823', '과-4823으로'],
  ['디지털', '디지털로'],
  ['보류', '보류로'],
])('%s takes its particle: %s', (word, expected) => expect(josa(word, '으로', '로')).toBe(expected));

it.each([
  ['행정안전부이(가) 수원시와(과) 무관하게 ‘여권’을(를) 맡는다', '행정안전부가 수원시와(과) 무관하게 ‘여권’을 맡는다'],
  ['조건 1은(는) 없고 조건 2은(는) 있다', '조건 1은 없고 조건 2는 있다'],
  ['‘디지털’(으)로, ‘민원’(으)로', '‘디지털’로, ‘민원’으로'],
  ['GIS이(가) 서울과(와)', 'GIS이(가) 서울과'],
])('a sentence chooses its particles: %s', (given, fitted) => expect(fitParticles(given)).toBe(fitted));

it('a refusal names its parties with the particles that fit them', () => {
  const refusal = new RuleViolated('any', { ko: '수원시은(는) 없습니다.', en: 'There is no Suwon.' });
  expect(refusal.text.ko).toBe('수원시는 없습니다.');
});
