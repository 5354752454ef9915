import type { PersonInCase } from '../contract.js';
import { nameOf, withNames } from './names.js';

const person = (id: string, name: string | null): PersonInCase => ({
  ...{ person: id, agency: 'gyeonggi', name },
  standing: name === null ? 'withheld' : 'shown',
});
const people = [person('person-demo-1', '김민수'), person('person-demo-12', '이한별'), person('person-demo-2', null)];

describe('names in the place of pseudonyms', () => {
  it('take the particles that they ask for', () => {
    expect(withNames('경기도의 person-demo-1이(가) person-demo-12을(를) 주심으로 배정했습니다.', people)).toBe(
      '경기도의 김민수가 이한별을 주심으로 배정했습니다.',
    );
    expect(withNames('주심을 person-demo-12에서 person-demo-1로 바꿨습니다', people)).toBe(
      '주심을 이한별에서 김민수로 바꿨습니다',
    );
    expect(withNames('person-demo-12 of Gyeonggi proposed to person-demo-1.', people)).toBe(
      '이한별 of Gyeonggi proposed to 김민수.',
    );
  });

  it('are left out where they are not shown, and where a pseudonym only begins like one', () => {
    const sentence = '경기도의 person-demo-2이(가) person-demo-123이(가) 보낸 my-person-demo-1 문서를 접수했습니다.';
    expect(withNames(sentence, people)).toBe(sentence);
    expect(nameOf('person-demo-2', people)).toBe(null);
    expect(nameOf('person-demo-1', people)).toBe('김민수');
  });
});
