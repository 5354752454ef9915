import {
  applicant,
  approver,
  basis,
  deciding,
  given,
  happened,
  libraryCondition,
  opinionsAsNamed,
  outsider,
  reviewer,
  secondApprover,
} from '../testing.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import type { ConsultationEvent, DecisionProposed, ResultNotified } from './events.js';
import { isAmending } from './objection.js';

const { drafted, submitted, received, screened, confirmed, proposed, approved, notified } = happened;
const { objected, upheld, objectionDismissed, abandoned, fulfilled, actionReported, closed, overdue } = happened;

const decided = [drafted(), submitted(), screened(), received(), confirmed(), proposed(), approved()];
/** Conditional, with one condition. */
const letter = [...decided, notified()];
const contested = [...letter, objected()];
const reopened = [...contested, upheld()];
const at = '2026-12-03T01:00:00Z';

const raise = (more: object = {}): ConsultationCommand => {
  const { by, at: when, grounds, raiseBy } = objected().data;
  return { type: 'raise-objection', data: { by, at: when, grounds, raiseBy, ...more } };
};
const uphold = (more: object = {}): ConsultationCommand => ({ type: 'uphold-objection', data: { ...upheld().data, ...more } });
const dismiss = (more: object = {}): ConsultationCommand => ({
  type: 'dismiss-objection',
  data: { ...objectionDismissed().data, ...more },
});
const hold: DecisionProposed = {
  type: 'decision-proposed',
  data: { ...proposed().data, outcome: 'HOLD', conditions: [], reasons: '중복' },
};
const holdLetter: ResultNotified = {
  type: 'result-notified',
  data: { ...notified().data, outcome: 'HOLD', conditions: [], reasons: '중복' },
};
const held: readonly ConsultationEvent[] = [...decided.slice(0, -2), hold, approved(), holdLetter];

describe('an objection', () => {
  it('is raised by the applicant against the letter that stands', () =>
    given(decider, ...letter)
      .when(raise())
      .then(objected()));
  it('is satisfied when it is raised already', () =>
    given(decider, ...contested)
      .when(raise())
      .then());
  it('takes one at a time', () =>
    given(decider, ...contested)
      .when(raise({ grounds: '다른 이유' }))
      .refuses('wrong-phase'));
  it('is raised only against a letter', () =>
    given(decider, ...decided)
      .when(raise())
      .refuses('no-letter-yet'));
  it('is raised by nobody else', () =>
    given(decider, ...letter)
      .when(raise({ by: outsider }))
      .refuses('not-the-applicant'));
  it('is raised until the last day that the rules give, that day included', () => {
    given(decider, ...letter)
      .when(raise({ at: '2027-01-18T14:59:00Z' }))
      .then({ ...objected(), data: { ...objected().data, at: '2027-01-18T14:59:00Z' } });
    given(decider, ...letter)
      .when(raise({ at: '2027-01-18T15:00:00Z' }))
      .refuses('objection-too-late', '2027. 1. 18.');
  });
  it('needs grounds and a day', () => {
    given(decider, ...letter)
      .when(raise({ grounds: '' }))
      .refuses('required');
    given(decider, ...letter)
      .when(raise({ raiseBy: '2027-02-30' }))
      .refuses('invalid-date');
  });

  it.each([
    ['upheld', uphold, upheld()],
    ['dismissed', dismiss, objectionDismissed()],
  ] as const)('is %s with a reason, by another person than approved the decision', (_, command, event) => {
    given(decider, ...contested)
      .when(command())
      .then(event);
    given(decider, ...contested)
      .when(command({ by: approver }))
      .refuses('own-decision');
    given(decider, ...contested)
      .when(command({ reason: '' }))
      .refuses('required');
    given(decider, ...contested)
      .when(command({ objection: 2 }))
      .refuses('not-the-objection-at-hand', '1');
    given(decider, ...contested)
      .when(command({ by: applicant }))
      .refuses('own-submission');
    for (const history of [letter, [...contested, upheld()], [...contested, objectionDismissed()]]) {
      given(decider, ...history)
        .when(command({ reason: '다른 사유' }))
        .refuses('not-the-objection-at-hand');
    }
    given(decider, ...contested, event)
      .when(command())
      .then();
  });
  it('is raised only once against the same letter', () =>
    given(decider, ...contested, objectionDismissed())
      .when(raise())
      .refuses('objection-decided', '정보화담당관-4821'));
  it('leaves the conditions of the letter owed until it is upheld and the decision amended', () => {
    for (const history of [contested, [...contested, objectionDismissed()], reopened]) {
      given(decider, ...history)
        .when({ type: 'submit-action-result', data: actionReported().data })
        .then(actionReported());
    }
  });
  it('keeps the case open while it is under review, and closes it with its dismissal when nothing is owed any more', () => {
    const met = [...contested, actionReported()];
    given(decider, ...met)
      .when({ type: 'verify-condition', data: fulfilled().data })
      .then(fulfilled());
    given(decider, ...met, fulfilled())
      .when(dismiss())
      .then(objectionDismissed(), closed([1], [], objectionDismissed().data.at, secondApprover));
  });
});

