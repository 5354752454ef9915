import { legalDateOf, officialDate } from '../kernel/date.js';
import type { Actor } from '../kernel/decider.js';
import { NotFound, NotPermitted, RuleViolated } from '../kernel/errors.js';
import type { PlanVersion } from '../kernel/plan.js';
import { same } from '../kernel/same.js';
import type { AgencyAsNamed, Condition, CorrectionAnswer, CorrectionItem, Finding, Outcome } from './events.js';
import type { Consultation, ConsultationState, Phase, Proposal, Settlement } from './state.js';
import { phaseNames } from './wording.js';

export function existing(state: ConsultationState): Consultation {
  if (state === null) {
    throw new NotFound('no-such-consultation', {
      ko: '그런 사전협의가 없습니다. 번호를 확인하세요.',
      en: 'There is no such consultation. Check its number.',
    });
  }
  return state;
}

export function byTheApplicant({ applicant }: Pick<Consultation, 'applicant'>, by: Actor): void {
  if (by.agency !== applicant.id) {
    throw new NotPermitted('not-the-applicant', {
      ko: `신청기관(${applicant.name})만 할 수 있는 일입니다.`,
      en: `Only the applicant agency (${applicant.name}) may do this.`,
    });
  }
}

/** Nobody of the applicant agency takes part in the review of its own plan. */
export function notOfTheApplicant({ applicant }: Consultation, by: Actor): void {
  if (by.agency === applicant.id) {
    throw new NotPermitted('own-submission', {
      ko: `신청기관(${applicant.name}) 소속은 자기 기관의 사업을 검토할 수 없습니다. 협의기관 담당자가 처리해야 합니다.`,
      en: `Nobody of the applicant agency (${applicant.name}) may review its own plan. An official of the authority must do it.`,
    });
  }
}

export function byTheAuthority(the: Consultation, by: Actor): void {
  notOfTheApplicant(the, by);
  if (by.agency !== the.authority.id) {
    throw new NotPermitted('not-the-authority', {
      ko: `협의기관(${the.authority.name})만 할 수 있는 일입니다.`,
      en: `Only the consultation authority (${the.authority.name}) may do this.`,
    });
  }
}

export function authorityIsAnotherAgency(applicant: AgencyAsNamed, authority: AgencyAsNamed): void {
  if (applicant.id === authority.id) {
    throw new RuleViolated(
      'own-submission',
      {
        ko: `신청기관과 협의기관이 모두 ${applicant.name}입니다. 상급 협의기관을 지정하세요.`,
        en: `${applicant.name} cannot review its own plan. Name the authority above it.`,
      },
      '/authority/id',
    );
  }
}

const OVER: readonly Phase[] = ['notified', 'follow-up', 'closed', 'returned', 'withdrawn'];

/** Decided, or ended without a decision. */
export function isDecided(the: Consultation): boolean {
  return the.phase === 'approved' || isToldOrOver(the);
}

/** The letter is out, contested or not, or the case ended without one: no finding can matter any more. */
export function isToldOrOver({ phase }: Consultation): boolean {
  return phase === 'objection' || OVER.includes(phase);
}

/** What has a letter can be amended, but not be taken back or sent back any more. */
export function noLetterStands({ documentNumber }: Consultation): void {
  if (documentNumber !== null) {
    throw new RuleViolated('letter-stands', {
      ko: `검토결과가 ${documentNumber}(으)로 통보되어 있어 취하하거나 반려할 수 없습니다.`,
      en: `The result was notified by ${documentNumber}: the case can be neither withdrawn nor returned.`,
    });
  }
}

/** The review has ended, by a letter or without one. */
export function isOver({ phase }: Consultation): boolean {
  return OVER.includes(phase);
}

export function notOver({ phase }: Consultation): void {
  if (OVER.includes(phase)) {
    throw new RuleViolated('consultation-over', {
      ko: `이미 끝난 사전협의입니다(${phaseNames[phase].ko}). 다시 협의하려면 새로 신청하세요.`,
      en: `This consultation is over (${phaseNames[phase].en}). To consult again, file a new one.`,
    });
  }
}

