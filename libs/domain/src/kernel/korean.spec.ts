import { josa } from './korean.js';

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
