import {
  applicant,
  approver,
  basis,
  candidate,
  checklist,
  deciding,
  given,
  groundwater,
  happened,
  libraryCondition,
  machine,
  opinions,
  opinionsAsNamed,
  planVersion,
  reviewer,
} from '../testing.js';
import { consultationDecider as decider, type ConsultationCommand } from './consultation.js';
import type { ConsultationEvent, DecisionProposed } from './events.js';

const { drafted, submitted, received, screened, confirmed, proposed, approved, notified, invalidated } = happened;

const at = '2026-11-17T05:00:00Z';
const settled = [drafted(), submitted(), screened(), received(), confirmed()];
const inForce = [...settled, proposed(), approved()];
const propose = (more: object = {}): ConsultationCommand => ({
  type: 'propose-decision',
  data: {
    ...{ by: reviewer, at, outcome: 'PROCEED_CONDITIONALLY', reasons: '' },
    ...{ conditions: [libraryCondition], ...deciding, ...more },
  },
});
const asProposed = (more: object = {}): DecisionProposed => ({
  type: 'decision-proposed',
  data: {
    ...{ by: reviewer, at, proposal: 1, outcome: 'PROCEED_CONDITIONALLY', reasons: '', opinions: opinionsAsNamed },
    ...{ conditions: [{ number: 1, ...libraryCondition }], basis, ...more },
  },
});
const approve: ConsultationCommand = { type: 'approve-decision', data: { by: approver, at, proposal: 1, basis } };

describe('the checklist', () => {
  it('is gone through item by item, each under the name that the rules of the case give it', () =>
    given(decider, ...settled)
      .when(propose())
      .then(asProposed()));
  it('lacks no item', () =>
    given(decider, ...settled)
      .when(propose({ opinions: opinions.slice(0, 1) }))
      .refuses('checklist-incomplete', '2'));
  it('has no item twice and none that the rules do not have', () => {
    given(decider, ...settled)
      .when(propose({ opinions: [...opinions, opinions[1]] }))
      .refuses('checklist-incomplete', '2');
    given(decider, ...settled)
      .when(propose({ opinions: [...opinions, { item: 9, verdict: 'SUITABLE', text: '' }] }))
      .refuses('checklist-incomplete', '9');
  });
  it('gives a reason for every item that is not plainly suitable', () =>
    given(decider, ...settled)
      .when(propose({ opinions: [{ item: 1, verdict: 'NOT_APPLICABLE', text: ' ' }, opinions[1]] }))
      .refuses('required'));
  it.each(['UNSUITABLE', 'SUITABLE_WITH_CONDITIONS'])('lets nothing proceed plainly while an item is %s', (verdict) =>
    given(decider, ...settled)
      .when(propose({ outcome: 'PROCEED', conditions: [], opinions: [{ item: 1, verdict, text: '겹친다.' }, opinions[1]] }))
      .refuses('opinion-against-outcome', '1'),
  );
  it('lets a project proceed whose items are suitable or not applicable', () => {
    const plain = [
      { item: 1, verdict: 'NOT_APPLICABLE', text: '기능이 겹치지 않는다.' },
      { item: 2, verdict: 'SUITABLE', text: '' },
    ];
    const named = plain.map((opinion, index) => ({ ...opinion, name: checklist[index]?.name }));
    given(decider, ...settled)
      .when(propose({ outcome: 'PROCEED', conditions: [], opinions: plain }))
      .then(asProposed({ outcome: 'PROCEED', conditions: [], opinions: named }));
  });
  it.each([
    ['opinions that are no list', { opinions: {} }, 'wrong-type'],
    ['an unknown verdict', { opinions: [{ item: 1, verdict: 'PERHAPS', text: '' }] }, 'unknown-choice'],
  ])('is malformed with %s', (_, more, code) =>
    given(decider, ...settled)
      .when(propose(more))
      .refuses(code),
  );
  it('goes into the letter', () =>
    given(decider, ...settled, asProposed(), approved())
      .when({ type: 'notify-result', data: { by: reviewer, at, proposal: 1, documentNumber: '정보화담당관-4821' } })
      .then({
        type: 'result-notified',
        data: {
          ...{ by: reviewer, at, documentNumber: '정보화담당관-4821', outcome: 'PROCEED_CONDITIONALLY', reasons: '' },
          ...{ conditions: [{ number: 1, ...libraryCondition }], opinions: opinionsAsNamed },
        },
      }));
});

