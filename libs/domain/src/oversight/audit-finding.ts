import type { Decider, DomainCommand } from '../kernel/decider.js';
import { NotFound, NotPermitted, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkDate, checkId, checkPosition, checkStamp, checkText, checkTexts, LIMITS } from '../kernel/wellformed.js';
import type { AuditFindingEvent, FindingRaised } from './events.js';

type Raised = Omit<FindingRaised['data'], 'by' | 'at'>;

export type RaiseFinding = DomainCommand<'raise-finding', Raised>;
export type AnswerFinding = DomainCommand<'answer-finding', { readonly answer: string; readonly measures: readonly string[] }>;
export type RejectFindingAnswer = DomainCommand<'reject-finding-answer', { readonly reason: string; readonly answerBy: string }>;
export type ResolveFinding = DomainCommand<'resolve-finding', { readonly remarks: string }>;
export type WithdrawFinding = DomainCommand<'withdraw-finding', { readonly reason: string }>;

export type AuditFindingCommand = RaiseFinding | AnswerFinding | RejectFindingAnswer | ResolveFinding | WithdrawFinding;

export interface AuditFinding extends Raised {
  readonly auditor: { readonly person: string; readonly agency: string };
  readonly status: 'open' | 'answered' | 'resolved' | 'withdrawn';
  /** The newest. */
  readonly answer: { readonly answer: string; readonly measures: readonly string[] } | null;
  readonly rejection: { readonly reason: string; readonly answerBy: string } | null;
  readonly closedBecause: string | null;
}

/** Null until it is raised. */
export type AuditFindingState = AuditFinding | null;

function decide(command: AuditFindingCommand, state: AuditFindingState): readonly AuditFindingEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  switch (command.type) {
    case 'raise-finding': {
      const { finding, about, seenAt, agency, question, title, text, answerBy } = command.data;
      const raised = { finding, about, seenAt, agency, question, title, text, answerBy };
      for (const [name, id] of Object.entries({ finding, about, agency })) checkId(id, `/${name}`);
      if (question !== null) checkId(question, '/question');
      checkPosition(seenAt, '/seenAt');
      checkText(title, '/title', LIMITS.title);
      checkText(text, '/text', LIMITS.text);
      checkDate(answerBy, '/answerBy');
      if (state !== null) {
        if (same(raised, raisedIn(state))) return [];
        throw new RuleViolated('finding-already-raised', {
          ko: '같은 번호의 지적사항이 이미 있습니다.',
          en: 'There is a finding of this number already.',
        });
      }
      return [{ type: 'finding-raised', data: { by, at, ...raised } }];
    }
    case 'answer-finding': {
      const { answer, measures } = command.data;
      checkText(answer, '/answer', LIMITS.text);
      checkTexts(measures, '/measures');
      const finding = known(state);
      if (by.agency !== finding.agency) {
        throw new NotPermitted('not-the-audited-agency', {
          ko: '지적을 받은 기관만 답변할 수 있습니다.',
          en: 'Only the agency that the finding is addressed to answers it.',
        });
      }
      if (same(finding.answer, { answer, measures }) && finding.status === 'answered') return [];
      inStatus(finding, 'open');
      return [{ type: 'finding-answered', data: { by, at, answer, measures } }];
    }
    case 'reject-finding-answer': {
      const { reason, answerBy } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      checkDate(answerBy, '/answerBy');
      inStatus(ofTheirOwn(known(state), by.agency), 'answered');
      return [{ type: 'finding-answer-rejected', data: { by, at, reason, answerBy } }];
    }
    case 'resolve-finding': {
      const { remarks } = command.data;
      checkText(remarks, '/remarks', LIMITS.reason);
      const finding = ofTheirOwn(known(state), by.agency);
      if (finding.status === 'resolved' && finding.closedBecause === remarks) return [];
      inStatus(finding, 'answered');
      return [{ type: 'finding-resolved', data: { by, at, remarks } }];
    }
    case 'withdraw-finding': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      const finding = ofTheirOwn(known(state), by.agency);
      if (finding.status === 'withdrawn' && finding.closedBecause === reason) return [];
      inStatus(finding, 'open', 'answered');
      return [{ type: 'finding-withdrawn', data: { by, at, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

function raisedIn({ finding, about, seenAt, agency, question, title, text, answerBy }: AuditFinding): Raised {
  return { finding, about, seenAt, agency, question, title, text, answerBy };
}

function known(state: AuditFindingState): AuditFinding {
  if (state !== null) return state;
  throw new NotFound('no-such-finding', { ko: '그런 지적사항이 없습니다.', en: 'There is no such finding.' });
}

function ofTheirOwn(finding: AuditFinding, agency: string): AuditFinding {
  if (finding.auditor.agency === agency) return finding;
  throw new NotPermitted('not-the-auditing-agency', {
    ko: '지적한 감사기관만 할 수 있습니다.',
    en: 'Only the audit body that raised the finding may do this.',
  });
}

const STATUS_NAMES = {
  open: { ko: '답변 대기', en: 'waiting for an answer' },
  answered: { ko: '답변됨', en: 'answered' },
  resolved: { ko: '해소', en: 'resolved' },
  withdrawn: { ko: '철회', en: 'withdrawn' },
} as const;

function inStatus(finding: AuditFinding, ...allowed: readonly AuditFinding['status'][]): void {
  if (allowed.includes(finding.status)) return;
  const { ko, en } = STATUS_NAMES[finding.status];
  throw new RuleViolated('wrong-finding-status', {
    ko: `지금 상태(${ko})에서는 할 수 없습니다.`,
    en: `This cannot be done now: the finding is ${en}.`,
  });
}

function evolve(state: AuditFindingState, event: AuditFindingEvent): AuditFindingState {
  if (event.type === 'finding-raised') {
    const { by, at: _, ...raised } = event.data;
    return { ...raised, auditor: by, status: 'open', answer: null, rejection: null, closedBecause: null };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'finding-answered': {
      const { answer, measures } = event.data;
      return { ...state, status: 'answered', answer: { answer, measures } };
    }
    case 'finding-answer-rejected': {
      const { reason, answerBy } = event.data;
      return { ...state, status: 'open', rejection: { reason, answerBy } };
    }
    case 'finding-resolved':
      return { ...state, status: 'resolved', closedBecause: event.data.remarks };
    case 'finding-withdrawn':
      return { ...state, status: 'withdrawn', closedBecause: event.data.reason };
    default: {
      event satisfies never;
      return state;
    }
  }
}

/** 감사 지적과 후속: an auditor raises it, the agency answers, the auditor follows up. */
export const auditFindingDecider: Decider<AuditFindingCommand, AuditFindingEvent, AuditFindingState> = {
  initialState: null,
  decide,
  evolve,
};
