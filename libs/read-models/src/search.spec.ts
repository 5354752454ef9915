import { gramsOf, searchable, spellingsOf, wordsOf } from './search.js';

/** As the database does it: the index first, then the text. */
function finds(query: string, fields: readonly [string, ...string[]]): boolean {
  const words = spellingsOf(query);
  const row = searchable(fields);
  const stored = new Set(row.grams.split(' '));
  const asked = [...(gramsOf(words) ?? '').matchAll(/\(([^)]*)\)/g)].map(([, word = '']) => word.split(' | '));
  const inIndex = asked.every((word) => word.some((one) => one.split(' & ').every((gram) => stored.has(gram))));
  return inIndex && words.every((word) => word.some((one) => row.searchText.includes(one)));
}

describe('search in Korean', () => {
  const fields = ['지방재정정보시스템(e호조)', '행정안전부', '예산을 편성한다', 'ＧＩＳ 기반'] as const;

  it.each([
    ['재정정보', 'inside a compound'],
    ['재정', 'a word of two syllables'],
    ['재', 'a single syllable'],
    ['지방 시스템', 'several words, each anywhere'],
    ['지방 재정 정보 시스템', 'words spaced where the title is not'],
    ['예산을편성', 'words run together where the text is spaced'],
    ['gis', 'Latin letters in any case and width'],
    ['E호조', 'mixed scripts across a bracket'],
    ['행정안전부 예산', 'words in different fields'],
    ['ㅈㅂㅈㅈ', 'initial consonants of the title'],
    ['정보시스템(e', 'punctuation that means nothing'],
    ['ㅈㅂ ㅈㅈ', 'initial consonants with a space between'],
    ['wlqkd', 'a word typed with the keyboard on English'],
    ['wqww', 'initial consonants typed with the keyboard on English'],
    ['햔', 'Latin letters typed with the keyboard on Korean'],
    ['재정 tltmxpa', 'one word typed right and one wrong'],
  ])('finds %s: %s', (query) => expect(finds(query, fields)).toBe(true));

  it.each([
    ['재정보', 'letters that are not adjacent'],
    ['시스템행정', 'the end of one field and the beginning of the next'],
    ['지방 교육', 'a row that has one word of two'],
    ['ㅎㅈㅇㅈ', 'initial consonants of another field'],
    ['rydbr', 'a word typed with the keyboard on English that is not there either way'],
  ])('does not find %s: %s', (query) => expect(finds(query, fields)).toBe(false));

  it('asks nothing of the rows when the query has no letter or digit', () => {
    expect(wordsOf(' ()% _ ')).toEqual([]);
    expect(gramsOf([])).toBeNull();
  });

  it('takes only so much of a query, and only so much of a text', () => {
    expect(wordsOf('가 '.repeat(500))).toEqual(['가']);
    expect(wordsOf(Array.from({ length: 30 }, (_, index) => `낱말${index}`).join(' '))).toHaveLength(10);
    expect(searchable(['가나다'.repeat(100_000)]).searchText).toHaveLength(50_000);
  });
});
