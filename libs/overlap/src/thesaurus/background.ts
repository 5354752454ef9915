/** Share of informatization plans that use a word, from experience: what is said by most says little. */
export const BACKGROUND: ReadonlyMap<string, number> = new Map(
  (
    [
      [0.5, '시스템 구축 사업 관리 정보 통합'],
      [0.3, '서비스 고도화 개선 제공 플랫폼 업무 지원 운영 개발 기능 데이터 이용 활용 자료'],
      [
        0.15,
        '조회 등록 신청 처리 온라인 실시간 연계 현황 분석 기반 자동 담당자 공무원 시민 국민 웹 모바일 포털 홈페이지 앱 행정 전산 전산화 정보화 구축하 확인 알림 안내 체계 효율 편의 강화 확대 도입 추진 재구축 차세대 유지 유지보수 클라우드 빅데이터 인공지능 국가 공공 공공앱 선진화 계획 과제 목적',
      ],
      [
        0.07,
        '접수 통계 이력 현장 맞춤 수집 결과 검색 공개 예약 입력 출력 보고서 발급 심사 점검 상담 평가 직원 주민 사용자 이용자 종합 전자 스마트 디지털 기관 지자체 부서 ai gis iot cctv 센서 지도 표준 공통 공동 민원 누구나 하나 한눈 다운로드 내려받기 업로드 누적 일평균 건수 제작비 개발비 사업비 예산 수준 업데이트 출시 신속 편리 투명 예방 발생 시행 네트워크 대표 전국 범정부 자체',
      ],
    ] as const
  ).flatMap(([share, words]) => words.split(' ').map((w): [string, number] => [w, share])),
);
