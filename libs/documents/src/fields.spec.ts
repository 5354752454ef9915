import { fieldNamed, splitList } from './fields.js';

describe('a list written as one string', () => {
  it.each([
    ['CCTV, 문자', ['CCTV', '문자']],
    ['국민;기업 | 공무원', ['국민', '기업', '공무원']],
    ['- 신청 접수\n- 결과 통보\n① 통계', ['신청 접수', '결과 통보', '통계']],
    ['1. 접수\n2) 처리', ['접수', '처리']],
    ['국민/기업', ['국민', '기업']],
    ['중앙부처·지자체', ['중앙부처', '지자체']],
  ])('is split at its separators: %s', (text, items) => {
    expect(splitList(text)).toEqual(items);
  });

  it.each(['시·군·구', '광역·기초 지방자치단체', 'TCP/IP', '2,600여 종 데이터', '복지 수혜자(장애인, 노인 등)', '3D GIS'])(
    'stays whole where the mark belongs to the expression: %s',
    (text) => {
      expect(splitList(text)).toEqual([text]);
    },
  );
});

describe('a heading', () => {
  it('is known in Korean and English, whatever its case, spacing and brackets', () => {
    expect(['사업명', '시스템 명', 'Title', 'source_url', 'SOURCE URL', '주요 기능(복수)', '예산(원)'].map(fieldNamed)).toEqual([
      'title',
      'title',
      'title',
      'source',
      'source',
      'functions',
      'budgetKrw',
    ]);
  });

  it('is not guessed at: a label, money in another unit and anything else mean nothing', () => {
    expect(['outcome', 'reason', 'overlaps', '예산(백만원)', 'budget', '비고', '__proto__', ''].map(fieldNamed)).toEqual(
      Array(8).fill(null),
    );
  });
});
