import { RuleViolated } from '../kernel/errors.js';
import { checkChoice, checkId, checkList, LIMITS } from '../kernel/wellformed.js';
import { awaitsReConsultation } from './change.js';
import type { Outcome, PreviousConsultation } from './events.js';
import type { Consultation, Phase } from './state.js';
import { phaseNames } from './wording.js';

/** What a new round has to know of the one before it, as the caller read it from its record. */
export interface EarlierRound {
  readonly consultation: string;
  readonly project: string;
  readonly applicant: string;
  readonly phase: Phase;
  /** Of its letter; null without one. */
  readonly outcome: Outcome | null;
  readonly awaitsReConsultation: boolean;
  readonly round: number;
}

export function earlierRound(the: Consultation): EarlierRound {
  return {
    ...{ consultation: the.consultation, project: the.project, applicant: the.applicant.id, phase: the.phase },
    ...{ outcome: the.decided?.outcome ?? null, awaitsReConsultation: awaitsReConsultation(the) },
    round: roundOf(the),
  };
}

/** A consultation of a project, as far as others have to know where it stands. */
export type RoundOfProject = Pick<EarlierRound, 'consultation' | 'phase'>;

const OVER: readonly Phase[] = ['notified', 'follow-up', 'closed', 'returned', 'withdrawn'];

/** The consultation of a project that is being written, reviewed or contested; there is one at most. */
export function roundUnderWay<R extends RoundOfProject>(rounds: readonly R[]): R | undefined {
  return rounds.find(({ phase }) => !OVER.includes(phase));
}

/**
 * 한 사업에 한 건: what is consulted is consulted once, and what was decided is changed where it was decided. Otherwise a second case without a link
 * would get around the conditions, the hold or the return of the first.
 * @param others every other consultation of the project, oldest first, without drafts that were never filed and taken back
 * @throws RuleViolated `round-under-way`, `decision-stands`, or `earlier-round-unnamed` where the newest has to be taken up and is not
 */
export function oneRoundAtATime(others: readonly EarlierRound[], earlier: EarlierRound | undefined): void {
  checkList(others, '/others', LIMITS.listItems);
  const open = roundUnderWay(others);
  if (open !== undefined) {
    const { consultation, phase } = open;
    throw new RuleViolated('round-under-way', {
      ko: `이 사업은 이미 사전협의 중입니다(${consultation}, ${phaseNames[phase].ko}). 그 사건에서 이어서 하십시오.`,
      en: `This project is under consultation already (${consultation}, ${phaseNames[phase].en}). Go on in that case.`,
    });
  }
  const decided = others.find((round) => reasonToTakeUp(round) === null && round.outcome !== 'HOLD');
  if (decided !== undefined && decided.consultation !== earlier?.consultation) {
    throw new RuleViolated('decision-stands', {
      ko: `이 사업에는 통보된 결과가 있습니다(${decided.consultation}). 계획이 바뀌면 그 사건에서 변경을 신고하고, 결과에 이의가 있으면 이의를 신청하십시오.`,
      en: `A result was notified for this project (${decided.consultation}). Report a change of the plan in that case, or object to the result there.`,
    });
  }
  const newest = others.at(-1);
  if (newest !== undefined && reasonToTakeUp(newest) !== null && newest.consultation !== earlier?.consultation) {
    throw new RuleViolated(
      'earlier-round-unnamed',
      {
        ko: `앞선 사전협의(${newest.consultation}, ${phaseNames[newest.phase].ko})를 이어서 신청해야 합니다. 그 사건에서 다음 사전협의를 쓰십시오.`,
        en: `The consultation before (${newest.consultation}, ${phaseNames[newest.phase].en}) has to be taken up again. Draft the next one from that case.`,
      },
      '/previousConsultation',
    );
  }
}

/** Which round of its project's consultation a case is; the first is 1. */
export function roundOf({ previousConsultation }: Pick<Consultation, 'previousConsultation'>): number {
  return (previousConsultation?.round ?? 0) + 1;
}

/**
 * 재신청, 재협의: the link from a new consultation to the one that it takes up again.
 * @throws RuleViolated `another-project`, or `previous-round-stands` while the earlier one is not returned, withdrawn, held or overtaken by a
 *   material change
 */
export function linkTo(
  earlier: EarlierRound,
  draft: { readonly project: string; readonly applicant: string },
): PreviousConsultation {
  checkId(earlier?.consultation, '/previousConsultation');
  checkChoice(earlier.phase, Object.keys(phaseNames), '/previousConsultation');
  if (earlier.project !== draft.project || earlier.applicant !== draft.applicant) {
    throw new RuleViolated(
      'another-project',
      {
        ko: `${earlier.consultation}은(는) 다른 사업의 사전협의입니다. 같은 사업의 앞선 사전협의만 이어서 신청할 수 있습니다.`,
        en: `${earlier.consultation} is about another project. Only an earlier consultation of the same one can be taken up again.`,
      },
      '/previousConsultation',
    );
  }
  const { consultation, round } = earlier;
  return { consultation, round, because: reasonToConsultAgain(earlier) };
}

function reasonToConsultAgain(earlier: EarlierRound): PreviousConsultation['because'] {
  const because = reasonToTakeUp(earlier);
  if (because !== null) return because;
  const { consultation, phase } = earlier;
  throw new RuleViolated(
    'previous-round-stands',
    {
      ko: `${consultation}은(는) 반려·취하·보류되었거나 재협의가 필요한 사전협의가 아닙니다(${phaseNames[phase].ko}).`,
      en: `${consultation} (${phaseNames[phase].en}) was not returned, withdrawn or put on hold, and needs no re-consultation.`,
    },
    '/previousConsultation',
  );
}

/** Null while the consultation is not over, or its decision stands. */
function reasonToTakeUp({ phase, outcome, awaitsReConsultation: changed }: EarlierRound): PreviousConsultation['because'] | null {
  if (phase === 'returned' || phase === 'withdrawn') return phase;
  if (phase === 'notified' && outcome === 'HOLD') return 'held';
  return changed ? 'material-change' : null;
}
