import type { Role } from '../contract.js';
import { useSpeech, type Language } from '../language.js';
import { DataTable } from '../pieces/data-table.js';
import { Empty, ReadProblem, Title, Waiting } from '../pieces/show.js';
import { useRead } from '../reading.js';
import { ROLE } from '../terms.js';

interface Permission {
  readonly command: string;
  readonly roles: readonly Role[];
}

/** What the service calls each act, in an official’s words; one that is not here is shown as the service has it. */
const ACT: Readonly<Record<string, string>> = {
  'register-agency': '기관 등록',
  'rename-agency': '기관 이름 변경',
  'dissolve-agency': '기관 폐지',
  'merge-agency': '기관 통합',
  'split-agency': '기관 분리',
  'move-agency': '소속 변경',
  'deposit-personal-data': '개인정보 보관',
  'request-erasure': '개인정보 파기 요청',
  'decline-erasure': '개인정보 파기 거절',
  'approve-erasure': '개인정보 파기 승인',
  'hold-retention': '개인정보 보존 지정',
  'release-retention': '개인정보 보존 해제',
  'raise-finding': '감사 지적',
  'answer-finding': '감사 지적에 답변',
  'reject-finding-answer': '감사 답변 불인정',
  'resolve-finding': '감사 지적 해소',
  'withdraw-finding': '감사 지적 거둠',
  'record-reads': '열람 기록',
  'register-system': '정보시스템 등록',
  'record-system-entry': '정보시스템 현황 기록',
  'correct-system-entry': '정보시스템 현황 정정',
  'retire-system': '정보시스템 폐기',
  'adopt-rule-set': '규칙 제정',
  'amend-rule-set': '규칙 개정',
  'withdraw-rule-set': '규칙 거둠',
  'gazette-temporary-holiday': '임시공휴일 등록',
  'correct-gazetted-holiday': '공휴일 정정',
  'add-concept': '용어 추가',
  'withdraw-concept': '용어 거둠',
  'register-user': '이용자 등록',
  'grant-roles': '역할 부여',
  'revoke-grant': '역할 회수',
  'suspend-user': '이용자 정지',
  'reinstate-user': '이용자 정지 해제',
  'delegate-authority': '대결·전결 위임',
  'withdraw-delegation': '위임 거둠',
  'plan-project': '정보화사업 등록',
  'revise-plan': '사업계획 수정',
  'abandon-project': '사업 중단',
  'assess-eligibility': '대상여부 판정',
  'record-procurement': '발주 등록',
  'report-procurement': '발주 제보',
  'record-budget-reflection': '예산 반영 기록',
  'record-progress': '추진 현황 보고',
  'record-performance': '성과 기록',
  'give-award': '포상',
  'draft-consultation': '사전협의 초안 작성',
  'revise-draft': '초안 수정',
  'request-submission': '사전협의 신청 결재 올리기',
  'return-draft': '결재에 올라온 초안 돌려보내기',
  'submit-consultation': '사전협의 신청(기관 내 결재)',
  'respond-to-correction': '보완 답변',
  'withdraw-consultation': '신청 취하',
  'request-response-extension': '보완 기한 연장 신청',
  'receive-consultation': '접수',
  'return-consultation': '반려',
  'record-screening': '유사·중복 검색 결과 기록',
  'confirm-overlap': '중복 확정',
  'escalate-review': '행정안전부로 이관',
  'dismiss-overlap': '중복 아님 판정',
  'request-correction': '보완요청',
  'accept-response': '보완 답변 인정',
  'reject-response': '보완 답변 불인정',
  'extend-response': '보완 기한 연장',
  'decline-response-extension': '보완 기한 연장 거절',
  'remind-applicant': '보완 독촉',
  'remind-before-the-day': '보완 기한 전 알림',
  'mark-response-overdue': '보완 기한초과 표시',
  'proceed-on-file': '답변 없이 검토',
  'record-meeting': '대면회의 기록',
  'designate-fast-track': '신속처리 지정',
  'revoke-fast-track': '신속처리 해제',
  'notify-delay': '지연 통지',
  'raise-deadline-warning': '처리기한 경고',
  'assign-reviewer': '주심 배정',
  'reassign-reviewer': '주심 변경',
  'add-overlap-candidate': '중복 후보 추가',
  'propose-decision': '결정안 상신',
  'send-back-decision': '결정안 반송',
  'approve-decision': '결정안 결재',
  'notify-result': '검토결과 통보',
  'reserve-document-number': '문서번호 예약',
  'release-document-number': '문서번호 예약 해제',
  'raise-objection': '이의 신청',
  'uphold-objection': '이의 인용',
  'dismiss-objection': '이의 기각',
  'abandon-held-plan': '보류된 사업 포기',
  'report-material-change': '계획 변경 신고',
  'request-preliminary-review': '예비검토 요청',
  'record-preliminary-screening': '예비검토 검색 결과 기록',
  'give-preliminary-opinion': '예비검토 의견',
  'withdraw-preliminary-review': '예비검토 요청 거둠',
  'open-joint-review': '공동검토 요청',
  'submit-owner-opinion': '공동검토 의견',
  'propose-task-adjustment': '과업 조정안',
  'agree-task-adjustment': '과업 조정안 동의',
  'close-joint-review': '공동검토 종료',
  'state-difference': '다른 점 소명',
  'submit-action-plan': '조치계획 제출',
  'submit-action-result': '조치결과 제출',
  'answer-recommendation': '개선권고에 답변',
  'verify-condition': '조건 이행 점검',
  'reject-action-result': '조치결과 불인정',
  'extend-condition': '조건 기한 연장',
  'propose-waiver': '조건 면제안',
  'decline-waiver': '조건 면제 거절',
  'waive-condition': '조건 면제 승인',
  'mark-condition-overdue': '조건 기한초과 표시',
  'issue-improvement-recommendation': '개선권고',
  'demand-correction': '시정 요구',
  'answer-correction-demand': '시정 요구에 답변',
};

/** 권한표: which role may do what, as the service itself applies it. */
export default function PermissionsPage() {
  const { t, say, language } = useSpeech();
  const { data, error } = useRead<readonly Permission[]>('/v1/permissions');
  return (
    <>
      <Title
        lead={t(
          '서비스가 실제로 적용하는 표 그대로입니다. 표에 없는 것은 아무도 할 수 없습니다.',
          'The very table that the service applies. What is not in it, nobody may do.',
        )}
      >
        {t('권한표', 'Permissions')}
      </Title>
      {error !== null && <ReadProblem error={error} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && (
        <DataTable<Permission>
          name="permissions"
          title={t('권한표', 'Permissions')}
          rows={data}
          keyOf={({ command }) => command}
          empty={
            <Empty title={t('권한이 없습니다.', 'There are no permissions.')}>
              <p>{t('아무도 아무것도 할 수 없습니다.', 'Nobody may do anything.')}</p>
            </Empty>
          }
          columns={[
            {
              head: t('행위', 'Act'),
              text: ({ command }) => `${actName(command, language)} ${command}`,
              show: ({ command }) => (
                <>
                  {actName(command, language)} <code className="quiet">{command}</code>
                </>
              ),
            },
            { head: t('역할', 'Roles'), text: ({ roles }) => roles.map((role) => say(ROLE[role])).join(', ') },
          ]}
        />
      )}
    </>
  );
}

function actName(command: string, language: Language): string {
  if (language === 'ko') return ACT[command] ?? command;
  const words = command.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
