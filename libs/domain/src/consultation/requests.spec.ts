import { applicant, given, happened, machine, outsider, planContent, planVersion, reviewer } from '../testing.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import type { CorrectionItem, CorrectionRequested } from './events.js';

const { drafted, submitted, received, screened, correctionRequested, responded } = happened;
const inReview = [drafted(), submitted(), screened(), received()];
const at = '2026-11-05T01:00:00Z';
const answered = responded(
  planVersion(2, { ...planContent, functions: ['관정 이용량을 월별로 집계한다'], budgetKrw: 150_000_000 }),
);
const waiting = [...inReview, correctionRequested()];
const secondRound = [...waiting, answered];

const ask = (items: readonly Omit<CorrectionItem, 'number'>[], more: object = {}): ConsultationCommand => ({
  type: 'request-correction',
  data: { by: reviewer, at: '2026-11-13T01:00:00Z', respondBy: '2026-11-30', items, ...more },
});
const asked = (items: readonly CorrectionItem[], more: object = {}): CorrectionRequested => ({
  type: 'correction-requested',
  data: { by: reviewer, at: '2026-11-13T01:00:00Z', round: 2, respondBy: '2026-11-30', items, ...more },
});

describe('a bundle of requests', () => {
  it('may mix the kinds, quotes the passage meant and says which plan was read', () => {
    const items = [
      { pointer: '/functions/0', text: '무엇이 다릅니까?', kind: 'explanation' as const, quote: '지도에서 조회' },
      { pointer: '/budgetKrw', text: '산출 근거를 더하세요.', kind: 'supplement' as const },
      { pointer: '', text: '연계 계획으로 바꾸세요.', kind: 'correction' as const, quote: 'GIS' },
    ];
    const numbered = items.map((item, index) => ({ number: index + 1, ...item }));
    given(decider, ...inReview)
      .when(ask(items, { planVersion: 1 }))
      .then(asked(numbered, { round: 1, planVersion: 1 }));
  });
  it('is about the plan under review', () =>
    given(decider, ...secondRound)
      .when(ask([{ pointer: '/budgetKrw', text: '근거' }], { planVersion: 1 }))
      .refuses('another-plan-version', '2'));
  it('quotes what the plan says at that place', () =>
    given(decider, ...inReview)
      .when(ask([{ pointer: '/functions/1', text: '근거', quote: '지도에서 조회' }]))
      .refuses('quote-not-found'));
  it('is malformed with a kind that does not exist, an empty passage or an empty reason', () => {
    const about = { pointer: '/purpose', text: '근거' };
    const unknown: ConsultationCommand = JSON.parse(JSON.stringify(ask([about])).replace('"text"', '"kind":"order","text"'));
    given(decider, ...inReview)
      .when(unknown)
      .refuses('unknown-choice');
    given(decider, ...inReview)
      .when(ask([{ ...about, quote: '' }]))
      .refuses('required');
    given(decider, ...inReview)
      .when(ask([{ ...about, because: ' ' }]))
      .refuses('required');
  });
});

describe('a later objection', () => {
  it('to text that an earlier round saw as it stands needs a reason', () => {
    given(decider, ...secondRound)
      .when(ask([{ pointer: '/purpose', text: '목적이 분명하지 않습니다.' }]))
      .refuses('later-objection-without-reason', '1');
    const items = [{ pointer: '/purpose', text: '목적이 분명하지 않습니다.', because: '회의에서 드러났다.' }];
    given(decider, ...secondRound)
      .when(ask(items))
      .then(asked([{ number: 1, ...items[0]! }]));
  });
  it('finds an entry of a list again that only moved', () =>
    // Two functions were removed before it: what was the second is the first now.
    given(decider, ...secondRound)
      .when(ask([{ pointer: '/functions/0', text: '집계는 필요 없습니다.' }]))
      .refuses('later-objection-without-reason'));
  it('needs none where the text is new', () =>
    given(decider, ...secondRound)
      .when(ask([{ pointer: '/budgetKrw', text: '왜 줄었습니까?' }]))
      .then(asked([{ number: 1, pointer: '/budgetKrw', text: '왜 줄었습니까?' }])));
  it('goes by the passage where one is quoted', () => {
    const changed = planVersion(2, { ...planContent, text: `${planContent.text} 관정 대장을 도와 나눈다.` });
    const history = [...waiting, responded(changed)];
    given(decider, ...history)
      .when(ask([{ pointer: '/text', text: '왜 엑셀이었습니까?', quote: '엑셀로' }]))
      .refuses('later-objection-without-reason');
    const now = { pointer: '/text', text: '어떻게 나눕니까?', quote: '도와 나눈다' };
    given(decider, ...history)
      .when(ask([now]))
      .then(asked([{ number: 1, ...now }]));
  });
  it('looks at every earlier round, not the last alone', () => {
    const third = [
      ...[...secondRound, asked([{ number: 1, pointer: '/budgetKrw', text: '왜 줄었습니까?' }])],
      responded(planVersion(3, { ...planContent, purpose: '새 목적' }), 2),
    ];
    // The budget reads again as it did in the first round.
    given(decider, ...third)
      .when(ask([{ pointer: '/budgetKrw', text: '근거' }]))
      .refuses('later-objection-without-reason', '1');
  });
});

