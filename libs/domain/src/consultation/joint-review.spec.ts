import {
  applicant,
  basis,
  deciding,
  city,
  corporation,
  given,
  happened,
  machine,
  opinionsAsNamed,
  outsider,
  owner,
  province,
  reviewer,
} from '../testing.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import { invitedAgencies } from './joint-review.js';

const { drafted, submitted, received, screened, confirmed, correctionRequested, proposed, approved, notified } = happened;
const { jointReviewOpened, opinionGiven, adjustmentProposed, adjustmentAgreed, jointReviewClosed, differenceStated } = happened;

const inReview = [drafted(), submitted(), screened(), received()];
const opened = [...inReview, jointReviewOpened()];
const heard = [...opened, opinionGiven()];
const decided = [...inReview, confirmed(), proposed(), approved(), notified()];

const openCommand = (more: object = {}): ConsultationCommand => ({
  type: 'open-joint-review',
  data: { ...jointReviewOpened().data, ...more },
});
const opinionCommand = (more: object = {}): ConsultationCommand => ({
  type: 'submit-owner-opinion',
  data: { ...opinionGiven().data, ...more },
});
const proposeCommand = (more: object = {}): ConsultationCommand => ({
  type: 'propose-task-adjustment',
  data: { ...adjustmentProposed().data, ...more },
});
const agreeCommand = (more: object = {}): ConsultationCommand => ({
  type: 'agree-task-adjustment',
  data: { ...adjustmentAgreed().data, ...more },
});
const closeCommand = (more: object = {}): ConsultationCommand => ({
  type: 'close-joint-review',
  data: { ...jointReviewClosed().data, ...more },
});
const differCommand = (more: object = {}): ConsultationCommand => ({
  type: 'state-difference',
  data: { ...differenceStated().data, ...more },
});

describe('opening a joint review', () => {
  it('asks the owner of a candidate for its opinion by a day', () =>
    given(decider, ...inReview)
      .when(openCommand())
      .then(jointReviewOpened()));
  it('is satisfied when it is open already, and keeps one open for each candidate', () => {
    given(decider, ...opened)
      .when(openCommand())
      .then();
    given(decider, ...opened)
      .when(openCommand({ dueOn: '2026-11-20' }))
      .refuses('joint-review-open', corporation.name);
  });
  it('may be opened again once it is closed, under the next number', () =>
    given(decider, ...heard, jointReviewClosed('NO_AGREEMENT'))
      .when(openCommand({ at: '2026-11-14T01:00:00Z', dueOn: '2026-11-20' }))
      .then({
        ...jointReviewOpened(2),
        data: { ...jointReviewOpened(2).data, at: '2026-11-14T01:00:00Z', dueOn: '2026-11-20' },
      }));
  it('is opened by the authority alone', () => {
    given(decider, ...inReview)
      .when(openCommand({ by: outsider }))
      .refuses('not-the-authority', province.name);
    given(decider, ...inReview)
      .when(openCommand({ by: applicant }))
      .refuses('own-submission');
  });
  it('is opened only while the case is reviewed', () => {
    given(decider, drafted(), submitted(), screened()).when(openCommand()).refuses('wrong-phase');
    given(decider, ...inReview, confirmed(), proposed())
      .when(openCommand())
      .refuses('wrong-phase');
    given(decider, ...decided)
      .when(openCommand())
      .refuses('consultation-over');
  });
  it('is about a candidate of the newest finding', () =>
    given(decider, ...inReview)
      .when(openCommand({ candidate: 's-elsewhere' }))
      .refuses('not-a-candidate', 's-elsewhere'));
  it('does not ask the applicant about its own system', () =>
    given(decider, ...inReview)
      .when(openCommand({ owner: city }))
      .refuses('owner-is-the-applicant', city.name));
  it('leaves the owner at least a day, by the calendar of Seoul', () =>
    given(decider, ...inReview)
      .when(openCommand({ at: '2026-11-12T15:00:00Z' }))
      .refuses('respond-by-too-early', '2026. 11. 13.'));
  it.each([
    ['a day that does not exist', { dueOn: '2026-02-30' }, 'invalid-date'],
    ['an owner without an id', { owner: { ...corporation, id: '' } }, 'required'],
    ['an owner without a name', { owner: { ...corporation, name: '' } }, 'required'],
    ['an owner of no known tier', { owner: { ...corporation, tier: 'VILLAGE' } }, 'unknown-choice'],
  ])('is malformed with %s', (_, more, code) =>
    given(decider, ...inReview)
      .when(openCommand(more))
      .refuses(code),
  );
});

