import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const API = process.env.SAJEON_API ?? 'http://127.0.0.1:3000';

// What is served is React's production build, whatever the environment in which somebody happens to build (tests set NODE_ENV=test).
if (process.argv.includes('build')) process.env.NODE_ENV = 'production';

export default defineConfig({
  root: here('.'),
  base: '/',
  build: {
    outDir: here('../../dist/apps/web'),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      onLog(level, log, report) {
        // `use client` speaks to servers that render React; there is none here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/docs', '/openapi.json', '/livez', '/readyz', '/metrics'].map((path) => [
        path,
        // The host stays the page's own: the service takes changes only from pages of its origin.
        { target: API, changeOrigin: false },
      ]),
    ),
  },
});
