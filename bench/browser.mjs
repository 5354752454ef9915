/**
 * What somebody waits for in the browser, in a real Chromium against the service on its embedded stores: the first page and the queue until
 * they can be used, a queue of many rows until it is shown, while it is scrolled through and while it is filtered. Beside it, in the same
 * browser and the same run, a plain HTML table of the same rows without any script but a filter that hides rows.
 *
 *   node bench/browser.mjs [--rows 1000] [--loads 7] [--json]
 */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { chromium } from 'playwright-core';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000' },
    loads: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});
const [ROWS, LOADS] = [Number(values.rows), Number(values.loads)];
const executablePath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (executablePath === undefined || !existsSync(executablePath)) {
  console.log(
    '재지 않음 · NOT MEASURED: no Chromium here; apt-get install chromium, or name one in the environment variable CHROMIUM',
  );
  process.exit(0);
}
const from = (library) => import(`../dist/libs/${library}`);
const { EmbeddedPostgres } = await from('event-store/src/index.js').catch(() => {
  console.error('dist/ is missing: run npm run build first');
  process.exit(1);
});
const { searchable } = await from('read-models/src/search.js');

const DAY_MS = 86_400_000;
const WORDS = [
  '공공시설 예약',
  '전자민원 창구',
  '도로 점용 허가',
  '침수 예보',
  '복지 상담',
  '문화재 안내',
  '평생학습 신청',
  '빈집 정보',
];
const rows = Array.from({ length: ROWS }, (_, n) => ({
  id: `bench-${String(n).padStart(5, '0')}`,
  title: `${WORDS[n % WORDS.length]} 서비스 고도화 ${n + 1}차 사업 (${n % 3 === 0 ? '클라우드 전환 포함' : '기능 개선'})`,
  due: new Date(Date.now() + ((n % 60) - 10) * DAY_MS).toISOString().slice(0, 10),
}));
const WANTED = WORDS[3];

const home = mkdtempSync(join(tmpdir(), 'sajeon-bench-browser-'));
const embedded = await EmbeddedPostgres.open({ directory: join(home, 'postgres') });
let service;
let browser;
try {
  const url = await started();
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  const told = {};
  told.firstPage = await loads(`${url}/`, undefined, '.sign-in-box form button[type=submit]');
  await fill();
  const session = await signedIn(url);
  told.queue = await loads(`${url}/queue`, session, '.list tbody a');
  told.answer = await answers(url);
  told.ours = await ours(url, session);
  told.plain = await plain();
  print(told);
} finally {
  await browser?.close();
  if (service !== undefined) {
    service.kill('SIGTERM');
    await new Promise((resolve) => service.once('exit', resolve));
  }
  await embedded.destroy();
}

