import { happened, planVersion } from '@sajeon/domain/testing';
import type { ConsultationEvent } from '@sajeon/domain';
import { drafted } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import {
  ListPublicDecisions,
  ListPublicDecisionsHandler,
  publicRegister,
  type PublicDecision,
  type PublicDecisionsRequest,
} from './public-register.js';

describe('the public register of decisions', () => {
  let tables: Tables;
  beforeEach(async () => (tables = await Tables.make()));
  afterEach(() => tables.close());

  async function register(request: PublicDecisionsRequest = {}): Promise<readonly PublicDecision[]> {
    await tables.project(publicRegister);
    return (await new ListPublicDecisionsHandler(tables.reader).execute(new ListPublicDecisions(request))).rows;
  }

  const titled = (title: string) => {
    const plan = planVersion(2);
    return { ...plan, content: { ...plan.content, title } };
  };
  const until = (title = '지하수 관리') => [
    happened.submitted(titled(title)),
    ...[happened.received(), happened.screened([]), happened.proposed(), happened.approved()],
  ];
  const letter = (change: Partial<Extract<ConsultationEvent, { type: 'result-notified' }>['data']> = {}): ConsultationEvent => ({
    ...happened.notified(),
    data: { ...happened.notified().data, ...change },
  });

  it('says nothing of a case before its letter is out', async () => {
    await tables.happen('consultation-c-1', drafted('c-1'), ...until());
    expect(await register()).toEqual([]);
  });

  it('tells what the letter tells and nobody’s name, and masks what looks like a person’s number or address', async () => {
    const conditions = [{ number: 1, text: '담당 010-1234-5678과 연계할 것', dueOn: '2027-03-31', candidate: null }];
    const data = { documentNumber: '정보화담당관-7', outcome: 'PROCEED_CONDITIONALLY' as const, conditions };
    await tables.happen('consultation-c-1', drafted('c-1'), ...until('지하수 예약 help@example.go.kr'), letter(data));
    const rows = await register();
    expect(rows).toEqual([
      {
        ...{ consultation: 'c-1', documentNumber: '정보화담당관-7', outcome: 'PROCEED_CONDITIONALLY', amends: null },
        ...{ title: '지하수 예약 h***@example.go.kr', applicantName: '공주시', authorityName: '충청남도' },
        notifiedOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
        conditions: [{ number: 1, text: '담당 010-****-5678과 연계할 것', dueOn: '2027-03-31' }],
      },
    ]);
  });

  it('holds the plan that was decided upon, not a change that was reported afterwards', async () => {
    await tables.happen('consultation-c-1', drafted('c-1', '첫 사업'), ...until('고친 사업'), letter());
    const { by, at } = happened.submitted().data;
    await tables.happen('consultation-c-1', {
      type: 'material-change-reported',
      data: { by, at, change: 1, plan: titled('나중에 바꾼 사업'), decidedVersion: 2, reason: '물가', material: [] },
    } as ConsultationEvent);
    expect(await register()).toMatchObject([{ title: '고친 사업' }]);
  });

  it('names a later letter in the place of the first, with what it replaces', async () => {
    await tables.happen('consultation-c-1', drafted('c-1'), ...until(), letter({ documentNumber: '정보화담당관-7' }));
    await tables.happen(
      'consultation-c-1',
      letter({ documentNumber: '정보화담당관-9', amends: '정보화담당관-7', outcome: 'HOLD' }),
    );
    expect(await register()).toMatchObject([{ documentNumber: '정보화담당관-9', amends: '정보화담당관-7', outcome: 'HOLD' }]);
  });

  it('is searched by title, agency and number, and by outcome', async () => {
    await tables.happen('consultation-c-1', drafted('c-1'), ...until(), letter({ documentNumber: '담당관-1' }));
    await tables.happen(
      'consultation-c-2',
      drafted('c-2'),
      ...until('도서관 예약'),
      letter({ documentNumber: '담당관-2', outcome: 'HOLD' }),
    );
    const found = async (request: PublicDecisionsRequest) => (await register(request)).map(({ consultation }) => consultation);
    expect(await found({ q: 'ㄷㅅㄱ' })).toEqual(['c-2']);
    expect(await found({ q: '담당관-1' })).toEqual(['c-1']);
    expect(await found({ q: '공주' })).toHaveLength(2);
    expect(await found({ outcome: 'HOLD' })).toEqual(['c-2']);
  });
});
