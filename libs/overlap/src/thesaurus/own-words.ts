/**
 * Words of administration that the morphological analyzer takes for something else (품의 → 품 + particle, 새올 → 새 + ending). They are
 * read as they stand, alone or with a particle behind them. Words that are as often something else (이전, 단지, 보고, 하자) are left out.
 */
export const OWN_WORDS: ReadonlySet<string> = new Set(
  `홀로 혼자 아이 가게 어가 누구나 품의 송무 건의 차번 여석 차도 차로 수도 내진 필지 통상 서가 늘봄 만보기 새올 의제 서고 전결 편철 영치 출결 일꾼 외기 완주 인지 감척 명인 계근 농인 결로 윤번 치어 잔식 폐가 땜질 두메
  관거 귀가 검체 수검
  온열 지가 공시지가 양액 귀표 사서 즉각 곧바로 인사랑 온나라 이호조 디브레인 나라장터 정부24 복지로 고용24 홈택스 위택스 하이코리아 워크넷 행복이음 희망이음
  나이스 에듀파인 유니패스 국민신문고 안전신문고 새움터 세움터 일사편리 클린아이 알리오 내고장알리미`
    .split(/\s+/)
    .filter((w) => w !== ''),
);
