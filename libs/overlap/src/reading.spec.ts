import { loadAnalyzer, type Analyzer } from './analyzer.js';
import { Lexicon } from './lexicon.js';
import { Reader } from './reading.js';
import { CONCEPTS } from './thesaurus/concepts.js';
import { TOPICS } from './thesaurus/topics.js';

describe('reading administrative Korean', () => {
  let analyzer: Analyzer;
  let lexicon: Lexicon;
  let reader: Reader;
  beforeAll(async () => {
    analyzer = await loadAnalyzer();
    lexicon = new Lexicon(analyzer, CONCEPTS, TOPICS);
    reader = new Reader(analyzer, lexicon);
  });
  const words = (text: string, agency = ''): string[] =>
    reader
      .read(text, agency)
      .tokens.map((t) => t.word)
      .filter((w) => w !== '');
  const units = (text: string): Set<string> => new Set(reader.read(text, '').tokens.flatMap((t) => t.units));

  it.each([
    ['지방재정정보시스템', ['지방', '재정', '정보', '시스템']],
    ['도로명주소안내', ['도로명', '주소', '안내']],
    ['응급의료정보', ['응급', '의료', '정보']],
    ['공공배달앱 구축', ['공공', '배달', '배달앱', '구축']],
    ['물관리정보유통시스템', ['물관리', '관리', '정보', '유통', '시스템']],
    ['소상공인지원', ['소상공인', '지원']],
    ['범정부 EA', ['범정부', 'ea']],
  ])('splits %s at its seams', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('leaves out places, agencies and years, and the own name of the agency even when it is a common word', () => {
    expect(words('2024년 성남시 행정안전부 주차장')).toEqual(['주차장']);
    expect(words('예산 주차장', '예산군')).toEqual(['주차장']);
    expect(words('예산 편성', '성남시')).toEqual(['예산', '편성']);
  });

  it('leaves out what is said of any project, but not the same words where they are the subject', () => {
    expect(words("고용노동부이(가) 2012년 국가정보화 시행계획에 올린 사업 '산재보험'.")).toEqual(['산재', '보험']);
    expect(words('창원시가 1,800만원을 들여 개발한 자전거 공공앱(누적 다운로드 1,563회)')).toEqual([
      '개발',
      '자전거',
      '공공',
      '공공앱',
    ]);
    expect(words('보조금 사업비 정산')).toEqual(['보조금', '사업비', '정산']);
  });

  it('knows that different words mean the same', () => {
    const same = (a: string, b: string): boolean => [...units(a)].some((u) => units(b).has(u));
    expect(same('노인', '어르신')).toBe(true);
    expect(same('체납', '미납')).toBe(true);
    expect(same('e호조', '재정')).toBe(true);
    expect(same('빈자리', '잔여 면수')).toBe(true);
    expect(same('민원 상담', '건축 허가')).toBe(false);
  });

  it('points at the words it means, in the string as it was given', () => {
    const text = '（신규） ＣＣＴＶ 통합관제센터를 구축';
    const quoted = reader.read(text, '').tokens.map((t) => text.slice(t.start, t.end));
    expect(quoted).toEqual(expect.arrayContaining(['ＣＣＴＶ', '통합', '관제', '구축']));
  });

  it('reads a run without spaces of any length: the analyzer is given no more than it can take at once', () => {
    expect(reader.read('공영주차장'.repeat(4000), '').tokens.length).toBeGreaterThan(4000);
  });
});
