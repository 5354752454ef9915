import {
  applicant,
  approver,
  basis,
  candidate,
  city,
  deciding,
  finding,
  given,
  groundwater,
  happened,
  libraryCondition,
  machine,
  opinionsAsNamed,
  outsider,
  planContent,
  planVersion,
  province,
  reviewer,
} from '../testing.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import type { ConsultationEvent, DecisionProposed } from './events.js';

const { drafted, submitted, received, screened, confirmed, dismissed, correctionRequested, responded } = happened;
const { proposed, sentBack, approved, notified, withdrawn, returned } = happened;

const at = '2026-11-16T01:00:00Z';
const byApplicant = { by: applicant, at };
const byReviewer = { by: reviewer, at };
const byApprover = { by: approver, at };

const inReview = [drafted(), submitted(), screened(), received()];
const settled = [...inReview, confirmed()];
const pending = [...settled, proposed()];
const ended = {
  notified: [...pending, approved(), notified()],
  returned: [drafted(), submitted(), returned()],
  withdrawn: [...inReview, withdrawn()],
};

const draftCommand = (): ConsultationCommand => ({ type: 'draft-consultation', data: drafted().data });
const confirmCommand = (more: object = {}): ConsultationCommand => ({
  type: 'confirm-overlap',
  data: { ...byReviewer, candidate: groundwater.id, relation: 'DUPLICATES', reason: '같은 업무이다.', ...more },
});
const requestCommand = (more: object = {}): ConsultationCommand => ({
  type: 'request-correction',
  data: { ...byReviewer, items: [{ pointer: '/budgetKrw', text: '산출 근거를 적으세요.' }], respondBy: '2026-11-30', ...more },
});
const respondCommand = (more: object = {}): ConsultationCommand => {
  const { round, answers, plan } = responded().data;
  return { type: 'respond-to-correction', data: { ...byApplicant, round, answers, plan, ...more } };
};
const proposeCommand = (more: object = {}): ConsultationCommand => {
  const conditions = [libraryCondition];
  return {
    type: 'propose-decision',
    data: { ...byReviewer, outcome: 'PROCEED_CONDITIONALLY', reasons: '', conditions, ...deciding, ...more },
  };
};
/** What `proposeCommand` leads to. */
const anew = (more: object = {}): DecisionProposed => ({
  type: 'decision-proposed',
  data: {
    ...{ ...byReviewer, proposal: 1, outcome: 'PROCEED_CONDITIONALLY', reasons: '' },
    ...{ opinions: opinionsAsNamed, conditions: [{ number: 1, ...libraryCondition }], basis, ...more },
  },
});
const proposeHold = (reasons: string) => proposeCommand({ outcome: 'HOLD', conditions: [], reasons });
const approveCommand = (more: object = {}): ConsultationCommand => ({
  type: 'approve-decision',
  data: { ...byApprover, proposal: 1, basis, ...more },
});
const notifyCommand = (more: object = {}): ConsultationCommand => ({
  type: 'notify-result',
  data: { ...byReviewer, proposal: 1, documentNumber: '정보화담당관-4821', ...more },
});
const recordCommand = (more: object = {}, by = machine): ConsultationCommand => ({
  type: 'record-screening',
  data: { by, at, finding: { ...finding(planVersion(1), [groundwater]), ...more } },
});
const returnCommand = (more: object = {}): ConsultationCommand => ({
  type: 'return-consultation',
  data: { ...byReviewer, reason: '제안요청서가 빠져 있다.', ...more },
});
const withdrawCommand = (more: object = {}): ConsultationCommand => ({
  type: 'withdraw-consultation',
  data: { ...byApplicant, reason: '예산이 삭감되었다.', ...more },
});
const receiveCommand = (more: object = {}): ConsultationCommand => ({
  type: 'receive-consultation',
  data: { by: reviewer, at: received().data.at, track: 'standard', dueOn: '2026-12-02', ruleSet: 'sample-2024', ...more },
});

