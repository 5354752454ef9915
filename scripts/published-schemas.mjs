/**
 * The schemas that other people publish for our exports, fetched from where they are published: nobody gave a licence to pass them on, so none
 * is kept here (CloudEvents' is Apache-2.0 and stands in test/fixtures/schemas/).
 *
 *   node scripts/published-schemas.mjs          fetches what is missing; exits with 1 while one is missing or is not what was published
 *   node scripts/published-schemas.mjs --json   fetches nothing and says what is there, for the tests
 *
 * SAJEON_PUBLISHED_SCHEMAS names a folder into which they were put by hand; otherwise they are kept in .published-schemas/.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PATIENCE = 10_000;
const folder = resolve(process.env.SAJEON_PUBLISHED_SCHEMAS ?? fileURLToPath(new URL('../.published-schemas', import.meta.url)));

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** What is wrong with these bytes; nothing when they are the schema. */
const pinned = (hash) => (bytes) => (sha256(bytes) === hash ? undefined : `has the SHA-256 ${sha256(bytes)}, not ${hash}`);
/** For a schema of which only copies in other hands were seen: what every one of them declares. */
const declares =
  (...wanted) =>
  (bytes) => {
    const missing = wanted.filter((each) => !bytes.toString('utf8').includes(each));
    return missing.length > 0 ? `does not declare ${missing.join(', ')}` : undefined;
  };

const SCHEMAS = [
  {
    kind: 'ocel',
    file: 'ocel20-schema-json.json',
    address: 'https://www.ocel-standard.org/2.0/ocel20-schema-json.json',
    fault: pinned('bd3dfc26a35c5a6d49e3e4adc049aa41c1efe31576dfd564e3e399d7b04f3dc6'),
  },
  {
    kind: 'xes',
    file: 'xes-ieee-1849-2016.xsd',
    address: 'http://www.xes-standard.org/downloads/xes-ieee-1849-2016-April-15-2020.xsd',
    fault: declares(
      ...['<xs:schema', '<xs:element name="log" type="LogType"', 'name="AttributableType"', 'name="AttributeIDType"'],
      ...['name="GlobalsType"', 'name="ClassifierType"', 'name="TraceType"', 'name="EventType"', 'name="xes.version"'],
    ),
  },
];

function look({ kind, file, address, fault }) {
  const path = join(folder, file);
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch {
    return {
      kind,
      path,
      fault: `fetch it from ${address} and put it at ${path}, or into the folder that SAJEON_PUBLISHED_SCHEMAS names`,
    };
  }
  const wrong = fault(bytes);
  return { kind, path, sha256: sha256(bytes), ...(wrong === undefined ? {} : { fault: `${path} ${wrong}` }) };
}

async function fetched({ file, address, fault }) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`it answers ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const wrong = fault(bytes);
  if (wrong !== undefined) throw new Error(`what it gives ${wrong}`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, file);
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
}

if (process.argv.includes('--json')) {
  process.stdout.write(JSON.stringify(SCHEMAS.map(look)));
} else {
  for (const schema of SCHEMAS) {
    if (look(schema).fault !== undefined) {
      await fetched(schema).catch(({ message, cause }) =>
        process.stderr.write(`${schema.address}: ${cause?.message ?? message}\n`),
      );
    }
    const { path, sha256: hash, fault } = look(schema);
    if (fault === undefined) process.stdout.write(`${schema.kind}: ${path} (SHA-256 ${hash})\n`);
    else {
      process.stderr.write(`${schema.kind}: ${fault}\n`);
      process.exitCode = 1;
    }
  }
}