describe('the owner’s opinion', () => {
  it('is recorded with its terms', () =>
    given(decider, ...opened)
      .when(opinionCommand())
      .then(opinionGiven()));
  it('may come late, and may be changed while the review is open', () => {
    const at = '2026-11-20T01:00:00Z';
    given(decider, ...heard)
      .when(opinionCommand({ at, opinion: 'OBJECTION' }))
      .then({ ...opinionGiven('OBJECTION'), data: { ...opinionGiven('OBJECTION').data, at } });
  });
  it('is satisfied when it was given already', () =>
    given(decider, ...heard)
      .when(opinionCommand())
      .then());
  it.each([
    ['a stranger', outsider],
    ['the applicant', applicant],
    ['the authority', reviewer],
    ['the machine', machine],
  ])('does not come from %s', (_, by) =>
    given(decider, ...opened)
      .when(opinionCommand({ by }))
      .refuses('not-the-owner', corporation.name),
  );
  it('does not come after the review is closed, nor after the case is over', () => {
    given(decider, ...heard, jointReviewClosed())
      .when(opinionCommand({ opinion: 'DIFFERENT' }))
      .refuses('joint-review-closed');
    given(decider, ...opened, happened.withdrawn())
      .when(opinionCommand())
      .refuses('consultation-over');
  });
  it('is one of the four, in words', () => {
    given(decider, ...opened)
      .when(opinionCommand({ opinion: 'MAYBE' }))
      .refuses('unknown-choice', 'REUSE_POSSIBLE');
    given(decider, ...opened)
      .when(opinionCommand({ terms: '' }))
      .refuses('required');
  });
  it.each([opinionCommand(), proposeCommand(), agreeCommand(), closeCommand()])(
    'belongs to a review that was opened: $type',
    (command) =>
      given(decider, ...opened)
        .when({ ...command, data: { ...command.data, review: 2 } } as ConsultationCommand)
        .refuses('no-such-joint-review', '2'),
  );
});

describe('adjusting the tasks', () => {
  it('is proposed by one side and agreed by the other', () => {
    given(decider, ...heard)
      .when(proposeCommand())
      .then(adjustmentProposed());
    given(decider, ...heard, adjustmentProposed())
      .when(agreeCommand())
      .then(adjustmentAgreed());
    given(decider, ...heard, adjustmentProposed(applicant))
      .when(agreeCommand({ by: owner }))
      .then(adjustmentAgreed(owner, city.id));
  });
  it('is satisfied when it was said already', () => {
    given(decider, ...heard, adjustmentProposed())
      .when(proposeCommand())
      .then();
    given(decider, ...heard, adjustmentProposed(), adjustmentAgreed())
      .when(agreeCommand())
      .then();
  });
  it('is not agreed by the side that proposed it, by whichever person', () =>
    given(decider, ...heard, adjustmentProposed())
      .when(agreeCommand({ by: { ...owner, person: 'p-5002' } }))
      .refuses('own-adjustment'));
  it('is not agreed before it is proposed, nor in other words', () => {
    given(decider, ...heard)
      .when(agreeCommand())
      .refuses('not-the-proposed-adjustment');
    given(decider, ...heard, adjustmentProposed())
      .when(agreeCommand({ adjustment: '모두 도가 맡는다.' }))
      .refuses('not-the-proposed-adjustment');
  });
  it.each([proposeCommand({ by: reviewer }), agreeCommand({ by: outsider })])('is a matter of the two sides: $type', (command) =>
    given(decider, ...heard, adjustmentProposed())
      .when(command)
      .refuses('not-a-side', city.name, corporation.name),
  );
  it('is over with the review', () => {
    const closed = [...heard, adjustmentProposed(), jointReviewClosed()];
    given(decider, ...closed)
      .when(agreeCommand())
      .refuses('joint-review-closed');
    given(decider, ...closed)
      .when(proposeCommand({ adjustment: '다른 조정' }))
      .refuses('joint-review-closed');
  });
  it('says something', () =>
    given(decider, ...heard)
      .when(proposeCommand({ adjustment: '' }))
      .refuses('required'));
});

