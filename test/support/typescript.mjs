/**
 * Lets plain node run this repository's TypeScript: `node --import ./test/support/typescript.mjs file.ts`.
 * For processes that tests start themselves (and kill), so that they always run the present source, never an old build.
 */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