export function inPhase(the: Consultation, ...phases: readonly Phase[]): void {
  if (phases.includes(the.phase)) return;
  notOver(the);
  const wanted = {
    ko: phases.map((phase) => phaseNames[phase].ko).join(', '),
    en: phases.map((phase) => phaseNames[phase].en).join(' or '),
  };
  throw new RuleViolated('wrong-phase', {
    ko: `지금은 ‘${phaseNames[the.phase].ko}’ 상태라 할 수 없습니다. ‘${wanted.ko}’ 상태에서만 할 수 있습니다.`,
    en: `The consultation is ${phaseNames[the.phase].en}; this can be done only while it is ${wanted.en}.`,
  });
}

export function submitted({ phase }: Consultation): void {
  if (phase === 'draft') {
    throw new RuleViolated('not-submitted', {
      ko: '아직 신청되지 않은 초안은 유사·중복 검색 결과를 기록할 수 없습니다. 먼저 신청해야 합니다.',
      en: 'A draft cannot be screened on record. It must be submitted first.',
    });
  }
}

export function laterVersion({ plan }: Pick<Consultation, 'plan'>, next: PlanVersion): void {
  if (next.version <= plan.version) throw versionOutOfOrder(`${plan.version + 1} 이상`, `${plan.version + 1} or higher`);
}

/** An answer may leave the plan as it is or bring the next version, and a version number means one text only. */
export function sameOrNextVersion({ plan }: Consultation, next: PlanVersion): void {
  const unchanged = next.version === plan.version && next.hash === plan.hash && same(next.content, plan.content);
  const revised = next.version === plan.version + 1 && next.hash !== plan.hash;
  if (!unchanged && !revised) {
    throw versionOutOfOrder(
      `그대로인 ${plan.version}판이거나 내용이 달라진 ${plan.version + 1}판`,
      `version ${plan.version} unchanged, or version ${plan.version + 1} with another text`,
    );
  }
}

function versionOutOfOrder(ko: string, en: string): RuleViolated {
  return new RuleViolated(
    'plan-version-out-of-order',
    { ko: `계획서 판 번호가 맞지 않습니다. ${ko}이어야 합니다.`, en: `The plan version does not fit. It must be ${en}.` },
    '/plan/version',
  );
}

export function dueAfterReceipt(dueOn: string, at: string): void {
  const received = legalDateOf(at);
  if (dueOn <= received) {
    throw new RuleViolated(
      'due-before-receipt',
      {
        ko: `처리기한(${officialDate(dueOn)})은 접수일(${officialDate(received)})보다 뒤여야 합니다.`,
        en: `The due date (${officialDate(dueOn)}) must be after the day of receipt (${officialDate(received)}).`,
      },
      '/dueOn',
    );
  }
}

/** While an answer is awaited, the case may be returned only when the time to answer has run out. */
export function answerOverdue({ openRound }: Consultation, at: string): void {
  if (openRound !== null && legalDateOf(at) <= openRound.respondBy) {
    throw new RuleViolated('answer-not-overdue', {
      ko: `보완 제출기한(${officialDate(openRound.respondBy)})이 아직 지나지 않아 반려할 수 없습니다.`,
      en: `The applicant may still answer until ${officialDate(openRound.respondBy)}; the case cannot be returned before.`,
    });
  }
}

export function ofThePlanUnderReview({ plan }: Consultation, finding: Finding): void {
  if (finding.planVersion !== plan.version || finding.planHash !== plan.hash) {
    throw new RuleViolated(
      'screened-another-version',
      {
        ko: `검색 결과는 계획서 ${finding.planVersion}판의 것인데 지금 검토하는 것은 ${plan.version}판입니다. 지금 판으로 다시 검색하세요.`,
        en: `The finding is about plan version ${finding.planVersion}, but version ${plan.version} is under review. Screen that one.`,
      },
      '/finding/planVersion',
    );
  }
}

