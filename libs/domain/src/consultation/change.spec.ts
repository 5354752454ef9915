import { applicant, given, happened, outsider, planContent, planVersion } from '../testing.js';
import { inForce } from '../rules/rule-book.js';
import { sampleRules } from '../rules/sample-rules.js';
import { awaitsReConsultation, materialChanges, type MaterialChangeRule } from './change.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import type { ConsultationEvent } from './events.js';
import { earlierRound } from './rounds.js';

const { drafted, submitted, received, screened, confirmed, proposed, approved, notified } = happened;
const { objected, returned, withdrawn, closed } = happened;

const rules: readonly MaterialChangeRule[] = inForce(sampleRules.materialChanges, '2026-11-02').map(({ id, value }) => ({
  id,
  value,
}));
const material = (more: object) => materialChanges(planContent, { ...planContent, ...more }, rules);
const decided = [drafted(), submitted(), screened(), received(), confirmed(), proposed(), approved()];
const letter = [...decided, notified()];
const at = '2027-01-11T01:00:00Z';
const revised = planVersion(2, { ...planContent, users: [...planContent.users, '시민'] });
const bigger = planVersion(3, { ...planContent, budgetKrw: 216_000_000 });
const report = (plan = revised, more: object = {}): ConsultationCommand => ({
  type: 'report-material-change',
  data: { by: applicant, at, plan, reason: '시민도 쓰게 한다.', rules, ...more },
});
const reported = (plan = revised, change = 1): ConsultationEvent => ({
  type: 'material-change-reported',
  data: { by: applicant, at, change, decidedVersion: 1, plan, reason: '시민도 쓰게 한다.' },
});
const accepted = (change = 1): ConsultationEvent => ({
  type: 'change-accepted-without-review',
  data: { by: applicant, at, change, rules: ['material-budget', 'material-new-function', 'material-new-app'] },
});
const required = (change = 1): ConsultationEvent => ({
  type: 're-consultation-required',
  data: {
    ...{ by: applicant, at, change },
    because: [{ rule: 'material-budget', kind: 'budget-changes-by', before: 180_000_000, after: 216_000_000 }],
  },
});

describe('what is material by the rules', () => {
  it('is a budget that moves by the share or more, in either direction', () => {
    expect(material({ budgetKrw: 215_999_999 })).toEqual([]);
    expect(material({ budgetKrw: 216_000_000 })).toMatchObject([{ rule: 'material-budget', before: 180_000_000 }]);
    expect(material({ budgetKrw: 144_000_000 })).toMatchObject([{ kind: 'budget-changes-by' }]);
    expect(material({ budgetKrw: 144_000_001 })).toEqual([]);
  });
  it('is a budget that can no longer be compared', () => {
    expect(material({ budgetKrw: null })).toHaveLength(1);
    const free = { ...planContent, budgetKrw: 0 };
    expect(materialChanges(free, { ...free, budgetKrw: 1 }, rules)).toHaveLength(1);
    expect(materialChanges(free, free, rules)).toEqual([]);
  });
  it('is a function that the decided plan does not name, also when an old one is written over', () => {
    const added = '수질 자료를 받는다';
    expect(material({ functions: [...planContent.functions, added] })).toMatchObject([
      { rule: 'material-new-function', before: null, after: added },
    ]);
    expect(material({ functions: [added, ...planContent.functions.slice(1)] })).toMatchObject([{ after: added }]);
    expect(material({ functions: planContent.functions.slice(1) })).toEqual([]);
  });
  it('is the first mention of an app', () => {
    expect(material({ technologies: [...planContent.technologies, '모바일 앱'] })).toMatchObject([
      { rule: 'material-new-app', kind: 'new-app', after: '모바일 앱' },
    ]);
    const mobile = { ...planContent, technologies: ['모바일 앱'] };
    expect(materialChanges(mobile, { ...mobile, text: 'Android app' }, rules)).toEqual([]);
    expect(material({ text: 'application server' })).toEqual([]);
  });
  it('is nothing that no rule names', () => {
    expect(material({ users: ['시민'], data: [], title: '새 이름', orderPlannedOn: null })).toEqual([]);
    expect(materialChanges(planContent, { ...planContent, budgetKrw: null, functions: ['다른 것'] }, [])).toEqual([]);
  });
});

