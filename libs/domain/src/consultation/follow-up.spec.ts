import {
  applicant,
  approver,
  given,
  groundwater,
  happened,
  machine,
  outsider,
  planVersion,
  province,
  reviewer,
} from '../testing.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import type { Condition, ConsultationEvent } from './events.js';

const { drafted, submitted, received, screened, confirmed, proposed, approved, notified, withdrawn } = happened;
const { actionPlanned, actionReported, actionRejected, fulfilled, extended, overdue, closed } = happened;
const { waiverProposed, waiverDeclined, waived, recommended, recommendationAnswered } = happened;
const { correctionDemanded, remedied } = happened;

const conditions: readonly Condition[] = [
  { number: 1, text: '관정 대장을 도 시스템과 연계할 것', dueOn: '2027-03-31', candidate: groundwater.id },
  { number: 2, text: '운영비를 도와 나눌 것', dueOn: null, candidate: null },
];
const decided = [drafted(), submitted(), screened(), received(), confirmed(), proposed(), approved()];
/** One condition, due on 31 March 2027. */
const followUp = [...decided, notified()];
/** Two conditions, the second without a date. */
const two = [...decided, { ...notified(), data: { ...notified().data, conditions } }];
const reported = [...followUp, actionReported()];
const late = [...followUp, overdue()];

const planCommand = (more: object = {}): ConsultationCommand => ({
  type: 'submit-action-plan',
  data: { ...actionPlanned().data, ...more },
});
const reportCommand = (more: object = {}): ConsultationCommand => ({
  type: 'submit-action-result',
  data: { ...actionReported().data, ...more },
});
const verifyCommand = (more: object = {}): ConsultationCommand => ({
  type: 'verify-condition',
  data: { ...fulfilled().data, ...more },
});
const rejectCommand = (more: object = {}): ConsultationCommand => ({
  type: 'reject-action-result',
  data: { ...actionRejected().data, ...more },
});
const extendCommand = (more: object = {}): ConsultationCommand => ({
  type: 'extend-condition',
  data: { ...extended().data, ...more },
});
const proposeWaiverCommand = (more: object = {}): ConsultationCommand => ({
  type: 'propose-waiver',
  data: { ...waiverProposed().data, ...more },
});
const declineCommand = (more: object = {}): ConsultationCommand => ({
  type: 'decline-waiver',
  data: { ...waiverDeclined().data, ...more },
});
const waiveCommand = (more: object = {}): ConsultationCommand => ({
  type: 'waive-condition',
  data: { by: approver, at: waived().data.at, condition: 1, ...more },
});
const overdueCommand = (more: object = {}): ConsultationCommand => ({
  type: 'mark-condition-overdue',
  data: { ...overdue().data, ...more },
});
const recommendCommand = (more: object = {}): ConsultationCommand => ({
  type: 'issue-improvement-recommendation',
  data: { ...recommended().data, ...more },
});
const answerCommand = (more: object = {}): ConsultationCommand => ({
  type: 'answer-recommendation',
  data: { ...recommendationAnswered().data, ...more },
});

const applicants = [planCommand(), reportCommand(), answerCommand()];
const authoritys = [
  verifyCommand(),
  rejectCommand(),
  extendCommand(),
  proposeWaiverCommand(),
  declineCommand(),
  waiveCommand(),
  recommendCommand(),
];
const all = [...applicants, ...authoritys, overdueCommand()];
const as = (by: typeof reviewer, command: ConsultationCommand) =>
  ({ ...command, data: { ...command.data, by } }) as ConsultationCommand;

describe('what follows a conditional result', () => {
  it('is followed up only after a conditional letter', () => {
    const proceed = [...decided, { ...notified(), data: { ...notified().data, outcome: 'PROCEED' as const, conditions: [] } }];
    for (const history of [decided, proceed, [drafted(), withdrawn()]]) {
      for (const command of all.filter(({ type }) => type !== 'answer-recommendation')) {
        given(decider, ...history)
          .when(command)
          .refuses('not-in-follow-up');
      }
    }
  });
  it.each(all.filter(({ type }) => type !== 'answer-recommendation'))(
    'knows only the conditions of the letter: $type',
    (command) =>
      given(decider, ...followUp)
        .when({ ...command, data: { ...command.data, condition: 3 } } as ConsultationCommand)
        .refuses('no-such-condition', '3'),
  );
  it.each(applicants)('leaves the applicant’s part to the applicant: $type', (command) => {
    for (const by of [reviewer, outsider]) {
      given(decider, ...reported, recommended())
        .when(as(by, command))
        .refuses('not-the-applicant');
    }
  });
  it.each(authoritys)('leaves the authority’s part to the authority: $type', (command) => {
    given(decider, ...reported)
      .when(as(applicant, command))
      .refuses('own-submission');
    given(decider, ...reported)
      .when(as(outsider, command))
      .refuses('not-the-authority', province.name);
  });
  it('is not withdrawn any more', () =>
    given(decider, ...followUp)
      .when({ type: 'withdraw-consultation', data: { by: applicant, at: '2026-12-01T00:00:00Z', reason: '취소' } })
      .refuses('consultation-over'));
});

