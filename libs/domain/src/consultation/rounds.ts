import { RuleViolated } from '../kernel/errors.js';
import { checkChoice, checkId } from '../kernel/wellformed.js';
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

function reasonToConsultAgain({
  consultation,
  phase,
  outcome,
  awaitsReConsultation: changed,
}: EarlierRound): PreviousConsultation['because'] {
  if (phase === 'returned' || phase === 'withdrawn') return phase;
  if (phase === 'notified' && outcome === 'HOLD') return 'held';
  if (changed) return 'material-change';
  throw new RuleViolated(
    'previous-round-stands',
    {
      ko: `${consultation}은(는) 반려·취하·보류되었거나 재협의가 필요한 사전협의가 아닙니다(${phaseNames[phase].ko}).`,
      en: `${consultation} (${phaseNames[phase].en}) was not returned, withdrawn or put on hold, and needs no re-consultation.`,
    },
    '/previousConsultation',
  );
}