describe('drafting and submitting', () => {
  it('drafts a consultation with the names as they are now', () => given(decider).when(draftCommand()).then(drafted()));
  it('is satisfied when the very same draft exists', () => given(decider, drafted()).when(draftCommand()).then());
  it('does not draft another consultation under the same number', () =>
    given(decider, drafted())
      .when({ type: 'draft-consultation', data: { ...drafted().data, project: 'p-2' } })
      .refuses('already-drafted'));
  it('does not let an agency review its own plan', () =>
    given(decider)
      .when({ type: 'draft-consultation', data: { ...drafted().data, authority: city } })
      .refuses('own-submission', city.name));
  it('lets only the applicant draft', () =>
    given(decider)
      .when({ type: 'draft-consultation', data: { ...drafted().data, by: outsider } })
      .refuses('not-the-applicant', city.name));
  it('knows no consultation before it is drafted', () =>
    given(decider).when({ type: 'submit-consultation', data: byApplicant }).refuses('no-such-consultation'));

  it('revises a draft', () =>
    given(decider, drafted())
      .when({ type: 'revise-draft', data: { ...byApplicant, plan: planVersion(2) } })
      .then({ type: 'draft-revised', data: { ...byApplicant, plan: planVersion(2) } }));
  it('is satisfied when the revised draft reads the same', () =>
    given(decider, drafted())
      .when({ type: 'revise-draft', data: { ...byApplicant, plan: planVersion(1) } })
      .then());
  it('does not use a version number for two texts', () =>
    given(decider, drafted())
      .when({ type: 'revise-draft', data: { ...byApplicant, plan: planVersion(1, planContent, 'f') } })
      .refuses('plan-version-out-of-order'));
  it('revises only a draft', () =>
    given(decider, drafted(), submitted())
      .when({ type: 'revise-draft', data: { ...byApplicant, plan: planVersion(2) } })
      .refuses('wrong-phase'));
  it('lets only the applicant revise', () =>
    given(decider, drafted())
      .when({ type: 'revise-draft', data: { ...byReviewer, plan: planVersion(2) } })
      .refuses('not-the-applicant'));

  it('files the draft as it stands', () =>
    given(decider, drafted(), { type: 'draft-revised', data: { ...byApplicant, plan: planVersion(2) } })
      .when({ type: 'submit-consultation', data: byApplicant })
      .then({ type: 'consultation-submitted', data: { ...byApplicant, plan: planVersion(2) } }));
  it('is satisfied when it is filed already', () =>
    given(decider, drafted(), submitted()).when({ type: 'submit-consultation', data: byApplicant }).then());
  it('does not file again what is being reviewed', () =>
    given(decider, ...inReview)
      .when({ type: 'submit-consultation', data: byApplicant })
      .refuses('wrong-phase'));
  it('lets only the applicant submit', () =>
    given(decider, drafted()).when({ type: 'submit-consultation', data: byReviewer }).refuses('not-the-applicant'));
});

describe('intake', () => {
  it('receives what was submitted', () => given(decider, drafted(), submitted()).when(receiveCommand()).then(received()));
  it('is satisfied when it is received already', () =>
    given(decider, ...inReview)
      .when(receiveCommand())
      .then());
  it('does not receive again with another due date', () =>
    given(decider, ...inReview)
      .when(receiveCommand({ dueOn: '2026-12-09' }))
      .refuses('wrong-phase'));
  it('does not receive a draft', () => given(decider, drafted()).when(receiveCommand()).refuses('wrong-phase'));
  it('does not fall due on the day of receipt', () =>
    given(decider, drafted(), submitted())
      .when(receiveCommand({ dueOn: '2026-11-02' }))
      .refuses('due-before-receipt', '2026. 11. 2.'));
  it('knows the tracks', () =>
    given(decider, drafted(), submitted())
      .when(receiveCommand({ track: 'express' }))
      .refuses('unknown-choice', 'standard'));
  it('lets only the authority receive', () =>
    given(decider, drafted(), submitted())
      .when(receiveCommand({ by: outsider }))
      .refuses('not-the-authority', province.name));

  it('returns what was submitted, with a reason', () =>
    given(decider, drafted(), submitted())
      .when(returnCommand({ at: returned().data.at }))
      .then(returned()));
  it('does not return without a reason', () =>
    given(decider, drafted(), submitted())
      .when(returnCommand({ reason: ' ' }))
      .refuses('required'));
  it('does not return a case under review', () =>
    given(decider, ...inReview)
      .when(returnCommand())
      .refuses('wrong-phase'));
  it('does not return a case while the applicant may still answer', () =>
    given(decider, ...inReview, correctionRequested())
      .when(returnCommand({ at: '2026-11-19T14:59:00Z' }))
      .refuses('answer-not-overdue', '2026. 11. 19.'));
  it('returns a case when the answer is overdue, by the calendar of Seoul', () => {
    const later = returnCommand({ at: '2026-11-19T15:00:00Z' });
    given(decider, ...inReview, correctionRequested())
      .when(later)
      .then({ ...returned(), data: { ...returned().data, at: '2026-11-19T15:00:00Z' } });
  });
  it('is satisfied when it is returned for that reason already', () =>
    given(decider, ...ended.returned)
      .when(returnCommand())
      .then());
  it('lets only the authority return', () =>
    given(decider, drafted(), submitted())
      .when(returnCommand({ by: outsider }))
      .refuses('not-the-authority'));
});

