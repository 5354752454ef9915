/**
 * A process that appends as fast as it can until it is killed, and says on standard output what was acknowledged:
 * one line of JSON per append, after the acknowledgement. Runs the present TypeScript source.
 *
 *   node test/fault/append-until-killed.mjs <writer name> <writers> [<appends>]
 *
 * SAJEON_DATABASE: the database as JSON for pg. Without <appends> it never ends by itself.
 */
import '../support/typescript.mjs';
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';

const { PostgresEventStore } = await import('@sajeon/event-store');
const [name, writers, appends = 'Infinity'] = process.argv.slice(2);

const say = (line) =>
  writeSync(1, `${JSON.stringify(line, (_, value) => (typeof value === 'bigint' ? String(value) : value))}\n`);

say({ loaded: true });
const store = await PostgresEventStore.open(JSON.parse(process.env.SAJEON_DATABASE));

say({ ready: true });
await Promise.all(
  Array.from({ length: Number(writers) }, async (_, writer) => {
    for (let count = 0; count < Number(appends); count++) {
      const stream = `${name}-${writer}`;
      const batch = 1 + ((count + writer) % 3);
      const events = Array.from({ length: batch }, (_, index) => ({
        id: randomUUID(),
        type: 'killed-at-will',
        data: { append: count, index, of: batch, text: '가'.repeat(50) },
        metadata: { writer: stream },
      }));
      const receipt = await store.append(stream, 'any', events);
      say({ ...receipt, ids: events.map(({ id }) => id) });
    }
  }),
);
await store.close();
