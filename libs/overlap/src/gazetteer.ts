/**
 * Names of places and agencies. They are rare words and would win every comparison, though they say who and where, not what:
 * they are taken out of the topic and kept as facets.
 */

const METROPOLITAN =
  '서울특별시 서울시 부산광역시 부산시 대구광역시 대구시 인천광역시 인천시 광주광역시 대전광역시 대전시 울산광역시 울산시 세종특별자치시 세종시 경기도 강원특별자치도 강원도 충청북도 충청남도 전북특별자치도 전라북도 전라남도 경상북도 경상남도 제주특별자치도 제주도';

const METROPOLITAN_SHORT = '서울 부산 대구 인천 대전 울산 세종 강원 충북 충남 전북 전남 경북 경남 제주 전라 경상 충청';

const CITIES =
  '수원 성남 용인 고양 부천 안산 안양 화성 평택 시흥 의정부 김포 광명 오산 남양주 군포 의왕 하남 이천 안성 구리 양주 포천 여주 동두천 과천 파주 광주 춘천 원주 강릉 동해 태백 속초 삼척 청주 충주 제천 천안 아산 논산 당진 공주 보령 서산 계룡 전주 군산 익산 정읍 남원 김제 여수 순천 나주 광양 목포 포항 경주 구미 김천 안동 상주 영주 영천 경산 문경 창원 김해 진주 통영 거제 사천 밀양 양산 서귀포 제주 마산 진해 청원';

const COUNTIES =
  '기장 달성 군위 강화 옹진 울주 연천 가평 양평 홍천 횡성 영월 평창 정선 철원 화천 양구 인제 고성 양양 보은 옥천 영동 증평 진천 괴산 음성 단양 금산 부여 서천 청양 홍성 예산 태안 완주 진안 무주 장수 임실 순창 고창 부안 담양 곡성 구례 고흥 보성 화순 장흥 강진 해남 영암 무안 함평 영광 장성 완도 진도 신안 의성 청송 영양 영덕 청도 고령 성주 칠곡 예천 봉화 울진 울릉 의령 함안 창녕 남해 하동 산청 함양 거창 합천';

const DISTRICTS =
  '종로 용산 성동 광진 동대문 중랑 성북 강북 도봉 노원 은평 서대문 마포 양천 강서 구로 금천 영등포 동작 관악 서초 강남 송파 강동 영도 부산진 동래 해운대 사하 금정 연제 수영 사상 수성 달서 미추홀 연수 남동 부평 계양 광산 유성 대덕 장안 권선 팔달 영통 수정 중원 분당 처인 기흥 수지 덕양 일산동 일산서';

const CENTRAL =
  '행정안전부 행정자치부 안전행정부 기획재정부 재정경제부 기획예산처 교육부 교육인적자원부 과학기술정보통신부 과학기술부 정보통신부 미래창조과학부 외교부 외교통상부 통일부 법무부 국방부 문화체육관광부 문화관광부 농림축산식품부 농림수산식품부 농림부 산업통상자원부 지식경제부 산업자원부 보건복지부 보건복지가족부 환경부 고용노동부 노동부 여성가족부 국토교통부 국토해양부 건설교통부 해양수산부 중소벤처기업부 중소기업청 국가보훈부 국가보훈처 인사혁신처 중앙인사위원회 법제처 식품의약품안전처 식품의약품안전청 국세청 관세청 조달청 통계청 병무청 방위사업청 경찰청 소방청 소방방재청 국민안전처 문화재청 국가유산청 농촌진흥청 산림청 특허청 지식재산처 기상청 해양경찰청 질병관리청 새만금개발청 행정중심복합도시건설청 재외동포청 우주항공청 공정거래위원회 금융위원회 국민권익위원회 개인정보보호위원회 방송통신위원회 원자력안전위원회 국가인권위원회 감사원 대법원 국회사무처 선거관리위원회 국가정보원 대검찰청 검찰청 우정사업본부 국가정보자원관리원 한국지능정보사회진흥원 한국정보화진흥원 한국지역정보개발원 한국사회보장정보원 한국토지주택공사 한국도로공사 한국철도공사 국가철도공단 한국철도시설공단 한국수자원공사 한국전력공사 한국가스공사 한국공항공사 인천국제공항공사 한국관광공사 한국환경공단 국민연금공단 국민건강보험공단 건강보험심사평가원 근로복지공단 한국장학재단 한국국토정보공사 한국부동산원 한국감정원 한국교통안전공단 도로교통공단 한국농어촌공사 한국연구재단 국립공원공단 한국산업인력공단 한국고용정보원 한국교육학술정보원 한국인터넷진흥원 한국소비자원 축산물품질평가원 창업진흥원';

const names = (list: string): string[] => list.split(' ').filter((n) => n !== '');

const full = new Set<string>([
  ...names(METROPOLITAN),
  ...names(CENTRAL),
  ...names(CITIES).map((n) => `${n}시`),
  ...names(COUNTIES).map((n) => `${n}군`),
  ...names(DISTRICTS).map((n) => `${n}구`),
  ...names(METROPOLITAN_SHORT).map((n) => `${n}시`),
]);

/** Short names that are hardly ever anything else; 예산, 진도, 음성, 경기 and their like are words first. */
const unambiguous = new Set<string>([
  ...names(METROPOLITAN_SHORT),
  ...names(
    '수원 성남 용인 부천 안산 안양 평택 시흥 의정부 김포 남양주 의왕 안성 포천 여주 동두천 과천 파주 춘천 원주 강릉 삼척 청주 충주 제천 천안 아산 논산 당진 서산 전주 군산 익산 정읍 여수 순천 나주 목포 포항 구미 김천 안동 경산 문경 창원 김해 진주 통영 거제 밀양 서귀포 홍천 횡성 영월 평창 홍성 태안 완주 무안 해남 울진 봉화 합천 거창 칠곡 부여 괴산 증평 종로 영등포 송파 마포 해운대',
  ),
]);

const LONGEST = [...full].reduce((n, name) => Math.max(n, name.length), 0);

/** Length of the place or agency name that this run of letters begins with; 0 when it begins with none. */
export function placeOrAgencyAt(run: string): number {
  for (let n = Math.min(LONGEST, run.length); n >= 3; n--) if (full.has(run.slice(0, n))) return n;
  return 0;
}

/** Whether the word by itself is a place. */
export function isPlace(word: string): boolean {
  return unambiguous.has(word) || full.has(word);
}

/** Short names of the agency itself (성남시 → 성남): in its own plans they are no topic, however ambiguous. */
export function ownNames(agency: string): ReadonlySet<string> {
  const own = new Set<string>();
  for (const part of agency.normalize('NFKC').split(/[^\p{L}\p{N}]+/u)) {
    if (part === '') continue;
    own.add(part);
    const short = part.replace(/(특별자치시|특별자치도|특별시|광역시|시|군|구|도)$/, '');
    if (short.length >= 2) own.add(short);
  }
  return own;
}
