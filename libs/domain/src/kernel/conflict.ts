import type { Actor } from './decider.js';
import { NotPermitted } from './errors.js';

/** What the caller looked up about who acts on a case, for rules that the acting agency alone cannot answer. */
export interface ConflictFacts {
  /** Whether the person is of the applicant agency whatever they act as: by a succession of agencies, or by another role of their own. */
  readonly ofTheApplicant?: boolean;
}

/** Nobody of the applicant agency does anything in its case but as the applicant. */
export function onlyAsTheApplicant(
  applicant: { readonly id: string; readonly name: string },
  { by, ofTheApplicant = false }: ConflictFacts & { readonly by: Actor },
): void {
  if (!ofTheApplicant || by.agency === applicant.id) return;
  throw new NotPermitted('own-submission', {
    ko: `신청기관(${applicant.name})에도 속하거나 그 기관을 승계한 기관 소속이어서 이 사건을 검토할 수 없습니다. 다른 담당자가 처리하거나 다른 협의기관으로 이관해야 합니다.`,
    en: `You are of the applicant agency (${applicant.name}) too, or of one that succeeds it, and may not review its plan. Somebody else has to, or another authority.`,
  });
}
