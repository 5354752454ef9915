import type { Principal } from '@sajeon/access';
import {
  checklist,
  city,
  finding,
  machine,
  opinions,
  planVersion,
  province,
  applicant,
  approver,
  reviewer,
} from '@sajeon/domain/testing';
import type { ConsultationCommand, NotifyResult } from '@sajeon/domain';
import { PostgresEventStore, type NewEvent, type Receipt, StoreUnavailable, type ExpectedRevision } from '@sajeon/event-store';
import { freshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { Decisions } from './decisions.js';
import { CONSULTATION } from './kinds.js';
import { Letters } from './letters.js';

const basis = { position: '1', viewHash: 'b'.repeat(64), ruleSet: 'sample' };
const as = ({ person, agency }: { person: string; agency: string }, ...roles: Principal['roles'][number][]): Principal => ({
  person,
  agency,
  roles,
});

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: PostgresEventStore;
beforeAll(async () => {
  database = await freshDatabase();
  store = await PostgresEventStore.open(database.config);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** A case whose decision is approved and waits for its letter. */
async function approved(id: string, decisions: Decisions): Promise<void> {
  const plan = planVersion(1);
  const at = '2026-11-18T01:00:00Z';
  const steps: readonly (readonly [Principal, ConsultationCommand])[] = [
    [
      as(applicant, 'applicant'),
      {
        type: 'draft-consultation',
        data: { by: applicant, at, consultation: id, project: 'p-1', plan, applicant: city, authority: province },
      },
    ],
    [as(applicant, 'applicant-approver'), { type: 'submit-consultation', data: { by: applicant, at } }],
    [as(machine, 'system'), { type: 'record-screening', data: { by: machine, at, finding: finding(plan, []) } }],
    [
      as(reviewer, 'reviewer'),
      { type: 'receive-consultation', data: { by: reviewer, at, track: 'standard', dueOn: '2026-12-18', ruleSet: 'sample' } },
    ],
    [
      as(reviewer, 'reviewer'),
      {
        type: 'propose-decision',
        data: { by: reviewer, at, outcome: 'HOLD', reasons: '중복', conditions: [], basis, opinions, checklist, library: [] },
      },
    ],
    [as(approver, 'approver'), { type: 'approve-decision', data: { by: approver, at, proposal: 1, basis } }],
  ];
  for (const [principal, command] of steps) {
    await decisions.execute(CONSULTATION, id, command, { commandId: randomUUID(), principal });
  }
}

const notify = (documentNumber: string): NotifyResult => ({
  type: 'notify-result',
  data: { by: reviewer, at: '2026-11-18T02:00:00Z', proposal: 1, documentNumber },
});
const envelope = (commandId: string = randomUUID()) => ({ commandId, principal: as(reviewer, 'reviewer') });
const eventsOf = async (stream: string): Promise<string[]> => {
  const types: string[] = [];
  for await (const { type } of store.readStream(stream)) types.push(type);
  return types;
};
const reservations = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const { type, data } of store.readAll({ filter: { streamPrefixes: ['letter-'] } })) {
    found.push(`${type} ${String(data['documentNumber'])} ${String(data['consultation'])}`);
  }
  return found;
};

/** The same store, whose connection breaks at the append to one stream, once. */
class Breaking {
  constructor(private readonly stream: string) {}
  private broken = false;
  over(whole: PostgresEventStore): PostgresEventStore {
    const append = (stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Receipt> => {
      if (stream === this.stream && events.some(({ type }) => type === 'result-notified') && !this.broken) {
        this.broken = true;
        return Promise.reject(new StoreUnavailable('the process died here'));
      }
      return whole.append(stream, expected, events);
    };
    return new Proxy(whole, {
      get(target, name): unknown {
        if (name === 'append') return append;
        const found: unknown = Reflect.get(target, name, target);
        return typeof found === 'function' ? found.bind(target) : found;
      },
    });
  }
}

it('takes the number before the letter goes out, and gives it to no other case, however it is written', async () => {
  const decisions = new Decisions(store);
  const letters = new Letters(decisions);
  await approved('n-1', decisions);
  await approved('n-2', decisions);
  const key = randomUUID();
  const receipt = await letters.notify('n-1', notify('정보화담당관-4821'), envelope(key));
  await expect(letters.notify('n-2', notify('정보화담당관-4821(2026. 11. 18.)'), envelope())).rejects.toMatchObject({
    code: 'document-number-taken',
  });
  expect((await decisions.load(CONSULTATION, 'n-2')).state).toMatchObject({ phase: 'approved' });
  await letters.notify('n-2', notify('정보화담당관-4822'), envelope());
  expect(await letters.notify('n-1', notify('정보화담당관-4821'), envelope(key))).toEqual(receipt);
  expect(await reservations()).toEqual([
    'document-number-reserved 정보화담당관-4821 n-1',
    'document-number-reserved 정보화담당관-4822 n-2',
  ]);
});

it('neither loses the case nor lends the number when the process dies between number and letter', async () => {
  const whole = new Decisions(store);
  await approved('n-3', whole);
  await approved('n-4', whole);
  const dying = new Letters(new Decisions(new Breaking('consultation-n-3').over(store)));
  const key = randomUUID();
  await expect(dying.notify('n-3', notify('정보화담당관-5000'), envelope(key))).rejects.toThrow('the process died here');
  expect(await eventsOf('consultation-n-3')).not.toContain('result-notified');

  const letters = new Letters(whole);
  await expect(letters.notify('n-4', notify('정보화담당관-5000'), envelope())).rejects.toMatchObject({
    code: 'document-number-taken',
  });
  await letters.notify('n-3', notify('정보화담당관-5000'), envelope(key));
  expect(await eventsOf('consultation-n-3')).toContain('result-notified');
  // Nor is the case bound to the number: it may go out under another one.
  await approved('n-6', whole);
  const again = new Letters(new Decisions(new Breaking('consultation-n-6').over(store)));
  await expect(again.notify('n-6', notify('정보화담당관-5001'), envelope())).rejects.toThrow('the process died here');
  await letters.notify('n-6', notify('정보화담당관-5002'), envelope());
  expect((await whole.load(CONSULTATION, 'n-6')).state?.documentNumber).toBe('정보화담당관-5002');
  expect((await reservations()).filter((each) => each.includes('5000'))).toEqual([
    'document-number-reserved 정보화담당관-5000 n-3',
  ]);
});

it('takes no number for what is refused, and gives one back when somebody was faster', async () => {
  const decisions = new Decisions(store);
  const letters = new Letters(decisions);
  await approved('n-5', decisions);
  const { revision } = await decisions.load(CONSULTATION, 'n-5');
  await expect(
    letters.notify(
      'n-5',
      { ...notify('정보화담당관-6000'), data: { ...notify('정보화담당관-6000').data, proposal: 2 } },
      envelope(),
    ),
  ).rejects.toMatchObject({ code: 'not-the-current-proposal' });
  await expect(
    letters.notify('n-5', notify('정보화담당관-6000'), { ...envelope(), expected: (revision as bigint) - 1n }),
  ).rejects.toMatchObject({ code: 'stale-revision' });
  expect((await reservations()).filter((each) => each.includes('6000'))).toEqual([]);

  // Both read the same revision; the slower finds the case moved on and gives its number back.
  const at = { expected: revision as bigint };
  const race = await Promise.allSettled([
    letters.notify('n-5', notify('정보화담당관-6001'), { ...envelope(), ...at }),
    letters.notify('n-5', notify('정보화담당관-6002'), { ...envelope(), ...at }),
  ]);
  expect(race.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const { state } = await decisions.load(CONSULTATION, 'n-5');
  const held = new Map<string, boolean>();
  for (const each of await reservations()) {
    const [type, number] = each.split(' ');
    if (number?.includes('-600')) held.set(number, type === 'document-number-reserved');
  }
  expect([...held].filter(([, is]) => is).map(([number]) => number)).toEqual([state?.documentNumber]);
});

it('is for those who may notify', async () => {
  const letters = new Letters(new Decisions(store));
  const outsider = { commandId: randomUUID(), principal: as(applicant, 'applicant') };
  await expect(letters.notify('n-5', notify('정보화담당관-7000'), outsider)).rejects.toMatchObject({ code: 'role-required' });
});