describe('a condition', () => {
  const { code: _, ...unnamed } = libraryCondition;
  const { owner: __, ...ownerless } = libraryCondition;
  it('is one of the library, or says why none fits', () => {
    given(decider, ...settled)
      .when(propose({ conditions: [unnamed] }))
      .refuses('condition-without-code', '1');
    given(decider, ...settled)
      .when(propose({ conditions: [{ ...libraryCondition, code: 'made-up' }] }))
      .refuses('not-in-the-library', 'made-up', 'link');
    const own = { ...unnamed, ownWordingBecause: '실적을 묻는 표준 조건이 없다.' };
    given(decider, ...settled)
      .when(propose({ conditions: [own] }))
      .then(asProposed({ conditions: [{ number: 1, ...own }] }));
  });
  it('lies ahead, when it is proposed and when the letter goes out', () => {
    const due = (dueOn: string) => [{ ...libraryCondition, dueOn }];
    given(decider, ...settled)
      .when(propose({ conditions: due('2026-11-17') }))
      .refuses('condition-due-too-early', '2026. 11. 17.');
    given(decider, ...settled)
      .when(propose({ conditions: due('2026-11-18') }))
      .then(asProposed({ conditions: [{ number: 1, ...due('2026-11-18')[0] }] }));
    const kept = [...settled, asProposed({ conditions: [{ number: 1, ...due('2026-11-18')[0] }] }), approved()];
    given(decider, ...kept)
      .when({
        type: 'notify-result',
        data: { by: reviewer, at: '2026-11-18T05:00:00Z', proposal: 1, documentNumber: '정보화담당관-1' },
      })
      .refuses('condition-due-too-early', '1');
  });
  it('says who must act', () =>
    given(decider, ...settled)
      .when(propose({ conditions: [ownerless] }))
      .refuses('condition-without-owner', '1'));
  it('says what will show that it is met', () =>
    given(decider, ...settled)
      .when(propose({ conditions: [{ ...libraryCondition, evidence: [] }] }))
      .refuses('condition-without-evidence', '1'));
  it.each([
    ['an empty reason', { ...unnamed, ownWordingBecause: '' }, 'required'],
    ['an empty owner', { ...libraryCondition, owner: '' }, 'required'],
    ['empty evidence', { ...libraryCondition, evidence: [''] }, 'required'],
    ['evidence that is no list', { ...libraryCondition, evidence: '결과서' }, 'wrong-type'],
    ['a code with blanks', { ...libraryCondition, code: 'a b' }, 'invalid-id'],
  ])('is malformed with %s', (___, condition, code) =>
    given(decider, ...settled)
      .when(propose({ conditions: [condition] }))
      .refuses(code),
  );
});

describe('a change of the content after the approval', () => {
  const dismissal = { candidate: groundwater.id, relation: 'INTEGRATION_HUB' as const, reason: '연계 거점이다.' };
  it('voids it when a candidate is settled anew', () =>
    given(decider, ...inForce)
      .when({ type: 'dismiss-overlap', data: { by: reviewer, at, ...dismissal } })
      .then(invalidated(), { type: 'overlap-dismissed', data: { by: reviewer, at, ...dismissal } }));
  it('does not void it when the very same is found again', () =>
    given(decider, ...inForce)
      .when({ type: 'confirm-overlap', data: confirmed().data })
      .then());
  it('voids it when the plan is screened anew', () => {
    const finding = screened([candidate('s-new', '새 시스템', 0.8, true)], planVersion(1), '200').data.finding;
    given(decider, ...inForce)
      .when({ type: 'record-screening', data: { by: machine, at, finding } })
      .then(invalidated('screened-anew', machine), { type: 'overlap-screened', data: { by: machine, at, finding } });
  });
  it('voids it when the applicant is asked again, and so the plan may change', () => {
    const asked = { items: [{ pointer: '', text: '예산을 다시 적으세요.' }], respondBy: '2026-12-01' };
    const state = inForce.reduce(decider.evolve, decider.initialState);
    expect(decider.decide({ type: 'request-correction', data: { by: reviewer, at, ...asked } }, state)).toMatchObject([
      invalidated('asked-again'),
      { type: 'correction-requested', data: { round: 1 } },
    ]);
  });
  it('voids it when another proposal takes the place of the approved one', () =>
    given(decider, ...inForce)
      .when(propose())
      .then(invalidated('proposal-replaced'), asProposed({ proposal: 2 })));
  it('has the decision proposed and approved anew', () => {
    const voided: readonly ConsultationEvent[] = [...inForce, invalidated()];
    given(decider, ...voided)
      .when({ type: 'notify-result', data: { by: reviewer, at, proposal: 1, documentNumber: '정보화담당관-1' } })
      .refuses('wrong-phase');
    given(decider, ...voided)
      .when(approve)
      .refuses('wrong-phase');
    given(decider, ...voided)
      .when(propose())
      .then(asProposed({ proposal: 2 }));
  });
  it('concerns nobody before the approval or after the letter', () => {
    given(decider, ...settled)
      .when({ type: 'dismiss-overlap', data: { by: reviewer, at, ...dismissal } })
      .then({ type: 'overlap-dismissed', data: { by: reviewer, at, ...dismissal } });
    given(decider, ...inForce, notified())
      .when({ type: 'dismiss-overlap', data: { by: reviewer, at, ...dismissal } })
      .refuses('consultation-over');
  });
});

it('is never decided by the applicant agency, in any step', () => {
  const commands: readonly ConsultationCommand[] = [
    propose({ by: applicant }),
    { type: 'approve-decision', data: { by: applicant, at, proposal: 1, basis } },
    { type: 'send-back-decision', data: { by: applicant, at, proposal: 1, reason: '사유' } },
    { type: 'notify-result', data: { by: applicant, at, proposal: 1, documentNumber: '정보화담당관-1' } },
  ];
  for (const command of commands)
    given(decider, ...inForce)
      .when(command)
      .refuses('own-submission');
});