function started() {
  const main = fileURLToPath(new URL('../dist/apps/api/src/main.js', import.meta.url));
  const env = {
    ...process.env,
    SAJEON_HOME: home,
    SAJEON_WORKER: 'inline',
    SAJEON_SAMPLE: 'yes',
    SAJEON_LOG: 'silent',
    PORT: '0',
  };
  service = fork(main, [], {
    env: { ...env, HOST: '127.0.0.1', SAJEON_RATE_LIMIT: '1000000' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    service.on('message', ({ listening }) => listening !== undefined && resolve(listening));
    service.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
}

/** As a projection of that many cases would have left the view. */
async function fill() {
  const client = new pg.Client(embedded.config);
  // Heard of when the server stops: what failed before that says why.
  client.on('error', () => undefined);
  await client.connect();
  const found = rows.map(({ id, title }) => searchable([title, id, '수원시']));
  await client.query(
    `insert into view_reviewer_queue (consultation, project, title, applicant, applicant_name, applicant_tier, authority, authority_name,
       status, holder, budget_krw, plan_version, submitted_at, due_on, updated_at, revision, position, state, search_text, grams, candidates,
       flagged, unsettled, clock, received_on, given_days, half_on, urgent_on, overdue_on, used_days, applicant_days, counted_on, course, screened)
     select id, id, title, 'gyeonggi-suwon', '수원시', 'BASIC_LOCAL', 'gyeonggi', '경기도', 'under-review', 'authority', 350000000, 1,
       due || 'T01:00:00Z', due, due, 9, 1, '{}', text, grams::tsvector, 3, 1, '{}', 'running',
       to_char(due::date - 30, 'YYYY-MM-DD'), 30, to_char(due::date - 15, 'YYYY-MM-DD'), to_char(due::date - 5, 'YYYY-MM-DD'),
       to_char(due::date + 1, 'YYYY-MM-DD'), 10, 0, to_char(due::date - 30, 'YYYY-MM-DD'), '[]', true
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as r(id, title, due, text, grams)`,
    [
      rows.map(({ id }) => id),
      rows.map(({ title }) => title),
      rows.map(({ due }) => due),
      found.map(({ searchText }) => searchText),
      found.map(({ grams }) => grams),
    ],
  );
  await client.query('analyze view_reviewer_queue');
  await client.end();
}

async function signedIn(url) {
  const context = await browser.newContext({ locale: 'ko-KR' });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: '경기도 검토자' }).click();
  await page.getByRole('navigation').waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

/** From the start of the navigation until what one works with is shown and no task of more than 50 ms is left; nothing is cached. */
async function loads(address, storageState, selector) {
  const measured = [];
  for (let load = 0; load < LOADS; load++) {
    const context = await browser.newContext({ locale: 'ko-KR', ...(storageState === undefined ? {} : { storageState }) });
    const page = await context.newPage();
    await page.addInitScript((wanted) => {
      globalThis.busyUntil = 0;
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries())
          globalThis.busyUntil = Math.max(globalThis.busyUntil, startTime + duration);
      }).observe({ type: 'longtask', buffered: true });
      const look = () => {
        if (document.querySelector(wanted) === null) requestAnimationFrame(look);
        else globalThis.shownAt = performance.now();
      };
      look();
    }, selector);
    await page.goto(address);
    await page.waitForFunction(() => globalThis.shownAt !== undefined);
    await page.waitForTimeout(500);
    measured.push(await page.evaluate(() => Math.max(globalThis.shownAt, globalThis.busyUntil)));
    await context.close();
  }
  return median(measured);
}

