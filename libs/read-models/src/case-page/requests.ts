import type { CorrectionItem, RequestEvent } from '@sajeon/domain';
import type { Act } from './act.js';

export interface CorrectionRound {
  readonly round: number;
  readonly requested: Act;
  /** The day in force, extensions included. */
  readonly respondBy: string;
  readonly items: readonly (CorrectionItem & { readonly answer: string | null })[];
  /** Null while the round is open. `planVersion`: the plan that came with the answers. */
  readonly responded: (Act & { readonly planVersion: number }) | null;
  /** The plan that the items point into. */
  readonly planVersion?: number;
  /** What the authority made of the answer; the newest. */
  readonly verdict?: Act & { readonly accepted: boolean; readonly remarks: string };
  /** The newest wish for more time; `declined` when the authority said no. */
  readonly extensionAsked?: Act & {
    readonly respondBy: string;
    readonly reason: string;
    readonly declined: (Act & { readonly reason: string }) | null;
  };
  readonly extensions?: readonly (Act & {
    readonly respondBy: string;
    readonly formerRespondBy: string;
    readonly reason: string;
  })[];
  /** `daysBefore`: so many days before the answer was due; null when a person reminded. */
  readonly reminders?: readonly (Act & { readonly daysBefore: number | null })[];
  /** When it was recorded as not answered by the day in force; the newest. */
  readonly overdue?: Act & { readonly respondBy: string };
  /** The review went on without the answer. */
  readonly onFile?: Act & { readonly reason: string };
}

/** 대면회의. */
export interface CaseMeeting extends Act {
  readonly meeting: number;
  readonly heldOn: string;
  readonly minutes: string;
}

/** What the page says of what passes between the reviewer and the applicant. */
export interface Requests {
  readonly corrections: readonly CorrectionRound[];
  readonly meetings?: readonly CaseMeeting[];
}

export function requested<Document extends Requests>(before: Document, event: RequestEvent): Document {
  const act: Act = { by: event.data.by, at: event.data.at };
  if (event.type === 'correction-requested') {
    const { round, items, respondBy, planVersion } = event.data;
    const asked = items.map((item) => ({ ...item, answer: null }));
    const read = planVersion === undefined ? {} : { planVersion };
    const opened = { round, requested: act, respondBy, items: asked, responded: null, ...read };
    return { ...before, corrections: [...before.corrections, opened] };
  }
  if (event.type === 'meeting-held') {
    const { meeting, heldOn, minutes } = event.data;
    return { ...before, meetings: [...(before.meetings ?? []), { ...act, meeting, heldOn, minutes }] };
  }
  const corrections = before.corrections.map((round) => (round.round === event.data.round ? after(round, event, act) : round));
  return { ...before, corrections };
}

type Within = Exclude<RequestEvent, { readonly type: 'correction-requested' | 'meeting-held' }>;

function after(round: CorrectionRound, event: Within, act: Act): CorrectionRound {
  switch (event.type) {
    case 'response-submitted': {
      const { answers, plan } = event.data;
      const items = round.items.map((item) => ({
        ...item,
        answer: answers.find(({ number }) => number === item.number)?.answer ?? null,
      }));
      return { ...round, items, responded: { ...act, planVersion: plan.version } };
    }
    case 'response-accepted':
      return { ...round, verdict: { ...act, accepted: true, remarks: event.data.remarks } };
    case 'response-rejected':
      return { ...round, verdict: { ...act, accepted: false, remarks: event.data.reason } };
    case 'response-extension-requested': {
      const { respondBy, reason } = event.data;
      return { ...round, extensionAsked: { ...act, respondBy, reason, declined: null } };
    }
    case 'response-extension-declined': {
      const { extensionAsked } = round;
      if (extensionAsked === undefined) return round;
      return { ...round, extensionAsked: { ...extensionAsked, declined: { ...act, reason: event.data.reason } } };
    }
    case 'response-extended': {
      const { respondBy, formerRespondBy, reason } = event.data;
      const extensions = [...(round.extensions ?? []), { ...act, respondBy, formerRespondBy, reason }];
      return { ...round, respondBy, extensions };
    }
    case 'applicant-reminded':
      return { ...round, reminders: [...(round.reminders ?? []), { ...act, daysBefore: event.data.daysBefore }] };
    case 'response-overdue':
      return { ...round, overdue: { ...act, respondBy: event.data.respondBy } };
    case 'proceeded-on-file':
      return { ...round, onFile: { ...act, reason: event.data.reason } };
  }
}