describe('a reported change', () => {
  it('needs no further consultation when nothing in it is material', () =>
    given(decider, ...letter)
      .when(report())
      .then(reported(), accepted()));
  it('needs another consultation when something is, with the rules that say so', () =>
    given(decider, ...letter)
      .when(report(bigger))
      .then(reported(bigger), required()));
  it('is held against the decided plan, not against the change before', () => {
    const small = planVersion(2, { ...planContent, budgetKrw: 210_000_000 });
    given(decider, ...letter, reported(small), accepted())
      .when(report(bigger))
      .then(reported(bigger, 2), required(2));
  });
  it('is satisfied when it is reported already', () =>
    given(decider, ...letter, reported(), accepted())
      .when(report())
      .then());
  it('is reported by the applicant only, with a reason', () => {
    given(decider, ...letter)
      .when(report(revised, { by: outsider }))
      .refuses('not-the-applicant');
    given(decider, ...letter)
      .when(report(revised, { reason: '' }))
      .refuses('required');
    given(decider, ...letter)
      .when(report({ ...revised, hash: '' }))
      .refuses('invalid-hash');
  });
  it('says something else than the decided plan, under a version of its own', () => {
    given(decider, ...letter)
      .when(report(planVersion(2, planContent, '1')))
      .refuses('nothing-changed', '1');
    given(decider, ...letter)
      .when(report({ ...revised, version: 1 }))
      .refuses('plan-version-out-of-order');
    given(decider, ...letter, reported(), accepted())
      .when(report({ ...bigger, version: 2 }))
      .refuses('plan-version-out-of-order');
  });
  it('is possible while a decision to go on stands, also when its conditions are met', () => {
    given(decider, ...letter, closed())
      .when(report())
      .then(reported(), accepted());
    given(decider, ...letter, objected())
      .when(report())
      .refuses('wrong-phase');
    given(decider, ...decided)
      .when(report())
      .refuses('no-plan-to-change');
  });
  it('is not how a plan on hold goes on', () => {
    const { data } = proposed();
    const hold: ConsultationEvent = { type: 'decision-proposed', data: { ...data, outcome: 'HOLD', conditions: [] } };
    const told: ConsultationEvent = { type: 'result-notified', data: { ...notified().data, outcome: 'HOLD', conditions: [] } };
    given(decider, ...decided.slice(0, -2), hold, approved(), told)
      .when(report())
      .refuses('no-plan-to-change');
  });
  it('tells whether the project may go on as it is meant now', () => {
    const after = (...events: readonly ConsultationEvent[]) => {
      const state = [...letter, ...events].reduce(decider.evolve, decider.initialState);
      return state !== null && awaitsReConsultation(state);
    };
    expect([after(), after(reported(), accepted()), after(reported(bigger), required())]).toEqual([false, false, true]);
    expect(after(reported(bigger), required(), reported(planVersion(4), 2), accepted(2))).toBe(false);
  });
});

