/** `npm run eval:overlap -- …`: builds what is not built and runs `bench/overlap-eval.mjs` with the same arguments. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './checkout/build.mjs';
import { prepare } from './checkout/prepare.mjs';

await prepare({});
const { status } = spawnSync(process.execPath, [join(root, 'bench', 'overlap-eval.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
