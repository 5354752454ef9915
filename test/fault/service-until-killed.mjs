/**
 * A worker that follows the log and, at the same time, files consultations as fast as it can until it is killed. Says on standard
 * output what was acknowledged. Runs the present TypeScript source. SAJEON_DATABASE: the database as JSON for pg.
 */
import '../support/typescript.mjs';
import { writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

await import('reflect-metadata');
const { NestFactory } = await import('@nestjs/core');
const { PostgresEventStore } = await import('@sajeon/event-store');
const { followTheLog, OperationsModule } = await import('@sajeon/operations');
const { CONSULTATION, Decisions, planVersion } = await import('@sajeon/decisions');
const { migrate } = await import('@sajeon/read-models');

const say = (line) =>
  writeSync(1, `${JSON.stringify(line, (_, value) => (typeof value === 'bigint' ? String(value) : value))}\n`);
say({ loaded: true });

const database = JSON.parse(process.env.SAJEON_DATABASE);
await migrate(database);
const events = await PostgresEventStore.open(database);
const app = await NestFactory.createApplicationContext(OperationsModule.on({ events, database }), { logger: false });
await followTheLog(app);
const decisions = app.get(Decisions);

say({ ready: true });

const principal = { person: 'person-1', agency: 'gyeonggi-suwon', roles: ['applicant', 'applicant-approver'] };
const by = { person: principal.person, agency: principal.agency };
const parties = {
  applicant: { id: 'gyeonggi-suwon', name: '수원시', tier: 'BASIC_LOCAL' },
  authority: { id: 'gyeonggi', name: '경기도', tier: 'METROPOLITAN' },
};
const subjects = ['주차', '도서관', '상수도', '체육시설', '전세피해', '버스', '민원', '재난'];

await Promise.all(
  Array.from({ length: 4 }, async () => {
    for (;;) {
      const id = randomUUID();
      const subject = subjects[Math.floor(Math.random() * subjects.length)];
      const content = {
        title: `${subject} 예약 서비스`,
        purpose: `${subject} 이용자가 온라인으로 예약한다`,
        functions: [`${subject} 예약`],
        users: ['시민'],
      };
      const plan = planVersion(1, { ...content, data: [], technologies: [], text: '', budgetKrw: null, orderPlannedOn: null });
      const stamp = { by, at: new Date().toISOString() };
      const draft = { type: 'draft-consultation', data: { ...stamp, consultation: id, project: id, plan, ...parties } };
      await decisions.execute(CONSULTATION, id, draft, { commandId: randomUUID(), principal });
      const receipt = await decisions.execute(
        CONSULTATION,
        id,
        { type: 'submit-consultation', data: stamp },
        { commandId: randomUUID(), principal },
      );
      say({ consultation: id, ...receipt });
    }
  }),
);