describe('a consultation that takes up an earlier one', () => {
  const round = (...events: readonly ConsultationEvent[]) => {
    const state = events.reduce(decider.evolve, decider.initialState);
    if (state === null) throw new Error('no case');
    return earlierRound(state);
  };
  const again = (earlier: object): ConsultationCommand => ({
    type: 'draft-consultation',
    data: { ...drafted().data, consultation: 'c-2', earlier: earlier as never },
  });
  const linked = (because: string, before = 1) => ({
    type: 'consultation-drafted' as const,
    data: {
      ...drafted().data,
      consultation: 'c-2',
      previousConsultation: { consultation: 'c-1', round: before, because } as never,
    },
  });
  const hold: ConsultationEvent = {
    type: 'decision-proposed',
    data: { ...proposed().data, outcome: 'HOLD', conditions: [] },
  };
  const heldLetter: ConsultationEvent = {
    type: 'result-notified',
    data: { ...notified().data, outcome: 'HOLD', conditions: [] },
  };
  it.each<[string, readonly ConsultationEvent[]]>([
    ['returned', [drafted(), submitted(), returned()]],
    ['withdrawn', [drafted(), submitted(), withdrawn()]],
    ['held', [...decided.slice(0, -2), hold, approved(), heldLetter]],
    ['material-change', [...letter, reported(bigger), required()]],
  ])('is linked to it because it was %s', (because, history) =>
    given(decider)
      .when(again(round(...history)))
      .then(linked(because)),
  );
  it.each<[string, readonly ConsultationEvent[]]>([
    ['is under review', decided],
    ['has a decision to go on with', letter],
    ['has a change that needs no review', [...letter, reported(), accepted()]],
    ['is contested', [...letter, objected()]],
  ])('does not take up one that %s', (_, history) =>
    given(decider)
      .when(again(round(...history)))
      .refuses('previous-round-stands', 'c-1'),
  );
  it('is about the same project of the same agency', () => {
    const earlier = round(drafted(), submitted(), returned());
    given(decider)
      .when(again({ ...earlier, project: 'p-9' }))
      .refuses('another-project', 'c-1');
    given(decider)
      .when(again({ ...earlier, applicant: 'asan-si' }))
      .refuses('another-project');
  });
  describe('is one of a kind', () => {
    const draft = (others: readonly object[], earlier?: object): ConsultationCommand => ({
      type: 'draft-consultation',
      data: {
        ...{ ...drafted().data, consultation: 'c-2', others: others as never },
        ...(earlier === undefined ? {} : { earlier: earlier as never }),
      },
    });
    const held = [...decided.slice(0, -2), hold, approved(), heldLetter];
    const abandoned: ConsultationEvent = {
      type: 'held-plan-abandoned',
      data: { by: drafted().data.by, at: drafted().data.at, reason: '쓰지 않기로 하였다.' },
    };
    const unlinked = { type: 'consultation-drafted' as const, data: { ...drafted().data, consultation: 'c-2' } };

    it.each<[string, readonly ConsultationEvent[], string]>([
      ['is drafted', [drafted()], 'round-under-way'],
      ['is filed', [drafted(), submitted()], 'round-under-way'],
      ['is under review', decided, 'round-under-way'],
      ['is contested', [...letter, objected()], 'round-under-way'],
      ['has a decision', letter, 'decision-stands'],
      ['has a decision and a change that needs no review', [...letter, reported(), accepted()], 'decision-stands'],
      ['was returned', [drafted(), submitted(), returned()], 'earlier-round-unnamed'],
      ['was withdrawn', [drafted(), submitted(), withdrawn()], 'earlier-round-unnamed'],
      ['was put on hold', held, 'earlier-round-unnamed'],
      ['has to be consulted upon again', [...letter, reported(bigger), required()], 'earlier-round-unnamed'],
    ])('is not drafted without a link while another one of the project %s', (_, history, code) =>
      given(decider)
        .when(draft([round(...history)]))
        .refuses(code, 'c-1'),
    );
    it('begins anew where there is none, or a held plan was given up', () => {
      given(decider).when(draft([])).then(unlinked);
      given(decider)
        .when(draft([round(...held, abandoned)]))
        .then(unlinked);
    });
    it('takes up the newest, and by none of the older ones gets around what came after it', () => {
      const first = round(drafted(), submitted(), returned());
      const onHold = { ...round(...held), consultation: 'c-3', round: 2 };
      given(decider)
        .when(draft([first], first))
        .then(linked('returned'));
      given(decider)
        .when(draft([first, onHold], first))
        .refuses('earlier-round-unnamed', 'c-3');
      given(decider)
        .when(draft([first, { ...round(...letter), consultation: 'c-3' }], first))
        .refuses('decision-stands', 'c-3');
      given(decider)
        .when(draft([first, { ...round(...decided), consultation: 'c-3' }], first))
        .refuses('round-under-way', 'c-3');
    });
    it('is satisfied when it is drafted already', () =>
      given(decider, unlinked)
        .when(draft([round(drafted())]))
        .then());
  });
  it('counts the rounds', () => {
    const second = round(linked('returned') as ConsultationEvent, submitted(), returned());
    expect(second).toMatchObject({ consultation: 'c-2', round: 2 });
    given(decider)
      .when(again({ ...second, consultation: 'c-1' }))
      .then(linked('returned', 2));
  });
  it.each([
    [{ consultation: '' }, 'required'],
    [{ phase: 'asleep' }, 'unknown-choice'],
  ])('is malformed with %j', (more, code) =>
    given(decider)
      .when(again({ ...round(drafted(), submitted(), returned()), ...more }))
      .refuses(code),
  );
});