/** The service's answer alone: one page of the browser, and all rows in the largest pages there are. */
async function answers(url) {
  const ask = async (path) => {
    const began = performance.now();
    const answer = await fetch(`${url}${path}`, { headers: { authorization: 'Bearer demo-gyeonggi-reviewer' } });
    const text = await answer.text();
    return { ms: performance.now() - began, bytes: text.length, next: JSON.parse(text).next };
  };
  const queue = '/v1/consultations/queue?holder=authority&sort=severity';
  const page = [];
  const whole = [];
  let bytes = 0;
  for (let round = 0; round < LOADS; round++) {
    page.push((await ask(`${queue}&limit=100`)).ms);
    let [ms, cursor] = [0, ''];
    bytes = 0;
    do {
      const one = await ask(`${queue}&limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      ms += one.ms;
      bytes += one.bytes;
      cursor = one.next ?? '';
    } while (cursor !== '');
    whole.push(ms);
  }
  return { page: median(page), whole: median(whole), bytes };
}

async function ours(url, storageState) {
  const context = await browser.newContext({ locale: 'ko-KR', storageState, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}/queue`);
  await page.locator('.list tbody a').first().waitFor();
  const more = page.getByRole('button', { name: '더 보기' });
  const began = performance.now();
  const presses = [];
  for (let shown = await page.locator('.list tbody tr').count(); shown < ROWS;) {
    presses.push(
      await page.evaluate(async () => {
        const count = () => document.querySelectorAll('.list tbody tr').length;
        const before = count();
        const pressed = performance.now();
        [...document.querySelectorAll('button')].find(({ textContent }) => textContent === '더 보기').click();
        while (count() === before) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        return performance.now() - pressed;
      }),
    );
    shown = await page.locator('.list tbody tr').count();
    await more.or(page.locator('footer')).first().waitFor();
  }
  const shownIn = performance.now() - began;
  const scrolled = await page.evaluate(SCROLL);
  await page.evaluate('scrollTo(0, 0)');
  const filtered = await page.evaluate(FILTER, { input: '#queue-search', row: '.list tbody tr', typed: WANTED });
  await context.close();
  return { shownIn, press: median(presses), slowestPress: Math.max(...presses), ...scrolled, ...filtered };
}

async function plain() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const cells = ({ id, title, due }) =>
    `<tr><th><a href="#${id}">${title}</a> ${id}</th><td>수원시</td><td>3.5억 원</td><td>검토중</td><td>50%</td><td>${due}</td></tr>`;
  const began = performance.now();
  await page.setContent(`<!doctype html><meta charset="utf-8"><input id="filter"><table border="1">${rows.map(cells).join('')}</table>
    <script>
      document.querySelector('input').oninput = ({ target: { value } }) => {
        for (const row of document.querySelectorAll('tr')) row.hidden = !row.textContent.includes(value);
      };
    </script>`);
  const shownIn = performance.now() - began;
  const scrolled = await page.evaluate(SCROLL);
  const filtered = await page.evaluate(FILTER, { input: '#filter', row: 'tr:not([hidden])', typed: WANTED });
  await context.close();
  return { shownIn, ...scrolled, ...filtered };
}

/** Through the whole page, 200 pixels a frame. */
async function SCROLL() {
  const frames = [];
  const height = document.documentElement.scrollHeight;
  let before = await new Promise(requestAnimationFrame);
  for (let at = 0; at < height; at += 200) {
    scrollTo(0, at);
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
  }
  frames.sort((a, b) => a - b);
  return {
    frames: frames.length,
    p95: frames[Math.floor(frames.length * 0.95)],
    longest: frames.at(-1),
    over50: frames.filter((ms) => ms > 50).length,
    elements: document.querySelectorAll('*').length,
  };
}

/** From the input event until the rows are others, painted. */
async function FILTER({ input, row, typed }) {
  const box = document.querySelector(input);
  const count = () => document.querySelectorAll(row).length;
  const before = count();
  const began = performance.now();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, typed);
  box.dispatchEvent(new Event('input', { bubbles: true }));
  const echoed = await new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))),
  );
  while (count() === before) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return { key: echoed - began, filter: performance.now() - began, left: count() };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function print(told) {
  if (values.json) return console.log(JSON.stringify(told, null, 2));
  const ms = (number) => `${number.toFixed(0)} ms`;
  const { ours: sajeon, plain: table, answer } = told;
  const line = (what, a, b = '') => console.log(`${what.padEnd(52)}${a.padStart(12)}${b.padStart(14)}`);
  console.log(`${ROWS} rows, median of ${LOADS} loads without a cache, Chromium ${browser.version()}\n`);
  line('first page until it can be used', ms(told.firstPage));
  line('queue until it can be used (first 100 rows)', ms(told.queue));
  line('service: 100 rows', ms(answer.page));
  line(`service: all rows in pages of 200 (${(answer.bytes / 1024).toFixed(0)} KB)`, ms(answer.whole));
  console.log(`\n${''.padEnd(52)}${'Sajeon'.padStart(12)}${'plain table'.padStart(14)}`);
  line('all rows shown', ms(sajeon.shownIn), ms(table.shownIn));
  line('100 more rows, median and slowest', `${ms(sajeon.press)}, ${ms(sajeon.slowestPress)}`);
  line('elements on the page', String(sajeon.elements), String(table.elements));
  line('scrolling: frame, 95th percentile', ms(sajeon.p95), ms(table.p95));
  line('scrolling: longest frame', ms(sajeon.longest), ms(table.longest));
  line('scrolling: frames over 50 ms', `${sajeon.over50}/${sajeon.frames}`, `${table.over50}/${table.frames}`);
  line('a key in the filter until the page has drawn again', ms(sajeon.key), ms(table.key));
  line('a key in the filter until the rows are others', ms(sajeon.filter), ms(table.filter));
}
