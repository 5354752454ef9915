import type { DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import { checkText, LIMITS } from '../kernel/wellformed.js';
import type { DraftRevised, DraftSentBack, SubmissionRequested } from './events.js';
import * as guard from './guards.js';
import type { Consultation } from './state.js';

/** 결재 올리기: puts the draft as it stands before the agency's own approver. */
export type RequestSubmission = DomainCommand<'request-submission', object>;
/** 돌려보내기: the approver does not file the draft yet, and says why. */
export type ReturnDraft = DomainCommand<'return-draft', { readonly reason: string }>;
export type SignOffCommand = RequestSubmission | ReturnDraft;

/**
 * 기관 내 결재: before a draft is filed, its own agency agrees to it. The approver may also file what nobody has put before them (전결): filing
 * asks for their role, not for a request.
 */
export function decideSignOff(command: SignOffCommand, the: Consultation): readonly (SubmissionRequested | DraftSentBack)[] {
  const { by, at } = command.data;
  const open = the.signOff?.requested ?? null;
  switch (command.type) {
    case 'request-submission': {
      guard.byTheApplicant(the, by);
      guard.inPhase(the, 'draft');
      if (open !== null) return [];
      const { version: planVersion, hash: planHash } = the.plan;
      return [{ type: 'submission-requested', data: { by, at, planVersion, planHash } }];
    }
    case 'return-draft': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheApplicant(the, by);
      guard.inPhase(the, 'draft');
      if (open === null && the.signOff?.sentBack?.reason === reason) return [];
      if (open === null) {
        throw new RuleViolated('no-submission-request', {
          ko: '결재에 올라온 초안이 아닙니다. 올린 뒤에 초안이 고쳐졌거나 이미 돌려보냈는지 확인하세요.',
          en: 'Nobody has put this draft before you. It may have been revised since, or sent back already.',
        });
      }
      return [{ type: 'draft-sent-back', data: { by, at, reason } }];
    }
  }
}

/** What was put before the approver was another text: revising the draft takes the request back. */
export function evolveSignOff(state: Consultation, event: SubmissionRequested | DraftSentBack | DraftRevised): Consultation {
  switch (event.type) {
    case 'submission-requested': {
      const { by, at } = event.data;
      return { ...state, signOff: { requested: { by, at }, sentBack: null } };
    }
    case 'draft-sent-back': {
      const { by, at, reason } = event.data;
      return { ...state, signOff: { requested: null, sentBack: { by, at, reason } } };
    }
    case 'draft-revised':
      return state.signOff === undefined ? state : { ...state, signOff: { ...state.signOff, requested: null } };
  }
}