describe('an action plan', () => {
  it('says how and by when the condition will be met', () =>
    given(decider, ...followUp)
      .when(planCommand())
      .then(actionPlanned()));
  it('may be replaced', () =>
    given(decider, ...followUp, actionPlanned())
      .when(planCommand({ completeBy: '2027-03-15' }))
      .then({ ...actionPlanned(), data: { ...actionPlanned().data, completeBy: '2027-03-15' } }));
  it('is satisfied when the same plan is in', () =>
    given(decider, ...followUp, actionPlanned())
      .when(planCommand())
      .then());
  it('says something', () =>
    given(decider, ...followUp)
      .when(planCommand({ actionPlan: '' }))
      .refuses('required'));
  it('names a day that exists', () =>
    given(decider, ...followUp)
      .when(planCommand({ completeBy: '2027-02-29' }))
      .refuses('invalid-date'));
});

describe('a result', () => {
  it('comes with evidence, in words and as attached documents', () =>
    given(decider, ...followUp)
      .when(reportCommand())
      .then(actionReported()));
  it('needs evidence', () =>
    given(decider, ...followUp)
      .when(reportCommand({ evidence: [] }))
      .refuses('required'));
  it('needs evidence that says something', () =>
    given(decider, ...followUp)
      .when(reportCommand({ evidence: [{ text: '', attachment: null }] }))
      .refuses('required'));
  it('refers to attachments by their hash', () =>
    given(decider, ...followUp)
      .when(reportCommand({ evidence: [{ text: '결과서', attachment: '결과서.pdf' }] }))
      .refuses('invalid-hash'));
  it('says what was done', () =>
    given(decider, ...followUp)
      .when(reportCommand({ result: ' ' }))
      .refuses('required'));
  it('is satisfied when the same result waits already', () =>
    given(decider, ...reported)
      .when(reportCommand())
      .then());
  it('takes the place of the one before, under the next number', () =>
    given(decider, ...reported)
      .when(reportCommand({ result: '전량을 보낸다.' }))
      .then({ ...actionReported(2), data: { ...actionReported(2).data, result: '전량을 보낸다.' } }));
  it('may be submitted again after a rejection, also in the same words', () =>
    given(decider, ...reported, actionRejected())
      .when(reportCommand())
      .then(actionReported(2)));
});

describe('verification', () => {
  it('fulfils the condition, and the last one closes the case', () =>
    given(decider, ...reported)
      .when(verifyCommand())
      .then(fulfilled(), closed()));
  it('leaves the case open while another condition is', () =>
    given(decider, ...two, actionReported())
      .when(verifyCommand())
      .then(fulfilled()));
  it('closes the case with what was fulfilled and what was waived', () => {
    const history = [...two, waiverProposed(2), waived(2), actionReported()];
    given(decider, ...history)
      .when(verifyCommand())
      .then(fulfilled(), closed([1], [2]));
  });
  it('is satisfied when the condition is fulfilled by that result already, also after closing', () => {
    given(decider, ...reported, fulfilled(), closed())
      .when(verifyCommand())
      .then();
    given(decider, ...two, actionReported(), fulfilled())
      .when(verifyCommand())
      .then();
  });
  it.each([verifyCommand(), rejectCommand()])('looks at a result that is there: $type', (command) => {
    given(decider, ...followUp)
      .when(command)
      .refuses('nothing-to-verify');
    given(decider, ...reported, actionRejected())
      .when({ ...command, data: { ...command.data, reason: '다시' } } as ConsultationCommand)
      .refuses('nothing-to-verify');
  });
  it.each([verifyCommand(), rejectCommand()])('looks at the newest result: $type', (command) =>
    given(decider, ...reported, actionReported(2))
      .when(command)
      .refuses('not-the-newest-result', '2'),
  );
  it('rejects with a reason', () =>
    given(decider, ...reported)
      .when(rejectCommand())
      .then(actionRejected()));
  it('does not reject without a reason', () =>
    given(decider, ...reported)
      .when(rejectCommand({ reason: '' }))
      .refuses('required'));
  it('is satisfied when it is rejected for that reason already', () =>
    given(decider, ...reported, actionRejected())
      .when(rejectCommand())
      .then());
});

