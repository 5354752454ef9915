import { diffList, diffText } from './diff.js';

const before = (pieces: readonly { kind: string; text: string }[]) =>
  pieces.filter(({ kind }) => kind !== 'added').map(({ text }) => text);
const after = (pieces: readonly { kind: string; text: string }[]) =>
  pieces.filter(({ kind }) => kind !== 'removed').map(({ text }) => text);

describe('what changed between two versions', () => {
  it('a replaced row is one that goes and one that comes, and the others stay', () => {
    expect(diffList(['접수', '통보', '결제'], ['접수', '통보', '연계'])).toEqual([
      { kind: 'same', text: '접수' },
      { kind: 'same', text: '통보' },
      { kind: 'removed', text: '결제' },
      { kind: 'added', text: '연계' },
    ]);
  });

  it('a row put in between leaves those after it untouched', () => {
    expect(diffList(['가', '나'], ['가', '새', '나']).filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'added', text: '새' },
    ]);
  });

  it('texts are compared word by word and lose no space', () => {
    expect(diffText('시민이 상담을 예약한다', '시민이 진료를 예약한다')).toEqual([
      { kind: 'same', text: '시민이 ' },
      { kind: 'removed', text: '상담을 ' },
      { kind: 'added', text: '진료를 ' },
      { kind: 'same', text: '예약한다' },
    ]);
  });

  it('both sides can be read again from the pieces, whatever the texts are', () => {
    const letters = ['가', '나', '다', '라'];
    for (let seed = 1; seed < 400; seed++) {
      const draw = (salt: number) =>
        Array.from({ length: (seed * salt) % 7 }, (_, index) => letters[(seed * (index + salt) * 7919) % 4] ?? '');
      const [left, right] = [draw(3), draw(5)];
      const pieces = diffList(left, right);
      expect([before(pieces), after(pieces)]).toEqual([left, right]);
    }
  });
});
