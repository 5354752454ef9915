#!/usr/bin/env node
/**
 * The `sajeon` command from a checkout: prepares it if need be, then becomes the command. No second process stands between, so signals,
 * the terminal and the exit code are the command's own, and stdout holds nothing but what it prints.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './checkout/build.mjs';
import { prepare } from './checkout/prepare.mjs';

await prepare({ database: ['serve', 'demo'].includes(process.argv[2]) });

// Without a word from the user the data belong to the checkout, wherever the command was typed.
process.env.SAJEON_HOME ??= join(root, '.sajeon');

// npm runs scripts in the package's folder; file names were typed in another. (The script's name is checked, because programs started by
// other npm scripts inherit INIT_CWD although they have a working directory of their own.)
if (process.env.npm_lifecycle_event === 'sajeon' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

const main = join(root, 'dist', 'apps', 'cli', 'src', 'main.js');
process.argv[1] = main;
await import(pathToFileURL(main).href);