describe('nobody of the applicant agency takes part in the review', () => {
  it.each([
    ['receive', receiveCommand({ by: applicant })],
    ['return', returnCommand({ by: applicant })],
    ['record a screening', recordCommand({}, applicant)],
    ['settle an overlap', confirmCommand({ by: applicant })],
    ['request a correction', requestCommand({ by: applicant })],
    ['propose a decision', proposeCommand({ by: applicant })],
    ['approve a decision', approveCommand({ by: applicant })],
    ['send a decision back', { type: 'send-back-decision', data: { ...byApplicant, proposal: 1, reason: '다시' } } as const],
    ['notify the result', notifyCommand({ by: applicant })],
  ])('the applicant may not %s', (_, command) =>
    given(decider, ...pending)
      .when(command)
      .refuses('own-submission', city.name),
  );

  it.each([
    ['settle an overlap', confirmCommand({ by: outsider })],
    ['request a correction', requestCommand({ by: outsider })],
    ['propose a decision', proposeCommand({ by: outsider })],
    ['approve a decision', approveCommand({ by: outsider })],
    ['notify the result', notifyCommand({ by: outsider })],
  ])('another agency may not %s either', (_, command) =>
    given(decider, ...pending)
      .when(command)
      .refuses('not-the-authority'),
  );
});

describe('screening', () => {
  it('records a finding about the plan under review', () =>
    given(decider, drafted(), submitted())
      .when(recordCommand())
      .then({ type: 'overlap-screened', data: { by: machine, at, finding: finding(planVersion(1), [groundwater]) } }));
  it('is satisfied when the same finding is recorded already', () =>
    given(decider, ...inReview)
      .when(recordCommand())
      .then());
  it('records a finding of another engine or of a newer inventory', () => {
    const newer = finding(planVersion(1), [groundwater], '101');
    const other = { ...finding(planVersion(1), [groundwater]), engine: { name: 'overlap', version: '1.1.0' } };
    for (const each of [newer, other]) {
      given(decider, ...inReview)
        .when(recordCommand(each))
        .then({ type: 'overlap-screened', data: { by: machine, at, finding: each } });
    }
  });
  it('does not go back to an older inventory', () =>
    given(decider, ...inReview)
      .when(recordCommand({ inventoryPosition: '99' }))
      .then());
  it('does not record a finding about another version of the plan', () =>
    given(decider, ...inReview)
      .when(recordCommand(finding(planVersion(2), [groundwater])))
      .refuses('screened-another-version', '2'));
  it('does not record a finding about a draft', () => given(decider, drafted()).when(recordCommand()).refuses('not-submitted'));
  it.each(Object.entries(ended))('takes a late finding without harm when the case is %s', (_, history) =>
    given(decider, ...history)
      .when(recordCommand({ inventoryPosition: '999' }))
      .then(),
  );
  it('voids the approval of a decision when the plan is screened anew before the letter', () =>
    given(decider, ...pending, approved())
      .when(recordCommand({ inventoryPosition: '999' }))
      .then(
        { type: 'approval-invalidated', data: { by: machine, at, proposal: 1, because: 'screened-anew' } },
        { type: 'overlap-screened', data: { by: machine, at, finding: finding(planVersion(1), [groundwater], '999') } },
      ));
  it('does not take a candidate at the threshold that is not flagged', () =>
    given(decider, drafted(), submitted())
      .when(recordCommand({ candidates: [candidate('s', '시스템', 0.5, false)] }))
      .refuses('unflagged-candidate'));
  it('does not take a candidate twice', () =>
    given(decider, drafted(), submitted())
      .when(recordCommand({ candidates: [groundwater, groundwater] }))
      .refuses('repeated-candidate'));
  it('takes what is certain and what is impossible', () => {
    const list = [candidate('s-1', '시스템', 1, true), candidate('s-2', '시스템', 0, false)];
    given(decider, drafted(), submitted())
      .when(recordCommand({ candidates: list }))
      .then({ type: 'overlap-screened', data: { by: machine, at, finding: finding(planVersion(1), list) } });
  });
  it('does not take a probability above one', () =>
    given(decider, drafted(), submitted())
      .when(recordCommand({ candidates: [candidate('s', '시스템', 1.5, true)] }))
      .refuses('invalid-probability'));
});

