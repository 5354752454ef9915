import type { Message } from '../kernel/errors.js';
import type { PerformanceFinding } from '../rules/rule-book.js';
import type { OmissionReason } from './events.js';

/** Why an order counts as not consulted, in words. */
export const omissionNames: Readonly<Record<OmissionReason, Message>> = {
  'never-consulted': { ko: '사전협의를 신청하지 않음', en: 'never consulted' },
  'ordered-before-decision': { ko: '결과 통보 전에 발주', en: 'ordered before the result was notified' },
  'ended-without-decision': { ko: '반려 또는 취하된 뒤 발주', en: 'ordered after the consultation was returned or withdrawn' },
  held: { ko: '추진보류된 사업을 발주', en: 'ordered although the outcome was to hold' },
  'other-plan-version': { ko: '협의한 것과 다른 계획서로 발주', en: 'ordered by another plan than the one decided upon' },
};

export const findingNames: Readonly<Record<PerformanceFinding, Message>> = {
  keep: { ko: '유지', en: 'keep' },
  improve: { ko: '개선권고', en: 'improve' },
  consolidate: { ko: '정비권고', en: 'merge, upgrade or rebuild' },
  retire: { ko: '폐기권고', en: 'retire' },
};
