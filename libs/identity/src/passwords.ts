import { hash, verify, type Algorithm } from '@node-rs/argon2';
import { Malformed } from '@sajeon/domain';
import { isCommonPassword } from './common-passwords.js';

const MIN_LENGTH = 12;
const MAX_LENGTH = 128;
const ARGON2ID: Algorithm.Argon2id = 2;
/** argon2id with the least memory and passes that OWASP's cheat sheet recommends. */
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Each takes 19 MiB and a core: more at once would let strangers exhaust the machine. */
const AT_ONCE = 4;

/** Words of this service and its people, and those with which everybody fills a password up to its least length. */
const COMMON = [
  ...['password', 'passw0rd', 'qwerty', 'qwertyuiop', 'asdfgh', 'asdfghjkl', 'zxcvbnm', '1q2w3e4r', '1q2w3e4r5t', 'qwer1234'],
  ...['admin', 'administrator', 'welcome', 'letmein', 'iloveyou', 'sunshine', 'princess', 'dragon', 'monkey', 'football'],
  ...['baseball', 'trustno1', 'superman', 'michael', 'master', 'login', 'changeme', 'secret', 'default', 'guest', 'sajeon'],
  ...['korea', 'seoul', 'daehan', 'minguk', 'gongmuwon', 'qlalfqjsgh', 'dkssud', 'tkfkdgo', 'hello', 'world', 'abcd', 'test'],
];

let running = 0;
const waiting: (() => void)[] = [];

export function hashPassword(password: string): Promise<string> {
  return oneOfFew(() => hash(password.normalize('NFC'), COST));
}

export function isPassword(password: string, hashed: string): Promise<boolean> {
  return oneOfFew(() => verify(hashed, password.normalize('NFC')));
}

/** Takes as long as a real check, so that nobody learns which logins exist. */
export async function pretendToCheck(password: string): Promise<void> {
  nobodys ??= hashPassword('nobody has this password');
  await isPassword(password, await nobodys);
}
let nobodys: Promise<string> | undefined;

/**
 * Length, not composition, makes a password strong; what everybody would try is refused.
 * @throws Malformed `password-too-short`, `password-too-long`, `password-too-common`
 */
export function checkPassword(password: string, login: string): void {
  const plain = password.normalize('NFC');
  if ([...plain].length < MIN_LENGTH) {
    throw new Malformed(
      'password-too-short',
      { ko: `비밀번호는 ${MIN_LENGTH}자 이상이어야 합니다.`, en: `A password has at least ${MIN_LENGTH} characters.` },
      '/next',
    );
  }
  if (plain.length > MAX_LENGTH) {
    throw new Malformed(
      'password-too-long',
      { ko: `비밀번호는 ${MAX_LENGTH}자 이하여야 합니다.`, en: `A password has at most ${MAX_LENGTH} characters.` },
      '/next',
    );
  }
  // What is left when common words, runs of digits and repetitions are taken out is all that has to be guessed.
  let rest = plain.toLowerCase().replaceAll(login.toLowerCase(), '');
  for (const word of [...COMMON].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '');
  rest = rest.replace(/0?1234567890?|12345\d*|(19|20)\d\d|(.)\2{2,}/g, '').replace(/[!@#$%^&*._-]/g, '');
  if (new Set(rest).size < 5 || isCommonPassword(plain)) {
    throw new Malformed(
      'password-too-common',
      {
        ko: '누구나 먼저 넣어 볼 비밀번호입니다. 흔한 낱말·연속한 숫자·아이디 말고 서로 관계없는 낱말 여럿을 이어 쓰십시오.',
        en: 'This is what everybody would try first. Put several unrelated words together instead.',
      },
      '/next',
    );
  }
}

async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}
