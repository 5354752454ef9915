import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

interface Measures {
  readonly hit1: number;
  readonly recall10: number;
  readonly mrr: number;
  readonly ndcg10: number;
  readonly flagAP: number;
  readonly ece: number;
}
interface Report {
  readonly systems: { readonly sajeon: Measures };
  readonly titleOnly: Measures;
  readonly nearCopies: { readonly ap: number };
  readonly compounds: { readonly f1: number };
}

/** The measurement of docs/overlap.md on few records, by the engine as it is in this checkout. */
function measured(...options: readonly string[]): Report {
  const said = execFileSync(
    process.execPath,
    [
      '--import',
      './test/support/typescript.mjs',
      join('bench', 'overlap-eval.mjs'),
      ...['--engine', join('libs', 'overlap', 'src', 'index.ts')],
      ...['--records', '1000', '--no-baselines', '--json', ...options],
    ],
    { cwd: root, encoding: 'utf8' },
  );
  return JSON.parse(said) as Report; // the form that bench/overlap-eval.mjs prints
}

describe('the report about overlap detection', () => {
  const document = readFileSync(join(root, 'docs', 'overlap.md'), 'utf8');
  let report: Report;
  beforeAll(() => {
    report = measured('--cross-validate');
  }, 900_000);

  const row = (name: string, m: Measures): string =>
    `| ${[name, ...[m.hit1, m.recall10, m.mrr, m.ndcg10, m.flagAP, m.ece].map((x) => x.toFixed(3))].join(' | ')} |`;

  it('states what this engine gives on the sample', () => {
    expect(document).toContain(row('sample, whole plan', report.systems.sajeon));
    expect(document).toContain(row('sample, title only', report.titleOnly));
    expect(document).toContain(`sample, near-copies: AP ${report.nearCopies.ap.toFixed(3)}`);
    expect(document).toContain(`compound boundaries: F1 ${report.compounds.f1.toFixed(3)}`);
  });

  it.each(['2', '3', '4'])(
    'states what this engine gives as shipped on set %s',
    (set) => {
      const { systems } = measured('--no-extras', '--data', join('bench', `overlap-set-${set}`));
      expect(document).toContain(row(`sample, set ${set}, as shipped`, systems.sajeon));
    },
    300_000,
  );
});
