import { csv } from './csv.js';

describe('lists as files', () => {
  it('begin with the mark by which Korean Excel reads UTF-8, and end their lines as it does', () => {
    expect(csv(['사업명'], [['가']])).toBe('\ufeff사업명\r\n가\r\n');
  });

  it.each(['=1+1', '+82', '-1', '@SUM(A1)', '\t=1', '＝1'])('never run %j as a formula', (text) => {
    expect(csv(['a'], [[text]])).toContain(`'${text}`);
  });

  it('keep commas, quotes and line breaks inside their cell', () => {
    expect(csv(['a', 'b'], [['가, "나"', '다\n라']])).toBe('\ufeffa,b\r\n"가, ""나""","다\n라"\r\n');
  });

  it('leave numbers numbers, also negative ones, and nothing for what is not known', () => {
    expect(csv(['a', 'b', 'c'], [[-5, null, 0]])).toBe('\ufeffa,b,c\r\n-5,,0\r\n');
  });
});
