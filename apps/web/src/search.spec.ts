import { finder } from './search.js';

/** The same sentences that hold of the service's search (libs/read-models/src/search.spec.ts), where nothing is said of the title alone. */
describe('search in a table that is here as a whole', () => {
  const fields = ['지방재정정보시스템(e호조)', '행정안전부', '예산을 편성한다', 'ＧＩＳ 기반', '깜짝 없음'];

  it.each([
    ['', 'nothing, which everything answers'],
    ['재정정보', 'inside a compound'],
    ['재', 'a single syllable'],
    ['지방 시스템', 'several words, each anywhere'],
    ['지방 재정 정보 시스템', 'words spaced where the text is not'],
    ['예산을편성', 'words run together where the text is spaced'],
    ['gis', 'Latin letters in any case and width'],
    ['E호조', 'mixed scripts across a bracket'],
    ['행정안전부 예산', 'words in different fields'],
    ['ㅈㅂㅈㅈ', 'initial consonants'],
    ['ㅎㅈㅇㅈ', 'initial consonants of another field'],
    ['ㄲㅉ', 'double initial consonants'],
    ['정보시스템(e', 'punctuation that means nothing'],
    ['wlqkd', 'a word typed with the keyboard on English'],
    ['wqww', 'initial consonants typed with the keyboard on English'],
    ['RkaWkr', 'shifted keys'],
    ['djqtdma', 'a final consonant of two'],
    ['햔', 'Latin letters typed with the keyboard on Korean'],
    ['재정 tltmxpa', 'one word typed right and one wrong'],
    ['재저', 'a syllable that is still being typed'],
  ])('finds %s: %s', (query) => expect(finder(query)(fields)).toBe(true));

  it.each([
    ['ㄳ', 'what an input method makes of ㄱㅅ, where neither is'],
    ['ㅇㅄ', 'initial consonants that are not there'],
    ['재정보', 'letters that are not adjacent'],
    ['시스템행정', 'the end of one field and the beginning of the next'],
    ['지방 교육', 'a row that has one word of two'],
    ['rydbr', 'a word typed with the keyboard on English that is not there either way'],
    ['k', 'a Latin letter alone, which is the vowel of nearly everything'],
    ['ㅏ', 'a vowel alone'],
  ])('does not find %s: %s', (query) => expect(finder(query)(fields)).toBe(false));

  it('takes two initial consonants that an input method has drawn into one letter', () =>
    expect(finder('ㄳ')(['공사 감독', '업무'])).toBe(true));
});