/** Recorded already, or superseded by a finding of the same engine on a newer inventory. */
export function isRecorded({ recorded }: Consultation, finding: Finding): boolean {
  return recorded.some(
    ({ engine, inventoryPosition, planHash }) =>
      planHash === finding.planHash &&
      same(engine, finding.engine) &&
      BigInt(inventoryPosition) >= BigInt(finding.inventoryPosition),
  );
}

/** Candidates of the newest finding, and those that people added: no screening drops these. */
function candidatesOf({ screening, added }: Consultation): readonly { readonly id: string; readonly name: string }[] {
  const found = screening?.candidates ?? [];
  return [...found, ...added.filter(({ id }) => found.every((other) => other.id !== id))];
}

export function isCandidate(the: Consultation, candidate: string): boolean {
  return candidatesOf(the).some(({ id }) => id === candidate);
}

export function anotherThanThisPlan({ consultation }: Consultation, candidate: string): void {
  if (candidate === consultation) {
    throw new RuleViolated(
      'own-plan',
      {
        ko: '검토하는 사업 자신은 유사·중복 후보가 될 수 없습니다.',
        en: 'The plan under review cannot overlap with itself.',
      },
      '/candidate/id',
    );
  }
}

export function notYetToBeSettled({ screening, added }: Consultation, candidate: string): void {
  const found = screening?.candidates.find(({ id }) => id === candidate)?.flagged === true;
  if (found || added.some(({ id }) => id === candidate)) {
    throw new RuleViolated(
      'already-a-candidate',
      {
        ko: `‘${candidate}’은(는) 이미 판정해야 할 후보입니다. 후보 목록에서 판정하세요.`,
        en: `“${candidate}” is a candidate to be settled already. Settle it in the list.`,
      },
      '/candidate/id',
    );
  }
}

export function amongTheCandidates(the: Consultation, candidate: string): void {
  if (!isCandidate(the, candidate)) {
    throw new RuleViolated(
      'not-a-candidate',
      {
        ko: `‘${candidate}’은(는) 최근 유사·중복 검색의 후보가 아닙니다. 후보 목록을 다시 확인하세요.`,
        en: `“${candidate}” is not a candidate of the newest screening. Look at its list again.`,
      },
      '/candidate',
    );
  }
}

/**
 * A settlement stands while the engine holds the candidate no more probable than when a person settled it. One that a person added stands
 * until the engine flags the candidate too: only then is there something new to look at.
 */
export function standingSettlement(the: Consultation, candidate: string): Settlement | undefined {
  const settlement = the.settlements.find((other) => other.candidate === candidate);
  if (settlement === undefined) return undefined;
  const found = the.screening?.candidates.find(({ id }) => id === candidate);
  const byHand = the.added.some(({ id }) => id === candidate);
  if (found === undefined || (byHand && !found.flagged)) return byHand ? settlement : undefined;
  return found.probability <= settlement.probability ? settlement : undefined;
}

/**
 * Candidates that a decision waits for: flagged by the newest finding or added by a person, and not settled by anybody, or more probable
 * since than when they were.
 */
export function unsettledCandidates(the: Consultation): readonly { readonly id: string; readonly name: string }[] {
  const flagged = (the.screening?.candidates ?? []).filter((candidate) => candidate.flagged);
  return candidatesOf(the)
    .filter(({ id }) => flagged.some((other) => other.id === id) || the.added.some((other) => other.id === id))
    .filter(({ id }) => standingSettlement(the, id) === undefined)
    .map(({ id, name }) => ({ id, name }));
}

export function confirmedOverlaps(the: Consultation): readonly { readonly id: string; readonly name: string }[] {
  return candidatesOf(the).filter(({ id }) => standingSettlement(the, id)?.confirmed === true);
}

