import { contentOf, draftOf, EMPTY_DRAFT, rowPointer, wonOf } from './plan-draft.js';

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
});