describe('settling overlaps', () => {
  it('confirms an overlap with its relation and reason', () =>
    given(decider, ...inReview)
      .when({ type: 'confirm-overlap', data: confirmed().data })
      .then(confirmed()));
  it('dismisses an overlap with its relation and reason', () =>
    given(decider, ...inReview)
      .when({ type: 'dismiss-overlap', data: dismissed().data })
      .then(dismissed()));
  it('settles while the applicant is answering too', () =>
    given(decider, ...inReview, correctionRequested())
      .when({ type: 'confirm-overlap', data: confirmed().data })
      .then(confirmed()));
  it('is satisfied when it is settled that way already', () =>
    given(decider, ...settled)
      .when({ type: 'confirm-overlap', data: confirmed().data })
      .then());
  it('settles anew when the reviewer thinks otherwise', () =>
    given(decider, ...settled)
      .when({ type: 'dismiss-overlap', data: dismissed().data })
      .then(dismissed()));
  it('needs a reason', () =>
    given(decider, ...inReview)
      .when(confirmCommand({ reason: '' }))
      .refuses('required'));
  it('does not confirm as an overlap what is none', () =>
    given(decider, ...inReview)
      .when(confirmCommand({ relation: 'SUCCESSOR_OF' }))
      .refuses('unknown-choice', 'DUPLICATES'));
  it('does not dismiss what it calls a duplicate', () =>
    given(decider, ...inReview)
      .when({ type: 'dismiss-overlap', data: { ...dismissed().data, relation: 'DUPLICATES' as never } })
      .refuses('unknown-choice', 'UNRELATED'));
  it('settles only candidates of the newest finding', () =>
    given(decider, ...inReview, screened([], planVersion(1), '101'))
      .when(confirmCommand())
      .refuses('not-a-candidate', groundwater.id));
  it('does not settle while the decision waits for approval', () =>
    given(decider, ...pending)
      .when(confirmCommand())
      .refuses('wrong-phase'));
});

