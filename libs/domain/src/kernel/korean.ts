/** Digits whose Korean reading ends in a consonant: 영 일 삼 육 칠 팔. */
const CONSONANT_DIGITS = '013678';
const RIEUL_DIGITS = '178';
/** Place of ㄹ among the final consonants of a Hangul syllable. */
const RIEUL = 8;

/** Both forms of a particle right behind a word that was put into a sentence: `수원시이(가)`. */
const BOTH_FORMS = /(\S+?)(?:(이|은|을|과)\((가|는|를|와)\)|\(으\)로)/gu;

/** The sentence with every `이(가)`, `은(는)`, `을(를)`, `과(와)`, `(으)로` chosen by the word before it. */
export function fitParticles(sentence: string): string {
  return sentence.replaceAll(BOTH_FORMS, (_, word: string, afterConsonant: string | undefined, afterVowel: string | undefined) =>
    afterConsonant === undefined ? josa(word, '으로', '로') : josa(word, afterConsonant, afterVowel ?? ''),
  );
}

/**
 * The word with the particle that fits its last sound: `josa('공주시', '이', '가')` is `공주시가`.
 * A closing quotation mark or bracket is passed over. After Latin letters both forms are given, as official documents do: `GIS이(가)`.
 */
export function josa(word: string, afterConsonant: string, afterVowel: string): string {
  const last = word.replace(/(\([^()]*\)|[’”'")\]」』\s])+$/u, '').at(-1) ?? '';
  const syllable = last.charCodeAt(0) - 0xac00;
  // After ㄹ the particle 으로 is 로: 디지털로, 1로.
  const dropsEu = afterConsonant.startsWith('으');
  if (syllable >= 0 && syllable < 11_172) {
    const vowelForm = syllable % 28 === 0 || (dropsEu && syllable % 28 === RIEUL);
    return word + (vowelForm ? afterVowel : afterConsonant);
  }
  if (/\d/.test(last)) {
    const vowelForm = !CONSONANT_DIGITS.includes(last) || (dropsEu && RIEUL_DIGITS.includes(last));
    return word + (vowelForm ? afterVowel : afterConsonant);
  }
  return `${word}${afterConsonant}(${afterVowel})`;
}
