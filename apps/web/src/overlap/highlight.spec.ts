import { highlight, inContext } from './highlight.js';

const shown = (quote: string, terms: readonly string[]) =>
  highlight(quote, terms)
    .map(({ text, matched }) => (matched ? `[${text}]` : text))
    .join('');

describe('a quoted passage', () => {
  it('marks what both sides say', () => {
    expect(shown('상담 예약 신청 접수', ['예약', '접수'])).toBe('상담 [예약] 신청 [접수]');
  });

  it('marks the longer of two shared words', () => {
    expect(shown('정보시스템', ['정보', '정보시스템'])).toBe('[정보시스템]');
  });

  it('marks no single syllable: it stands in half of all words', () => {
    expect(shown('가격 정보', ['가', '정보'])).toBe('가격 [정보]');
  });

  it('takes terms literally', () => {
    expect(shown('e-감사(3.0) e감사', ['(3.0)'])).toBe('e-감사[(3.0)] e감사');
  });

  it('stands in its text only where the text still reads so', () => {
    const text = '시민이 상담을 예약한다.';
    expect(inContext(text, { start: 4, end: 7, quote: '상담을' })).toEqual({
      before: '시민이 ',
      quote: '상담을',
      after: ' 예약한다.',
    });
    expect(inContext('고쳐진 글', { start: 4, end: 7, quote: '상담을' })).toEqual({ before: '', quote: '상담을', after: '' });
  });
});
