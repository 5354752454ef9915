import {
  NotPermitted,
  type AgencyCommand,
  type AuditFindingCommand,
  type CalendarCommand,
  type ConsultationCommand,
  type LetterCommand,
  type PreliminaryCommand,
  type PersonalDataCommand,
  type ProjectCommand,
  type RecordReads,
  type RuleSetCommand,
  type SystemCommand,
  type ThesaurusCommand,
  type UserCommand,
} from '@sajeon/domain';
import { roleNames, type Principal, type Role } from './principal.js';

export type CommandType =
  | PersonalDataCommand['type']
  | AuditFindingCommand['type']
  | RecordReads['type']
  | AgencyCommand['type']
  | SystemCommand['type']
  | ProjectCommand['type']
  | ConsultationCommand['type']
  | LetterCommand['type']
  | PreliminaryCommand['type']
  | RuleSetCommand['type']
  | CalendarCommand['type']
  | ThesaurusCommand['type']
  | UserCommand['type'];

/**
 * Which role may send which command. A command without an entry does not compile. Which *agency* may do it to which record
 * (only the applicant submits, only the authority decides, never one's own filing) is a rule of the domain, not of this table.
 */
export const PERMISSIONS: Record<CommandType, readonly Role[]> = {
  'register-agency': ['administrator'],
  'rename-agency': ['administrator'],
  'dissolve-agency': ['administrator'],
  'merge-agency': ['administrator'],
  'split-agency': ['administrator'],
  'move-agency': ['administrator'],

  'deposit-personal-data': ['applicant', 'applicant-approver', 'reviewer', 'approver', 'owner', 'auditor', 'administrator'],
  'request-erasure': ['administrator'],
  'decline-erasure': ['administrator'],
  'approve-erasure': ['administrator'],
  'hold-retention': ['administrator'],
  'release-retention': ['administrator'],

  'raise-finding': ['auditor'],
  'answer-finding': ['applicant', 'applicant-approver', 'reviewer', 'approver', 'owner', 'administrator'],
  'reject-finding-answer': ['auditor'],
  'resolve-finding': ['auditor'],
  'withdraw-finding': ['auditor'],
  'record-reads': ['system'],

  'register-system': ['administrator'],
  'record-system-entry': ['administrator'],
  'correct-system-entry': ['administrator'],
  'retire-system': ['administrator'],

  'adopt-rule-set': ['administrator'],
  'amend-rule-set': ['administrator'],
  'withdraw-rule-set': ['administrator'],
  'gazette-temporary-holiday': ['administrator'],
  'correct-gazetted-holiday': ['administrator'],

  'add-concept': ['administrator'],
  'withdraw-concept': ['administrator'],

  'register-user': ['administrator'],
  'grant-roles': ['administrator'],
  'revoke-grant': ['administrator'],
  'suspend-user': ['administrator'],
  'reinstate-user': ['administrator'],
  'delegate-authority': ['applicant', 'applicant-approver', 'reviewer', 'approver', 'owner'],
  'withdraw-delegation': ['applicant', 'applicant-approver', 'reviewer', 'approver', 'owner'],

  'plan-project': ['applicant'],
  'revise-plan': ['applicant'],
  'abandon-project': ['applicant'],
  'assess-eligibility': ['applicant'],
  'record-procurement': ['applicant'],
  'report-procurement': ['administrator'],
  'record-budget-reflection': ['applicant'],
  'record-progress': ['applicant'],
  'mark-progress-missed': ['system'],
  'record-performance': ['applicant', 'reviewer', 'approver'],
  'give-award': ['approver'],

  'draft-consultation': ['applicant'],
  'revise-draft': ['applicant'],
  'request-submission': ['applicant'],
  'return-draft': ['applicant-approver'],
  'submit-consultation': ['applicant-approver'],
  'respond-to-correction': ['applicant'],
  'withdraw-consultation': ['applicant'],
  'request-response-extension': ['applicant'],

  'receive-consultation': ['reviewer', 'approver'],
  'return-consultation': ['reviewer', 'approver'],
  'record-screening': ['system'],
  'confirm-overlap': ['reviewer', 'approver'],
  'escalate-review': ['approver'],
  'dismiss-overlap': ['reviewer', 'approver'],
  'request-correction': ['reviewer', 'approver'],
  'accept-response': ['reviewer', 'approver'],
  'reject-response': ['reviewer', 'approver'],
  'extend-response': ['reviewer', 'approver'],
  'decline-response-extension': ['reviewer', 'approver'],
  'remind-applicant': ['reviewer', 'approver'],
  'remind-before-the-day': ['system'],
  'mark-response-overdue': ['system'],
  'proceed-on-file': ['reviewer', 'approver'],
  'record-meeting': ['reviewer', 'approver'],
  'designate-fast-track': ['reviewer', 'approver'],
  'revoke-fast-track': ['reviewer', 'approver'],
  'notify-delay': ['reviewer', 'approver'],
  'raise-deadline-warning': ['system'],
  'assign-reviewer': ['reviewer', 'approver'],
  'reassign-reviewer': ['approver'],
  'add-overlap-candidate': ['reviewer', 'approver'],
  'propose-decision': ['reviewer', 'approver'],
  'send-back-decision': ['approver'],
  'approve-decision': ['approver'],
  'notify-result': ['reviewer', 'approver'],
  'reserve-document-number': ['reviewer', 'approver'],
  'release-document-number': ['reviewer', 'approver'],
  'register-earlier-document-number': ['administrator'],

  'raise-objection': ['applicant'],
  'uphold-objection': ['approver'],
  'dismiss-objection': ['approver'],
  'abandon-held-plan': ['applicant'],
  'report-material-change': ['applicant'],

  'request-preliminary-review': ['applicant'],
  'record-preliminary-screening': ['system'],
  'give-preliminary-opinion': ['reviewer', 'approver'],
  'withdraw-preliminary-review': ['applicant'],

  'open-joint-review': ['reviewer', 'approver'],
  'submit-owner-opinion': ['owner'],
  'propose-task-adjustment': ['applicant', 'owner'],
  'agree-task-adjustment': ['applicant', 'owner'],
  'close-joint-review': ['reviewer', 'approver'],
  'state-difference': ['applicant'],

  'submit-action-plan': ['applicant'],
  'submit-action-result': ['applicant'],
  'answer-recommendation': ['applicant'],
  'verify-condition': ['reviewer', 'approver'],
  'reject-action-result': ['reviewer', 'approver'],
  'extend-condition': ['reviewer', 'approver'],
  'propose-waiver': ['reviewer', 'approver'],
  'decline-waiver': ['approver'],
  'waive-condition': ['approver'],
  'mark-condition-overdue': ['system'],
  'issue-improvement-recommendation': ['reviewer', 'approver'],
  'demand-correction': ['reviewer', 'approver'],
  'answer-correction-demand': ['applicant'],
};

/** @throws NotPermitted (`role-required`) naming the roles that may */
export function permit(command: CommandType, principal: Principal): void {
  const roles = PERMISSIONS[command];
  if (principal.roles.some((role) => roles.includes(role))) return;
  throw new NotPermitted('role-required', {
    ko: `이 일을 할 권한이 없습니다. ${roleNames(roles)} 역할이 있어야 합니다.`,
    en: `You may not do this (${command}). It takes one of the roles ${roles.join(', ')}.`,
  });
}
