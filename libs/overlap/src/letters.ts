import type { Analyzer } from './analyzer.js';

const RUN = /[\p{L}\p{M}\p{N}]+/gu;
const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ';
const FINALS = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'];

/** Hangul syllables as their letters (관제 → ㄱㅘㄴㅈㅔ); everything else as it is. */
export function jamoOf(text: string): string {
  let letters = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < HANGUL_FIRST || code > HANGUL_LAST) {
      letters += text.charAt(i);
      continue;
    }
    const k = code - HANGUL_FIRST;
    letters += INITIALS.charAt(Math.floor(k / 588)) + VOWELS.charAt(Math.floor((k % 588) / 28)) + (FINALS[k % 28] ?? '');
  }
  return letters;
}

/** Words of asking and telling that mean the same, and those that say only that somebody asks. */
const ASKING: ReadonlyMap<string, string> = new Map(
  '무엇=뭐,뭣,무어,뭘,뭔 어느=무슨,어떤 방법=어떻,어찌 이유=왜,까닭 얼마=몇 위치=어디,장소 누구=누 가장=제일 이메일=메일 휴대폰=핸드폰,휴대전화,폰'
    .split(' ')
    .flatMap((line): [string, string][] => {
      const [head = '', rest = ''] = line.split('=');
      return rest.split(',').map((w) => [w, head]);
    }),
);
const MERELY_ASKING: ReadonlySet<string> = new Set(
  '알리 말하 가르치 얘기하 이야기하 말씀하 궁금하 알 싶 좀 주 되 하 해 있 것 거 수 혹시 그 그럼'.split(' '),
);

/** Ways to cut a sentence into terms; each has its own say in how much two sentences agree. */
export const CUTS = 4;

/**
 * The terms of a sentence, each beginning with the number of its cut: stems, threes of letters within stems, threes of letters
 * within whole words (endings and spelling included), syllables of stems. Paraphrases share these where they share no whole word.
 */
export function lettersOf(text: string, analyzer: Analyzer): ReadonlySet<string> {
  const found = new Set<string>();
  // Each run once: long texts say the same again and again.
  for (const run of new Set(text.normalize('NFKC').toLowerCase().match(RUN))) {
    threes(`^${jamoOf(run)}`, (t) => found.add(`2${t}`));
    for (const raw of analyzer.stems(run)) {
      if (MERELY_ASKING.has(raw)) continue;
      const stem = ASKING.get(raw) ?? raw;
      found.add(`0${stem}`);
      threes(`^${jamoOf(stem)}`, (t) => found.add(`1${t}`));
      for (const c of stem) found.add(`3${c}`);
    }
  }
  return found;
}

function threes(letters: string, found: (three: string) => void): void {
  for (let i = 0; i + 3 <= letters.length; i++) found(letters.slice(i, i + 3));
}