describe('corrections', () => {
  it('asks for numbered items by a day', () => {
    const { items, respondBy, at: asked } = correctionRequested().data;
    given(decider, ...inReview)
      .when(requestCommand({ items: items.map(({ pointer, text }) => ({ pointer, text })), respondBy, at: asked }))
      .then(correctionRequested());
  });
  it('numbers the rounds', () =>
    given(decider, ...inReview, correctionRequested(), responded())
      .when(requestCommand({ items: [{ pointer: '/budgetKrw', text: '산출 근거를 적으세요.', because: '답변에서 드러났다.' }] }))
      .then({
        type: 'correction-requested',
        data: {
          ...byReviewer,
          round: 2,
          items: [{ number: 1, pointer: '/budgetKrw', text: '산출 근거를 적으세요.', because: '답변에서 드러났다.' }],
          respondBy: '2026-11-30',
        },
      }));
  it('is satisfied when the same request is open', () => {
    const { items, respondBy } = correctionRequested().data;
    given(decider, ...inReview, correctionRequested())
      .when(requestCommand({ items, respondBy }))
      .then();
  });
  it('keeps one round open at a time', () =>
    given(decider, ...inReview, correctionRequested())
      .when(requestCommand())
      .refuses('open-correction', '2026. 11. 19.'));
  it('asks for something', () =>
    given(decider, ...inReview)
      .when(requestCommand({ items: [] }))
      .refuses('required'));
  it.each(['/functions/3', '/functions/length', '/nothing', '/title/0', 'xtitle'])(
    'does not point at %s, which the plan has not',
    (pointer) =>
      given(decider, ...inReview)
        .when(requestCommand({ items: [{ pointer, text: '적으세요.' }] }))
        .refuses('unknown-pointer', pointer),
  );
  it('leaves the applicant at least a day, by the calendar of Seoul', () =>
    given(decider, ...inReview)
      .when(requestCommand({ at: '2026-11-29T15:00:00Z', respondBy: '2026-11-30' }))
      .refuses('respond-by-too-early', '2026. 11. 30.'));
  it('asks only while reviewing', () => given(decider, drafted(), submitted()).when(requestCommand()).refuses('wrong-phase'));

  const awaiting = [...inReview, correctionRequested()];
  it('takes the answers with the next version of the plan', () =>
    given(decider, ...awaiting)
      .when({ type: 'respond-to-correction', data: responded().data })
      .then(responded()));
  it('takes the answers with the plan unchanged', () =>
    given(decider, ...awaiting)
      .when(respondCommand({ plan: planVersion(1) }))
      .then({ ...responded(planVersion(1)), data: { ...responded(planVersion(1)).data, at } }));
  it('is satisfied when the same answer is in already', () =>
    given(decider, ...awaiting, responded())
      .when(respondCommand())
      .then());
  it('does not take another answer afterwards', () =>
    given(decider, ...awaiting, responded())
      .when(respondCommand({ plan: planVersion(1) }))
      .refuses('no-open-correction'));
  it('wants every item answered and says which is missing', () =>
    given(decider, ...awaiting)
      .when(respondCommand({ answers: [{ number: 1, answer: '네' }] }))
      .refuses('answers-do-not-match', '2'));
  it('takes no answer to an item that was not asked', () =>
    given(decider, ...awaiting)
      .when(respondCommand({ answers: [1, 2, 7].map((number) => ({ number, answer: '네' })) }))
      .refuses('answers-do-not-match', '7'));
  it('takes no two answers to one item', () =>
    given(decider, ...awaiting)
      .when(respondCommand({ answers: [1, 2, 2].map((number) => ({ number, answer: '네' })) }))
      .refuses('answers-do-not-match', '2'));
  it('takes no empty answer', () =>
    given(decider, ...awaiting)
      .when(respondCommand({ answers: [1, 2].map((number) => ({ number, answer: '' })) }))
      .refuses('required'));
  it('takes no answer to another round', () =>
    given(decider, ...awaiting)
      .when(respondCommand({ round: 2 }))
      .refuses('another-round', '1'));
  it('takes no version that leaves a gap', () =>
    given(decider, ...awaiting)
      .when(respondCommand({ plan: planVersion(3) }))
      .refuses('plan-version-out-of-order'));
  it('takes no other text under the same version', () =>
    given(decider, ...awaiting)
      .when(respondCommand({ plan: planVersion(1, planContent, 'f') }))
      .refuses('plan-version-out-of-order'));
  it('takes no new version with the old text', () =>
    given(decider, ...awaiting)
      .when(respondCommand({ plan: planVersion(2, planContent, '1') }))
      .refuses('plan-version-out-of-order'));
  it('lets only the applicant answer', () =>
    given(decider, ...awaiting)
      .when(respondCommand({ by: reviewer }))
      .refuses('not-the-applicant'));
});

