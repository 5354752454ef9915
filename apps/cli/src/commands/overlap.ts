import type { Command } from 'commander';
import type { Judged, Training } from '@sajeon/overlap';
import { writeFileSync } from 'node:fs';
import { withStorage } from '../storage.js';
import { EXIT, inWords, table, tell, word, type ExitCode } from '../terminal.js';

/** `sajeon overlap evaluate` and `sajeon overlap train`: what people made of the engine's findings, and what could be learnt from it. */
export function overlapCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  const overlap = program
    .command('overlap')
    .summary(
      inWords({ ko: '사람의 판단으로 중복 검색을 재고 배우게 한다', en: 'judge and train the overlap engine by people' }, ' · '),
    );
  overlap
    .command('evaluate')
    .description(
      inWords({
        ko: '검토자가 확인하거나 기각한 후보를 정답으로 삼아, 기록된 검색 결과의 정밀도·재현율·확률의 보정을 잰다.',
        en: 'Takes candidates that reviewers confirmed or dismissed as labels, and prints precision, recall and calibration of the recorded findings.',
      }),
    )
    .option('--json', inWords({ ko: '결과를 JSON 하나로', en: 'one JSON document' }))
    .action(async (flags: { json?: true }) => finish(await evaluate(flags)));
  overlap
    .command('train')
    .description(
      inWords({
        ko: '같은 정답으로 새 가중치 파일을 만들고, 그것을 썼다면 무엇이 달라졌을지 보고한다. 아무것도 바꾸지 않는다: 쓰려면 SAJEON_OVERLAP_WEIGHTS에 파일을 적는다. 지난 검색 결과는 그대로다.',
        en: 'Makes a file of new weights from the same labels and reports what it would have changed. Changes nothing by itself: name the file in SAJEON_OVERLAP_WEIGHTS to put it in force. Past findings stay as they are.',
      }),
    )
    .option(
      '-o, --out <file>',
      inWords({
        ko: '새 가중치와 보고를 쓸 파일(없으면 이 폴더의 overlap-<판>.json)',
        en: 'file for the weights and the report (overlap-<version>.json in this folder unless given)',
      }),
    )
    .option('--json', inWords({ ko: '보고를 JSON으로', en: 'the report as JSON' }))
    .action(async (flags: { out?: string; json?: true }) => finish(await trainWeights(flags)));
}

async function evaluate(flags: { json?: true }): Promise<ExitCode> {
  const { judge, THRESHOLD } = await import('@sajeon/overlap');
  const { labels } = await import('@sajeon/workflow');
  const judged = judge(await withStorage(({ events }) => labels(events)), THRESHOLD);
  process.stdout.write(flags.json ? `${JSON.stringify({ threshold: THRESHOLD, ...judged }, null, 2)}\n` : inPrint(judged));
  return EXIT.ok;
}

function inPrint(judged: Judged): string {
  const { labels, confirmed, precision, recall, ece, brier, bins, relationAgreed, relationsProposed } = judged;
  const lines = [
    word(`판단 ${labels}건, 그 가운데 확인 ${confirmed}건`, `${labels} judgments, ${confirmed} of them confirmed`),
    `${word('정밀도', 'precision')} ${said(precision)} · ${word('재현율', 'recall')} ${said(recall)} · ECE ${said(ece)} · Brier ${said(brier)}`,
    `${word('제안한 관계와 같음', 'relation as proposed')} ${said(relationAgreed)} (${relationsProposed})`,
  ];
  if (bins.length === 0) return `${lines.join('\n')}\n`;
  const rows = bins.map(({ from, pairs, said: told, was }) => [
    `${from.toFixed(1)}–${(from + 0.1).toFixed(1)}`,
    String(pairs),
    told.toFixed(3),
    was.toFixed(3),
  ]);
  const head = [word('확률', 'probability'), word('건수', 'pairs'), word('말한 확률', 'said'), word('확인된 비율', 'was')];
  return `${lines.join('\n')}\n${table(head, [14, 8, 12, 14], rows)}\n`;
}

async function trainWeights(flags: { out?: string; json?: true }): Promise<ExitCode> {
  const { train } = await import('@sajeon/overlap');
  const { labels, OverlapFeed, overlapSettings } = await import('@sajeon/workflow');
  const training = await withStorage(async ({ events }) => {
    const feed = new OverlapFeed(events, overlapSettings(process.env));
    try {
      return train(await feed.examples(await labels(events)), feed.weights);
    } finally {
      await feed.stop();
    }
  });
  const { weights, ...report } = training;
  const out = flags.out ?? `overlap-${weights.id}.json`;
  writeFileSync(out, `${JSON.stringify({ weights, report }, null, 2)}\n`);
  process.stdout.write(flags.json ? `${JSON.stringify({ id: weights.id, ...report }, null, 2)}\n` : reportInPrint(training));
  tell({ ko: `가중치 ${weights.id}: ${out}`, en: `Weights ${weights.id}: ${out}` });
  if (weights.id === training.from) {
    tell({
      ko: '배울 만큼 판단이 쌓이지 않아 가중치가 그대로입니다.',
      en: 'There are too few judgments to learn from: the weights are as they were.',
    });
  }
  return EXIT.ok;
}

function reportInPrint({ weights, from, examples, untouched, loss, wouldChange }: Training): string {
  const lines = [
    `${from} → ${weights.id} · ${word(`판단 ${examples}건`, `${examples} judgments`)}`,
    `${word('손실(배우지 않은 사건에서)', 'log loss on cases left out')}: ${loss.before} → ${loss.after}`,
    ...(untouched.length === 0
      ? []
      : [`${word('판단이 모자라 그대로', 'too few judgments, as before')}: ${untouched.join(', ')}`]),
  ];
  if (wouldChange.length === 0) return `${lines.join('\n')}\n`;
  const rows = wouldChange
    .slice(0, 40)
    .map(({ name, confirmed, before, after }) => [
      name,
      confirmed ? word('확인', 'confirmed') : word('기각', 'dismissed'),
      String(before),
      String(after),
    ]);
  const head = [
    word('사건과 후보', 'case and candidate'),
    word('사람의 판단', 'person'),
    word('전', 'before'),
    word('후', 'after'),
  ];
  return `${lines.join('\n')}\n${table(head, [{ share: 1 }, 12, 10, 10], rows)}\n`;
}

function said(share: number | null): string {
  return share === null ? '–' : share.toFixed(3);
}