describe('an extension', () => {
  it('moves the date, and says from when and why', () =>
    given(decider, ...followUp)
      .when(extendCommand())
      .then(extended()));
  it('is satisfied when the date is extended so already', () =>
    given(decider, ...followUp, extended())
      .when(extendCommand())
      .then());
  it('moves it to a later day than the date in force', () =>
    given(decider, ...followUp, extended())
      .when(extendCommand({ dueOn: '2027-06-30', reason: '다시' }))
      .refuses('extension-not-later', '2027. 6. 30.'));
  it('moves it into the future, by the calendar of Seoul', () =>
    given(decider, ...late)
      .when(extendCommand({ at: '2027-04-04T15:00:00Z', dueOn: '2027-04-05' }))
      .refuses('extension-not-later', '2027. 4. 5.'));
  it('does not give a date to a condition that has none', () =>
    given(decider, ...two)
      .when(extendCommand({ condition: 2 }))
      .refuses('condition-without-date'));
  it('needs a reason', () =>
    given(decider, ...followUp)
      .when(extendCommand({ reason: '' }))
      .refuses('required'));
});

describe('a waiver', () => {
  it('is proposed with a reason', () =>
    given(decider, ...followUp)
      .when(proposeWaiverCommand())
      .then(waiverProposed()));
  it('is not proposed without a reason', () =>
    given(decider, ...followUp)
      .when(proposeWaiverCommand({ reason: '' }))
      .refuses('required'));
  it('is proposed once', () => {
    const history = [...followUp, waiverProposed()];
    given(decider, ...history)
      .when(proposeWaiverCommand())
      .then();
    given(decider, ...history)
      .when(proposeWaiverCommand({ by: approver }))
      .refuses('waiver-pending');
  });
  it('is granted by another person, for the reason proposed, and the last one closes the case', () =>
    given(decider, ...followUp, waiverProposed())
      .when(waiveCommand())
      .then(waived(), closed([], [1], waived().data.at, approver)));
  it('is not granted by who proposed it', () =>
    given(decider, ...followUp, waiverProposed())
      .when(waiveCommand({ by: reviewer }))
      .refuses('same-person'));
  it.each([waiveCommand(), declineCommand()])('is not decided before it is proposed: $type', (command) =>
    given(decider, ...followUp)
      .when(command)
      .refuses('no-waiver-proposed'),
  );
  it('is declined with a reason, and not granted afterwards', () => {
    given(decider, ...followUp, waiverProposed())
      .when(declineCommand())
      .then(waiverDeclined());
    given(decider, ...followUp, waiverProposed(), waiverDeclined())
      .when(waiveCommand())
      .refuses('no-waiver-proposed');
    given(decider, ...followUp, waiverProposed())
      .when(declineCommand({ reason: '' }))
      .refuses('required');
  });
  it('is satisfied when it is declined or granted already', () => {
    given(decider, ...followUp, waiverProposed(), waiverDeclined())
      .when(declineCommand())
      .then();
    given(decider, ...followUp, waiverProposed(), waived(), closed([], [1]))
      .when(waiveCommand())
      .then();
  });
});

