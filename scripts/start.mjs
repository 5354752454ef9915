/** `npm start`: the whole of Sajeon in one process. Arguments after `--` go to `sajeon serve`. */
process.argv.splice(2, 0, 'serve');
await import('./sajeon.mjs');
