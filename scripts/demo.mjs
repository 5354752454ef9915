/** `npm run demo`: the whole story over HTTP, step by step. Arguments after `--` go to `sajeon demo`. */
process.argv.splice(2, 0, 'demo');
await import('./sajeon.mjs');