export function screened({ screening, plan }: Consultation): void {
  if (screening?.planVersion !== plan.version || screening.planHash !== plan.hash) {
    throw new RuleViolated('not-screened', {
      ko: `계획서 ${plan.version}판의 유사·중복 검색 결과가 아직 없습니다. 검색이 기록된 뒤에 결정할 수 있습니다.`,
      en: `Plan version ${plan.version} has not been screened for overlaps. Decide after the finding is recorded.`,
    });
  }
}

export function everyFlaggedCandidateSettled(the: Consultation): void {
  const open = unsettledCandidates(the);
  if (open.length === 0) return;
  const names = open.map(({ id, name }) => `${name}(${id})`).join(', ');
  const sendBackFirst = the.phase === 'pending-approval';
  throw new RuleViolated('unsettled-overlap', {
    ko: `중복 여부를 정하지 않은 후보가 ${open.length}건 있습니다: ${names}. ${sendBackFirst ? '결재안을 돌려보낸 뒤 ' : ''}각 후보를 중복 확정하거나 비중복으로 판정하세요.`,
    en: `${open.length} flagged candidate(s) are not settled: ${names}. ${sendBackFirst ? 'Send the proposal back, then confirm' : 'Confirm'} or dismiss each.`,
  });
}

/** The fast track is for disaster safety: an assessment that says the project is none keeps it off. Nothing is known where it was never assessed. */
export function forDisasterSafety(assessed: boolean | null | undefined): void {
  if (assessed !== false) return;
  throw new RuleViolated('not-disaster-safety', {
    ko: '대상여부 판정에서 재난·안전 사업이 아니라고 하여 신속처리할 수 없습니다. 판정이 잘못되었으면 신청기관이 다시 판정해야 합니다.',
    en: 'By its assessment the project is not about disaster safety, so it takes no fast track. If that is wrong, the applicant has to assess it again.',
  });
}

export function noOpenJointReview({ jointReviews }: Consultation): void {
  const open = jointReviews.find(({ conclusion }) => conclusion === null);
  if (open !== undefined) {
    throw new RuleViolated('joint-review-open', {
      ko: `${open.owner.name}과(와)의 ${open.number}번 공동검토가 끝나지 않았습니다. 먼저 종료하세요.`,
      en: `Joint review ${open.number} with ${open.owner.name} is not closed. Close it first.`,
    });
  }
}

export function noOpenRound({ openRound, rounds }: Consultation): void {
  if (openRound !== null) {
    throw new RuleViolated('open-correction', {
      ko: `${rounds}차 보완요청의 답변을 기다리고 있습니다(제출기한 ${officialDate(openRound.respondBy)}). 답변을 받은 뒤에 할 수 있습니다.`,
      en: `Correction round ${rounds} is open until ${officialDate(openRound.respondBy)}. Wait for its answer.`,
    });
  }
}

export function openRound(the: Consultation, round: number): NonNullable<Consultation['openRound']> {
  notOver(the);
  if (the.openRound === null) {
    throw new RuleViolated('no-open-correction', {
      ko: '답변을 기다리는 보완요청이 없습니다.',
      en: 'There is no correction request to answer.',
    });
  }
  if (round !== the.rounds) {
    throw new RuleViolated(
      'another-round',
      {
        ko: `지금 열려 있는 것은 ${the.rounds}차 보완요청입니다. ${the.rounds}차에 답변하세요.`,
        en: `Round ${the.rounds} is open. Answer that one.`,
      },
      '/round',
    );
  }
  return the.openRound;
}

/** Whoever is asked gets at least a day. */
export function leavesADay(respondBy: string, at: string, pointer = '/respondBy'): void {
  const requested = legalDateOf(at);
  if (respondBy <= requested) {
    throw new RuleViolated(
      'respond-by-too-early',
      {
        ko: `답변 제출기한(${officialDate(respondBy)})은 요청일(${officialDate(requested)})보다 뒤여야 합니다.`,
        en: `Whoever answers must get at least a day: ${officialDate(respondBy)} is not after the request (${officialDate(requested)}).`,
      },
      pointer,
    );
  }
}