describe('proposing a decision', () => {
  it('proposes outcome, reasons and numbered conditions on what was shown', () => {
    given(decider, ...settled)
      .when(proposeCommand({ reasons: '연계하기로 함' }))
      .then(anew({ reasons: '연계하기로 함' }));
  });
  it('is satisfied when the same person has proposed the same', () => {
    given(decider, ...settled, anew())
      .when(proposeCommand())
      .then();
  });
  it('keeps one proposal at a time', () =>
    given(decider, ...pending)
      .when(proposeCommand())
      .refuses('proposal-pending', '1'));
  it('needs the plan screened', () =>
    given(decider, drafted(), submitted(), received()).when(proposeCommand()).refuses('not-screened', '1'));
  it('needs the newest version of the plan screened', () =>
    given(decider, ...settled, correctionRequested(), responded())
      .when(proposeCommand())
      .refuses('not-screened', '2'));
  it('needs every flagged candidate settled and says which is not', () =>
    given(decider, ...inReview)
      .when(proposeCommand())
      .refuses('unsettled-overlap', groundwater.name));
  it('needs no settlement of a candidate below the threshold', () =>
    given(decider, ...settled)
      .when(proposeHold(''))
      .then(anew({ outcome: 'HOLD', conditions: [] })));
  it('lets a settlement stand when the candidate is no more probable in the newest finding', () => {
    const again = screened([candidate(groundwater.id, groundwater.name, 0.9, true)], planVersion(2), '110');
    given(decider, ...settled, correctionRequested(), responded(), again)
      .when(proposeCommand())
      .then(anew());
  });
  it('wants a settlement renewed when the candidate has become more probable', () => {
    const again = screened([candidate(groundwater.id, groundwater.name, 0.92, true)], planVersion(2), '110');
    given(decider, ...settled, correctionRequested(), responded(), again)
      .when(proposeCommand())
      .refuses('unsettled-overlap', groundwater.id);
  });
  it('waits for the answer to an open request', () =>
    given(decider, ...settled, correctionRequested())
      .when(proposeCommand())
      .refuses('open-correction'));
  it('does not propose before receipt', () =>
    given(decider, drafted(), submitted(), screened([])).when(proposeCommand()).refuses('wrong-phase'));
  it('needs a condition to proceed conditionally', () =>
    given(decider, ...settled)
      .when(proposeCommand({ conditions: [] }))
      .refuses('condition-missing'));
  it.each(['PROCEED', 'HOLD'])('puts no conditions on %s', (outcome) =>
    given(decider, ...settled)
      .when(proposeCommand({ outcome }))
      .refuses('condition-without-conditional-outcome'),
  );
  it('ties a condition only to a candidate of the newest finding', () =>
    given(decider, ...settled)
      .when(proposeCommand({ conditions: [{ ...libraryCondition, candidate: 's-elsewhere' }] }))
      .refuses('not-a-candidate', 's-elsewhere'));
  it('holds only with a confirmed overlap or a stated ground', () => {
    const without = [...inReview, dismissed()];
    given(decider, ...without)
      .when(proposeHold(' '))
      .refuses('hold-without-ground');
    given(decider, ...without)
      .when(proposeHold('예산이 확보되지 않았다.'))
      .then(anew({ outcome: 'HOLD', reasons: '예산이 확보되지 않았다.', conditions: [] }));
  });
  it('says on which view it was decided', () =>
    given(decider, ...settled)
      .when(proposeCommand({ basis: { ...basis, viewHash: '' } }))
      .refuses('invalid-hash'));
});