describe('the verdict on an answer', () => {
  const judged = { by: reviewer, at: '2026-11-13T02:00:00Z', round: 1 };
  const accept = (more: object = {}): ConsultationCommand => ({
    type: 'accept-response',
    data: { ...judged, remarks: '', ...more },
  });
  const reject = (more: object = {}): ConsultationCommand => ({
    type: 'reject-response',
    data: { ...judged, reason: '근거가 없다.', ...more },
  });
  const accepted = { type: 'response-accepted' as const, data: { ...judged, remarks: '' } };
  const rejected = { type: 'response-rejected' as const, data: { ...judged, reason: '근거가 없다.' } };

  it('is that it is accepted, or not and why', () => {
    given(decider, ...secondRound)
      .when(accept())
      .then(accepted);
    given(decider, ...secondRound)
      .when(reject())
      .then(rejected);
    given(decider, ...secondRound)
      .when(reject({ reason: '' }))
      .refuses('required');
  });
  it('said again changes nothing, and may be thought over', () => {
    given(decider, ...secondRound, accepted)
      .when(accept())
      .then();
    given(decider, ...secondRound, rejected)
      .when(reject())
      .then();
    given(decider, ...secondRound, rejected)
      .when(accept())
      .then(accepted);
  });
  it('is about the last answer', () => {
    given(decider, ...waiting)
      .when(accept())
      .refuses('not-the-last-response');
    given(decider, ...secondRound)
      .when(reject({ round: 2 }))
      .refuses('not-the-last-response', '1');
  });
  it('is the authority’s, while it reviews', () => {
    given(decider, ...secondRound)
      .when(accept({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...secondRound)
      .when(reject({ by: outsider }))
      .refuses('not-the-authority');
    const again = asked([{ number: 1, pointer: '/budgetKrw', text: '근거' }]);
    given(decider, ...secondRound, again)
      .when(accept())
      .refuses('wrong-phase');
    given(decider, ...secondRound, again)
      .when(reject())
      .refuses('wrong-phase');
  });
});

describe('more time to answer', () => {
  const wish = { by: applicant, at: '2026-11-16T01:00:00Z', round: 1, respondBy: '2026-11-27', reason: '견적을 받고 있다.' };
  const askForTime = (more: object = {}): ConsultationCommand => ({
    type: 'request-response-extension',
    data: { ...wish, ...more },
  });
  const wished = { type: 'response-extension-requested' as const, data: wish };
  const grant = { ...wish, by: reviewer };
  const extend = (more: object = {}): ConsultationCommand => ({ type: 'extend-response', data: { ...grant, ...more } });
  const extended = { type: 'response-extended' as const, data: { ...grant, formerRespondBy: '2026-11-19' } };
  const no = { by: reviewer, at: '2026-11-16T02:00:00Z', round: 1, reason: '너무 길다.' };
  const decline = (more: object = {}): ConsultationCommand => ({ type: 'decline-response-extension', data: { ...no, ...more } });
  const declined = { type: 'response-extension-declined' as const, data: no };

  it('is asked for by the applicant with a day and a reason', () => {
    given(decider, ...waiting)
      .when(askForTime())
      .then(wished);
    given(decider, ...waiting, wished)
      .when(askForTime())
      .then();
    given(decider, ...waiting)
      .when(askForTime({ by: reviewer }))
      .refuses('not-the-applicant');
    given(decider, ...waiting)
      .when(askForTime({ reason: '' }))
      .refuses('required');
    given(decider, ...waiting)
      .when(askForTime({ respondBy: '2026-11-31' }))
      .refuses('invalid-date');
  });
  it('is granted or declined by the authority', () => {
    given(decider, ...waiting, wished)
      .when(extend())
      .then(extended);
    given(decider, ...waiting, wished, extended)
      .when(extend())
      .then();
    given(decider, ...waiting, wished)
      .when(decline())
      .then(declined);
    given(decider, ...waiting, wished, declined)
      .when(decline())
      .then();
    given(decider, ...waiting)
      .when(extend({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...waiting, wished)
      .when(decline({ by: outsider }))
      .refuses('not-the-authority');
  });
  it('may be granted without being asked for, but not declined', () => {
    given(decider, ...waiting)
      .when(extend())
      .then(extended);
    given(decider, ...waiting)
      .when(decline())
      .refuses('no-extension-asked');
    given(decider, ...waiting, wished, extended)
      .when(decline())
      .refuses('no-extension-asked');
  });
  it('ends later than the day in force and than today', () => {
    given(decider, ...waiting)
      .when(askForTime({ respondBy: '2026-11-19' }))
      .refuses('extension-not-later', '2026. 11. 19.');
    given(decider, ...waiting)
      .when(extend({ respondBy: '2026-11-18' }))
      .refuses('extension-not-later', '2026. 11. 19.');
    given(decider, ...waiting, extended)
      .when(extend({ respondBy: '2026-11-26' }))
      .refuses('extension-not-later', '2026. 11. 27.');
    given(decider, ...waiting)
      .when(extend({ at: '2026-11-30T01:00:00Z' }))
      .refuses('respond-by-too-early');
  });
  it('is for the round that is open', () => {
    for (const command of [askForTime({ round: 2 }), extend({ round: 2 }), decline({ round: 2 })]) {
      given(decider, ...waiting)
        .when(command)
        .refuses('another-round');
    }
    for (const command of [askForTime(), extend(), decline()]) {
      given(decider, ...secondRound)
        .when(command)
        .refuses('no-open-correction');
    }
  });
  it('gives the applicant until the later day before it can be late', () =>
    given(decider, ...waiting, extended)
      .when({ type: 'return-consultation', data: { by: reviewer, at: '2026-11-20T01:00:00Z', reason: '무응답' } })
      .refuses('answer-not-overdue', '2026. 11. 27.'));
});

describe('a reminder', () => {
  const timer = { by: machine, at: '2026-11-15T15:00:00Z', round: 1, respondBy: '2026-11-19', daysBefore: 3 };
  const before = (more: object = {}): ConsultationCommand => ({ type: 'remind-before-the-day', data: { ...timer, ...more } });
  const reminded = { type: 'applicant-reminded' as const, data: timer };
  const remind = (more: object = {}): ConsultationCommand => ({
    type: 'remind-applicant',
    data: { by: reviewer, at: '2026-11-20T01:00:00Z', round: 1, ...more },
  });
  const byHand = {
    type: 'applicant-reminded' as const,
    data: { by: reviewer, at: '2026-11-20T01:00:00Z', round: 1, respondBy: '2026-11-19', daysBefore: null },
  };

  it('comes by itself so many days before, and once', () => {
    given(decider, ...waiting)
      .when(before())
      .then(reminded);
    given(decider, ...waiting, reminded)
      .when(before())
      .then();
    given(decider, ...waiting, reminded)
      .when(before({ daysBefore: 1, at: '2026-11-17T15:00:00Z' }))
      .then({ ...reminded, data: { ...timer, daysBefore: 1, at: '2026-11-17T15:00:00Z' } });
    given(decider, ...waiting)
      .when(before({ at: '2026-11-15T14:59:59Z' }))
      .refuses('reminder-too-early', '2026. 11. 16.');
  });
  it('says nothing of a round that is answered, extended or already late', () => {
    given(decider, ...secondRound)
      .when(before())
      .then();
    const extended = {
      type: 'response-extended' as const,
      data: { by: reviewer, at, round: 1, respondBy: '2026-11-27', formerRespondBy: '2026-11-19', reason: '견적' },
    };
    given(decider, ...waiting, extended)
      .when(before())
      .then();
    given(decider, ...waiting)
      .when(before({ at: '2026-11-20T00:00:00Z' }))
      .then();
  });
  it('by a person goes out once a day', () => {
    given(decider, ...waiting)
      .when(remind())
      .then(byHand);
    given(decider, ...waiting, byHand)
      .when(remind({ at: '2026-11-20T09:00:00Z' }))
      .then();
    given(decider, ...waiting, byHand)
      .when(remind({ at: '2026-11-21T01:00:00Z' }))
      .then({ ...byHand, data: { ...byHand.data, at: '2026-11-21T01:00:00Z' } });
  });
  it('is the authority’s or the machine’s, of the open round', () => {
    given(decider, ...waiting)
      .when(before({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...waiting)
      .when(remind({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...waiting)
      .when(remind({ by: outsider }))
      .refuses('not-the-authority');
    given(decider, ...waiting)
      .when(remind({ round: 2 }))
      .refuses('another-round');
    given(decider, ...secondRound)
      .when(remind())
      .refuses('no-open-correction');
  });
});

describe('an answer that does not come', () => {
  const timer = { by: machine, at: '2026-11-19T15:00:00Z', round: 1, respondBy: '2026-11-19' };
  const mark = (more: object = {}): ConsultationCommand => ({ type: 'mark-response-overdue', data: { ...timer, ...more } });
  const late = { type: 'response-overdue' as const, data: timer };
  const go = { by: reviewer, at: '2026-11-20T01:00:00Z', round: 1, reason: '제출된 자료로 판단할 수 있다.' };
  const proceed = (more: object = {}): ConsultationCommand => ({ type: 'proceed-on-file', data: { ...go, ...more } });
  const proceeded = { type: 'proceeded-on-file' as const, data: go };

  it('is marked when its day has passed, once', () => {
    given(decider, ...waiting)
      .when(mark())
      .then(late);
    given(decider, ...waiting, late)
      .when(mark())
      .then();
    given(decider, ...waiting)
      .when(mark({ at: '2026-11-19T14:59:59Z' }))
      .refuses('answer-not-overdue', '2026. 11. 19.');
    given(decider, ...waiting)
      .when(mark({ by: applicant }))
      .refuses('own-submission');
  });
  it('is not marked when it came, or when there is another day or round', () => {
    given(decider, ...secondRound)
      .when(mark())
      .then();
    given(decider, ...waiting)
      .when(mark({ respondBy: '2026-11-18' }))
      .then();
    given(decider, ...waiting)
      .when(mark({ round: 2 }))
      .then();
  });
  it('is marked again after an extension', () => {
    const extended = {
      type: 'response-extended' as const,
      data: {
        by: reviewer,
        at: '2026-11-20T01:00:00Z',
        round: 1,
        respondBy: '2026-11-27',
        formerRespondBy: '2026-11-19',
        reason: '견적',
      },
    };
    given(decider, ...waiting, late, extended)
      .when(mark({ respondBy: '2026-11-27', at: '2026-11-28T01:00:00Z' }))
      .then({ ...late, data: { ...timer, respondBy: '2026-11-27', at: '2026-11-28T01:00:00Z' } });
  });
  it('may still come late', () =>
    given(decider, ...waiting, late)
      .when({ type: 'respond-to-correction', data: { ...responded().data, at: '2026-11-21T01:00:00Z' } })
      .then({ ...responded(), data: { ...responded().data, at: '2026-11-21T01:00:00Z' } }));
  it('lets the reviewer go on with what is on file, once its day has passed', () => {
    given(decider, ...waiting, late)
      .when(proceed())
      .then(proceeded);
    given(decider, ...waiting)
      .when(proceed())
      .then(proceeded);
    given(decider, ...waiting, proceeded)
      .when(proceed())
      .then();
    given(decider, ...waiting)
      .when(proceed({ at: '2026-11-19T01:00:00Z' }))
      .refuses('answer-not-overdue');
    given(decider, ...waiting)
      .when(proceed({ reason: '' }))
      .refuses('required');
  });
  it('is a matter of the authority and of the open round', () => {
    given(decider, ...waiting)
      .when(proceed({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...waiting)
      .when(proceed({ by: outsider }))
      .refuses('not-the-authority');
    given(decider, ...waiting)
      .when(proceed({ round: 2 }))
      .refuses('another-round');
    given(decider, ...secondRound)
      .when(proceed())
      .refuses('no-open-correction');
  });
  it('cannot be given once the reviewer went on, and the next round has the next number', () => {
    given(decider, ...waiting, proceeded)
      .when({ type: 'respond-to-correction', data: { ...responded().data, at: '2026-11-21T01:00:00Z' } })
      .refuses('no-open-correction');
    const item = { pointer: '', text: '협약서를 더하세요.', because: '회의에서 나온 말이다.' };
    given(decider, ...waiting, proceeded)
      .when(ask([item], { at: '2026-11-21T01:00:00Z' }))
      .then(asked([{ number: 1, ...item }], { at: '2026-11-21T01:00:00Z' }));
  });
});

describe('a meeting with the applicant', () => {
  const held = { by: reviewer, at: '2026-11-16T08:00:00Z', heldOn: '2026-11-16', minutes: '예약은 도 시스템을 쓰기로 하였다.' };
  const record = (more: object = {}): ConsultationCommand => ({ type: 'record-meeting', data: { ...held, ...more } });
  const meeting = (number = 1, more: object = {}) => ({
    type: 'meeting-held' as const,
    data: { ...held, meeting: number, ...more },
  });

  it('is recorded with its day and what was said, and numbered', () => {
    given(decider, ...inReview)
      .when(record())
      .then(meeting());
    given(decider, ...waiting, meeting())
      .when(record())
      .then();
    given(decider, ...waiting, meeting())
      .when(record({ minutes: '다시 만났다.' }))
      .then(meeting(2, { minutes: '다시 만났다.' }));
  });
  it('has taken place', () =>
    given(decider, ...inReview)
      .when(record({ heldOn: '2026-11-17' }))
      .refuses('meeting-not-held-yet', '2026. 11. 17.'));
  it('is recorded by the authority while it reviews', () => {
    given(decider, ...inReview)
      .when(record({ by: applicant }))
      .refuses('own-submission');
    given(decider, ...inReview)
      .when(record({ by: outsider }))
      .refuses('not-the-authority');
    given(decider, drafted(), submitted()).when(record()).refuses('wrong-phase');
    given(decider, ...inReview)
      .when(record({ minutes: '' }))
      .refuses('required');
    given(decider, ...inReview)
      .when(record({ heldOn: '2026-02-30' }))
      .refuses('invalid-date');
  });
});

describe('what is written badly', () => {
  const by = reviewer;
  const round = 1;
  const respondBy = '2026-11-27';
  const cases: readonly (readonly [string, ConsultationCommand, string])[] = [
    ['remarks', { type: 'accept-response', data: { by, at, round, remarks: '\u0000' } }, 'control-character'],
    ['day of an extension', { type: 'extend-response', data: { by, at, round, respondBy: '', reason: '견적' } }, 'invalid-date'],
    ['reason of an extension', { type: 'extend-response', data: { by, at, round, respondBy, reason: '' } }, 'required'],
    ['reason of a refusal', { type: 'decline-response-extension', data: { by, at, round, reason: '' } }, 'required'],
    [
      'day of a reminder',
      { type: 'remind-before-the-day', data: { by: machine, at, round, respondBy: 'soon', daysBefore: 3 } },
      'invalid-date',
    ],
    ['day of lateness', { type: 'mark-response-overdue', data: { by: machine, at, round, respondBy: '' } }, 'invalid-date'],
  ];
  it.each(cases)('is refused: %s', (_, command, code) =>
    given(decider, ...waiting)
      .when(command)
      .refuses(code),
  );
});
