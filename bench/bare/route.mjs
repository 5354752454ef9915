/** What bench/http.mjs is compared with: Fastify, and one durable row for each request, nothing else. */
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ ...JSON.parse(process.env.BENCH_DATABASE), max: 10 });
await pool.query(
  'create table if not exists bare_row (id uuid primary key, body json not null, at timestamptz not null default now())',
);
const server = fastify();
server.post('/rows', async (request, reply) => {
  const id = randomUUID();
  await pool.query({
    name: 'bare',
    text: 'insert into bare_row (id, body) values ($1, $2)',
    values: [id, JSON.stringify(request.body)],
  });
  return reply.status(201).send({ id });
});
process.send({ listening: await server.listen({ port: 0, host: '127.0.0.1' }) });
process.once('SIGTERM', () =>
  server
    .close()
    .then(() => pool.end())
    .then(() => process.exit(0)),
);
