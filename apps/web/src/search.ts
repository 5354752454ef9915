/**
 * Search in what the page has already, as forgiving as that of the service: case, width, spaces and punctuation mean nothing, initial
 * consonants stand for syllables (`ㅈㅅ`), and a keyboard may have stood on the other language (`wjqtn` is 접수, `햔` is gis). A syllable
 * that is still being typed finds what it may become, so that the list does not jump between two keys.
 */
const MAX_WORDS = 10;
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
/** Keys of the Korean layout (두벌식) for each initial consonant, vowel and final consonant, in the order of Unicode. */
const KEYS = {
  initials: 'r R s e E f a q Q t T d w W c z x v g'.split(' '),
  vowels: 'k o i O j p u P h hk ho hl y n nj np nl b m ml l'.split(' '),
  finals: ' r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g'.split(' '),
};
/** Letters of the keyboard by themselves, ㄱ to ㅎ with the doubles that an input method makes, then ㅏ to ㅣ. */
const SINGLE = 'r R rt s sw sg e E f fr fa fq ft fx fv fg a q Q qt t T d w W c z x v g'.split(' ').concat(KEYS.vowels);
const FIRST_SINGLE = 0x3131;

/** @returns whether a row with these fields is found: each word in one field, each in any of its spellings */
export function finder(query: string): (fields: readonly string[]) => boolean {
  const words = query
    .slice(0, 400)
    .split(/\s+/u)
    .map(wordOf)
    .filter(({ plain }) => plain !== '')
    .slice(0, MAX_WORDS);
  return (fields) => {
    if (words.length === 0) return true;
    const lines = fields.map((field) => squeezed(field));
    return words.every((word) => lines.some((line) => isIn(word, line)));
  };
}

interface Word {
  readonly plain: string;
  /** As it was pressed on the keyboard, whatever that stood on. */
  readonly keys: string;
  /** The initial consonants that it may mean; empty when it means none. */
  readonly initials: string;
}

function wordOf(typed: string): Word {
  const plain = squeezed(typed);
  // Shift tells ㄲ from ㄱ, and only there: A and a are one key.
  const keys = [...typed.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '')]
    .map((letter) => (/[A-Z]/.test(letter) && !'RETQWOP'.includes(letter) ? letter.toLowerCase() : keysOf(letter)))
    .join('');
  const initials = [...keys].map((key) => INITIALS[KEYS.initials.indexOf(key)] ?? ' ').join('');
  return { plain, keys, initials: initials.includes(' ') ? '' : initials };
}

function isIn({ plain, keys, initials }: Word, line: string): boolean {
  if (line.includes(plain)) return true;
  const letters = [...line];
  // A Latin letter alone would find nearly everything.
  const latin = /^[a-z]$/i.test(plain);
  if (latin) return false;
  if (
    initials !== '' &&
    letters
      .flatMap((letter) => initialOf(letter) ?? [])
      .join('')
      .includes(initials)
  )
    return true;
  const pressed = letters.map(keysOf);
  return pressed.some((_, at) => pressed.slice(at).join('').startsWith(keys));
}

/** Letters and digits only, one case, one width. Composed, for that is how people type and records are written. */
function squeezed(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function initialOf(letter: string): string | null {
  const code = letter.charCodeAt(0);
  return code < FIRST_SYLLABLE || code > LAST_SYLLABLE ? null : (INITIALS[Math.floor((code - FIRST_SYLLABLE) / 588)] ?? null);
}

function keysOf(letter: string): string {
  const code = letter.charCodeAt(0);
  if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) return SINGLE[code - FIRST_SINGLE] ?? letter;
  const place = code - FIRST_SYLLABLE;
  return [KEYS.initials[Math.floor(place / 588)], KEYS.vowels[Math.floor((place % 588) / 28)], KEYS.finals[place % 28]].join('');
}
