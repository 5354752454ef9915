import { contentOf, costLinesAfter, draftOf, EMPTY_DRAFT, readable, rowPointer, wonOf } from './plan-draft.js';

describe('a plan as it is typed', () => {
  it('empty rows are not sent', () => {
    expect(contentOf({ ...EMPTY_DRAFT, title: ' 사업 ', functions: ['접수', ' ', '통보'] })).toMatchObject({
      title: '사업',
      functions: ['접수', '통보'],
    });
  });

  it('a row is named by the place that the service will see it at', () => {
    expect(rowPointer('functions', ['접수', '', '통보'], 2)).toBe('/functions/1');
  });

  it.each([
    ['350,000,000', 350_000_000],
    ['3.5억', 350_000_000],
    ['3억 원', 300_000_000],
    ['350백만원', 350_000_000],
    ['', null],
  ])('the budget %j is %j won', (typed, amount) => {
    expect(wonOf(typed)).toBe(amount);
  });

  it('a budget that is no amount goes to the service as typed, so that it can say what is wrong', () => {
    expect(wonOf('많이')).toBe('많이');
  });

  it('what is loaded and not touched is sent as it was', () => {
    const plan = {
      title: '가',
      purpose: '나',
      functions: ['다'],
      users: [],
      data: ['라'],
      technologies: [],
      text: '',
      budgetKrw: 1_234_567,
      orderPlannedOn: '2027-03-02',
    };
    expect(contentOf(draftOf(plan))).toEqual(plan);
  });

  it('a cost goes on meaning its function when rows before it are empty, come or go', () => {
    const line = { label: '개발', won: '1억', functions: [2] };
    const draft = { ...EMPTY_DRAFT, title: '가', functions: ['접수', '', '통보'], costLines: [line] };
    expect(contentOf(draft).costLines).toEqual([{ label: '개발', krw: 100_000_000, functions: [1] }]);
    expect(costLinesAfter([line], 0, 1, 0)[0]?.functions).toEqual([1]);
    expect(costLinesAfter([line], 1, 0, 1)[0]?.functions).toEqual([3]);
    expect(costLinesAfter([line], 2, 1, 3)[0]?.functions).toEqual([2]);
    expect(costLinesAfter([line], 2, 1, 0)[0]?.functions).toEqual([]);
  });

  it('a cost table is sent only when something stands in it, and an amount that is none stays out of comparisons', () => {
    const draft = { ...EMPTY_DRAFT, title: '가', costLines: [{ label: ' ', won: '', functions: [] }] };
    expect(contentOf(draft)).not.toHaveProperty('costLines');
    const half = contentOf({ ...draft, budget: '많이', costLines: [{ label: '개발', won: '조금', functions: [] }] });
    expect(half.costLines?.[0]?.krw).toBe('조금');
    expect(readable(half)).toEqual({ ...contentOf(EMPTY_DRAFT), title: '가', budgetKrw: null });
  });
});