describe('approving and notifying', () => {
  it('is approved by another person', () =>
    given(decider, ...pending)
      .when(approveCommand({ at: approved().data.at }))
      .then(approved()));
  it('is satisfied when the same person has approved it', () =>
    given(decider, ...pending, approved())
      .when(approveCommand())
      .then());
  it('is not approved by the proposer', () =>
    given(decider, ...pending)
      .when(approveCommand({ by: reviewer }))
      .refuses('same-person'));
  it('approves only the current proposal', () =>
    given(decider, ...pending, sentBack(), proposed(2))
      .when(approveCommand({ proposal: 1 }))
      .refuses('not-the-current-proposal', '2'));
  it('approves nothing that is not proposed', () =>
    given(decider, ...settled)
      .when(approveCommand())
      .refuses('wrong-phase'));
  it('does not approve over a candidate found since the proposal', () =>
    given(decider, ...pending, screened([groundwater, candidate('s-new', '새 시스템', 0.7, true)], planVersion(1), '130'))
      .when(approveCommand())
      .refuses('unsettled-overlap', '새 시스템'));

  it('is sent back with a reason', () =>
    given(decider, ...pending)
      .when({ type: 'send-back-decision', data: sentBack().data })
      .then(sentBack()));
  it('is satisfied when it is sent back for that reason already', () =>
    given(decider, ...pending, sentBack())
      .when({ type: 'send-back-decision', data: sentBack().data })
      .then());
  it('is not sent back without a reason', () =>
    given(decider, ...pending)
      .when({ type: 'send-back-decision', data: { ...sentBack().data, reason: '' } })
      .refuses('required'));
  it('sends back only the current proposal', () =>
    given(decider, ...pending)
      .when({ type: 'send-back-decision', data: { ...sentBack().data, proposal: 2 } })
      .refuses('not-the-current-proposal'));
  it('does not send back what is approved', () =>
    given(decider, ...pending, approved())
      .when({ type: 'send-back-decision', data: sentBack().data })
      .refuses('wrong-phase'));
  it('numbers the proposals', () =>
    given(decider, ...pending, sentBack())
      .when(proposeHold(''))
      .then(anew({ proposal: 2, outcome: 'HOLD', conditions: [] })));

  it('notifies what was approved, by letter', () =>
    given(decider, ...pending, approved())
      .when(notifyCommand({ at: notified().data.at }))
      .then(notified()));
  it('is satisfied when that letter is out already', () =>
    given(decider, ...ended.notified)
      .when(notifyCommand())
      .then());
  it('does not notify what is not approved', () =>
    given(decider, ...pending)
      .when(notifyCommand())
      .refuses('wrong-phase'));
  it('notifies only the current proposal', () =>
    given(decider, ...pending, approved())
      .when(notifyCommand({ proposal: 2 }))
      .refuses('not-the-current-proposal'));
  it.each(['', '4821', '정보화담당관', '정보화담당관-', '정보화담당관-12a', '-4821'])(
    'does not take “%s” for a document number',
    (documentNumber) =>
      given(decider, ...pending, approved())
        .when(notifyCommand({ documentNumber }))
        .refuses('document-number', '디지털정책과-1234'),
  );
  it.each(['디지털정책과-1234', '정보화담당관-4821(2026. 11. 18.)'])('takes %s for a document number', (documentNumber) =>
    given(decider, ...pending, approved())
      .when(notifyCommand({ documentNumber }))
      .then({ ...notified(), data: { ...notified().data, at, documentNumber } }),
  );
});

describe('withdrawing', () => {
  it.each([
    ['a draft', [drafted()]],
    ['a submission', [drafted(), submitted()]],
    ['a case under review', inReview],
    ['a case with an open request', [...inReview, correctionRequested()]],
    ['a case decided but not notified', [...pending, approved()]],
  ])('the applicant may withdraw %s', (_, history) =>
    given(decider, ...history)
      .when(withdrawCommand({ at: withdrawn().data.at }))
      .then(withdrawn()),
  );
  it('is satisfied when it is withdrawn for that reason already', () =>
    given(decider, ...ended.withdrawn)
      .when(withdrawCommand())
      .then());
  it('cannot be withdrawn after notification', () =>
    given(decider, ...ended.notified)
      .when(withdrawCommand())
      .refuses('consultation-over'));
  it('needs a reason', () =>
    given(decider, ...inReview)
      .when(withdrawCommand({ reason: '' }))
      .refuses('required'));
  it('lets only the applicant withdraw', () =>
    given(decider, ...inReview)
      .when(withdrawCommand({ by: reviewer }))
      .refuses('not-the-applicant'));
});

describe.each(Object.entries(ended))('a consultation that is %s', (_, history) => {
  it.each([
    requestCommand(),
    respondCommand({ round: 9 }),
    proposeCommand(),
    approveCommand({ proposal: 9 }),
    notifyCommand({ documentNumber: '다른과-1' }),
    returnCommand({ reason: '다른 사유' }),
    withdrawCommand({ reason: '다른 사유' }),
    { type: 'submit-consultation', data: byApplicant } as const,
  ])('is over: $type', (command) =>
    given(decider, ...history)
      .when(command)
      .refuses('consultation-over'),
  );
});

it('ignores an event that it does not know', () => {
  const state = pending.reduce(decider.evolve, decider.initialState);
  expect(decider.evolve(state, { type: 'made-up', data: {} } as never)).toEqual(state);
});

