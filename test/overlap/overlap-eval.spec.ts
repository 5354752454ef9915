import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const PEERS = ['like', 'pg_trgm', 'minisearch', 'bm25-bigrams', 'bm25-morphemes'];
const MEASURES = ['hit1', 'recall10', 'mrr', 'ndcg10', 'flagAP'];

interface Json {
  readonly [key: string]: unknown;
}
const parsed = (text: string): Json => JSON.parse(text) as Json; // rows of the sets, and what the measurement prints

describe('the measurement of overlap detection on what somebody else brings', () => {
  const home = mkdtempSync(join(tmpdir(), '측정 eval '));
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const rows = (file: string): Json[] =>
    readFileSync(join(root, 'bench', 'overlap-set', file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map(parsed);
  const cards = rows('cards.jsonl').slice(0, 9);
  const mine = new Set(cards.map((c) => c['id']));
  const queries = rows('queries.jsonl').filter((q) => mine.has(q['qid']));

  const evaluate = (options: readonly string[], env: Record<string, string> = {}): SpawnSyncReturns<string> =>
    spawnSync(
      process.execPath,
      [
        ...['--import', './test/support/typescript.mjs', join('bench', 'overlap-eval.mjs')],
        ...['--engine', join(root, 'libs', 'overlap', 'src', 'index.ts'), ...options],
      ],
      { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } },
    );
  const directory = (name: string, files: Readonly<Record<string, string>>): string => {
    const path = join(home, name);
    mkdirSync(path);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
    return path;
  };
  const written = (all: readonly Json[], between = '\n'): string => all.map((row) => JSON.stringify(row)).join(between);
  const systemsOf = (run: SpawnSyncReturns<string>): Readonly<Record<string, Json>> => {
    expect(run.stderr).not.toContain('eval:overlap:');
    expect(run.status).toBe(0);
    return parsed(run.stdout)['systems'] as Record<string, Json>;
  };

  it('prints one JSON object with our engine and five others, the same bytes each time', () => {
    const data = directory('plain', { 'cards.jsonl': written(cards), 'queries.jsonl': written(queries) });
    const first = evaluate(['--data', data, '--records', '60', '--json', '--no-extras']);
    const systems = systemsOf(first);
    expect(Object.keys(systems)).toEqual(['sajeon', ...PEERS]);
    for (const [name, found] of Object.entries(systems))
      for (const measure of [...MEASURES, ...(name === 'sajeon' ? ['ece'] : [])])
        expect(found[measure]).toEqual(expect.any(Number));
    expect(evaluate(['--data', data, '--records', '60', '--json', '--no-extras']).stdout).toBe(first.stdout);
  }, 120_000);

  it('gives our engine the same figures with other ids, CRLF, a byte order mark, empty lines, more fields, and typed in another folder', () => {
    const plain = directory('as they are', { 'cards.jsonl': written(cards), 'queries.jsonl': written(queries) });
    // `d3` is also the id of a distractor, which must not take the card's place.
    const renamed = (id: unknown): string => (id === cards[0]?.['id'] ? 'd3' : `한글 ${String(id)}`);
    const all = (ids: unknown): string[] => (ids as unknown[]).map(renamed);
    const marked = directory('다른 모양', {
      'cards.jsonl': `\ufeff${written(
        cards.map((c) => ({ more: { x: [1] }, ...Object.fromEntries(Object.entries(c).reverse()), id: renamed(c['id']) })),
        '\r\n\r\n',
      )}\r\n`,
      'queries.jsonl': `\ufeff${written(
        queries.map((q) => ({ rel1: all(q['rel1']), rel2: all(q['rel2']), qid: renamed(q['qid']), more: null })),
        '\r\n',
      )}`,
    });
    chmodSync(marked, 0o555);
    const options = ['--records', '60', '--json', '--no-extras', '--no-baselines'];
    const elsewhere = { npm_lifecycle_event: 'eval:overlap', INIT_CWD: home };
    expect(systemsOf(evaluate(['--data', '다른 모양/', ...options], elsewhere))).toEqual(
      systemsOf(evaluate(['--data', plain, ...options])),
    );
    chmodSync(marked, 0o755);
  }, 120_000);

  it('says of a label that names no record that it counts as not found, and measures', () => {
    const data = directory('stranger', {
      'cards.jsonl': written(cards),
      'queries.jsonl': written(queries.map((q) => ({ ...q, rel2: ['nobody'] }))),
    });
    const run = evaluate(['--data', data, '--records', '0', '--json', '--no-extras', '--no-baselines']);
    expect(systemsOf(run)['sajeon']?.['recall10']).toBe(0);
    expect(run.stderr).toContain('queries.jsonl:1');
    expect(run.stderr).toContain(`"nobody" in "rel2" is not in cards.jsonl (${String(queries.length)} such labels in all)`);
  }, 120_000);

  it('measures real projects for every system, beside a directory or alone', () => {
    const file = join(
      directory('cases', {
        'real.jsonl': `\ufeff${written(
          [
            { id: 1, kind: 'system', title: '주정차 단속 알림', text: '단속 구역에 차를 세운 운전자에게 문자로 미리 알린다' },
            {
              id: 2,
              kind: 'project',
              title: '주차 위반 예고 문자',
              text: '차를 옮기라고 알린다',
              overlaps: ['주정차 단속 알림'],
            },
          ],
          '\r\n',
        )}`,
      }),
      'real.jsonl',
    );
    const alone = evaluate(['--cases', file, '--records', '30', '--json']);
    expect(Object.keys(systemsOf(alone))).toEqual(['sajeon', ...PEERS]);
    expect(parsed(alone.stdout)['cases']).toContainEqual(
      expect.objectContaining({ inventory: 'systems', cases: 1, projects: 2 }),
    );
    const data = directory('beside', { 'cards.jsonl': written(cards), 'queries.jsonl': written(queries) });
    const both = evaluate(['--cases', file, '--data', data, '--records', '30', '--json', '--no-extras', '--no-baselines']);
    expect(parsed(both.stdout)).toMatchObject({ queries: queries.length, cases: expect.any(Array) as unknown });
  }, 120_000);

  const good = { 'cards.jsonl': written(cards), 'queries.jsonl': written(queries) };
  it.each<[string, string[] | Record<string, string>, string, string]>([
    ['a number of records that is none', ['--records', 'many'], '0 이상의 정수', 'a whole number'],
    ['an option that there is not', ['--recrods', '5'], '쓰는 법', 'Usage'],
    ['a directory that there is not', ['--data', 'nowhere'], '그런 폴더가 없습니다', 'no such directory'],
    ['a file of cases that there is not', ['--cases', 'nowhere.jsonl'], '파일이 없습니다', 'no such file'],
    ['an empty directory', {}, '잴 것이 없습니다', 'nothing to measure'],
    ['empty files', { 'cards.jsonl': '', 'queries.jsonl': '' }, '잴 것이 없습니다', 'nothing to measure'],
    ['cards without questions', { 'cards.jsonl': written(cards) }, '파일이 없습니다', 'no such file'],
    ['questions without cards', { 'queries.jsonl': written(queries) }, '파일이 없습니다', 'no such file'],
    ['a broken line', { ...good, 'cards.jsonl': `${written(cards)}\n{"id":` }, 'cards.jsonl:10', 'not JSON'],
    ['a line that is no object', { ...good, 'queries.jsonl': '[1]' }, 'queries.jsonl:1', 'not a JSON object'],
    ['an id twice', { ...good, 'cards.jsonl': written([...cards, ...cards]) }, '이미 있습니다', 'is already at'],
    ['a card without an id', { ...good, 'cards.jsonl': '{"title":"가"}' }, '‘id’', '"id" is missing'],
    ['a question of no card', { ...good, 'queries.jsonl': '{"qid":"zz"}' }, '물을 수 없습니다', 'nothing to ask with'],
    ['labels that are no list', { ...good, 'queries.jsonl': written([{ ...queries[0], rel2: 'x' }]) }, '목록', 'must be a list'],
    ['a title that is no text', { ...good, 'cards.jsonl': written([{ ...cards[0], title: {} }]) }, '‘title’', 'must be a string'],
    ['a generator without its function', { ...good, 'distractors.mjs': 'export {};' }, '있어야 합니다', 'distractors(n)'],
  ])('refuses %s, in Korean and English, with exit code 2 and nothing on stdout', (name, given, ko, en) => {
    const run = evaluate(Array.isArray(given) ? given : ['--data', directory(`bad ${name}`, given)]);
    expect(run.stderr).toContain(ko);
    expect(run.stderr).toContain(en);
    expect(run.stderr).not.toContain('    at ');
    expect(run.stdout).toBe('');
    expect(run.status).toBe(2);
  });

  it('refuses to fit weights on other families where there is but one', () => {
    const data = directory('one family', {
      'cards.jsonl': written(cards.map((c) => ({ ...c, family: 'one' }))),
      'queries.jsonl': written(queries),
    });
    const run = evaluate(['--data', data, '--records', '0', '--cross-validate']);
    expect(run.stderr).toContain('there is only one family');
    expect(run.status).toBe(2);
  }, 60_000);
});