describe('closing a joint review', () => {
  it.each(['AGREEMENT', 'NO_AGREEMENT'] as const)('closes what was heard with %s', (conclusion) =>
    given(decider, ...heard)
      .when(closeCommand({ conclusion }))
      .then(jointReviewClosed(conclusion)),
  );
  it('does not call it anything but silence when nobody was heard', () => {
    for (const conclusion of ['AGREEMENT', 'NO_AGREEMENT']) {
      given(decider, ...opened)
        .when(closeCommand({ conclusion }))
        .refuses('owner-not-heard', corporation.name);
    }
  });
  it('records silence only after the due date, by the calendar of Seoul', () => {
    given(decider, ...opened)
      .when(closeCommand({ conclusion: 'SILENCE', at: '2026-11-13T14:59:59Z' }))
      .refuses('joint-review-not-due', '2026. 11. 13.');
    const at = '2026-11-13T15:00:00Z';
    given(decider, ...opened)
      .when(closeCommand({ conclusion: 'SILENCE', at }))
      .then({ ...jointReviewClosed('SILENCE'), data: { ...jointReviewClosed('SILENCE').data, at } });
  });
  it('does not call an opinion silence', () =>
    given(decider, ...heard)
      .when(closeCommand({ conclusion: 'SILENCE', at: '2026-11-20T00:00:00Z' }))
      .refuses('owner-was-heard'));
  it('calls an objection an agreement only when the tasks are adjusted by both', () => {
    given(decider, ...opened, opinionGiven('OBJECTION'), adjustmentProposed())
      .when(closeCommand())
      .refuses('objection-not-met');
    given(decider, ...opened, opinionGiven('OBJECTION'), adjustmentProposed(), adjustmentAgreed())
      .when(closeCommand())
      .then(jointReviewClosed());
  });
  it('is satisfied when it is closed so already, and is not closed twice', () => {
    given(decider, ...heard, jointReviewClosed())
      .when(closeCommand())
      .then();
    given(decider, ...heard, jointReviewClosed())
      .when(closeCommand({ conclusion: 'NO_AGREEMENT' }))
      .refuses('joint-review-closed');
  });
  it('is closed by the authority', () => {
    given(decider, ...heard)
      .when(closeCommand({ by: owner }))
      .refuses('not-the-authority');
    given(decider, ...heard)
      .when(closeCommand({ conclusion: 'PEACE' }))
      .refuses('unknown-choice');
  });
  it('comes before the decision', () => {
    const propose: ConsultationCommand = {
      type: 'propose-decision',
      data: { by: reviewer, at: proposed().data.at, outcome: 'HOLD', reasons: '중복', conditions: [], ...deciding },
    };
    given(decider, ...heard, confirmed())
      .when(propose)
      .refuses('joint-review-open', corporation.name);
    given(decider, ...heard, confirmed(), jointReviewClosed())
      .when(propose)
      .then({
        type: 'decision-proposed',
        data: {
          ...{ by: reviewer, at: proposed().data.at, proposal: 1, outcome: 'HOLD', reasons: '중복' },
          ...{ conditions: [], opinions: opinionsAsNamed, basis },
        },
      });
  });
});

describe('a statement of difference', () => {
  it('is the applicant’s word on a candidate, also while it answers a request', () => {
    given(decider, ...inReview)
      .when(differCommand())
      .then(differenceStated());
    given(decider, ...inReview, correctionRequested())
      .when(differCommand())
      .then(differenceStated());
  });
  it('is satisfied when it was said already, and may be said better', () => {
    given(decider, ...inReview, differenceStated())
      .when(differCommand())
      .then();
    given(decider, ...inReview, differenceStated())
      .when(differCommand({ statement: '대상도 다르다.' }))
      .then({ ...differenceStated(), data: { ...differenceStated().data, statement: '대상도 다르다.' } });
  });
  it('is about a candidate, in words, from the applicant, before the decision is proposed', () => {
    given(decider, ...inReview)
      .when(differCommand({ candidate: 's-elsewhere' }))
      .refuses('not-a-candidate');
    given(decider, ...inReview)
      .when(differCommand({ statement: '' }))
      .refuses('required');
    given(decider, ...inReview)
      .when(differCommand({ by: owner }))
      .refuses('not-the-applicant');
    given(decider, ...inReview, confirmed(), proposed())
      .when(differCommand())
      .refuses('wrong-phase');
  });
});

it('invites the owner for as long as it is asked', () => {
  const invited = (...events: Parameters<typeof decider.evolve>[1][]) => {
    const state = events.reduce(decider.evolve, decider.initialState);
    return state && invitedAgencies(state);
  };
  expect(invited(...inReview)).toEqual([]);
  expect(invited(...heard)).toEqual([corporation.id]);
  expect(invited(...heard, jointReviewClosed())).toEqual([]);
  expect(invited(...heard, happened.withdrawn())).toEqual([]);
});
