/**
 * Pieces of administrative business and the words that usually go with them: `id: word word several_words_together`. Two plans
 * that share no word may still speak of the same business. Words are looked up among the concepts first, so that any synonym of
 * a word counts. Extend freely, and raise the thesaurus version.
 */
export const TOPICS = `
# civil petitions and front office
petition-handling: 민원 접수 처리 부서_배정 처리_기한 답변 이첩 만족도 국민신문고 진정 고충 민원_담당 처리_현황 처리_결과_안내 반복_민원
petition-consult: 민원_상담 상담원 콜센터 챗봇 질의 답변 전화 상담_이력 지식_관리 응대 문의 120 음성 자동_응답
petition-kiosk: 무인_민원_발급기 등본 증명서 발급 수수료 지문 본인_확인 창구 제증명 발급기
petition-window: 창구 대기_번호 순번 방문_예약 민원실 혼잡 대기_인원 번호표 호출 순번표 종합민원실
official-documents-issue: 증명서 온라인_발급 제출 전자_증명서 진위_확인 서류 발급_신청 전자문서지갑 구비_서류
civil-suggestion: 제안 아이디어 주민_참여_예산 투표 토론 공론 의견 심사 채택 참여 설문 정책_제안
life-complaint: 생활_불편 신고 사진 위치 파손 현장_조치 처리_결과 도로_파손 쓰레기 가로등_고장 스마트폰_신고
resident-registration: 주민등록 전입 세대 등본 인감 주소 신고 읍면동 주민등록증 사실_조사
family-register: 출생 혼인 사망 가족관계 호적 신고 등록 상속 원스톱
passport-foreign: 여권 외국인 체류 등록 통역 다문화 비자 출입국
info-disclosure-work: 정보_공개 청구 비공개 원문 결재_문서 이의_신청 공개_여부 알_권리 사전_공표 공개_결정 가림
legal-affairs: 소송 송무 판결 법률 자문 조례 자치_법규 입법_예고 행정_심판 변호사 법제_심사
audit-work: 감사 자체_감사 지적_사항 처분 내부_통제 청렴 비위 모니터링 예방 시나리오 조치_결과
# internal administration
doc-management: 전자_결재 문서 기안 결재 온나라 문서_유통 공문 편철 접수 발송 공람
records-management: 기록물 보존 이관 폐기 심의 서고 전자_기록 기록관 디지털화 색인 스캔 비전자 중요_기록물 DB
meeting-management: 회의 회의록 안건 영상_회의 종이_없는 태블릿 의사_일정 위원회 음성_인식 회의실 표결
committee-management: 위원회 위원 위촉 심의 안건 수당 회의_결과 서면_심의
hr-management: 인사 발령 승진 임용 인사_기록 조직 정원 경력 인사랑 전보 교육_훈련
attendance: 근태 출퇴근 초과_근무 휴가 복무 출장 수당 유연_근무 지문 당직 연가 시간외
payroll: 급여 보수 수당 연말_정산 4대_보험 공제 지급 명세서 퇴직금
performance-mgmt: 성과 평가 목표 지표 BSC 실적 달성 면담 다면_평가 등급 승진 성과급 역량
training-lms: 교육 이러닝 강의 수강 이수 수료 과정 진도 학습 동영상 연수 콘텐츠 교육생 출석 과제
recruitment: 채용 원서 접수 시험 면접 합격 공고 응시 서류_심사 블라인드
officer-welfare: 복지_포인트 휴양_시설 직원 동호회 건강_검진 후생 복리
knowledge-sharing: 지식 매뉴얼 사례 공유 업무_노하우 검색 학습 전문가 질의
work-directive: 지시_사항 공약 주요_업무 추진_실적 일정 보고 시책 현안 이행_상황 공약_이행
portal-groupware: 그룹웨어 메일 메신저 게시판 협업 일정 내부 직원 포털 업무_관리 조직도
mobile-work: 모바일_행정 현장 태블릿 출장 결재 원격_근무 재택 스마트워크 현장_행정 보안
rpa-work: RPA 자동화 반복 업무 로봇 엑셀 입력 수작업 단순_업무 대량
gen-ai-work: 생성형 챗봇 문서_작성 요약 보고서 초안 LLM 검색 행정_문서 학습 내부망 회의록_요약
# finance, tax, procurement
budget-finance: 예산 편성 집행 결산 재정 지출 세입 세출 회계 e호조 사업비 재정_공시 이월 자금
subsidy: 보조금 보조_사업자 교부 정산 부정_수급 집행 지방보조금 신청 심사 공모 사업_계획서 보조_단체
accounting-work: 회계 지출 전표 결의서 계약 출납 복식부기 재무제표 결산 세금계산서 법인_카드
local-tax: 지방세 부과 징수 신고 납부 과세_자료 취득세 재산세 자동차세 세원 위택스 감면 세무_조사 누락_세원
tax-arrears: 체납 압류 징수 독촉 번호판_영치 재산_조회 체납자 분납 결손 공매 실태_조사 영치
nontax-revenue: 세외수입 과태료 사용료 수수료 부과 징수 고지서 과징금 부담금 체납 이행_강제금
e-bill: 고지서 전자_고지 모바일 납부 간편_결제 자동_이체 종이 알림톡 가상_계좌 송달 전자_송달
procurement-work: 입찰 계약 발주 낙찰 구매 조달 나라장터 물품 용역 공사 수의_계약 예정_가격 견적
contract-construction: 공사 하도급 대금 준공 감독 공정 설계 안전 현장 대금_지급 설계_변경 기성 건설_현장
asset-property: 공유_재산 대부 사용_허가 변상금 재산_대장 실태_조사 유휴 매각 무단_점유 행정_재산
goods-mgmt: 물품 재고 재물_조사 RFID 불용 비품 자산 대장 수급 바코드 창고
vehicle-pool: 공용_차량 배차 운행_일지 유류 예약 차량_관리 관용차 공유 카셰어링 정비
saving-loan: 융자 대출 이자 이차_보전 보증 기금 상환 정책_자금 소상공인
local-currency: 지역_화폐 상품권 가맹점 충전 할인 캐시백 모바일 카드 소상공인 선불 정산
# welfare, family
elder-care: 노인 독거 안부 돌봄 고독사 센서 응급 생활_지원사 말벗 방문 복약 움직임 119 응급호출 홀몸_어르신
elder-job: 노인 일자리 참여자 사회_활동 급여 출근부 수행_기관 경로당 활동비
lonely-death: 고독사 1인_가구 위험군 전력 통신 안부 이상_징후 발굴 고립 은둔 생활_반응 사용량
welfare-benefit: 급여 신청 조사 지급 수급자 소득 재산 자격 복지_대상자 행복e음 수당 변동 보장
welfare-blindspot: 복지_사각지대 위기_가구 발굴 단전 단수 체납 예측 대상자 선별 상담 위기_정보 긴급_복지 지원_연계
welfare-guide: 복지_서비스 안내 맞춤형 추천 자가_진단 자격 혜택 신청 생애주기 검색 수혜
welfare-facility-work: 사회복지시설 종사자 회계 후원금 시설_평가 지도_점검 보고 입소자 인력 운영_비 투명성
case-management: 사례_관리 대상자 상담 서비스_연계 욕구_조사 계획 방문 모니터링 통합 자원_연계
disabled-support: 장애인 활동_지원 보조_기기 이동 편의_시설 등록 재활 고용 접근성 장애_등급 콜택시 바우처
child-care: 돌봄 방과후 아동 예약 빈자리 출결 부모 학부모 맞벌이 등하원 키움센터 늘봄 시간제 프로그램 돌봄_교실 강사
daycare-admission: 어린이집 유치원 입소 대기 순번 원서 추첨 우선순위 보육 결원 정원 배정 입학 국공립
child-meal: 급식 결식 아동 카드 가맹점 식사 도시락 충전 잔액 식품권 음식점 배달 급식비
child-protection: 아동_학대 학대 위기_아동 신고 보호 가정_위탁 입양 조사 드림스타트 예방
youth-support: 청소년 청년 상담 활동 쉼터 학교_밖 수당 정책 멘토링 진로 청년_정책 은둔
pregnancy-birth: 임신 출산 산모 육아 모자_보건 영유아 지원금 아이맘 건강_관리 보건소 출산_장려금 난임 신생아
multicultural: 다문화 결혼_이민자 통번역 한국어 정착 외국인 상담 자녀 이주_배경
veterans: 보훈 유공자 예우 수당 참전 명예 현충 국가_보훈
volunteer-donation: 자원봉사 봉사 기부 후원 마일리지 모금 푸드뱅크 나눔 기탁 인증
housing-welfare-work: 임대_주택 주거_급여 입주자 전세 임대료 주거 청약 입주 공급 집수리 신청
self-support: 자활 근로 자활_센터 저소득 자립 기초_생활 자산_형성 참여자
women-safety: 여성 안심 귀가 성폭력 가정_폭력 상담 스토킹 비상벨 보호 피해자
# health
vaccination-work: 예방_접종 백신 접종 예약 이력 보건소 재고 대상자 영유아 독감 이상_반응 수급 아기_수첩 미접종
epidemic: 감염병 역학_조사 접촉자 격리 확진자 방역 집단 검체 동선 증상 환자 설문 자가_격리 이동_경로 선별_진료소
dementia-care: 치매 검진 실종 배회 치매_안심_센터 인지 위치 보호자 지문 등록 쉼터 환자 기억력
mental-health: 정신_건강 우울 자살 상담 심리 고위험군 중독 검사 센터 마음 사례 예방
chronic-health: 만성_질환 혈압 혈당 건강_관리 비만 운동 상담 모바일_헬스케어 대사_증후군 걷기 식습관 활동량
health-center-work: 보건소 진료 처방 검사 제증명 건강_진단 의료_장비 보건_행정 환자 결핵
medical-support: 의료비 진료비 지원 병원 의료_급여 예약 응급_의료 병상 희귀
emergency-medical: 응급 구급 이송 병상 병원 골든타임 구급차 응급실 심정지 의료_정보
health-screening: 건강_검진 암_검진 수검 결과 대상자 예약 문진
food-hygiene: 식품 위생 음식점 점검 등급 원산지 영업자 신고 식중독 지도_점검 위생_교육
drug-safety: 의약품 마약류 약국 유통 부작용 허가 안전 판매 투약
# safety, disaster
cctv-control: CCTV 관제 통합_관제 영상 방범 이상_행동 지능형 선별_관제 영상_반출 카메라 관제_요원 스마트_도시 경찰
disaster-mgmt: 재난 상황 상황_관리 대응 보고 재난_문자 전파 재난_안전_대책_본부 매뉴얼 훈련 상황실 재난_상황 비상_근무
flood-warning: 침수 수위 경보 하천 강우 호우 예측 배수 펌프장 지하차도 차단 홍수 센서 대피 저지대 범람 우수관 빗물
landslide-slope: 산사태 급경사지 사면 붕괴 계측 경보 토사 옹벽 위험 지역 점검
earthquake-alert: 지진 해일 대피 진동 계측 내진 경보 옥외
wildfire-watch: 산불 감시 산림 진화 드론 연기 감지 예방 헬기 감시원 카메라 입산
fire-prevention: 화재 소방 소화전 감지기 전통_시장 점검 소방_시설 출동 피난 특정소방대상물 진압
snow-removal: 제설 적설 폭설 제설차 염화칼슘 결빙 도로 장비 위치
heat-cold: 폭염 한파 쉼터 무더위 그늘막 취약_계층 온도 온열
facility-inspection: 시설물 안전_점검 교량 터널 노후 진단 균열 센서 이력 점검_결과 등급 보수 계측 드론 옹벽 구조물
shelter-relief: 대피소 이재민 구호 물자 임시_주거 재난_지원금 피해_신고 피해_조사 복구 구호_물품
civil-defense: 민방위 대원 교육 훈련 비상 소집 대피 통지서 을지 예비군 경보
safety-report: 안전신문고 신고 위험 생활_안전 제보 사진 처리 위험_요소
child-safety: 어린이_보호구역 통학로 스쿨존 통학_버스 등하교 안전 횡단보도 속도 학교_앞
night-return: 안심 귀가 비상벨 여성 골목 보안등 경찰 위치 동행 스카우트 신고
industrial-safety: 산업_안전 중대_재해 작업 근로자 현장 위험성_평가 보호구 사고 안전_보건 유해
hazardous: 화학 물질 가스 유해 누출 사고 화학_물질 대피 위험물 폭발
crime-prevention: 범죄 방범 순찰 예방 지도 분석 CCTV 치안 범죄_예방 보안관 자율_방범
maritime-safety: 해양 선박 어선 해수욕장 연안 사고 구조 위치 조난 입출항
lost-person-search: 실종 치매 아동 위치 CCTV 찾기 경찰 지문 배회 인상착의
# traffic
parking-enforcement: 불법_주정차 단속 과태료 차량 번호판 견인 CCTV 이의_신청 의견_진술 사전_통지 고지서 체납 위반 신고 압류
parking-enforcement-notice: 주정차 단속 사전_알림 문자 차주 운전자 이동 예고 가입 동의 단속_구역 차량_번호 알림_서비스 자진_이동
parking-lot: 주차장 주차면 빈자리 요금 정산 공영 주차_공유 실시간 예약 무인 정기권 입출차 관제 주차_정보 안내 감면
traffic-signal: 신호 교차로 신호등 감응 긴급_차량 보행자 제어 신호_운영 횡단보도 최적화 교통량
traffic-information: 교통_정보 교통량 소통 ITS 도로 정체 돌발 전광판 수집 CCTV 실시간 교통_상황 통행 속도
bus-information: 버스 정류장 도착 노선 BIS 배차 안내기 운행 승객 정류소 대중교통 위치 시내버스
public-transport-mgmt: 대중교통 환승 요금 노선 재정_지원 운송_업체 교통_카드 정산 수요 준공영제
demand-transport: 콜택시 호출 배차 수요응답 벽지 교통_약자 행복_택시 농촌 이동 예약 특별_교통_수단 휠체어
bicycle-sharing: 자전거 대여 반납 공공_자전거 킥보드 대여소 거치대 공유 이용권 보관
ev-charging: 전기차 충전 충전기 충전소 수소 친환경차 보조금 충전_구역 결제 점유
road-management: 도로 포장 파손 보수 포트홀 점용 굴착 시설물 대장 도로_관리 제설 노면 순찰 도로_대장
road-occupancy: 도로_점용 굴착 허가 점용료 복구 노점 적치물 심의 점용_허가
streetlight-mgmt: 가로등 보안등 점멸 고장 조도 원격 제어 신고 LED 조명 전기 민원 양방향
vehicle-registration: 자동차 등록 검사 이륜차 말소 저당 차량_등록 무보험 자동차_관리 번호판 정기_검사 운행_정지
autonomous: 자율_주행 C-ITS 차세대_교통 실증 셔틀 차량 정밀_도로_지도
logistics: 물류 화물 창고 운송 배송 항만 택배 컨테이너 통관
railway-ops: 철도 열차 역 선로 승객 승차권 운행 지하철 도시철도 차량 정비
accident-black: 교통_사고 사고_다발 분석 위험_도로 예방 보행자 데이터 개선
# urban, land, building
building-permit: 건축 허가 신고 착공 사용_승인 건축물_대장 설계 도면 건축사 인허가 세움터 용적률 협의 증축 개발_행위 법규_검토
illegal-building: 위반_건축물 항공_사진 판독 이행_강제금 철거 불법 단속 무허가 변화_탐지 드론
urban-planning: 도시_계획 용도_지역 지구 고시 도면 열람 필지 토지_이용 규제 결정 확인원 지형_도면 행위_제한 변경 땅
urban-planning-committee: 도시_계획 위원회 심의 안건 자료 이력
digital-twin: 디지털_트윈 3차원 시뮬레이션 공간_정보 센서 입체 모형 도시 바람길 일조 가상 모의 BIM 경관 예측
gis-platform: 공간_정보 GIS 지도 레이어 항공_사진 분석 공유 수치_지형도 행정 주제도 지리_정보 위치
cadastre: 지적 토지 측량 경계 토지_대장 재조사 필지 지목 분할 등기 지적도 기준점
land-price: 공시_지가 지가 주택_가격 산정 의견 감정 토지_특성 열람 부동산 조사
real-estate-deal: 부동산 거래 실거래 신고 중개 중개업소 전세 계약 토지_거래 허가 사기
address-mgmt: 도로명 주소 건물_번호 안내 상세_주소 주소_정보 사물 안내_시설 국가_지점
apartment-mgmt: 공동_주택 아파트 관리비 관리_사무소 입주자 전자_투표 하자 층간_소음 감사 장기_수선
regeneration-work: 도시_재생 빈집 재개발 정비_사업 주민 조합 실태 활용 재건축 사업성
underground-mgmt: 지하_시설물 상하수도 관로 지반 굴착 매설 가스관 안전 GIS 탐사 싱크홀 지하_공간
public-land: 국유지 공유지 하천 점용 무단_점유 재산 실태 조사 대부 드론
smart-city: 스마트_도시 통합_플랫폼 데이터 센서 서비스 도시_문제 교통 안전 환경 리빙랩 허브 실증
landscape-sign: 옥외_광고물 간판 현수막 불법 경관 디자인 허가 게시대 벽보
housing-supply: 주택 분양 청약 임대 입주 공급 주거 단지 신혼
construction-noise: 공사장 소음 비산_먼지 진동 측정 신고 민원
# environment, utilities
air-quality: 미세먼지 대기 측정 측정소 대기질 예보 저감 배출 공기질 센서 알림 실내 노후_경유차
water-quality-mgmt: 수질 하천 오염 측정 녹조 배출 시료 오염원 폐수 수생태 자동_측정
noise-odor: 소음 악취 측정 공사장 진동 민원 포집 축사 공단 배출_사업장
waste-mgmt: 폐기물 쓰레기 수거 배출 차량 재활용 종량제 음식물 분리배출 대형_폐기물 무단_투기 수거함 소각 청소 신고 처리
recycling-point: 재활용 분리배출 포인트 보상 투명_페트병 무인_회수기 캔 자원_순환 적립 로봇
illegal-dumping: 무단_투기 쓰레기 CCTV 단속 감시 과태료 불법_투기 경고 방송 상습
carbon-energy: 탄소 온실가스 에너지 절감 포인트 배출량 전력 감축 기후 실천 탄소_중립 인벤토리
renewable: 태양광 신재생 발전 발전량 설비 에너지 모니터링 전력 저장
building-energy: 에너지 건물 전기 사용량 절감 원격_검침 모니터링 냉난방 공공_건물 고효율
water-supply-mgmt: 상수도 수도 검침 요금 누수 급수 수용가 유수율 정수장 수질 관망 원격_검침 계량기 단수 고지
sewage-mgmt: 하수 하수도 관로 하수_처리장 준설 악취 침수 원인자_부담금 정화조 오수 배수_설비
env-permit: 배출_시설 인허가 환경 점검 사업장 신고 배출_업소 지도_점검 오염_물질
ecology: 생태 자연 생물 서식 보호 야생_동물 습지 탐방 국립공원 멸종
park-mgmt: 공원 녹지 수목 가로수 시설물 관리 산책 정원 병해충 식재 나무_대장 조경
forest-mgmt: 산림 임야 벌채 조림 휴양림 등산로 임도 병해충 소나무 재선충 산림_경영
climate-weather: 기상 관측 예보 기온 강수 기후 자료 농업_기상 특보
# agriculture, fishery, livestock
farm-support: 농업 농가 보조금 직불금 농업_경영체 신청 농지 보조_사업 농정 지원_사업 자재 비료
smart-farm: 스마트팜 온실 재배 생육 센서 원격 제어 작물 양액 환경 농가 데이터
farm-tech: 농업_기술 재배 영농 교육 상담 병해충 진단 토양 농업인 기술_센터 작목 처방서
farm-machine-rental: 농기계 임대 예약 임대_사업소 농업인 정비 출고 반납 트랙터 배송
local-food-market: 농산물 직거래 로컬푸드 직매장 출하 농가 판매 온라인 쇼핑몰 정산 특산물 주문 생산자
agri-price: 농산물 가격 도매_시장 경매 출하 수급 유통 시세 생산량
pest-control-farm: 병해충 예찰 방제 작물 진단 사진 농가 드론 과수 화상병
livestock-disease: 가축 방역 구제역 조류 축산 농가 소독 살처분 이동 백신 거점 출입 질병
livestock-trace: 축산물 이력 도축 등급 사육 개체 쇠고기 귀표
rural-labor: 농촌 일손 인력 중개 계절_근로자 외국인 농가 일자리 매칭
return-farm: 귀농 귀촌 빈집 정착 체험 상담 교육 농촌 이주
fishery-work: 수산 어업 양식 어선 어장 어획 위판 어업인 수산물 이력 허가
animal-protection: 반려_동물 유기 보호소 입양 등록 동물 분실 진료 중성화 길고양이
# economy, jobs
job-matching: 일자리 구인 구직 채용 취업 매칭 이력서 기업 상담 알선 박람회 구직자 맞춤형 추천
public-job: 공공_근로 공공_일자리 참여자 모집 선발 근무 신청 급여 출근부 재정_지원_일자리
sme-support: 중소기업 기업_지원 지원_사업 신청 공고 심사 선정 기업_정보 맞춤형 기술 애로 자금 판로
small-merchant: 소상공인 상권 상권_분석 매출 창업 점포 전통_시장 지원 온라인 배달 판로 컨설팅 경영
delivery-platform: 배달 공공_배달앱 주문 가맹점 수수료 음식점 결제 라이더 소비자 할인
traditional-market: 전통_시장 상인 점포 장보기 배송 온라인 주차 시장 화재 고객
export-support: 수출 무역 바이어 해외 통관 원산지 물류 기업 상담 시장_조사
startup: 창업 스타트업 보육 입주 투자 멘토링 사업화 공간 기업 육성 심사
rnd-management: 연구 과제 연구비 협약 평가 정산 성과 연구자 기술_개발 논문 장비
investment-site: 투자 유치 산업_단지 입주 공장 분양 기업 인센티브 공장_등록
social-economy: 사회적_기업 협동조합 마을_기업 사회적_경제 판로 우선_구매 인증
consumer-price: 물가 소비자 가격 착한_가격 피해 상담 조사 품목
tourism-guide: 관광 여행 명소 안내 코스 숙박 맛집 축제 지도 다국어 추천 해설 관광객 관광지 스탬프
tourism-booking: 관광 예약 체험 입장권 숙박 휴양림 캠핑 결제 패스 할인 매표 발권
trail-walk: 둘레길 산책 걷기 코스 등산 스탬프 탐방 도보 완주 인증
festival-event: 축제 행사 공연 예매 관람 홍보 참가 신청 프로그램 방문객 인파
# education, culture, sport
library-service: 도서관 대출 반납 도서 예약 희망_도서 회원 상호_대차 전자책 열람실 좌석 서가 독서 통합_검색 무인_반납
lifelong-learning: 평생_학습 강좌 수강_신청 강사 학습관 수강료 학습자 프로그램 문화 동아리 배달_강좌
school-admin: 학교 학생 성적 학적 교사 생활기록부 교무 출결 가정통신문 나이스 학부모
online-learning: 원격 수업 온라인 학습 화상 콘텐츠 과제 학생 교사 AI 맞춤형 교과서 문제 학습_진단
school-meal-mgmt: 학교 급식 식단 영양 식재료 알레르기 조리 발주 위생
school-safety: 학교 폭력 상담 신고 안전 학생 위기 예방 교권
career-edu: 진로 진학 체험 학생 상담 멘토 직업 대입 적성
scholarship-loan: 장학금 학자금 등록금 이자 신청 대학생 선발 기숙사 심사
museum-exhibit: 박물관 미술관 전시 유물 소장품 관람 해설 예약 실감 콘텐츠 수장고 큐레이터 도슨트
performance-hall: 공연 공연장 예매 좌석 문화_회관 티켓 관람 대관 예술 관객
heritage-mgmt: 문화재 문화유산 유적 보존 훼손 발굴 안내 3D 기록 조사 관리 현상_변경 돌봄
culture-info: 문화 행사 정보 예술인 공간 프로그램 신청 문화_누리 지원 동호회
arts-support: 예술인 창작 지원 공모 심사 작품 예술_활동 단체
sports-facility: 체육_시설 수영장 체육관 강습 예약 회원 추첨 운동장 결제 대관 이용권 접수 헬스
sports-talent: 선수 체육인 대회 경기 훈련 지도자 기록 인권 체육회 등록
public-facility-booking: 시설 예약 대관 회의실 강당 공유 공공_자원 개방 이용료 결제 강의실 신청 캠핑장 공유누리 유휴_공간 테니스장
goods-sharing: 장난감 공구 대여 반납 물품 공유 예약 도서관 육아_용품
camp-recreation: 캠핑 휴양림 야영장 숙박 예약 추첨 객실 산림
archive-digital: 디지털화 사료 아카이브 사진 영상 기록 역사 구술 보존 온라인_전시 향토 수집 시민_기록
broadcast-media: 방송 영상 콘텐츠 홍보 제작 유튜브 미디어 스튜디오 시청 송출
homepage-renewal: 홈페이지 개편 통합 콘텐츠 게시판 누리집 반응형 접근성 디자인 메뉴 사용자 검색 관리자
newsletter-pr: 홍보 소식지 뉴스 구독 보도자료 SNS 시정_소식 콘텐츠 기자단
# data, IT infrastructure
open-data: 공공_데이터 개방 오픈_API 제공 데이터_목록 활용 개발자 내려받기 파일 포털 민간 신청 통계 공모전
data-analysis: 데이터 분석 시각화 모델 정책 통계 도표 플랫폼 빅데이터 대시보드 수집 과학적_행정 의사_결정 분석가 표준_분석
data-governance: 데이터 품질 표준 메타데이터 관리 진단 목록 용어 정합성 데이터_지도 카탈로그
data-hub: 데이터 수집 연계 저장 허브 통합 플랫폼 실시간 유통 융합 가공 데이터_레이크 적재
statistics-service: 통계 조사 인구 지표 조사원 공표 마이크로데이터 통계표 포털 사회_조사 KOSIS
info-sharing-hub: 공동_이용 연계 행정_정보 기관 유통 중계 API 구비_서류 연계_허브 송수신 정보_공동이용
my-data-service: 마이데이터 본인 정보 전송 동의 제공 서류 개인 맞춤
privacy-log: 개인정보 접속_기록 오남용 열람 이상 탐지 소명 로그 취급자 유출 점검 사유 조회 내부자
privacy-deid: 개인정보 비식별 가명 처리 파기 마스킹 결합 동의 암호화 노출 점검
security-operations: 보안 관제 침해 탐지 해킹 사이버 방화벽 취약점 대응 악성코드 위협 분석 로그 차단
identity-auth: 인증 로그인 신분증 본인_확인 통합_인증 모바일 간편 회원 SSO 계정 자격 DID 블록체인 권한 진위
account-access: 계정 권한 접근 SSO 로그인 퇴직 관리 통합 사용자 승인 수명 서버_접근
it-monitoring: 장애 모니터링 서버 네트워크 성능 관제 장비 알림 자원 탐지 원인 복구 예측 응답 로그 부하 임계치
it-service-desk: 유지보수 장애_접수 요청 헬프데스크 처리 서비스_수준 변경 자산 구성 운영_관리 콜
it-infra: 서버 스토리지 노후 교체 클라우드 전환 가상화 백업 이중화 전산실 통합 이전 데이터베이스 증설
network-infra: 통신망 네트워크 회선 와이파이 공공_와이파이 스위치 무선 광케이블 자가망 증설 AP 5G 노후
backup-dr: 백업 재해_복구 소산 이중화 데이터 복구 복제 장애 랜섬웨어
messaging: 문자 알림톡 발송 대량 메시지 통합 발송_이력 카카오 주소록 UMS 안내_문자
payment-gateway: 결제 수납 카드 가상_계좌 정산 통합_결제 환불 납부 간편 전자_수납
sw-asset: 소프트웨어 라이선스 자산 PC 관리 설치 정품 배포 패치
isp-planning: ISP 정보화_전략 계획 수립 현황_분석 목표_모델 이행_과제 로드맵 컨설팅 BPR
web-accessibility: 접근성 장애인 수어 음성 자막 화면 글자 확대 점자
ai-platform: AI 플랫폼 모델 학습 데이터 GPU 공통 기반 추론 서비스 생성형 활용
metaverse-vr: 메타버스 가상 체험 VR AR 실감 콘텐츠 아바타 전시 관광 3D
blockchain-service: 블록체인 분산 신뢰 위변조 투표 증명 이력 NFT
# council, police, military, courts, customs, election
council-support: 의회 의원 회의록 의안 의정 방청 생방송 질의 표결 의사 조례안
election-work: 선거 투표 후보 개표 선거인 명부 온라인_투표
special-police: 특별사법경찰 수사 위반 송치 단속 사건 조서 진술
customs-trade: 통관 수입 수출 신고 관세 물품 검사 우범
military-admin: 병역 병무 입영 예비군 훈련 동원 소집 통지 군
police-investigation: 수사 사건 증거 범죄 분석 경찰 피의자 디지털_포렌식
emergency-command: 119 신고 출동 지령 구급 소방 위치 상황실 출동대
# misc service
call-reservation: 예약 방문 상담 일정 시간 접수 확인 취소 알림
app-integration: 통합 앱 시민 맞춤형 서비스 포털 알림 모바일 카드 인증 하나로 생활_정보
kids-play: 놀이 체험 키즈 어린이 실내 예약 놀이터 장난감
funeral-cemetery: 화장 봉안 묘지 장사 예약 추모 유족 안치 자연장 온라인_성묘
complaint-fact: 부패 신고 제보 공익 내부 익명 조사 보호
population-policy: 인구 감소 소멸 전입 유입 생활_인구 정착 지원 분석
gender-equality: 성별 양성_평등 영향_평가 여성 통계 지표
international: 국제 교류 자매_도시 외국 원조 협력 해외
`;
