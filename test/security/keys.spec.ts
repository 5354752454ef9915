import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const policy = readFileSync(join(root, 'docs/security/keys.md'), 'utf8');
const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8');

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.spec\.ts|testing|stand-in/.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));
}

/** Every setting of the environment that the code reads. */
const settings = [
  ...new Set(
    [...sources('apps'), ...sources('libs')].flatMap(
      (text) => text.match(/\b(SAJEON_[A-Z_]+|DATABASE_URL|KURRENTDB_URL)\b/g) ?? [],
    ),
  ),
].sort();
/** Those that hold a secret or name the file of one, by their names. */
const secrets = settings.filter((name) => /KEY|SECRET|TOKEN|PASSWORD|TLS|_URL$/.test(name));
/** Settings with such a name that hold no secret. */
const NO_SECRET = new Set([
  'SAJEON_URL',
  'SAJEON_PUBLIC_URL',
  'SAJEON_EMBEDDINGS_URL',
  'SAJEON_FIRST_PASSWORD_HOURS',
  ...settings.filter((name) => name.startsWith('SAJEON_BREACHED_PASSWORDS')),
]);

it('finds the settings', () => {
  expect(settings.length).toBeGreaterThan(30);
  for (const known of ['SAJEON_VAULT_KEY', 'SAJEON_OIDC_CLIENT_SECRET_FILE', 'DATABASE_URL', 'KURRENTDB_URL'])
    expect(secrets).toContain(known);
});

it.each(secrets.filter((name) => !NO_SECRET.has(name)))('%s has an owner, a life and what to do when it is known', (name) => {
  const row = policy.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${name}\``));
  expect(row === undefined ? `${name} is missing in docs/security/keys.md` : name).toBe(name);
  const [, what = '', , , life = '', renew = '', known = ''] = (row ?? '').split('|').map((cell) => cell.trim());
  for (const said of [what, life, renew, known]) expect(said).toMatch(/\S{2}/);
});

it('names no setting that the code does not read', () => {
  const named = policy.match(/\bSAJEON_[A-Z_]+\b/g) ?? [];
  expect(named.filter((name) => !settings.includes(name))).toEqual([]);
});

it('the settings of logs and keys are told to operators', () => {
  const written = readFileSync(join(root, 'docs/security/logs.md'), 'utf8').match(/\bSAJEON_[A-Z_]+\b/g) ?? [];
  expect(written.length).toBeGreaterThan(0);
  for (const name of written) expect(operations).toContain(name);
});