describe('an amended decision', () => {
  const again: DecisionProposed = {
    type: 'decision-proposed',
    data: {
      ...{ by: reviewer, at, proposal: 2, outcome: 'PROCEED_CONDITIONALLY', reasons: '', opinions: opinionsAsNamed },
      ...{ conditions: [{ number: 2, ...libraryCondition }], basis },
    },
  };
  const approvedAgain = approved(2);
  const notifyAgain = (more: object = {}): ConsultationCommand => ({
    type: 'notify-result',
    data: { by: reviewer, at, proposal: 2, documentNumber: '정보화담당관-4900', ...more },
  });
  const amended: readonly ConsultationEvent[] = [
    {
      type: 'decision-amended',
      data: {
        ...{ by: reviewer, at, objection: 1, proposal: 2 },
        ...{ formerDocumentNumber: '정보화담당관-4821', documentNumber: '정보화담당관-4900' },
        ...{ formerOutcome: 'PROCEED_CONDITIONALLY', outcome: 'PROCEED_CONDITIONALLY' },
      },
    },
    {
      type: 'result-notified',
      data: {
        ...{ by: reviewer, at, documentNumber: '정보화담당관-4900', outcome: 'PROCEED_CONDITIONALLY', reasons: '' },
        ...{ conditions: again.data.conditions, opinions: opinionsAsNamed, amends: '정보화담당관-4821' },
      },
    },
  ];
  const after = (...events: readonly ConsultationEvent[]) => {
    const state = [...reopened, ...events].reduce(decider.evolve, decider.initialState);
    if (state === null) throw new Error('no case');
    return state;
  };

  it('is proposed like the first, its conditions numbered on', () =>
    given(decider, ...reopened)
      .when({
        type: 'propose-decision',
        data: {
          ...{ by: reviewer, at, outcome: 'PROCEED_CONDITIONALLY', reasons: '', conditions: [libraryCondition] },
          ...deciding,
        },
      })
      .then(again));
  it('needs a second pair of eyes', () => {
    given(decider, ...reopened, again)
      .when({ type: 'approve-decision', data: { by: reviewer, at, proposal: 2, basis } })
      .refuses('same-person');
    given(decider, ...reopened, again)
      .when({ type: 'approve-decision', data: approvedAgain.data })
      .then(approvedAgain);
  });
  it('goes out in a letter of its own that names the one it takes the place of', () =>
    given(decider, ...reopened, again, approvedAgain)
      .when(notifyAgain())
      .then(...amended));
  it('does not go out under the number of the first', () =>
    given(decider, ...reopened, again, approvedAgain)
      .when(notifyAgain({ documentNumber: '정보화담당관-4821' }))
      .refuses('document-number-taken'));
  it('erases neither the first letter nor what was owed under it', () => {
    expect(after()).toMatchObject({ phase: 'under-review', documentNumber: '정보화담당관-4821', decided: { number: 1 } });
    expect(isAmending(after())).toBe(true);
    const state = after(again, approvedAgain, ...amended);
    expect(state).toMatchObject({
      ...{ phase: 'follow-up', documentNumber: '정보화담당관-4900', decided: { number: 2 } },
      letters: [{ documentNumber: '정보화담당관-4821' }, { documentNumber: '정보화담당관-4900' }],
      obligations: [
        { number: 1, status: 'lapsed' },
        { number: 2, status: 'open' },
      ],
    });
    expect(isAmending(state)).toBe(false);
  });
  it('ends what was owed under the first', () =>
    given(decider, ...reopened, again, approvedAgain, ...amended)
      .when({ type: 'submit-action-result', data: actionReported().data })
      .refuses('condition-settled', '1'));
  it('may be contested in its turn', () =>
    given(decider, ...reopened, again, approvedAgain, ...amended)
      .when(raise({ at: '2026-12-10T01:00:00Z' }))
      .then({
        type: 'objection-raised',
        data: { ...objected(2, '정보화담당관-4900').data, at: '2026-12-10T01:00:00Z' },
      }));
  it('leaves no way to take back or send back a case that has a letter', () => {
    given(decider, ...reopened)
      .when({ type: 'withdraw-consultation', data: { by: applicant, at, reason: '사유' } })
      .refuses('letter-stands', '정보화담당관-4821');
    const asked = {
      ...happened.correctionRequested(),
      data: { ...happened.correctionRequested().data, respondBy: '2026-12-02' },
    };
    given(decider, ...reopened, asked)
      .when({ type: 'return-consultation', data: { by: reviewer, at, reason: '사유' } })
      .refuses('letter-stands');
  });
});

describe('a plan on hold', () => {
  const abandon = (more: object = {}): ConsultationCommand => ({
    type: 'abandon-held-plan',
    data: { ...abandoned().data, ...more },
  });
  it('is abandoned by the applicant with a reason', () =>
    given(decider, ...held)
      .when(abandon())
      .then(abandoned()));
  it('is satisfied when it is abandoned for that reason', () =>
    given(decider, ...held, abandoned())
      .when(abandon())
      .then());
  it('is abandoned by nobody else', () =>
    given(decider, ...held)
      .when(abandon({ by: reviewer }))
      .refuses('not-the-applicant'));
  it('needs a reason', () =>
    given(decider, ...held)
      .when(abandon({ reason: '' }))
      .refuses('required'));
  it.each([
    ['a conditional letter', letter],
    ['no letter', decided],
    ['an objection under review', [...held, objected()]],
    ['another reason already', [...held, abandoned(), overdue()].slice(0, -1)],
  ])('is not what a case is with %s', (_, history) =>
    given(decider, ...history)
      .when(abandon({ reason: '다른 사유' }))
      .refuses('not-on-hold'),
  );
});