export function everyItemAnswered(items: readonly CorrectionItem[], answers: readonly CorrectionAnswer[]): void {
  const asked = items.map(({ number }) => number);
  const answered = answers.map(({ number }) => number);
  const missing = asked.filter((number) => !answered.includes(number));
  const surplus = answered.filter((number, index) => !asked.includes(number) || answered.indexOf(number) !== index);
  if (missing.length + surplus.length === 0) return;
  const list = (numbers: readonly number[], none: string) => (numbers.length === 0 ? none : numbers.join(', '));
  throw new RuleViolated(
    'answers-do-not-match',
    {
      ko: `요청 항목마다 답변이 하나씩 있어야 합니다. 빠진 항목: ${list(missing, '없음')}. 없거나 겹치는 항목: ${list(surplus, '없음')}.`,
      en: `Every item needs exactly one answer. Missing: ${list(missing, 'none')}. Unknown or repeated: ${list(surplus, 'none')}.`,
    },
    '/answers',
  );
}

export function noProposalPending({ phase, proposal }: Consultation): void {
  if (phase === 'pending-approval') {
    throw new RuleViolated('proposal-pending', {
      ko: `${proposal?.number ?? ''}번 결정안이 결재를 기다리고 있습니다. 먼저 결재하거나 돌려보내세요.`,
      en: `Proposal ${proposal?.number ?? ''} waits for approval. Approve it or send it back first.`,
    });
  }
}

export function conditionsFitOutcome(the: Consultation, outcome: Outcome, conditions: readonly Condition[]): void {
  if (outcome === 'PROCEED_CONDITIONALLY' && conditions.length === 0) {
    throw new RuleViolated(
      'condition-missing',
      {
        ko: '조건부추진에는 조건이 하나 이상 있어야 합니다. 조건을 적거나 추진으로 결정하세요.',
        en: 'A conditional outcome needs a condition. State one, or let the project proceed.',
      },
      '/conditions',
    );
  }
  if (outcome !== 'PROCEED_CONDITIONALLY' && conditions.length > 0) {
    throw new RuleViolated(
      'condition-without-conditional-outcome',
      {
        ko: '조건은 조건부추진에만 붙일 수 있습니다. 결과를 조건부추진으로 바꾸거나 조건을 빼세요.',
        en: 'Only a conditional outcome carries conditions. Change the outcome or drop them.',
      },
      '/conditions',
    );
  }
  for (const { number, candidate } of conditions) {
    if (candidate !== null && !isCandidate(the, candidate)) {
      throw new RuleViolated(
        'not-a-candidate',
        {
          ko: `조건 ${number}이(가) 가리키는 ‘${candidate}’은(는) 최근 유사·중복 검색의 후보가 아닙니다.`,
          en: `Condition ${number} refers to “${candidate}”, which is not a candidate of the newest screening.`,
        },
        `/conditions/${number - 1}/candidate`,
      );
    }
  }
}

export function holdHasGround(the: Consultation, outcome: Outcome, reasons: string): void {
  if (outcome !== 'HOLD' || reasons.trim() !== '') return;
  if (confirmedOverlaps(the).length === 0) {
    throw new RuleViolated(
      'hold-without-ground',
      {
        ko: '추진보류에는 확정된 중복이나 그 밖의 사유가 있어야 합니다. 중복을 확정하거나 사유를 적으세요.',
        en: 'A hold needs a confirmed overlap or a stated ground. Confirm an overlap or state the ground.',
      },
      '/reasons',
    );
  }
}

export function theCurrentProposal({ proposal }: Consultation, number: number): Proposal {
  if (proposal === null || proposal.number !== number) {
    throw new RuleViolated(
      'not-the-current-proposal',
      {
        ko: `${number}번 결정안은 지금의 결정안이 아닙니다(현재 ${proposal?.number ?? '없음'}). 최신 결정안을 확인하세요.`,
        en: `Proposal ${number} is not the current one (${proposal?.number ?? 'none'}). Read the current proposal.`,
      },
      '/proposal',
    );
  }
  return proposal;
}
