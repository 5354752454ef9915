import { legalDateOf, officialDate } from '../kernel/date.js';
import type { Actor, DomainCommand } from '../kernel/decider.js';
import { NotPermitted, RuleViolated, type Message } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkText, LIMITS } from '../kernel/wellformed.js';
import type {
  ApprovalInvalidated,
  Basis,
  Condition,
  ConsultationEvent,
  DecisionEvent,
  InvalidationCause,
  ItemOpinion,
  ItemVerdict,
  Outcome,
} from './events.js';
import { lapsed, obligationsOf } from './follow-up.js';
import * as guard from './guards.js';
import { isAmending } from './objection.js';
import type { Consultation, Proposal } from './state.js';
import { checkBasis, checkConditions, checkDocumentNumber, checkOpinions } from './wellformed.js';
import { verdictNames } from './wording.js';

export const OUTCOMES: readonly Outcome[] = ['PROCEED', 'PROCEED_CONDITIONALLY', 'HOLD'];
export const ITEM_VERDICTS: readonly ItemVerdict[] = ['SUITABLE', 'SUITABLE_WITH_CONDITIONS', 'UNSUITABLE', 'NOT_APPLICABLE'];

/** 검토항목, as the rules of the case name it. */
export interface ReviewItem {
  readonly number: number;
  readonly name: Message;
}

/** The conditions are numbered in the order given, after those of an earlier letter. */
export type ProposeDecision = DomainCommand<
  'propose-decision',
  {
    readonly outcome: Outcome;
    /** May be empty where the outcome needs no ground of its own. */
    readonly reasons: string;
    /** One for every item of the checklist. */
    readonly opinions: readonly { readonly item: number; readonly verdict: ItemVerdict; readonly text: string }[];
    readonly conditions: readonly Omit<Condition, 'number'>[];
    readonly basis: Basis;
    /** 검토항목: read by the caller from the rules that the case froze at receipt. */
    readonly checklist: readonly ReviewItem[];
    /** Codes of the condition library in those rules. */
    readonly library: readonly string[];
  }
>;
export type SendBackDecision = DomainCommand<'send-back-decision', { readonly proposal: number; readonly reason: string }>;
export type ApproveDecision = DomainCommand<'approve-decision', { readonly proposal: number; readonly basis: Basis }>;
/**
 * 검토결과 통보. `documentNumber` is the letter's: `부서명-일련번호`, optionally with its date in brackets. That no other letter has it is what
 * the stream of the number sees to (see `letter/letter.ts`).
 */
export type NotifyResult = DomainCommand<'notify-result', { readonly proposal: number; readonly documentNumber: string }>;

export type DecisionCommand = ProposeDecision | SendBackDecision | ApproveDecision | NotifyResult;

