import type { ActionEvidence, Consultation, FollowUpEvent, Obligation } from '@sajeon/domain';
import type { Act } from './act.js';

export interface CaseActionResult {
  readonly submission: number;
  readonly submitted: Act;
  readonly result: string;
  readonly evidence: readonly ActionEvidence[];
  readonly rejected: (Act & { readonly reason: string }) | null;
}

export interface CaseRecommendation {
  readonly recommendation: number;
  readonly issued: Act;
  readonly text: string;
  readonly answerBy: string;
  readonly answered: (Act & { readonly answer: string }) | null;
}

export interface CaseCorrectionDemand {
  readonly demand: number;
  readonly demanded: Act;
  readonly text: string;
  readonly answerBy: string;
  readonly answered: (Act & { readonly remedy: string; readonly completeBy: string }) | null;
}

/** A condition of a letter and what has become of it. */
export interface CaseObligation {
  readonly condition: number;
  readonly text: string;
  /** The date in force, extensions included. */
  readonly dueOn: string | null;
  readonly candidate: string | null;
  readonly status: Obligation['status'];
  /** Recorded as not met by the date in force. */
  readonly overdue: boolean;
  /** The newest. */
  readonly actionPlan: (Act & { readonly actionPlan: string; readonly completeBy: string }) | null;
  readonly results: readonly CaseActionResult[];
  readonly extensions: readonly (Act & { readonly dueOn: string; readonly formerDueOn: string; readonly reason: string })[];
  /** The newest; `declined` when a second person said no. */
  readonly waiver: (Act & { readonly reason: string; readonly declined: (Act & { readonly reason: string }) | null }) | null;
  readonly recommendations: readonly CaseRecommendation[];
  /** 시정요구. */
  readonly demands?: readonly CaseCorrectionDemand[];
  /** Code of the condition library; else why none of it fitted. */
  readonly code?: string;
  readonly ownWordingBecause?: string;
  /** Who must act. */
  readonly owner?: string;
  /** What a result has to give, piece by piece. */
  readonly evidence?: readonly string[];
  /** Fulfilled or waived, with what was said. */
  readonly settled: (Act & { readonly remarks: string }) | null;
}

/**
 * The conditions as the letter states them. Those of an earlier letter stay, with what had become of them; nothing at all where no letter has
 * any.
 */
export function obligationsAfterLetter(before: FollowUp, { obligations }: Consultation): Pick<FollowUp, 'obligations'> {
  if (obligations.length === 0) return {};
  return {
    obligations: obligations.map((owed) => {
      const { number: condition, text, dueOn, candidate, status, overdue, code, ownWordingBecause, owner, evidence } = owed;
      const earlier = before.obligations?.find((other) => other.condition === condition);
      if (earlier !== undefined) return { ...earlier, status };
      return {
        ...{ condition, text, dueOn, candidate, status, overdue },
        ...{ actionPlan: null, results: [], extensions: [], waiver: null, recommendations: [], settled: null },
        ...(code === undefined ? {} : { code }),
        ...(ownWordingBecause === undefined ? {} : { ownWordingBecause }),
        ...(owner === undefined ? {} : { owner }),
        ...(evidence === undefined ? {} : { evidence }),
      };
    }),
  };
}

/** What the page says of the time after the letter. */
export interface FollowUp {
  /** From a conditional letter on: its conditions and what became of them. */
  readonly obligations?: readonly CaseObligation[];
  /** When the last of them was fulfilled or waived. */
  readonly closed?: Act;
}

/** Dates, status and lateness are the domain's own; who did what and when is added here. */
export function followedUp<Document extends FollowUp>(before: Document, state: Consultation, event: FollowUpEvent): Document {
  const told = before.obligations?.map((obligation) => {
    const owed = state.obligations.find(({ number }) => number === obligation.condition);
    const { status, dueOn, overdue } = owed ?? obligation;
    return { ...concerned(obligation, event), status, dueOn, overdue };
  });
  const closed = event.type === 'consultation-closed' ? { closed: { by: event.data.by, at: event.data.at } } : {};
  return { ...before, ...(told === undefined ? {} : { obligations: told }), ...closed };
}

function concerned(the: CaseObligation, event: FollowUpEvent): CaseObligation {
  const act: Act = { by: event.data.by, at: event.data.at };
  if (event.type === 'recommendation-answered') {
    const { recommendation, answer } = event.data;
    const recommendations = the.recommendations.map((other) =>
      other.recommendation === recommendation ? { ...other, answered: { ...act, answer } } : other,
    );
    return { ...the, recommendations };
  }
  if (event.type === 'correction-demand-answered') {
    const { demand, remedy, completeBy } = event.data;
    const answered = { ...act, remedy, completeBy };
    const demands = the.demands?.map((other) => (other.demand === demand ? { ...other, answered } : other));
    return demands === undefined ? the : { ...the, demands };
  }
  if (event.type === 'consultation-closed' || event.data.condition !== the.condition) return the;
  switch (event.type) {
    case 'action-plan-submitted': {
      const { actionPlan, completeBy } = event.data;
      return { ...the, actionPlan: { ...act, actionPlan, completeBy } };
    }
    case 'action-result-submitted': {
      const { submission, result, evidence } = event.data;
      return { ...the, results: [...the.results, { submission, submitted: act, result, evidence, rejected: null }] };
    }
    case 'action-result-rejected': {
      const { submission, reason } = event.data;
      const rejected = { ...act, reason };
      return { ...the, results: the.results.map((other) => (other.submission === submission ? { ...other, rejected } : other)) };
    }
    case 'condition-extended': {
      const { dueOn, formerDueOn, reason } = event.data;
      return { ...the, extensions: [...the.extensions, { ...act, dueOn, formerDueOn, reason }] };
    }
    case 'waiver-proposed':
      return { ...the, waiver: { ...act, reason: event.data.reason, declined: null } };
    case 'waiver-declined':
      return { ...the, waiver: the.waiver && { ...the.waiver, declined: { ...act, reason: event.data.reason } } };
    case 'improvement-recommended': {
      const { recommendation, text, answerBy } = event.data;
      return {
        ...the,
        recommendations: [...the.recommendations, { recommendation, issued: act, text, answerBy, answered: null }],
      };
    }
    case 'correction-demanded': {
      const { demand, text, answerBy } = event.data;
      return { ...the, demands: [...(the.demands ?? []), { demand, demanded: act, text, answerBy, answered: null }] };
    }
    case 'condition-fulfilled':
      return { ...the, settled: { ...act, remarks: event.data.remarks } };
    case 'condition-waived':
      return { ...the, settled: { ...act, remarks: event.data.reason } };
    case 'condition-overdue':
      return the;
  }
}
