/** Reads `[{file, code}]` from stdin, lints each as if it stood there, prints `[{file, messages}]`. A process, because jest cannot load ESM configs. */
import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

// The files are not on disk, so rules that need types have none to look at.
const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });
const planted = JSON.parse(readFileSync(0, 'utf8'));
const results = await Promise.all(
  planted.map(async ({ file, code }) => {
    const [result] = await eslint.lintText(code, { filePath: file });
    return { file, messages: (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId}: ${message}`) };
  }),
);
process.stdout.write(JSON.stringify(results));