/** 결정: proposed by one official on the whole checklist, approved by another, notified by letter. */
export function decideDecision(command: DecisionCommand, the: Consultation): readonly ConsultationEvent[] {
  const { by, at } = command.data;
  switch (command.type) {
    case 'propose-decision': {
      const { outcome, reasons, basis, checklist, library } = command.data;
      checkChoice(outcome, OUTCOMES, '/outcome');
      checkText(reasons, '/reasons', LIMITS.reason, 'may-be-empty');
      checkConditions(command.data.conditions);
      checkOpinions(command.data.opinions, ITEM_VERDICTS);
      checkBasis(basis);
      guard.byTheAuthority(the, by);
      const opinions = command.data.opinions.map(({ item, verdict, text }) => ({
        ...{ item, name: checklist.find(({ number }) => number === item)?.name ?? { ko: '', en: '' } },
        ...{ verdict, text },
      }));
      const before = the.obligations.length;
      const conditions = command.data.conditions.map((condition, index) => asProposed(condition, before + index + 1));
      const proposed = { outcome, reasons, opinions, conditions, basis };
      if (the.phase === 'pending-approval' && the.proposal?.proposer === by.person && same(contentOf(the.proposal), proposed)) {
        return [];
      }
      guard.noOpenRound(the);
      guard.noOpenJointReview(the);
      guard.noProposalPending(the);
      guard.inPhase(the, 'received', 'under-review', 'approved');
      guard.screened(the);
      guard.everyFlaggedCandidateSettled(the);
      everyItemHasAnOpinion(checklist, opinions);
      guard.conditionsFitOutcome(the, outcome, conditions);
      conditionsLieAhead(conditions, at);
      opinionsFitOutcome(outcome, opinions);
      conditionsAreOfTheLibrary(conditions, library);
      guard.holdHasGround(the, outcome, reasons);
      return [{ type: 'decision-proposed', data: { by, at, proposal: the.proposals + 1, ...proposed } }];
    }
    case 'send-back-decision': {
      const { proposal, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      if (the.phase === 'under-review' && same(the.sentBack, { proposal, reason })) return [];
      guard.inPhase(the, 'pending-approval');
      guard.theCurrentProposal(the, proposal);
      return [{ type: 'decision-sent-back', data: { by, at, proposal, reason } }];
    }
    case 'approve-decision': {
      const { proposal, basis } = command.data;
      checkBasis(basis);
      guard.byTheAuthority(the, by);
      if (the.phase === 'approved' && the.proposal?.number === proposal && the.proposal.approver === by.person) return [];
      guard.inPhase(the, 'pending-approval');
      guard.theCurrentProposal(the, proposal);
      byAnotherPersonThanTheProposer(the, by);
      // The inventory may have been screened again since the proposal.
      guard.everyFlaggedCandidateSettled(the);
      return [{ type: 'decision-approved', data: { by, at, proposal, basis } }];
    }
    case 'notify-result': {
      const { documentNumber } = command.data;
      checkDocumentNumber(documentNumber);
      guard.byTheAuthority(the, by);
      if (the.documentNumber === documentNumber && the.decided?.number === command.data.proposal) return [];
      guard.inPhase(the, 'approved');
      const { number: proposal, outcome, reasons, conditions, opinions } = guard.theCurrentProposal(the, command.data.proposal);
      notYetUsed(the, documentNumber);
      // Days may have passed since the approval: propose anew with days that can still be kept.
      conditionsLieAhead(conditions, at);
      const told = { documentNumber, outcome, reasons, conditions, ...(opinions === undefined ? {} : { opinions }) };
      const { objection, decided } = the;
      if (objection === null || decided === null || !isAmending(the))
        return [{ type: 'result-notified', data: { by, at, ...told } }];
      const formerDocumentNumber = objection.letter;
      return [
        {
          type: 'decision-amended',
          data: {
            ...{ by, at, objection: objection.number, proposal, formerDocumentNumber, documentNumber },
            ...{ formerOutcome: decided.outcome, outcome },
          },
        },
        { type: 'result-notified', data: { by, at, ...told, amends: formerDocumentNumber } },
      ];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** What changes the content of a case, and so voids the approval of what was decided upon it. */
const CHANGES: Readonly<Partial<Record<ConsultationEvent['type'], InvalidationCause>>> = {
  'overlap-screened': 'screened-anew',
  'overlap-candidate-added': 'candidate-added',
  'overlap-confirmed': 'candidate-settled-anew',
  'overlap-dismissed': 'candidate-settled-anew',
  'correction-requested': 'asked-again',
  'decision-proposed': 'proposal-replaced',
  'review-escalated': 'proposal-replaced',
};

/**
 * What has to be recorded first when these events change the content of what is approved but not yet notified: the approval is void and the
 * decision has to be proposed and approved anew. It is never erased.
 */
export function invalidatedBy(the: Consultation, events: readonly ConsultationEvent[]): readonly ApprovalInvalidated[] {
  if (the.phase !== 'approved' || the.proposal === null) return [];
  for (const { type, data } of events) {
    const because = CHANGES[type];
    if (because === undefined) continue;
    const { by, at } = data;
    return [{ type: 'approval-invalidated', data: { by, at, proposal: the.proposal.number, because } }];
  }
  return [];
}

export function evolveDecision(the: Consultation, event: DecisionEvent): Consultation {
  switch (event.type) {
    case 'decision-proposed': {
      const { by, proposal: number, outcome, reasons, conditions, basis, opinions } = event.data;
      const proposal = {
        ...{ number, proposer: by.person, outcome, reasons, conditions, basis, approver: null },
        ...(opinions === undefined ? {} : { opinions }),
      };
      return { ...the, phase: 'pending-approval', proposals: number, proposal };
    }
    case 'decision-sent-back': {
      const { proposal, reason } = event.data;
      return { ...the, phase: 'under-review', proposal: null, sentBack: { proposal, reason } };
    }
    case 'decision-approved': {
      const approver = event.data.by.person;
      return { ...the, phase: 'approved', proposal: the.proposal && { ...the.proposal, approver } };
    }
    case 'approval-invalidated':
      return { ...the, phase: 'under-review', proposal: null };
    case 'decision-amended':
      return the;
    case 'result-notified': {
      const { at, documentNumber, outcome, conditions } = event.data;
      return {
        ...the,
        ...{ phase: conditions.length > 0 ? 'follow-up' : 'notified', documentNumber, decided: the.proposal },
        letters: [...the.letters, { documentNumber, outcome, notifiedOn: legalDateOf(at) }],
        obligations: [...lapsed(the.obligations), ...obligationsOf(conditions)],
      };
    }
    default: {
      event satisfies never;
      return the;
    }
  }
}

function contentOf({ outcome, reasons, opinions, conditions, basis }: Proposal): object {
  return { outcome, reasons, opinions: opinions ?? [], conditions, basis };
}

/** Field by field, so that nothing that a caller adds comes into the record. */
function asProposed(condition: Omit<Condition, 'number'>, number: number): Condition {
  const { text, dueOn, candidate, code, ownWordingBecause, owner, evidence } = condition;
  return {
    ...{ number, text, dueOn, candidate },
    ...(code === undefined ? {} : { code }),
    ...(ownWordingBecause === undefined ? {} : { ownWordingBecause }),
    ...(owner === undefined ? {} : { owner }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}

/** Nobody can keep a day that has passed: the condition would be overdue with the letter that names it. */
function conditionsLieAhead(conditions: readonly Condition[], at: string): void {
  const today = legalDateOf(at);
  const late = conditions.findIndex(({ dueOn }) => dueOn !== null && dueOn <= today);
  const dueOn = conditions[late]?.dueOn;
  if (dueOn == null) return;
  throw new RuleViolated(
    'condition-due-too-early',
    {
      ko: `조건 ${late + 1}의 이행 기한(${officialDate(dueOn)})이 오늘(${officialDate(today)})보다 뒤여야 합니다. 지킬 수 있는 날로 고쳐 결정안을 올리십시오.`,
      en: `Condition ${late + 1} is due on ${officialDate(dueOn)}, which is not after today (${officialDate(today)}). Propose it with a day that can be kept.`,
    },
    `/conditions/${late}/dueOn`,
  );
}

function everyItemHasAnOpinion(checklist: readonly ReviewItem[], opinions: readonly ItemOpinion[]): void {
  const given = opinions.map(({ item }) => item);
  const missing = checklist.filter(({ number }) => !given.includes(number));
  const surplus = given.filter(
    (item, index) => !checklist.some(({ number }) => number === item) || given.indexOf(item) !== index,
  );
  if (missing.length + surplus.length === 0) return;
  const named = (language: keyof Message) => missing.map(({ number, name }) => `${number} ${name[language]}`).join(', ');
  throw new RuleViolated(
    'checklist-incomplete',
    {
      ko: `검토항목마다 의견이 하나씩 있어야 합니다. 빠진 항목: ${named('ko') || '없음'}. 없거나 겹치는 항목: ${surplus.join(', ') || '없음'}.`,
      en: `Every item of the checklist needs exactly one opinion. Missing: ${named('en') || 'none'}. Unknown or repeated: ${surplus.join(', ') || 'none'}.`,
    },
    '/opinions',
  );
}

function opinionsFitOutcome(outcome: Outcome, opinions: readonly ItemOpinion[]): void {
  const against = opinions.find(({ verdict }) => verdict === 'UNSUITABLE' || verdict === 'SUITABLE_WITH_CONDITIONS');
  if (outcome !== 'PROCEED' || against === undefined) return;
  const { item, name, verdict } = against;
  throw new RuleViolated(
    'opinion-against-outcome',
    {
      ko: `검토항목 ${item}(${name.ko})의 의견이 ‘${verdictNames[verdict].ko}’이어서 조건 없이 추진으로 결정할 수 없습니다.`,
      en: `Item ${item} (${name.en}) is found ${verdictNames[verdict].en}: the project cannot proceed without conditions.`,
    },
    '/outcome',
  );
}

/** A condition is in the words of the library, or says why none of them fits; and it says who must act and what will show it. */
function conditionsAreOfTheLibrary(conditions: readonly Condition[], library: readonly string[]): void {
  conditions.forEach(({ number, code, ownWordingBecause, owner, evidence }, index) => {
    const pointer = `/conditions/${index}`;
    if (code !== undefined && !library.includes(code)) {
      throw new RuleViolated(
        'not-in-the-library',
        {
          ko: `조건 ${number}의 ‘${code}’은(는) 이 사건의 규칙에 있는 조건이 아닙니다. 있는 조건: ${library.join(', ')}.`,
          en: `Condition ${number} names “${code}”, which the rules of this case do not have, only ${library.join(', ')}.`,
        },
        `${pointer}/code`,
      );
    }
    if (code === undefined && ownWordingBecause === undefined) {
      throw new RuleViolated(
        'condition-without-code',
        {
          ko: `조건 ${number}은(는) 표준 조건의 코드를 대거나, 맞는 표준 조건이 없는 까닭을 적어야 합니다.`,
          en: `Condition ${number} names no condition of the library. Name one, or say why none fits.`,
        },
        `${pointer}/code`,
      );
    }
    if (owner === undefined) {
      throw new RuleViolated(
        'condition-without-owner',
        { ko: `조건 ${number}을(를) 누가 이행할지 적으세요.`, en: `Say who must meet condition ${number}.` },
        `${pointer}/owner`,
      );
    }
    if (evidence === undefined || evidence.length === 0) {
      throw new RuleViolated(
        'condition-without-evidence',
        {
          ko: `조건 ${number}의 이행을 무엇으로 보일지(증빙) 적으세요.`,
          en: `Say by what evidence condition ${number} will be shown to be met.`,
        },
        `${pointer}/evidence`,
      );
    }
  });
}

function byAnotherPersonThanTheProposer({ proposal }: Consultation, by: Actor): void {
  if (proposal?.proposer === by.person) {
    throw new NotPermitted('same-person', {
      ko: '결정안을 올린 사람은 스스로 결재할 수 없습니다. 다른 결재권자가 결재해야 합니다.',
      en: 'Who proposed a decision may not approve it. Another person must.',
    });
  }
}

/** The amended decision goes out under a number of its own: two letters of one number could not be told apart. */
function notYetUsed({ letters }: Consultation, documentNumber: string): void {
  if (letters.some((letter) => letter.documentNumber === documentNumber)) {
    throw new RuleViolated(
      'document-number-taken',
      {
        ko: `문서번호 ${documentNumber}은(는) 이 사건의 앞선 통보에 이미 쓰였습니다. 새 번호로 통보하세요.`,
        en: `The number ${documentNumber} is that of an earlier letter of this case. Use a new one.`,
      },
      '/documentNumber',
    );
  }
}