it.each<[string, ConsultationCommand, readonly ConsultationEvent[], string]>([
  ['no consultation id', { type: 'draft-consultation', data: { ...drafted().data, consultation: '' } }, [], 'required'],
  ['no project', { type: 'draft-consultation', data: { ...drafted().data, project: '' } }, [], 'required'],
  [
    'a plan without a hash',
    { type: 'draft-consultation', data: { ...drafted().data, plan: { ...planVersion(1), hash: 'x' } } },
    [],
    'invalid-hash',
  ],
  [
    'a plan of version 0',
    { type: 'draft-consultation', data: { ...drafted().data, plan: planVersion(0) } },
    [],
    'invalid-version',
  ],
  [
    'an authority without an id',
    { type: 'draft-consultation', data: { ...drafted().data, authority: { ...province, id: '' } } },
    [],
    'required',
  ],
  [
    'an authority without a name',
    { type: 'draft-consultation', data: { ...drafted().data, authority: { ...province, name: '' } } },
    [],
    'required',
  ],
  [
    'an authority of no known tier',
    { type: 'draft-consultation', data: { ...drafted().data, authority: { ...province, tier: 'VILLAGE' as never } } },
    [],
    'unknown-choice',
  ],
  [
    'a revised plan of version 0',
    { type: 'revise-draft', data: { ...byApplicant, plan: planVersion(0) } },
    [drafted()],
    'invalid-version',
  ],
  ['a due date that does not exist', receiveCommand({ dueOn: '2026-11-31' }), [drafted(), submitted()], 'invalid-date'],
  ['no rule set', receiveCommand({ ruleSet: '' }), [drafted(), submitted()], 'required'],
  ['a date to answer by that does not exist', requestCommand({ respondBy: '2026-11-31' }), inReview, 'invalid-date'],
  ['an item without text', requestCommand({ items: [{ pointer: '', text: '' }] }), inReview, 'required'],
  [
    'an answered plan with a budget below zero',
    respondCommand({ plan: planVersion(2, { ...planContent, budgetKrw: -1 }) }),
    [...inReview, correctionRequested()],
    'invalid-amount',
  ],
  ['an unknown outcome', proposeCommand({ outcome: 'RETURNED' }), settled, 'unknown-choice'],
  ['reasons with control characters', proposeCommand({ reasons: '\u0007' }), settled, 'control-character'],
  ['an empty condition', proposeCommand({ conditions: [{ text: '', dueOn: null, candidate: null }] }), settled, 'required'],
  [
    'a condition due on a day that does not exist',
    proposeCommand({ conditions: [{ text: '연계', dueOn: '2027-02-29', candidate: null }] }),
    settled,
    'invalid-date',
  ],
  ['a basis without a position', proposeCommand({ basis: { ...basis, position: '-1' } }), settled, 'invalid-position'],
  ['an approval without a basis', approveCommand({ basis: { ...basis, ruleSet: '' } }), pending, 'required'],
  ['a finding without a hash', recordCommand({ planHash: '' }), inReview, 'invalid-hash'],
  ['a finding without a position', recordCommand({ inventoryPosition: 'end' }), inReview, 'invalid-position'],
  ['a finding without a list of candidates', recordCommand({ candidates: null }), inReview, 'wrong-type'],
  ['items that are no list', requestCommand({ items: {} }), inReview, 'wrong-type'],
  [
    'an item that points nowhere in particular',
    requestCommand({ items: [{ pointer: 7, text: '적으세요.' }] }),
    inReview,
    'wrong-type',
  ],
  ['answers that are no list', respondCommand({ answers: null }), [...inReview, correctionRequested()], 'wrong-type'],
  ['conditions that are no list', proposeCommand({ conditions: {} }), settled, 'wrong-type'],
  ['a candidate without an id', recordCommand({ candidates: [candidate('', '시스템', 0.2, false)] }), inReview, 'required'],
])('is malformed: %s', (_, command, history, code) =>
  given(decider, ...history)
    .when(command)
    .refuses(code),
);

it('does not take a command without who and when', () => {
  given(decider, ...inReview)
    .when(withdrawCommand({ at: '2026-02-30T00:00:00Z' }))
    .refuses('invalid-instant');
  given(decider, ...inReview)
    .when(withdrawCommand({ by: { person: '', agency: city.id } }))
    .refuses('required');
  given(decider, ...inReview)
    .when(withdrawCommand({ by: { person: applicant.person, agency: '' } }))
    .refuses('required');
});
