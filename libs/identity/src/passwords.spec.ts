import { checkPassword, hashPassword, isPassword } from './passwords.js';

const code = (password: string, login = 'hong.gildong'): string | undefined => {
  try {
    checkPassword(password, login);
    return undefined;
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
};

describe('a password', () => {
  it.each(['123qweasdzxc', '1qaz2wsx3edc', 'LeaveMeAlone', 'sonyericsson', 'leavemealone2026!'])(
    'that is among the commonest is refused: %s',
    (password) => expect(code(password)).toBe('password-too-common'),
  );
  it.each(['sajeon-sajeon-1', 'gongmuwon2026!!', 'seoulkorea2026', 'hong.gildong12', 'administrator1'])(
    'of words of this service, of the office or of the login is refused: %s',
    (password) => expect(code(password)).toBe('password-too-common'),
  );
  it.each([
    'four unrelated words together',
    '호수 우산 열쇠 구름 기차',
    'aaaabbbbccccddddefghij',
    '🦊'.repeat(3) + ' sleeps late',
    '비둘기 아홉 마리가 강가에서 '.repeat(5),
    ' 앞뒤 빈칸도 글자이다 ',
  ])('of any composition is taken, up to 128 characters: %s', (password) => expect(code(password)).toBeUndefined());
  it('is checked to the last letter, in its own case, and as the same Korean letters however they were typed', async () => {
    const hashed = await hashPassword('긴 비밀번호의 마지막 글자까지 본다 A'.normalize('NFD'));
    expect(await isPassword('긴 비밀번호의 마지막 글자까지 본다 A'.normalize('NFC'), hashed)).toBe(true);
    expect(await isPassword('긴 비밀번호의 마지막 글자까지 본다 a', hashed)).toBe(false);
    expect(await isPassword('긴 비밀번호의 마지막 글자까지 본다 ', hashed)).toBe(false);
    expect(await isPassword('긴 비밀번호의 마지막 글자까지 본다 A ', hashed)).toBe(false);
  });
});
