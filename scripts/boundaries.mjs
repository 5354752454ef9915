/**
 * `npm run boundaries`: who imports whom, against the table in .dependency-cruiser.cjs. Run in the folder to look at: the root, or a planted
 * tree (test/architecture/, which reads the result with `--json`). Exits with 1 when a rule is broken.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const json = process.argv.includes('--json');

const folders = ['apps', 'libs', 'test'].filter((folder) => existsSync(folder));
const { output, exitCode } = await cruise(
  folders,
  { ruleSet: { forbidden }, validate: true, ...options, outputType: json ? 'json' : 'err' },
  // As Node resolves an `import`; types for packages that are nothing else.
  { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  { tsConfig: extractTSConfig(options.tsConfig.fileName) },
);
process.stdout.write(output.endsWith('\n') ? output : `${output}\n`);
process.exitCode = !json && exitCode > 0 ? 1 : 0;
