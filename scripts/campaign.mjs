/**
 * `node scripts/campaign.mjs [--tamperings 10000] [--proof-runs 20000] [--seed N]`: the whole campaign of which CI runs a smaller share.
 * 10,000 random tamperings of evidence, each of which both verifiers must find, with the same reason at the same place; and about
 * a million altered proofs (some thirty of each kind a run), none of which may be accepted. The results are kept in docs/campaigns.md.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './checkout/build.mjs';

const { values } = parseArgs({
  options: {
    tamperings: { type: 'string', default: '10000' },
    'proof-runs': { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_007) },
  },
});
const env = {
  ...process.env,
  SAJEON_SEED: values.seed,
  SAJEON_TAMPERINGS: values.tamperings,
  SAJEON_PROOF_RUNS: values['proof-runs'],
};
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
let failed = 0;
for (const [project, pattern] of [
  ['unit', 'libs/audit/src/tree/tree.spec'],
  ['int', 'libs/audit/src/evidence.int.spec'],
]) {
  const args = [jest, `--selectProjects=${project}`, '--testPathPatterns', pattern, '--testTimeout', '7200000'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
