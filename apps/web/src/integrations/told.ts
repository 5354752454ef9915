import type { Message } from '../contract.js';

/** What receivers usually wait for. Nothing chosen means everything, also what is not in this list. */
export const TOLD: Readonly<Record<string, Message>> = {
  'consultation-submitted': { ko: '신청', en: 'Submitted' },
  'consultation-received': { ko: '접수', en: 'Received' },
  'consultation-returned': { ko: '반려', en: 'Returned' },
  'correction-requested': { ko: '보완요청', en: 'Correction requested' },
  'response-submitted': { ko: '보완 답변', en: 'Correction answered' },
  'joint-review-opened': { ko: '공동검토 요청', en: 'Opinion asked' },
  'decision-approved': { ko: '결재', en: 'Approved' },
  'result-notified': { ko: '결과 통보', en: 'Result notified' },
  'action-result-submitted': { ko: '조치결과 제출', en: 'Action result submitted' },
  'condition-overdue': { ko: '조건 기한 넘김', en: 'Condition overdue' },
  'consultation-withdrawn': { ko: '취하', en: 'Withdrawn' },
  'consultation-closed': { ko: '종결', en: 'Closed' },
};