describe('a condition that goes overdue', () => {
  it('is marked when its date has passed, by the calendar of Seoul', () => {
    given(decider, ...followUp)
      .when(overdueCommand({ at: '2027-03-31T14:59:59Z' }))
      .refuses('condition-not-overdue', '2027. 3. 31.');
    given(decider, ...followUp)
      .when(overdueCommand({ at: '2027-03-31T15:00:00Z' }))
      .then({ ...overdue(), data: { ...overdue().data, at: '2027-03-31T15:00:00Z' } });
  });
  it('is marked once, however often the timer fires', () =>
    given(decider, ...late)
      .when(overdueCommand({ at: '2027-04-02T00:00:00Z' }))
      .then());
  it('is not marked by the timer of a date that was extended', () =>
    given(decider, ...followUp, extended())
      .when(overdueCommand())
      .then());
  it('is marked again at the date to which it was extended', () =>
    given(decider, ...late, extended())
      .when(overdueCommand({ dueOn: '2027-06-30', at: '2027-07-01T00:00:00Z' }))
      .then({ ...overdue('2027-06-30'), data: { ...overdue('2027-06-30').data, at: '2027-07-01T00:00:00Z' } }));
  it('is not marked while a result waits for the authority, nor when it is settled', () => {
    given(decider, ...reported)
      .when(overdueCommand())
      .then();
    given(decider, ...reported, fulfilled(), closed())
      .when(overdueCommand())
      .then();
  });
  it('is not marked by the applicant', () =>
    given(decider, ...followUp)
      .when(as(applicant, overdueCommand()))
      .refuses('own-submission'));

  it('leads to a recommendation, to be answered by a day', () =>
    given(decider, ...late)
      .when(recommendCommand())
      .then(recommended()));
  it('is not recommended upon while it may still be met', () =>
    given(decider, ...followUp)
      .when(recommendCommand({ at: '2027-03-31T14:00:00Z' }))
      .refuses('nothing-to-recommend', '2027. 3. 31.'));
  it('is recommended upon after a result that did not do, and where there is no date', () => {
    const at = '2027-03-03T01:00:00Z';
    given(decider, ...reported, actionRejected())
      .when(recommendCommand({ at }))
      .then({ ...recommended(), data: { ...recommended().data, at } });
    given(decider, ...two)
      .when(recommendCommand({ at, condition: 2 }))
      .then({ ...recommended(), data: { ...recommended().data, at, condition: 2 } });
  });
  it('waits for the answer to one recommendation before the next', () => {
    given(decider, ...late, recommended())
      .when(recommendCommand())
      .then();
    given(decider, ...late, recommended())
      .when(recommendCommand({ text: '서둘러 시작할 것' }))
      .refuses('recommendation-open', '1');
    given(decider, ...late, recommended(), recommendationAnswered())
      .when(recommendCommand())
      .then({ ...recommended(), data: { ...recommended().data, recommendation: 2 } });
  });
  it('leaves at least a day for the answer', () =>
    given(decider, ...late)
      .when(recommendCommand({ answerBy: '2027-04-02' }))
      .refuses('respond-by-too-early', '2027. 4. 2.'));
  it('recommends something', () =>
    given(decider, ...late)
      .when(recommendCommand({ text: '' }))
      .refuses('required'));

  it('is answered once', () => {
    given(decider, ...late, recommended())
      .when(answerCommand())
      .then(recommendationAnswered());
    given(decider, ...late, recommended(), recommendationAnswered())
      .when(answerCommand())
      .then();
    given(decider, ...late, recommended(), recommendationAnswered())
      .when(answerCommand({ answer: '아니다.' }))
      .refuses('recommendation-answered');
  });
  it('answers a recommendation that was made, with words', () => {
    given(decider, ...late)
      .when(answerCommand())
      .refuses('no-such-recommendation', '1');
    given(decider, ...late, recommended())
      .when(answerCommand({ answer: '' }))
      .refuses('required');
  });
});

describe('a settled condition', () => {
  const settled = [...two, actionReported(), fulfilled()];
  it.each(
    all
      .filter(({ type }) => !['answer-recommendation', 'mark-condition-overdue'].includes(type))
      .map((command) => ({ ...command, data: { ...command.data, submission: 2, result: '더', reason: '다른 사유' } })),
  )('takes nothing more: $type', (command) =>
    given(decider, ...settled)
      .when(command as ConsultationCommand)
      .refuses('condition-settled', '1'),
  );
  it('leaves nothing to do on a closed case', () => {
    const over: readonly ConsultationEvent[] = [...late, recommended(), actionReported(), fulfilled(), closed()];
    given(decider, ...over)
      .when(answerCommand())
      .refuses('consultation-over');
    given(decider, ...over)
      .when({
        type: 'request-correction',
        data: { by: reviewer, at: '2027-05-01T00:00:00Z', items: [{ pointer: '', text: '더' }], respondBy: '2027-06-01' },
      })
      .refuses('consultation-over');
    expect(decider.evolve(over.reduce(decider.evolve, null), submitted(planVersion(1)))?.obligations[0]?.status).toBe(
      'fulfilled',
    );
  });
  it('is not marked overdue by the machine', () =>
    given(decider, ...settled)
      .when(as(machine, overdueCommand()))
      .then());
});

