/** Opens the embedded PostgreSQL in a directory, says so, and waits to be killed: node test/fault/open-and-wait.mjs <directory> */
import '../support/typescript.mjs';

const { EmbeddedPostgres } = await import('@sajeon/event-store');
console.log('{"loaded":true}');
await EmbeddedPostgres.open({ directory: process.argv[2], durable: false });
console.log('{"ready":true}');
setInterval(() => undefined, 60_000);
