/**
 * What a person meant whose keyboard stood on the other language: `wjqtn` is 접수 on the Korean layout (두벌식), `햔` is gis on the English
 * one. Key by key, as an input method composes syllables.
 */
const KEYS = 'rRseEfaqQtTdwWczxvgkoiOjpuPhynbml';
const JAMO = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ';
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ';
const FINALS = ' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';
/** Two keys, one letter. */
const PAIRS: Readonly<Record<string, string>> = {
  ...{ ㅗㅏ: 'ㅘ', ㅗㅐ: 'ㅙ', ㅗㅣ: 'ㅚ', ㅜㅓ: 'ㅝ', ㅜㅔ: 'ㅞ', ㅜㅣ: 'ㅟ', ㅡㅣ: 'ㅢ' },
  ...{
    ㄱㅅ: 'ㄳ',
    ㄴㅈ: 'ㄵ',
    ㄴㅎ: 'ㄶ',
    ㄹㄱ: 'ㄺ',
    ㄹㅁ: 'ㄻ',
    ㄹㅂ: 'ㄼ',
    ㄹㅅ: 'ㄽ',
    ㄹㅌ: 'ㄾ',
    ㄹㅍ: 'ㄿ',
    ㄹㅎ: 'ㅀ',
    ㅂㅅ: 'ㅄ',
  },
};
const SPLIT: ReadonlyMap<string, string> = new Map(Object.entries(PAIRS).map(([two, one]) => [one, two]));

const SYLLABLES = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

/** Latin letters as the Korean layout would have written them; null when a letter is on no key of it. */
export function inKorean(typed: string): string | null {
  const jamo: string[] = [];
  for (const letter of typed) {
    const upper = KEYS.includes(letter) ? letter : letter.toLowerCase();
    const key = KEYS.indexOf(upper);
    if (key < 0) return null;
    jamo.push(JAMO[key] ?? '');
  }
  return composed(jamo);
}

/** Korean as the English layout would have written it; null when there is none in it. */
export function inLatin(typed: string): string | null {
  let written = '';
  let korean = false;
  for (const letter of typed.normalize('NFC')) {
    const jamo = decomposed(letter);
    if (jamo !== letter) korean = true;
    for (const one of jamo) {
      const key = JAMO.indexOf(one);
      if (key >= 0) korean = true;
      written += key < 0 ? one : (KEYS[key] ?? '');
    }
  }
  return korean ? written : null;
}

/** ㄳ is what an input method makes of ㄱㅅ: as two initial consonants it was two. */
export function withoutDoubleFinals(text: string): string {
  return text.replace(/[ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ]/gu, (letter) => SPLIT.get(letter) ?? letter);
}

function decomposed(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  if (code < SYLLABLES || code > LAST_SYLLABLE) return SPLIT.get(letter) ?? letter;
  const place = code - SYLLABLES;
  const parts = [INITIALS[Math.floor(place / 588)], VOWELS[Math.floor((place % 588) / 28)], FINALS[place % 28]];
  return parts.map((part) => (part === undefined || part === ' ' ? '' : (SPLIT.get(part) ?? part))).join('');
}

function composed(jamo: readonly string[]): string {
  let written = '';
  let initial = '';
  let vowel = '';
  let final = '';
  const finish = (): void => {
    written += initial !== '' && vowel !== '' ? syllable(initial, vowel, final) : initial + vowel + final;
    initial = vowel = final = '';
  };
  for (const letter of jamo) {
    if (VOWELS.includes(letter)) {
      const double = PAIRS[vowel + letter];
      if (vowel !== '' && final === '' && double !== undefined) vowel = double;
      else if (vowel === '') vowel = letter;
      else if (final !== '') {
        // The last consonant begins the next syllable: 각 + ㅏ is 가가.
        const two = SPLIT.get(final) ?? final;
        const moved = two.slice(-1);
        final = two.slice(0, -1);
        finish();
        [initial, vowel] = [moved, letter];
      } else {
        finish();
        vowel = letter;
      }
      continue;
    }
    if (initial !== '' && vowel !== '') {
      const double = PAIRS[final + letter];
      if (final === '' && FINALS.includes(letter)) final = letter;
      else if (final !== '' && double !== undefined) final = double;
      else {
        finish();
        initial = letter;
      }
      continue;
    }
    finish();
    initial = letter;
  }
  finish();
  return written;
}

function syllable(initial: string, vowel: string, final: string): string {
  const last = final === '' ? 0 : FINALS.indexOf(final);
  return String.fromCharCode(SYLLABLES + INITIALS.indexOf(initial) * 588 + VOWELS.indexOf(vowel) * 28 + last);
}
