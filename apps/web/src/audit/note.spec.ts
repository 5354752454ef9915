import { readNote } from './note.js';

describe('a checkpoint', () => {
  it('tells its log, how much is sealed, and who signed besides the log', () => {
    const note = 'sajeon/4f1c2a\n64\nn4bQgYhMfWWaL+q=\n\n— sajeon/4f1c2a a2sdLA==\n— witness.gyeonggi b3te==\n';
    expect(readNote(note)).toEqual({
      ...{ origin: 'sajeon/4f1c2a', size: '64', root: 'n4bQgYhMfWWaL+q=' },
      ...{ signers: ['sajeon/4f1c2a', 'witness.gyeonggi'], witnesses: ['witness.gyeonggi'] },
    });
  });
});
