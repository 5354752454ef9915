import type { PlanContent } from '../contract.js';
import { differing, merged } from './merge.js';

const BASE: PlanContent = {
  ...{ title: '상담 예약', purpose: '예약을 받는다', functions: ['접수', '통보'], users: [], data: [], technologies: [] },
  ...{ text: '', budgetKrw: null, orderPlannedOn: null },
};

describe('two drafts of one plan', () => {
  it('differ where only one was changed, and that one is proposed', () => {
    const mine = { ...BASE, title: '상담 예약 시스템' };
    const theirs = { ...BASE, purpose: '온라인으로 예약을 받는다' };
    expect(differing(BASE, mine, theirs)).toEqual([
      { field: 'title', proposed: 'mine' },
      { field: 'purpose', proposed: 'theirs' },
    ]);
    expect(merged(mine, theirs, { title: 'mine', purpose: 'theirs' })).toEqual({
      ...mine,
      purpose: '온라인으로 예약을 받는다',
    });
  });

  it('leave the choice to a person where both were changed', () => {
    const [one] = differing(BASE, { ...BASE, title: '가' }, { ...BASE, title: '나' });
    expect(one).toEqual({ field: 'title', proposed: null });
  });

  it('agree where both made the same change', () => {
    expect(differing(BASE, { ...BASE, title: '가' }, { ...BASE, title: '가' })).toEqual([]);
  });

  it('agree about costs whose parts are only named in another order', () => {
    const mine = { ...BASE, costLines: [{ label: '개발', krw: 10, functions: [1] }] };
    const theirs = { ...BASE, costLines: [{ functions: [1], krw: 10, label: '개발' }] };
    expect(differing(BASE, mine, theirs)).toEqual([]);
  });

  it('keep each cost with its function when the functions of the other are taken', () => {
    const mine = { ...BASE, costLines: [{ label: '개발', krw: 10, functions: [1] }] };
    const theirs = { ...BASE, functions: ['통보', '접수'] };
    const plan = merged(mine, theirs, { functions: 'theirs', costLines: 'mine' });
    expect(plan.functions[plan.costLines?.[0]?.functions[0] ?? -1]).toBe('통보');
  });

  it('take a cost table away when the other side took it away', () => {
    const mine = { ...BASE, costLines: [{ label: '개발', krw: 10, functions: [] }] };
    expect(merged(mine, BASE, { costLines: 'theirs' })).toEqual(BASE);
  });
});