describe('a condition that asks for evidence', () => {
  const evidence = ['연계 설계서', '시험 결과서'];
  const asking: ConsultationEvent = {
    ...notified(),
    data: { ...notified().data, conditions: [{ ...conditions[0], number: 1, evidence } as Condition] },
  };
  const given1 = { text: '설계서', attachment: null, requirement: 1 };
  const given2 = { text: '결과서', attachment: 'e'.repeat(64), requirement: 2 };
  const besides = { text: '회의록', attachment: null };

  it('is reported on with every piece that it asks for, and whatever else there is', () =>
    given(decider, ...decided, asking)
      .when(reportCommand({ evidence: [given1, besides, given2] }))
      .then({
        type: 'action-result-submitted',
        data: { ...actionReported().data, evidence: [given1, besides, given2] },
      }));
  it.each([
    ['a piece is missing', [given1, besides], '시험 결과서'],
    ['no piece says which it is', [besides], '연계 설계서'],
    ['a piece is said to be one that is not asked for', [given1, given2, { ...besides, requirement: 3 }], '2'],
  ])('is not reported on when %s', (_, pieces, mention) =>
    given(decider, ...decided, asking)
      .when(reportCommand({ evidence: pieces }))
      .refuses('required-evidence-missing', mention),
  );
  it('of before there was such evidence takes any', () =>
    given(decider, ...followUp)
      .when(reportCommand())
      .then(actionReported()));
});

describe('a demand for correction', () => {
  const demandCommand = (more: object = {}): ConsultationCommand => {
    const { demand: _, ...data } = correctionDemanded().data;
    return { type: 'demand-correction', data: { ...data, ...more } };
  };
  const remedyCommand = (more: object = {}): ConsultationCommand => ({
    type: 'answer-correction-demand',
    data: { ...remedied().data, ...more },
  });
  const demanded = [...late, correctionDemanded()];

  it('follows a condition that is recorded as overdue, or a result that was rejected', () => {
    given(decider, ...late)
      .when(demandCommand())
      .then(correctionDemanded());
    given(decider, ...reported, actionRejected())
      .when(demandCommand())
      .then(correctionDemanded());
  });
  it('does not follow anything else, however late the day', () =>
    given(decider, ...followUp)
      .when(demandCommand())
      .refuses('nothing-to-correct', '1'));
  it('is satisfied when it waits for its answer, and waits for it before the next', () => {
    given(decider, ...demanded)
      .when(demandCommand())
      .then();
    given(decider, ...demanded)
      .when(demandCommand({ text: '다시' }))
      .refuses('demand-open', '1');
  });
  it('is made by the authority, about a condition that is owed, with a day that leaves time', () => {
    given(decider, ...late)
      .when(demandCommand({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...late)
      .when(demandCommand({ condition: 2 }))
      .refuses('no-such-condition');
    given(decider, ...late, fulfilled())
      .when(demandCommand())
      .refuses('condition-settled');
    given(decider, ...late)
      .when(demandCommand({ answerBy: '2027-04-20' }))
      .refuses('respond-by-too-early');
    given(decider, ...late)
      .when(demandCommand({ text: '' }))
      .refuses('required');
    given(decider, ...late)
      .when(demandCommand({ answerBy: '2027-02-30' }))
      .refuses('invalid-date');
  });
  it('is answered once by the applicant, with a remedy and a day', () => {
    given(decider, ...demanded)
      .when(remedyCommand())
      .then(remedied());
    given(decider, ...demanded, remedied())
      .when(remedyCommand())
      .then();
    given(decider, ...demanded, remedied())
      .when(remedyCommand({ remedy: '다른 계획' }))
      .refuses('demand-answered', '1');
    given(decider, ...demanded)
      .when(remedyCommand({ demand: 2 }))
      .refuses('no-such-demand', '2');
    given(decider, ...demanded)
      .when(remedyCommand({ by: reviewer }))
      .refuses('not-the-applicant');
    given(decider, ...demanded)
      .when(remedyCommand({ remedy: '' }))
      .refuses('required');
    given(decider, ...demanded)
      .when(remedyCommand({ completeBy: 'soon' }))
      .refuses('invalid-date');
    given(decider, ...demanded, fulfilled(), closed())
      .when(remedyCommand())
      .refuses('consultation-over');
  });
});
