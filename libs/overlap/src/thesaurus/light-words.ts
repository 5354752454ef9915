/** Words that carry no topic in any plan: light verbs, counters, words of position and of degree. */
export const LIGHT_WORDS: ReadonlySet<string> = new Set(
  `하 되 있 없 받 주 오 가 보 알 쓰 만들 같 많 크 작 좋 나 들 내 두 놓 이르 따르 위하 대하 통하 의하 관하 말 않 못하 싶 지 이루 갖추 가지 늘리 줄이 높이 낮추
  돕 맞 늘 줄 높 낮 쉽 빠르 새롭 다르 필요 등 및 수 것 때 중 간 내 외 전 후 앞 뒤 위 아래 안 밖 곳 바 데 점 건 개 명 원 회 차 년 월 일 시 분 초 종 각 전체 각종 다양
  경우 관련 대상 기존 신규 현재 향후 이후 이전 당시 사이 가운데 가능 불가능 우리 자신 모두 함께 바로 직접 스스로 따로 서로 미리 먼저 다시 한번`
    .split(/\s+/)
    .filter((w) => w !== ''),
);
