import { circumstances, type Side } from './circumstances.js';

const side = (about: Partial<Side>): Side => ({
  ...{ agency: '', title: '', purpose: '', functions: [], technologies: [], text: '' },
  ...about,
});

describe('level and region of two sides', () => {
  it.each([
    ['수원시', 'local', ' 수원시', 'local', 'SAME_AGENCY'],
    ['수원시', 'local', '성남시', 'local', 'SAME_LEVEL'],
    ['수원시', 'local', '행정안전부', 'central', 'CANDIDATE_ABOVE'],
    ['경기도', 'metropolitan', '수원시', 'local', 'CANDIDATE_BELOW'],
    ['수원시', 'local', '한국도로공사', 'public', 'OTHER'],
    ['수원시', 'local', '어느 기관', '', 'UNKNOWN'],
    ['', '', '', '', 'UNKNOWN'],
  ])('%s (%s) beside %s (%s): %s', (agency, level, other, otherLevel, relation) => {
    const found = circumstances(side({ agency, level }), side({ agency: other, level: otherLevel })).level;
    expect(found).toEqual({ plan: level || null, candidate: otherLevel || null, relation });
  });

  it.each([
    ['경기도 수원시', 'local', '수원시', 'local', 'SAME_PLACE', '경기 수원시', '수원시'],
    ['경기도 수원시', 'local', '경기도 성남시', 'local', 'SAME_PROVINCE', '경기 수원시', '경기 성남시'],
    ['경기도 수원시', 'local', '경기도', 'metropolitan', 'SAME_PROVINCE', '경기 수원시', '경기'],
    ['수원시', 'local', '성남시', 'local', 'DIFFERENT', '수원시', '성남시'],
    ['경상남도 고성군', 'local', '강원특별자치도 고성군', 'local', 'DIFFERENT', '경남 고성군', '강원 고성군'],
    ['경상남도 고성군', 'local', '고성군', 'local', 'UNKNOWN', '경남 고성군', '고성군'],
    ['서울특별시 중구', 'local', '중구', 'local', 'UNKNOWN', '서울 중구', '중구'],
    ['광주광역시', 'metropolitan', '경기도 광주시', 'local', 'DIFFERENT', '광주', '경기 광주시'],
    ['수원시', 'local', '행정안전부', 'central', 'NATIONWIDE', '수원시', null],
    ['수원시', 'local', '한국도로공사', 'public', 'UNKNOWN', '수원시', null],
  ])('%s (%s) and %s (%s) are %s', (agency, level, other, otherLevel, relation, plan, candidate) => {
    const found = circumstances(side({ agency, level }), side({ agency: other, level: otherLevel })).region;
    expect(found).toEqual({ plan, candidate, relation });
  });
});

describe('channels', () => {
  const channels = (text: string): readonly string[] => circumstances(side({ text }), side({})).channels.plan;

  it.each([
    ['누리집과 모바일 앱으로 신청받는다', ['WEB', 'APP']],
    ['접수 결과를 문자로 알린다', ['MESSAGE']],
    ['번호판의 문자 인식', []],
    ['콜센터와 챗봇', ['PHONE', 'CHATBOT']],
    ['휴대전화와 전화번호를 적는다', []],
    ['민원실 창구와 무인 발급', ['KIOSK', 'COUNTER']],
    ['단일 창구를 만든다', []],
    ['a web app, ＡＲＳ', ['WEB', 'APP', 'PHONE']],
    ['webinar for Apple', []],
  ])('%s: %j', (text, expected) => expect(channels(text)).toEqual(expected));

  it('says which both sides have, wherever they say it', () => {
    const found = circumstances(
      side({ title: '주차 앱', functions: ['문자 발송'] }),
      side({ technologies: ['모바일'], purpose: '온라인 접수' }),
    ).channels;
    expect(found).toEqual({ plan: ['APP', 'MESSAGE'], candidate: ['WEB', 'APP'], both: ['APP'] });
  });
});
